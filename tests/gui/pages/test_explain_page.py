"""The panel Looked at on the page Compare: when networks are asked, and when they load."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.hands import click
from tests.gui.pages.compare_world import CompareWorld
from tests.gui.run_files import make_run
from tlft_desktop.gui.look_values import LookSubject
from tlft_desktop.gui.pages.compare_page import IMAGES, LOOKS, PLOTS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_the_panel_of_the_page_asks_only_while_it_is_in_front(qapp: QApplication, qtbot: Any, tmp_path: Path) -> None:
    world = CompareWorld(qapp, tmp_path, lambda project: [make_run(project, 0.8), make_run(project, 0.9)])
    world.show(qtbot)
    asked = world.context.engine.looking[0].asked  # type: ignore[attr-defined]
    assert not asked
    click(world.page.panels.button_of(LOOKS))
    world.settle(qtbot)
    assert [network.name for network, _wish in asked] == ["transfer 2"]
    # An image from elsewhere in the window brings the panel to the front, and the newest runs to answer.
    click(world.page.panels.button_of(PLOTS))
    world.page.table.clearSelection()
    world.page.look_at(LookSubject(Path("dog/2.png")))
    world.settle(qtbot)
    assert world.page.panels.current == LOOKS
    assert asked[-1][1].path == world.project.data_folder / "dog" / "2.png"
    assert [run.name for run in world.page.chosen] == ["transfer 1", "transfer 2"]
    world.page.table.selectAll()
    world.settle(qtbot)
    assert {network.name for network, _wish in asked} == {"transfer 1", "transfer 2"}


def test_a_network_loads_while_its_images_are_in_sight(qapp: QApplication, qtbot: Any, tmp_path: Path) -> None:
    world = CompareWorld(qapp, tmp_path, lambda project: [make_run(project, 0.8), make_run(project, 0.9)])
    world.show(qtbot)
    source = world.context.engine.looking[0]  # type: ignore[attr-defined]
    world.settle(qtbot)
    assert source.prepared == [], "curves are in sight"
    click(world.page.panels.button_of(IMAGES))
    world.settle(qtbot)
    newest = world.page.chosen[0].run
    assert (source.prepared, source.asked) == ([newest], [])
    world.page.table.clearSelection()
    world.page.table.choose([newest])
    world.settle(qtbot)
    assert source.prepared == [newest], "it is there already"
    (other,) = {run.run for run in world.context.session.runs} - {newest}
    source.without = {other}
    world.page.table.choose([other])
    world.settle(qtbot)
    assert source.prepared == [newest]
    world.page.table.choose([newest])
    world.page.look_at(LookSubject(Path("dog/2.png")))
    world.settle(qtbot)
    assert [network.run for network, _wish in source.asked] == [newest]
