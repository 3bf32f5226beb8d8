"""Phases in which more and more of a network trains: what a plan and a thaw schedule mean together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import Phase
from tlft_desktop.core.values.thaw import ThawSchedule


def owners_of_stage(tree: LayerTree, stage: str) -> tuple[str, ...]:
    """Return the parameter owners of a stage, in execution order."""
    return tuple(owner for owner in tree.owners if tree.node(owner).stage == stage)


def trained_stages(tree: LayerTree, plan: FreezePlan) -> tuple[str, ...]:
    """Return the stages of which something trains, in execution order."""
    trained = {tree.node(owner).stage for owner in tree.owners if owner not in plan.frozen}
    return tuple(stage for stage in tree.stages if stage in trained)


def thaw_epochs(tree: LayerTree, plan: FreezePlan, thaw: ThawSchedule) -> dict[str, int]:
    """Return how many epochs pass before each stage of which something trains begins to, in execution order.

    What thaws first trains from the start, whatever the schedule says: a run that trains nothing is none.
    """
    epochs = {stage: thaw.epoch_of(stage) for stage in trained_stages(tree, plan)}
    first = min(epochs.values(), default=0)
    return {stage: 0 if epoch == first else epoch for stage, epoch in epochs.items()}


def is_gradual(tree: LayerTree, plan: FreezePlan, thaw: ThawSchedule) -> bool:
    """Tell whether a schedule lets some stages train later than others."""
    return len(set(thaw_epochs(tree, plan, thaw).values())) > 1


def gradual_thaw(tree: LayerTree, plan: FreezePlan, num_epochs: int) -> ThawSchedule:
    """Return the schedule in which what trains thaws stage by stage, from the last to the first, in equal steps.

    Source: gradual unfreezing, Howard & Ruder (2018), arXiv:1801.06146, section 3.3; there one epoch for each layer.
    """
    stages = trained_stages(tree, plan)[::-1]
    return ThawSchedule(tuple((stage, place * num_epochs // len(stages)) for place, stage in enumerate(stages)))


def thawing_phases(tree: LayerTree, whole: Phase, thaw: ThawSchedule) -> tuple[Phase, ...]:
    """Divide a phase at the epochs in which stages thaw; each part continues the one before it.

    The rates are those of `whole` and rise and fall in each part anew, as in the source of `gradual_thaw`: what thaws
    late would otherwise only get the end of the curve. Only the last part may end early: the others would move the
    epochs of those behind them.

    Args:
        tree: The network.
        whole: What trains in the end, and for how many epochs altogether.
        thaw: When its stages begin.

    Raises:
        InputError: If a stage would thaw when the training is over.
    """
    epochs = thaw_epochs(tree, whole.plan, thaw)
    late = next((stage for stage, epoch in epochs.items() if epoch >= whole.epochs), None)
    if late is not None:
        raise InputError(
            f"Stage '{late}' is to thaw after {epochs[late]:,} epochs, but only {whole.epochs:,} are trained.",
            remedy="Let it thaw earlier, or train for more epochs.",
        )
    starts = sorted(set(epochs.values()))
    if len(starts) == 1:
        return (whole,)
    phases = []
    for start, end in pairwise([*starts, whole.epochs]):
        asleep = [owner for stage, epoch in epochs.items() if epoch > start for owner in owners_of_stage(tree, stage)]
        thawed = [stage for stage, epoch in epochs.items() if epoch == start]
        part = replace(
            whole,
            name=_name(list(epochs), thawed),
            plan=_without_adapters(tree, whole.plan.freeze(asleep), asleep),
            epochs=end - start,
            patience=whole.patience if end == whole.epochs else 0,
            continues=start > 0,
        )
        phases.append(part)
    return tuple(phases)


def _without_adapters(tree: LayerTree, plan: FreezePlan, asleep: Sequence[str]) -> FreezePlan:
    """Return a plan in which owners that sleep have no adapters either: they are frozen for now, not for good."""
    for owner in asleep:
        if tree.adapter_rank(owner, plan):
            plan = plan.with_adapter(owner, 0)
    return plan


def _name(stages: Sequence[str], thawed: Sequence[str]) -> str:
    """Return the name of a part by what thaws in it, such as `thaw blocks.4 to blocks.6`; its own for each part."""
    first, last = stages.index(thawed[0]), stages.index(thawed[-1])
    if len(thawed) > 2 and last - first == len(thawed) - 1:
        return f"thaw {thawed[0]} to {thawed[-1]}"
    return f"thaw {', '.join(thawed)}"
