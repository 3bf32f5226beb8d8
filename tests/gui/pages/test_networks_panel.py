"""Networks compared on the page Layers: on request, one row after the other, chosen, used, undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar

from tests.gui.fake_training import fake_training
from tests.gui.fakes import make_manifest
from tests.gui.pages.layers_world import LayersWorld
from tlft_desktop.core import fsio
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.weights_folder import STORED_FILE, stored_folder
from tlft_desktop.core.values.sweep import Over
from tlft_desktop.gui.widgets.networks_panel import NetworksPanel

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SMALL = "timm:mobilenetv3_small_100"


def shown(world: LayersWorld, qtbot: Any) -> NetworksPanel:
    """Bring the panel to the front."""
    panel = world.page.panels.networks
    [bar] = [bar for bar in world.page.findChildren(QTabBar) if bar.isVisible()]
    bar.setCurrentIndex(next(number for number in range(bar.count()) if bar.tabText(number) == "Networks"))
    qtbot.waitUntil(panel.isVisible)
    return panel


def compared(world: LayersWorld, qtbot: Any, over: Over = Over.BACKBONE) -> NetworksPanel:
    """Compare by clicks."""
    panel = shown(world, qtbot)
    QTest.mouseClick(panel.over.button_of(over), Qt.MouseButton.LeftButton)
    QTest.mouseClick(panel.measure, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: world.page.panels.sweeping.sweep is not None)
    plot = panel.plot
    assert plot is not None
    qtbot.waitUntil(lambda: plot.view.num_paints > 0)
    return panel


def cells(panel: NetworksPanel, column: int) -> list[str]:
    """Return what a column of the table says, from top to bottom."""
    model = panel.table.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def put_weights(world: LayersWorld, backbone: str) -> None:
    """Make the weights of a network look as if they were on this machine."""
    folder = stored_folder(world.context.paths.models_folder, find_backbone(backbone))
    fsio.make_folder(folder)
    fsio.write_bytes(folder / STORED_FILE, b"")


def test_networks_are_listed_with_what_was_found(probing: LayersWorld, qtbot: Any) -> None:
    panel = shown(probing, qtbot)
    assert "Nothing is trained" in panel.text.text()
    assert not panel.table.isVisible()
    assert probing.engine.swept == [], "nothing is measured unasked"
    compared(probing, qtbot)
    assert probing.engine.swept == [Over.BACKBONE]
    assert cells(panel, 0) == ["fake:tiny\n20 ms, in use", "MobileNetV3 Small\n10 ms", "timm:gone"]
    assert cells(panel, 1) == ["90.0 %\n[80.0, 95.0]", "80.0 %\n[70.0, 85.0]", "not\nmeasured"]
    assert cells(panel, 3) == ["70.0 %", "70.0 %", "—"]
    assert cells(panel, 2) == ["20", "10", "—"]
    assert panel.text.text() == "MobileNetV3 Small is not measurably worse than the best, and 2 times as quick."
    plot = panel.plot
    assert plot is not None
    assert [spot.name for spot in plot.shown] == ["fake:tiny, in use", "MobileNetV3 Small"]


def test_the_quickest_of_the_best_is_chosen_and_told(probing: LayersWorld, qtbot: Any) -> None:
    panel = compared(probing, qtbot)
    chosen = panel.table.chosen
    assert chosen is not None
    assert chosen.backbone == SMALL
    assert "As good as the best, and quickest of those." in panel.detail.text()
    QTest.keyClick(panel.table, Qt.Key.Key_Down)
    assert panel.detail.text() == "timm:gone at 32 px could not be measured. A <b>reason</b>."
    assert not panel.use.isEnabled()
    plot = panel.plot
    assert plot is not None
    plot.spot_clicked.emit("fake:tiny 32")
    assert panel.detail.text().startswith("fake:tiny at 32 px: linear probe 90.0 % [80.0, 95.0]")
    assert "uses this network already" in panel.use.toolTip()


def test_a_heading_sorts_and_the_chosen_row_stays(probing: LayersWorld, qtbot: Any) -> None:
    panel = compared(probing, qtbot)
    panel.table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert [name.partition("\n")[0] for name in cells(panel, 0)] == ["MobileNetV3 Small", "fake:tiny", "timm:gone"]
    panel.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert [name.partition("\n")[0] for name in cells(panel, 0)] == ["fake:tiny", "MobileNetV3 Small", "timm:gone"]
    chosen = panel.table.chosen
    assert chosen is not None
    assert chosen.backbone == SMALL


@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
def test_a_network_is_used_and_undone_as_one_step(probing: LayersWorld, qtbot: Any, hand: str) -> None:
    put_weights(probing, SMALL)
    panel, session = compared(probing, qtbot), probing.context.session
    before = session.choice
    probing.engine.least_size = 32
    assert panel.use.isEnabled(), panel.use.toolTip()
    with qtbot.waitSignal(probing.page.backbones.used):
        if hand == "mouse":
            QTest.mouseClick(panel.use, Qt.MouseButton.LeftButton)
        else:
            QTest.keyClick(panel.table, Qt.Key.Key_Return)
    assert (session.backbone, session.image_size) == (SMALL, 32)
    assert probing.num_steps == 1
    assert cells(panel, 0) == ["fake:tiny\n20 ms", "MobileNetV3 Small\n10 ms, in use", "timm:gone"]
    assert not panel.use.isEnabled()
    probing.undo()
    assert (session.backbone, session.choice) == ("fake:tiny", before)
    assert cells(panel, 0)[0] == "fake:tiny\n20 ms, in use", "what was found stays"


def test_sizes_are_compared_and_both_comparisons_are_kept(probing: LayersWorld, qtbot: Any) -> None:
    panel = compared(probing, qtbot, Over.IMAGE_SIZE)
    assert cells(panel, 0) == ["32 px\n20 ms, in use", "128 px\n10 ms", "224 px"]
    assert not panel.more.isVisible()
    compared(probing, qtbot)
    assert probing.engine.swept == [Over.IMAGE_SIZE, Over.BACKBONE]
    QTest.mouseClick(panel.over.button_of(Over.IMAGE_SIZE), Qt.MouseButton.LeftButton)
    assert cells(panel, 0)[0] == "32 px\n20 ms, in use"


def test_rows_appear_as_they_are_found_and_a_stop_keeps_them(probing: LayersWorld, qtbot: Any) -> None:
    probing.engine.is_sweep_held = True
    panel = shown(probing, qtbot)
    QTest.mouseClick(panel.measure, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(cells(panel, 0)) == 1)
    assert "appears here" in panel.text.text()
    assert not panel.measure.isEnabled()
    QTest.mouseClick(panel.over.button_of(Over.IMAGE_SIZE), Qt.MouseButton.LeftButton)
    assert not panel.table.isVisible(), "it is the networks that are measured"
    assert "128, 224, 320" in panel.text.text()
    QTest.mouseClick(panel.over.button_of(Over.BACKBONE), Qt.MouseButton.LeftButton)
    [job] = [job for job in probing.context.tasks.jobs if job.title == "Comparing networks"]
    assert job.can_cancel
    qtbot.waitUntil(lambda: job.progress.total == 300)
    job.control.request_stop()
    qtbot.waitUntil(panel.measure.isEnabled)
    assert len(cells(panel, 0)) == 1
    assert "stopped" in panel.text.text()


def test_a_training_cuts_a_comparison_short(probing: LayersWorld, qtbot: Any) -> None:
    probing.engine.is_sweep_held = True
    panel = shown(probing, qtbot)
    panel.measure.click()
    qtbot.waitUntil(lambda: len(cells(panel, 0)) == 1)
    context = probing.context
    context.machine.make_way(
        lambda: context.controller.start(lambda control: fake_training(control, num_epochs=10_000, pause_s=0.001))
    )
    qtbot.waitUntil(lambda: context.controller.is_active)
    assert "A training is running" in panel.measure.toolTip()
    assert "A training is running" in panel.use.toolTip() or panel.table.chosen is None
    panel.table.choose("fake:tiny 32")
    assert not panel.use.isEnabled()
    context.controller.request_stop()
    qtbot.waitUntil(panel.measure.isEnabled)
    assert len(cells(panel, 0)) == 1


def test_what_is_found_of_other_images_is_dropped(probing: LayersWorld, qtbot: Any) -> None:
    panel = compared(probing, qtbot)
    probing.engine.is_sweep_held = True
    probing.page.panels.sweeping.measure()
    qtbot.waitUntil(lambda: len(probing.engine.swept) == 2)
    probing.context.session.set_images(make_manifest(num_each=6), ())
    assert not panel.table.isVisible()
    qtbot.waitUntil(lambda: not probing.page.panels.sweeping.is_measuring)
    assert cells(panel, 0) == []
    assert panel.plot is not None
    assert not panel.plot.isVisible()
    assert panel.measure.accessibleName() == "Compare"


def test_a_project_that_is_closed_takes_its_comparison_with_it(probing: LayersWorld, qtbot: Any) -> None:
    probing.engine.is_sweep_held = True
    panel = shown(probing, qtbot)
    panel.measure.click()
    qtbot.waitUntil(lambda: len(cells(panel, 0)) == 1)
    probing.context.session.clear_project()
    assert cells(panel, 0) == []
    assert not panel.measure.isEnabled()
    qtbot.waitUntil(lambda: not probing.page.panels.sweeping.is_measuring)
    assert cells(panel, 0) == []


def test_a_network_that_cannot_be_used_says_why(probing: LayersWorld, qtbot: Any) -> None:
    put_weights(probing, SMALL)
    panel = compared(probing, qtbot)
    panel.use.click()
    qtbot.waitUntil(lambda: "cannot work with images of 32 pixels" in panel.detail.text())
    assert probing.num_steps == 0
    panel.table.choose("fake:tiny 32")
    assert "cannot work" not in panel.detail.text()


def test_an_action_opens_the_panel_and_compares(probing: LayersWorld, qtbot: Any) -> None:
    action = probing.actions["networks"]
    assert action.isEnabled()
    action.trigger()
    assert not action.isEnabled(), "one at a time"
    qtbot.waitUntil(lambda: probing.page.panels.sweeping.sweep is not None)
    assert probing.page.panels.networks.isVisible()
    assert action.isEnabled()
    plot = probing.page.panels.networks.plot
    assert plot is not None
    qtbot.waitUntil(lambda: plot.view.num_paints > 0)


def test_more_networks_come_by_the_catalogue(probing: LayersWorld, qtbot: Any) -> None:
    panel = shown(probing, qtbot)
    QTest.mouseClick(panel.more, Qt.MouseButton.LeftButton)
    dialog = probing.page.backbones.dialog
    assert dialog is not None
    dialog.close()


def test_read_only_projects_are_compared_but_not_changed(qtbot: Any, qapp: QApplication, tmp_path: Path) -> None:
    world = LayersWorld(qapp, tmp_path)
    qtbot.addWidget(world.host)
    world.open(read_only=True)
    panel = compared(world, qtbot)
    assert not panel.use.isEnabled()
    assert "reading only" in panel.use.toolTip()
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    assert world.num_steps == 0
    qtbot.waitUntil(lambda: not world.context.tasks.jobs)
    world.close()


def test_columns_give_way_where_it_is_narrow(probing: LayersWorld, qtbot: Any) -> None:
    table = compared(probing, qtbot).table
    for width, hidden in ((220, [False, False, True, True]), (400, [False] * 4)):
        table.resize(width, table.height())
        assert [table.isColumnHidden(column) for column in range(4)] == hidden
