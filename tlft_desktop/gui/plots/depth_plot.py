"""How well each depth of the network separates the classes, with the depth up to which it is frozen now."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from tlft_desktop.core.advice.depth_curve import DepthCurve, DepthPoint
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.format import tr
from tlft_desktop.gui.marks import Mark, MarkKind
from tlft_desktop.gui.plots.base_plot import BasePlot, PlotText
from tlft_desktop.gui.plots.curves import Curve, CurveStyle
from tlft_desktop.gui.plots.legend import BOTTOM_RIGHT
from tlft_desktop.gui.plots.pens import line_pen


class DepthPlot(BasePlot):
    """Accuracy of the probes over the positions of the depth slider.

    Signals:
        depth_clicked(position): The user clicked a depth.
    """

    depth_clicked = Signal(int)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        self._at: dict[int, DepthPoint] = {}
        self._depth = pg.InfiniteLine(0.0, angle=90)
        text = PlotText(tr("Accuracy of probes, %"), tr("depth"), stem="depth-curve", counts_x=True)
        super().__init__(context, text, parent)
        self.move_legend(BOTTOM_RIGHT)
        self.plot_item.addItem(self._depth, ignoreBounds=True)
        self._linear = self.add_curve(
            Curve(tr("linear probe"), CurveStyle(lambda tokens: tokens.train, symbol="o"), number=_percent),
            legend=tr("linear"),
        )
        self._neighbours = self.add_curve(
            Curve(
                tr("nearest neighbours"),
                CurveStyle(lambda tokens: tokens.val, line=Qt.PenStyle.DashLine, symbol="s"),
                number=_percent,
            ),
            legend=tr("neighbours"),
        )
        self.set_ranges(y_limits=(0.0, 100.0))
        self.clicked.connect(self._take_click)

    def show_curve(self, curve: DepthCurve, positions: list[int]) -> None:
        """Draw a curve; `positions` are those of the depth slider, one for each point, and grow."""
        self._at = dict(zip(positions, curve.points, strict=True))
        points = curve.points
        self._linear.set_points(
            positions,
            [100 * point.accuracy for point in points],
            low=[100 * point.low for point in points],
            high=[100 * point.high for point in points],
        )
        self._neighbours.set_points(positions, [100 * point.knn_accuracy for point in points])
        self.set_ring((positions[curve.best], 100 * points[curve.best].accuracy))
        text = self.tr("from here on nothing measurable is gained")
        self.set_marks([Mark(positions[curve.knee], MarkKind.PHASE, text=text)])
        self.set_summary(
            ". ".join(f"{_name(point)}: {fmt.accuracy(point.accuracy, point.low, point.high)}" for point in points)
        )
        self.reset_view()

    def show_depth(self, position: int) -> None:
        """Mark up to where the network is frozen."""
        self._depth.setValue(position)

    def readout_at(self, x: float, y: float) -> tuple[float, list[str]] | None:
        if not self._at:
            return None
        position = self._nearest(x)
        point = self._at[position]
        share = fmt.percent(point.place.frozen_share, 0)
        lines = [
            self.tr("up to {layer}").format(layer=_name(point)),
            self.tr("linear {accuracy}").format(accuracy=fmt.accuracy(point.accuracy, point.low, point.high)),
            self.tr("neighbours {accuracy}").format(accuracy=fmt.percent(point.knn_accuracy)),
            *(
                [self.tr("as a head {accuracy}").format(accuracy=fmt.accuracy(*point.logistic))]
                if point.logistic
                else []
            ),
            self.tr("computation {share}").format(share=share),
        ]
        return float(position), lines + self.marks.texts_near(position, 0.5)

    @Slot()
    def restyle(self) -> None:
        """Take the colours of the theme."""
        super().restyle()
        self._depth.setPen(line_pen(QColor(self._context.theme.tokens.accent), 2, self.view.pixel_ratio))

    def _nearest(self, x: float) -> int:
        return min(self._at, key=lambda position: abs(position - x))

    @Slot(float, float)
    def _take_click(self, x: float, _y: float) -> None:
        if self._at:
            self.depth_clicked.emit(self._nearest(x))


def _name(point: DepthPoint) -> str:
    return point.place.cut or tr("the input of the head")


def _percent(value: float) -> str:
    return fmt.percent(value / 100)
