"""A time budget: how many steps fit, what the clock cuts off, and what the user is told."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from types import SimpleNamespace

import torch
from torch import nn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training_samples import (
    HEAD_ONLY,
    StopAt,
    copied,
    differing,
    head_phase,
    strategy,
    tiny_setup,
    tuning_phase,
    weights_of,
)
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import UsageError
from tlft_desktop.core.training import budget, epochs
from tlft_desktop.core.training import head_phase as head_solving
from tlft_desktop.core.training import setup as sharing
from tlft_desktop.core.training.budget import Costs, require_budget, steps_within
from tlft_desktop.core.training.state import TrainerState
from tlft_desktop.core.training.trainer import Trainer
from tlft_desktop.core.values.events import Checkpoint, EpochEnd, Event, FitEnd, Gate, Notice, PhaseStart
from tlft_desktop.core.values.strategy import HeadSolver, Strategy

STEP, VALIDATION, SAVE = 3.0, 1.0, 0.5
NUM_TRAIN, BATCHES = 24, 3


class Clock:
    """A clock that moves with each step, each forward pass of a validation and each checkpoint only."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.step_seconds = STEP

    def __deepcopy__(self, memo: object) -> Clock:
        # A network that is copied for measuring goes by the same clock.
        return self

    def read(self) -> float:
        return self.seconds

    def advance(self, module: nn.Module, arguments: object, output: object) -> None:
        self.seconds += self.step_seconds if module.training else VALIDATION


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock by which the trainer goes."""
    made = Clock()
    for module in (budget, epochs, head_solving, sharing):
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=made.read))
    return made


def trainer_of(
    chosen: Strategy,
    seconds: float | None,
    clock: Clock,
    control: Control | None = None,
    state: TrainerState | None = None,
) -> Trainer:
    setup = replace(tiny_setup(chosen, num_train=NUM_TRAIN), budget_seconds=seconds)
    setup.model.register_forward_hook(clock.advance)
    return Trainer(setup, control or Control(), state)


def told(trainer: Trainer, clock: Clock) -> Iterator[Event]:
    """Drain a trainer as a recorder does: a checkpoint takes the state and some time."""
    with closing(trainer.fit()) as events:
        for event in events:
            if isinstance(event, Checkpoint):
                trainer.state()
                clock.seconds += SAVE
            yield event


def end_of(events: list[Event]) -> FitEnd:
    assert isinstance(events[-1], FitEnd)
    return events[-1]


def of_kind(events: list[Event], kind: type[Event]) -> list[Event]:
    return [event for event in events if isinstance(event, kind)]


def about_budget(events: list[Event]) -> list[str]:
    return [event.message for event in events if isinstance(event, Notice) and event.kind == "budget"]


@pytest.mark.parametrize(
    ("seconds", "steps"),
    [
        # 3 steps of 3 s, validation 1 s, checkpoint 0.5 s: 10.5 s an epoch.
        (10.5, 3),
        (10.4, 2),
        (21.0, 6),
        (25.4, 6),
        (25.5, 7),
        (105.0, 30),
        (1e9, 30),
        (4.4, 0),
        (0.0, 0),
        (-50.0, 0),
    ],
)
def test_steps_that_fit_with_validation_and_checkpoint(seconds: float, steps: int) -> None:
    assert steps_within(seconds, Costs(STEP, VALIDATION, SAVE), batches=BATCHES, epochs=10) == steps


@given(
    st.floats(0.1, 1e5), st.floats(1e-3, 10), st.floats(0, 10), st.floats(0, 10), st.integers(1, 40), st.integers(1, 40)
)
def test_what_fits_takes_no_longer_than_the_budget(
    seconds: float, step: float, validation: float, save: float, batches: int, num_epochs: int
) -> None:
    costs = Costs(step, validation, save)
    steps = steps_within(seconds, costs, batches=batches, epochs=num_epochs)
    assert 0 <= steps <= batches * num_epochs

    def taken(number: int) -> float:
        return number * step + math.ceil(number / batches) * (validation + save)

    assert taken(steps) <= seconds * (1 + 1e-9)
    if steps < batches * num_epochs:
        assert taken(steps + 1) > seconds * (1 - 1e-9)


def test_costs_of_nothing_fit_always() -> None:
    assert steps_within(1.0, Costs(0.0, 0.0, 0.0), batches=3, epochs=4) == 12


@pytest.mark.parametrize("seconds", [0, -1.0, math.nan, math.inf])
def test_impossible_budgets(seconds: float) -> None:
    with pytest.raises(UsageError, match="above zero"):
        require_budget(seconds)


def test_possible_budgets() -> None:
    assert (require_budget(None), require_budget(0.5)) == (None, 0.5)


@pytest.mark.parametrize("seconds", [30.0, 60.0, 100.0, 133.3, 250.0])
def test_a_run_uses_its_budget_and_no_more_than_a_validation_and_a_checkpoint_beyond(
    clock: Clock, seconds: float
) -> None:
    events = list(told(trainer_of(strategy(tuning_phase(epochs=50)), seconds, clock), clock))
    end = end_of(events)
    assert end.state == "completed"
    assert end.total_seconds <= seconds + VALIDATION + SAVE
    # What is left is less than one more step with its validation, a checkpoint of full size, and the margin.
    assert end.total_seconds >= 0.95 * seconds - STEP - VALIDATION - 4 * SAVE - 0.2 * seconds
    assert end.budget is not None
    assert end.budget["seconds"] == seconds
    assert about_budget(events)[-1] == end.budget["message"]


def test_the_notices_say_how_far_the_run_comes_and_came(clock: Clock) -> None:
    events = list(told(trainer_of(strategy(tuning_phase(epochs=50)), 100.0, clock), clock))
    (start,) = of_kind(events, PhaseStart)
    assert isinstance(start, PhaseStart)
    last = of_kind(events, EpochEnd)[-1]
    assert isinstance(last, EpochEnd)
    assert last.step == start.num_steps < 150
    planned, ended = about_budget(events)
    assert planned == (
        f"The time budget of 100 s is enough for {start.num_steps} of 150 steps of phase 'tuning': "
        f"{start.num_steps / 3:.1f} of 50 epochs."
    )
    begun = last.step % BATCHES
    partly = f" The last epoch had {begun} of its 3 batches." if begun else ""
    assert ended == f"The time budget of 100 s ended the run after epoch {last.epoch} of 50.{partly}"


def test_a_budget_that_is_enough_says_nothing(clock: Clock) -> None:
    chosen = strategy(tuning_phase(epochs=2))
    limited, free = (trainer_of(chosen, seconds, clock) for seconds in (1e6, None))
    events = list(told(limited, clock))
    assert about_budget(events) == []
    assert end_of(events).budget is None
    list(told(free, clock))
    assert not differing(limited.best_state(), free.best_state())


def test_the_clock_ends_a_run_that_became_slower_than_it_was_measured(clock: Clock) -> None:
    events: list[Event] = []
    for event in told(trainer_of(strategy(tuning_phase(epochs=50)), 200.0, clock), clock):
        if isinstance(event, PhaseStart):
            clock.step_seconds = 5 * STEP
        events.append(event)
    end = end_of(events)
    (start,) = of_kind(events, PhaseStart)
    assert isinstance(start, PhaseStart)
    last = of_kind(events, EpochEnd)[-1]
    assert isinstance(last, EpochEnd)
    assert last.step < start.num_steps
    # A step that has begun is not thrown away.
    assert 200 <= end.total_seconds <= 200 + 5 * STEP + VALIDATION + SAVE
    assert end.budget is not None
    assert f"ended the run after epoch {last.epoch} of 50" in end.budget["message"]


def test_a_budget_for_less_than_a_step_still_gives_a_result(clock: Clock) -> None:
    events = list(told(trainer_of(strategy(tuning_phase(epochs=5)), 0.01, clock), clock))
    end = end_of(events)
    assert end.best is not None
    (start,) = of_kind(events, PhaseStart)
    assert isinstance(start, PhaseStart)
    assert start.num_steps == 1


@pytest.mark.parametrize("step", [0, 2, 5])
def test_the_plan_is_made_once_and_kept_on_resume(clock: Clock, step: int) -> None:
    chosen = strategy(tuning_phase(epochs=50))
    whole = trainer_of(chosen, 200.0, clock)
    list(told(whole, clock))
    # Five steps measure the costs.
    stopped = trainer_of(chosen, 200.0, clock, StopAt(5 + step))
    assert end_of(list(told(stopped, clock))).state == "stopped"
    clock.step_seconds = STEP / 2
    resumed = trainer_of(chosen, 200.0, clock, state=copied(stopped.state()))
    events = list(told(resumed, clock))
    (start,) = of_kind(events, PhaseStart)
    assert isinstance(start, PhaseStart)
    assert start.num_steps == resumed.progress.step == whole.progress.step
    assert not differing(whole.best_state(), resumed.best_state())


def test_a_kill_right_behind_the_plan_keeps_it(clock: Clock) -> None:
    chosen = strategy(tuning_phase(epochs=50))
    killed = trainer_of(chosen, 100.0, clock)
    state, planned = None, 0
    for event in told(killed, clock):
        if isinstance(event, Checkpoint):
            state = copied(killed.state())
        if isinstance(event, PhaseStart):
            planned = event.num_steps
            break
    clock.step_seconds = 10 * STEP
    start = next(e for e in told(trainer_of(chosen, 100.0, clock, state=state), clock) if isinstance(e, PhaseStart))
    assert start.num_steps == planned > 1


def test_a_stop_while_the_costs_are_measured_leaves_no_plan(clock: Clock) -> None:
    chosen = strategy(tuning_phase(epochs=2))
    stopped = trainer_of(chosen, 1000.0, clock, StopAt(2))
    assert end_of(list(told(stopped, clock))).state == "stopped"
    assert stopped.progress.num_steps is None
    events = list(told(trainer_of(chosen, 1000.0, clock, state=copied(stopped.state())), clock))
    assert end_of(events).state == "completed"


def test_the_time_of_the_head_counts(clock: Clock) -> None:
    hybrid = strategy(head_phase(), tuning_phase(epochs=50), target=1.0)
    alone = list(told(trainer_of(strategy(tuning_phase(epochs=50)), 100.0, clock), clock))
    clock.seconds = 0.0
    events: list[Event] = []
    for event in told(trainer_of(hybrid, 100.0, clock), clock):
        if isinstance(event, PhaseStart) and event.index == 0:
            clock.seconds += 40.0
        events.append(event)
    starts = [event for event in of_kind(events, PhaseStart) if isinstance(event, PhaseStart)]
    only = of_kind(alone, PhaseStart)[0]
    assert isinstance(only, PhaseStart)
    assert 0 < starts[1].num_steps < only.num_steps
    assert end_of(events).total_seconds <= 100 + VALIDATION + SAVE
    assert about_budget(events)[-1].startswith("The time budget of 100 s ended phase 'tuning' after epoch ")


def test_a_head_that_takes_the_whole_budget_is_finished_and_nothing_follows(clock: Clock) -> None:
    hybrid = strategy(head_phase(), tuning_phase(epochs=50), target=1.0)
    events = list(told(trainer_of(hybrid, 1.0, clock), clock))
    assert [event.phase for event in events if isinstance(event, PhaseStart)] == ["head"]
    assert "'head' is solved exactly and cannot be cut short" in about_budget(events)[0]
    (gate,) = of_kind(events, Gate)
    assert isinstance(gate, Gate)
    assert (gate.rule, gate.decision) == ("budget", "stop")
    end = end_of(events)
    assert end.budget == {
        "seconds": 1.0,
        "message": "The time budget of 1 s is used up, so phase 'tuning' is not started.",
    }
    assert end.best is not None


def test_phases_by_batches_share_the_time_by_their_epochs(clock: Clock) -> None:
    by_batches = replace(tuning_phase(epochs=10, plan=HEAD_ONLY, head=HeadSolver.SGD, views=0), name="first")
    chosen = strategy(by_batches, tuning_phase(epochs=30), target=1.0)
    events = list(told(trainer_of(chosen, 150.0, clock), clock))
    first, second = (event.num_steps for event in events if isinstance(event, PhaseStart))
    assert 1 <= first < second
    assert end_of(events).total_seconds <= 150 + VALIDATION + SAVE


def test_the_network_is_left_as_it_is_by_the_measuring(clock: Clock) -> None:
    chosen = strategy(tuning_phase(epochs=2))
    trainer = trainer_of(chosen, 1e6, clock)
    before, threads = weights_of(trainer._setup.model), torch.get_num_threads()
    for event in told(trainer, clock):
        if isinstance(event, PhaseStart):
            break
    assert not differing(before, weights_of(trainer._setup.model))
    assert all(parameter.grad is None for parameter in trainer._setup.model.parameters())
    assert torch.get_num_threads() == threads


def test_real_seconds_give_more_steps_for_more_time() -> None:
    def planned(seconds: float) -> int:
        setup = replace(tiny_setup(strategy(tuning_phase(epochs=10_000))), budget_seconds=seconds)
        trainer = Trainer(setup, Control())
        with closing(trainer.fit()) as events:
            for event in events:
                if isinstance(event, Checkpoint):
                    trainer.state()
                if isinstance(event, PhaseStart):
                    return event.num_steps
        return 0

    assert 1 <= planned(0.05) < planned(50.0)


def test_fewer_images_than_a_batch_can_be_measured(clock: Clock) -> None:
    setup = replace(tiny_setup(strategy(tuning_phase(epochs=40)), num_train=3), budget_seconds=60.0)
    setup.model.register_forward_hook(clock.advance)
    trainer = Trainer(setup, Control())
    assert end_of(list(told(trainer, clock))).total_seconds <= 60 + VALIDATION + SAVE
