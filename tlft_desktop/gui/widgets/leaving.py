"""Closes a panel that lies over the window when the user presses Escape or goes elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget


class LeaveWatcher(QObject):
    """Hides an overlay in time and gives the focus back to whoever had it.

    Args:
        overlay: Watched while it is shown.
    """

    def __init__(self, overlay: QWidget) -> None:
        super().__init__(overlay)
        self._overlay = overlay
        self._before: QWidget | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_focus)
        overlay.installEventFilter(self)

    def show(self, first: QWidget) -> None:
        """Show the overlay and focus `first` inside of it."""
        self._before = QApplication.focusWidget()
        self._overlay.show()
        self._overlay.raise_()
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def close(self) -> None:
        """Hide the overlay; the focus goes back where it was."""
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self._overlay.isAncestorOf(focused)
        before, self._before = self._before, None
        self._overlay.hide()
        if had_focus and before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.close()
            return True
        return super().eventFilter(watched, event)

    @Slot(QWidget, QWidget)
    def _follow_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        # No focus at all: another program has it, or a button of the overlay was just removed.
        if now is not None and self._overlay.isVisible() and not self._overlay.isAncestorOf(now):
            self.close()
