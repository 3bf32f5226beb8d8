"""What delegates that draw cells in their own way have in common."""

from __future__ import annotations

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem


def draw_ground(painter: QPainter, option: QStyleOptionViewItem) -> str:
    """Draw a cell without its text: ground, selection and focus; return the text, for the delegate to draw.

    Args:
        painter: Of the view.
        option: As `initStyleOption` filled it; it has no text afterwards.
    """
    text, option.text = option.text, ""
    style = option.widget.style() if option.widget else QApplication.style()
    style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
    return str(text)
