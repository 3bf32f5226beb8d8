"""The legend of a plot: stays out of the way of the curves where there is a place at its edge without them."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from tlft_desktop.gui.plots.curves import Curve, Values
from tlft_desktop.gui.theme import GRID, Tokens

SMALL_HEIGHT = 150
"""Of the drawing area, in pixels: below it the legend is there only where it hides no curve."""
OPACITY = 0.75
"""Of its ground: where every place has a curve, the words can be read and the curve can be seen."""
_MARGIN = 6
"""From the legend to a curve that it does not cover, in pixels."""
_NUM_PLACES = 100
"""At so many places of the horizontal axis the legend looks for curves: between two points, too."""
_LEAST_X = 1e-9
_POINTS, _LEAST_NAME = 9, 24
WORTH_MOVING = 0.5
"""It moves to where it covers less than this share of what it covers now,"""
MUCH = 0.15
"""or where this share of all that is drawn comes free. Both are far enough from going back at once."""
NOTICEABLE = 0.02
"""Below this share of what is drawn it need not take another form."""
Position = tuple[int, int]
_CORNERS: tuple[Position, ...] = ((-GRID, GRID), (-GRID, -GRID), (GRID, -GRID), (GRID, GRID))
_EDGES: tuple[Position, ...] = ((-GRID, 0), (GRID, 0), (0, GRID), (0, -GRID))
TOP_RIGHT, BOTTOM_RIGHT, BOTTOM_LEFT = _CORNERS[:3]


class PlotLegend(pg.LegendItem):  # type: ignore[misc]
    """Names of the curves in a corner of the plot, or at an edge; the user may drag it anywhere.

    Args:
        box: Where the curves are drawn.
    """

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(offset=TOP_RIGHT, labelTextSize=f"{_POINTS}pt")
        self._box = box
        self._home = self._position = TOP_RIGHT
        self._sizes: dict[int, tuple[float, float]] = {}
        self._is_dragged = False
        self._names: dict[pg.LabelItem, str] = {}
        self._fitted: float | None = None
        self.setParentItem(box)
        self.setZValue(10)

    @property
    def position(self) -> Position:
        """Where it is: pixels from the left and top edge of the plot.

        Negative ones count from the right and bottom edge, 0 is the middle.
        """
        return self._position

    def set_home(self, position: Position) -> None:
        """Say where it is best while nothing is drawn there."""
        self._home = position
        self._arrange(1, position)

    def add_curve(self, curve: Curve, name: str) -> None:
        """Name a curve."""
        self._forget_sizes()
        # pyqtgraph reads its labels as HTML.
        self.addItem(curve.item, html.escape(name))
        self._names[self.items[-1][1]] = name

    def removeItem(self, item: object) -> None:
        self._forget_sizes()
        super().removeItem(item)
        self._names = {label: self._names[label] for _sample, label in self.items}

    def restyle(self, tokens: Tokens) -> None:
        """Take the colours of a theme."""
        ground = QColor(tokens.surface)
        ground.setAlphaF(OPACITY)
        self.setBrush(ground)
        self.setLabelTextColor(QColor(tokens.text))
        self._sizes.clear()
        for _sample, label in self.items:
            # pyqtgraph keeps the colour for later labels only.
            label.setText(label.text, color=tokens.text)

    def avoid(self, curves: Sequence[Curve], *, is_log_x: bool) -> None:
        """Move to the corner or the middle of an edge where least is drawn, unless the user chose a place.

        Where all of them are noticeably covered, as in a low plot, the names may stand side by side.

        Args:
            curves: What is drawn.
            is_log_x: Whether the horizontal axis is logarithmic.
        """
        self._fit_names()
        places = self._places(curves, is_log_x=is_log_x)
        is_small = self._box.getViewWidget().height() < SMALL_HEIGHT
        if is_small and not self._is_dragged and places.size:
            self._squeeze_in(places)
            return
        self.setVisible(not is_small)
        if self._is_dragged or not self.items:
            return
        if not places.size:
            self._arrange(1, self._home)
            return
        positions = (self._home, *_CORNERS, *_EDGES)
        covered = {(1, position): self._num_covered(1, position, places) for position in positions}
        best = min(covered, key=lambda form: covered[form])
        if covered[best] > NOTICEABLE * places.shape[1]:
            wide = {
                (n, position): self._num_covered(n, position, places) for n in self._wider() for position in positions
            }
            better = min(wide, key=lambda form: wide[form], default=best)
            covered |= wide
            if _is_worth(covered[better], covered[best], places.shape[1]):
                best = better
        now = self._num_covered(self.columnCount, self._position, places)
        fits = self.columnCount == 1 or self.columnCount in self._wider()
        # A legend that jumps about while curves grow is worse than one that covers a little.
        if not fits or _is_worth(covered[best], now, places.shape[1]):
            self._arrange(*best)

    def _squeeze_in(self, places: Values) -> None:
        """Show it in a low plot where it hides next to nothing; where there is no such place, hide it."""
        numbers, height = (1, *self._wider()), self._box.rect().height() - 2 * GRID
        forms = [
            (number, position)
            for position in (self._home, *_CORNERS, *_EDGES)
            for number in numbers
            if self._size_of(number)[1] <= height
            and self._num_covered(number, position, places) <= NOTICEABLE * places.shape[1]
        ]
        self.setVisible(bool(forms))
        if forms and (self.columnCount, self._position) not in forms:
            self._arrange(*forms[0])

    def _fit_names(self) -> None:
        """Cut names that are wider than a narrow plot; else the legend would lie over its edge."""
        room = self._box.rect().width() - 2 * GRID
        if room <= 0 or room == self._fitted:
            return
        self._fitted = room
        self._write(self._names.values())
        too_wide = self.width() - room
        if too_wide <= 0 or not self._names:
            return
        font = QFont()
        font.setPointSizeF(_POINTS)
        metrics = QFontMetricsF(font)
        most = max(_LEAST_NAME, max(map(metrics.horizontalAdvance, self._names.values())) - too_wide)
        self._write([metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, most) for name in self._names.values()])

    def _write(self, texts: Iterable[str]) -> None:
        """Write names, or what there is room for of each, below each other."""
        self._set_columns(1)
        is_same = True
        for (label, name), text in zip(self._names.items(), texts, strict=True):
            if label.text != html.escape(text):
                is_same = False
                label.setText(html.escape(text))
                label.setToolTip("" if text == name else html.escape(name))
        if not is_same:
            self._sizes.clear()
            # A layout gives all its room away, so it gets none to find out what is needed.
            self.setGeometry(0, 0, 0, 0)
            self.layout.activate()
            self.updateSize()

    def paint(self, painter: QPainter, *args: object) -> None:
        # Without a name in it its ground alone would cover a corner.
        if self.items:
            super().paint(painter, *args)

    def mouseDragEvent(self, event: object) -> None:
        self._is_dragged = True
        super().mouseDragEvent(event)

    def _arrange(self, num_columns: int, position: Position) -> None:
        """Put the names into columns, and them to a place."""
        self._set_columns(num_columns)
        if position != self._position:
            self._position = position
            across, down = (0.5 if not pixels else float(pixels < 0) for pixels in position)
            self.anchor(itemPos=(across, down), parentPos=(across, down), offset=position)

    def _set_columns(self, number: int) -> None:
        if number != self.columnCount:
            self.setColumnCount(number)
            # Before its layout is there it knows its size by the one before.
            self.layout.activate()
            self.updateSize()

    def _forget_sizes(self) -> None:
        self._set_columns(1)
        self._sizes.clear()
        self._fitted = None

    def _wider(self) -> list[int]:
        """Return the numbers of columns, from 2, with which it fits into the plot."""
        most = self._box.rect().width() - 2 * GRID
        return [number for number in range(2, len(self.items) + 1) if self._size_of(number)[0] <= most]

    def _size_of(self, num_columns: int) -> tuple[float, float]:
        """Return width and height with so many columns, in pixels."""
        if num_columns not in self._sizes:
            before = self.columnCount
            self._set_columns(num_columns)
            self._sizes[num_columns] = self.width(), self.height()
            self._set_columns(before)
        return self._sizes[num_columns]

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

    def _num_covered(self, num_columns: int, position: Position, places: Values) -> int:
        """Return how many places it would cover with so many columns."""
        area, size = self._box.rect(), self._size_of(num_columns)
        left, top = (
            _start(pixels, own, whole)
            for pixels, own, whole in zip(position, size, (area.width(), area.height()), strict=True)
        )
        inside = (places[0] >= left - _MARGIN) & (places[0] <= left + size[0] + _MARGIN)
        inside &= (places[1] >= top - _MARGIN) & (places[1] <= top + size[1] + _MARGIN)
        return int(inside.sum())


def _is_worth(num_covered: int, num_now: int, num_all: int) -> bool:
    """Tell whether covering so many places is worth another form than one that covers more of them."""
    return num_covered < num_now * WORTH_MOVING or num_now - num_covered > MUCH * num_all


def _start(pixels: int, own: float, whole: float) -> float:
    """Return where something of a length begins that is so many pixels from an edge; 0 is the middle."""
    if not pixels:
        return (whole - own) / 2
    return pixels if pixels > 0 else whole + pixels - own


def _thinned(values: Values) -> Values:
    """Return so many values that looking at them takes no time."""
    return values[:: 1 + len(values) // (2 * _NUM_PLACES)]
