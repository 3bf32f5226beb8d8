"""SIGINT, SIGTERM and their like as a stop request; the second one ends the process at once."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import ExitCode

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
_STDERR = 2
_STOPPED = b"tlft: stopped.\n"
_STOPPING = b"\nstopping... what is done is saved; once more ends at once\n"

Handler = Callable[[int, FrameType | None], Any]


@contextlib.contextmanager
def stop_requests(control: Control) -> Iterator[None]:
    """Turn the first signal into a request to `control`: for commands that look at it often."""

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        if control.stop_requested:
            os._exit(ExitCode.STOPPED)
        control.request_stop()
        # Not print: the signal may have come in the middle of one.
        with contextlib.suppress(OSError):
            os.write(_STDERR, _STOPPING)

    with _handled(ask_to_stop):
        yield


@contextlib.contextmanager
def exits_at_once() -> Iterator[None]:
    """End the process on the first signal: while libraries load, through whose C++ an exception must not pass."""

    def leave(number: int, frame: FrameType | None) -> None:
        with contextlib.suppress(OSError):
            os.write(_STDERR, _STOPPED)
        os._exit(ExitCode.STOPPED)

    with _handled(leave):
        yield


class Interrupted(BaseException):
    """A signal asked to end.

    Not KeyboardInterrupt: one that passes through an `exec`, as many imports do, makes Python kill itself by SIGINT in
    the end, whatever exit code was given (measured with 3.11).
    """


@contextlib.contextmanager
def interruptions() -> Iterator[None]:
    """Turn every signal into `Interrupted`: for commands that may end anywhere."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise Interrupted

    with _handled(interrupt):
        yield


@contextlib.contextmanager
def _handled(handler: Handler) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    # What the caller wants ignored (nohup, a shell's background jobs) stays ignored.
    before = {number: signal.getsignal(number) for number in numbers if signal.getsignal(number) is not signal.SIG_IGN}
    for number in before:
        signal.signal(number, handler)
    try:
        yield
    finally:
        for number, previous in before.items():
            signal.signal(number, previous if previous is not None else signal.SIG_DFL)
