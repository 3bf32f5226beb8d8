"""The module hierarchy of a network as plain values: what the layer tree shows and what freeze plans name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.plan import FreezePlan


class NodeKind(StrEnum):
    """What a node of the tree stands for."""

    MODULE = "module"
    PARAMETER = "parameter"


@dataclass(frozen=True, slots=True)
class LayerNode:
    """One module, or one parameter that a module with children owns itself.

    Attributes:
        path: Dotted name below the network; empty for the root.
        name: Last part of the path; for the root the name of the backbone.
        kind: Module or parameter.
        type: Class name of the module, or `Parameter`.
        parameters: Number of parameters in the subtree.
        macs: Multiply-accumulate operations of the subtree for one image.
        output_shape: Shape of the output without the batch dimension; empty where unknown.
        stage: Name of the stage the node belongs to; `head` for the classifier.
        order: Position in execution order (pre-order), unique in the tree.
        is_norm: Whether the module normalises activations.
        is_owner: Whether the node owns parameters, so that a plan may name it.
        biases: Number of those of its own parameters that are biases.
        matrix: Inputs and outputs of a layer that is called for a product with one matrix, such as a linear layer: an
            adapter fits there. Empty for others.
        children: Nodes below, in execution order.
    """

    path: str
    name: str
    kind: NodeKind
    type: str
    parameters: int
    macs: int
    output_shape: tuple[int, ...]
    stage: str
    order: int
    is_norm: bool = False
    is_owner: bool = False
    biases: int = 0
    matrix: tuple[int, ...] = ()
    children: tuple[LayerNode, ...] = ()

    def walk(self) -> Iterator[LayerNode]:
        """Yield this node and everything below it, in execution order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def owners(self) -> tuple[str, ...]:
        """Return the paths of the parameter owners in this subtree, in execution order."""
        return tuple(node.path for node in self.walk() if node.is_owner)


@dataclass(frozen=True)
class LayerTree:
    """The layer tree of one backbone with its head.

    Attributes:
        backbone: Catalogue name, such as `timm:tf_efficientnet_lite0`.
        root: The network itself.
        stages: Names of the stages in execution order; the last is `head`.
        head_path: Path of the classifier, the module that is new for the classes of a project.
    """

    backbone: str
    root: LayerNode
    stages: tuple[str, ...]
    head_path: str
    _by_path: dict[str, LayerNode] = field(init=False, repr=False, compare=False)
    _owners: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_path", {node.path: node for node in self.root.walk()})
        object.__setattr__(self, "_owners", self.root.owners())

    @property
    def owners(self) -> tuple[str, ...]:
        """Paths of all parameter owners in execution order."""
        return self._owners

    @property
    def head_owners(self) -> tuple[str, ...]:
        """Paths of the owners inside the head."""
        return self.node(self.head_path).owners()

    def node(self, path: str) -> LayerNode:
        """Return the node at `path`.

        Raises:
            InputError: If the network has no such layer.
        """
        try:
            return self._by_path[path]
        except KeyError:
            raise InputError(f"{self.backbone} has no layer '{path}'.", remedy="`tlft layers` lists them.") from None

    def __contains__(self, path: str) -> bool:
        return path in self._by_path

    def state_of(self, node: LayerNode, plan: FreezePlan) -> bool | None:
        """Tell whether a subtree is frozen: True, False, or None for partly; a subtree without parameters is None."""
        states = {owner in plan.frozen for owner in node.owners()}
        return states.pop() if len(states) == 1 else None

    def trainable_in(self, owner: str, plan: FreezePlan) -> int:
        """Return the number of parameters that `plan` leaves trainable in an owner.

        A norm layer whose policy keeps everything does not train, ticked or not.
        """
        node = self._by_path[owner]
        if node.is_norm and plan.keeps_norm(owner):
            return 0
        if owner not in plan.frozen:
            return node.parameters
        return (node.biases if plan.biases else 0) + self.adapter_rank(owner, plan) * sum(node.matrix)

    def adapter_rank(self, owner: str, plan: FreezePlan) -> int:
        """Return the rank of the adapter that an owner has under `plan`; 0 for none."""
        matrix = self._by_path[owner].matrix
        if not plan.adapters or not matrix or owner not in plan.frozen:
            return 0
        return min(plan.adapter_rank(owner), *matrix)

    def adapters(self, plan: FreezePlan) -> dict[str, int]:
        """Return the ranks of all adapters that `plan` asks for, by the path of their layer."""
        ranks = {owner: self.adapter_rank(owner, plan) for owner in self._owners} if plan.adapters else {}
        return {owner: rank for owner, rank in ranks.items() if rank}

    def trainable_parameters(self, plan: FreezePlan) -> int:
        """Return the number of parameters that `plan` leaves trainable in the whole network."""
        return sum(self.trainable_in(owner, plan) for owner in self._owners)

    def untouched(self, plan: FreezePlan) -> frozenset[str]:
        """Return the frozen owners in which nothing trains at all."""
        if not plan.biases and not plan.adapters:
            return plan.frozen
        return frozenset(owner for owner in plan.frozen if owner not in self or not self.trainable_in(owner, plan))
