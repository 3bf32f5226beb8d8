"""Layer-wise decay: learning rates that fall from the last stage before the head to the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.layer_node import LayerNode, LayerTree
from tlft_desktop.core.values.plan import LEAST_FACTOR, FreezePlan

LAYER_DECAY = 0.8
"""A usual decay for convolutional networks; transformers get one from their strategies by default."""


def with_layer_decay(tree: LayerTree, plan: FreezePlan, decay: float) -> FreezePlan:
    """Return a plan in which the rate of each stage is `decay` times that of the stage behind it.

    The last stage before the head and the head itself keep a factor of 1. Other factors of the plan go. A factor never
    falls below the least that a plan can hold (0.001). A `layer_decay` of the phase multiplies with these factors: for
    transformers, whose strategies have one by default, the rates then fall twice. A decay of 1 takes all factors away;
    so does `plan.with_inherited_rate("")`.

    Raises:
        InputError: If `decay` is not above 0 and at most 1.
    Source: the rule of `timm.optim.param_groups_layer_decay`, as `core.training.optim.param_groups` applies it.
    """
    if not 0 < decay <= 1:
        raise InputError(f"The layer-wise decay must be above 0 and at most 1, not {decay}.")
    head_stage = tree.node(tree.head_path).stage
    stages = [stage for stage in tree.stages if stage != head_stage]
    by_stage = {stage: decay**depth for depth, stage in enumerate(reversed(stages))}
    factors = []
    for node, stage in stage_parts(tree.root):
        # Six digits: what is written into a file can be read.
        factor = float(f"{max(LEAST_FACTOR, by_stage.get(stage, 1.0)):.6g}")
        if factor != 1.0:
            factors.append((node.path, factor))
    return replace(plan, rate_factors=tuple(factors))


def stage_parts(node: LayerNode) -> Iterator[tuple[LayerNode, str]]:
    """Yield the largest subtrees that own parameters and lie in one stage, with that stage, in execution order."""
    stages = {below.stage for below in node.walk() if below.is_owner}
    if len(stages) == 1:
        yield node, stages.pop()
        return
    for child in node.children:
        yield from stage_parts(child)
