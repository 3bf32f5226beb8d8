"""Networks as graphs: every operation of a forward pass in execution order, by `torch.fx`."""

from __future__ import annotations

import copy
import inspect
import operator
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from timm.layers import get_notrace_functions, get_notrace_modules
from torch import fx, nn
from torchvision.models.feature_extraction import NodePathTracer

from tlft_desktop.core.torch_internals import GRAPH_CHECKS

_ONE_AT_A_TIME = threading.Lock()
"""Two tracings would each give back what the other one has put in place of the calls of modules."""


class UntraceableError(ValueError):
    """The forward pass of a network depends on values, so that there is no one graph of it."""


@dataclass(frozen=True)
class Trace:
    """The graph of a network in the modes that its modules were in.

    Attributes:
        root: Copy of the network that the graph was traced on; shares its parameters and buffers with the network.
        graph: One input, one output; checks and arguments with a default are left out.
        names: For each node where it stands, such as `blocks.3.0.add`: the same in graphs of other modes.
    """

    root: nn.Module
    graph: fx.Graph
    names: dict[fx.Node, str]


class _Tracer(NodePathTracer):  # type: ignore[misc] # torchvision leaves its helpers for tracing untyped
    """Follows a network down to the modules that timm says cannot be looked into.

    Tracing replaces what happens at every call of a module in the whole process: networks that other threads run
    meanwhile are let through.
    """

    def __init__(self) -> None:
        super().__init__(leaf_modules=list(get_notrace_modules()), autowrap_functions=tuple(get_notrace_functions()))
        self._thread = threading.get_ident()

    def call_module(self, m: nn.Module, forward: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        """Take down a call of the network that is traced."""
        if threading.get_ident() != self._thread:
            return forward(*args, **kwargs)
        return super().call_module(m, forward, args, kwargs)

    def getattr(self, attr: str, attr_val: Any, parameter_proxy_cache: dict[str, Any]) -> Any:
        """Take down that the network that is traced reads a parameter."""
        if threading.get_ident() != self._thread:
            return attr_val
        return super().getattr(attr, attr_val, parameter_proxy_cache)


def trace_network(model: nn.Module) -> Trace:
    """Return the graph of a forward pass with the modules in the modes that they are in; `model` is left as it is.

    Raises:
        UntraceableError: If the network cannot be traced.
    """
    root = _twin(model)
    tracer = _Tracer()
    try:
        with _ONE_AT_A_TIME:
            graph = tracer.trace(root, concrete_args=_defaults(root))
    except Exception as error:  # tracing runs code of any kind and fails in any way
        reason = str(error).rstrip(".")
        raise UntraceableError(f"The network {type(model).__name__} cannot be traced: {reason}.") from error
    names = {node: tracer.node_to_qualname.get(node, node.name) for node in graph.nodes}
    _drop_checks(graph)
    return Trace(root, graph, {node: names[node] for node in graph.nodes})


def _twin(model: nn.Module) -> nn.Module:
    """Return a copy of the modules around the same tensors: tracing leaves constants behind in what it traces."""
    tensors = [*model.parameters(), *model.buffers()]
    return copy.deepcopy(model, {id(tensor): tensor for tensor in tensors})


def _defaults(model: nn.Module) -> dict[str, Any]:
    parameters = list(inspect.signature(model.forward).parameters.values())[1:]
    return {item.name: item.default for item in parameters if item.default is not inspect.Parameter.empty}


def _drop_checks(graph: fx.Graph) -> None:
    """Take out assertions and inputs that have their default; operations in place stay, though nobody reads them."""
    checks = {*GRAPH_CHECKS, operator.eq}
    for node in reversed(list(graph.nodes)):
        if not node.users and (node.op == "placeholder" or node.target in checks):
            graph.erase_node(node)
