"""Races over a quick engine: to the end, stopped, failed, gone on with, interrupted; queue, messages, refusals."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from tests.gui.fake_race import new_race
from tests.gui.fakes import FakeEngine
from tests.gui.run_files import make_run
from tests.gui.train_pages import TrainWorld, end_world, make_world
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.process import ProcessIdentity
from tlft_desktop.core.project.project import Project, open_project_read_only
from tlft_desktop.core.runs.races import RaceStore
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import Event
from tlft_desktop.core.values.race import RaceState
from tlft_desktop.core.values.run import RunState
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.engine import RaceSettings, TrainSettings

TRANSFER, FINETUNE, HYBRID = StrategyKind.TRANSFER, StrategyKind.FINETUNE, StrategyKind.HYBRID
KINDS = (TRANSFER, FINETUNE, HYBRID)
SETTINGS = RaceSettings(budget_seconds=9.0)
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class RefusingEngine(FakeEngine):
    """Races only where it is allowed to."""

    refusal = ""

    def _race(self, project: Project, race: Any, control: Control) -> Iterator[Event]:
        for number, event in enumerate(super()._race(project, race, control)):
            yield event
            if self.refusal and number == 3:
                raise InputError(self.refusal, remedy="Take the change back.")


@pytest.fixture
def world(qapp: QApplication, tmp_path: Path, qtbot: Any) -> Iterator[TrainWorld]:
    parent = QObject()
    world = make_world(qapp, tmp_path, parent, RefusingEngine(num_epochs=2))
    world.open()
    settle(world, qtbot)
    yield world
    end_world(world, qtbot, parent)


def settle(world: TrainWorld, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: world.is_idle, timeout=10_000)


def race(world: TrainWorld, qtbot: Any, settings: RaceSettings = SETTINGS) -> None:
    world.races.start(KINDS, settings)
    qtbot.waitUntil(lambda: world.context.controller.is_active, timeout=10_000)
    settle(world, qtbot)


def race_and_hold(world: TrainWorld, qtbot: Any, kind: StrategyKind = TRANSFER) -> None:
    """Race, up to a run that goes on until it is stopped."""
    world.engine.held = {kind}
    world.races.start(KINDS, SETTINGS)
    number = KINDS.index(kind)
    qtbot.waitUntil(lambda: world.races.shown is not None and world.races.shown.training == number, timeout=10_000)
    qtbot.waitUntil(lambda: world.desk.live.epoch >= 1, timeout=10_000)


def stop_in_second(world: TrainWorld, qtbot: Any) -> None:
    """Race, and stop in the second run."""
    race_and_hold(world, qtbot, FINETUNE)
    world.context.controller.request_stop()
    settle(world, qtbot)
    world.engine.held = set()


def stored(world: TrainWorld) -> Any:
    store = RaceStore(world.root)
    return store.load(store.resolve("last"))


def states(world: TrainWorld) -> list[str]:
    return [place.state for place in world.races.shown.places()]


def kill(world: TrainWorld) -> None:
    """Leave the race as a killed program does."""
    dead = replace(ProcessIdentity.current(), pid=2**22 - 3)
    RaceStore(world.root).save(replace(stored(world), state=RaceState.RUNNING, process=dead))


def test_a_race_to_its_end_is_one_training_with_one_message(world: TrainWorld, qtbot: Any) -> None:
    begun: list[str] = []
    world.desk.live_changed.connect(lambda: begun.append(world.desk.live.run))
    world.engine.pause_s = 0.02
    race(world, qtbot)
    runs = [run.run for run in world.context.session.runs]
    assert len(runs) == 3, "each run is listed"
    assert [run for run in dict.fromkeys(begun) if run] == runs, "the live run began anew with each of them"
    assert world.desk.live.run == runs[-1]
    assert world.desk.live.end is not None
    assert states(world) == ["completed"] * 3
    assert [(kinds, settings.budget_seconds) for kinds, settings in world.engine.races] == [(KINDS, 9.0)]
    assert world.engine.races[0][1].device == "auto", "the device of the preferences"
    (message,) = world.context.messages.messages
    assert message.text.startswith("The race is over. Highest accuracy: Hybrid, 90.0 %")
    assert "told from chance stands under Race on the page Train." in message.text
    assert message.kind == "success"
    assert not any("Training finished" in each.message.text for each in world.context.messages.history)
    assert [(each.race, each.state) for each in world.races.races] == [(stored(world).race, RaceState.COMPLETED)]
    assert world.races.blocked() == {"race_resume": "No race of this project can go on."}


def test_stop_keeps_the_race_and_it_goes_on(world: TrainWorld, qtbot: Any) -> None:
    stop_in_second(world, qtbot)
    assert stored(world).state is RaceState.STOPPED
    assert states(world) == ["completed", "stopped", "waiting"]
    text = world.texts()[0]
    assert text.startswith("The race stopped.")
    assert world.races.blocked() == {}
    before = [run.run for run in world.context.session.runs]
    world.offer("Go on with the race")()
    qtbot.waitUntil(lambda: world.context.controller.is_active, timeout=10_000)
    settle(world, qtbot)
    assert world.engine.resumed == [stored(world).race]
    assert states(world) == ["completed"] * 3
    assert [run.run for run in world.context.session.runs][: len(before)] == before
    assert len(world.races.races) == 1, "it is the same race"


def test_a_run_that_goes_on_shows_its_earlier_curve(world: TrainWorld, qtbot: Any) -> None:
    race_and_hold(world, qtbot)
    world.context.controller.request_stop()
    settle(world, qtbot)
    run = stored(world).entries[0].run
    lines = [{"event": "epoch_end", "seq": 1, "epoch": 1}]
    asked: list[str] = []
    store_events = RunStore.events
    try:
        RunStore.events = lambda self, name: asked.append(name) or lines  # type: ignore[method-assign,assignment]
        world.races.resume(stored(world).race)
        qtbot.waitUntil(lambda: bool(asked) and world.desk.live.epoch > 0, timeout=10_000)
    finally:
        RunStore.events = store_events  # type: ignore[method-assign]
    assert asked == [run]
    assert world.races.shown.entries[0].state == "running"


def test_a_failed_run_is_told_and_the_race_goes_on(world: TrainWorld, qtbot: Any) -> None:
    world.engine.failing = {FINETUNE}
    race(world, qtbot)
    assert states(world) == ["completed", "waiting", "completed"]
    told = [each.message for each in world.context.messages.history]
    (failed,) = [message for message in told if "Fine-tune failed in the race" in message.text]
    assert "The <b>memory</b> was not enough." in failed.text
    assert failed.kind == "warning"
    last = world.context.messages.messages[0]
    assert last.text.startswith("The race is over, but not every run has ended well. Highest accuracy: Hybrid")
    assert [offer.text for offer in last.offers] == ["&Go on with the race"]
    world.engine.failing = set()
    world.offer("Go on with the race")()
    qtbot.waitUntil(lambda: states(world) == ["completed"] * 3 and world.is_idle, timeout=10_000)


def test_a_race_that_breaks_off_says_why_and_can_go_on(world: TrainWorld, qtbot: Any) -> None:
    world.engine.refusal = "The images changed since the race began."
    race(world, qtbot)
    (message,) = world.context.messages.messages
    assert message.text == "The images changed since the race began. Take the change back."
    assert "Traceback" in message.details
    assert [offer.text for offer in message.offers] == ["&Go on with the race"]
    assert not world.races.is_racing


def test_the_queue_waits_for_the_end_of_the_race(world: TrainWorld, qtbot: Any) -> None:
    world.races.start(KINDS, SETTINGS)
    # At once: a quick race may be over before the window has looked again, and no queue waits for one that is.
    assert world.context.controller.is_active
    assert world.desk.queue.add(TRANSFER, TrainSettings(seed=4), world.context.session.choice.plan)
    qtbot.waitUntil(lambda: bool(world.engine.trained), timeout=10_000)
    assert stored(world).state is RaceState.COMPLETED
    settle(world, qtbot)
    texts = [each.message.text for each in world.context.messages.history]
    assert any(text.startswith("The race is over") for text in texts)
    assert any(text.startswith("Training finished") for text in texts)


def test_a_stopped_race_holds_the_queue(world: TrainWorld, qtbot: Any) -> None:
    race_and_hold(world, qtbot)
    world.desk.queue.add(TRANSFER, TrainSettings(), world.context.session.choice.plan)
    world.context.controller.request_stop()
    settle(world, qtbot)
    assert world.engine.trained == []
    assert any("They wait until you start the queue" in text for text in world.texts())


def test_pause_holds_a_race(world: TrainWorld, qtbot: Any) -> None:
    race_and_hold(world, qtbot)
    world.context.controller.pause()
    qtbot.wait(150)
    epoch = world.desk.live.epoch
    qtbot.wait(150)
    assert world.desk.live.epoch == epoch
    world.context.controller.go_on()
    qtbot.waitUntil(lambda: world.desk.live.epoch > epoch, timeout=10_000)


@pytest.mark.parametrize("is_race", [True, False])
def test_a_second_training_beside_a_race_is_refused(world: TrainWorld, qtbot: Any, is_race: bool) -> None:
    race_and_hold(world, qtbot)
    if is_race:
        world.races.start(KINDS, SETTINGS)
    else:
        world.desk.start(TRANSFER, TrainSettings())
    assert world.texts()[0] == "A training is running already. Wait for it or stop it first."
    assert world.races.why_not_start() == "A training is running. Stop it first."
    assert len(world.engine.races) == 1
    assert world.engine.trained == []


def test_a_project_for_reading_only_shows_races_and_starts_none(world: TrainWorld, qtbot: Any) -> None:
    stop_in_second(world, qtbot)
    world.close()
    project = open_project_read_only(world.root)
    world.context.session.set_project(project, project.edited_manifest, ())
    settle(world, qtbot)
    world.races.look()
    settle(world, qtbot)
    assert "stopped" in states(world)
    assert world.races.blocked() == {"race_resume": "The project is open for reading only."}
    world.races.start(KINDS, SETTINGS)
    world.races.resume(stored(world).race)
    assert "open for reading only, so nothing can be trained" in world.texts()[0]
    assert len(world.engine.races) == 1
    assert world.engine.resumed == []


def test_an_interrupted_race_is_offered_when_its_project_opens(world: TrainWorld, qtbot: Any) -> None:
    stop_in_second(world, qtbot)
    kill(world)
    world.close()
    world.open()
    settle(world, qtbot)
    world.context.session.set_runs(RunStore(world.root).summaries())
    interrupted = [run for run in world.context.session.runs[-1:] if run.resumable]
    world.races.offer(interrupted, was_cut=False)
    message = world.context.messages.messages[0]
    assert message.text.startswith("The race of Transfer, Fine-tune, Hybrid was interrupted: ")
    assert message.text.endswith("1 of 3 runs are complete. Go on with it?")
    world.offer("Go on with the race")()
    qtbot.waitUntil(lambda: world.races.shown is not None and states(world) == ["completed"] * 3, timeout=10_000)
    settle(world, qtbot)


def test_a_race_that_was_killed_behind_its_last_run_comes_to_its_end(world: TrainWorld, qtbot: Any) -> None:
    race(world, qtbot)
    kill(world)
    world.close()
    world.open()
    settle(world, qtbot)
    world.context.session.set_runs(RunStore(world.root).summaries())
    world.races.offer([], was_cut=False)
    assert world.texts()[0].endswith("3 of 3 runs are complete. Go on with it?")
    world.offer("Go on with the race")()
    qtbot.waitUntil(lambda: bool(world.engine.resumed), timeout=10_000)
    settle(world, qtbot)
    assert stored(world).state is RaceState.COMPLETED
    assert world.texts()[0].startswith("The race is over.")


def test_one_stopped_by_closing_the_window_is_offered_and_by_its_button_not(world: TrainWorld, qtbot: Any) -> None:
    stop_in_second(world, qtbot)
    world.close()
    world.open()
    settle(world, qtbot)
    world.races.offer([], was_cut=False)
    assert not any("was interrupted" in text for text in world.texts())
    world.races.offer([], was_cut=True)
    assert any("was interrupted" in text for text in world.texts())


def test_what_was_trained_after_a_race_is_what_the_user_did_last(world: TrainWorld, qtbot: Any) -> None:
    stop_in_second(world, qtbot)
    kill(world)
    time.sleep(0.002)
    make_run(world.context.session.project, 0.5, state=RunState.INTERRUPTED)
    runs = RunStore(world.root).summaries()
    world.close()
    world.open()
    world.context.session.set_runs(runs)
    world.races.offer(runs[-1:], was_cut=False)
    settle(world, qtbot)
    (message,) = [each for each in world.context.messages.messages if "interrupted" in each.text]
    assert message.text.startswith(runs[-1].name)


def test_earlier_races_can_be_looked_at(world: TrainWorld, qtbot: Any) -> None:
    race(world, qtbot)
    first = world.races.shown.race
    time.sleep(0.002)
    race(world, qtbot, replace(SETTINGS, num_seeds=2))
    assert world.races.shown.race != first
    assert [place.num_results for place in world.races.shown.places()] == [2, 2, 2]
    world.races.choose(first)
    assert world.races.shown.entries == [], "its files are read first"
    settle(world, qtbot)
    assert [place.num_results for place in world.races.shown.places()] == [1, 1, 1]
    assert [each.race for each in world.races.races][-1] == first


def test_a_damaged_race_is_a_sentence(world: TrainWorld, qtbot: Any) -> None:
    race(world, qtbot)
    path = RaceStore(world.root).path(stored(world).race)
    path.write_text(path.read_text(encoding="utf-8").replace("9.0", "8.0"), encoding="utf-8")
    world.close()
    world.open()
    settle(world, qtbot)
    world.races.look()
    settle(world, qtbot)
    assert str(path) in world.races.problem
    assert world.races.blocked() == {"race_resume": "No race of this project can go on."}
    world.races.resume(world.races.races[0].race)
    settle(world, qtbot)
    assert str(path) in world.texts()[0]
    assert world.desk.can_start, "nothing waits for it"


def test_a_race_that_cannot_start_leaves_the_list_as_it_was(world: TrainWorld, qtbot: Any) -> None:
    def refusing(*_arguments: Any) -> Iterator[Event]:
        raise InputError("There are <b>no</b> images.", remedy="Add some.")
        yield  # type: ignore[unreachable]

    world.engine.race = refusing  # type: ignore[method-assign]
    world.races.start(KINDS, SETTINGS)
    qtbot.waitUntil(lambda: bool(world.texts()) and world.is_idle, timeout=10_000)
    (message,) = world.context.messages.messages
    assert message.text == "There are <b>no</b> images. Add some."
    assert message.offers == ()
    assert (world.races.shown, world.races.races) == (None, ())
    assert not world.races.is_racing


def test_closing_the_project_forgets_its_races(world: TrainWorld, qtbot: Any) -> None:
    race(world, qtbot)
    world.close()
    assert (world.races.races, world.races.shown) == ((), None)
    assert world.races.why_not_start() == "No project is open."
    project = world.open()
    settle(world, qtbot)
    assert project is None
    assert len(world.races.races) == 1
    assert world.races.shown is None, "read when somebody looks"
    assert new_race(world.context.session.project, KINDS).race > world.races.races[0].race
