"""Files that are dragged over a widget and let go."""

from __future__ import annotations

from PySide6 import __version_info__ as version
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

_ACTION, _BUTTON, _NO_KEY = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def drag(widget: QWidget, data: QMimeData, place: QPoint) -> bool:
    """Drag `data` onto a widget; return whether it takes them."""
    # Qt 6.12 takes fractions of a pixel and calls whole ones out of date; before, it knew whole ones only.
    where = QPointF(place) if version >= (6, 12) else place
    event = QDragEnterEvent(where, _ACTION, data, _BUTTON, _NO_KEY)  # type: ignore[call-overload, arg-type, unused-ignore]
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def drop(widget: QWidget, data: QMimeData, place: QPoint) -> bool:
    """Drag `data` onto a widget and let go where it takes them; return whether it does."""
    is_taken = drag(widget, data, place)
    if is_taken:
        QApplication.sendEvent(widget, QDropEvent(QPointF(place), _ACTION, data, _BUTTON, _NO_KEY))
    return is_taken
