"""A plot on the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.plots.base_plot import BasePlot, PlotText
from tlft_desktop.gui.plots.curves import Curve

ShowPlot = Callable[..., BasePlot]


@pytest.fixture
def show_plot(context: AppContext, qtbot: Any) -> ShowPlot:
    """Return what shows curves in a plot whose axes go from 0 to 1, and waits until it is painted."""

    def show(*curves: Curve, in_legend: bool = True) -> BasePlot:
        plot = BasePlot(context, PlotText("Loss", "epoch", "loss"))
        qtbot.addWidget(plot)
        for curve in curves:
            plot.add_curve(curve, in_legend=in_legend)
        plot.set_ranges(x=lambda: (0.0, 1.0), y=(0.0, 1.0))
        plot.resize(420, 300)
        plot.show()
        qtbot.waitUntil(lambda: plot.view.num_paints > 0)
        return plot

    return show
