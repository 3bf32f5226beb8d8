"""What a freeze plan means, in numbers: plain functions over the layer tree, quick enough for every tick."""

from __future__ import annotations

from dataclasses import dataclass

from tlft_desktop.core.freezing.presets import Preset, matching_preset, preset_plan
from tlft_desktop.core.values.layer_node import LayerNode, LayerTree
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import StrategyKind

PRESET_OF_KIND = {StrategyKind.TRANSFER: Preset.TRANSFER, StrategyKind.FINETUNE: Preset.FINETUNE}


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """What a plan means.

    Attributes:
        trainable, total: Parameters.
        num_frozen, num_owners: Layers with parameters.
        front_share: Share of the computation (MACs) in front of the first layer that trains: no gradient passes there.
        late_frozen: Frozen layers behind a layer that trains: they must still be computed and back-propagated.
        first_trained: The first layer that trains, in execution order; empty if none does.
    """

    trainable: int
    total: int
    num_frozen: int
    num_owners: int
    front_share: float
    late_frozen: tuple[str, ...]
    first_trained: str


def summarise(tree: LayerTree, plan: FreezePlan) -> PlanSummary:
    """Return what `plan` means for the network."""
    owners = tree.owners
    first = next((number for number, owner in enumerate(owners) if owner not in plan.frozen), len(owners))
    first_order = tree.node(owners[first]).order if first < len(owners) else None
    return PlanSummary(
        trainable=tree.trainable_parameters(plan),
        total=tree.root.parameters,
        num_frozen=sum(owner in plan.frozen for owner in owners),
        num_owners=len(owners),
        front_share=_macs_before(tree, first_order),
        late_frozen=tuple(owner for owner in owners[first:] if owner in plan.frozen),
        first_trained=owners[first] if first < len(owners) else "",
    )


def kind_of_plan(tree: LayerTree, plan: FreezePlan) -> StrategyKind:
    """Return the strategy that trains exactly what `plan` leaves trainable."""
    preset = matching_preset(tree, plan)
    return next((kind for kind, match in PRESET_OF_KIND.items() if match is preset), StrategyKind.CUSTOM)


def plan_of_kind(tree: LayerTree, kind: StrategyKind, current: FreezePlan) -> FreezePlan:
    """Return the ticks that show a strategy; hybrid starts like transfer, custom keeps the ticks."""
    if kind is StrategyKind.CUSTOM:
        return current
    return preset_plan(tree, PRESET_OF_KIND.get(kind, Preset.TRANSFER), norm=current.norm)


def _macs_before(tree: LayerTree, order: int | None) -> float:
    whole = tree.root.macs
    if not whole:
        return 0.0
    if order is None:
        return 1.0
    before = sum(node.macs for node in tree.root.walk() if _is_leaf(node) and node.order < order)
    return min(1.0, before / whole)


def _is_leaf(node: LayerNode) -> bool:
    return not node.children
