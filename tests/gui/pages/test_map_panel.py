"""The map of images: made when asked, one for the chosen runs; a click shows the image; refusals in its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from tests.gui.hands import click
from tests.gui.pages.compare_world import CompareWorld
from tests.gui.pages.test_figures_panel import runs
from tlft_desktop.core.values.image_map import MapMethod
from tlft_desktop.gui.map_colours import MapColour
from tlft_desktop.gui.pages.compare_page import MAP
from tlft_desktop.gui.widgets.map_panel import MapPanel

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def world(qapp: QApplication, qtbot: Any, tmp_path: Path) -> CompareWorld:
    made = CompareWorld(qapp, tmp_path, runs)
    made.show(qtbot)
    return made


@pytest.fixture
def panel(world: CompareWorld, qtbot: Any) -> MapPanel:
    click(world.page.panels.button_of(MAP))
    world.settle(qtbot)
    return world.page.map


def colours(panel: MapPanel) -> set[str]:
    assert panel._plot is not None
    return {spot.brush().color().name() for spot in panel._plot._scatter.points()}


def test_a_map_is_made_when_the_user_asks_and_stays(world: CompareWorld, panel: MapPanel, qtbot: Any) -> None:
    assert panel.empty.isVisible()
    click(panel.measure)
    world.settle(qtbot)
    assert panel._plot is not None
    assert len(panel._plot._scatter.points()) == 3, "a point for each validation image"
    assert "75.0 % next to their class" in panel.words.text()
    assert panel.words.text().endswith("the image most like it has the same class, whatever the run answers.")
    assert len(colours(panel)) == 3
    assert "<b>bird" not in panel.legend.text(), "names of classes are no HTML"
    world.page.table.selectRow(0)
    world.settle(qtbot)
    assert panel.empty.isVisible(), "another run"
    world.page.table.selectRow(1)
    world.settle(qtbot)
    assert not panel.empty.isVisible(), "what was made is kept"


def test_maps_of_several_runs_lie_over_each_other(world: CompareWorld, panel: MapPanel, qtbot: Any) -> None:
    world.page.table.selectRow(2)
    world.settle(qtbot)
    assert "no result yet" in panel.empty.text.text()
    assert not panel.measure.isEnabled()
    world.page.table.choose([run.run for run in world.context.session.runs[:2]])
    world.settle(qtbot)
    click(panel.measure)
    world.settle(qtbot)
    click(panel.colours.button_of(MapColour.RUN))
    assert len(panel._plot._scatter.points()) == 6  # type: ignore[union-attr]
    assert len(colours(panel)) == 2
    click(panel.colours.button_of(MapColour.ERROR))
    assert len(colours(panel)) == 2


def test_a_click_on_a_point_shows_its_image(world: CompareWorld, panel: MapPanel, qtbot: Any) -> None:
    click(panel.measure)
    world.settle(qtbot)
    plot, found = panel._plot, panel.desk.found
    assert plot is not None
    assert found is not None
    qtbot.waitUntil(plot.view.viewport().isVisible)
    place = plot.view.getViewBox().mapViewToScene(QPointF(*found.maps[0].points[1]))
    click(plot.view.viewport(), plot.view.mapFromScene(place))
    world.settle(qtbot)
    assert "cat, taken for dog by run 0" in panel.caption.text()
    qtbot.waitUntil(lambda: panel.picture.image is not None)
    assert len(plot._mark.points()) == 1
    readout = plot.readout_at(*found.maps[0].points[1])
    assert readout is not None
    assert readout[1] == ["0.png", "class cat", "answer dog: wrong"]
    panel.choose_image(0, 0)
    assert "<b>bird</b>, answered rightly" in panel.caption.text()


def test_what_cannot_be_made_is_said_in_its_place(world: CompareWorld, panel: MapPanel, qtbot: Any) -> None:
    click(panel.methods.button_of(MapMethod.UMAP))
    click(panel.measure)
    world.settle(qtbot)
    assert panel.empty.text.text() == "UMAP needs the package umap-learn, which is not installed. Use PCA."
    assert not world.told
    click(panel.methods.button_of(MapMethod.PCA))
    assert "Each validation image" in panel.empty.text.text()


def test_thousands_of_points_are_drawn_at_once(world: CompareWorld, panel: MapPanel, qtbot: Any) -> None:
    click(panel.measure)
    world.settle(qtbot)
    plot, found = panel._plot, panel.desk.found
    assert plot is not None
    assert found is not None
    number = 5_000
    many = replace(
        found,
        images=("a.png",) * number,
        hashes=("0",) * number,
        labels=np.arange(number) % 3,
        maps=(
            replace(
                found.maps[0],
                points=np.random.default_rng(0).normal(size=(number, 2)),
                predicted=np.zeros(number, dtype=np.int64),
            ),
        ),
    )
    plot.show_map(many, MapColour.CLASS, None)
    assert len(plot._scatter.points()) == number
