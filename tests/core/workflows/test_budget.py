"""A time budget becomes a number of steps, measured on a copy."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace

import torch
from torch import nn

import pytest

from tests.training_samples import (
    TinyNet,
    differing,
    head_phase,
    strategy,
    tiny_setup,
    tuning_phase,
    weights_of,
)
from tlft_desktop.core.errors import UsageError
from tlft_desktop.core.training.setup import TrainingSetup
from tlft_desktop.core.values.strategy import Strategy
from tlft_desktop.core.workflows import budget as budget_module
from tlft_desktop.core.workflows.budget import steps_within

STEP_SECONDS, FIRST_STEP_SECONDS, NUM_SLOW_STEPS = 3.0, 100.0, 2
TUNING = strategy(tuning_phase(epochs=2))
HYBRID = strategy(head_phase(), tuning_phase(epochs=2))


class Clock:
    """A clock that moves with each forward pass only; the first passes take long."""

    seconds = 0.0
    passes = 0

    @classmethod
    def advance(cls, module: nn.Module, arguments: object, output: object) -> None:
        cls.seconds += FIRST_STEP_SECONDS if cls.passes < NUM_SLOW_STEPS else STEP_SECONDS
        cls.passes += 1

    @classmethod
    def read(cls) -> float:
        return cls.seconds


@pytest.fixture
def timed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let time pass in forward passes only."""
    monkeypatch.setattr(Clock, "seconds", 0.0)
    monkeypatch.setattr(Clock, "passes", 0)
    monkeypatch.setattr(budget_module, "time", SimpleNamespace(monotonic=Clock.read))


def timed_setup(chosen: Strategy) -> TrainingSetup:
    setup = tiny_setup(chosen, num_train=24)
    setup.model.register_forward_hook(Clock.advance)
    return setup


@pytest.mark.usefixtures("timed")
@pytest.mark.parametrize(
    ("chosen", "seconds", "steps"),
    [
        # 3 s a step, 1 s a forward pass; 3 steps an epoch; validation of 12 images takes 1.5 s: 3.5 s a step.
        (TUNING, 35.0, 10),
        (TUNING, 34.9, 9),
        (TUNING, 0.001, 1),
        # The features of 36 images take 4.5 s before the first step.
        (HYBRID, 39.5, 10),
        (HYBRID, 39.4, 9),
        (HYBRID, 1.0, 1),
    ],
)
def test_steps_that_fit(chosen: Strategy, seconds: float, steps: int) -> None:
    assert steps_within(seconds, timed_setup(chosen)) == steps


def test_real_seconds_give_more_steps_for_more_time() -> None:
    setup = tiny_setup(TUNING)
    few, many = steps_within(0.05, setup), steps_within(50.0, setup)
    assert 1 <= few < many


def test_the_network_is_left_as_it_is() -> None:
    setup = tiny_setup(HYBRID)
    setup.model.get_submodule("conv1").requires_grad_(False)
    before, flags = weights_of(setup.model), [parameter.requires_grad for parameter in setup.model.parameters()]
    modes = [module.training for module in setup.model.modules()]
    threads = torch.get_num_threads()
    steps_within(1.0, replace(setup, numerics=replace(setup.numerics, threads=2)))
    assert isinstance(setup.model, TinyNet)
    assert not differing(before, weights_of(setup.model))
    assert [parameter.requires_grad for parameter in setup.model.parameters()] == flags
    assert [module.training for module in setup.model.modules()] == modes
    assert all(parameter.grad is None for parameter in setup.model.parameters())
    assert torch.get_num_threads() == threads


def test_fewer_images_than_a_batch_can_be_measured() -> None:
    assert steps_within(1.0, tiny_setup(TUNING, num_train=3)) >= 1


@pytest.mark.parametrize("seconds", [0, -1.0, math.nan, math.inf])
def test_impossible_budgets(seconds: float) -> None:
    with pytest.raises(UsageError, match="above zero"):
        steps_within(seconds, tiny_setup(TUNING))
