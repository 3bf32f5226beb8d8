"""A time budget becomes a number of optimiser steps when a phase starts: planned once, kept in the checkpoints."""

from __future__ import annotations

import copy
import math
import statistics
import time
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass, replace

from tlft_desktop.core.errors import UsageError
from tlft_desktop.core.models.tracing import UntraceableError
from tlft_desktop.core.training.epochs import EpochLoop
from tlft_desktop.core.training.front import FrozenFront
from tlft_desktop.core.training.progress import Progress
from tlft_desktop.core.training.setup import TrainingContext
from tlft_desktop.core.values.events import Event, Notice
from tlft_desktop.core.values.strategy import OptimizerKind, Phase

# The first steps take several times as long: memory is fresh and kernels are chosen.
_WARMUP_STEPS = 2
_TIMED_STEPS = 3
# Measuring must not eat what it measures for.
_MEASURED_SHARE = 0.1
# What is not planned absorbs the noise of the clock; the rest of an overrun is cut off by it.
_PLANNED_SHARE = 0.95
_VALIDATION_BATCHES = 2
_MOMENTS = {OptimizerKind.ADAMW: 2, OptimizerKind.SGD: 1}


@dataclass(frozen=True, slots=True)
class Costs:
    """What the parts of an epoch cost, in seconds.

    Attributes:
        step: One optimiser step, loading included.
        validation: All validation images.
        save: A checkpoint.
    """

    step: float
    validation: float
    save: float


def require_budget(seconds: float | None) -> float | None:
    """Return a time budget that can be one; None stays None.

    Raises:
        UsageError: If it is not a number above zero.
    """
    if seconds is not None and not 0 < seconds < math.inf:
        raise UsageError(f"A time budget must be a number of seconds above zero, got {seconds:g}.")
    return seconds


def steps_within(seconds: float, costs: Costs, *, batches: int, epochs: int) -> int:
    """Return how many optimiser steps fit into `seconds`, each epoch with its validation and its checkpoint.

    Args:
        seconds: Time that is left; may be negative.
        costs: What the parts of an epoch cost.
        batches: Optimiser steps in an epoch.
        epochs: The most epochs.
    """
    end_of_epoch = costs.validation + costs.save
    whole = batches * costs.step + end_of_epoch
    if whole <= 0:
        return batches * epochs
    num_epochs = max(0, math.floor(seconds / whole))
    rest = seconds - num_epochs * whole - end_of_epoch
    begun = min(batches, max(0, math.floor(rest / costs.step))) if costs.step > 0 else 0
    return min(batches * epochs, num_epochs * batches + begun)


def plan_phase(context: TrainingContext, budget_seconds: float) -> Generator[Event, None, int | None]:
    """Measure what the phase in work costs and return how many steps it gets; None if a stop was requested.

    Later phases that train batch by batch get their share of the time, by their epochs. A phase gets one step at
    least where the run has no result yet.
    """
    left = budget_seconds - context.clock.read()
    costs = yield from _measure(context, seconds_left=left)
    if costs is None:
        return None
    # The plan itself is saved, too.
    left = budget_seconds - context.clock.read() - costs.save
    share = context.phase.epochs / sum(phase.epochs for phase in _loop_phases(context))
    fitting = steps_within(
        left * share * _PLANNED_SHARE, costs, batches=context.batches_per_epoch, epochs=context.phase.epochs
    )
    return max(fitting, 1 if context.progress.best is None else 0)


def _loop_phases(context: TrainingContext) -> list[Phase]:
    phases = context.setup.strategy.phases[context.progress.phase :]
    return [phase for index, phase in enumerate(phases) if index == 0 or not context.is_convex(phase)]


