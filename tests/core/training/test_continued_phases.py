"""Phases without a gate between them: one goes on where the other ended, stopped or not."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from tests.training_samples import (
    HEAD_ONLY,
    StopAt,
    copied,
    differing,
    head_phase,
    run,
    strategy,
    tiny_setup,
    tuning_phase,
    weights_of,
)
from tlft_desktop.core.control import Control
from tlft_desktop.core.training.optim import optimizer_tensors
from tlft_desktop.core.training.trainer import Trainer
from tlft_desktop.core.values.events import EpochEnd, Event, FitEnd, Gate, Notice, PhaseStart, ValidationEnd
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.strategy import OptimizerKind, Phase

FIRST_STAGE = FreezePlan(frozenset({"conv1", "bn1"}), norm=NormPolicy.FULL)
TIMES = {"seq", "seconds", "epoch_seconds", "images_per_second", "peak_memory_bytes", "phase_peak_memory_bytes"}


def thawing(*, optimizer: OptimizerKind = OptimizerKind.ADAMW, views: int = 0) -> tuple[Phase, Phase, Phase]:
    """Return phases in which the head, then the second stage, then all layers train."""
    common = {"optimizer": optimizer, "views": views}
    first = replace(tuning_phase(epochs=2, plan=HEAD_ONLY, **common), name="thaw head")
    second = replace(tuning_phase(epochs=2, plan=FIRST_STAGE, **common), name="thaw stage2", continues=True)
    third = replace(tuning_phase(epochs=1, **common), name="thaw stage1", continues=True)
    return first, second, third


def results(events: list[Event]) -> list[dict[str, object]]:
    """Return the deterministic columns."""
    kept = [event.to_json() for event in events if isinstance(event, (EpochEnd, ValidationEnd, Gate))]
    return [{key: value for key, value in line.items() if key not in TIMES} for line in kept]


def test_no_gate_stands_before_a_phase_that_continues() -> None:
    _, events = run(tiny_setup(strategy(*thawing(), target=0.01)))
    assert not [event for event in events if isinstance(event, Gate)]
    assert [event.phase for event in events if isinstance(event, PhaseStart)] == [
        "thaw head",
        "thaw stage2",
        "thaw stage1",
    ]
    assert [event.epoch for event in events if isinstance(event, EpochEnd)] == [1, 2, 3, 4, 5]
    assert isinstance(events[-1], FitEnd)
    assert (events[-1].state, events[-1].frozen_proof) == ("completed", "verified")


def test_it_starts_from_the_last_weights_and_not_from_the_best() -> None:
    # Rates that ruin what the head knows: the best state lies behind the first phase.
    ruin = tuning_phase(epochs=1, learning_rate=30.0, head_learning_rate=30.0, optimizer=OptimizerKind.SGD)
    ruin = replace(ruin, name="ruin", continues=True)
    following = replace(
        tuning_phase(epochs=1, learning_rate=1e-9, head_learning_rate=1e-9), name="next", continues=True
    )
    last, begun = {}, {}
    trainer = Trainer(tiny_setup(strategy(head_phase(), ruin, following)), Control())
    for event in trainer.fit():
        if isinstance(event, ValidationEnd) and event.phase == "ruin":
            last = weights_of(trainer._setup.model)
        if isinstance(event, PhaseStart) and event.phase == "next":
            begun = weights_of(trainer._setup.model)
    assert last
    assert not differing(last, begun)
    assert differing(last, trainer.best_state())


@pytest.mark.parametrize("optimizer", list(OptimizerKind))
def test_what_trained_already_keeps_its_moments_and_what_thaws_has_none(optimizer: OptimizerKind) -> None:
    trainer = Trainer(tiny_setup(strategy(*thawing(optimizer=optimizer))), Control())
    before: set[str] = set()
    kept: set[str] = set()
    for event in trainer.fit():
        if isinstance(event, ValidationEnd) and event.phase == "thaw head":
            assert trainer._context.optimizer is not None
            before = set(optimizer_tensors(trainer._context.optimizer))
        if isinstance(event, PhaseStart) and event.phase == "thaw stage2":
            kept = {name.removeprefix("optim/") for name in trainer.state().tensors if name.startswith("optim/")}
    assert before
    assert kept == before
    assert all(name.startswith("head.") for name in kept)


def test_another_optimizer_starts_anew() -> None:
    first, second, _ = thawing()
    trainer = Trainer(tiny_setup(strategy(first, replace(second, optimizer=OptimizerKind.SGD))), Control())
    kept = [
        name
        for event in trainer.fit()
        if isinstance(event, PhaseStart) and event.index == 1
        for name in trainer.state().tensors
        if name.startswith("optim/")
    ]
    assert not kept


@pytest.mark.parametrize("optimizer", list(OptimizerKind))
@pytest.mark.parametrize("step", [1, 5, 6, 7, 9, 11, 12, 14])
def test_stopped_in_any_phase_equals_uninterrupted(step: int, optimizer: OptimizerKind) -> None:
    chosen = strategy(*thawing(optimizer=optimizer))
    whole, whole_events = run(tiny_setup(chosen))
    stopped, events = run(tiny_setup(chosen), StopAt(step))
    assert isinstance(events[-1], FitEnd)
    assert events[-1].state == "stopped"
    resumed, more = run(tiny_setup(chosen), state=copied(stopped.state()))
    assert not differing(whole.best_state(), resumed.best_state())
    assert not differing(weights_of(whole._setup.model), weights_of(resumed._setup.model))
    assert results(whole_events) == results(events + more)


@pytest.mark.parametrize("number", range(9))
def test_killed_behind_any_event_equals_uninterrupted(number: int) -> None:
    chosen = strategy(*thawing())
    whole, whole_events = run(tiny_setup(chosen))
    killed = Trainer(tiny_setup(chosen), Control())
    events: list[Event] = []
    state = None
    with closing(killed.fit()) as told:
        for event in told:
            events.append(event)
            if isinstance(event, (PhaseStart, ValidationEnd)) and killed.is_between_steps:
                state, number = copied(killed.state()), number - 1
                if number < 0:
                    break
    resumed, more = run(tiny_setup(chosen), state=state)
    assert not differing(whole.best_state(), resumed.best_state())
    assert results(whole_events) == results(events + more)


def test_a_stop_while_the_front_is_computed_keeps_the_moments() -> None:
    # Three views of four epochs: the second phase trains on kept outputs of the first stage.
    first, second, third = thawing(views=1)
    chosen = strategy(first, second, third)
    whole, whole_events = run(tiny_setup(chosen))
    control = Control()
    stopped = Trainer(tiny_setup(chosen), control)
    events = []
    for event in stopped.fit():
        events.append(event)
        if event.name == "cache_progress" and stopped.progress.phase == 1:
            control.request_stop()
    assert stopped.progress.phase == 1
    assert stopped.progress.phase_step == 0
    resumed, more = run(tiny_setup(chosen), state=copied(stopped.state()))
    assert not differing(whole.best_state(), resumed.best_state())
    assert results(whole_events) == results(events + more)


def test_two_stops_in_a_row_keep_the_moments() -> None:
    first, second, third = thawing(views=1)
    chosen = strategy(first, second, third)
    whole, whole_events = run(tiny_setup(chosen))
    stopped, events = run(tiny_setup(chosen), StopAt(8))
    assert stopped.progress.phase == 1
    control = Control()
    control.request_stop()
    again, middle = run(tiny_setup(chosen), control, copied(stopped.state()))
    resumed, more = run(tiny_setup(chosen), state=copied(again.state()))
    assert not differing(whole.best_state(), resumed.best_state())
    assert results(whole_events) == results(events + middle + more)


def test_a_stretch_behind_a_gate_is_judged_as_a_whole() -> None:
    ruin = tuning_phase(epochs=1, learning_rate=30.0, head_learning_rate=30.0, optimizer=OptimizerKind.SGD)
    chosen = strategy(head_phase(), ruin, replace(ruin, name="more", continues=True), target=1.0)
    trainer, events = run(tiny_setup(chosen))
    gates = [(event.rule, event.decision) for event in events if isinstance(event, Gate)]
    assert gates == [("target", "switch"), ("best", "roll_back")]
    alone, _ = run(tiny_setup(strategy(head_phase())))
    assert not differing(alone.best_state(), trainer.best_state())


def test_the_clock_ends_a_stretch_and_says_so() -> None:
    setup = replace(tiny_setup(strategy(*thawing())), budget_seconds=1e-6)
    _, events = run(setup)
    gates = [event for event in events if isinstance(event, Gate)]
    assert [(gate.rule, gate.decision) for gate in gates] == [("budget", "stop")]
    assert "thaw stage2" in gates[0].reason
    assert any(isinstance(event, Notice) and event.kind == "budget" for event in events)
    assert isinstance(events[-1], FitEnd)
    assert events[-1].state == "completed"
