"""What passes inside of a network, taken out on its way: several frozen fronts are run as one, the deepest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, fx, nn

from tlft_desktop.core.models.cut_points import constant_nodes

_PLAIN = (bool, int, float, str, tuple, type(None))


def place_in(short: fx.GraphModule, long: fx.GraphModule) -> fx.Node | None:
    """Return the operation of `long` whose output is that of `short` to the bit; None where there is none.

    That is so where `long` begins with all operations of `short`, in their order and with equal parameters. Folding
    norms may join operations in one of the two that are apart in the other: those do not match.
    """
    constant = constant_nodes(long.graph.nodes)
    counterparts = {node: node for node in long.graph.nodes} if short is long else {}
    candidates = iter(long.graph.nodes)
    for node in short.graph.nodes:
        if node.op == "output":
            return counterparts.get(node.args[0])
        if node in counterparts:
            continue
        for candidate in candidates:
            if _is_same(node, candidate, counterparts, short, long):
                counterparts[node] = candidate
                break
            # What only later operations of `long` need changes nothing.
            if candidate not in constant:
                return None
    return None


def kept(value: Tensor) -> Tensor:
    """Return a tensor as it is kept: a copy, float32."""
    return value.to(torch.float32).clone()


def with_taps(
    front: fx.GraphModule, nodes: Sequence[fx.Node], tap: Callable[[Tensor], Tensor] = kept
) -> fx.GraphModule:
    """Return a graph that computes `front` as far as it is needed and returns `tap` of the outputs of `nodes`.

    They are tapped at once, since a later operation may work in place: what `tap` returns must be a copy.
    """
    graph = fx.Graph()
    copied: dict[fx.Node, fx.Node] = {}
    tapped: dict[fx.Node, fx.Node] = {}
    for node in front.graph.nodes:
        if len(tapped) == len(set(nodes)):
            break
        copied[node] = graph.node_copy(node, lambda other: copied[other])
        if node in nodes:
            tapped[node] = graph.call_function(tap, (copied[node],))
    graph.output(tuple(tapped[node] for node in nodes))
    return fx.GraphModule(front, graph)


def _is_same(
    node: fx.Node,
    other: fx.Node,
    counterparts: dict[fx.Node, fx.Node],
    short: fx.GraphModule,
    long: fx.GraphModule,
) -> bool:
    if node.op != other.op:
        return False
    if node.op == "placeholder":
        return True
    if node.op == "get_attr":
        return _equal(_attribute(short, str(node.target)), _attribute(long, str(other.target)))
    if node.op == "call_module":
        is_equal = _same_module(short.get_submodule(str(node.target)), long.get_submodule(str(other.target)))
    else:
        is_equal = node.target == other.target
    args: Any = fx.node.map_arg((node.args, node.kwargs), lambda item: counterparts[item])
    return is_equal and bool(args == (other.args, other.kwargs))


def _same_module(first: nn.Module, second: nn.Module) -> bool:
    """Tell whether two modules compute the same; those that were folded are copies."""
    if first is second:
        return True
    if type(first) is not type(second) or first.extra_repr() != second.extra_repr() or _plain(first) != _plain(second):
        return False
    tensors, others = _tensors(first), _tensors(second)
    children, their_children = dict(first.named_children()), dict(second.named_children())
    if tensors.keys() != others.keys() or children.keys() != their_children.keys():
        return False
    return all(_equal(tensors[name], others[name]) for name in tensors) and all(
        _same_module(children[name], their_children[name]) for name in children
    )


def _tensors(module: nn.Module) -> dict[str, Tensor]:
    return {**dict(module.named_parameters(recurse=False)), **dict(module.named_buffers(recurse=False))}


def _plain(module: nn.Module) -> dict[str, Any]:
    # Copies are of convolutions, to which the mode means nothing.
    return {name: value for name, value in vars(module).items() if isinstance(value, _PLAIN) and name != "training"}


def _equal(first: Any, second: Any) -> bool:
    if not (isinstance(first, Tensor) and isinstance(second, Tensor)):
        return first is second
    alike = first.dtype == second.dtype and first.shape == second.shape and first.stride() == second.stride()
    return first is second or (alike and torch.equal(first, second))


def _attribute(root: Any, path: str) -> Any:
    for name in path.split("."):
        root = getattr(root, name)
    return root