def _measure(context: TrainingContext, *, seconds_left: float) -> Generator[Event, None, Costs | None]:
    """Train and validate for a moment on a copy of the network, which is left as it is."""
    # The copy of the setup has no budget: what is measured must not be cut by it.
    setup = replace(context.setup, model=copy.deepcopy(context.model), budget_seconds=None)
    now = context.progress
    progress = Progress(phase=now.phase, epoch=now.epoch, step=now.step, micro_batch=now.micro_batch)
    trial = TrainingContext(setup, context.control, progress, context.memory)
    trial.apply_phase_plan()
    if isinstance(context.inputs, FrozenFront):
        trial.inputs = context.inputs.for_trial(trial)
    with suppress(UntraceableError):
        trial.recompute_activations()
    loop = EpochLoop(trial, {})
    seconds: list[float] = []
    while not _is_enough(seconds, seconds_left) and not context.control.stop_requested:
        started = time.monotonic()
        for item in loop.steps():
            if isinstance(item, Notice):
                # What does not fit here does not fit later.
                now.micro_batch = progress.micro_batch
                yield replace(item, seconds=round(context.clock.read(), 3))
                started = time.monotonic()
                continue
            seconds.append(time.monotonic() - started)
            if _is_enough(seconds, seconds_left):
                break
            started = time.monotonic()
        progress.start_epoch()
    if context.control.stop_requested:
        return None
    started = time.monotonic()
    share = trial.evaluate_part(_VALIDATION_BATCHES)
    validation = (time.monotonic() - started) / share
    timed = seconds[min(_WARMUP_STEPS, len(seconds) - 1) :]
    return Costs(statistics.median(timed), validation, _save_seconds(context))


def _is_enough(seconds: list[float], seconds_left: float) -> bool:
    if len(seconds) >= _WARMUP_STEPS + _TIMED_STEPS:
        return True
    return len(seconds) >= 2 and sum(seconds) > _MEASURED_SHARE * seconds_left


def _save_seconds(context: TrainingContext) -> float:
    """Return how long a checkpoint of this phase takes, from the last one and the sizes of the two."""
    last = context.last_save
    assert last is not None
    model: int = sum(tensor.numel() * tensor.element_size() for tensor in context.model.state_dict().values())
    assert context.applied is not None
    trainable: int = sum(context.model.get_parameter(name).numel() for name in context.applied.trainable)
    # The network, the best one beside it, and the moments of the optimiser in float32.
    expected = 2 * model + 4 * _MOMENTS[context.phase.optimizer] * trainable
    return last.seconds * max(1.0, expected / max(1, last.num_bytes))


def enough_for(context: TrainingContext, budget_seconds: float) -> str:
    """Say how much of the phase in work the budget allows."""
    phase, num_steps, num_epochs = context.phase, context.num_steps, context.num_steps / context.batches_per_epoch
    return (
        f"The time budget of {_in_words(budget_seconds)} is enough for {num_steps:,} of {context.all_steps:,} steps of "
        f"phase '{phase.name}': {num_epochs:.1f} of {phase.epochs} epochs."
    )


def ended_by(context: TrainingContext, budget_seconds: float) -> str:
    """Say how far the phase in work came before the budget ended it."""
    progress, phase = context.progress, context.phase
    budget, epoch = _in_words(budget_seconds), progress.phase_epoch
    if not progress.phase_step:
        return f"The time budget of {budget} was used up before the first step of phase '{phase.name}'."
    if len(context.setup.strategy.phases) == 1:
        ended = f"The time budget of {budget} ended the run after epoch {epoch} of {phase.epochs}."
    else:
        ended = f"The time budget of {budget} ended phase '{phase.name}' after epoch {epoch} of {phase.epochs}."
    begun = progress.phase_step % context.batches_per_epoch
    return f"{ended} The last epoch had {begun} of its {context.batches_per_epoch} batches." if begun else ended


def used_up_before(phase: Phase, budget_seconds: float) -> str:
    """Say that a phase is not started."""
    return f"The time budget of {_in_words(budget_seconds)} is used up, so phase '{phase.name}' is not started."


def used_up_by_head(phase: Phase, budget_seconds: float, seconds: float) -> str:
    """Say that a head that is solved exactly took longer than the budget."""
    return (
        f"Phase '{phase.name}' is solved exactly and cannot be cut short: the run has taken {_in_words(seconds)} of a "
        f"time budget of {_in_words(budget_seconds)}."
    )


def _in_words(seconds: float) -> str:
    return f"{seconds:.3g} s" if seconds < 100 else f"{seconds:.0f} s"
