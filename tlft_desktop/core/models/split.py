"""A network in two parts around the same parameters: a frozen front and a rear that trains."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, fx, nn

from tlft_desktop.core.models.cost import eval_mode
from tlft_desktop.core.models.cut_points import CutPoint, constant_nodes
from tlft_desktop.core.models.taps import with_taps
from tlft_desktop.core.models.tracing import Trace, UntraceableError, trace_network

_INPUT = "crossing"


@dataclass(frozen=True)
class SplitNetwork:
    """The parts of a network; all read the parameters of the network itself, at the time when they are called.

    Attributes:
        front: Maps images [B, 3, S, S] to the tensor at the cut [B, ...], in evaluation mode.
        rear_eval: Maps that tensor to logits [B, C] in evaluation mode.
        rear_train: The same in the modes that the network had when it was split.
    """

    front: fx.GraphModule
    rear_eval: fx.GraphModule
    rear_train: fx.GraphModule


def split_network(model: nn.Module, cut: CutPoint) -> SplitNetwork:
    """Split a network whose modules are in the modes in which they train.

    Raises:
        UntraceableError: If the network cannot be traced, or has no such place in one of its modes.
    """
    training = trace_network(model)
    with eval_mode(model):
        evaluation = trace_network(model)
        front, _ = _front(model, evaluation, _node_at(evaluation, cut))
    return SplitNetwork(
        front=front,
        rear_eval=stretch_between(model, evaluation, _node_at(evaluation, cut), None),
        rear_train=stretch_between(model, training, _node_at(training, cut), None),
    )


def network_before(model: nn.Module, path: str) -> fx.GraphModule:
    """Return what computes the input of the module at `path`, in evaluation mode; it reads the network's parameters.

    Raises:
        UntraceableError: If the network cannot be traced, or does not call that module with one tensor.
    """
    with eval_mode(model):
        trace = trace_network(model)
        return _front(model, trace, _input_of(trace, path))[0]


def network_with_taps(
    model: nn.Module, path: str, cuts: Sequence[CutPoint], tap: Callable[[Tensor], Tensor]
) -> fx.GraphModule:
    """Return what computes `tap` of what crosses each cut, and of the input of the module at `path`, in one pass.

    In evaluation mode; it reads the network's parameters and returns a tuple in the order of `cuts`, the input last.

    Raises:
        UntraceableError: If the network cannot be traced, has no such cut, or calls that module with no one tensor.
    """
    with eval_mode(model):
        trace = trace_network(model)
        border = _input_of(trace, path)
        front, copied = _front(model, trace, border)
        return with_taps(front, [copied[node] for node in (*(_node_at(trace, cut) for cut in cuts), border)], tap)


def _input_of(trace: Trace, path: str) -> fx.Node:
    for node in trace.graph.nodes:
        if node.op == "call_module" and node.target == path and isinstance(node.args[0], fx.Node):
            return node.args[0]
    raise UntraceableError(f"The graph of the network does not call '{path}'.")


def _node_at(trace: Trace, cut: CutPoint) -> fx.Node:
    for node, name in trace.names.items():
        if name == cut.name:
            return node
    raise UntraceableError(f"The network has no '{cut.name}' in this mode.")


def _front(model: nn.Module, trace: Trace, border: fx.Node) -> tuple[fx.GraphModule, dict[fx.Node, fx.Node]]:
    """Return what computes `border`, and its operations by those of the trace."""
    graph = fx.Graph()
    copied: dict[fx.Node, fx.Node] = {}
    for node in trace.graph.nodes:
        copied[node] = graph.node_copy(node, lambda other: copied[other])
        if node is border:
            break
    graph.output(copied[border])
    _drop_unread(graph)
    return _module(model, trace, graph), copied


def stretch_between(model: nn.Module, trace: Trace, first: fx.Node | None, last: fx.Node | None) -> fx.GraphModule:
    """Return what computes `last` of `first` in a network; it reads the network's parameters.

    Args:
        model: The network.
        trace: Its graph.
        first: Operation that one tensor crosses behind; None for the images.
        last: Another one behind it; None for the output.
    """
    nodes = list(trace.graph.nodes)
    start = 0 if first is None else nodes.index(first) + 1
    end = len(nodes) if last is None else nodes.index(last) + 1
    constant = constant_nodes(nodes)
    graph = fx.Graph()
    copied = {} if first is None else {first: graph.placeholder(_INPUT)}
    for node in [*(item for item in nodes[:start] if item in constant), *nodes[start:end]]:
        copied[node] = graph.node_copy(node, lambda other: copied[other])
    if last is not None:
        graph.output(copied[last])
    _drop_unread(graph)
    return _module(model, trace, graph)


def _drop_unread(graph: fx.Graph) -> None:
    """Take out constants that only the other part needs."""
    constant = constant_nodes(graph.nodes)
    for node in reversed(list(graph.nodes)):
        if not node.users and node in constant:
            graph.erase_node(node)


def _module(model: nn.Module, trace: Trace, graph: fx.Graph) -> fx.GraphModule:
    """Return the graph as a module around the modules and tensors of `model` itself."""
    targets = {str(node.target) for node in graph.nodes if node.op in ("call_module", "get_attr")}
    return fx.GraphModule({target: _at(model, trace.root, target) for target in targets}, graph)


def _at(model: nn.Module, twin: nn.Module, target: str) -> Any:
    for root in (model, twin):
        found: Any = root
        for name in target.split("."):
            found = getattr(found, name, None)
        if found is not None:
            # Constants that tracing left in the twin are no parameters of anything.
            return found.detach() if root is twin and isinstance(found, Tensor) else found
    raise UntraceableError(f"The network has nothing at '{target}'.")


def cut_values(front: fx.GraphModule, images: Tensor) -> Tensor:
    """Return the tensor at a cut for images [B, 3, S, S], as the cache keeps it: float32, without autograd."""
    with torch.inference_mode():
        values: Tensor = front(images)
    return values.to(torch.float32).clone()
