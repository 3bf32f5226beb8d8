"""The settings of the window are options of the core: every combination that the form lets through is taken."""

from __future__ import annotations

from dataclasses import fields
from itertools import product
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from tests.layer_samples import make_layer_tree
from tests.run_samples import new_project, resume_all, run_all
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import UsageError
from tlft_desktop.core.freezing.strategies import build_strategy
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import BatchEnd, CacheProgress, FitEnd, FitStart
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.experiment import TrainOptions, run_experiment, strategy_options
from tlft_desktop.gui.engine import Training, TrainSettings
from tlft_desktop.gui.lazy import CoreEngine
from tlft_desktop.gui.lazy_training import options_of
from tlft_desktop.gui.live_run import LiveRun
from tlft_desktop.gui.training_options import meaningful, reasons_against, trains_head_only
from tlft_desktop.gui.workers.mailbox import Mailbox
from tlft_desktop.paths import AppPaths

EVERYTHING = TrainSettings(
    epochs=7, seed=5, learning_rate=0.003, batch_size=16, target=0.9, budget_seconds=90.0, device="cpu",
    optimizer="sgd", head="sgd", views=2, threads=1, use_cache=False, balance_classes=True,
    mixup=0.2, checkpoint_activations=True,
)  # fmt: skip


def test_every_field_of_the_settings_is_an_option_of_the_core() -> None:
    options = options_of(EVERYTHING)
    for item in fields(TrainSettings):
        assert getattr(options, item.name) == getattr(EVERYTHING, item.name), item.name


def test_the_core_takes_whatever_the_form_lets_through() -> None:
    tree = make_layer_tree()
    head_only = FreezePlan(frozenset(tree.owners) - frozenset(tree.head_owners))
    for kind, plan, head in product(StrategyKind, (head_only, FreezePlan()), (None, "convex", "sgd")):
        wanted = TrainSettings(learning_rate=0.1, optimizer="sgd", views=2, target=0.5, head=head, mixup=0.2)
        reasons = reasons_against(kind, head_only=trains_head_only(kind, tree, plan), head=head)
        chosen = strategy_options(options_of(meaningful(wanted, reasons)))
        try:
            build_strategy(kind, tree, num_train=50, is_convolutional=True, plan=plan, options=chosen)
        except UsageError as error:
            raise AssertionError(f"{kind}, head {head}: {error}") from error


class StopInEpoch(Control):
    """Asks for a stop at the next step as soon as it is armed."""

    def __init__(self) -> None:
        super().__init__()
        self.is_armed = False

    def wait_while_paused(self) -> None:
        """Stop once armed."""
        if self.is_armed:
            self.request_stop()


@pytest.mark.slow
def test_a_queued_run_trains_the_ticks_of_its_time(profile: Path) -> None:
    engine = CoreEngine(AppPaths.below(profile))
    engine.load()
    with new_project(profile) as project:
        tree = engine.layer_tree(project)
        plan = FreezePlan(frozenset(tree.owners) - {"conv_head", *tree.head_owners})
        assert plan != project.config.plan
        settings = TrainSettings(epochs=1, batch_size=8, learning_rate=0.01, threads=1, device="cpu")
        trainings = [
            Training(StrategyKind.CUSTOM, settings, plan),
            Training(StrategyKind.TRANSFER, TrainSettings(threads=1, device="cpu")),
            Training(StrategyKind.CUSTOM, settings, FreezePlan(frozenset({"no such layer"}))),
        ]
        events = list(engine.train_first(project, trainings, Control()))
        run = events[-1].run
        assert isinstance(events[-1], FitEnd)
        assert events[-1].state == "completed"
        (phase,) = RunStore(project.root).config(run).strategy.phases
    assert phase.plan.frozen == plan.frozen
    assert (phase.epochs, phase.learning_rate) == (1, 0.01)


@pytest.mark.slow
def test_the_live_view_of_a_resumed_run_is_that_of_one_that_never_stopped(profile: Path) -> None:
    options = TrainOptions(epochs=3, batch_size=8, threads=1, target=1.0)
    with new_project(profile) as project:
        control, engine_events = StopInEpoch(), []
        live, box = LiveRun(), Mailbox()
        for event in run_experiment(
            project, StrategyKind.HYBRID, options=options, paths=AppPaths.below(profile), control=control
        ):
            engine_events.append(event)
            box.post(event)
            live.take(box.collect())
            if event.name == "checkpoint" and live.phase is not None and live.phase.index == 1:
                control.is_armed = True
        assert isinstance(engine_events[-1], FitEnd)
        assert engine_events[-1].state == "stopped"
        stopped_at = live.progress()
        run = engine_events[-1].run
        resumed, box = LiveRun(), Mailbox()
        resumed.take_history(RunStore(project.root).events(run))
        progress = []
        for event in resume_all(project, profile, run):
            box.post(event)
            resumed.take(box.collect())
            if not isinstance(event, (FitStart, CacheProgress)):
                progress.append(resumed.progress())
        whole = LiveRun()
        for event in run_all(project, profile, StrategyKind.HYBRID, options=options):
            if not isinstance(event, BatchEnd):
                box.post(event)
        whole.take(box.collect())
    assert progress == sorted(progress)
    assert progress[0] == pytest.approx(stopped_at, abs=0.15)
    assert resumed.phase_marks == whole.phase_marks
    assert resumed.val.keys() == whole.val.keys()
    assert resumed.train == whole.train
    assert [mark.kind for mark in resumed.marks if mark.label] == [mark.kind for mark in whole.marks if mark.label]
