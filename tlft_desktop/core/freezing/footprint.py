"""What a freeze plan means for a network: parameters, shares of the computation, memory.

Plain arithmetic over the layer tree, prepared once per network so that every tick of the window can ask for it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby

from tlft_desktop.core.freezing.presets import is_head_only
from tlft_desktop.core.values.layer_node import LayerNode, LayerTree, NodeKind
from tlft_desktop.core.values.plan import FreezePlan

BYTES_PER_VALUE = 4
ADAMW_MOMENTS = 2
KEPT_FRONT_SHARE = 0.4
"""Share of the computation in the frozen front from which on a strategy has few views by default, so that the front's
outputs are kept instead of computed in each epoch."""
_DEEPEST_BLOCK = 4
"""Names in the path of a block; deeper lie the parts of blocks."""
# These hand their input on as it is, or work in it: they keep no tensor of their own for the backward pass.
_KEEP_NOTHING = frozenset({"Identity", "Dropout", "Dropout2d", "DropPath", "StochasticDepth", "Flatten", "Sequential"})


@dataclass(frozen=True, slots=True)
class MemoryEstimate:
    """Bytes that training holds at once, roughly.

    Attributes:
        weights: All parameters in 32 bits.
        gradients: One value for each trainable parameter.
        optimizer: The two moments that AdamW keeps for each trainable parameter.
        activations: Outputs behind the frozen front, kept for the backward pass, for one batch.
    """

    weights: int
    gradients: int
    optimizer: int
    activations: int

    @property
    def total(self) -> int:
        """Sum of the parts, in bytes."""
        return self.weights + self.gradients + self.optimizer + self.activations


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a plan means for a network.

    Attributes:
        trainable, total: Parameters.
        num_frozen, num_owners: Layers with parameters.
        trained_share: Share of the computation (MACs of a prediction) that lies in layers that train.
        front_share: Share of the computation in front of the first layer that trains: no gradient passes there.
        is_head_only: Whether the head trains and nothing else does.
        late_frozen: Layers in which nothing trains behind one in which something does: they must still be computed and
            back-propagated.
        first_trained: The first layer that trains, in execution order; empty if none does.
        memory: What training holds at once.
    """

    trainable: int
    total: int
    num_frozen: int
    num_owners: int
    trained_share: float
    front_share: float
    is_head_only: bool
    late_frozen: tuple[str, ...]
    first_trained: str
    memory: MemoryEstimate

    @property
    def keeps_front(self) -> bool:
        """Whether the outputs of the frozen front are kept and read in every epoch."""
        return self.front_share >= KEPT_FRONT_SHARE


@dataclass(frozen=True, slots=True)
class _Part:
    """A node with computation or output of its own.

    Attributes:
        path: Of the node.
        macs: Operations in the node outside of its children.
        last: Position in execution order of the last node of its subtree.
        owners: Range of the owners in its subtree.
        kept: Values of its output that the backward pass needs.
    """

    path: str
    macs: int
    last: int
    owners: tuple[int, int]
    kept: int


class PlanMeter:
    """Measures plans of one network.

    The memory is weights + gradients + optimiser state + activations. The first three follow from the numbers of
    parameters (32 bits each, two moments per trainable parameter with AdamW: Kingma and Ba, 2015, algorithm 1). The
    activations are the outputs of the layers behind the frozen front for one batch: what reverse-mode differentiation
    keeps, without what kernels use meanwhile; so it is a rough figure.

    Args:
        tree: The network.
    """

    def __init__(self, tree: LayerTree) -> None:
        self._tree = tree
        self._owners = tree.owners
        self._parts: list[_Part] = []
        self._collect(tree.root, 0)
        nodes = [tree.node(owner) for owner in tree.owners]
        self._orders = [node.order for node in nodes]
        self._macs = sum(part.macs for part in self._parts)

    def measure(self, plan: FreezePlan, *, batch: int = 32) -> Footprint:
        """Return what `plan` means, with activations for `batch` images."""
        counts = self._trainable(plan)
        trains = [count > 0 for count in counts]
        first = trains.index(True) if True in trains else len(trains)
        border = self._orders[first] if first < len(trains) else self._end()
        trained, front, kept = self._computation(trains, border)
        trainable, untouched = sum(counts), self._tree.untouched(plan)
        total = self._tree.root.parameters
        whole = self._macs or 1
        return Footprint(
            trainable=trainable,
            total=total,
            num_frozen=len(plan.frozen.intersection(self._owners)),
            num_owners=len(self._owners),
            trained_share=trained / whole,
            front_share=front / whole,
            is_head_only=is_head_only(self._tree, plan),
            late_frozen=tuple(owner for owner in self._owners[first:] if owner in untouched),
            first_trained=self._owners[first] if first < len(trains) else "",
            memory=MemoryEstimate(
                weights=BYTES_PER_VALUE * total,
                gradients=BYTES_PER_VALUE * trainable,
                optimizer=BYTES_PER_VALUE * ADAMW_MOMENTS * trainable,
                activations=BYTES_PER_VALUE * kept * batch,
            ),
        )

    def recomputed_activations(self, plan: FreezePlan, *, batch: int) -> int:
        """Return the bytes of activations where most of them are computed again in the backward pass; roughly.

        Held are the outputs of blocks, and everything within one of them at a time. Blocks are modules of one depth in
        the tree, of that depth at which the least is held.
        """
        trains = [count > 0 for count in self._trainable(plan)]
        border = self._orders[trains.index(True)] if True in trains else self._end()
        behind = [part for part in self._parts if part.kept and part.last >= border]
        least = sum(part.kept for part in behind)
        for depth in range(1, _DEEPEST_BLOCK + 1):
            blocks = [list(block) for _, block in groupby(behind, key=lambda part: part.path.split(".")[:depth])]
            inside = [sum(part.kept for part in block) for block in blocks]
            least = min(least, sum(block[-1].kept for block in blocks) + max(inside, default=0))
        return BYTES_PER_VALUE * least * batch

    def front_share(self, num_frozen: int) -> float:
        """Return the share of the computation that the first `num_frozen` owners, frozen, take out of training."""
        border = self._orders[num_frozen] if num_frozen < len(self._orders) else self._end()
        return sum(part.macs for part in self._parts if part.last < border) / (self._macs or 1)

    def _trainable(self, plan: FreezePlan) -> list[int]:
        """Return how many parameters train in each owner."""
        return [self._tree.trainable_in(owner, plan) for owner in self._owners]

    def _computation(self, trains: list[bool], border: int) -> tuple[int, int, int]:
        trained = front = kept = 0
        for part in self._parts:
            if part.last < border:
                front += part.macs
                continue
            kept += part.kept
            start, end = part.owners
            if True in trains[start:end]:
                trained += part.macs
        return trained, front, kept

    def _end(self) -> int:
        return max((part.last for part in self._parts), default=0) + 1

    def _collect(self, node: LayerNode, start: int) -> tuple[int, int]:
        """Add the parts of a subtree; return the last position and the number of owners up to its end."""
        last, end = node.order, start + int(node.is_owner)
        for child in node.children:
            last, end = self._collect(child, end)
        own = node.macs - sum(child.macs for child in node.children)
        kept = 0
        if node.kind is NodeKind.MODULE and not node.children and node.type not in _KEEP_NOTHING:
            kept = _num_values(node.output_shape)
        if own > 0 or kept:
            self._parts.append(_Part(node.path, max(0, own), last, (start, end), kept))
        return last, end


def _num_values(shape: tuple[int, ...]) -> int:
    return math.prod(shape) if shape else 0
