"""Ways to keep a computer awake, one for each system. Each gives up its hold when the process dies."""

from __future__ import annotations

import contextlib
import ctypes
import os
import subprocess
from dataclasses import dataclass
from typing import Protocol

WHO = "tlft"


@dataclass(frozen=True, slots=True)
class Hold:
    """Something that keeps the computer awake until it is dropped.

    Attributes:
        way: Which service holds it.
        number: File descriptor, cookie or nothing, as the way needs it.
    """

    way: str
    number: int = 0


class Keeper(Protocol):
    """Keeps a computer awake.

    Attributes:
        may_wait: Whether its calls wait for another process, so that the window's thread must not make them.
    """

    may_wait: bool

    def acquire(self, why: str) -> Hold | None:
        """Keep the computer awake from now on; None where no service does that."""

    def drop(self, hold: Hold) -> None:
        """Let it sleep again."""


class CaffeinateKeeper:
    """macOS: a child process, which ends by itself with this one."""

    may_wait = False

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None

    def acquire(self, why: str) -> Hold | None:
        """Start `caffeinate`, which keeps an idle system awake."""
        command = ["/usr/bin/caffeinate", "-i", "-w", str(os.getpid())]
        try:
            self._child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        except OSError:
            return None
        return Hold("caffeinate", self._child.pid)

    def drop(self, hold: Hold) -> None:
        """End the child that was started, and no other."""
        child, self._child = self._child, None
        if child is not None and child.pid == hold.number:
            child.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(timeout=1.0)


class WindowsKeeper:
    """Windows: a flag of the calling thread, which must be the same one each time."""

    may_wait = False
    _CONTINUOUS, _SYSTEM_REQUIRED = 0x80000000, 0x00000001

    def acquire(self, why: str) -> Hold | None:
        """Set the flag."""
        return Hold("windows") if self._set(self._CONTINUOUS | self._SYSTEM_REQUIRED) else None

    def drop(self, hold: Hold) -> None:
        """Take the flag away."""
        self._set(self._CONTINUOUS)

    @staticmethod
    def _set(flags: int) -> bool:
        library = getattr(ctypes, "windll", None)
        return bool(library and library.kernel32.SetThreadExecutionState(ctypes.c_uint(flags)))
