"""When costs are measured, when they are not, and what holds of them meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.contexts import make_context
from tests.gui.fake_training import fake_training
from tests.gui.fakes import FakeEngine, make_manifest, make_project
from tests.layer_samples import make_layer_tree
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.project.project import open_project
from tlft_desktop.core.values.manifest import Manifest
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks import cost_desk
from tlft_desktop.gui.desks.cost_desk import CostState
from tlft_desktop.gui.engine import Costs, TrainSettings

TRANSFER, FINETUNE, CUSTOM = StrategyKind.TRANSFER, StrategyKind.FINETUNE, StrategyKind.CUSTOM
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class UnsureEngine(FakeEngine):
    """Cannot measure while it has a problem."""

    problem = ""

    def costs(self, backbone: str, manifest: Manifest, image_size: int, device: str, control: Control) -> Costs:
        if self.problem:
            raise InputError(self.problem)
        return super().costs(backbone, manifest, image_size, device, control)


class World:
    """A desk over an open project, with a widget that somebody may look at."""

    def __init__(self, app: QApplication, folder: Path, parent: QObject) -> None:
        self.engine = UnsureEngine(pause_s=0.001)
        self.context: AppContext = make_context(app, folder / "home", parent, engine=self.engine)
        self.desk = self.context.costs
        make_project(folder / "pets.tlft").close()
        self.project = open_project(folder / "pets.tlft")
        self.viewer = QWidget()
        self.context.messages.setParent(self.viewer)
        self.desk.add_viewer(self.viewer)
        self.context.session.set_project(self.project, make_manifest(), ())
        self.context.session.set_layer_tree(make_layer_tree())

    def show(self) -> None:
        """Let somebody look."""
        self.viewer.show()
        self.desk.look()

    def train(self) -> None:
        """Start a training that lasts until it is stopped."""
        self.context.machine.make_way(
            lambda: self.context.controller.start(
                lambda control: fake_training(control, num_epochs=10_000, pause_s=0.001)
            )
        )


@pytest.fixture
def world(qapp: QApplication, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(cost_desk, "DELAY_MS", 1)
    parent = QObject()
    made = World(qapp, tmp_path, parent)
    yield made
    made.engine.is_measuring_held = False
    made.context.controller.request_stop()
    made.context.tasks.request_stop()
    qtbot.waitUntil(lambda: not made.context.controller.is_active and not made.context.tasks.jobs)
    made.context.session.clear_project()
    made.project.close()
    # Not by `qtbot.addWidget`, which deletes it before the desk follows the closed project.
    made.viewer.deleteLater()
    parent.deleteLater()


def wait_for(qtbot: Any, world: World, state: CostState) -> None:
    qtbot.waitUntil(lambda: world.desk.state is state)


def test_nothing_is_measured_before_somebody_looks(world: World, qtbot: Any) -> None:
    qtbot.wait(30)
    assert world.engine.measured == []
    assert world.desk.of(TRANSFER, FreezePlan()) is None
    world.show()
    wait_for(qtbot, world, CostState.KNOWN)
    cost = world.desk.of(TRANSFER, FreezePlan())
    assert cost is not None
    assert cost.total == 10
    world.desk.look()
    qtbot.wait(30)
    assert world.engine.measured == [("fake:tiny", 32, "auto")]


def test_the_settings_of_the_page_train_count_where_they_have_a_meaning(world: World, qtbot: Any) -> None:
    world.show()
    wait_for(qtbot, world, CostState.KNOWN)
    with qtbot.waitSignal(world.desk.changed):
        world.desk.set_settings(TrainSettings(epochs=3, learning_rate=0.1))
    cost = world.desk.of(FINETUNE, FreezePlan())
    assert cost is not None
    assert cost.total == 30
    assert world.desk.of(CUSTOM, FreezePlan(frozenset({"stem"}))) is not None
    assert world.desk.of(CUSTOM, FreezePlan(frozenset(make_layer_tree().owners))) is None, "it cannot start"
    assert len(world.engine.measured) == 1


def test_another_device_or_network_is_measured_anew(world: World, qtbot: Any) -> None:
    world.show()
    wait_for(qtbot, world, CostState.KNOWN)
    preferences = world.context.preferences
    preferences.set_settings(replace(preferences.settings, device="cpu"))
    qtbot.waitUntil(lambda: world.engine.measured[-1] == ("fake:tiny", 32, "cpu"))
    tree = replace(make_layer_tree(), backbone="fake:large")
    world.context.session.choose_network("fake:large", 64, tree, "another network")
    qtbot.waitUntil(lambda: world.engine.measured[-1] == ("fake:large", 64, "cpu"))
    wait_for(qtbot, world, CostState.KNOWN)


def test_what_was_measured_for_another_network_does_not_count(world: World, qtbot: Any) -> None:
    world.engine.is_measuring_held = True
    world.show()
    wait_for(qtbot, world, CostState.MEASURING)
    tree = replace(make_layer_tree(), backbone="fake:large")
    world.context.session.choose_network("fake:large", 64, tree, "another network")
    assert world.desk.of(TRANSFER, FreezePlan()) is None
    world.engine.is_measuring_held = False
    qtbot.waitUntil(lambda: len(world.engine.measured) == 2)
    wait_for(qtbot, world, CostState.KNOWN)
    assert world.engine.measured[-1] == ("fake:large", 64, "auto")


def test_a_training_comes_first(world: World, qtbot: Any) -> None:
    world.engine.is_measuring_held = True
    world.show()
    wait_for(qtbot, world, CostState.MEASURING)
    world.train()
    assert not world.context.controller.is_active, "the measurement ends before the training begins"
    qtbot.waitUntil(lambda: world.context.controller.is_active)
    assert world.desk.state is CostState.WAITING
    assert not world.context.tasks.jobs
    world.engine.is_measuring_held = False
    world.desk.look()
    qtbot.wait(30)
    assert len(world.engine.measured) == 1
    world.context.controller.request_stop()
    wait_for(qtbot, world, CostState.KNOWN)


def test_a_training_that_never_began_gives_way_again(world: World, qtbot: Any) -> None:
    begun: list[bool] = []
    world.context.machine.make_way(lambda: begun.append(True))
    world.show()
    qtbot.wait(30)
    assert begun == [True]
    assert world.engine.measured == []
    world.context.machine.release()
    wait_for(qtbot, world, CostState.KNOWN)


def test_who_cancels_is_not_asked_again(world: World, qtbot: Any) -> None:
    world.engine.is_measuring_held = True
    world.show()
    wait_for(qtbot, world, CostState.MEASURING)
    (job,) = world.context.tasks.jobs
    assert job.can_cancel
    assert job.title
    job.control.request_stop()
    wait_for(qtbot, world, CostState.CANCELLED)
    world.desk.look()
    qtbot.wait(30)
    assert len(world.engine.measured) == 1
    world.engine.is_measuring_held = False
    world.desk.measure_again()
    wait_for(qtbot, world, CostState.KNOWN)


def test_a_network_that_cannot_be_measured_says_why(world: World, qtbot: Any) -> None:
    world.engine.problem = "It decides by values."
    world.show()
    wait_for(qtbot, world, CostState.FAILED)
    assert world.desk.problem == "It decides by values."
    assert world.desk.of(TRANSFER, FreezePlan()) is None
    assert not world.context.messages.messages, "an estimate that cannot be made disturbs nobody"
    world.engine.problem = ""
    world.desk.measure_again()
    wait_for(qtbot, world, CostState.KNOWN)
    assert world.desk.problem == ""


def test_a_disturbed_measurement_says_so_and_can_be_made_again(world: World, qtbot: Any) -> None:
    world.engine.is_disturbed = True
    world.show()
    wait_for(qtbot, world, CostState.KNOWN)
    assert world.desk.was_disturbed
    assert world.desk.of(TRANSFER, FreezePlan()) is not None
    world.engine.is_disturbed = False
    world.desk.measure_again()
    assert world.desk.of(TRANSFER, FreezePlan()) is None
    wait_for(qtbot, world, CostState.KNOWN)
    assert not world.desk.was_disturbed


def test_a_closed_project_has_no_costs(world: World, qtbot: Any) -> None:
    world.show()
    wait_for(qtbot, world, CostState.KNOWN)
    world.context.session.clear_project()
    assert world.desk.state is CostState.UNKNOWN
    assert world.desk.of(TRANSFER, FreezePlan()) is None
    qtbot.wait(30)
    assert len(world.engine.measured) == 1
