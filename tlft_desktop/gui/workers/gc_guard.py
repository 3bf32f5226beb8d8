"""Keep Python's cyclic garbage collector in the window's thread.

A collection in another thread may free a widget or a timer there, and Qt aborts ("Timers cannot be stopped from another
thread"; measured: exit by signal 11). calibre and novelWriter guard themselves in the same way.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MS = 1_000


class GcGuard(QObject):
    """Switches automatic collection off and collects from a timer, the oldest generation seldom."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._has_frozen = False
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.collect_what_is_due)
        self._timer.start()

    @Slot()
    def collect_what_is_due(self) -> None:
        """Collect the oldest generation whose counter passed its threshold."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return

    def freeze(self) -> None:
        """Take everything there is out of later collections; called after torch was loaded.

        Nothing is collected before: that would hold the window for 0.4 seconds, and the 9,000 small objects that it
        finds among 450,000 give no page of memory back.
        """
        gc.freeze()
        self._has_frozen = True

    def release(self) -> None:
        """Give collection back to Python, with what was taken out of it; called when no other thread runs.

        Libraries look at the end of the process for objects that are still there, and print them as leaks: triton from
        3.9 on does, which CUDA builds of torch load ("nanobind: leaked 64 types!").
        """
        self._timer.stop()
        if self._has_frozen:
            gc.unfreeze()
        gc.enable()
