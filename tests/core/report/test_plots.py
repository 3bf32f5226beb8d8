"""Axes and plots of a report: where things are drawn, and that what is no number draws nothing."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from tlft_desktop.core.evaluation.calibration import ReliabilityBin
from tlft_desktop.core.report.facts import Epoch
from tlft_desktop.core.report.plots.answer_plots import confusion_plot, reliability_plot
from tlft_desktop.core.report.plots.axes import linear_axis, share_axis, time_axis, whole_axis
from tlft_desktop.core.report.plots.chart import Chart, series_look, series_shape, thinned
from tlft_desktop.core.report.plots.run_curves import accuracy_plot, loss_plot

NAN = math.nan


@given(some.lists(some.floats(-1e9, 1e9), min_size=1, max_size=9))
def test_a_linear_axis_holds_all_values_between_few_ticks(values: list[float]) -> None:
    axis = linear_axis("x", [*values, NAN])
    spread = max(1.0, axis.high - axis.low)
    assert axis.low <= min(values) + 1e-6 * spread
    assert axis.high >= max(values) - 1e-6 * spread
    assert 2 <= len(axis.ticks) <= 8
    assert all(0 <= axis.place(value) <= 1 for value in values)


@given(some.lists(some.floats(0, 1), min_size=1, max_size=9))
def test_an_axis_of_shares_stays_between_none_and_all(shares: list[float]) -> None:
    axis = share_axis("accuracy (%)", shares)
    assert axis.low >= 0
    assert axis.high <= 1
    assert axis.low < axis.high
    assert all(axis.low - 1e-9 <= share <= axis.high + 1e-9 for share in shares)


def test_times_far_apart_stand_on_a_logarithmic_axis() -> None:
    assert not time_axis("s", [3.0, 20.0]).is_logarithmic
    axis = time_axis("s", [0.5, 3000.0, 0.0, NAN])
    assert axis.is_logarithmic
    assert axis.ticks == (0.1, 1.0, 10.0, 100.0, 1000.0, 10000.0)
    assert axis.place(10.0) == pytest.approx(2 / 5)


@pytest.mark.parametrize("numbers", [[1], [1, 2], [3, 4, 5], list(range(1, 500)), [7]])
def test_whole_numbers_have_whole_ticks(numbers: list[int]) -> None:
    axis = whole_axis("epoch", numbers)
    assert axis.ticks
    assert all(tick == int(tick) and axis.low <= tick <= axis.high for tick in axis.ticks)
    assert len(axis.ticks) <= 7


def test_points_that_are_no_numbers_are_left_out_of_a_line() -> None:
    chart = Chart(whole_axis("epoch", [1, 3]), share_axis("accuracy", [0.0, 1.0]))
    (line, *marks) = chart.line([(1, 0.0), (2, NAN), (3, 1.0)], "val", marks="circle")
    assert len(re.findall("[ML]", line.split('d="')[1].split('"')[0])) == 2
    assert len(marks) == 2
    assert chart.line([(1, NAN)], "val") == []
    assert chart.band([(1, NAN, NAN)], "val") == []


def test_long_lines_are_thinned_and_keep_both_ends() -> None:
    points = [(float(number), 0.0) for number in range(5000)]
    kept = thinned(points)
    assert len(kept) <= 401
    assert (kept[0], kept[-1]) == (points[0], points[-1])
    assert thinned(points[:300]) == points[:300]


def test_colour_and_shape_together_tell_many_runs_apart() -> None:
    assert len({(series_look(place), series_shape(place)) for place in range(32)}) == 32


def test_curves_show_borders_of_phases_and_losses_that_are_missing() -> None:
    epochs = [
        Epoch("a", 1, 1.0, 0.9, 0.5, 0.5, 0.4, 0.6),
        Epoch("a", 2, 0.5),
        Epoch("b", 3, 0.4, 0.3, 0.9, 0.8, 0.7, 0.9),
    ]
    for plot in (loss_plot(epochs, "t"), accuracy_plot(epochs, "t")):
        assert plot.count('class="border"') == 1
        assert "nan" not in plot
    assert "nan" not in loss_plot([Epoch("a", 1)], "nothing measured")


def test_a_reliability_plot_has_a_point_for_each_bin() -> None:
    bins = [ReliabilityBin(0.4, 0.5, 3, 0.45, 0.33, 0.1, 0.8), ReliabilityBin(0.9, 1.0, 9, 0.97, 1.0, 0.7, 1.0)]
    assert reliability_plot(bins, "t").count("<circle") == 2


def test_a_confusion_matrix_writes_what_occurs_and_escapes_names() -> None:
    plot = confusion_plot(np.array([[3, 1], [0, 5]]), ["<b>", "x" * 99], "t & u")
    assert [int(number) for number in re.findall(r">(\d+)</text>", plot)] == [3, 1, 5]
    assert "<b>" not in plot
    assert "&lt;b&gt;" in plot
    assert "t &amp; u" in plot
    assert "x" * 20 not in plot
