"""The plots, whose library takes long to load: imported with the first one that is shown, in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tlft_desktop.gui.context import AppContext
    from tlft_desktop.gui.figure_views import FigureView
    from tlft_desktop.gui.heat_measures import HeatMeasure
    from tlft_desktop.gui.plots.blend_plot import BlendPlot
    from tlft_desktop.gui.plots.depth_plot import DepthPlot
    from tlft_desktop.gui.plots.figure_plots import FigurePlot
    from tlft_desktop.gui.plots.heat_plot import HeatPlot
    from tlft_desktop.gui.plots.map_plot import MapPlot
    from tlft_desktop.gui.plots.metric_plot import MetricPlot
    from tlft_desktop.gui.plots.overlay_plot import OverlayPlot
    from tlft_desktop.gui.plots.race_plot import RacePlot
    from tlft_desktop.gui.plots.scatter_plot import ScatterPlot


def make_metric_plots(context: AppContext) -> dict[str, MetricPlot]:
    """Return the live plots by the key of their button."""
    from tlft_desktop.gui.plots import metric_plot

    return metric_plot.make_metric_plots(context)


def make_run_plots(context: AppContext) -> tuple[ScatterPlot, OverlayPlot]:
    """Return the plots of the page Compare."""
    from tlft_desktop.gui.plots.overlay_plot import OverlayPlot
    from tlft_desktop.gui.plots.scatters import make_run_scatter

    return make_run_scatter(context), OverlayPlot(context)


def make_depth_plot(context: AppContext) -> DepthPlot:
    """Return the plot of the page Layers."""
    from tlft_desktop.gui.plots.depth_plot import DepthPlot

    return DepthPlot(context)


def make_heat_plot(context: AppContext, measure: HeatMeasure) -> HeatPlot:
    """Return the plot of a measure of heat over epochs on the page Layers."""
    from tlft_desktop.gui.plots.heat_plot import HeatPlot

    return HeatPlot(context, measure)


def make_network_plot(context: AppContext) -> ScatterPlot:
    """Return the plot of compared networks on the page Layers."""
    from tlft_desktop.gui.plots.scatters import make_network_scatter

    return make_network_scatter(context)


def make_figure_plots(context: AppContext) -> dict[FigureView, FigurePlot]:
    """Return the plots of a run's figures on the page Compare."""
    from tlft_desktop.gui.plots import figure_plots

    return figure_plots.make_figure_plots(context)


def make_map_plot(context: AppContext) -> MapPlot:
    """Return the plot of images as points on the page Compare."""
    from tlft_desktop.gui.plots.map_plot import MapPlot

    return MapPlot(context)


def make_race_plot(context: AppContext) -> RacePlot:
    """Return the plot of a race on the page Train."""
    from tlft_desktop.gui.plots.race_plot import RacePlot

    return RacePlot(context)


def make_blend_plot(context: AppContext) -> BlendPlot:
    """Return the plot of blends on the page Compare."""
    from tlft_desktop.gui.plots.blend_plot import BlendPlot

    return BlendPlot(context)
