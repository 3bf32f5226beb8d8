"""The rate is a function of the step: a rise, then half a cosine."""

from __future__ import annotations

import torch
from timm.scheduler import CosineLRScheduler

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlft_desktop.core.training.schedule import rate_factor


def test_a_rise_and_half_a_cosine() -> None:
    factors = [rate_factor(step, 10, warmup_share=0.2) for step in range(10)]
    assert factors[:3] == pytest.approx([1 / 3, 2 / 3, 1.0])
    assert factors[6] == pytest.approx(0.5)
    assert factors[3:] == sorted(factors[3:], reverse=True)
    assert 0 < factors[-1] < 0.05


def test_equals_timm_cosine_schedule() -> None:
    parameter = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([parameter], lr=1.0)
    scheduler = CosineLRScheduler(optimizer, t_initial=40, t_in_epochs=False)
    for step in range(40):
        scheduler.step_update(step)
        assert rate_factor(step, 40, warmup_share=0.0) == pytest.approx(optimizer.param_groups[0]["lr"], abs=1e-9)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n - 1), st.just(n))), st.floats(0, 0.99))
def test_factors_are_above_zero_and_at_most_one(place: tuple[int, int], warmup_share: float) -> None:
    step, num_steps = place
    assert 0 < rate_factor(step, num_steps, warmup_share=warmup_share) <= 1


@pytest.mark.parametrize("step", [-1, 5, 6])
def test_steps_outside_are_a_fault(step: int) -> None:
    with pytest.raises(ValueError, match=r"not in \[0, 5\)"):
        rate_factor(step, 5, warmup_share=0.0)
