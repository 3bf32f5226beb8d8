"""A line of text that gives way where there is no room; the whole text is in its tool tip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.text import plain_tooltip


class ElidedLabel(QLabel):
    """Shows as much of a plain text as fits.

    Args:
        role: A look of the style sheet; empty for none.
        mode: Where it is cut.
    """

    def __init__(
        self, role: str = "", *, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text, self._hint, self._mode = "", "", mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if role:
            set_role(self, role)

    @property
    def full_text(self) -> str:
        """The text that does not always fit."""
        return self._text

    def set_full_text(self, text: str) -> None:
        """Show another text."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self._elide()

    def set_hint(self, hint: str) -> None:
        """Explain the text in the tool tip, below what of it has no room."""
        self._hint = hint
        self._elide()

    def minimumSizeHint(self) -> QSize:
        return QSize(4 * GRID, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._elide()

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._text, self._mode, self.width())
        self.setText(shown)
        whole = self._text if shown != self._text else ""
        self.setToolTip(plain_tooltip("\n".join(filter(None, (whole, self._hint)))))
