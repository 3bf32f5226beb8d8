"""A flat button whose text gives way when the window is narrow; the whole text is its name and in its tool tip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QIcon, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.buttons import ToolButton
from tlft_desktop.gui.widgets.text import escaped_ampersands

_CHROME = 4 * GRID
_SLACK = 4
"""Between the width of a text and what Qt calls fitting."""


class ElidedButton(ToolButton):
    """Shows as much of a text as fits.

    Args:
        role: A look of the style sheet.
        max_width: In pixels; the button never asks for more.
        grows: Whether it takes more where nobody else needs the room, up to its text; in a layout that stretches it.
    """

    def __init__(self, role: str, *, max_width: int, grows: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._max_width, self._grows = "", max_width, grows
        set_role(self, role)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def full_text(self) -> str:
        """The text that does not always fit."""
        return self._text

    def set_full_text(self, text: str) -> None:
        """Show another text."""
        if text != self._text:
            self._text = text
            self._fit()

    def setIcon(self, icon: QIcon | QPixmap) -> None:
        super().setIcon(icon)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        return QSize(min(self._whole_width(), self._max_width), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(6 * GRID, self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _fit(self) -> None:
        self._elide()
        if self._grows:
            self.setMaximumWidth(self._whole_width())
        self.updateGeometry()

    def _whole_width(self) -> int:
        """Return the width that shows the whole text."""
        icon = 0 if self.icon().isNull() else self.iconSize().width()
        return self.fontMetrics().horizontalAdvance(self._text) + icon + _CHROME + _SLACK

    def _elide(self) -> None:
        icon = 0 if self.icon().isNull() else self.iconSize().width()
        room = max(0, self.width() - icon - _CHROME)
        fitting = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideMiddle, room)
        self.setText(escaped_ampersands(fitting))
