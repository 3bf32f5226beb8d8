"""The scatter plots of the program: what they show, in words."""

from __future__ import annotations

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.format import tr
from tlft_desktop.gui.plots.base_plot import PlotText
from tlft_desktop.gui.plots.scatter_plot import ScatterPlot
from tlft_desktop.gui.spots import SpotWords


def make_run_scatter(context: AppContext) -> ScatterPlot:
    """Return the plot of runs: accuracy against the time of training."""
    text = PlotText(
        tr("Accuracy, % (bar = 95 % interval), against time"), tr("seconds of training"), stem="accuracy-and-time"
    )
    words = SpotWords(
        lambda seconds: tr("{time} of training").format(time=fmt.duration(seconds)),
        tr("on the front: no other run is both quicker and as accurate"),
    )
    return ScatterPlot(context, text, words)


def make_network_scatter(context: AppContext) -> ScatterPlot:
    """Return the plot of networks: accuracy of their probes against the time of an image."""
    text = PlotText(tr("Linear probe, %"), tr("ms an image"), stem="networks")
    words = SpotWords(
        lambda milliseconds: tr("{time} ms an image").format(time=fmt.number(milliseconds)),
        tr("on the front: no other one is both quicker and as accurate"),
    )
    return ScatterPlot(context, text, words)
