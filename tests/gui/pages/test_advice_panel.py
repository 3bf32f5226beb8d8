"""The advice on the page Layers: asked for, told reason by reason, chosen with a way back, gone with its images."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.fakes import fake_training, make_manifest
from tests.gui.pages.layers_world import LayersWorld
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.strategy import StrategyKind

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def world(qtbot: Any, qapp: QApplication, tmp_path: Path) -> Iterator[LayersWorld]:
    made = LayersWorld(qapp, tmp_path)
    qtbot.addWidget(made.host)
    made.open()
    yield made
    made.engine.is_measuring_held = False
    made.context.controller.request_stop()
    qtbot.waitUntil(lambda: not made.context.tasks.jobs and not made.context.controller.is_active)
    made.close()


def advised(world: LayersWorld, qtbot: Any) -> None:
    """Open the panel by its action, which asks for the advice, and wait for it."""
    world.actions["advice"].trigger()
    qtbot.waitUntil(lambda: world.page.advice.advice is not None)
    qtbot.waitUntil(world.page.advice_panel.isVisible)


def test_nothing_is_measured_unasked_and_the_advice_is_told(world: LayersWorld, qtbot: Any) -> None:
    panel = world.page.advice_panel
    assert "Nothing is trained" in panel.text.text()
    assert not panel.use.isVisibleTo(panel)
    assert world.engine.advised == []
    advised(world, qtbot)
    assert world.engine.advised == ["auto"]
    assert panel.strategy.text() == "Fine-tune"
    assert panel.confidence.text() == "high confidence; otherwise Hybrid"
    assert panel.text.text() == "A rule says so."
    assert "A study (2020)" in panel.text.toolTip()
    assert panel.reasons == ("The first <b>reason</b>.", "The second reason.")
    expected = panel._expected[StrategyKind.TRANSFER]
    assert expected.text() == "90.0 % [80.0, 95.0]\nabout 1 min 30 s"
    assert panel.measure.accessibleName() == "Measure again"


def test_the_depth_curve_comes_with_it(world: LayersWorld, qtbot: Any) -> None:
    assert world.page.depths.curve is None
    advised(world, qtbot)
    assert world.page.depths.curve is not None


def test_reasons_appear_while_it_is_measured(world: LayersWorld, qtbot: Any) -> None:
    world.engine.is_measuring_held = True
    panel = world.page.advice_panel
    world.page.advice.measure()
    qtbot.waitUntil(lambda: panel.reasons == ("The first <b>reason</b>.",))
    assert not panel.measure.isEnabled()
    world.engine.is_measuring_held = False
    qtbot.waitUntil(lambda: len(panel.reasons) == 2)
    qtbot.waitUntil(lambda: world.page.advice.advice is not None)
    world.page.advice.measure()
    qtbot.waitUntil(lambda: len(world.engine.advised) == 2 and not world.page.advice.is_measuring)
    assert len(panel.reasons) == 2, "those of the measurement before are gone"


def test_use_this_chooses_the_strategy_and_can_be_undone(world: LayersWorld, qtbot: Any) -> None:
    advised(world, qtbot)
    before = world.context.session.choice
    QTest.mouseClick(world.page.advice_panel.use, Qt.MouseButton.LeftButton)
    assert world.context.session.choice.kind is StrategyKind.FINETUNE
    assert world.num_steps == 1
    world.undo()
    assert world.context.session.choice == before


def test_an_advice_goes_with_its_images(world: LayersWorld, qtbot: Any) -> None:
    advised(world, qtbot)
    world.page.presets.button_of("last-stage").click()
    assert world.page.advice.advice is not None, "ticks change nothing in it"
    world.context.session.set_images(make_manifest(num_each=6), ())
    panel = world.page.advice_panel
    assert world.page.advice.advice is None
    assert panel.reasons == ()
    assert not panel.use.isVisibleTo(panel)


def test_a_cancelled_measurement_leaves_no_advice(world: LayersWorld, qtbot: Any) -> None:
    world.engine.is_measuring_held = True
    world.page.advice.measure()
    qtbot.waitUntil(lambda: len(world.page.advice.reasons) == 1)
    [job] = world.context.tasks.jobs
    assert job.title == "Measuring for an advice"
    job.control.request_stop()
    qtbot.waitUntil(lambda: not world.page.advice.is_measuring)
    assert world.page.advice.advice is None
    assert world.page.advice_panel.measure.isEnabled()


def test_an_advice_keeps_its_reasons_where_another_measurement_is_cancelled(world: LayersWorld, qtbot: Any) -> None:
    advised(world, qtbot)
    reasons = world.page.advice_panel.reasons
    world.engine.is_measuring_held = True
    world.page.advice.measure()
    qtbot.waitUntil(lambda: len(world.page.advice.reasons) == 1)
    world.context.tasks.jobs[0].control.request_stop()
    qtbot.waitUntil(lambda: not world.page.advice.is_measuring)
    assert world.page.advice_panel.reasons == reasons


def test_nothing_is_measured_beside_a_training(world: LayersWorld, qtbot: Any) -> None:
    world.context.machine.make_way(
        lambda: world.context.controller.start(lambda control: fake_training(control, num_epochs=10_000, pause_s=0.001))
    )
    panel = world.page.advice_panel
    assert not panel.measure.isEnabled()
    assert "A training is running" in panel.measure.toolTip()
    assert not world.actions["advice"].isEnabled()
    world.context.controller.request_stop()
    qtbot.waitUntil(panel.measure.isEnabled)


def test_what_cannot_be_measured_says_why(world: LayersWorld, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> Iterator[Any]:
        raise InputError("An advice needs training images of two classes at least.")
        yield

    monkeypatch.setattr(world.engine, "advice", refuse)
    world.page.advice.measure()
    qtbot.waitUntil(lambda: "two classes" in world.page.advice_panel.text.text())
    assert world.page.advice_panel.measure.isEnabled()


def test_read_only_projects_are_advised_but_not_changed(qtbot: Any, qapp: QApplication, tmp_path: Path) -> None:
    world = LayersWorld(qapp, tmp_path)
    qtbot.addWidget(world.host)
    world.open(read_only=True)
    advised(world, qtbot)
    assert not world.page.advice_panel.use.isEnabled()
    qtbot.waitUntil(lambda: not world.context.tasks.jobs)
    world.close()
