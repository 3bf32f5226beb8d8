"""The legend of a plot: stays out of the way of the curves where there is a corner without them."""

from __future__ import annotations

import html
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor, QPainter

from tlft_desktop.gui.plots.curves import Curve, Values
from tlft_desktop.gui.theme import GRID, Tokens

OPACITY = 0.75
"""Of its ground: where every corner has a curve, the words can be read and the curve can be seen."""
_MARGIN = 6
"""From the legend to a curve that it does not cover, in pixels."""
_NUM_PLACES = 100
"""At so many places of the horizontal axis the legend looks for curves: between two points, too."""
_LEAST_X = 1e-9
WORTH_MOVING = 0.5
"""It moves to where it covers less than this share of what it covers now."""
Corner = tuple[int, int]
_CORNERS: tuple[Corner, ...] = ((-GRID, GRID), (-GRID, -GRID), (GRID, -GRID), (GRID, GRID))
TOP_RIGHT, BOTTOM_RIGHT, BOTTOM_LEFT = _CORNERS[:3]


class PlotLegend(pg.LegendItem):  # type: ignore[misc]
    """Names of the curves in a corner of the plot; the user may drag it anywhere.

    Args:
        box: Where the curves are drawn.
    """

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(offset=TOP_RIGHT, labelTextSize="9pt")
        self._box = box
        self._home = self._corner = TOP_RIGHT
        self._is_dragged = False
        self.setParentItem(box)
        self.setZValue(10)

    @property
    def corner(self) -> Corner:
        """Where it is: pixels from the left and top edge of the plot; negative ones from the right and bottom edge."""
        return self._corner

    def set_home(self, corner: Corner) -> None:
        """Say in which corner it is best while nothing is drawn there."""
        self._home = corner
        self._go_to(corner)

    def add_curve(self, curve: Curve, name: str) -> None:
        """Name a curve."""
        # pyqtgraph reads its labels as HTML.
        self.addItem(curve.item, html.escape(name))

    def restyle(self, tokens: Tokens) -> None:
        """Take the colours of a theme."""
        ground = QColor(tokens.surface)
        ground.setAlphaF(OPACITY)
        self.setBrush(ground)
        self.setLabelTextColor(QColor(tokens.text))
        for _sample, label in self.items:
            # pyqtgraph keeps the colour for later labels only.
            label.setText(label.text, color=tokens.text)

    def avoid(self, curves: Sequence[Curve], *, is_log_x: bool) -> None:
        """Move to the corner where least is drawn, unless the user chose a place.

        Args:
            curves: What is drawn.
            is_log_x: Whether the horizontal axis is logarithmic.
        """
        if self._is_dragged or not self.items or not self.isVisible():
            return
        places = self._places(curves, is_log_x=is_log_x)
        if not places.size:
            self._go_to(self._home)
            return
        covered = {corner: self._num_covered(corner, places) for corner in (self._home, *_CORNERS)}
        best = min(covered, key=lambda corner: covered[corner])
        # A legend that jumps about while curves grow is worse than one that covers a little.
        if covered[best] < covered[self._corner] * WORTH_MOVING:
            self._go_to(best)

    def paint(self, painter: QPainter, *args: object) -> None:
        # Without a name in it its ground alone would cover a corner.
        if self.items:
            super().paint(painter, *args)

    def mouseDragEvent(self, event: object) -> None:
        self._is_dragged = True
        super().mouseDragEvent(event)

    def _go_to(self, corner: Corner) -> None:
        if corner != self._corner:
            self._corner = corner
            self.setOffset(corner)

    def _places(self, curves: Sequence[Curve], *, is_log_x: bool) -> Values:
        """Return where curves pass in sight, in pixels from the left and top edge of the plot."""
        area, ((left, right), (bottom, top)) = self._box.rect(), self._box.viewRange()
        columns = np.linspace(left, right, _NUM_PLACES)
        found = []
        for curve in curves:
            x, y = _thinned(curve.x), _thinned(curve.y)
            known = np.isfinite(y)
            if not known.any():
                continue
            x, y = x[known], y[known]
            x = np.log10(np.maximum(x, _LEAST_X)) if is_log_x else x
            between = columns[(columns >= x[0]) & (columns <= x[-1])]
            found.append(np.stack([np.append(x, between), np.append(y, np.interp(between, x, y))]))
        if not found:
            return np.empty((2, 0))
        x, y = np.concatenate(found, axis=1)
        across = (x - left) / max(right - left, 1e-12) * area.width()
        down = (top - y) / max(top - bottom, 1e-12) * area.height()
        return np.stack([across, down])

    def _num_covered(self, corner: Corner, places: Values) -> int:
        area = self._box.rect()
        left = corner[0] if corner[0] > 0 else area.width() + corner[0] - self.width()
        top = corner[1] if corner[1] > 0 else area.height() + corner[1] - self.height()
        inside = (places[0] >= left - _MARGIN) & (places[0] <= left + self.width() + _MARGIN)
        inside &= (places[1] >= top - _MARGIN) & (places[1] <= top + self.height() + _MARGIN)
        return int(inside.sum())


def _thinned(values: Values) -> Values:
    """Return so many values that looking at them takes no time."""
    return values[:: 1 + len(values) // (2 * _NUM_PLACES)]
