"""Draws one image of the grid: picture, name, split or the mark of one that is left out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tlft_desktop.core.values.manifest import ImageRecord
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.desks.picture_desk import PictureDesk
from tlft_desktop.gui.icons import IconSet, Tint
from tlft_desktop.gui.item_models.image_grid_model import RECORD_ROLE, short_split_name, split_name
from tlft_desktop.gui.item_models.table_model import Index
from tlft_desktop.gui.theme import GRID, ThemeController

ZOOMS = (48, 72, 96, 128, 176, 240, 320)
"""Sides of the pictures, in pixels."""
DEFAULT_ZOOM = 2
_MARGIN = GRID // 2
_MARK, _SPLIT_MARK = 16, 8
_SMALLEST_WITH_TEXT = 72
_MAX_ELIDED = 4096


class ImageDelegate(QStyledItemDelegate):
    """Paints cells of one size; pictures that are not there yet are fetched and painted when they come."""

    def __init__(
        self, theme: ThemeController, icons: IconSet, pictures: PictureDesk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._icons, self._pictures = theme, icons, pictures
        self.side = ZOOMS[DEFAULT_ZOOM]
        self._elided: dict[tuple[str, int], str] = {}

    def cell_size(self, metrics: QFontMetrics) -> QSize:
        """Return the smallest size of a cell."""
        lines = 2 * metrics.height() + _MARGIN if self.side >= _SMALLEST_WITH_TEXT else 0
        return QSize(self.side + 3 * _MARGIN, self.side + 4 * _MARGIN + lines)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self.cell_size(option.fontMetrics)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        record = index.data(RECORD_ROLE)
        if not isinstance(record, ImageRecord):
            return
        cell: QRect = option.rect.adjusted(1, 1, -1, -1)
        painter.save()
        self._draw_frame(painter, option, cell)
        picture = QRect(cell.x() + _MARGIN, cell.y() + _MARGIN, cell.width() - 2 * _MARGIN, self.side + 2 * _MARGIN)
        self._draw_picture(painter, record, picture)
        if self.side >= _SMALLEST_WITH_TEXT:
            # Below the picture, not the cell: cells share out what a row has left.
            square = self._square(picture)
            text = QRect(square.left(), picture.bottom(), square.width(), cell.bottom() - picture.bottom())
            self._draw_text(painter, option.fontMetrics, record, text)
        elif record.excluded:
            self._draw_mark(painter, "excluded", picture.right() - _MARK, picture.top())
        painter.restore()

    def _draw_frame(self, painter: QPainter, option: QStyleOptionViewItem, cell: QRect) -> None:
        tokens, state = self._theme.tokens, option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if not (selected or focused or hovered):
            return
        # A frame tells the selection apart for those who cannot see the colour; the focused one is dashed.
        fill = tokens.selection if selected else tokens.sunken if hovered else tokens.surface
        pen = QPen(QColor(tokens.accent if selected or focused else tokens.border), 2 if selected else 1)
        if focused and not selected:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(cell, 6, 6)

    def _draw_picture(self, painter: QPainter, record: ImageRecord, area: QRect) -> None:
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._pictures.thumbnail(record, round(self.side * ratio))
        if pixmap is None:
            self._draw_placeholder(painter, record, area)
            return
        size = pixmap.size() / ratio
        target = QRect(0, 0, size.width(), size.height())
        target.moveCenter(area.center())
        if record.excluded:
            painter.setOpacity(0.35)
        painter.drawPixmap(target, pixmap)
        painter.setOpacity(1.0)

    def _draw_placeholder(self, painter: QPainter, record: ImageRecord, area: QRect) -> None:
        square = self._square(area)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.tokens.sunken))
        painter.drawRoundedRect(square, 4, 4)
        if self._pictures.error_of(record):
            self._draw_mark(painter, "warning", square.center().x() - _MARK // 2, square.center().y() - _MARK // 2)

    def _square(self, area: QRect) -> QRect:
        """Return where a picture of the largest size lies."""
        square = QRect(0, 0, self.side, self.side)
        square.moveCenter(area.center())
        return square

    def _draw_text(self, painter: QPainter, metrics: QFontMetrics, record: ImageRecord, area: QRect) -> None:
        tokens = self._theme.tokens
        line = metrics.height()
        painter.setPen(QColor(tokens.text))
        name = self._short(record.path.rpartition("/")[2], area.width(), metrics, Qt.TextElideMode.ElideMiddle)
        painter.drawText(area.left(), area.top() + metrics.ascent(), name)
        top = area.top() + line
        if record.excluded:
            self._draw_mark(painter, "excluded", area.left(), top + (line - _MARK) // 2)
            ways = [fmt.tr("left out")]
        else:
            mark = QRect(area.left(), top + (line - _SPLIT_MARK) // 2, _SPLIT_MARK, _SPLIT_MARK)
            painter.fillRect(mark, QColor(getattr(tokens, record.split.value)))
            # The class first: the colour tells the split, too.
            ways = [f"{record.label} · {split}" for split in (split_name(record.split), short_split_name(record.split))]
            ways.append(record.label)
        painter.setPen(QColor(tokens.muted))
        left = _MARK + 2 if record.excluded else _SPLIT_MARK + 4
        words = self._fitting(ways, area.width() - left, metrics)
        painter.drawText(area.left() + left, top + metrics.ascent(), words)

    def _draw_mark(self, painter: QPainter, name: str, x: int, y: int) -> None:
        painter.drawPixmap(x, y, self._icons.icon(name, Tint.WARNING).pixmap(_MARK, _MARK))

    def _fitting(self, ways: Sequence[str], width: int, metrics: QFontMetrics) -> str:
        """Return the first of several ways to say something that fits; the last one is shortened."""
        for words in ways:
            if self._short(words, width, metrics, Qt.TextElideMode.ElideRight) == words:
                return words
        return self._short(ways[-1], width, metrics, Qt.TextElideMode.ElideRight)

    def _short(self, text: str, width: int, metrics: QFontMetrics, mode: Qt.TextElideMode) -> str:
        """Return a text that fits; kept, since measuring text takes longer than drawing a picture."""
        key = (text, width)
        short = self._elided.get(key)
        if short is None:
            if len(self._elided) >= _MAX_ELIDED:
                self._elided.clear()
            short = self._elided[key] = metrics.elidedText(text, mode, width)
        return short
