"""Session, plan saver, summaries and the live run: the window's state without its widgets."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from tests.gui.fake_training import fake_training, fit_start
from tests.gui.fakes import make_manifest, make_project
from tests.layer_samples import make_layer_tree
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import StorageError
from tlft_desktop.core.freezing.footprint import PlanMeter
from tlft_desktop.core.freezing.presets import Preset, preset_plan
from tlft_desktop.core.project.project import open_project
from tlft_desktop.core.values.events import BatchEnd, FitEnd, PhaseStart
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.live_run import LiveRun
from tlft_desktop.gui.plan_saver import PlanSaver
from tlft_desktop.gui.plan_summary import kind_of_plan, plan_of_kind
from tlft_desktop.gui.plots.metric_plot import shown_epochs
from tlft_desktop.gui.session import Session
from tlft_desktop.gui.workers.mailbox import Mailbox
from tlft_desktop.gui.workers.task import TaskRunner

TRANSFER, CUSTOM = StrategyKind.TRANSFER, StrategyKind.CUSTOM


def test_summary_of_plans(layer_tree: LayerTree) -> None:
    transfer = plan_of_kind(layer_tree, TRANSFER, FreezePlan())
    head_only = PlanMeter(layer_tree).measure(transfer)
    assert head_only.trainable == 27
    assert head_only.late_frozen == ()
    assert head_only.first_trained == "head"
    assert head_only.front_share > 0.99
    useless = PlanMeter(layer_tree).measure(transfer.unfreeze(["stem"]))
    assert useless.front_share == 0
    assert len(useless.late_frozen) == 6
    assert PlanMeter(layer_tree).measure(FreezePlan(frozenset(layer_tree.owners))).first_trained == ""


def test_strategies_follow_ticks_and_ticks_follow_strategies(layer_tree: LayerTree) -> None:
    for kind in (TRANSFER, StrategyKind.FINETUNE, StrategyKind.LAST_STAGE):
        assert kind_of_plan(layer_tree, plan_of_kind(layer_tree, kind, FreezePlan())) is kind
    assert kind_of_plan(layer_tree, FreezePlan(frozenset({"stem"}))) is CUSTOM


def test_factors_on_rates_make_a_plan_custom_where_something_trains_with_them(layer_tree: LayerTree) -> None:
    transfer = plan_of_kind(layer_tree, TRANSFER, FreezePlan())
    assert kind_of_plan(layer_tree, transfer.with_rate("blocks", 0.1)) is TRANSFER
    assert kind_of_plan(layer_tree, transfer.with_rate("head", 0.1)) is CUSTOM
    assert kind_of_plan(layer_tree, transfer.with_rate("head", 1)) is TRANSFER
    assert kind_of_plan(layer_tree, FreezePlan().with_rate("blocks.0", 0.1)) is CUSTOM


@pytest.fixture
def session(tmp_path: Path, layer_tree: LayerTree, qapp):
    session = Session()
    project = make_project(tmp_path / "p.tlft")
    session.set_project(project, make_manifest(), ())
    session.set_layer_tree(layer_tree)
    yield session
    project.close()


def test_every_tick_can_be_undone(session: Session) -> None:
    before = session.choice
    assert before.kind is TRANSFER
    session.choose_plan(before.plan.unfreeze(["stem"]), "tick")
    assert session.choice.kind is CUSTOM
    session.choose_strategy(StrategyKind.HYBRID, "hybrid")
    assert session.choice.kind is StrategyKind.HYBRID
    session.choose_strategy(StrategyKind.HYBRID, "hybrid")
    assert session.undo_stack.count() == 2, "choosing what holds already is no step"
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert session.choice == before
    session.undo_stack.redo()
    assert session.choice.kind is CUSTOM


def test_own_ticks_come_back_with_custom(session: Session) -> None:
    own = session.choice.plan.unfreeze(["stem"])
    session.choose_plan(own, "tick")
    session.choose_strategy(TRANSFER, "transfer")
    assert session.choice.plan != own
    session.choose_strategy(CUSTOM, "custom")
    assert (session.choice.plan, session.choice.kind) == (own, CUSTOM)
    assert session.layer_tree is not None
    session.choose_plan(preset_plan(session.layer_tree, Preset.LAST_STAGE), "last stage")
    session.choose_strategy(CUSTOM, "custom")
    assert session.choice.plan == own == session.own_ticks, "a preset is no plan of one's own"
    session.set_project(session.project, make_manifest(), ())  # type: ignore[arg-type]
    assert session.own_ticks is None


def test_d_ticks_that_a_full_disk_refused_are_saved_later(
    session: Session, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks = TaskRunner()
    saver = PlanSaver(session, tasks)
    told: list[object] = []
    tasks.failed.connect(told.append)
    assert session.project is not None
    wanted = session.choice.plan.unfreeze(["stem"])

    def refuse(*_args: object) -> None:
        raise StorageError("The disk is full.")

    with monkeypatch.context() as full:
        full.setattr(session.project, "save", refuse)
        session.choose_plan(wanted, "tick")
        qtbot.waitUntil(lambda: bool(told), timeout=3000)
    done: list[bool] = []
    saver.flush(lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done), timeout=3000)
    assert session.project.config.plan == wanted


def test_ticks_are_saved_as_they_happen(session: Session, qtbot) -> None:
    tasks = TaskRunner()
    saver = PlanSaver(session, tasks)
    assert session.project is not None
    root = session.project.root
    session.choose_plan(session.choice.plan.unfreeze(["stem"]), "tick")
    with qtbot.waitSignal(tasks.idle, timeout=3000):
        pass
    saver.hold()
    session.choose_plan(session.choice.plan.unfreeze(["blocks.0.bn"]), "tick")
    qtbot.wait(400)
    assert "blocks.0.bn" in session.project.config.plan.frozen, "held"
    saver.release()
    done: list[bool] = []
    saver.flush(lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done), timeout=3000)
    session.project.close()
    with open_project(root) as project:
        assert {"stem", "blocks.0.bn"}.isdisjoint(project.config.plan.frozen)


def test_a_step_back_during_a_slow_save_is_saved_too(session: Session, qtbot, monkeypatch) -> None:
    tasks, going_on = TaskRunner(), threading.Event()
    saver = PlanSaver(session, tasks)
    project, before = session.project, session.choice.plan
    assert project is not None
    save = type(project).save

    def slow_save(self, config) -> None:
        going_on.wait(5)
        save(self, config)

    monkeypatch.setattr(type(project), "save", slow_save)
    session.choose_plan(before.unfreeze(["stem"]), "tick")
    saver.flush(lambda: None)
    session.undo_stack.undo()
    saver._save()
    assert len(tasks.jobs) == 1, "two writers would refuse each other"
    going_on.set()
    qtbot.waitUntil(lambda: not tasks.jobs, timeout=3000)
    assert project.config.plan == before


def test_another_network_is_announced_when_it_is_saved(session: Session, qtbot) -> None:
    saver = PlanSaver(session, TaskRunner())
    with qtbot.waitSignal(saver.network_saved, timeout=3000):
        session.choose_network("fake:other", 64, make_layer_tree(3), "backbone")
    assert session.project is not None
    assert (session.project.config.backbone, session.project.config.image_size) == ("fake:other", 64)
    session.choose_network("fake:other", 64, make_layer_tree(2), "backbone")
    assert session.undo_stack.count() == 1, "the same network is no step"


def test_ticks_of_another_network_are_forgotten(session: Session) -> None:
    session.choose_plan(FreezePlan(frozenset({"stem", "gone"})), "tick")
    session.set_layer_tree(make_layer_tree())
    assert session.choice.plan.frozen == {"stem"}


def test_quick_steps_of_a_head_do_not_count_as_epochs() -> None:
    live, box = LiveRun(), Mailbox()
    phases = ({"name": "head", "epochs": 200, "head": "convex"}, {"name": "fine-tuning", "epochs": 8})
    box.post(replace(fit_start(), phases=phases))
    head = [event for event in fake_training(Control(), num_epochs=90) if not isinstance(event, (BatchEnd, FitEnd))]
    for event in head[1:]:
        box.post(event)
    live.take(box.collect())
    assert live.progress() < 1 / 9
    assert live.num_epochs() == 208
    box.post(PhaseStart(run="", phase="fine-tuning", index=1, trainable_parameters=9, frozen_owners=0, cache=None))
    live.take(box.collect())
    assert live.progress() == pytest.approx(1 / 9)
    assert live.num_epochs() == 98
    assert shown_epochs(live) == (90, 98)


@pytest.mark.parametrize(("num_epochs", "shown"), [(4, (0, 4)), (40, (0, 40))])
def test_a_plot_begins_with_the_first_epoch(num_epochs: int, shown: tuple[int, int]) -> None:
    live, box = LiveRun(), Mailbox()
    for event in fake_training(Control(), num_epochs=num_epochs):
        box.post(event)
    live.take(box.collect())
    assert shown_epochs(live) == shown


def test_live_run_adds_up() -> None:
    live, box = LiveRun(), Mailbox()
    live.take_history([{"event": "validation_end", "epoch": 1, "val_loss": None, "val_accuracy": 0.1,
                        "val_accuracy_low": 0.0, "val_accuracy_high": 0.3}])  # fmt: skip
    for number, event in enumerate(fake_training(Control(), num_epochs=4)):
        box.post(event)
        if number == 8:
            live.take(box.collect())
            assert 0 < live.progress() < 1
            assert live.num_epochs() == 4
    live.take(box.collect())
    assert live.progress() == 1
    assert live.epoch == 4
    assert live.best is not None
    assert live.best[0] == 4
    assert live.batches.x.tolist() == sorted(live.batches.x.tolist())
    assert any("done <b>well</b>" in line for line in live.lines)
    assert live.seconds_left() is None


def test_batch_points_stay_bounded() -> None:
    live, box = LiveRun(), Mailbox()
    box.post(next(fake_training(Control())))
    live.take(box.collect())
    for start in range(0, 60_000, 1000):
        for step in range(start, start + 1000):
            box.post(BatchEnd(step=step, loss=1.0, learning_rates={}, images_per_second=1.0))
        live.take(box.collect())
    assert len(live.batches.x.tolist()) <= 20_000
