"""The depth curve on the page Layers: measured on request, drawn, clicked, and gone with its images."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar

from tests.gui.fakes import make_manifest
from tests.gui.pages.layers_world import LayersWorld
from tests.layer_samples import make_layer_tree
from tlft_desktop.gui.plots.depth_plot import DepthPlot

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def show_panel(probing: LayersWorld, qtbot: Any) -> None:
    """Choose the tab of the panel."""
    [bar] = [bar for bar in probing.page.findChildren(QTabBar) if bar.isVisible()]
    bar.setCurrentIndex(next(number for number in range(bar.count()) if bar.tabText(number) == "Depth"))
    qtbot.waitUntil(probing.page.panels.depth.isVisible)


def measured(probing: LayersWorld, qtbot: Any) -> DepthPlot:
    """Measure by a click and return the painted plot."""
    show_panel(probing, qtbot)
    QTest.mouseClick(probing.page.panels.depth.measure, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: probing.page.panels.depths.curve is not None)
    plot = probing.page.panels.depth.plot
    assert plot is not None
    qtbot.waitUntil(lambda: plot.view.num_paints > 0)
    return plot


def test_the_panel_says_what_it_will_do_and_what_it_found(probing: LayersWorld, qtbot: Any) -> None:
    panel = probing.page.panels.depth
    assert "Nothing is trained" in panel.text.text()
    assert probing.engine.probed == [], "nothing is measured unasked"
    plot = measured(probing, qtbot)
    assert probing.engine.probed == ["auto"]
    assert panel.text.text() == (
        "As good as anywhere from blocks.0 on: 90.0 % [80.0, 100.0], at best 90.0 %. The last layers lose some of it "
        "(70.0 %): training them may pay."
    )
    assert not panel.measure.isVisible()
    assert "blocks.0: 90.0 % [80.0, 100.0]" in plot.view.accessibleDescription()
    readout = plot.readout_at(2.2, 0.0)
    assert readout is not None
    place, lines = readout
    assert place == 2
    assert lines[0] == "up to blocks.0"
    assert "from here on nothing measurable is gained" in lines


def test_a_click_on_a_depth_freezes_up_to_it(probing: LayersWorld, qtbot: Any) -> None:
    plot = measured(probing, qtbot)
    assert plot._depth.value() == 3, "everything but the head is frozen"
    box = plot.view.getViewBox()
    place = plot.view.mapFromScene(box.mapViewToScene(QPointF(1.1, 60.0)))
    QTest.mouseClick(plot.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: probing.plan.frozen == {"stem"})
    assert plot._depth.value() == 1
    assert probing.page.depth_slider.position == 1
    assert probing.num_steps == 1
    probing.undo()
    assert plot._depth.value() == 3


def test_a_button_freezes_up_to_the_knee(probing: LayersWorld, qtbot: Any) -> None:
    measured(probing, qtbot)
    button = probing.page.panels.depth.freeze
    assert button.text() == "Freeze up to blocks.0"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert probing.plan.frozen == {"stem", "blocks.0.conv0", "blocks.0.conv1", "blocks.0.bn"}


def test_a_curve_goes_with_its_images_and_its_network(probing: LayersWorld, qtbot: Any) -> None:
    plot, session = measured(probing, qtbot), probing.context.session
    probing.page.presets.button_of("finetune").click()
    assert probing.page.panels.depths.curve is not None, "ticks change nothing in it"
    session.set_images(make_manifest(num_each=6), ())
    assert probing.page.panels.depths.curve is None
    assert not plot.isVisible()
    assert probing.page.panels.depth.measure.isVisible()
    measured(probing, qtbot)
    session.choose_network("fake:large", 64, make_layer_tree(), "another network")
    assert probing.page.panels.depths.curve is None


def test_an_action_opens_the_panel_and_measures(probing: LayersWorld, qtbot: Any) -> None:
    action = probing.actions["depth_curve"]
    assert action.isEnabled()
    action.trigger()
    assert not action.isEnabled(), "one at a time"
    qtbot.waitUntil(lambda: probing.page.panels.depths.curve is not None)
    assert probing.page.panels.depth.isVisible()
    assert action.isEnabled()
    plot = probing.page.panels.depth.plot
    assert plot is not None
    qtbot.waitUntil(lambda: plot.view.num_paints > 0)


def test_what_is_measured_for_other_images_is_dropped(probing: LayersWorld, qtbot: Any) -> None:
    probing.engine.is_measuring_held = True
    show_panel(probing, qtbot)
    probing.page.panels.depths.measure()
    qtbot.waitUntil(lambda: probing.engine.probed == ["auto"])
    assert not probing.page.panels.depth.measure.isEnabled()
    assert "every depth is probed" in probing.page.panels.depth.text.text()
    probing.context.session.set_images(make_manifest(num_each=6), ())
    qtbot.waitUntil(lambda: not probing.page.panels.depths.is_measuring)
    assert probing.page.panels.depths.curve is None
    assert probing.page.panels.depth.measure.isEnabled()


def test_read_only_projects_are_measured_but_not_frozen(qtbot: Any, qapp: QApplication, tmp_path: Path) -> None:
    world = LayersWorld(qapp, tmp_path)
    qtbot.addWidget(world.host)
    world.open(read_only=True)
    measured(world, qtbot)
    assert not world.page.panels.depth.freeze.isEnabled()
    world.page.panels.depth._choose(1)
    assert world.num_steps == 0
    qtbot.waitUntil(lambda: not world.context.tasks.jobs)
    world.close()
