"""The one plot of the window: axes, curves, marks, crosshair with a read-out in words, keys, export.

A plot of a page makes one, adds curves and hands them points:

    plot = BasePlot(context, PlotText(self.tr("Loss"), self.tr("epoch"), stem="loss"))
    train = plot.add_curve(Curve(self.tr("training"), CurveStyle(lambda tokens: tokens.train)))
    if train.set_points(epochs, losses):
        plot.refit()

Nothing is painted that did not change. The vertical range follows what is in sight; a range that the user chose with
the mouse or the keys stays until double click or key 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.marks import Mark
from tlft_desktop.gui.plots.curves import Curve
from tlft_desktop.gui.plots.grid_lines import GridLines
from tlft_desktop.gui.plots.legend import SMALL_HEIGHT, PlotLegend, Position
from tlft_desktop.gui.plots.mark_layer import MarkLayer
from tlft_desktop.gui.plots.pens import line_pen
from tlft_desktop.gui.plots.plot_menu import PlotMenu
from tlft_desktop.gui.plots.plot_view import PlotView
from tlft_desktop.gui.plots.ranges import Range, fitted
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.elided_label import ElidedLabel
from tlft_desktop.gui.widgets.text import icon_button, plain_label

PADDING = 0.04
SLACK = 1.3
"""A range that is larger than needed by less than this factor stays: new axes cost as much as the curves."""
NEAR_PIXELS = 6
RING_SIZE = 13
"""Width of the ring around the best point, in pixels."""
BETWEEN_EPOCHS = 0.5 + 1e-9
"""A gate or a phase lies between two epochs and is told at both."""


@dataclass(frozen=True, slots=True)
class PlotText:
    """Words of a plot.

    Attributes:
        title: What is shown, with its unit.
        x_label: Name and unit of the horizontal axis.
        stem: Suggested file name without its ending; plain letters.
        y_label: Name and unit of the vertical axis where the title is not enough.
        counts_x: Whether the horizontal axis counts something, such as epochs.
    """

    title: str
    x_label: str
    stem: str
    y_label: str = ""
    counts_x: bool = False


class BasePlot(QWidget):
    """A plot with a heading and a menu.

    Signals:
        view_reset(): The user wants to see everything again.
        clicked(x, y): The user clicked into the plot; in data coordinates.

    Attributes:
        view: The drawing area.
        marks: Vertical marks with their texts.
    """

    view_reset = Signal()
    clicked = Signal(float, float)

    def __init__(self, context: AppContext, text: PlotText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text, self._context = text, context
        self._curves: list[Curve] = []
        self._x_range: Callable[[], Range] | None = None
        self._y_range: Range | None = None
        self._y_limits: Range | None = None
        self._is_log_x = False
        self._is_users = False
        self._ringed: tuple[float, float] | None = None
        self.view = PlotView()
        self.view.setAccessibleName(self.tr("Plot: {title}").format(title=text.title))
        self.view.setMouseEnabled(x=True, y=False)
        item = self.plot_item
        self._grid = GridLines(item.getAxis("left"))
        item.addItem(self._grid, ignoreBounds=True)
        item.getAxis("left").setWidth(48)
        # Room for half a line of text above the topmost number, and below for letters under the line of the label.
        # pyqtgraph hangs the label of the lower axis out of it.
        item.layout.setContentsMargins(0, GRID, GRID // 2, GRID)
        # For all curves: an item takes these settings from its plot when it is added.
        item.setDownsampling(auto=True, mode="peak")
        item.setClipToView(True)
        self.marks = MarkLayer(item)
        self._legend = PlotLegend(self.view.getViewBox())
        self._ring = pg.ScatterPlotItem(size=RING_SIZE, brush=None)
        item.addItem(self._ring, ignoreBounds=True)
        self._crosshair = pg.InfiniteLine(0.0, angle=90)
        self._crosshair.hide()
        item.addItem(self._crosshair, ignoreBounds=True)
        self._readout = plain_label("", "readout", self.view)
        self._readout.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._readout.hide()
        self._menu = PlotMenu(context, self, self.curves)
        self._lay_out()
        self._connect()
        self.restyle()

    # ---- for pages

    @property
    def plot_item(self) -> pg.PlotItem:
        """Where further items of pyqtgraph may be added."""
        return self.view.getPlotItem()

    @property
    def readout(self) -> str:
        """What the crosshair says; empty while it is hidden."""
        return "" if self._readout.isHidden() else self._readout.text()

    def curves(self) -> tuple[Curve, ...]:
        """Return the curves in the order of the legend."""
        return tuple(self._curves)

    def add_curve(self, curve: Curve, *, in_legend: bool = True, legend: str = "") -> Curve:
        """Show a curve; its points may come later. `legend` stands in the legend in place of its name."""
        for item in curve.items:
            self.plot_item.addItem(item, ignoreBounds=True)
        self._curves.append(curve)
        curve.restyle(self._context.theme.tokens, self.view.pixel_ratio)
        if in_legend:
            self._legend.add_curve(curve, legend or curve.name)
            self._legend.restyle(self._context.theme.tokens)
        return curve

    def move_legend(self, position: Position) -> None:
        """Put the legend into a corner; where curves come there it moves to another one."""
        self._legend.set_home(position)

    def remove_curve(self, curve: Curve) -> None:
        """Take a curve away."""
        self._curves.remove(curve)
        self._legend.removeItem(curve.item)
        for item in curve.items:
            self.plot_item.removeItem(item)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show marks in place of the old ones."""
        self.marks.show(marks)

    def set_ring(self, place: tuple[float, float] | None) -> None:
        """Draw a ring around the best point, or none."""
        if place is not None and not all(map(math.isfinite, place)):
            # Qt's painter crashes on a point at infinity.
            place = None
        if place != self._ringed:
            self._ringed = place
            self._ring.setData([place[0]] if place else [], [place[1]] if place else [])

    def set_summary(self, text: str) -> None:
        """Say in words what the plot shows, for those who do not see it."""
        if text != self.view.accessibleDescription():
            self.view.setAccessibleDescription(text)

    def set_ranges(
        self, *, x: Callable[[], Range] | None = None, y: Range | None = None, y_limits: Range | None = None
    ) -> None:
        """Say what is shown while the user has not chosen a part; by default everything, within `y_limits`."""
        self._x_range, self._y_range, self._y_limits = x, y, y_limits
        self.refit()

    def set_log_x(self, on: bool) -> None:
        """Use a logarithmic horizontal axis, or a linear one."""
        if on != self._is_log_x:
            self._is_log_x = on
            self.plot_item.setLogMode(x=on)
            self.refit()

    @Slot()
    def refit(self) -> None:
        """Fit the axes to the curves; a part that the user chose stays, with the vertical range fitted to it."""
        box = self.view.getViewBox()
        if not self._is_users:
            first, last = self._x_range() if self._x_range else self._extent()
            first, last = self._to_view(first), self._to_view(last)
            self._set_range(0, first, max(last, first + 1e-9), slack=1.0)
        first, last = box.viewRange()[0]
        found = self._y_range or self._bounds(self._from_view(first), self._from_view(last))
        if found is not None:
            ringed = self._ringed[1] if self._ringed is not None else None
            low, high = fitted(found, ringed=ringed, limits=self._y_limits, height=box.height())
            self._set_range(1, low, high, slack=1.0 if self._y_range else SLACK)
        self._legend.avoid(self._curves, is_log_x=self._is_log_x)

    @Slot()
    def reset_view(self) -> None:
        """Show everything again."""
        self._is_users = False
        self.refit()
        self.view_reset.emit()

    def readout_at(self, x: float, y: float) -> tuple[float, list[str]] | None:
        """Return the nearest place on the horizontal axis and what is there in words; for plots of another kind.

        Args:
            x, y: Of the pointer, in data coordinates.
        """
        places = [(curve, number) for curve in self._curves if (number := curve.index_at(x)) is not None]
        stops = [float(curve.x[number]) for curve, number in places if curve.snaps]
        if not places:
            return None
        place = min(stops or [float(c.x[n]) for c, n in places], key=lambda each: abs(each - x))
        tolerance = max(self._width_of(NEAR_PIXELS), 0.0)
        lines = [f"{self.text.x_label} {fmt.number(place, 4)}"]
        for curve in self._curves:
            number = curve.index_at(place)
            if number is not None and curve.is_at(number, place, tolerance):
                lines.append(curve.words_at(number))
        return place, lines + self.marks.texts_near(place, max(tolerance, BETWEEN_EPOCHS if stops else 0.0))

    @Slot()
    def restyle(self) -> None:
        """Take the colours of the theme and the widths of the screen."""
        tokens, ratio = self._context.theme.tokens, self.view.pixel_ratio
        self.view.setBackground(QColor(tokens.surface))
        for side, label in (("left", self.text.y_label), ("bottom", self.text.x_label)):
            axis = self.plot_item.getAxis(side)
            axis.setPen(line_pen(QColor(tokens.border), 1, ratio))
            axis.setTextPen(QColor(tokens.muted))
            if label:
                axis.setLabel(label, color=tokens.muted)
        self.plot_item.getAxis("bottom").counts = self.text.counts_x
        self._grid.set_colour(QColor(tokens.hover), ratio)
        for curve in self._curves:
            curve.restyle(tokens, ratio)
        self.marks.restyle(tokens, ratio)
        self._crosshair.setPen(line_pen(QColor(tokens.text), 1, ratio))
        self._ring.setPen(line_pen(QColor(tokens.text), 2, self.view.devicePixelRatioF()))
        self._legend.restyle(tokens)

    # ---- inside

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.marks.set_small(self.view.height() < SMALL_HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.LocaleChange):
            for side in ("left", "bottom"):
                axis = self.plot_item.getAxis(side)
                axis.picture = None
                axis.update()

    def _lay_out(self) -> None:
        press = icon_button(self.tr("Menu of the plot: {title}").format(title=self.text.title))
        self._context.icons.attach(press, "more", size=16)
        press.setMenu(self._menu)
        press.clicked.connect(self._menu.open_below)
        set_role(press, "menu")
        head = QHBoxLayout()
        head.setSpacing(GRID)
        title = ElidedLabel("strong")
        title.set_full_text(self.text.title)
        head.addWidget(title, 1)
        head.addWidget(press)
        self.menu_button = press
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)
        # No focus proxy: with one inside of itself, Qt lets Tab go round and round in here.

    def _connect(self) -> None:
        self._context.theme.changed.connect(self.restyle)
        self.view.ratio_changed.connect(self.restyle)
        self.view.getViewBox().sigRangeChangedManually.connect(self._note_users_range)
        # The ring has the same size in a lower plot, and needs more of its range.
        self.view.getViewBox().sigResized.connect(self.refit)
        self.view.reset_requested.connect(self.reset_view)
        self.view.moved_to.connect(self._point_at)
        self.view.left.connect(self._hide_crosshair)
        self.view.stepped.connect(self._step)
        self.view.menu_requested.connect(self._menu.open_below)
        self.view.scene().sigMouseClicked.connect(self._announce_click)

    def _extent(self) -> Range:
        with_points = [curve for curve in self._curves if len(curve.x)]
        if not with_points:
            return (0.1, 1.0) if self._is_log_x else (0.0, 1.0)
        first = min(float(curve.x[0]) for curve in with_points)
        return first, max(float(curve.x[-1]) for curve in with_points)

    def _bounds(self, first: float, last: float) -> Range | None:
        found = [bounds for curve in self._curves if curve.sets_range and (bounds := curve.bounds(first, last))]
        if not found:
            return None
        return min(low for low, _high in found), max(high for _low, high in found)

    def _set_range(self, axis: int, low: float, high: float, *, slack: float) -> None:
        margin = PADDING * (high - low)
        low, high = low - margin, high + margin
        now_low, now_high = self.view.getViewBox().viewRange()[axis]
        fits = now_low <= low + margin and high - margin <= now_high and now_high - now_low <= slack * (high - low)
        if not fits and (now_low, now_high) != (low, high):
            change = self.view.setXRange if axis == 0 else self.view.setYRange
            change(low, high, padding=0)

    def _to_view(self, x: float) -> float:
        return math.log10(max(x, 1e-9)) if self._is_log_x else x

    def _from_view(self, x: float) -> float:
        return 10.0**x if self._is_log_x else x

    def _width_of(self, pixels: int) -> float:
        if self._is_log_x:
            return 0.0
        return pixels * float(self.view.getViewBox().viewPixelSize()[0])

    @Slot(object)
    def _note_users_range(self, _axes: object) -> None:
        self._is_users = True
        self.refit()

    @Slot(float, float)
    def _point_at(self, x: float, y: float) -> None:
        found = self.readout_at(self._from_view(x), y)
        if found is None:
            self._hide_crosshair()
            return
        place, lines = found
        self._crosshair.setValue(self._to_view(place))
        self._crosshair.show()
        text = "\n".join(lines)
        if text != self._readout.text():
            self._readout.setText(text)
        self._place_readout(self._to_view(place))
        self._readout.show()

    def _place_readout(self, x: float) -> None:
        """Put the read-out beside the crosshair, on the side with more room."""
        box, label = self.view.getViewBox(), self._readout
        across = self.view.mapFromScene(box.mapViewToScene(QPointF(x, 0.0))).x()
        area = self.view.viewport().rect()
        limit = max(area.width() // 2 - 2 * GRID, 160)
        label.setWordWrap(False)
        if label.sizeHint().width() > limit:
            label.setWordWrap(True)
            label.resize(limit, label.heightForWidth(limit))
        else:
            label.resize(label.sizeHint())
        left = across + GRID if across < area.center().x() else across - GRID - label.width()
        label.move(QPoint(max(0, min(left, area.width() - label.width())), GRID))

    @Slot()
    def _hide_crosshair(self) -> None:
        if not self._readout.isHidden():
            self._crosshair.hide()
            self._readout.hide()

    @Slot(int)
    def _step(self, direction: int) -> None:
        """Move the crosshair to a neighbouring point, the first or the last one."""
        stops = sorted({float(x) for curve in self._curves if curve.snaps for x in curve.x})
        if not stops:
            return
        here = self._from_view(float(self._crosshair.value()))
        if abs(direction) == 2 or self._readout.isHidden():
            place = stops[0] if direction == -2 else stops[-1]
        elif direction > 0:
            place = next((x for x in stops if x > here + 1e-9), stops[-1])
        else:
            place = next((x for x in reversed(stops) if x < here - 1e-9), stops[0])
        self._point_at(self._to_view(place), float(self.view.viewRect().center().y()))

    @Slot(object)
    def _announce_click(self, event: object) -> None:
        place = self.view.getViewBox().mapSceneToView(event.scenePos())  # type: ignore[attr-defined]
        self.clicked.emit(self._from_view(place.x()), place.y())
