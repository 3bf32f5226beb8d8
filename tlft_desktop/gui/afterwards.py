"""What waits for the end of something that is being written."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot


class Afterwards(QObject):
    """Calls what was asked for as soon as nothing is being written.

    Args:
        is_writing: Whether something is.
        parent: Owns it, and calls `look` whenever that may have changed.
    """

    def __init__(self, is_writing: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._is_writing = is_writing
        self._calls: list[Callable[[], None]] = []

    def add(self, call: Callable[[], None]) -> None:
        """Call this afterwards; at once where nothing is being written."""
        self._calls.append(call)
        self.look()

    @Slot()
    def look(self) -> None:
        """Call everything that waits, if nothing is being written any more."""
        if not self._is_writing():
            calls, self._calls = self._calls, []
            for call in calls:
                call()
