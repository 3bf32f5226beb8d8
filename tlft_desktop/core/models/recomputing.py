"""Less memory for more time: a network keeps few tensors for the backward pass and computes those between them again.

Source: activation checkpointing, Chen et al. 2016, arXiv 1604.06174; `torch.utils.checkpoint` does it. What is added
here: where to keep tensors so that the least is held at once, and that running statistics follow a batch once, although
it passes twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import pairwise

from torch import Tensor, fx, nn
from torch.utils.checkpoint import checkpoint

from tlft_desktop.core.models.cut_points import CutPoint, deepest_cut, find_cuts, nodes_that_cross
from tlft_desktop.core.models.split import stretch_between
from tlft_desktop.core.models.tracing import UntraceableError, trace_network


class RecomputedNetwork:
    """A network in training, or its rear, that keeps only what passes from one of its stretches to the next.

    Gives the same numbers to the bit as the network itself, gradients included, and reads its parameters.

    Args:
        stretches: In execution order; each maps one tensor to the next one.
        first_trained: The first of them that has something to learn; those before it keep nothing in any case.
    """

    def __init__(self, stretches: Sequence[fx.GraphModule], first_trained: int) -> None:
        self._stretches = tuple(stretches)
        # What the last one keeps is needed first: to compute it again would only cost time.
        self._again = range(first_trained, len(stretches) - 1)

    @property
    def num_recomputed(self) -> int:
        """Stretches that are computed twice."""
        return len(self._again)

    def __call__(self, values: Tensor) -> Tensor:
        """Return what the network makes of images [B, 3, S, S], or its rear of a tensor [B, ...]: logits [B, C]."""
        for number, stretch in enumerate(self._stretches):
            if number in self._again:
                values = checkpoint(stretch, values, use_reentrant=False, context_fn=_contexts(stretch))
            else:
                values = stretch(values)
        return values


def recomputed_network(
    model: nn.Module, frozen: frozenset[str], *, image_size: int, start: CutPoint | None = None
) -> RecomputedNetwork:
    """Return a network whose modules are in the modes in which they train, or its rear behind `start`.

    Args:
        model: The network.
        frozen: Owners that do not train.
        image_size: Side of its input, in pixels.
        start: Cut behind which the rear begins; None for the whole network.

    Raises:
        UntraceableError: If the network cannot be traced, or there is no place at which it could be kept.
    """
    trace = trace_network(model)
    crossing = {
        trace.names[node]: node
        for node in nodes_that_cross(trace.graph)
        # What is written over cannot be computed from again.
        if not any(_writes_over(user, trace.root) for user in node.users)
    }
    cuts = [cut for cut in find_cuts(model, image_size=image_size) if cut.name in crossing]
    first = start or deepest_cut(cuts, frozen)
    behind = [cut for cut in cuts if first is None or cut.position > first.position]
    chosen = least_held(behind, before=first.passed if first is not None else 0)
    if not chosen or (start is not None and start.name not in crossing):
        raise UntraceableError("No tensor of the network can be kept in place of others.")
    borders = [None if start is None else crossing[start.name]]
    if start is None and first is not None:
        borders.append(crossing[first.name])
    borders += [crossing[cut.name] for cut in chosen]
    stretches = [stretch_between(model, trace, *pair) for pair in pairwise([*borders, None])]
    return RecomputedNetwork(stretches, first_trained=1 if start is None and first is not None else 0)


def _writes_over(node: fx.Node, root: nn.Module) -> bool:
    """Tell whether an operation puts its result in the place of its input, as `ReLU(inplace=True)` does."""
    if node.op == "call_module":
        return bool(getattr(root.get_submodule(str(node.target)), "inplace", False))
    if node.op == "call_method":
        return str(node.target).endswith("_")
    return bool(node.kwargs.get("inplace", False))


def least_held(cuts: Sequence[CutPoint], *, before: int) -> list[CutPoint]:
    """Return the cuts at which tensors are kept, so that the least is held at once; empty where that is everything.

    Held are the tensors that are kept and, while the backward pass goes through a stretch between two of them, the
    outputs of its operations.

    Args:
        cuts: Where tensors can be kept, in execution order; behind the last one almost nothing comes.
        before: Values that the operations before the first stretch give.
    """
    if not cuts:
        return []
    end = cuts[-1].passed
    best, least = [], end - before
    for parts in range(2, len(cuts) + 1):
        chosen = _narrowest(cuts, before=before, longest=(end - before) / parts)
        if chosen is None:
            break
        passed = [before, *(cut.passed for cut in chosen), end]
        longest = max(there - here for here, there in pairwise(passed))
        held = sum(cut.width for cut in chosen) + longest
        if held < least:
            best, least = chosen, held
    return best


def _narrowest(cuts: Sequence[CutPoint], *, before: int, longest: float) -> list[CutPoint] | None:
    """Return the cuts that together are narrowest with no stretch longer than `longest`; None where there are none."""
    # For each place the least width of what is kept up to it, and the place kept before it; -1 is the start.
    width, came_from = [0] * len(cuts), [-1] * len(cuts)
    for here, cut in enumerate(cuts):
        reached: list[tuple[int, int]] = [(0, -1)] if cut.passed - before <= longest else []
        for there in range(here - 1, -1, -1):
            if cut.passed - cuts[there].passed > longest:
                break
            if width[there] >= 0:
                reached.append((width[there] + cuts[there].width, there))
        width[here], came_from[here] = min(reached) if reached else (-1, -1)
    if width[-1] < 0:
        return None
    chosen: list[CutPoint] = []
    place = came_from[-1]
    while place >= 0:
        chosen.append(cuts[place])
        place = came_from[place]
    return chosen[::-1]


def _contexts(stretch: nn.Module) -> Callable[[], tuple[AbstractContextManager[None], AbstractContextManager[None]]]:
    """Return what makes the contexts of the first pass through a stretch and of the second."""
    return lambda: (nullcontext(), _statistics_kept(stretch))


@contextmanager
def _statistics_kept(stretch: nn.Module) -> Iterator[None]:
    """Let modules that follow their batches, such as BatchNorm, follow copies of their buffers instead."""
    following = [
        (module, name, buffer)
        for module in stretch.modules()
        if module.training
        for name, buffer in module.named_buffers(recurse=False, remove_duplicate=False)
    ]
    try:
        for module, name, buffer in following:
            setattr(module, name, buffer.detach().clone())
        yield
    finally:
        for module, name, buffer in following:
            setattr(module, name, buffer)
