"""Stop and pause requests to work that runs in another thread; a leaf, so that import and training share it."""

from __future__ import annotations

import threading

from tlft_desktop.core.errors import StoppedError


class Control:
    """A pair of flags that a worker reads at its checkpoints; every method may be called from any thread.

    A stop request also releases a pause, so that a paused worker can stop.
    """

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._running = threading.Event()
        self._running.set()

    @property
    def stop_requested(self) -> bool:
        """Whether somebody asked to stop."""
        return self._stop.is_set()

    @property
    def paused(self) -> bool:
        """Whether the worker is to wait at its next checkpoint."""
        return not self._running.is_set()

    def request_stop(self) -> None:
        """Ask the worker to save and end at its next checkpoint."""
        self._stop.set()
        self._running.set()

    def pause(self) -> None:
        """Ask the worker to wait at its next checkpoint; no effect after a stop request."""
        if not self._stop.is_set():
            self._running.clear()

    def resume(self) -> None:
        """Let a paused worker go on."""
        self._running.set()

    def wait_while_paused(self) -> None:
        """Block until nobody wants a pause; returns at once when a stop was requested."""
        self._running.wait()

    def raise_if_stopped(self) -> None:
        """Wait while paused, then raise when a stop was requested: for work that leaves nothing half done.

        Raises:
            StoppedError: If a stop was requested.
        """
        self.wait_while_paused()
        if self._stop.is_set():
            raise StoppedError("Stopped on request.")
