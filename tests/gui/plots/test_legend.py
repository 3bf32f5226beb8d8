"""The legend goes where no curve is, and hides none where every corner has one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from tests.gui.plots.conftest import ShowPlot
from tlft_desktop.core.settings import Theme
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.plots.base_plot import BasePlot
from tlft_desktop.gui.plots.curves import Curve, CurveStyle
from tlft_desktop.gui.plots.legend import BOTTOM_RIGHT, TOP_RIGHT, PlotLegend

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NUM_POINTS = 5


@pytest.fixture
def plot(show_plot: ShowPlot) -> BasePlot:
    return show_plot(
        Curve("training", CurveStyle(lambda tokens: tokens.train)),
        Curve("validation", CurveStyle(lambda tokens: tokens.val)),
    )


def draw(plot: BasePlot, *ends: tuple[float, float]) -> None:
    """Draw a straight curve from each first to each last value."""
    for curve, (first, last) in zip(plot.curves(), ends, strict=False):
        curve.set_points(np.linspace(0, 1, NUM_POINTS), np.linspace(first, last, NUM_POINTS))
    plot.refit()


def legend_of(plot: BasePlot) -> PlotLegend:
    return plot._legend


def covers_a_curve(plot: BasePlot) -> bool:
    legend, box = legend_of(plot), plot.view.getViewBox()
    area = box.mapRectToView(legend.mapRectToParent(legend.boundingRect()))
    x = np.linspace(max(area.left(), 0), min(area.right(), 1))
    return any(
        ((np.interp(x, curve.x, curve.y) > area.top()) & (np.interp(x, curve.x, curve.y) < area.bottom())).any()
        for curve in plot.curves()
        if len(curve.x)
    )


def test_it_leaves_a_corner_where_a_curve_comes(plot: BasePlot) -> None:
    assert legend_of(plot).position == TOP_RIGHT
    draw(plot, (1.0, 0.1), (0.9, 0.0))
    assert legend_of(plot).position == TOP_RIGHT
    assert not covers_a_curve(plot)
    rising, split, low, high = (0.0, 1.0), (0.9, 0.1), (0.0, 0.0), (1.0, 1.0)
    for ends in ((rising, (0.1, 0.9)), (high, split), (low, rising), ((1.0, 0.0), high)):
        draw(plot, *ends)
        assert not covers_a_curve(plot), ends
    for curve in plot.curves():
        curve.set_points([], [])
    plot.refit()
    assert legend_of(plot).position == TOP_RIGHT, "back home"


def test_a_plot_may_prefer_another_corner(plot: BasePlot) -> None:
    plot.move_legend(BOTTOM_RIGHT)
    draw(plot, (0.1, 0.9), (0.2, 0.8))
    assert legend_of(plot).position == BOTTOM_RIGHT
    draw(plot, (0.1, 0.1), (0.2, 0.0))
    assert not covers_a_curve(plot)


def test_where_every_corner_has_a_curve_it_stays_and_is_translucent(plot: BasePlot, context: AppContext) -> None:
    draw(plot, (0.05, 0.95), (0.95, 0.05))
    plot.add_curve(Curve("flat", CurveStyle(lambda tokens: tokens.test))).set_points([0, 0.1, 0.9, 1], [1, 0, 0, 1])
    plot.refit()
    before = legend_of(plot).position
    for number in range(20):
        draw(plot, (0.05, 0.95 + 0.002 * number), (0.95, 0.05))
        assert legend_of(plot).position == before
    context.theme.apply(Theme.DARK)
    ground, surface = legend_of(plot).brush().color(), QColor(context.theme.tokens.surface)
    assert 0.5 < ground.alphaF() < 0.9
    assert ground.rgb() & 0xFFFFFF == surface.rgb() & 0xFFFFFF
    assert not plot.view.grab().isNull()


def test_between_corners_with_curves_it_goes_to_the_middle_of_an_edge(plot: BasePlot) -> None:
    draw(plot, (0.0, 1.0), (1.0, 0.0))
    assert 0 in legend_of(plot).position
    assert not covers_a_curve(plot)


def test_in_a_low_plot_the_names_stand_side_by_side(plot: BasePlot, qtbot: Any) -> None:
    for number in range(3):
        plot.add_curve(Curve(f"of seed {number}", CurveStyle(lambda tokens: tokens.test)))
    plot.resize(800, 220)
    legend, view = legend_of(plot), plot.view
    qtbot.waitUntil(lambda: view.getViewBox().width() > 600)
    assert legend.columnCount == 1
    draw(plot, (0.0, 0.5), (0.5, 0.0), (0.3, 0.3), (0.2, 0.4), (0.45, 0.5))
    assert legend.columnCount > 1
    assert not covers_a_curve(plot)
    shown = legend.mapRectToParent(legend.boundingRect())
    assert view.getViewBox().rect().contains(shown)
    assert shown.height() < legend.items[0][1].height() * len(legend.items)
    for _ in range(3):
        before = legend.columnCount, legend.position
        plot.refit()
        assert (legend.columnCount, legend.position) == before
    plot.resize(260, 220)
    qtbot.waitUntil(lambda: view.getViewBox().width() < 260)
    assert legend.columnCount == 1, "there is no room for more"
    plot.resize(800, 220)
    qtbot.waitUntil(lambda: legend.columnCount > 1)
    plot.remove_curve(plot.curves()[-1])
    assert [label.text for _sample, label in legend.items] == ["training", "validation", "of seed 0", "of seed 1"]
    for curve in plot.curves():
        curve.set_points([], [])
    plot.refit()
    assert (legend.columnCount, legend.position) == (1, TOP_RIGHT), "back home"


def test_on_a_logarithmic_axis_it_looks_at_what_is_drawn(plot: BasePlot) -> None:
    plot.set_ranges(x=lambda: (1.0, 1000.0), y=(0.0, 1.0))
    plot.set_log_x(True)
    plot.curves()[0].set_points([1, 10, 100, 1000], [0.1, 0.1, 0.9, 0.9])
    plot.refit()
    assert legend_of(plot).position[0] < 0
    assert legend_of(plot).position[1] < 0, "only the bottom right is free"


def test_a_legend_that_the_user_dragged_stays(plot: BasePlot, qtbot: Any) -> None:
    view, legend = plot.view, legend_of(plot)
    start = view.mapFromScene(legend.mapToScene(legend.boundingRect().center()))
    goal = view.mapFromScene(view.getViewBox().mapToScene(view.getViewBox().rect().center()))
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        qtbot.mouseMove(view.viewport(), start + (goal - start) * step / 5, delay=20)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=goal)
    assert legend._is_dragged
    place = legend.pos()
    draw(plot, (1.0, 1.0), (0.5, 0.5))
    assert legend.pos() == place


def test_names_that_are_wider_than_the_plot_are_cut(plot: BasePlot, qtbot: Any) -> None:
    name = "Hybrid, learning rate of the 3rd try, seed 2"
    plot.add_curve(Curve(name, CurveStyle(lambda tokens: tokens.test)))
    legend, box = legend_of(plot), plot.view.getViewBox()
    draw(plot, (0.0, 0.1), (0.0, 0.1), (0.0, 0.1))
    label = legend.items[-1][1]
    assert label.text == name
    for width in (260, 200):
        plot.resize(width, 300)
        qtbot.waitUntil(lambda width=width: box.width() < width)
        assert box.rect().contains(legend.mapRectToParent(legend.boundingRect())), width
        assert "\u2026" in label.text
        assert label.text.endswith("2")
        assert label.toolTip() == name
        assert [each.text for _sample, each in legend.items[:2]] == ["training", "validation"]
    plot.resize(600, 300)
    qtbot.waitUntil(lambda: label.text == name)
    assert label.toolTip() == ""


def test_a_low_plot_has_its_names_where_they_hide_no_curve(plot: BasePlot, qtbot: Any) -> None:
    draw(plot, (1.0, 0.9), (0.95, 1.0))
    legend, box = legend_of(plot), plot.view.getViewBox()
    plot.resize(420, 160)
    qtbot.waitUntil(lambda: 0 < box.height() < 100)
    assert legend.isVisible()
    assert not covers_a_curve(plot)
    assert box.rect().contains(legend.mapRectToParent(legend.boundingRect()))
    draw(plot, (0.05, 0.95), (0.95, 0.05))
    plot.add_curve(Curve("flat", CurveStyle(lambda tokens: tokens.test))).set_points(
        np.linspace(0, 1, 9), [1, 0] * 4 + [1]
    )
    plot.refit()
    assert not legend.isVisible(), "there is no such place"
    plot.resize(420, 300)
    qtbot.waitUntil(lambda: box.height() > 150)
    assert legend.isVisible()
