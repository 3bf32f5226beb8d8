"""Delegates for short words: badges where something begins, and words that are set here or come from above."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from tlft_desktop.gui.item_models.table_model import Index
from tlft_desktop.gui.theme import GRID, ThemeController
from tlft_desktop.gui.widgets.cells import draw_ground

_HEIGHT = 18.0
_ROUND_ENDS = 2 * GRID
"""Room of a badge beside its text."""
_TICK_AND_SIGN = 11 * GRID // 2
"""Room that the tick box and the sign beside it take in front of a name."""


class BadgeDelegate(QStyledItemDelegate):
    """Draws the text of a cell as a badge where a new group begins, and quietly where the group goes on.

    Args:
        role: Number of the group that begins at a row; below zero where it goes on.
    """

    def __init__(self, theme: ThemeController, role: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._role = theme, role

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        width = option.fontMetrics.horizontalAdvance(text) + _ROUND_ENDS + GRID + GRID // 2
        return QSize(width, super().sizeHint(option, index).height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        text = draw_ground(painter, option)
        if not text:
            return
        number = index.data(self._role)
        begins = isinstance(number, int) and number >= 0
        tokens = self._theme.tokens
        area = QRectF(option.rect).adjusted(GRID, 0, -GRID / 2, 0)
        width = min(area.width(), option.fontMetrics.horizontalAdvance(text) + _ROUND_ENDS)
        badge = QRectF(area.left(), area.center().y() - _HEIGHT / 2, width, _HEIGHT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if begins:
            painter.setPen(QPen(QColor(tokens.border), 1))
            painter.setBrush(QColor(tokens.sunken))
            painter.drawRoundedRect(badge.adjusted(0.5, 0.5, -0.5, -0.5), _HEIGHT / 2, _HEIGHT / 2)
        painter.setPen(QColor(tokens.text if begins else tokens.muted))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()


class MarkedDelegate(QStyledItemDelegate):
    """Writes a cell boldly where its role is true, quietly elsewhere; the text itself says the difference too."""

    def __init__(self, theme: ThemeController, role: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._role = theme, role

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if index.data(self._role) is True:
            option.font.setBold(True)
        else:
            option.palette.setColor(QPalette.ColorRole.Text, QColor(self._theme.tokens.muted))


class NameDelegate(QStyledItemDelegate):
    """Starts names without a tick box where those with one start, so that a child never stands left of its parent."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if index.data(Qt.ItemDataRole.CheckStateRole) is None:
            option.rect.setLeft(option.rect.left() + _TICK_AND_SIGN)
