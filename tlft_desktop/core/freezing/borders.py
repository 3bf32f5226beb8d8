"""Where a network can be cut by eye: the borders of stages and blocks in execution order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tlft_desktop.core.values.layer_node import LayerNode, LayerTree
from tlft_desktop.core.values.plan import FreezePlan


@dataclass(frozen=True, slots=True)
class Border:
    """A place up to which a network can be frozen.

    Attributes:
        path: The block or layer that ends here; empty for the place in front of everything.
        num_owners: Parameter owners up to here, in execution order.
    """

    path: str
    num_owners: int


class DepthScale:
    """The depths at which a network can be cut, from nothing frozen to everything but the head.

    Args:
        tree: The network.
    """

    def __init__(self, tree: LayerTree) -> None:
        self._owners = tree.owners
        head = set(tree.head_owners)
        self._num_body = next((number for number, owner in enumerate(tree.owners) if owner in head), len(tree.owners))
        self.borders = (Border("", 0), *_borders(tree, self._num_body))

    @property
    def deepest(self) -> int:
        """The last position: everything but the head is frozen."""
        return len(self.borders) - 1

    def plan_at(self, position: int, plan: FreezePlan) -> FreezePlan:
        """Return `plan` with exactly what lies in front of a border frozen; everything else stays."""
        frozen = frozenset(self._owners[: self.borders[position].num_owners])
        return replace(plan, frozen=frozen)

    def prefix_length(self, plan: FreezePlan) -> int:
        """Return how many owners are frozen in front of the first one that is not."""
        return next((number for number, owner in enumerate(self._owners) if owner not in plan.frozen), self._num_body)

    def position_of(self, plan: FreezePlan) -> int:
        """Return the deepest position whose front is wholly frozen."""
        length = self.prefix_length(plan)
        return max(place for place, border in enumerate(self.borders) if border.num_owners <= length)

    def is_prefix(self, plan: FreezePlan) -> bool:
        """Tell whether what is frozen is a front of the network and nothing else."""
        return len(plan.frozen.intersection(self._owners)) == self.prefix_length(plan)

    def last_frozen(self, plan: FreezePlan) -> str:
        """Return the layer at which the frozen front ends: a border where it is one; empty for none."""
        length = self.prefix_length(plan)
        border = self.borders[self.position_of(plan)]
        if border.num_owners == length:
            return border.path
        return self._owners[length - 1]


def _borders(tree: LayerTree, num_body: int) -> Iterator[Border]:
    """Yield the blocks that own parameters and end before the head; two that end at the same owner count once."""
    orders = [tree.node(owner).order for owner in tree.owners]
    done = 0
    for node in _blocks(tree.root):
        last = _last_order(node)
        num_owners = sum(order <= last for order in orders[:num_body])
        if num_owners > done:
            done = num_owners
            yield Border(node.path, num_owners)


def _blocks(node: LayerNode) -> Iterator[LayerNode]:
    """Yield the blocks of a network in execution order.

    A node that spans several stages is opened, and so is a stage that repeats one kind of block: itself, or in its one
    container beside what changes the resolution.
    """
    for child in node.children:
        rows = [inner for inner in child.children if _repeats(inner) and all(map(_is_deep, inner.children))]
        if not child.stage and child.children:
            yield from _blocks(child)
        elif _repeats(child):
            yield from child.children
        elif len(rows) == 1:
            for inner in child.children:
                yield from inner.children if inner is rows[0] else (inner,)
        else:
            yield child


def _repeats(node: LayerNode) -> bool:
    """Tell whether a node is a row of blocks of one kind: modules with a name of their own, not single layers."""
    blocks = [child for child in node.children if child.parameters]
    kinds = {block.type for block in blocks}
    return (
        len(blocks) > 1 and len(kinds) == 1 and "Sequential" not in kinds and all(len(b.children) > 1 for b in blocks)
    )


def _is_deep(block: LayerNode) -> bool:
    """Tell whether a block has parts of parts: a convolution with its norm and activation has not."""
    return any(part.children for part in block.children)


def _last_order(node: LayerNode) -> int:
    while node.children:
        node = node.children[-1]
    return node.order
