"""Stop and pause requests to work that runs in another thread; a leaf, so that import and training share it."""

from __future__ import annotations

import time

from tlft_desktop.core.errors import StoppedError

_POLL_SECONDS = 0.02


class Control:
    """A pair of flags that a worker reads at its checkpoints; every method may be called from any thread.

    A stop request also releases a pause, so that a paused worker can stop.

    Plain attributes and not `threading.Event`: a signal handler calls `request_stop` and may interrupt a method of this
    very object, where the lock inside an event would wait for itself.
    """

    def __init__(self) -> None:
        self._stop_requested = False
        self._pause_requested = False

    @property
    def stop_requested(self) -> bool:
        """Whether somebody asked to stop."""
        return self._stop_requested

    @property
    def paused(self) -> bool:
        """Whether the worker is to wait at its next checkpoint."""
        return self._pause_requested and not self._stop_requested

    def request_stop(self) -> None:
        """Ask the worker to save and end at its next checkpoint."""
        self._stop_requested = True

    def pause(self) -> None:
        """Ask the worker to wait at its next checkpoint; no effect after a stop request."""
        self._pause_requested = True

    def resume(self) -> None:
        """Let a paused worker go on."""
        self._pause_requested = False

    def wait_while_paused(self) -> None:
        """Block until nobody wants a pause; returns at once when a stop was requested."""
        while self.paused:
            time.sleep(_POLL_SECONDS)

    def raise_if_stopped(self) -> None:
        """Wait while paused, then raise when a stop was requested: for work that leaves nothing half done.

        Raises:
            StoppedError: If a stop was requested.
        """
        self.wait_while_paused()
        if self.stop_requested:
            raise StoppedError("Stopped on request.")
