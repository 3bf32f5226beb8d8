"""A curve of a plot: its points, its looks, and what is drawn of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainterPath

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.plots.pens import line_pen
from tlft_desktop.gui.theme import Tokens

Values = NDArray[np.float64]
MAX_SYMBOLS = 400
"""More points than this would touch each other."""
MAX_PATTERN = 2_000
"""Dashes and wide lines of more points take the painter many times as long and look like a block."""
MEDIAN_POINTS = 5_000
"""So many are enough to tell what a typical value is."""
BAND_OPACITY = 0.18
DENSE_DISTANCE = 0.5


@dataclass(frozen=True, slots=True)
class CurveStyle:
    """Looks of a curve.

    Attributes:
        colour: Returns the colour from the theme's tokens.
        line: Pattern, so that curves differ by more than their colour.
        width: Of the line, in logical pixels.
        symbol: Shape at each point in pyqtgraph's short form, such as `o`, or its outline; empty for none.
        symbol_size: Of the shape, in pixels.
        strength: 1 for the full colour, less for one that is mixed with the surface; not transparent, since the painter
            draws long lines piece by piece and pieces that overlap would add up.
    """

    colour: Callable[[Tokens], str]
    line: Qt.PenStyle = Qt.PenStyle.SolidLine
    width: int = 2
    symbol: str | QPainterPath = ""
    symbol_size: int = 5
    strength: float = 1.0


def as_values(points: Sequence[float] | Values) -> Values:
    """Return finite numbers as float64; everything else becomes NaN, which leaves a gap in the line."""
    values = np.array(points, dtype=np.float64)
    values[~np.isfinite(values)] = np.nan
    return values


class Curve:
    """Points with a name; x never falls.

    Attributes:
        name: As the legend and the read-out show it.
        item: What pyqtgraph draws.
        x, y: The points.
        low, high: Interval of each point; empty without one.
        snaps: Whether the crosshair stops at its points.
        sets_range: Whether the vertical range makes room for it.
        trim: Share of the values, at each end, that the vertical range need not make room for.
    """

    def __init__(
        self,
        name: str,
        style: CurveStyle,
        *,
        snaps: bool = True,
        sets_range: bool = True,
        trim: float = 0.0,
        number: Callable[[float], str] = fmt.number,
    ) -> None:
        self.name, self.snaps, self.sets_range, self.trim = name, snaps, sets_range, trim
        self._style, self._number = style, number
        self._pen_of: tuple[QColor, bool] | None = None
        self._colour, self._ratio = QColor(), 1.0
        self.x = self.y = self.low = self.high = np.empty(0)
        self.item = pg.PlotDataItem(connect="finite")
        self._edges = (pg.PlotCurveItem(pen=None), pg.PlotCurveItem(pen=None))
        self.band = pg.FillBetweenItem(*self._edges)
        self.items = (*self._edges, self.band, self.item)

    def set_points(
        self,
        x: Sequence[float] | Values,
        y: Sequence[float] | Values,
        *,
        low: Sequence[float] | Values = (),
        high: Sequence[float] | Values = (),
    ) -> bool:
        """Show other points; return whether anything changed. All sequences have equal length, or none of interval."""
        new = tuple(as_values(each) for each in (x, y, low, high))
        # Bits, not numbers: NaN equals itself, and a hundred thousand points take a twentieth of a millisecond.
        if all(np.array_equal(a.view(np.int64), b.view(np.int64)) for a, b in zip(new, self._columns(), strict=True)):
            return False
        self.x, self.y, self.low, self.high = new
        self._restyle_if_crowded()
        # A curve of NaN only has no bounds that pyqtgraph could use.
        shown = (self.x, self.y) if np.isfinite(self.y).any() else (np.empty(0), np.empty(0))
        self.item.setData(*shown)
        if len(self.low):
            for edge, values in zip(self._edges, (self.low, self.high), strict=True):
                edge.setData(self.x, values)
        self.band.setVisible(bool(len(self.low)))
        return True

    def restyle(self, tokens: Tokens, ratio: float) -> None:
        """Take the colours of a theme; `ratio` is that of the device to logical pixels."""
        self._ratio = ratio
        self._colour = _mixed(QColor(self._style.colour(tokens)), QColor(tokens.surface), self._style.strength)
        self._pen_of = None
        self._restyle_if_crowded()
        band = QColor(self._colour)
        band.setAlphaF(BAND_OPACITY)
        self.band.setBrush(band)

    def index_at(self, x: float) -> int | None:
        """Return the number of the point nearest to `x`; None without points."""
        if not len(self.x):
            return None
        after = int(np.searchsorted(self.x, x))
        near = [number for number in (after - 1, after) if 0 <= number < len(self.x)]
        return min(near, key=lambda number: abs(float(self.x[number]) - x))

    def is_at(self, number: int, x: float, tolerance: float) -> bool:
        """Tell whether a point lies at `x`; the nearest of dense points that the crosshair passes always does."""
        distance = abs(float(self.x[number]) - x)
        return distance <= tolerance or (not self.snaps and distance <= DENSE_DISTANCE)

    def words_at(self, number: int) -> str:
        """Return a point in words, such as `validation 81.2 [74.0, 86.9]`."""
        value = float(self.y[number])
        if not np.isfinite(value):
            return fmt.tr("{name}: not a finite number").format(name=self.name)
        words = f"{self.name} {self._number(value)}"
        if len(self.low):
            words += f" [{self._number(float(self.low[number]))}, {self._number(float(self.high[number]))}]"
        return words

    def bounds(self, first: float, last: float) -> tuple[float, float] | None:
        """Return the least and greatest y between two x; what lies far above the typical value does not count."""
        inside = (self.x >= first) & (self.x <= last)
        values = np.concatenate(
            [self.y[inside], self.low[inside], self.high[inside]] if len(self.low) else [self.y[inside]]
        )
        values = values[np.isfinite(values)]
        if not len(values):
            return None
        if self.trim:
            return float(np.quantile(values, self.trim)), float(np.quantile(values, 1 - self.trim))
        low, typical = float(values.min()), float(np.median(np.abs(values[:: 1 + len(values) // MEDIAN_POINTS])))
        near = values[values <= 50 * typical] if typical > 0 else values
        return low, float(near.max()) if len(near) else low

    def _columns(self) -> tuple[Values, Values, Values, Values]:
        return self.x, self.y, self.low, self.high

    def _restyle_if_crowded(self) -> None:
        is_crowded = len(self.x) > MAX_PATTERN
        if self._pen_of != (self._colour, is_crowded):
            self._pen_of = (QColor(self._colour), is_crowded)
            line, width = (Qt.PenStyle.SolidLine, 1) if is_crowded else (self._style.line, self._style.width)
            self.item.setPen(line_pen(self._colour, width, self._ratio, line))
            self.item.setSymbolBrush(self._colour)
            self.item.setSymbolPen(pg.mkPen(None))
            self.item.setSymbolSize(self._style.symbol_size)
        symbol = self._style.symbol if 0 < len(self.x) <= MAX_SYMBOLS else None
        if self.item.opts["symbol"] != (symbol or None):
            self.item.setSymbol(symbol or None)


def _mixed(colour: QColor, other: QColor, strength: float) -> QColor:
    def part(first: float, second: float) -> float:
        return strength * first + (1 - strength) * second

    return QColor.fromRgbF(
        part(colour.redF(), other.redF()), part(colour.greenF(), other.greenF()), part(colour.blueF(), other.blueF())
    )
