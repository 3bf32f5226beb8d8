"""Train the stages that strain, freeze those that are still: a plan proposed from the heat of layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tlft_desktop.core.values.heat import Heat, heat_by_stage, stage_of
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan

STRAINING = 0.25
"""Relative gradient, by that of the strongest stage, from which on a stage trains.

Auto-RGN multiplies the learning rate of each layer by this share (Lee et al., 2023), so that below it a stage would
learn at less than a quarter of the rate; that it is frozen then, and that whole stages are, is our choice: a border
within a stage splits layers that were trained together (Yosinski et al., 2014).
"""


@dataclass(frozen=True, slots=True)
class PlanProposal:
    """A plan that follows from heat.

    Attributes:
        plan: What is proposed.
        strain: Relative gradient of each stage that was measured, by that of the strongest, 0 to 1; without the head.
        straining, still: Stages that train and that are frozen, of those that were measured, in execution order.
        unmeasured: Stages that did not train when heat was measured: they stay as they are.
        thawed, frozen: Stages that the proposal changes, in execution order.
    """

    plan: FreezePlan
    strain: Mapping[str, float]
    straining: tuple[str, ...]
    still: tuple[str, ...]
    unmeasured: tuple[str, ...]
    thawed: tuple[str, ...]
    frozen: tuple[str, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether the plan is already as it is proposed."""
        return not self.thawed and not self.frozen


def propose_plan(tree: LayerTree, epochs: Sequence[Mapping[str, Heat]], plan: FreezePlan) -> PlanProposal | None:
    """Return `plan` with the still stages frozen and the straining ones trained; None where no stage was measured.

    The relative gradients of each epoch are brought to a maximum of 1 first, and their mean over the epochs counts, so
    that early epochs, whose gradients are large, do not decide alone. The head always trains; norm policies stay.

    Args:
        tree: The network.
        epochs: Heat by parameter owner, of one or more epochs.
        plan: The plan to change.
    Source: Auto-RGN of Lee et al. (2023), Surgical fine-tuning, arXiv 2210.11466, by whole stages and with a threshold.
    """
    strain = stage_strain(tree, epochs)
    if not strain:
        return None
    straining = tuple(stage for stage in strain if strain[stage] >= STRAINING)
    still = tuple(stage for stage in strain if strain[stage] < STRAINING)
    owners = {stage: frozenset(item for item in tree.owners if stage_of(tree, item) == stage) for stage in tree.stages}
    head = tree.node(tree.head_path).stage
    trained = owners[head].union(*(owners[stage] for stage in straining))
    proposed = plan.freeze(frozenset[str]().union(*(owners[stage] for stage in still))).unfreeze(trained)
    changed = proposed.frozen ^ plan.frozen
    return PlanProposal(
        plan=proposed,
        strain=strain,
        straining=straining,
        still=still,
        unmeasured=tuple(stage for stage in tree.stages if owners[stage] and stage not in strain and stage != head),
        thawed=tuple(stage for stage in tree.stages if owners[stage] & changed - proposed.frozen),
        frozen=tuple(stage for stage in tree.stages if owners[stage] & changed & proposed.frozen),
    )


def stage_strain(tree: LayerTree, epochs: Sequence[Mapping[str, Heat]]) -> dict[str, float]:
    """Return the relative gradient of each stage by that of the strongest, 0 to 1, as the mean over epochs.

    Without the head, whose gradient is large as long as it is new; in execution order.
    """
    head = tree.node(tree.head_path).stage
    shares: dict[str, list[float]] = {}
    for owners in epochs:
        stages = heat_by_stage(tree, owners)
        ratios = {stage: ratio for stage, heat in stages.items() if stage != head and (ratio := heat.relative_gradient)}
        strongest = max(ratios.values(), default=0.0)
        for stage, heat in stages.items():
            if stage != head and strongest and heat.relative_gradient is not None:
                shares.setdefault(stage, []).append(ratios.get(stage, 0.0) / strongest)
    return {stage: sum(shares[stage]) / len(shares[stage]) for stage in tree.stages if stage in shares}
