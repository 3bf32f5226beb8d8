"""Names of files and folders that are being written, which tell who writes them."""

from __future__ import annotations

import functools
import hashlib
import os
import re
import secrets
import time
from dataclasses import dataclass, replace
from pathlib import Path

from tlft_desktop.core.process import ProcessIdentity

TEMPORARY_PREFIX = ".tmp-"
FOREIGN_DAYS = 7
"""Until then the leftover of another machine is kept: whether its process lives cannot be known here."""

# Machine, process number, its start in hundredths of a second; earlier versions wrote the number alone.
_NAME = re.compile(r"\.tmp-(?:([0-9a-f]{8})-)?([0-9]{1,10})-(?:([0-9a-f]{1,16})-)?[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class _Writer:
    machine: str
    process: ProcessIdentity

    @property
    def token(self) -> str:
        return f"{self.machine}-{self.process.pid}-{round(100 * self.process.started):x}"


def temporary_name(target: Path) -> Path:
    """Return a new name beside `target` that tells which process of which machine writes there."""
    # The name of the target is left out: with it the name could exceed 255 bytes.
    return target.with_name(f"{TEMPORARY_PREFIX}{_this_process(os.getpid()).token}-{secrets.token_hex(6)}")


def is_leftover(path: Path, *, own: bool) -> bool:
    """Tell whether `path` has a name of `temporary_name` and nobody writes there any more.

    The temporary of another machine, and one named by a version that did not tell the machine, counts as left once it
    was not changed for `FOREIGN_DAYS`.

    Args:
        own: Whether what this process made counts as left.

    Raises:
        OSError: If the time of its last change cannot be had.
    """
    name = _NAME.fullmatch(path.name)
    if name is None:
        return False
    me = _this_process(os.getpid())
    if name[1] != me.machine or name[3] is None:
        return time.time() - os.lstat(path).st_mtime > FOREIGN_DAYS * 24 * 3600
    maker = replace(me.process, pid=int(name[2]), started=int(name[3], 16) / 100)
    return own if path.name.startswith(f"{TEMPORARY_PREFIX}{me.token}-") else not maker.is_alive


@functools.lru_cache(maxsize=1)
def _this_process(pid: int) -> _Writer:
    # By the number: a forked child is another process.
    process = ProcessIdentity.current()
    machine = hashlib.sha256(f"{process.host}\0{process.machine}".encode()).hexdigest()[:8]
    return _Writer(machine, process)
