"""Which strategy a freeze plan is, and which ticks show a strategy: plain functions, quick enough for every tick."""

from __future__ import annotations

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.freezing.plan_text import FittedPlan, fitted
from tlft_desktop.core.freezing.presets import Preset, matching_preset, preset_plan
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.choices import FreezeChoice

PRESET_OF_KIND = {
    StrategyKind.TRANSFER: Preset.TRANSFER,
    StrategyKind.LAST_STAGE: Preset.LAST_STAGE,
    StrategyKind.NORM_BIAS: Preset.NORM_BIAS,
    StrategyKind.LORA: Preset.LORA,
    StrategyKind.FINETUNE: Preset.FINETUNE,
}


def kind_of_plan(tree: LayerTree, plan: FreezePlan) -> StrategyKind:
    """Return the strategy that trains exactly what `plan` leaves trainable.

    The strategies choose the norm policy by the number of images, so one that the user chose is custom, where a norm
    layer trains that it holds for. So is a plan whose factors on the learning rate hold for something that trains.
    """
    if _has_chosen_norms(tree, plan) or _has_factors(tree, plan):
        return StrategyKind.CUSTOM
    preset = matching_preset(tree, plan)
    return next((kind for kind, match in PRESET_OF_KIND.items() if match is preset), StrategyKind.CUSTOM)


def plan_of_kind(tree: LayerTree, kind: StrategyKind, current: FreezePlan) -> FreezePlan:
    """Return the ticks that show a strategy: of a hybrid what it starts with, of gradual unfreezing what it ends with.

    Custom keeps the ticks.
    """
    if kind is StrategyKind.CUSTOM:
        return current
    preset = Preset.FINETUNE if kind is StrategyKind.GRADUAL else PRESET_OF_KIND.get(kind, Preset.TRANSFER)
    return preset_plan(tree, preset)


def plan_for_network(choice: FreezeChoice, old: str, new: str, tree: LayerTree) -> FittedPlan | None:
    """Return what of the user's own plan another network of the same family can take; None where it starts anew.

    Args:
        choice: What is chosen for the network that the project has.
        old, new: Catalogue names of that network and of the other one.
        tree: Layers of the other network.
    """
    if choice.kind is not StrategyKind.CUSTOM or _family(old) != _family(new):
        return None
    result = fitted(tree, choice.plan)
    return result if tree.trainable_parameters(result.plan) else None


def _family(backbone: str) -> str:
    try:
        return find_backbone(backbone).family
    except InputError:
        return backbone


def _has_factors(tree: LayerTree, plan: FreezePlan) -> bool:
    if not plan.rate_factors:
        return False
    return any(plan.rate_of(owner) != 1 for owner in tree.owners if owner not in plan.frozen)


def _has_chosen_norms(tree: LayerTree, plan: FreezePlan) -> bool:
    default = FreezePlan().norm
    if plan.norm is default and not plan.norm_overrides:
        return False
    training = (owner for owner in tree.owners if owner not in plan.frozen and tree.node(owner).is_norm)
    return any(plan.norm_policy_of(owner) is not default for owner in training)
