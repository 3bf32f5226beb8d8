"""A picture that fits its place, with a name, and a sentence where there is none."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tlft_desktop.gui.theme import ThemeController


class PictureBox(QWidget):
    """Shows an image as large as its place, never distorted.

    Args:
        theme: Colours of the empty place.
        name: Said aloud by screen readers.
        side: Wanted width and height.
    """

    def __init__(self, theme: ThemeController, name: str, *, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._side = theme, side
        self._image: QImage | None = None
        self._text = ""
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self.update)

    @property
    def image(self) -> QImage | None:
        """What is shown."""
        return self._image

    @property
    def text(self) -> str:
        """What is said in place of a picture."""
        return self._text

    def show_image(self, image: QImage) -> None:
        """Show a picture."""
        self._image, self._text = image, ""
        self.update()

    def show_text(self, text: str) -> None:
        """Say why there is no picture; nothing for an empty text."""
        self._image, self._text = None, text
        self.setAccessibleDescription(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._side // 2, self._side // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.tokens.sunken))
            painter.drawRoundedRect(self.rect(), 4, 4)
            painter.setPen(QColor(self._theme.tokens.muted))
            area = self.rect().adjusted(8, 8, -8, -8)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._text)
        else:
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(0, 0, size.width(), size.height())
            target.moveCenter(self.rect().center())
            painter.drawImage(target, self._image)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.tokens.accent), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        painter.end()
