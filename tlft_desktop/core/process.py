"""Who wrote a lock or a status file, and whether that process still runs."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil


@dataclass(frozen=True, slots=True)
class ProcessIdentity:
    """A process of a certain machine, told apart from a later one with the same number.

    Attributes:
        pid: Process number.
        started: When the process started, in seconds: since boot on Linux, since 1970 elsewhere. Neither moves when
            somebody sets the clock.
        boot_id: Changes with each start of the machine; empty where the system has none.
        host: Name of the machine.
        machine: Identifier of the installation, since names such as `localhost` are shared; empty where unknown.
    """

    pid: int
    started: float
    boot_id: str
    host: str
    machine: str

    @classmethod
    def current(cls) -> ProcessIdentity:
        """Return the identity of this process."""
        return cls(
            pid=os.getpid(),
            started=_start_time(os.getpid()) or 0.0,
            boot_id=_read_line("/proc/sys/kernel/random/boot_id"),
            host=socket.gethostname(),
            machine=_read_line("/etc/machine-id"),
        )

    @property
    def is_this_machine(self) -> bool:
        """Whether the process belongs to the machine on which this one runs."""
        return self.host == socket.gethostname() and self.machine == _read_line("/etc/machine-id")

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs; False for a process of another machine, of which nothing can be known."""
        if not self.is_this_machine or self.boot_id != _read_line("/proc/sys/kernel/random/boot_id"):
            return False
        started = _start_time(self.pid)
        return started is not None and abs(started - self.started) < 0.5

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ProcessIdentity:
        """Read what `to_json` wrote.

        Raises:
            KeyError, TypeError, ValueError, OverflowError: If a field is missing or unusable.
        """
        return cls(
            pid=int(data["pid"]),
            started=float(data["started"]),
            boot_id=str(data["boot_id"]),
            host=str(data["host"]),
            machine=str(data["machine"]),
        )


def _start_time(pid: int) -> float | None:
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        # On Linux both figures carry the same boot time, which jumps with the clock: the difference does not.
        return process.create_time() - (psutil.boot_time() if sys.platform == "linux" else 0.0)
    except (psutil.Error, ValueError, OverflowError):
        return None


def _read_line(path: str) -> str:
    try:
        return Path(path).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
