"""What macOS asks a program to open: it tells a running one by an event, and not by arguments of a new process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class OpeningApplication(QApplication):
    """Qt's application for macOS.

    It overrides `event`, through which nothing goes but what is meant for the application itself: a filter would be
    called for every event of every widget.
    """

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self._open: Callable[[Path], None] | None = None
        self._asked_for: Path | None = None

    def event(self, event: QEvent) -> bool:
        if not (isinstance(event, QFileOpenEvent) and event.file()):
            return super().event(event)
        path = Path(event.file())
        if self._open is None:
            self._asked_for = path  # a double click that starts the program comes before its pages
        else:
            self._open(path)
        return True

    def open_with(self, action: Callable[[Path], None]) -> bool:
        """Hand over what is asked for from now on; return whether something was before, which is handed over now."""
        self._open = action
        asked_for, self._asked_for = self._asked_for, None
        if asked_for is not None:
            action(asked_for)
        return asked_for is not None
