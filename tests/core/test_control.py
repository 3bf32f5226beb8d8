"""Stop and pause requests, from other threads and from signal handlers."""

from __future__ import annotations

import sys
import threading
from types import FrameType
from typing import Any

import pytest

from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import ExitCode, StoppedError


def waiting_thread(control: Control) -> threading.Thread:
    thread = threading.Thread(target=control.wait_while_paused, daemon=True)
    thread.start()
    return thread


def test_new_control_wants_nothing() -> None:
    control = Control()
    assert not control.stop_requested
    assert not control.paused
    control.wait_while_paused()
    control.raise_if_stopped()


def test_stop_is_seen_and_raised() -> None:
    control = Control()
    control.request_stop()
    control.request_stop()
    assert control.stop_requested
    with pytest.raises(StoppedError) as caught:
        control.raise_if_stopped()
    assert caught.value.exit_code is ExitCode.STOPPED


def test_pause_blocks_until_resume() -> None:
    control = Control()
    control.pause()
    thread = waiting_thread(control)
    thread.join(0.1)
    assert thread.is_alive()
    control.resume()
    thread.join(5)
    assert not thread.is_alive()


def test_stop_releases_a_pause() -> None:
    control = Control()
    control.pause()
    thread = waiting_thread(control)
    control.request_stop()
    thread.join(5)
    assert not thread.is_alive()
    assert not control.paused


def test_pause_after_stop_has_no_effect() -> None:
    control = Control()
    control.request_stop()
    control.pause()
    control.wait_while_paused()
    assert not control.paused


def test_request_stop_may_interrupt_any_method_at_any_line() -> None:
    """A signal handler runs between two instructions of the main thread, maybe inside of the very same method."""
    finished: list[int] = []

    def interrupt_everywhere() -> None:
        for method in ("wait_while_paused", "request_stop", "pause", "resume"):
            position = 0
            while _interrupted_at(position, method):
                position += 1
            finished.append(position)

    thread = threading.Thread(target=interrupt_everywhere, daemon=True)
    thread.start()
    thread.join(20)
    assert len(finished) == 4, "request_stop waits for the method that it interrupts"
    assert all(finished)


def _interrupted_at(position: int, method: str) -> bool:
    """Call a method with a stop request at its k-th traced event; False when it has fewer events."""
    control = Control()
    left = position

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal left
        if left == 0:
            sys.settrace(None)
            control.request_stop()
        left -= 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        getattr(control, method)()
    finally:
        sys.settrace(before)
    if left >= 0:
        return False
    assert control.stop_requested
    control.wait_while_paused()
    return True
