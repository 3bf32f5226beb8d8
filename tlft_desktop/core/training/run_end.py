"""The last event of a run: its result, its proof, and what it took."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from tlft_desktop.core.training.setup import TrainingContext
from tlft_desktop.core.values.events import FitEnd
from tlft_desktop.core.values.parts import whole_seconds
from tlft_desktop.core.values.run import FrozenProof, RunState


def fit_end(context: TrainingContext, state: RunState) -> FitEnd:
    """Return the event with which a run ends in a state."""
    progress = context.progress
    best = asdict(progress.best) if progress.best else None
    untouched = FrozenProof.VERIFIED if progress.any_frozen else FrozenProof.NONE_FROZEN
    proof = FrozenProof.VIOLATED if progress.violations else untouched
    if context.energy is not None:
        context.energy.read()
        progress.energy_joules = context.energy.joules
    total_seconds = round(context.clock.read(), 3)
    return context.event(
        FitEnd,
        state=state.value,
        best=best and {key: best[key] for key in ("epoch", "val_accuracy", "val_loss")},
        frozen_proof=proof.value,
        total_seconds=total_seconds,
        phase_peak_memory_bytes=dict(progress.phase_peaks),
        budget=_budget_end(context) if state is RunState.COMPLETED else None,
        seconds_by_part=whole_seconds(progress.part_seconds, total_seconds),
        energy_joules=progress.energy_joules,
        energy_of="" if progress.energy_joules is None else progress.energy_of,
    )


def _budget_end(context: TrainingContext) -> dict[str, Any] | None:
    message = context.progress.budget_end
    return {"seconds": context.setup.budget_seconds, "message": message} if message else None
