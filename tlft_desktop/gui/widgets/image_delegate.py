"""Draws one image of the grid: frame, picture, and the caption of the page."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tlft_desktop.core.values.manifest import ImageRecord
from tlft_desktop.gui.desks.picture_desk import PictureDesk
from tlft_desktop.gui.icons import IconSet, Tint
from tlft_desktop.gui.item_models.image_grid_model import RECORD_ROLE
from tlft_desktop.gui.item_models.table_model import Index
from tlft_desktop.gui.theme import GRID, ThemeController
from tlft_desktop.gui.widgets.captions import MARK, CaptionPen, Captions, RecordCaptions

ZOOMS = (48, 72, 96, 128, 176, 240, 320)
"""Sides of the pictures, in pixels."""
DEFAULT_ZOOM = 2
_MARGIN = GRID // 2
_SMALLEST_WITH_TEXT = 72


class ImageDelegate(QStyledItemDelegate):
    """Paints cells of one size; pictures that are not there yet are fetched and painted when they come.

    Attributes:
        side: Side of the pictures, in pixels.
        captions: Writes below them.
    """

    def __init__(
        self, theme: ThemeController, icons: IconSet, pictures: PictureDesk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._pictures = theme, pictures
        self._pen = CaptionPen(theme, icons)
        self.side = ZOOMS[DEFAULT_ZOOM]
        self.captions: Captions = RecordCaptions(self._pen)

    def cell_size(self, metrics: QFontMetrics) -> QSize:
        """Return the smallest size of a cell."""
        lines = self.captions.num_lines * metrics.height() + _MARGIN if self.side >= _SMALLEST_WITH_TEXT else 0
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
            self.captions.draw(painter, option.fontMetrics, index, record, text)
        else:
            self.captions.draw_sign(painter, index, record, picture)
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
            middle = square.center()
            self._pen.draw_mark(painter, "warning", Tint.WARNING, middle.x() - MARK // 2, middle.y() - MARK // 2)

    def _square(self, area: QRect) -> QRect:
        """Return where a picture of the largest size lies."""
        square = QRect(0, 0, self.side, self.side)
        square.moveCenter(area.center())
        return square
