"""A small layer tree for tests that load neither torch nor Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tlft_desktop.core.values.layer_node import LayerNode, LayerTree, NodeKind


def make_layer_tree(num_blocks: int = 2, width: int = 2) -> LayerTree:
    """Return a network with a stem, `num_blocks` blocks of `width` layers, and a head."""
    order = iter(range(10**6))

    def leaf(path: str, type_: str, parameters: int, macs: int, stage: str) -> LayerNode:
        return LayerNode(
            path=path,
            name=path.rpartition(".")[2],
            kind=NodeKind.MODULE,
            type=type_,
            parameters=parameters,
            macs=macs,
            output_shape=(8, 4, 4),
            stage=stage,
            order=next(order),
            is_norm=type_ == "BatchNorm2d",
            is_owner=parameters > 0,
            matrix=(8, 8) if ".conv" in path else (),
        )

    def branch(path: str, type_: str, stage: str, children: tuple[LayerNode, ...]) -> LayerNode:
        return LayerNode(
            path=path,
            name=path.rpartition(".")[2] or "tiny",
            kind=NodeKind.MODULE,
            type=type_,
            parameters=sum(child.parameters for child in children),
            macs=sum(child.macs for child in children),
            output_shape=(8, 4, 4),
            stage=stage,
            order=next(order),
            children=children,
        )

    stem = leaf("stem", "Conv2d", 216, 3456, "stem")
    blocks = tuple(
        branch(
            f"blocks.{number}",
            "Block",
            f"blocks.{number}",
            (
                *(leaf(f"blocks.{number}.conv{k}", "Conv2d", 576, 9216, f"blocks.{number}") for k in range(width)),
                leaf(f"blocks.{number}.bn", "BatchNorm2d", 16, 128, f"blocks.{number}"),
                leaf(f"blocks.{number}.act", "ReLU", 0, 0, f"blocks.{number}"),
            ),
        )
        for number in range(num_blocks)
    )
    body = branch("blocks", "Sequential", "blocks", blocks)
    head = leaf("head", "Linear", 27, 24, "head")
    root = _numbered(branch("", "Tiny", "", (stem, body, head)), iter(range(10**6)))
    stages = ("stem", *(f"blocks.{number}" for number in range(num_blocks)), "head")
    return LayerTree(backbone="fake:tiny", root=root, stages=stages, head_path="head")


def _numbered(node: LayerNode, order: Iterator[int]) -> LayerNode:
    """Return a subtree whose positions follow the order of execution, parents first."""
    own = next(order)
    return replace(node, order=own, children=tuple(_numbered(child, order) for child in node.children))
