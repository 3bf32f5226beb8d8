"""Where features of a network still lie as the picture does: which layer, and in which axes of its output."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.cost import eval_mode
from tlft_desktop.core.values.layer_node import LayerNode, LayerTree, NodeKind

_MOST_PREFIX = 16
"""Class and register tokens in front of the patches: no network of the libraries has more."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How features lie in a tensor whose first axis is the batch.

    Attributes:
        channels: Axis of the channels.
        side: Places in a row and in a column: inputs are square.
        prefix: Tokens in front of the places that stand for no part of the picture; 0 for maps with two axes of places.
    """

    channels: int
    side: int
    prefix: int = 0

    def grid(self, features: Tensor) -> Tensor:
        """Return features [B, ...] as [B, side, side, C], the first row at the top of the picture."""
        last = features.movedim(self.channels, -1)
        if last.ndim == 4:
            return last
        return last[:, self.prefix :].reshape(len(last), self.side, self.side, last.shape[-1])


@dataclass(frozen=True, slots=True)
class Place:
    """A layer whose output lies as the picture does.

    Attributes:
        path: Dotted path of the module.
        layout: Of its output.
    """

    path: str
    layout: Layout


def possible_layouts(shape: tuple[int, ...]) -> tuple[Layout, ...]:
    """Return in which ways features of a square picture may lie in a tensor of this shape, without the batch.

    There are none where it has one place only. Two axes of equal length are rows and columns; of two axes one may
    count tokens: a square number of them, behind a few that are no patches.
    """
    if len(shape) == 3:
        both = ((1, shape[1:]), (3, shape[:2]))
        return tuple(Layout(channels, side[0]) for channels, side in both if side[0] == side[1] > 1)
    if len(shape) != 2:
        return ()
    found = []
    for channels, tokens in ((2, shape[0]), (1, shape[1])):
        sides = (side for side in range(math.isqrt(tokens), 1, -1) if tokens - side * side <= _MOST_PREFIX)
        found += [Layout(channels, side, tokens - side * side) for side in sides]
    return tuple(found)


def spatial_layer(tree: LayerTree, path: str) -> LayerNode:
    """Return the layer at `path`; for the name of a stage its last layer whose output has more than one place.

    Raises:
        InputError: If there is no such layer, or its output has no spatial extent.
    """
    if path not in tree.stages:
        node = tree.node(path)
        if node.kind is NodeKind.MODULE and possible_layouts(node.output_shape):
            return node
        raise _without_extent(path)
    spatial = [node for node in _outermost(tree.root, path) if possible_layouts(node.output_shape)]
    if not spatial:
        raise _without_extent(path)
    return spatial[-1]


def _outermost(node: LayerNode, stage: str) -> Iterator[LayerNode]:
    """Yield the modules that belong to a stage and are no part of another one that does, in execution order."""
    for child in node.children:
        if child.stage == stage:
            if child.kind is NodeKind.MODULE:
                yield child
        else:
            yield from _outermost(child, stage)


def _without_extent(path: str) -> InputError:
    return InputError(
        f"'{path}' has no spatial extent: its output does not tell places of the picture apart.",
        remedy="Name an earlier stage, or train with larger images.",
    )


def measured_place(model: nn.Module, node: LayerNode, *, image_size: int) -> Place:
    """Return where and how the features of a layer lie.

    Where the shape allows more than one layout, that one is taken in which a change in a corner of the picture shows
    up most in the same corner of the features.

    Raises:
        InputError: If the output of the layer has no spatial extent.
    """
    layouts = possible_layouts(node.output_shape)
    if not layouts:
        raise _without_extent(node.path)
    if len(layouts) == 1:
        return Place(node.path, layouts[0])
    shares = {layout: locality(model, Place(node.path, layout), image_size=image_size) for layout in layouts}
    return Place(node.path, max(layouts, key=lambda layout: shares[layout]))


def locality(model: nn.Module, place: Place, *, image_size: int) -> float:
    """Return which share of the change of the features lies where the picture was changed, as a mean over its corners.

    A quarter is chance, 1 would be a network in which no place looks at others.
    """
    images = _with_changed_corners(image_size, next(model.parameters()).device)
    with torch.no_grad(), _tap(model, place.path) as seen:
        model(images)
    grid = place.layout.grid(seen[-1].float())
    change = (grid[1:] - grid[:1]).abs().sum(dim=-1)
    side = place.layout.side
    # The middle row of an odd number belongs to both halves.
    first = ((side / 2) - torch.arange(side, device=change.device)).clamp(0, 1)
    halves = (first, 1 - first)
    shares = [
        float(halves[number // 2] @ item @ halves[number % 2] / item.sum()) if float(item.sum()) > 0 else 0.25
        for number, item in enumerate(change)
    ]
    return sum(shares) / len(shares)


def _with_changed_corners(image_size: int, device: torch.device) -> Tensor:
    """Return an image of the mean colour, and four with noise in one quarter each: rows first, then columns."""
    generator = torch.Generator().manual_seed(0)
    noise = torch.randn(3, image_size, image_size, generator=generator)
    half = image_size // 2
    images = torch.zeros(5, 3, image_size, image_size)
    for number in range(4):
        rows = slice(half) if number < 2 else slice(half, None)
        columns = slice(half) if number % 2 == 0 else slice(half, None)
        images[1 + number, :, rows, columns] = noise[:, rows, columns]
    return images.to(device)


def differentiable_features(model: nn.Module, path: str, images: Tensor) -> tuple[Tensor, Tensor]:
    """Run images [B, 3, S, S] and return the output of the layer at `path` as a leaf of autograd, and the logits.

    The graph begins at that layer: what lies before runs without one, and it does not matter which parameters require
    gradients. The network runs in eval mode and is left as it was found.

    Raises:
        InputError: If the layer does not run, or its output is not one tensor of floats.
    """
    with torch.inference_mode(False), torch.no_grad(), _tap(model, path, as_leaf=True) as seen:
        logits: Tensor = model(images)
    return seen[-1], logits


@contextmanager
def _tap(model: nn.Module, path: str, *, as_leaf: bool = False) -> Iterator[list[Tensor]]:
    """Keep the output of a layer in eval mode; as a leaf autograd is on from there to the end of the block."""
    seen: list[Tensor] = []

    def keep(module: nn.Module, args: Any, output: Any) -> Any:
        if not isinstance(output, Tensor) or not output.is_floating_point():
            raise InputError(f"The output of '{path}' is not one tensor, so it cannot be looked at.")
        if not as_leaf:
            seen.append(output.clone())
            return None
        leaf = output.detach().requires_grad_()
        seen.append(leaf)
        torch.set_grad_enabled(True)
        # Later layers may work in place, which autograd allows on no leaf.
        return leaf.clone()

    handle = model.get_submodule(path).register_forward_hook(keep)
    try:
        with eval_mode(model):
            yield seen
    finally:
        handle.remove()
    if not seen:
        raise InputError(f"The network does not run '{path}'.", remedy="Name another layer.")
