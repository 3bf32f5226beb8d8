"""Lines of plots are as wide on a fine screen as on a coarse one, and in files."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from tests.gui.plots.conftest import ShowPlot
from tests.gui.subprocesses import assert_clean, run_script
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.plots.base_plot import BasePlot
from tlft_desktop.gui.plots.curves import Curve, CurveStyle
from tlft_desktop.gui.plots.saving import PICTURE_SCALE, picture_of, svg_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
WIDTH = 2


@pytest.fixture
def plot(show_plot: ShowPlot) -> BasePlot:
    curve = Curve("training", CurveStyle(lambda tokens: tokens.train, width=WIDTH))
    curve.set_points([0.0, 1.0], [0.5, 0.5])
    return show_plot(curve, in_legend=False)


def thickness(image: QImage, colour: str) -> int:
    """Return how many pixels of a colour a column in the middle has."""
    x = image.width() // 2
    wanted = QColor(colour)
    return sum(image.pixelColor(x, y) == wanted for y in range(image.height()))


def test_another_screen_changes_the_pens_but_not_the_looks(
    plot: BasePlot, context: AppContext, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    curve = plot.curves()[0]
    assert thickness(plot.view.grab().toImage(), context.theme.tokens.train) == WIDTH
    monkeypatch.setattr(plot.view, "devicePixelRatioF", lambda: 2.0)
    plot.view.viewport().update()
    qtbot.waitUntil(lambda: curve.item.opts["pen"].widthF() == 2 * WIDTH)
    assert plot.plot_item.getAxis("left").pen().widthF() == 2
    curve.set_points(np.arange(3000) / 3000, np.full(3000, 0.5))
    assert curve.item.opts["pen"].widthF() == 2, "many points have a line of one logical pixel"
    monkeypatch.setattr(plot.view, "devicePixelRatioF", lambda: 1.0)
    plot.view.viewport().update()
    qtbot.waitUntil(lambda: curve.item.opts["pen"].widthF() == 1)


def test_a_fine_screen_shows_lines_of_the_same_logical_width() -> None:
    script = """
import os
os.environ["QT_SCALE_FACTOR"] = "2"
os.environ["PYQTGRAPH_QT_LIB"] = "PySide6"
import tempfile
from pathlib import Path
from PySide6.QtWidgets import QApplication, QWidget
from tests.gui.contexts import make_context
from tests.gui.plots.test_line_widths import WIDTH, thickness
from tlft_desktop.gui.plots.base_plot import BasePlot, PlotText
from tlft_desktop.gui.plots.curves import Curve, CurveStyle
app = QApplication([])
host = QWidget()
with tempfile.TemporaryDirectory() as home:
    context = make_context(app, Path(home), host)
    context.messages.setParent(host)
    plot = BasePlot(context, PlotText("Loss", "epoch", "loss"), host)
    curve = plot.add_curve(Curve("training", CurveStyle(lambda tokens: tokens.train, width=WIDTH)), in_legend=False)
    curve.set_points([0.0, 1.0], [0.5, 0.5])
    plot.set_ranges(x=lambda: (0.0, 1.0), y=(0.0, 1.0))
    plot.resize(420, 260)
    host.show()
    app.processEvents()
    image = plot.view.grab().toImage()
    assert image.devicePixelRatio() == 2
    assert thickness(image, context.theme.tokens.train) == 2 * WIDTH, thickness(image, context.theme.tokens.train)
"""
    assert_clean(run_script(script))


def test_files_have_the_widths_of_the_screen(plot: BasePlot, context: AppContext) -> None:
    assert thickness(picture_of(plot.view), context.theme.tokens.train) == PICTURE_SCALE * WIDTH
    assert plot.curves()[0].item.opts["pen"].widthF() == WIDTH, "the screen is as before"
    strokes = re.findall(rb'stroke="([^"]*)"[^>]*stroke-width="([^"]*)"', svg_of(plot.view, "Loss"))
    assert (context.theme.tokens.train.encode(), b"%d" % WIDTH) in strokes
