"""The heat of a run's layers, as its file tells it; what is damaged is left out, never an error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import EpochEnd
from tlft_desktop.core.values.heat import EpochHeat, Heat

_SOLVED = (
    "This run has no heat: its head was solved exactly, not batch by batch, and every other layer stayed as it was."
)
_NOT_MEASURED = (
    "This run has no heat: it was trained by an earlier version of this program, or its file is damaged or gone."
)


@dataclass(frozen=True, slots=True)
class RunHeat:
    """How hot each layer of a run was.

    Attributes:
        epochs: In order; an epoch that was repeated after an interruption counts as its last repetition.
        problem: Why there is none: a sentence; empty where there is.
    """

    epochs: tuple[EpochHeat, ...] = ()
    problem: str = ""


def read_heat(store: RunStore, run: str) -> RunHeat:
    """Return the heat of a run, or why there is none."""
    try:
        lines = store.heat_lines(run)
    except InputError as error:
        return RunHeat(problem=f"The heat of this run cannot be read: {error.message}")
    found = {epoch.epoch: epoch for line in lines if (epoch := epoch_heat_of(line)) is not None}
    epochs = tuple(found[number] for number in sorted(found))
    return RunHeat(epochs) if epochs else RunHeat(problem=_why_none(store, run))


def epoch_heat_of(line: Mapping[str, Any]) -> EpochHeat | None:
    """Return what a line tells of an epoch; None where it is not what the recorder writes."""
    phase, epoch, owners = line.get("phase"), line.get("epoch"), line.get("owners")
    if not isinstance(phase, str) or type(epoch) is not int or epoch < 1 or not isinstance(owners, dict):
        return None
    try:
        return EpochHeat(phase, epoch, {owner: Heat.from_json(norms) for owner, norms in owners.items()})
    except (ValueError, TypeError, OverflowError):
        return None


def _why_none(store: RunStore, run: str) -> str:
    try:
        lines = store.metrics(run)
    except InputError:
        return _NOT_MEASURED
    # A head that is solved exactly has no learning rates.
    rates = [line.get("learning_rates") for line in lines if line.get("event") == EpochEnd.name]
    if not rates:
        return "This run has no heat: none of its epochs has ended yet."
    return _NOT_MEASURED if any(rates) else _SOLVED
