"""Horizontal lines at the numbers of the vertical axis.

pyqtgraph's own grid belongs to the axis, which then covers the whole plot and writes its numbers anew with every change
of a curve: half of the cost of a live plot (measured).
"""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QLineF
from PySide6.QtGui import QColor, QPainter

from tlft_desktop.gui.plots.pens import line_pen


class GridLines(pg.UIGraphicsItem):  # type: ignore[misc]
    """Lines behind the curves."""

    def __init__(self, axis: pg.AxisItem) -> None:
        super().__init__()
        self._axis = axis
        self._pen = pg.mkPen(None)
        self.setZValue(-100)

    def set_colour(self, colour: QColor, ratio: float) -> None:
        """Draw in a colour; `ratio` is that of the device to logical pixels."""
        self._pen = line_pen(colour, 1, ratio)
        self.update()

    def dataBounds(self, *_args: Any, **_options: Any) -> None:
        """Tell pyqtgraph that lines have no part in the range."""

    def paint(self, painter: QPainter, *_args: Any) -> None:
        area, height = self.boundingRect(), self._axis.geometry().height()
        if height < 1:
            # No room for a number: pyqtgraph would divide by it, and an error while Qt paints ends the process.
            return
        levels = self._axis.tickValues(area.top(), area.bottom(), height)
        if levels:
            painter.setPen(self._pen)
            painter.drawLines([QLineF(area.left(), value, area.right(), value) for value in levels[0][1]])
