"""What stands below a picture in a grid of images: written by a delegate, in the words of a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from tlft_desktop.core.values.manifest import ImageRecord
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.icons import IconSet, Tint
from tlft_desktop.gui.item_models.image_grid_model import short_split_name, split_name
from tlft_desktop.gui.item_models.table_model import Index
from tlft_desktop.gui.theme import ThemeController

MARK = 16
"""Side of the signs in captions, in pixels."""
_SPLIT_MARK = 8
_MAX_ELIDED = 4096


class Captions(Protocol):
    """Writes below pictures.

    Attributes:
        num_lines: How many lines of text each picture gets.
    """

    num_lines: int

    def draw(self, painter: QPainter, metrics: QFontMetrics, index: Index, record: ImageRecord, area: QRect) -> None:
        """Write below a picture, within an area as wide as it."""

    def draw_sign(self, painter: QPainter, index: Index, record: ImageRecord, picture: QRect) -> None:
        """Mark a picture that is too small for a caption."""


class CaptionPen:
    """Draws texts that fit, and signs."""

    def __init__(self, theme: ThemeController, icons: IconSet) -> None:
        self._theme, self._icons = theme, icons
        self._elided: dict[tuple[str, int], str] = {}

    def write(self, painter: QPainter, metrics: QFontMetrics, area: QRect, line: int, *, text: str, token: str) -> None:
        """Write a text that fits into a line, the first being 0, in a colour of the theme."""
        painter.setPen(QColor(getattr(self._theme.tokens, token)))
        painter.drawText(area.left(), area.top() + line * metrics.height() + metrics.ascent(), text)

    def draw_mark(self, painter: QPainter, name: str, tint: Tint, x: int, y: int) -> None:
        """Draw a sign."""
        painter.drawPixmap(x, y, self._icons.icon(name, tint).pixmap(MARK, MARK))

    def draw_square(self, painter: QPainter, token: str, x: int, y: int) -> None:
        """Draw a small square in a colour of the theme."""
        painter.fillRect(QRect(x, y, _SPLIT_MARK, _SPLIT_MARK), QColor(getattr(self._theme.tokens, token)))

    def fitting(self, ways: Sequence[str], width: int, metrics: QFontMetrics) -> str:
        """Return the first of several ways to say something that fits; the last one is shortened."""
        for words in ways:
            if self.short(words, width, metrics, Qt.TextElideMode.ElideRight) == words:
                return words
        return self.short(ways[-1], width, metrics, Qt.TextElideMode.ElideRight)

    def short(self, text: str, width: int, metrics: QFontMetrics, mode: Qt.TextElideMode) -> str:
        """Return a text that fits; kept, since measuring text takes longer than drawing a picture."""
        key = (text, width)
        short = self._elided.get(key)
        if short is None:
            if len(self._elided) >= _MAX_ELIDED:
                self._elided.clear()
            short = self._elided[key] = metrics.elidedText(text, mode, width)
        return short


class RecordCaptions:
    """Name, class and split of an image, or that it is left out."""

    num_lines = 2

    def __init__(self, pen: CaptionPen) -> None:
        self._pen = pen

    def draw(self, painter: QPainter, metrics: QFontMetrics, index: Index, record: ImageRecord, area: QRect) -> None:
        """Write below a picture, within an area as wide as it."""
        pen, line = self._pen, metrics.height()
        name = pen.short(record.path.rpartition("/")[2], area.width(), metrics, Qt.TextElideMode.ElideMiddle)
        pen.write(painter, metrics, area, 0, text=name, token="text")
        top = area.top() + line
        if record.excluded:
            pen.draw_mark(painter, "excluded", Tint.WARNING, area.left(), top + (line - MARK) // 2)
            ways, left = [fmt.tr("left out")], MARK + 2
        else:
            pen.draw_square(painter, record.split.value, area.left(), top + (line - _SPLIT_MARK) // 2)
            # The class first: the colour tells the split, too.
            ways = [f"{record.label} · {split}" for split in (split_name(record.split), short_split_name(record.split))]
            ways.append(record.label)
            left = _SPLIT_MARK + 4
        words = pen.fitting(ways, area.width() - left, metrics)
        pen.write(painter, metrics, area.adjusted(left, 0, 0, 0), 1, text=words, token="muted")

    def draw_sign(self, painter: QPainter, index: Index, record: ImageRecord, picture: QRect) -> None:
        """Mark a picture that is too small for a caption."""
        if record.excluded:
            self._pen.draw_mark(painter, "excluded", Tint.WARNING, picture.right() - MARK, picture.top())
