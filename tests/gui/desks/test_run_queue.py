"""Runs one after the other, whatever becomes of each; the queue outlives the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from tests.gui.fake_training import fake_training
from tests.gui.fakes import FakeEngine
from tests.gui.train_pages import TrainWorld, end_world, make_world
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.project.project import Project, open_project_read_only
from tlft_desktop.core.values.events import Event, FitEnd
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.engine import TrainSettings
from tlft_desktop.gui.training_memory import MAX_QUEUED, TrainingMemory

TRANSFER, FINETUNE, CUSTOM = StrategyKind.TRANSFER, StrategyKind.FINETUNE, StrategyKind.CUSTOM
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class MoodyEngine(FakeEngine):
    """Fails in one of several ways for given seeds; seed 9 trains until it is stopped."""

    def train(self, project: Project, kind: StrategyKind, settings: TrainSettings, control: Control) -> Iterator[Event]:
        self.trained.append(kind)
        self.settings.append(settings)
        if settings.seed == 1:
            raise InputError("The images are gone.", remedy="Bring them back.")
        if settings.seed == 2:
            failure = {"kind": "memory", "title": "Out of memory", "message": "Too large.", "remedy": "Take less.",
                       "resumable": False}  # fmt: skip
            for event in fake_training(control):
                yield event if not isinstance(event, FitEnd) else replace(event, state="failed", failure=failure)
            return
        yield from fake_training(control, num_epochs=10_000 if settings.seed == 9 else 2, pause_s=0.001)


@pytest.fixture
def world(qapp: QApplication, tmp_path: Path, qtbot) -> Iterator[TrainWorld]:
    parent = QObject()
    world = make_world(qapp, tmp_path, parent, MoodyEngine())
    world.open()
    yield world
    end_world(world, qtbot, parent)


def add(world: TrainWorld, *seeds: int, kind: StrategyKind = TRANSFER) -> None:
    for seed in seeds:
        assert world.desk.queue.add(kind, TrainSettings(seed=seed), world.context.session.choice.plan)


def seeds_of(world: TrainWorld) -> list[int]:
    return [run.settings.seed for run in world.desk.queue.runs]


def trained(world: TrainWorld) -> list[int]:
    return [settings.seed for settings in world.engine.settings]


def test_the_queue_waits_for_the_word_and_then_runs_to_its_end(world: TrainWorld, qtbot) -> None:
    add(world, 0, 3)
    qtbot.wait(30)
    assert trained(world) == []
    world.desk.queue.go_on()
    qtbot.waitUntil(lambda: len(trained(world)) == 2 and world.is_idle, timeout=10_000)
    assert trained(world) == [0, 3]
    assert seeds_of(world) == []
    assert world.engine.settings[0].device == "auto", "the device of the preferences"


@pytest.mark.parametrize("seed", [1, 2])
def test_a_failed_run_is_told_and_does_not_stop_the_queue(world: TrainWorld, qtbot, seed: int) -> None:
    add(world, seed, 0)
    world.desk.queue.go_on()
    qtbot.waitUntil(lambda: len(trained(world)) == 2 and world.is_idle, timeout=10_000)
    texts = " ".join(world.texts())
    assert ("The images are gone. Bring them back." if seed == 1 else "Too large. Take less.") in texts
    assert "Training finished" in texts
    failed = next(message for message in world.context.messages.messages if message.kind == "error")
    assert "memory" in failed.details or "Traceback" in failed.details


def test_added_while_a_run_trains_it_starts_by_itself(world: TrainWorld, qtbot) -> None:
    world.desk.start(TRANSFER, TrainSettings(seed=3))
    qtbot.waitUntil(lambda: world.context.controller.is_active)
    add(world, 4)
    assert world.desk.queue.goes_on
    assert "after it" in world.desk.blocked()["queue_start"]
    qtbot.waitUntil(lambda: trained(world) == [3, 4] and world.is_idle, timeout=10_000)
    keys = [each.message.key for each in world.context.messages.history if "Training finished" in each.message.text]
    assert len(set(keys)) == 2, "the end of one does not replace that of the other"


def test_stop_and_keep_holds_the_queue_and_offers_to_go_on(world: TrainWorld, qtbot) -> None:
    add(world, 9, 0)
    world.desk.queue.go_on()
    qtbot.waitUntil(lambda: world.desk.live.epoch >= 1, timeout=10_000)
    world.context.controller.request_stop()
    qtbot.waitUntil(lambda: world.is_idle, timeout=10_000)
    assert trained(world) == [9]
    assert seeds_of(world) == [0]
    world.offer("queue")()
    qtbot.waitUntil(lambda: trained(world) == [9, 0] and world.is_idle, timeout=10_000)


def test_what_follows_is_prepared_once_together_with_the_first(world: TrainWorld, qtbot) -> None:
    add(world, 0, 9, 3)
    world.desk.queue.go_on()
    qtbot.waitUntil(lambda: trained(world) == [0, 9] and world.desk.live.epoch >= 1, timeout=10_000)
    add(world, 4)
    world.context.controller.request_stop()
    qtbot.waitUntil(lambda: world.is_idle, timeout=10_000)
    world.desk.queue.go_on()
    qtbot.waitUntil(lambda: trained(world) == [0, 9, 3, 4] and world.is_idle, timeout=10_000)
    assert world.engine.together == [[0, 9, 3], [9], [3, 4], [4]], "one that was added later is prepared later"


def test_custom_runs_keep_the_ticks_of_their_time(world: TrainWorld, qtbot) -> None:
    session = world.context.session
    session.choose_plan(session.choice.plan.unfreeze(["blocks.1.bn"]), "tick")
    wanted = session.choice.plan
    assert session.choice.kind is CUSTOM
    add(world, 0, kind=CUSTOM)
    session.choose_plan(wanted.unfreeze(["stem"]), "tick")
    world.desk.queue.go_on()
    qtbot.waitUntil(lambda: bool(trained(world)) and world.is_idle, timeout=10_000)
    assert world.engine.plans == [wanted]


def test_order_and_removal(world: TrainWorld) -> None:
    add(world, 1, 2, 3)
    queue = world.desk.queue
    assert queue.move(queue.runs[2].number, -5) == 0
    assert seeds_of(world) == [3, 1, 2]
    assert queue.move(queue.runs[0].number, 1) == 1
    assert seeds_of(world) == [1, 3, 2]
    queue.remove([queue.runs[1].number, -7])
    assert seeds_of(world) == [1, 2]
    assert queue.move(-7, 1) == -1
    add(world, *range(MAX_QUEUED - 2))
    assert not queue.add(TRANSFER, TrainSettings(), world.context.session.choice.plan), "full"


def test_the_queue_is_there_again_and_belongs_to_its_project(world: TrainWorld, qtbot) -> None:
    session = world.context.session
    session.choose_plan(session.choice.plan.unfreeze(["stem"]), "tick")
    plan = session.choice.plan
    add(world, 5)
    add(world, 6, kind=CUSTOM)
    world.context.saver.flush(lambda: None)
    qtbot.waitUntil(lambda: world.is_idle, timeout=10_000)
    world.close()
    assert seeds_of(world) == []
    world.open()
    assert seeds_of(world) == [5, 6]
    assert world.desk.queue.runs[1].plan == plan
    assert not world.desk.queue.goes_on
    assert "queued last time and have not started: 2" in world.texts()[0]


def test_closing_says_what_becomes_of_the_queue_and_starts_nothing(world: TrainWorld, qtbot) -> None:
    add(world, 9, 0)
    world.desk.queue.go_on()
    qtbot.waitUntil(lambda: world.desk.live.epoch >= 1, timeout=10_000)
    world.context.state.collecting.emit()
    assert any("kept and offered at the next start" in text for text in world.texts())
    world.context.controller.request_stop()
    qtbot.waitUntil(lambda: world.is_idle, timeout=10_000)
    world.desk.queue.go_on()
    assert trained(world) == [9]
    assert seeds_of(world) == [0]


def test_a_project_for_reading_only_has_no_queue(world: TrainWorld) -> None:
    add(world, 0)
    world.close()
    project = open_project_read_only(world.root)
    world.context.session.set_project(project, project.edited_manifest, ())
    assert seeds_of(world) == []
    assert not world.desk.queue.add(TRANSFER, TrainSettings(), world.context.session.choice.plan)
    assert "writing" in world.page.blocked()["queue_add"]
    world.close()
    world.open()
    assert seeds_of(world) == [0], "what waited before is not lost"


def test_what_cannot_be_read_is_left_out(world: TrainWorld) -> None:
    memory = TrainingMemory(world.context.state)
    for text in (
        "",
        "{",
        "[]",
        '{"queue": 3}',
        '{"queue": [1, {}, {"kind": "gone"}, {"kind": "custom"}]}',
        '{"queue": [{"kind": "transfer", "plan": 1}]}',
        '{"settings": {"epochs": "many", "seed": -1, "learning_rate": true, "unknown": 1}}',
    ):
        world.context.state.set_value("training/id", text)
        assert memory.queue("id") == (), text
        assert memory.settings("id") == TrainSettings(), text
