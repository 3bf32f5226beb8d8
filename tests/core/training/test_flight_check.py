"""Two modes are compared on copies of a run: cheaply, with a clock of the test's own, and without a trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import torch
from torch import nn

import numpy as np
import pytest

from tests.training_samples import (
    HEAD_ONLY,
    StopAt,
    head_phase,
    strategy,
    tiny_net,
    tiny_numerics,
    tiny_setup,
    tiny_tree,
    tuning_phase,
)
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import StoppedError
from tlft_desktop.core.training import flight_check
from tlft_desktop.core.training.flight_check import (
    MAX_DEVIATION,
    MAX_SHARE,
    MIN_GAIN,
    NUM_STEPS,
    Comparison,
    checked_phase,
    compare_modes,
    is_long_enough,
    other_mode,
)
from tlft_desktop.core.training.setup import TrainingSetup
from tlft_desktop.core.values.numerics import MODES, DataType, MemoryFormat, NumericMode, Numerics
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.strategy import HeadSolver, Phase

RULE = tiny_numerics()
OTHER = replace(RULE, memory_format=MemoryFormat.CONTIGUOUS)
LONG = tuning_phase(epochs=400)
FRONT = FreezePlan(frozenset({"conv1", "bn1"}), norm=NormPolicy.FULL)


class Stopwatch:
    """A clock that only the networks of the test move on: by so many seconds for each step in each mode."""

    def __init__(self, *, rule: float = 1.0, other: float = 1.0) -> None:
        self.now = 0.0
        self.costs = {RULE: rule, OTHER: other}
        self.steps = {RULE: 0, OTHER: 0}

    def __call__(self) -> float:
        return self.now

    def watch(self, setup: TrainingSetup) -> TrainingSetup:
        def step(*_: object) -> None:
            if not torch.is_grad_enabled():
                # The network is looked at, not trained.
                return
            self.now += self.costs[setup.numerics]
            self.steps[setup.numerics] += 1

        setup.model.get_submodule("head").register_forward_pre_hook(step)
        return setup


def maker(clock: Stopwatch, phase: Phase = LONG, **changes: object) -> Callable[[Numerics], TrainingSetup]:
    def make(numerics: Numerics) -> TrainingSetup:
        setup = tiny_setup(strategy(phase), numerics=numerics)
        return clock.watch(replace(setup, **changes))  # type: ignore[arg-type]

    return make


def compare(clock: Stopwatch, phase: Phase = LONG, control: Control | None = None) -> Comparison | None:
    return compare_modes(maker(clock, phase), RULE, OTHER, control=control or Control(), clock=clock)


@pytest.mark.parametrize(
    ("seconds", "chosen"),
    [(0.5, OTHER), (1 / MIN_GAIN - 1e-6, OTHER), (1 / MIN_GAIN + 1e-6, RULE), (1.0, RULE), (1.3, RULE)],
)
def test_another_mode_is_taken_only_where_it_is_faster_beyond_doubt(seconds: float, chosen: Numerics) -> None:
    found = compare(Stopwatch(rule=1.0, other=seconds))
    assert found is not None
    assert (found.rule_seconds, found.other_seconds) == pytest.approx((1.0, seconds))
    assert found.deviation <= 1e-3, "float32 in another layout learns the same"
    assert found.chosen == chosen


def test_a_mode_whose_loss_deviates_is_not_taken_however_fast_it_is() -> None:
    clock = Stopwatch(other=0.1)

    def make(numerics: Numerics) -> TrainingSetup:
        setup = maker(clock)(numerics)
        if numerics == OTHER:
            with torch.no_grad():
                # As a kernel would that computes wrongly.
                setup.model.get_parameter("head.weight").mul_(10)
        return setup

    found = compare_modes(make, RULE, OTHER, control=Control(), clock=clock)
    assert found is not None
    assert found.gain == pytest.approx(10)
    assert found.deviation > MAX_DEVIATION
    assert found.chosen == RULE


def test_a_check_takes_a_few_steps_in_each_mode() -> None:
    clock = Stopwatch()
    assert compare(clock) is not None
    assert sum(clock.steps.values()) == NUM_STEPS
    assert clock.steps[RULE] == clock.steps[OTHER]


@pytest.mark.parametrize("steps", [0, 1, NUM_STEPS, int(NUM_STEPS / MAX_SHARE) - 1])
def test_a_short_run_is_not_checked(steps: int) -> None:
    assert not is_long_enough(steps)
    assert is_long_enough(int(NUM_STEPS / MAX_SHARE) + 1)


@pytest.mark.parametrize("changes", [{}, {"budget_seconds": 100.0}])
def test_a_check_that_would_take_more_than_its_share_ends_before_the_other_mode(changes: dict[str, object]) -> None:
    clock = Stopwatch()
    phase = tuning_phase(epochs=20) if not changes else LONG
    make = maker(clock, phase, **changes)
    assert compare_modes(make, RULE, OTHER, control=Control(), clock=clock) is None
    assert clock.steps == {RULE: NUM_STEPS // 4, OTHER: 0}


@pytest.mark.parametrize("other", [2.0, 10.0, 100.0])
def test_a_slow_mode_takes_at_most_one_step_more_than_the_share(other: float) -> None:
    clock = Stopwatch(other=other)
    phase = tuning_phase(epochs=140)
    steps = 140 * 3
    assert is_long_enough(steps)
    compare(clock, phase)
    assert clock.now <= MAX_SHARE * steps + other


def test_a_pause_does_not_count() -> None:
    clock = Stopwatch()

    class Pausing(Control):
        def raise_if_stopped(self) -> None:
            clock.now += 1000.0
            super().raise_if_stopped()

    found = compare(clock, control=Pausing())
    assert found is not None
    assert (found.rule_seconds, found.other_seconds) == pytest.approx((1.0, 1.0))


@pytest.mark.parametrize("step", range(0, 2 * NUM_STEPS, 3))
def test_a_stop_is_answered_between_two_steps(step: int) -> None:
    clock = Stopwatch()
    with pytest.raises(StoppedError):
        compare(clock, control=StopAt(step))
    assert sum(clock.steps.values()) <= step


@pytest.mark.parametrize("broken", [RULE, OTHER])
@pytest.mark.parametrize("error", [RuntimeError("no kernel for this type"), MemoryError(), None])
def test_a_mode_that_cannot_be_computed_is_not_taken(broken: Numerics, error: Exception | None) -> None:
    clock = Stopwatch(other=0.1)

    def fail(*_: object) -> None:
        assert error is not None
        raise error

    def make(numerics: Numerics) -> TrainingSetup:
        setup = maker(clock)(numerics)
        if numerics == broken and error is not None:
            setup.model.get_submodule("conv2").register_forward_pre_hook(fail)
        elif numerics == broken:
            nn.init.constant_(setup.model.get_parameter("conv2.weight"), float("nan"))
        return setup

    assert compare_modes(make, RULE, OTHER, control=Control(), clock=clock) is None


@pytest.mark.parametrize("plan", [FreezePlan(norm=NormPolicy.FULL), FRONT])
def test_nothing_random_is_used_up(plan: FreezePlan) -> None:
    states = torch.get_rng_state(), np.random.get_state()[1].copy()
    settings = torch.get_num_threads(), torch.are_deterministic_algorithms_enabled()
    assert compare(Stopwatch(), tuning_phase(epochs=400, plan=plan, views=2)) is not None
    assert torch.equal(torch.get_rng_state(), states[0])
    assert np.array_equal(np.random.get_state()[1], states[1])
    assert (torch.get_num_threads(), torch.are_deterministic_algorithms_enabled()) == settings


def test_behind_a_kept_front_only_the_rear_is_timed() -> None:
    clock = Stopwatch(other=0.5)
    whole = []

    def make(numerics: Numerics) -> TrainingSetup:
        setup = maker(clock, tuning_phase(epochs=400, plan=FRONT, views=2))(numerics)
        setup.model.register_forward_pre_hook(lambda *_: whole.append(1))
        return setup

    found = compare_modes(make, RULE, OTHER, control=Control(), clock=clock)
    assert not whole
    assert sum(clock.steps.values()) == NUM_STEPS
    assert found is not None
    assert found.chosen == OTHER


def test_a_front_too_large_to_keep_is_computed_in_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flight_check, "MAX_BYTES", 1)
    clock = Stopwatch()
    whole = []

    def make(numerics: Numerics) -> TrainingSetup:
        setup = maker(clock, tuning_phase(epochs=400, plan=FRONT, views=2))(numerics)
        setup.model.register_forward_pre_hook(lambda *_: whole.append(1))
        return setup

    assert compare_modes(make, RULE, OTHER, control=Control(), clock=clock) is not None
    assert len(whole) == NUM_STEPS


@pytest.mark.parametrize(
    ("modes", "rule", "expected"),
    [
        ((NumericMode.REFERENCE,), NumericMode.REFERENCE, None),
        ((NumericMode.REFERENCE, NumericMode.FP32_CHANNELS_LAST), NumericMode.FP32_CHANNELS_LAST, "reference"),
        (tuple(NumericMode)[2:], NumericMode.FP32_CHANNELS_LAST, "bf16-channels-last"),
        (tuple(NumericMode)[2:], NumericMode.REFERENCE, "bf16"),
        (tuple(NumericMode)[2:], NumericMode.BF16_CHANNELS_LAST, "fp32-channels-last"),
    ],
)
def test_the_other_mode_has_the_other_type_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, modes: tuple[NumericMode, ...], rule: NumericMode, expected: str | None
) -> None:
    monkeypatch.setattr(flight_check, "available_modes", lambda _: modes)
    dtype, memory_format = MODES[rule]
    by_rule = replace(RULE, dtype=dtype, memory_format=memory_format, bfloat16_features=dtype is DataType.FLOAT32)
    found = other_mode(by_rule)
    assert (found.mode.value if found else None) == expected
    assert found is None or (found.batch, found.threads) == (RULE.batch, RULE.threads)


def test_a_head_alone_is_not_checked() -> None:
    tree = tiny_tree(tiny_net())
    by_batches = replace(head_phase(), head=HeadSolver.SGD)
    assert by_batches.plan == HEAD_ONLY
    assert checked_phase(strategy(head_phase()), tree) is None
    assert checked_phase(strategy(by_batches), tree) is None
    assert checked_phase(strategy(head_phase(), LONG), tree) == LONG
