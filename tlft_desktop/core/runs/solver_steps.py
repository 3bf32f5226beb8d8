"""Which epochs of a run are none: the steps towards a head that is solved, which are counted with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tlft_desktop.core.values.events import EpochEnd


def is_first_step(learning_rates: object, epoch: object, phase_epoch: object) -> bool:
    """Tell whether what an `epoch_end` says is a step of a solver with which the run began."""
    # Only a solver learns with no rate.
    return learning_rates == {} and epoch == phase_epoch


def count_solver_steps(metrics: Iterable[Mapping[str, Any]]) -> int:
    """Return with how many steps of a solver a run began, by the results of its epochs."""
    ends = (line for line in metrics if line.get("event") == EpochEnd.name)
    told = ((line.get("learning_rates"), line.get("epoch"), line.get("phase_epoch")) for line in ends)
    return max((int(epoch) for rates, epoch, own in told if epoch and is_first_step(rates, epoch, own)), default=0)
