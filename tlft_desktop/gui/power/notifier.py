"""Tells the end of a training outside of the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

SHOWN_MS = 15_000


class Notifier(QObject):
    """Shows a message of the system where it has a place for that; else the window asks for attention."""

    def __init__(self, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._tray: QSystemTrayIcon | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.withdraw)

    def is_needed(self) -> bool:
        """Tell whether the user looks at something else."""
        return QGuiApplication.applicationState() != Qt.ApplicationState.ApplicationActive

    def tell(self, title: str, text: str) -> None:
        """Tell something; the place in the tray is given back after a while."""
        if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            if self._tray is None:
                self._tray = QSystemTrayIcon(self._window.windowIcon(), self)
                self._tray.messageClicked.connect(self._show_window)
            self._tray.show()
            self._tray.showMessage(title, text, self._window.windowIcon(), SHOWN_MS)
            self._timer.start()
        else:
            QApplication.alert(self._window)

    @Slot()
    def withdraw(self) -> None:
        """Take the icon out of the tray."""
        self._timer.stop()
        if self._tray is not None:
            self._tray.hide()

    @Slot()
    def _show_window(self) -> None:
        self._window.raise_()
        self._window.activateWindow()
