"""A strategy on an axis of epochs: when each stage of the network trains, and the moves that change it."""

from __future__ import annotations

from dataclasses import dataclass

from tlft_desktop.core.freezing.presets import is_head_only
from tlft_desktop.core.freezing.rates import stage_parts
from tlft_desktop.core.freezing.thawing import owners_of_stage, thaw_epochs
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import LARGEST_FACTOR, LEAST_FACTOR, FreezePlan
from tlft_desktop.core.values.strategy import HeadSolver, Strategy
from tlft_desktop.core.values.thaw import ThawSchedule


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase on the axis.

    Attributes:
        name: Of the phase.
        epochs: Its length; 0 where the head is solved exactly, which takes no epochs.
        is_gated: Whether a gate stands before it.
    """

    name: str
    epochs: int
    is_gated: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """A stage on the axis.

    Attributes:
        stage: Its name.
        trained: For each stretch, whether something of it trains.
        is_partial: Whether some of its layers stay frozen to the end while others train.
        factor: On the learning rate; None where its layers have several.
    """

    stage: str
    trained: tuple[bool, ...]
    is_partial: bool
    factor: float | None

    @property
    def is_frozen(self) -> bool:
        """Whether nothing of it ever trains."""
        return not any(self.trained)


@dataclass(frozen=True, slots=True)
class Timeline:
    """All phases and stages of a strategy.

    Attributes:
        stretches: The phases, in the order of time.
        lanes: The stages, in execution order.
    """

    stretches: tuple[Stretch, ...]
    lanes: tuple[Lane, ...]

    @property
    def num_epochs(self) -> int:
        """Length of the axis."""
        return sum(stretch.epochs for stretch in self.stretches)

    def intervals_of(self, lane: Lane) -> tuple[tuple[int, int], ...]:
        """Return from which epoch to which a stage trains, neighbouring phases joined."""
        found: list[tuple[int, int]] = []
        start = 0
        for stretch, trains in zip(self.stretches, lane.trained, strict=True):
            end = start + stretch.epochs
            if trains and found and found[-1][1] == start:
                found[-1] = (found[-1][0], end)
            elif trains:
                found.append((start, end))
            start = end
        return tuple(found)


def timeline_of(tree: LayerTree, strategy: Strategy) -> Timeline:
    """Return the lanes of a strategy, whatever made its phases: a schedule, a hybrid, or a file."""
    stretches = []
    for place, phase in enumerate(strategy.phases):
        is_solved = phase.head is HeadSolver.CONVEX and is_head_only(tree, phase.plan)
        is_gated = place > 0 and not phase.continues
        stretches.append(Stretch(phase.name, 0 if is_solved else phase.epochs, is_gated))
    last = strategy.phases[-1].plan
    # Biases and adapters of frozen layers train, too.
    untouched = [tree.untouched(phase.plan) for phase in strategy.phases]
    lanes = []
    for stage in tree.stages:
        owners = owners_of_stage(tree, stage)
        if owners:
            trained = tuple(not still.issuperset(owners) for still in untouched)
            is_partial = trained[-1] and not last.frozen.isdisjoint(owners)
            lanes.append(Lane(stage, trained, is_partial, rate_of_stage(tree, last, stage)))
    return Timeline(tuple(stretches), tuple(lanes))


def rate_of_stage(tree: LayerTree, plan: FreezePlan, stage: str) -> float | None:
    """Return the factor of a plan on the learning rate of a stage; None where its layers have several."""
    factors = {plan.rate_of(owner) for owner in owners_of_stage(tree, stage)}
    return factors.pop() if len(factors) == 1 else None


def with_stage_rate(tree: LayerTree, plan: FreezePlan, stage: str, factor: float) -> FreezePlan:
    """Return a plan in which a whole stage has one factor on its learning rate, kept in the range of factors."""
    # Two digits: what is dragged by hand is no more exact.
    factor = min(max(float(f"{factor:.2g}"), LEAST_FACTOR), LARGEST_FACTOR)
    for node, name in stage_parts(tree.root):
        if name == stage:
            plan = plan.with_inherited_rate(node.path)
            if plan.rate_of(node.path) != factor:
                plan = plan.with_rate(node.path, factor)
    return plan


def with_stage_start(
    tree: LayerTree, plan: FreezePlan, thaw: ThawSchedule, stage: str, epoch: int, *, num_epochs: int
) -> tuple[FreezePlan, ThawSchedule]:
    """Return plan and schedule in which a stage begins to train after `epoch` epochs; at the end of the axis, never.

    A stage that was frozen trains whole then; of one that trains in part, the rest stays frozen. The last stage that
    trains is not frozen: a run that trains nothing is none.
    """
    owners = owners_of_stage(tree, stage)
    # What is shown holds from here on: a first stage that was to thaw later trains from the start.
    for other, start in thaw_epochs(tree, plan, thaw).items():
        thaw = thaw.with_epoch(other, start)
    if epoch >= num_epochs:
        frozen = plan.freeze(owners)
        return (plan, thaw) if frozen.frozen >= set(tree.owners) else (frozen, thaw.with_epoch(stage, 0))
    if plan.frozen.issuperset(owners):
        plan = plan.unfreeze(owners)
    return plan, thaw.with_epoch(stage, max(0, epoch))
