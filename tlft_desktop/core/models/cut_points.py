"""Where a network can be cut in two: every place in execution order that exactly one tensor crosses.

What lies before a cut is computed once for each image when all of it is frozen; what lies behind trains on the kept
outputs. Values that follow from parameters and constants alone may cross, too: they are computed on both sides.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from timm.layers import DropPath
from torch import Tensor, fx, nn
from torch.nn import functional
from torchvision.ops import StochasticDepth, stochastic_depth

from tlft_desktop.core.models.cost import eval_mode
from tlft_desktop.core.models.layer_tree import owner_of_parameter
from tlft_desktop.core.models.tracing import Trace, trace_network
from tlft_desktop.core.torch_internals import DropoutBase

_PROBE_BATCH = 2
_DROPOUTS = (DropoutBase, DropPath, StochasticDepth)
_DROPPING_FUNCTIONS = (functional.dropout, functional.dropout2d, functional.alpha_dropout, stochastic_depth)


@dataclass(frozen=True, slots=True)
class CutPoint:
    """A place between two operations.

    Attributes:
        name: Operation whose output crosses, such as `blocks.3.0.add`.
        position: Operations before the cut; grows in execution order.
        owners: Owners of the parameters that are used before the cut.
        shape: Of the tensor that crosses, without the batch dimension.
        passed: Values that the operations up to the cut give for each image.
    """

    name: str
    position: int
    owners: frozenset[str]
    shape: tuple[int, ...]
    passed: int

    @property
    def width(self) -> int:
        """Values that cross for each image."""
        return math.prod(self.shape)


def find_cuts(model: nn.Module, *, image_size: int) -> tuple[CutPoint, ...]:
    """Return the cuts of a network in execution order, from behind its first operation to before its last one.

    None lies between dropout and the layer that it belongs to, the next one.

    Runs the network once on two empty images, on its own device.

    Raises:
        UntraceableError: If the network cannot be traced.
    """
    with eval_mode(model):
        trace = trace_network(model)
    shapes = _shapes(trace, image_size)
    cuts = []
    used: set[str] = set()
    owners = _owners(model)
    crossing = set(nodes_that_cross(trace.graph))
    passed = 0
    dropped: set[fx.Node] = set()
    for position, node in enumerate(trace.graph.nodes):
        parameters = _parameters_of(node, trace.root)
        used |= parameters
        # Dropout right in front of a layer belongs to it: where that layer trains, each epoch drops something else.
        passes_on = not parameters and len(node.all_input_nodes) == 1 and node.all_input_nodes[0] in dropped
        if passes_on or _is_dropout(node, trace.root):
            dropped.add(node)
        shape = shapes.get(node)
        passed += math.prod(shape) // _PROBE_BATCH if shape else 0
        if node in crossing and node not in dropped and shape and shape[0] == _PROBE_BATCH:
            before = frozenset(owners[name] for name in used)
            cuts.append(CutPoint(trace.names[node], position, before, tuple(shape[1:]), passed))
    return tuple(cuts)


def deepest_cut(cuts: Sequence[CutPoint], frozen: frozenset[str]) -> CutPoint | None:
    """Return the last cut before which every owner is frozen, where there is something to save; None without one.

    Of cuts with nothing but operations without parameters between them the narrowest is taken: it costs least to keep.
    """
    possible = [cut for cut in cuts if cut.owners and cut.owners <= frozen]
    if not possible:
        return None
    last = possible[-1].owners
    return min((cut for cut in possible if cut.owners == last), key=lambda cut: (cut.width, -cut.position))


def nodes_that_cross(graph: fx.Graph) -> Iterator[fx.Node]:
    """Yield the nodes behind which their own output is all that later nodes need."""
    nodes = list(graph.nodes)
    constant = constant_nodes(nodes)
    order = {node: place for place, node in enumerate(nodes)}
    last_use = {node: max((order[user] for user in node.users), default=-1) for node in nodes}
    live: list[fx.Node] = []
    for place, node in enumerate(nodes):
        live = [other for other in live if last_use[other] > place]
        if node not in constant and last_use[node] > place:
            live.append(node)
        if live == [node] and node.op != "placeholder" and not _feeds_only_output(node):
            yield node


def _feeds_only_output(node: fx.Node) -> bool:
    return all(user.op == "output" for user in node.users)


def _is_dropout(node: fx.Node, root: nn.Module) -> bool:
    if node.op == "call_module":
        module = root.get_submodule(str(node.target))
        # The share goes by different names.
        return isinstance(module, _DROPOUTS) and bool(getattr(module, "p", 0.0) or getattr(module, "drop_prob", 0.0))
    return node.target in _DROPPING_FUNCTIONS


def constant_nodes(nodes: Iterable[fx.Node]) -> set[fx.Node]:
    """Return the nodes that follow from parameters, buffers and constants alone."""
    constant: set[fx.Node] = set()
    for node in nodes:
        inputs = node.all_input_nodes
        if node.op == "get_attr" or (inputs and node.op != "output" and all(item in constant for item in inputs)):
            constant.add(node)
    return constant


def _parameters_of(node: fx.Node, root: nn.Module) -> set[str]:
    """Return the names of the parameters that a node reads."""
    target = str(node.target)
    if node.op == "call_module":
        return {f"{target}.{name}" for name, _ in root.get_submodule(target).named_parameters()}
    return {target} if node.op == "get_attr" and target in dict(root.named_parameters()) else set()


def _owners(model: nn.Module) -> Mapping[str, str]:
    return {name: owner_of_parameter(name, model) for name, _ in model.named_parameters(remove_duplicate=False)}


def _shapes(trace: Trace, image_size: int) -> dict[fx.Node, tuple[int, ...]]:
    """Return the shape of every tensor of a forward pass in evaluation mode."""
    recorder = _ShapeRecorder(trace)
    device = next(trace.root.parameters()).device
    with eval_mode(trace.root), torch.inference_mode():
        recorder.run(torch.zeros(_PROBE_BATCH, 3, image_size, image_size, device=device))
    return recorder.shapes


class _ShapeRecorder(fx.Interpreter):
    def __init__(self, trace: Trace) -> None:
        module = fx.GraphModule(trace.root, trace.graph)
        super().__init__(module)
        self.shapes: dict[fx.Node, tuple[int, ...]] = {}
        self._originals = dict(zip(module.graph.nodes, trace.graph.nodes, strict=True))

    def run_node(self, n: fx.Node) -> Any:
        value = super().run_node(n)
        if isinstance(value, Tensor):
            self.shapes[self._originals[n]] = tuple(value.shape)
        return value
