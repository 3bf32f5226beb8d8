"""A live plot of one figure over the epochs: training, validation with its interval, phases, best epoch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tlft_desktop.gui.live_run import LiveRun, TrainPoint, ValPoint
from tlft_desktop.gui.theme import ThemeController
from tlft_desktop.gui.widgets.text import plain_label

_MANY_EPOCHS = 30


def make_loss_plot(theme: ThemeController) -> MetricPlot:
    """Return the plot of the loss."""
    tr = QCoreApplication.translate
    return MetricPlot(tr("MetricPlot", "Loss"), "loss", theme, scale=1.0)


def make_accuracy_plot(theme: ThemeController) -> MetricPlot:
    """Return the plot of the accuracy in percent."""
    tr = QCoreApplication.translate
    return MetricPlot(tr("MetricPlot", "Accuracy, %"), "accuracy", theme, scale=100.0)


def shown_epochs(live: LiveRun) -> tuple[int, int]:
    """Return the first and last epoch to show; the others are a drag away."""
    first, last = 0, max(live.num_epochs(), live.epoch, 1)
    if last > _MANY_EPOCHS and live.phase_marks:
        # A head that was solved in many quick steps would squeeze the phase behind it.
        first = live.phase_marks[-1][0]
    return first, last if last - first <= _MANY_EPOCHS else max(live.epoch, first + 10)


class MetricPlot(QWidget):
    """Curves of one figure.

    Args:
        title: With the unit.
        metric: Attribute of `TrainPoint` and `ValPoint`.
        scale: Factor from the stored to the shown value.
    """

    def __init__(
        self, title: str, metric: str, theme: ThemeController, *, scale: float, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("metric_plot")
        self._metric, self._scale, self._theme = metric, scale, theme
        self._plot = pg.PlotWidget()
        self._plot.setAccessibleName(self.tr("Plot: {title}").format(title=title))
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._plot.setMouseEnabled(x=True, y=False)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        item = self._prepared_item()
        self._legend = item.addLegend(offset=(-8, 8 if metric == "loss" else -8), labelTextSize="9pt")
        self._low, self._high = pg.PlotCurveItem(), pg.PlotCurveItem()
        self._band = pg.FillBetweenItem(self._low, self._high)
        self._batches, self._train, self._val = (pg.PlotDataItem() for _ in range(3))
        for curve in (self._low, self._high, self._band, self._batches, self._train, self._val):
            item.addItem(curve)
        self._marks: list[pg.InfiniteLine] = []
        self._best = pg.ScatterPlotItem()
        item.addItem(self._best)
        self._legend.addItem(self._train, self.tr("training"))
        self._legend.addItem(self._val, self._val_name())
        if metric == "accuracy":
            # With less room the label of 100 would not be drawn.
            self._plot.setYRange(0, 100, padding=0.04)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(plain_label(title, "heading"))
        layout.addWidget(self._plot, 1)
        theme.changed.connect(self.restyle)
        self.restyle()

    def show_run(self, live: LiveRun) -> None:
        """Draw what is known of a run."""
        self._draw(self._train, live.train)
        self._draw(self._val, live.val)
        if self._metric == "loss":
            self._batches.setData(live.batch_x, live.batch_loss)
        else:
            epochs = sorted(live.val)
            self._low.setData(epochs, [self._scale * live.val[epoch].low for epoch in epochs])
            self._high.setData(epochs, [self._scale * live.val[epoch].high for epoch in epochs])
        self._draw_best(live)
        self._draw_marks([epoch for epoch, _name in live.phase_marks])
        self._plot.setXRange(*shown_epochs(live), padding=0.04)

    @Slot()
    def restyle(self) -> None:
        """Take the colours of the theme."""
        tokens = self._theme.tokens
        self._plot.setBackground(QColor(tokens.surface))
        item = self._plot.getPlotItem()
        for side in ("left", "bottom"):
            axis = item.getAxis(side)
            axis.setPen(QColor(tokens.border))
            axis.setTextPen(QColor(tokens.muted))
        train, val = QColor(tokens.train), QColor(tokens.val)
        self._style(self._train, train, Qt.PenStyle.DashLine, "o")
        self._style(self._val, val, Qt.PenStyle.SolidLine, "s")
        faint = QColor(train)
        faint.setAlpha(90)
        self._batches.setPen(pg.mkPen(faint, width=1))
        band = QColor(val)
        band.setAlpha(45)
        self._band.setBrush(band)
        invisible = pg.mkPen(None)
        self._low.setPen(invisible)
        self._high.setPen(invisible)
        self._best.setPen(pg.mkPen(QColor(tokens.text), width=2))
        self._best.setBrush(pg.mkBrush(None))
        for mark in self._marks:
            mark.setPen(pg.mkPen(QColor(tokens.muted), width=1, style=Qt.PenStyle.DotLine))
        self._legend.setLabelTextColor(QColor(tokens.text))
        for _sample, label in self._legend.items:
            # pyqtgraph keeps the colour for later labels only.
            label.setText(label.text, color=tokens.text)

    def _prepared_item(self) -> pg.PlotItem:
        item = self._plot.getPlotItem()
        item.setLabel("bottom", self.tr("epoch"))
        item.showGrid(x=False, y=True, alpha=0.15)
        item.setDownsampling(auto=True, mode="peak")
        item.setClipToView(True)
        item.getViewBox().setAutoVisible(y=True)
        for side in ("left", "bottom"):
            item.getAxis(side).enableAutoSIPrefix(False)
        item.getAxis("left").setWidth(44)
        return item

    def _val_name(self) -> str:
        if self._metric == "accuracy":
            return self.tr("validation, band = 95 % interval")
        return self.tr("validation")

    @staticmethod
    def _style(curve: pg.PlotDataItem, colour: QColor, line: Qt.PenStyle, symbol: str) -> None:
        curve.setPen(pg.mkPen(colour, width=2, style=line))
        curve.setSymbol(symbol)
        curve.setSymbolSize(5)
        curve.setSymbolBrush(colour)
        curve.setSymbolPen(pg.mkPen(None))

    def _draw(self, curve: pg.PlotDataItem, points: Mapping[int, TrainPoint | ValPoint]) -> None:
        epochs = sorted(points)
        curve.setData(epochs, [self._scale * getattr(points[epoch], self._metric) for epoch in epochs])

    def _draw_best(self, live: LiveRun) -> None:
        best = live.best
        if best is None:
            self._best.setData([], [])
            return
        epoch, point = best
        self._best.setData([epoch], [self._scale * getattr(point, self._metric)], size=12)

    def _draw_marks(self, epochs: Sequence[int]) -> None:
        if [mark.value() for mark in self._marks] == [epoch + 0.5 for epoch in epochs]:
            return
        item = self._plot.getPlotItem()
        for mark in self._marks:
            item.removeItem(mark)
        pen = pg.mkPen(QColor(self._theme.tokens.muted), width=1, style=Qt.PenStyle.DotLine)
        self._marks = [pg.InfiniteLine(epoch + 0.5, angle=90, pen=pen) for epoch in epochs]
        for mark in self._marks:
            item.addItem(mark)
