"""The page Train over a quick engine: plots in sight, worst moments, what is remembered, going on with runs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.fake_training import fake_training, fit_start
from tests.gui.fakes import FakeEngine
from tests.gui.train_pages import TrainWorld, end_world, make_world
from tlft_desktop.core.control import Control
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.events import CacheProgress, Event, FitEnd
from tlft_desktop.core.values.run import RunState, RunSummary
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.dialogs.resume_dialog import ResumeDialog
from tlft_desktop.gui.engine import TrainSettings
from tlft_desktop.gui.workers.run_controller import TrainingState

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
TRANSFER = StrategyKind.TRANSFER


class CachingEngine(FakeEngine):
    """Computes features until it is stopped, or trains."""

    caches = False

    def train(self, project: Project, kind: StrategyKind, settings: TrainSettings, control: Control) -> Iterator[Event]:
        if not self.caches:
            yield from super().train(project, kind, settings, control)
            return
        for done in range(100_000):
            yield CacheProgress(done=done, total=100_000)
            time.sleep(0.001)
            control.raise_if_stopped()


@pytest.fixture
def world(qapp: QApplication, tmp_path: Path, qtbot) -> Iterator[TrainWorld]:
    parent = QObject()
    world = make_world(qapp, tmp_path, parent, CachingEngine(num_epochs=10_000, pause_s=0.001))
    world.open()
    world.page.make_plots()
    world.page.resize(1000, 560)
    world.page.show()
    qtbot.waitUntil(lambda: world.is_idle, timeout=10_000)
    yield world
    end_world(world, qtbot, parent)


def train(world: TrainWorld, qtbot) -> None:
    world.desk.start(TRANSFER, world.page.settings())
    qtbot.waitUntil(lambda: world.desk.live.epoch >= 1, timeout=10_000)


def timers_of(world: TrainWorld) -> list[bool]:
    pacer, texts = world.page.deck.pacer, world.page._texts
    return [timer.isActive() for each in (pacer, texts) for timer in (each._timer, each._settle)]


def test_only_plots_in_sight_are_drawn(world: TrainWorld, qtbot) -> None:
    deck = world.page.deck
    assert deck.shown == ("loss", "accuracy")
    train(world, qtbot)
    views = {key: plot.widget.view for key, plot in deck._plots.items() if key != "timeline"}
    qtbot.waitUntil(lambda: len(deck._plots["loss"].widget.curves()[1].x) > 0, timeout=10_000)
    assert not len(deck._plots["speed"].widget.curves()[1].x)
    assert views["speed"].num_paints == 0
    QTest.mouseClick(deck.buttons["speed"], Qt.MouseButton.LeftButton)
    assert deck.shown == ("loss", "accuracy", "speed")
    qtbot.waitUntil(lambda: views["speed"].num_paints > 0, timeout=10_000)
    world.page.hide()
    qtbot.wait(50)
    drawn = {key: view.num_paints for key, view in views.items()}
    before = len(deck._plots["loss"].widget.curves()[1].x)
    qtbot.waitUntil(lambda: world.desk.live.epoch >= before + 10, timeout=10_000)
    assert {key: view.num_paints for key, view in views.items()} == drawn
    assert len(deck._plots["loss"].widget.curves()[1].x) == before
    world.page.show()
    assert len(deck._plots["loss"].widget.curves()[1].x) >= before + 10, "caught up at once"


def test_the_chosen_plots_are_remembered_and_one_always_stays(world: TrainWorld) -> None:
    deck = world.page.deck
    for key in ("accuracy", "loss", "loss"):
        QTest.mouseClick(deck.buttons[key], Qt.MouseButton.LeftButton)
    assert deck.shown == ("loss",)
    assert world.context.state.value("train/plots") == "loss"
    deck.resize(1400, 700)
    assert deck.shown == ("loss",), "more room does not overrule the user"


def test_more_room_shows_more_plots(world: TrainWorld, qtbot) -> None:
    world.page.resize(1700, 1000)
    qtbot.waitUntil(lambda: len(world.page.deck.shown) == 4)
    assert world.page.deck.shown == ("loss", "accuracy", "timeline", "rates")


def test_stop_is_acknowledged_at_once_and_no_timer_is_left(world: TrainWorld, qtbot) -> None:
    train(world, qtbot)
    world.context.controller.request_stop()
    assert world.page.status.headline.text().startswith("Saving what is there")
    qtbot.waitUntil(lambda: world.is_idle, timeout=10_000)
    assert world.page.status.headline.text() == "Stopped, the run is kept"
    assert timers_of(world) == [False] * 4
    assert world.page.log.model.rowCount() == 2


def test_a_training_may_end_while_it_is_paused(world: TrainWorld, qtbot) -> None:
    train(world, qtbot)
    world.context.controller.pause()
    assert world.page.status.headline.text().startswith("Paused at epoch")
    world.context.controller.request_stop()
    qtbot.waitUntil(lambda: world.is_idle, timeout=10_000)
    assert world.context.controller.state is TrainingState.IDLE
    world.offer("Resume")()
    qtbot.waitUntil(lambda: world.context.controller.is_active, timeout=10_000)
    # The thread is there before the engine is asked for events in it.
    qtbot.waitUntil(lambda: bool(world.engine.resumed), timeout=10_000)
    assert world.engine.resumed == [world.desk.live.run or "01J0000000000000000000FAKE"]


def test_a_stop_while_getting_ready_is_no_failure(world: TrainWorld, qtbot) -> None:
    world.engine.caches = True
    world.desk.start(TRANSFER, TrainSettings())
    qtbot.waitUntil(lambda: world.desk.live.cache is not None, timeout=10_000)
    world.page.repaint_live()
    assert "image" in world.page.status.headline.text()
    world.context.controller.request_stop()
    qtbot.waitUntil(lambda: world.is_idle, timeout=10_000)
    (message,) = world.context.messages.messages
    assert message.kind == "info"
    assert "Stopped while getting ready" in message.text
    assert message.offers == ()


def test_a_failed_training_shows_remedy_and_details(world: TrainWorld, qtbot) -> None:
    failure = {"kind": "memory", "title": "Out of memory", "message": "The memory was not enough.",
               "remedy": "Choose a smaller batch.", "resumable": False, "exit_code": 5}  # fmt: skip

    def failing(_control: Control) -> Iterator[Event]:
        for event in fake_training(Control(), num_epochs=2):
            yield replace(event, state="failed", failure=failure) if isinstance(event, FitEnd) else event

    world.desk.launch(world.context.session.project, failing)
    qtbot.waitUntil(lambda: bool(world.texts()) and world.is_idle, timeout=10_000)
    (message,) = world.context.messages.messages
    assert message.text == "The memory was not enough. Choose a smaller batch."
    assert "exit_code: 5" in message.details
    assert "run: 01J" in message.details
    assert message.offers == (), "it would come again at once"


def test_closing_the_project_clears_the_page(world: TrainWorld, qtbot) -> None:
    train(world, qtbot)
    world.context.controller.request_stop()
    qtbot.waitUntil(lambda: world.is_idle, timeout=10_000)
    world.close()
    assert world.page.log.model.rowCount() == 0
    assert not len(world.page.deck._plots["loss"].widget.curves()[1].x)
    assert world.page.status.headline.text() == "No training is running"


def test_settings_are_remembered_for_each_project(world: TrainWorld) -> None:
    world.page.form.epochs.setValue(9)
    world.page.form.seed.setValue(3)
    world.close()
    assert world.page.form.epochs.value() == 0
    world.open()
    assert world.page.settings() == TrainSettings(epochs=9, seed=3)


def test_add_to_the_queue_takes_what_is_shown(world: TrainWorld) -> None:
    world.context.session.choose_strategy(StrategyKind.FINETUNE, "")
    world.page.form.rate.setValue(0.002)
    world.page.handlers()["queue_add"]()
    (run,) = world.desk.queue.runs
    assert (run.kind, run.settings.learning_rate) == (StrategyKind.FINETUNE, 0.002)
    panel = world.page.queue
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    assert not panel.up.isEnabled()
    QTest.keyClick(panel.view, Qt.Key.Key_Delete)
    assert world.desk.queue.runs == ()
    assert panel.view.isHidden()


def test_the_queue_is_changed_by_keys(world: TrainWorld) -> None:
    for seed in range(3):
        world.page.form.seed.setValue(seed)
        world.page.handlers()["queue_add"]()
    panel = world.page.queue
    panel.view.setCurrentIndex(panel.model.index(2, 0))
    QTest.keyClick(panel.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(panel.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [run.settings.seed for run in world.desk.queue.runs] == [2, 0, 1]
    assert panel.view.currentIndex().row() == 0
    QTest.keyClick(panel.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [run.settings.seed for run in world.desk.queue.runs] == [0, 2, 1]


def test_several_interrupted_runs_can_be_chosen_from(world: TrainWorld, qtbot) -> None:
    runs = [
        RunSummary(run=f"R{number}", name=f"Run {number}", strategy="transfer", state=RunState.INTERRUPTED,
                   epoch=number, num_epochs=9, resumable=True, started="2026-01-02T03:04:05+00:00")
        for number in (1, 2)
    ]  # fmt: skip
    world.context.session.set_runs(runs)
    world.desk.offer_resume(runs[-1:])
    (message,) = world.context.messages.messages
    assert "Run 2 was interrupted at epoch 2 of 9" in message.text
    world.offer("Choose")()
    dialog = world.page.window().findChild(ResumeDialog)
    assert dialog.list.count() == 2
    assert dialog.list.item(0).text().startswith("Run 2: epoch 2 of 9")
    dialog.list.setCurrentRow(1)
    dialog.accept()
    qtbot.waitUntil(lambda: world.engine.resumed == ["R1"], timeout=10_000)


def test_losses_that_are_no_numbers_do_not_hurt_the_plots(world: TrainWorld, qtbot) -> None:
    def diverging(_control: Control) -> Iterator[Event]:
        yield fit_start(5)
        for event in list(fake_training(Control(), num_epochs=5))[1:]:
            if event.name == "epoch_end" and event.epoch > 2:
                event = replace(event, train_loss=float("nan"))
            if event.name == "validation_end" and event.epoch > 2:
                event = replace(event, val_loss=float("inf"))
            yield event

    world.desk.launch(world.context.session.project, diverging)
    qtbot.waitUntil(lambda: bool(world.texts()) and world.is_idle, timeout=10_000)
    plot = world.page.deck._plots["loss"].widget
    QTest.keyClick(plot.view, Qt.Key.Key_End)
    assert "training: not a finite number" in plot.readout
    assert "not a finite number" in plot.view.accessibleDescription()
