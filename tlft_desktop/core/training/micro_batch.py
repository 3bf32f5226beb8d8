"""How many images of a batch pass through the network at once: as many as the memory takes.

A step learns from its whole batch either way: the gradients of the parts add up. What depends on the size of a part are
the last bits, and the statistics that BatchNorm takes from a part while it trains.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import torch
from torch import nn

from tlft_desktop.core.freezing.footprint import PlanMeter
from tlft_desktop.core.freezing.presets import is_head_only
from tlft_desktop.core.torch_internals import BatchNormBase, copy_each
from tlft_desktop.core.values.layer_node import LayerNode, LayerTree
from tlft_desktop.core.values.numerics import Numerics
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.strategy import HeadSolver, Phase, Strategy

USABLE_SHARE = 0.8
"""Share of the free memory that a run may count on: the estimate is rough, and other programs want some, too."""
PEAK_OVER_KEPT = 1.5
"""What a step takes at its peak for each byte of kept outputs: gradients on their way, and gaps between blocks.
Measured with EfficientNet-Lite0, 96 and 224 pixels, batches of 32, six freeze plans: 1.5."""
_LEAST_FOR_STATISTICS = 2
"""BatchNorm cannot train on one image: its variance is undefined."""


def is_convex(tree: LayerTree, phase: Phase) -> bool:
    """Tell whether a phase solves its head exactly, and not batch by batch."""
    return phase.head is HeadSolver.CONVEX and is_head_only(tree, phase.plan)


def fitting_numerics(numerics: Numerics, tree: LayerTree, strategy: Strategy, *, free_bytes: int) -> Numerics:
    """Return `numerics` with a micro-batch for which `free_bytes` are enough in every phase, halved until it fits.

    Where there is plenty of memory nothing changes. A network that does not fit at all gets the smallest parts.
    """
    phases = [phase for phase in strategy.phases if not is_convex(tree, phase)]
    meter, size = PlanMeter(tree), numerics.micro_batch
    for phase in phases:
        memory = meter.measure(phase.plan, batch=1).memory
        # The best state is kept beside the network.
        fixed = memory.total - memory.activations + memory.weights
        each = memory.activations
        if numerics.checkpoint_activations:
            each = meter.recomputed_activations(phase.plan, batch=1)
        least = _least_under(tree.root, phase.plan)
        while size > least and fixed + size * PEAK_OVER_KEPT * each > USABLE_SHARE * free_bytes:
            size = max(least, size // 2)
    return replace(numerics, micro_batch=size)


def in_parts(numerics: Numerics) -> str:
    """Say that a run starts with parts of its batches."""
    return (
        f"The free memory does not hold {numerics.batch} images at once, so the images of a batch pass through the "
        f"network in parts of {numerics.micro_batch}; a step still learns from all {numerics.batch}."
    )


def halved(tried: int, size: int, numerics: Numerics, *, step: int, model: nn.Module) -> str:
    """Say that a run goes on with smaller parts.

    Args:
        tried: Images at once for which the memory was not enough.
        size: Images at once from now on.
        numerics: How the run computes.
        step: The step that is done again.
        model: The network in the modes of training.
    """
    message = (
        f"The memory did not hold {tried} images at once. From step {step} on the images of a batch pass through the "
        f"network in parts of {size}; a step still learns from all {numerics.batch}."
    )
    if least_part(model) > 1:
        return f"{message} Norm layers take their statistics from the images of one part."
    return message


def least_part(model: nn.Module) -> int:
    """Return the fewest images that a network can train on at once, in the modes that it is in."""
    takes_statistics = any(module.training for module in model.modules() if isinstance(module, BatchNormBase))
    return _LEAST_FOR_STATISTICS if takes_statistics else 1


def _least_under(root: LayerNode, plan: FreezePlan) -> int:
    statistics = (
        "BatchNorm" in node.type and node.path not in plan.frozen and plan.norm_policy_of(node.path) is NormPolicy.FULL
        for node in _nodes(root)
        if node.is_norm
    )
    return _LEAST_FOR_STATISTICS if any(statistics) else 1


def _nodes(node: LayerNode) -> Iterator[LayerNode]:
    yield node
    for child in node.children:
        yield from _nodes(child)


class StepUndo:
    """Puts back what a forward pass in training changes of a network: the running statistics of norm layers.

    Args:
        model: The network in the modes of training.
    """

    def __init__(self, model: nn.Module) -> None:
        buffers = [buffer for module in model.modules() if module.training for buffer in module.buffers(recurse=False)]
        # One call copies many tensors of a type at once: a step must not wait for hundreds of small copies.
        types = dict.fromkeys((buffer.dtype, buffer.device) for buffer in buffers)
        self._groups = [[item for item in buffers if (item.dtype, item.device) == kind] for kind in types]
        self._kept = [[torch.empty_like(item) for item in group] for group in self._groups]

    @torch.no_grad()
    def keep(self) -> None:
        """Remember the network as it is."""
        for kept, group in zip(self._kept, self._groups, strict=True):
            copy_each(kept, group)

    @torch.no_grad()
    def restore(self) -> None:
        """Make the network as it was when `keep` was called."""
        for kept, group in zip(self._kept, self._groups, strict=True):
            copy_each(group, kept)
