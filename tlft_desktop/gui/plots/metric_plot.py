"""Live plots of a run over its epochs: loss, accuracy, learning rates, speed, memory."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from itertools import groupby

import numpy as np
from PySide6.QtCore import Qt

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.format import tr
from tlft_desktop.gui.live_run import LOSS, RATE, SPEED, LiveRun
from tlft_desktop.gui.marks import Mark, MarkKind
from tlft_desktop.gui.plots.base_plot import BasePlot, PlotText
from tlft_desktop.gui.plots.curves import Curve, CurveStyle, Values
from tlft_desktop.gui.plots.legend import BOTTOM_RIGHT
from tlft_desktop.gui.theme import Tokens

_MANY_EPOCHS = 30
_MEBI = 2**20
_PATTERNS = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
_RATE_COLOURS: tuple[Callable[[Tokens], str], ...] = (
    lambda tokens: tokens.val,
    lambda tokens: tokens.train,
    lambda tokens: tokens.test,
    lambda tokens: tokens.success,
)
MAX_RATE_CURVES = 8
NUM_EMPTY_EPOCHS = 10


class Metric(StrEnum):
    """What a plot shows."""

    LOSS = "loss"
    ACCURACY = "accuracy"
    RATES = "rates"
    SPEED = "speed"
    MEMORY = "memory"


def shown_epochs(live: LiveRun) -> tuple[int, int]:
    """Return the first and last epoch to show; the others are a drag away."""
    first, last = 0, max(live.num_epochs(), live.epoch, 1)
    phases = live.phase_marks
    if last > _MANY_EPOCHS and phases:
        # A head that was solved in many quick steps would squeeze the phase behind it.
        first = phases[-1][0]
    return first, last if last - first <= _MANY_EPOCHS else max(live.epoch, first + 10)


def make_metric_plots(context: AppContext) -> dict[str, MetricPlot]:
    """Return the plots in the order of their buttons."""
    kinds = {
        Metric.LOSS: (tr("Loss"), "loss", _Loss),
        Metric.ACCURACY: (tr("Accuracy, %"), "accuracy", _Accuracy),
        Metric.RATES: (tr("Learning rate"), "learning-rate", _Rates),
        Metric.SPEED: (tr("Images per second"), "speed", _Speed),
        Metric.MEMORY: (tr("Peak memory, MiB"), "memory", _Memory),
    }
    return {
        metric.value: MetricPlot(context, PlotText(title, tr("epoch"), stem, counts_x=True), kind)
        for metric, (title, stem, kind) in kinds.items()
    }


class MetricPlot:
    """A plot together with what it takes from a run.

    Attributes:
        widget: What the page shows.
    """

    def __init__(self, context: AppContext, text: PlotText, make_source: Callable[[BasePlot], Source]) -> None:
        self.widget = BasePlot(context, text)
        self.widget.setObjectName("metric_plot")
        self._source = make_source(self.widget)
        self._live: LiveRun | None = None
        self._seen: tuple[object, ...] = ()
        self.widget.set_ranges(x=self._x_range, y=self._source.y_range)

    def show_run(self, live: LiveRun) -> bool:
        """Draw what is known of a run; return whether anything was drawn."""
        if live is not self._live:
            self.widget.reset_view()
        self._live = live
        seen = (id(live), live.version, live.batches.version, live.num_epochs())
        if seen == self._seen:
            return False
        is_epoch = self._seen[:2] != seen[:2]
        self._seen = seen
        self._source.draw(live)
        if is_epoch:
            self.widget.set_marks(_marks(live))
            self.widget.set_summary(self._summary())
        self.widget.refit()
        return True

    def _x_range(self) -> tuple[float, float]:
        if self._live is None or self._live.fit_start is None:
            return (0.0, float(NUM_EMPTY_EPOCHS))
        return shown_epochs(self._live)

    def _summary(self) -> str:
        parts = [curve.words_at(len(curve.x) - 1) for curve in self.widget.curves() if curve.snaps and len(curve.x)]
        if not parts:
            return tr("No values yet.")
        last = max(curve.x[-1] for curve in self.widget.curves() if curve.snaps and len(curve.x))
        return tr("After epoch {epoch}: {values}.").format(epoch=fmt.number(float(last), 6), values="; ".join(parts))


class Source:
    """Takes one figure of a run and gives it to a plot.

    Attributes:
        y_range: A fixed vertical range; None to follow the values.
    """

    y_range: tuple[float, float] | None = None

    def __init__(self, plot: BasePlot) -> None:
        self.plot = plot

    def draw(self, live: LiveRun) -> None:
        """Give the plot what is known now."""
        raise NotImplementedError


class _Loss(Source):
    def __init__(self, plot: BasePlot) -> None:
        super().__init__(plot)
        self._batches = plot.add_curve(_batch_curve(tr("single batches")), in_legend=False)
        self._train, self._val = plot.add_curve(_train_curve()), plot.add_curve(_val_curve(tr("validation")))

    def draw(self, live: LiveRun) -> None:
        _set(self._train, {epoch: point.loss for epoch, point in live.train.items()})
        _set(self._val, {epoch: point.loss for epoch, point in live.val.items()})
        self._batches.set_points(*_batch_points(live, LOSS))
        best = live.best
        self.plot.set_ring((best[0], best[1].loss) if best else None)


class _Accuracy(Source):
    y_range = (0.0, 100.0)

    def __init__(self, plot: BasePlot) -> None:
        super().__init__(plot)
        self._train = plot.add_curve(_train_curve(number=_percent))
        legend = tr("validation, band = 95 % interval")
        self._val = plot.add_curve(_val_curve(tr("validation"), number=_percent), legend=legend)
        plot.move_legend(BOTTOM_RIGHT)

    def draw(self, live: LiveRun) -> None:
        _set(self._train, {epoch: 100 * point.accuracy for epoch, point in live.train.items()})
        epochs = sorted(live.val)
        points = [live.val[epoch] for epoch in epochs]
        self._val.set_points(
            epochs,
            [100 * point.accuracy for point in points],
            low=[100 * point.low for point in points],
            high=[100 * point.high for point in points],
        )
        best = live.best
        self.plot.set_ring((best[0], 100 * best[1].accuracy) if best else None)


class _Rates(Source):
    """Groups that share a rate share a curve."""

    def __init__(self, plot: BasePlot) -> None:
        super().__init__(plot)
        self._curves: dict[tuple[str, ...], Curve] = {}

    def draw(self, live: LiveRun) -> None:
        groups = _groups_of_rates(live)
        if list(groups) != list(self._curves):
            for curve in self._curves.values():
                self.plot.remove_curve(curve)
            self._curves = {
                names: self.plot.add_curve(_rate_curve(names, number)) for number, names in enumerate(groups)
            }
        for names, curve in self._curves.items():
            curve.set_points(*_rate_points(live, names[0]))


class _Speed(Source):
    def __init__(self, plot: BasePlot) -> None:
        super().__init__(plot)
        self._batches = plot.add_curve(_batch_curve(tr("single batches")), in_legend=False)
        self._epochs = plot.add_curve(_train_curve(tr("mean of an epoch")))

    def draw(self, live: LiveRun) -> None:
        speeds: dict[float, float] = {epoch: point.images_per_second for epoch, point in live.costs.items()}
        # A head is solved a thousand times as fast as layers train: no line joins the two.
        gaps = {epoch + 0.5: math.nan for epoch, _name in live.phase_marks}
        _set(self._epochs, speeds | gaps)
        self._batches.set_points(*_batch_points(live, SPEED))


class _Memory(Source):
    def __init__(self, plot: BasePlot) -> None:
        super().__init__(plot)
        self._peak = plot.add_curve(_train_curve(tr("largest so far"), number=_mebibytes))

    def draw(self, live: LiveRun) -> None:
        _set(self._peak, {epoch: point.peak_memory_bytes / _MEBI for epoch, point in live.costs.items()})


def _percent(value: float) -> str:
    return fmt.percent(value / 100)


def _mebibytes(value: float) -> str:
    return fmt.num_bytes(round(value * _MEBI))


def _train_curve(name: str = "", number: Callable[[float], str] = fmt.number) -> Curve:
    style = CurveStyle(lambda tokens: tokens.train, line=Qt.PenStyle.DashLine, symbol="o")
    return Curve(name or tr("training"), style, number=number)


def _val_curve(name: str, number: Callable[[float], str] = fmt.number) -> Curve:
    return Curve(name, CurveStyle(lambda tokens: tokens.val, symbol="s"), number=number)


def _batch_curve(name: str) -> Curve:
    style = CurveStyle(lambda tokens: tokens.train, width=1, strength=0.4)
    return Curve(name, style, snaps=False, trim=0.02)


def _rate_curve(names: tuple[str, ...], number: int) -> Curve:
    name = names[0] if len(names) == 1 else tr("{first} to {last}").format(first=names[0], last=names[-1])
    # The ninth would be the first one that looks like another.
    pattern = _PATTERNS[(number + number // len(_RATE_COLOURS)) % len(_PATTERNS)]
    style = CurveStyle(_RATE_COLOURS[number % len(_RATE_COLOURS)], line=pattern)
    return Curve(name, style)


def _groups_of_rates(live: LiveRun) -> dict[tuple[str, ...], float]:
    """Return the groups with an equal rate now, the head first; the lowest rates share the last curve if too many."""
    rates = live.batch.learning_rates if live.batch and live.batch.learning_rates else live.rates.get(live.epoch, {})
    if not rates:
        rates = next((found for epoch in sorted(live.rates, reverse=True) if (found := live.rates[epoch])), {})
    ordered = sorted(rates.items(), key=lambda item: (item[0] != "head", -item[1]))
    groups = {
        tuple(name for name, _rate in same): key[1]
        for key, same in groupby(ordered, key=lambda item: (item[0] == "head", item[1]))
    }
    return dict(list(groups.items())[:MAX_RATE_CURVES])


def _rate_points(live: LiveRun, group: str) -> tuple[Values, Values]:
    """Return the rate at single batches, and before those at the ends of epochs, which a resumed run remembers."""
    x, y = _batch_points(live, f"{RATE}{group}")
    begun = float(x[0]) if len(x) else math.inf
    epochs = [epoch for epoch in sorted(live.rates) if epoch < begun and group in live.rates[epoch]]
    earlier = [live.rates[epoch][group] for epoch in epochs]
    return np.concatenate([np.array(epochs, float), x]), np.concatenate([np.array(earlier, float), y])


def _batch_points(live: LiveRun, column: str) -> tuple[Values, Values]:
    values = live.batches.columns.get(column)
    if values is None:
        return np.empty(0), np.empty(0)
    return np.array(live.batches.x, dtype=np.float64), np.array(values, dtype=np.float64)


def _set(curve: Curve, points: Mapping[float, float]) -> None:
    epochs = sorted(points)
    curve.set_points(epochs, [points[epoch] for epoch in epochs])


def _marks(live: LiveRun) -> Sequence[Mark]:
    best = live.best
    if best is None:
        return tuple(live.marks)
    text = tr("Best epoch so far: the run keeps this state.")
    return (*live.marks, Mark(float(best[0]), MarkKind.BEST, "", text))
