"""The advice on the page Layers: asked for, told reason by reason, chosen with a way back, gone with its images."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.fakes import make_manifest
from tests.gui.pages.layers_world import LayersWorld
from tlft_desktop.core.values.strategy import StrategyKind

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def advised(probing: LayersWorld, qtbot: Any) -> None:
    """Open the panel by its action, which asks for the advice, and wait for it."""
    probing.actions["advice"].trigger()
    qtbot.waitUntil(lambda: probing.page.panels.advising.advice is not None)
    qtbot.waitUntil(probing.page.panels.advice.isVisible)


def test_nothing_is_measured_unasked_and_the_advice_is_told(probing: LayersWorld, qtbot: Any) -> None:
    panel = probing.page.panels.advice
    assert "Nothing is trained" in panel.text.text()
    assert not panel.use.isVisibleTo(panel)
    assert probing.engine.advised == []
    advised(probing, qtbot)
    assert probing.engine.advised == ["auto"]
    assert panel.strategy.text() == "Fine-tune"
    assert panel.confidence.text() == "high confidence; otherwise Hybrid"
    assert panel.text.text() == "A rule says so."
    assert "A study (2020)" in panel.text.toolTip()
    assert panel.reasons == ("The first <b>reason</b>.", "The second reason.")
    expected = panel._expected[StrategyKind.TRANSFER]
    assert expected.text() == "90.0 % [80.0, 95.0]\nabout 1 min 30 s"
    assert panel.measure.accessibleName() == "Measure again"


def test_the_depth_curve_comes_with_it(probing: LayersWorld, qtbot: Any) -> None:
    assert probing.page.panels.depths.curve is None
    advised(probing, qtbot)
    assert probing.page.panels.depths.curve is not None


def test_reasons_appear_while_it_is_measured(probing: LayersWorld, qtbot: Any) -> None:
    probing.engine.is_measuring_held = True
    panel = probing.page.panels.advice
    probing.page.panels.advising.measure()
    qtbot.waitUntil(lambda: panel.reasons == ("The first <b>reason</b>.",))
    assert not panel.measure.isEnabled()
    probing.engine.is_measuring_held = False
    qtbot.waitUntil(lambda: len(panel.reasons) == 2)
    qtbot.waitUntil(lambda: probing.page.panels.advising.advice is not None)
    probing.page.panels.advising.measure()
    qtbot.waitUntil(lambda: len(probing.engine.advised) == 2 and not probing.page.panels.advising.is_measuring)
    assert len(panel.reasons) == 2, "those of the measurement before are gone"


def test_use_this_chooses_the_strategy_and_can_be_undone(probing: LayersWorld, qtbot: Any) -> None:
    advised(probing, qtbot)
    before = probing.context.session.choice
    QTest.mouseClick(probing.page.panels.advice.use, Qt.MouseButton.LeftButton)
    assert probing.context.session.choice.kind is StrategyKind.FINETUNE
    assert probing.num_steps == 1
    probing.undo()
    assert probing.context.session.choice == before


def test_an_advice_goes_with_its_images(probing: LayersWorld, qtbot: Any) -> None:
    advised(probing, qtbot)
    probing.page.presets.button_of("last-stage").click()
    assert probing.page.panels.advising.advice is not None, "ticks change nothing in it"
    probing.context.session.set_images(make_manifest(num_each=6), ())
    panel = probing.page.panels.advice
    assert probing.page.panels.advising.advice is None
    assert panel.reasons == ()
    assert not panel.use.isVisibleTo(panel)


def test_a_cancelled_measurement_leaves_no_advice(probing: LayersWorld, qtbot: Any) -> None:
    probing.engine.is_measuring_held = True
    probing.page.panels.advising.measure()
    qtbot.waitUntil(lambda: len(probing.page.panels.advising.reasons) == 1)
    [job] = probing.context.tasks.jobs
    assert job.title == "Measuring for an advice"
    job.control.request_stop()
    qtbot.waitUntil(lambda: not probing.page.panels.advising.is_measuring)
    assert probing.page.panels.advising.advice is None
    assert probing.page.panels.advice.measure.isEnabled()


def test_a_late_reason_of_other_images_is_not_told_of_these(probing: LayersWorld, qtbot: Any) -> None:
    desk = probing.page.panels.advising
    probing.engine.is_measuring_held = True
    desk.measure()
    qtbot.waitUntil(lambda: len(desk.reasons) == 1)
    probing.context.session.set_images(make_manifest(num_each=6), ())
    assert desk.is_measuring, "the measurement of the old images has not heard of its end yet"
    desk._told.emit("Of the old images.")
    qtbot.waitUntil(lambda: not desk.is_measuring)
    assert desk.reasons == ()


def test_an_advice_keeps_its_reasons_where_another_measurement_is_cancelled(probing: LayersWorld, qtbot: Any) -> None:
    advised(probing, qtbot)
    reasons = probing.page.panels.advice.reasons
    # What the network costs is measured in turn with it.
    qtbot.waitUntil(lambda: not probing.context.tasks.jobs)
    probing.engine.is_measuring_held = True
    probing.page.panels.advising.measure()
    qtbot.waitUntil(lambda: len(probing.page.panels.advising.reasons) == 1)
    probing.context.tasks.jobs[0].control.request_stop()
    qtbot.waitUntil(lambda: not probing.page.panels.advising.is_measuring)
    assert probing.page.panels.advice.reasons == reasons


def test_read_only_projects_are_advised_but_not_changed(qtbot: Any, qapp: QApplication, tmp_path: Path) -> None:
    world = LayersWorld(qapp, tmp_path)
    qtbot.addWidget(world.host)
    world.open(read_only=True)
    advised(world, qtbot)
    assert not world.page.panels.advice.use.isEnabled()
    qtbot.waitUntil(lambda: not world.context.tasks.jobs)
    world.close()
