"""Buttons that Return presses as Space does: Qt lets Return press a button in dialogs only."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton

_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PushButton(QPushButton):
    """A push button."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _press(self, event):
            super().keyPressEvent(event)


class ToolButton(QToolButton):
    """A tool button; one with a menu opens it by Down, as ever."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _press(self, event):
            super().keyPressEvent(event)


def _press(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press a button if the key says so; a key that is held down presses once."""
    if event.key() not in _KEYS:
        return False
    if not event.isAutoRepeat():
        button.click()
    return True
