"""How often something is drawn: as often as it costs little, never for nothing."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal, Slot

SHARE = 0.02
"""Of the time of one core that drawing may take from the training."""
MIN_INTERVAL_MS = 100
MAX_INTERVAL_MS = 2_000
SETTLE_MS = 25
"""Painting follows some events after the request; then its cost is known."""


def interval_after(cost_seconds: float, *, least_ms: int = MIN_INTERVAL_MS) -> int:
    """Return after how many milliseconds the next drawing may start, so that drawing keeps to its share."""
    return round(min(max(float(least_ms), 1000 * cost_seconds / SHARE), MAX_INTERVAL_MS))


def used_seconds() -> float:
    """Return a clock of the work of this thread; waiting for a core that trains does not count."""
    # Windows counts the time of threads in steps of 16 ms, too coarse for one drawing.
    if time.get_clock_info("thread_time").resolution <= 0.001:
        return time.thread_time()
    return time.perf_counter()


class RepaintPacer(QObject):
    """Turns any number of requests into few drawings; without requests no timer runs.

    Signals:
        due(): Draw now.

    Attributes:
        cost_seconds: Of the last drawing, painting included.
    """

    due = Signal()

    def __init__(self, *, least_ms: int = MIN_INTERVAL_MS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cost_seconds = 0.0
        self._least_ms = least_ms
        self._is_wanted = False
        self._started = self._used = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._fire)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._measure)

    @Slot()
    def request(self) -> None:
        """Ask for a drawing as soon as the last one is paid for."""
        self._is_wanted = True
        if not self._timer.isActive() and not self._settle.isActive():
            self._start_timer()

    @Slot()
    def stop(self) -> None:
        """Forget all requests."""
        self._is_wanted = False
        self._timer.stop()
        self._settle.stop()

    def _start_timer(self) -> None:
        passed_ms = 1000 * (time.monotonic() - self._started)
        wait_ms = interval_after(self.cost_seconds, least_ms=self._least_ms) - passed_ms
        self._timer.start(max(0, round(wait_ms)))

    @Slot()
    def _fire(self) -> None:
        self._is_wanted = False
        self._started, self._used = time.monotonic(), used_seconds()
        self._settle.start()
        self.due.emit()

    @Slot()
    def _measure(self) -> None:
        self.cost_seconds = used_seconds() - self._used
        if self._is_wanted:
            self._start_timer()
