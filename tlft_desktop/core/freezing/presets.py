"""Freeze plans by name, by depth and by pattern."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from tlft_desktop.core.errors import InputError, UsageError
from tlft_desktop.core.patterns import PatternError, search_each
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy, is_within

ADAPTER_RANK = 8
"""Of the adapters of the preset; the source measures little difference between 4 and 64 (Hu et al. 2021, table 6)."""


class Preset(StrEnum):
    """Plans with a name."""

    TRANSFER = "transfer"
    """Only the head trains."""
    LAST_STAGE = "last-stage"
    """The head and the last stage before it train."""
    NORM_BIAS = "norm-bias"
    """The head, norm layers and all biases train."""
    LORA = "lora"
    """The head trains, and adapters of low rank beside all layers that are products with one matrix."""
    FINETUNE = "finetune"
    """Everything trains."""


def preset_plan(tree: LayerTree, preset: Preset, *, norm: NormPolicy = NormPolicy.AFFINE) -> FreezePlan:
    """Return the plan of a preset."""
    head = frozenset(tree.head_owners)
    if preset is Preset.FINETUNE:
        return FreezePlan(norm=norm)
    trained = head
    if preset is Preset.NORM_BIAS:
        trained = head | {owner for owner in tree.owners if tree.node(owner).is_norm}
    if preset is Preset.LAST_STAGE:
        stage = _last_stage(tree)
        trained = head | {owner for owner in tree.owners if tree.node(owner).stage == stage}
    adapters = (("", ADAPTER_RANK),) if preset is Preset.LORA else ()
    return FreezePlan(frozenset(tree.owners) - trained, norm, adapters=adapters, biases=preset is Preset.NORM_BIAS)


def with_preset(tree: LayerTree, plan: FreezePlan, preset: Preset) -> FreezePlan:
    """Return `plan` with what a preset trains; norm policies and factors on learning rates stay as they are."""
    wanted = preset_plan(tree, preset)
    return replace(plan, frozen=wanted.frozen, adapters=wanted.adapters, biases=wanted.biases)


def matching_preset(tree: LayerTree, plan: FreezePlan) -> Preset | None:
    """Return the preset that trains the same parameters as `plan`, or None for a custom plan; norm policies aside."""
    return next((preset for preset in Preset if with_preset(tree, plan, preset) == plan), None)


def freeze_up_to(tree: LayerTree, plan: FreezePlan, path: str) -> FreezePlan:
    """Return a plan in which everything up to and including `path` is frozen and everything behind it trains.

    Raises:
        InputError: If the network has no layer `path`, or nothing would be left to train.
    """
    last = max(node.order for node in tree.node(path).walk())
    return _split_at(tree, plan, last + 1)


def train_from(tree: LayerTree, plan: FreezePlan, path: str) -> FreezePlan:
    """Return a plan in which `path` and everything behind it trains and everything before it is frozen.

    Raises:
        InputError: If the network has no layer `path`, or it lies behind the head.
    """
    return _split_at(tree, plan, tree.node(path).order)


def freeze_matching(tree: LayerTree, plan: FreezePlan, pattern: str) -> FreezePlan:
    """Freeze the owners whose path matches a regular expression, in addition to `plan`.

    Raises:
        UsageError: If the pattern is no regular expression, or takes too long.
        InputError: If it matches nothing, or nothing would be left to train.
    """
    return require_trainable(tree, plan.freeze(_matching(tree, pattern)))


def unfreeze_matching(tree: LayerTree, plan: FreezePlan, pattern: str) -> FreezePlan:
    """Let the owners train whose path matches a regular expression, in addition to those of `plan`.

    Raises:
        UsageError: If the pattern is no regular expression, or takes too long.
        InputError: If it matches nothing.
    """
    return plan.unfreeze(_matching(tree, pattern))


def with_adapters(tree: LayerTree, plan: FreezePlan, path: str, rank: int = ADAPTER_RANK) -> FreezePlan:
    """Return a plan in which layers at and below `path` train by adapters of `rank` alone: they are frozen for it.

    The head is left out: it is new, so that there is nothing to keep of it. Rank 0 takes adapters away, and the layers
    stay frozen.

    Raises:
        InputError: If the network has no layer `path`, no adapter fits there, or the rank is out of range.
    """
    owners = tree.node(path).owners()
    fitting = [owner for owner in owners if tree.node(owner).matrix and not is_within(owner, tree.head_path)]
    if rank and not fitting:
        raise InputError(
            f"No adapter fits at '{path or tree.backbone}'.",
            remedy="Adapters fit linear layers and 1x1 convolutions that are not the head.",
        )
    changed = plan.with_adapter(path, rank)
    return changed.freeze(fitting) if rank else changed


def require_trainable(tree: LayerTree, plan: FreezePlan) -> FreezePlan:
    """Return `plan` if it fits the network and leaves something to train.

    Raises:
        InputError: If it names layers that the network does not have, or freezes everything.
    """
    paths = {path for path, _ in (*plan.rate_factors, *plan.adapters)}
    unknown = (plan.frozen - set(tree.owners)) | {path for path in paths if path not in tree}
    if unknown:
        raise InputError(
            f"{tree.backbone} has no layer '{min(unknown)}'; {len(unknown)} names of the plan are unknown.",
            remedy="Start again from a preset.",
        )
    if tree.trainable_parameters(plan) == 0:
        raise InputError("Every layer is frozen, so nothing would be trained.", remedy="Untick at least the head.")
    return plan


def is_head_only(tree: LayerTree, plan: FreezePlan) -> bool:
    """Tell whether the head trains and nothing else does."""
    head = set(tree.head_owners)
    return not head & plan.frozen and tree.untouched(plan) >= set(tree.owners) - head


def frozen_prefix_length(tree: LayerTree, plan: FreezePlan) -> int:
    """Return how many owners, in execution order, are frozen before the first one in which something trains."""
    untouched = tree.untouched(plan)
    return next((index for index, owner in enumerate(tree.owners) if owner not in untouched), len(tree.owners))


def frozen_without_saving(tree: LayerTree, plan: FreezePlan) -> tuple[str, ...]:
    """Return the frozen owners behind the first trained one: their activations and gradients are still needed."""
    behind, untouched = tree.owners[frozen_prefix_length(tree, plan) :], tree.untouched(plan)
    return tuple(owner for owner in behind if owner in untouched)


def _split_at(tree: LayerTree, plan: FreezePlan, order: int) -> FreezePlan:
    frozen = frozenset(owner for owner in tree.owners if tree.node(owner).order < order)
    head = set(tree.head_owners)
    if head <= frozen:
        raise InputError("Everything up to the head would be frozen, so nothing would be trained.")
    return replace(plan, frozen=frozen - head)


def _matching(tree: LayerTree, pattern: str) -> frozenset[str]:
    if not pattern:
        raise UsageError(
            "An empty pattern would match every layer.",
            remedy="Use a preset (`--preset` on the command line) or '.*' for that.",
        )
    try:
        found = search_each(pattern, tree.owners)
    except PatternError as error:
        raise UsageError(error.message, remedy=error.remedy) from error
    matched = frozenset(owner for owner, match in zip(tree.owners, found, strict=True) if match is not None)
    if not matched:
        raise InputError(f"No layer of {tree.backbone} matches '{pattern}'.", remedy="`tlft layers` lists them.")
    return matched


def _last_stage(tree: LayerTree) -> str:
    """Return the last stage before the head that owns parameters."""
    head = tree.head_path
    stages = [tree.node(owner).stage for owner in tree.owners if not is_within(owner, head)]
    return stages[-1] if stages else tree.stages[-1]
