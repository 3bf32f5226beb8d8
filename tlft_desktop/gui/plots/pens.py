"""Pens of plots: lines as wide on one screen as on another."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen


def line_pen(colour: QColor, width: float, ratio: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """Return a pen for a line.

    Args:
        colour: Of the line.
        width: In logical pixels.
        ratio: Pixels of the device for each of them: pyqtgraph's pens do not grow with what they draw, not even with
            the scale of the screen.
        style: Pattern of the line.
    """
    pen: QPen = pg.mkPen(colour, width=width * ratio, style=style)
    return pen
