"""Losses and accuracies of a run by epoch, and the accuracy of several runs by time."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from tlft_desktop.core.report.facts import Epoch, RunFacts
from tlft_desktop.core.report.markup import Markup
from tlft_desktop.core.report.plots.axes import Axis, linear_axis, share_axis, time_axis, whole_axis
from tlft_desktop.core.report.plots.chart import Chart, mark, series_look, series_shape

_HALF = {"width": 420, "height": 260}


def loss_plot(epochs: Sequence[Epoch], title: str) -> Markup:
    """Return training and validation loss by epoch."""
    values = [value for epoch in epochs for value in (epoch.train_loss, epoch.val_loss)]
    chart = Chart(_epoch_axis(epochs), linear_axis("loss (nats)", [*values, 0.0]), **_HALF)
    return chart.svg(
        title,
        _borders(chart, epochs),
        chart.line([(epoch.number, epoch.train_loss) for epoch in epochs], "train", marks="circle"),
        chart.line([(epoch.number, epoch.val_loss) for epoch in epochs], "val", marks="square"),
    )


def accuracy_plot(epochs: Sequence[Epoch], title: str) -> Markup:
    """Return training and validation accuracy by epoch, the latter with its interval."""
    values = [v for epoch in epochs for v in (epoch.train_accuracy, epoch.val_accuracy, epoch.low, epoch.high)]
    shares = [value for value in values if math.isfinite(value)]
    chart = Chart(_epoch_axis(epochs), share_axis("accuracy (%)", shares), **_HALF)
    return chart.svg(
        title,
        chart.band([(epoch.number, epoch.low, epoch.high) for epoch in epochs], "val"),
        _borders(chart, epochs),
        chart.line([(epoch.number, epoch.train_accuracy) for epoch in epochs], "train", marks="circle"),
        chart.line([(epoch.number, epoch.val_accuracy) for epoch in epochs], "val", marks="square"),
    )


def time_plot(runs: Sequence[RunFacts], title: str) -> Markup | None:
    """Return the validation accuracy of each run against its active time; None where no run has one.

    A line goes from epoch to epoch; the mark, with its interval, is the result of the run, which is the accuracy of its
    best state, at the end of its time.
    """
    lines = {run.summary.run: _course(run) for run in runs}
    ended = [run for run in runs if run.summary.val_accuracy is not None]
    if not ended:
        return None
    seconds = [point[0] for points in lines.values() for point in points]
    shares = [point[1] for points in lines.values() for point in points]
    for run in ended:
        seconds.append(run.summary.total_seconds)
        shares += [value for value in (run.summary.val_accuracy, *_limits(run)) if value is not None]
    chart = Chart(time_axis("active time (s)", seconds), share_axis("validation accuracy (%)", shares))
    drawn: list[Markup] = []
    for run in runs:
        look = series_look(run.place)
        drawn += chart.line(lines[run.summary.run], f"thin {look}")
    for run in ended:
        look, time, limits = series_look(run.place), run.summary.total_seconds, _limits(run)
        if limits:
            drawn.append(chart.bar(time, limits[0], limits[-1], look))
        drawn.append(mark(series_shape(run.place), *chart.at(time, run.summary.val_accuracy or 0.0), look))
    return chart.svg(title, drawn)


def _course(run: RunFacts) -> list[tuple[float, float]]:
    pairs = zip(run.course.seconds, run.course.accuracy, strict=True)
    return [pair for pair in pairs if all(map(math.isfinite, pair))]


def _limits(run: RunFacts) -> tuple[float, ...]:
    low, high = run.summary.low, run.summary.high
    return () if low is None or high is None else (low, high)


def _epoch_axis(epochs: Sequence[Epoch]) -> Axis:
    return whole_axis("epoch", [epoch.number for epoch in epochs])


def _borders(chart: Chart, epochs: Sequence[Epoch]) -> list[Markup]:
    pairs = itertools.pairwise(epochs)
    return [chart.border(second.number - 0.5) for first, second in pairs if first.phase != second.phase]
