"""SIGINT, SIGTERM and their like as a stop request; the second one ends the process at once."""

from __future__ import annotations

import atexit
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


def guard_process() -> Callable[[int], None]:
    """Let signals end the whole process with one of the program's exit codes, from now until its very last moment.

    Commands put handlers of their own over it while they work; the moments before, between and behind them are its own.

    Returns:
        What to call with the exit code when everything is done: from then on a signal ends the process with that code.
    """

    def done(code: int) -> None:
        _install(lambda number, frame: os._exit(code))

    # What is registered first runs last: behind it Python takes its own handlers away, and a signal would kill.
    atexit.register(_ignore_signals)
    _install(_leave)
    return done


@contextlib.contextmanager
def stop_requests(control: Control) -> Iterator[None]:
    """Turn the first signal into a request to `control`: for commands that look at it often."""

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        if control.stop_requested:
            os._exit(ExitCode.STOPPED)
        control.request_stop()
        _tell(_STOPPING)

    with _handled(ask_to_stop):
        yield


@contextlib.contextmanager
def exits_at_once() -> Iterator[None]:
    """End the process on the first signal: while libraries load, through whose C++ an exception must not pass."""
    with _handled(_leave):
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
    before = _install(handler)
    try:
        yield
    finally:
        for number, previous in before.items():
            signal.signal(number, previous if previous is not None else signal.SIG_DFL)


def _install(handler: Handler | signal.Handlers) -> dict[int, Any]:
    """Set a handler and return those before it; only the main thread can, elsewhere nothing happens."""
    if threading.current_thread() is not threading.main_thread():
        return {}
    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    # What the caller wants ignored (nohup, a shell's background jobs) stays ignored.
    before = {number: signal.getsignal(number) for number in numbers if signal.getsignal(number) is not signal.SIG_IGN}
    for number in before:
        signal.signal(number, handler)
    return before


def _leave(number: int, frame: FrameType | None) -> None:
    _tell(_STOPPED)
    os._exit(ExitCode.STOPPED)


def _ignore_signals() -> None:
    _install(signal.SIG_IGN)


def _tell(text: bytes) -> None:
    # Not print: the signal may have come in the middle of one.
    with contextlib.suppress(OSError):
        os.write(_STDERR, text)
