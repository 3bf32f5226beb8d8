"""Delegates that draw shares as bars beside their number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from tlft_desktop.gui.item_models.table_model import Index
from tlft_desktop.gui.theme import ThemeController
from tlft_desktop.gui.widgets.cells import draw_ground

_BAR_HEIGHT = 8.0
_TEXT_WIDTH = 64


class BarDelegate(QStyledItemDelegate):
    """Draws one or several fractions, end to end, in the colours of the theme; a `text_width` of 0 draws no text."""

    def __init__(
        self,
        theme: ThemeController,
        role: int,
        *,
        tints: Sequence[str] = ("accent",),
        text_width: int = _TEXT_WIDTH,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._text_width = text_width
        self._theme = theme
        self._role = role
        self._tints = tuple(tints)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        text = draw_ground(painter, option)
        area = QRectF(option.rect).adjusted(8, 0, -8, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._theme.tokens.text))
        text_area = QRectF(area.left(), area.top(), self._text_width, area.height())
        if self._text_width:
            painter.drawText(text_area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        left = self._text_width + 8 if self._text_width else 0
        self._draw_bars(painter, area.adjusted(left, 0, 0, 0), index.data(self._role))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._text_width + 120, max(26, super().sizeHint(option, index).height()))

    def _draw_bars(self, painter: QPainter, area: QRectF, value: object) -> None:
        shares = value if isinstance(value, (tuple, list)) else (value,)
        left = area.left()
        top = area.center().y() - _BAR_HEIGHT / 2
        painter.setPen(Qt.PenStyle.NoPen)
        for share, tint in zip(shares, self._tints, strict=False):
            if not isinstance(share, (int, float)) or share <= 0 or area.width() <= 0:
                continue
            # A share that is there is seen, however small.
            width = max(2.0, float(share) * area.width())
            painter.setBrush(QColor(getattr(self._theme.tokens, tint)))
            painter.drawRoundedRect(QRectF(left, top, width, _BAR_HEIGHT), 2, 2)
            left += width + 1
