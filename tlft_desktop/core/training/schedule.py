"""The learning rate as a function of the step."""

from __future__ import annotations

import math


def rate_factor(step: int, num_steps: int, *, warmup_share: float) -> float:
    """Return the factor on the peak rate at `step` (from 0): a linear rise, then half a cosine down to zero.

    Raises:
        ValueError: If `step` is not in [0, num_steps).
    Source: Loshchilov & Hutter (2017), arXiv:1608.03983, without restarts.
    """
    if not 0 <= step < num_steps:
        raise ValueError(f"step {step} is not in [0, {num_steps})")
    warmup = round(warmup_share * num_steps)
    if step < warmup:
        return (step + 1) / (warmup + 1)
    return 0.5 * (1 + math.cos(math.pi * (step - warmup) / max(1, num_steps - warmup)))
