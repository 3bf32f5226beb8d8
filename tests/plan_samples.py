"""Small values for the tests of plans, strategies and what applies them."""

from __future__ import annotations

from typing import Any

import torch
from timm.layers.norm_act import BatchNormAct2d
from torch import nn

from hypothesis import strategies as st

from tlft_desktop.core.values.layer_node import LayerNode, LayerTree, NodeKind


def json_values() -> st.SearchStrategy[Any]:
    """Return anything that a JSON parser of Python can return, numbers that are not finite included."""
    leaves = st.none() | st.booleans() | st.integers() | st.just(10**400) | st.floats() | st.text(max_size=5)
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=5,
    )


class NormNet(nn.Module):
    """Norm layers of every kind: with children, without parameters, plain; dropout between and before the head."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 8, 3), BatchNormAct2d(8), nn.Dropout(0.5))
        self.bare = nn.Sequential(nn.Conv2d(8, 8, 1), nn.BatchNorm2d(8, affine=False))
        self.body = nn.Sequential(nn.Conv2d(8, 8, 1), nn.BatchNorm2d(8))
        self.scale = nn.Parameter(torch.ones(8))
        self.drop = nn.Dropout(0.5)
        self.head = nn.Linear(8, 3)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        hidden = self.body(self.bare(self.stem(images))).mean(dim=(2, 3)) * self.scale
        return self.head(self.drop(hidden))  # type: ignore[no-any-return]


def leaf(path: str, stage: str, order: int, *, parameters: int = 10) -> LayerNode:
    """Return the node of a module that owns parameters."""
    return LayerNode(path, path, NodeKind.MODULE, "Linear", parameters, 0, (), stage, order, is_owner=True)


def line_tree(*paths: str) -> LayerTree:
    """Return a tree of owners in a row, each its own stage; the last one is the head."""
    stages = (*paths[:-1], "head")
    children = tuple(leaf(path, stage, order) for order, (path, stage) in enumerate(zip(paths, stages, strict=True), 1))
    root = LayerNode("", "net", NodeKind.MODULE, "Net", 10 * len(paths), 0, (), "", 0, children=children)
    return LayerTree("test:line", root, stages, paths[-1])
