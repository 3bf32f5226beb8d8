"""Accuracy of each of several things against what it takes, with the front of those that nothing beats."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QWidget

from tlft_desktop.core.evaluation.pareto import pareto_front
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.format import tr
from tlft_desktop.gui.plots.base_plot import BasePlot, PlotText
from tlft_desktop.gui.plots.curves import Curve, CurveStyle
from tlft_desktop.gui.plots.pens import line_pen
from tlft_desktop.gui.plots.ranges import Range
from tlft_desktop.gui.run_colours import colour_at, shape_at, shape_path
from tlft_desktop.gui.spots import Spot, SpotWords

SIZE, CHOSEN_SIZE = 11, 17
LOG_RATIO = 10.0
"""Times that differ by more than this factor get a logarithmic axis."""
NEAR_PIXELS = 24
_LABEL_GAP = 10
_LOG_STEPS, _MANY_DECADES = (1, 2, 5), 4


class ScatterPlot(BasePlot):
    """A point with its interval for each spot.

    Args:
        context: Parts of the program.
        text: Words of the plot.
        words: What it calls its points.

    Signals:
        spot_clicked(key): The user clicked a point.
    """

    spot_clicked = Signal(str)

    def __init__(self, context: AppContext, text: PlotText, words: SpotWords, parent: QWidget | None = None) -> None:
        self._words = words
        self._shown: tuple[Spot, ...] = ()
        self._chosen: frozenset[str] = frozenset()
        self._points: list[Curve] = []
        self._labels: list[pg.TextItem] = []
        self._bars, self._scatter = pg.ErrorBarItem(beam=0), pg.ScatterPlotItem()
        super().__init__(context, text, parent)
        self._front = self.add_curve(
            Curve(
                tr("front"),
                CurveStyle(lambda tokens: tokens.muted, Qt.PenStyle.DashLine, width=1),
                snaps=False,
                sets_range=False,
            ),
            in_legend=False,
        )
        for item in (self._bars, self._scatter):
            self.plot_item.addItem(item, ignoreBounds=True)
        self.set_ranges(x=self._times)
        self.clicked.connect(self._take_click)
        self.view.getViewBox().sigRangeChanged.connect(self._place_ticks)
        self.view.getViewBox().sigRangeChanged.connect(self._place_labels)
        self.view.getViewBox().sigResized.connect(self._place_labels)

    @property
    def shown(self) -> tuple[Spot, ...]:
        """What has a point."""
        return self._shown

    def show_spots(self, spots: Sequence[Spot], chosen: Collection[str]) -> None:
        """Draw a point for each of `spots` that can be drawn; those whose keys are `chosen` are larger."""
        judged, marked = tuple(spot for spot in spots if spot.is_finite), frozenset(chosen)
        if (judged, marked) == (self._shown, self._chosen):
            return
        has_other_points = judged != self._shown
        self._shown, self._chosen = judged, marked
        if has_other_points:
            self._replace_points()
        self.restyle()
        if has_other_points:
            self.reset_view()
        self._place_labels()

    def readout_at(self, x: float, y: float) -> tuple[float, list[str]] | None:
        spot = self._nearest(x, y, within=math.inf)
        if spot is None:
            return None
        lines = [
            spot.name,
            self.tr("accuracy {accuracy}").format(accuracy=fmt.accuracy(spot.accuracy, spot.low, spot.high)),
            self._words.time(spot.time),
        ]
        if spot in self._on_front():
            lines.append(self._words.on_front)
        return spot.time, lines

    @Slot()
    def restyle(self) -> None:
        """Take the colours of the theme."""
        super().restyle()
        tokens, view = self._context.theme.tokens, self.view
        # pyqtgraph keeps pictures of the marks at the resolution of the screen, for exported pictures too.
        ring = line_pen(QColor(tokens.text), 2, view.devicePixelRatioF())
        spots = []
        for spot in self._shown:
            is_chosen = spot.key in self._chosen
            spots.append(
                {
                    "pos": self._position(spot),
                    "size": CHOSEN_SIZE if is_chosen else SIZE,
                    "symbol": shape_path(shape_at(spot.place)),
                    "brush": pg.mkBrush(QColor(colour_at(spot.place, tokens))),
                    "pen": ring if is_chosen else pg.mkPen(None),
                }
            )
        self._scatter.setData(spots)
        self._bars.setOpts(pen=line_pen(QColor(tokens.muted), 1, view.pixel_ratio))
        for label in self._labels:
            label.setColor(QColor(tokens.text))
            # The front may pass behind it.
            label.fill = pg.mkBrush(QColor(tokens.surface))

    # ---- inside

    def _replace_points(self) -> None:
        for curve in self._points:
            self.remove_curve(curve)
        for label in self._labels:
            self.plot_item.removeItem(label)
        self._points, self._labels = [], []
        self.set_log_x(self._wants_log())
        self._points = [self._point_of(spot) for spot in self._shown]
        self._labels = [self._label_of(spot) for spot in self._shown]
        front = self._on_front()
        self._front.set_points([spot.time for spot in front], [100 * spot.accuracy for spot in front])
        self._draw_bars()
        self.set_summary(self._in_words(front))

    def _on_front(self) -> list[Spot]:
        return pareto_front(self._shown, lambda spot: (spot.time, spot.accuracy, spot.key))

    def _point_of(self, spot: Spot) -> Curve:
        """Return a curve of one point: the axes, the keys and the exported table go by it."""
        curve = Curve(spot.name, CurveStyle(lambda tokens: tokens.muted))
        self.add_curve(curve, in_legend=False)
        interval = {} if spot.low is None or spot.high is None else {"low": [100 * spot.low], "high": [100 * spot.high]}
        curve.set_points([spot.time], [100 * spot.accuracy], **interval)
        # Its interval is drawn as a bar.
        curve.band.hide()
        return curve

    def _label_of(self, spot: Spot) -> pg.TextItem:
        label = pg.TextItem(spot.name)
        self.plot_item.addItem(label, ignoreBounds=True)
        return label

    def _draw_bars(self) -> None:
        known = [spot for spot in self._shown if spot.low is not None and spot.high is not None]
        positions = [self._position(spot) for spot in known]
        self._bars.setData(
            x=np.array([x for x, _y in positions]),
            y=np.array([y for _x, y in positions]),
            top=np.array([100 * (spot.high or 0.0) - y for spot, (_x, y) in zip(known, positions, strict=True)]),
            bottom=np.array([y - 100 * (spot.low or 0.0) for spot, (_x, y) in zip(known, positions, strict=True)]),
        )

    def _wants_log(self) -> bool:
        times = [spot.time for spot in self._shown]
        return len(times) > 1 and max(times) / min(times) >= LOG_RATIO

    def _times(self) -> Range:
        """Return the range of times, with room for the labels."""
        times = [spot.time for spot in self._shown]
        if not times:
            return 0.1, 1.0
        if self._wants_log():
            return min(times) / 1.5, max(times) * 2.0
        return 0.0, max(times) * 1.25

    def _position(self, spot: Spot) -> tuple[float, float]:
        return self._to_view(spot.time), 100 * spot.accuracy

    def _pixels(self, spot: Spot) -> QPointF:
        place: QPointF = self.view.getViewBox().mapViewToScene(QPointF(*self._position(spot)))
        return place

    def _nearest(self, x: float, y: float, *, within: float) -> Spot | None:
        """Return the spot whose point lies nearest to a place in data coordinates, at most `within` pixels away."""
        here = self.view.getViewBox().mapViewToScene(QPointF(self._to_view(x), y))
        places = [(math.dist(here.toTuple(), self._pixels(spot).toTuple()), spot) for spot in self._shown]
        distance, spot = min(places, key=lambda place: place[0], default=(math.inf, None))
        return spot if distance <= within else None

    @Slot(float, float)
    def _take_click(self, x: float, y: float) -> None:
        spot = self._nearest(x, y, within=NEAR_PIXELS)
        if spot is not None:
            self.spot_clicked.emit(spot.key)

    @Slot()
    def _place_labels(self) -> None:
        """Put each name where it covers no other point or name; leave out the ones without room."""
        if len(self._labels) != len(self._shown):
            # The axes change while the points are replaced.
            return
        metrics = QFontMetricsF(self.font())
        points = [self._pixels(spot) for spot in self._shown]
        area = self.view.getViewBox().sceneBoundingRect()
        taken = [QRectF(point.x() - SIZE, point.y() - SIZE / 2, 2 * SIZE, SIZE) for point in points]
        by_importance = sorted(range(len(points)), key=lambda number: self._shown[number].key not in self._chosen)
        for number in by_importance:
            size = metrics.size(0, self._shown[number].name)
            label, point = self._labels[number], points[number]
            others = [*taken[:number], *taken[number + 1 :]]
            for anchor, corner, rect in _places(point, size.width() + 8, size.height() + 4):
                if area.contains(rect) and not any(rect.intersects(other) for other in others):
                    label.setAnchor(anchor)
                    place = self.view.getViewBox().mapSceneToView(corner)
                    label.setPos(place.x(), place.y())
                    taken.append(rect)
                    label.show()
                    break
            else:
                label.hide()

    @Slot()
    def _place_ticks(self) -> None:
        """Write 1, 2 and 5 of each power of ten below a logarithmic axis: more numbers would touch."""
        axis = self.plot_item.getAxis("bottom")
        if not self._is_log_x:
            axis.setTicks(None)
            return
        first, last = self.view.getViewBox().viewRange()[0]
        exponents = range(math.floor(first), math.ceil(last) + 1)
        steps = _LOG_STEPS if last - first < _MANY_DECADES else _LOG_STEPS[:1]
        values = [step * 10.0**exponent for exponent in exponents for step in steps]
        axis.setTicks([[(math.log10(value), fmt.number(value)) for value in values]])

    def _in_words(self, front: Sequence[Spot]) -> str:
        parts = [
            self.tr("{name}: {accuracy}, {time}").format(
                name=spot.name,
                accuracy=fmt.accuracy(spot.accuracy, spot.low, spot.high),
                time=self._words.time(spot.time),
            )
            for spot in self._shown
        ]
        if front:
            names = ", ".join(spot.name for spot in front)
            parts.append(self.tr("On the front of accuracy and time: {names}").format(names=names))
        return ". ".join(parts)


def _places(point: QPointF, width: float, height: float) -> list[tuple[tuple[float, float], QPointF, QRectF]]:
    """Return where a label may stand, the best place first: beside its point, askew of it, or a line further off.

    Returns:
        Each with the anchor of the label, as shares of its size, where that lies, and the rectangle that it covers, in
        pixels.
    """
    beside, askew, away = _LABEL_GAP, _LABEL_GAP * math.sqrt(0.5), _LABEL_GAP + height
    steps = [(beside, 0.0), (-beside, 0.0), (0.0, -beside), (0.0, beside)]
    steps += [(across, down) for down in (-askew, askew) for across in (askew, -askew)]
    steps += [(across, down) for down in (-away, away) for across in (0.0, askew, -askew)]
    found = []
    for across, down in steps:
        left, top = ((1.0 - math.copysign(1.0, step)) / 2 if step else 0.5 for step in (across, down))
        corner = QPointF(point.x() + across, point.y() + down)
        rect = QRectF(corner.x() - left * width, corner.y() - top * height, width, height)
        found.append(((left, top), corner, rect))
    return found
