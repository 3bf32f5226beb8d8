"""How strongly training pulls at each layer and how far it has moved it, measured on the way.

The norms of the gradients are those that are needed to clip them, so that every step is sampled and costs nothing more
than adding up one number for each tensor. Weights are measured at the end of an epoch: one pass over those that train.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

from tlft_desktop.core.freezing.apply import owner_of_parameters
from tlft_desktop.core.torch_internals import norm_of_each
from tlft_desktop.core.values.heat import Heat
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import is_within
from tlft_desktop.core.values.strategy import Phase


def start_of(
    model: nn.Module, tree: LayerTree, phases: Sequence[Phase], *, is_convex: Callable[[Phase], bool]
) -> dict[str, Tensor]:
    """Return copies, on the processor, of the pretrained parameters that some phase trains batch by batch.

    The head is not among them: it is new.
    """
    owners = owner_of_parameters(model)
    trained = [phase.plan.frozen for phase in phases if not is_convex(phase)]
    return {
        name: parameter.detach().cpu().clone()
        for name, parameter in model.named_parameters()
        if not is_within(name, tree.head_path) and any(owners[name] not in frozen for frozen in trained)
    }


class HeatMeter:
    """Measures the parameters of one phase.

    Args:
        model: The network, with the plan of the phase applied.
        names: Of the parameters that train.
        start: Pretrained values by name; what is missing counts as new.
        sums: Where an epoch in work stands, as an earlier meter of the same phase left it; see `sums`.
    """

    def __init__(
        self, model: nn.Module, names: Sequence[str], start: dict[str, Tensor], sums: Tensor | None = None
    ) -> None:
        owners = owner_of_parameters(model)
        self._names, self._start = tuple(names), start
        self._owners = [owners[name] for name in names]
        self._parameters = [model.get_parameter(name) for name in names]
        self._sums = torch.zeros(len(names) + 1, device=self._parameters[0].device)
        self._norms = self._sums[:-1]
        if sums is not None and sums.shape == self._sums.shape:
            self._sums.copy_(sums)

    @property
    def sums(self) -> Tensor:
        """Squares of the norms of each gradient, added up over the steps of the epoch, and the number of steps."""
        return self._sums

    def gradient_norm(self) -> Tensor:
        """Measure the gradients as they are and return the norm of all of them as one vector, [].

        Nothing is counted before `count`: a step that fails may be taken again.
        """
        there = [number for number, parameter in enumerate(self._parameters) if parameter.grad is not None]
        gradients = [parameter.grad for parameter in self._parameters if parameter.grad is not None]
        norms = norm_of_each(gradients) if gradients else self._sums.new_zeros(0)
        if len(there) == len(self._parameters):
            self._norms = norms
        else:
            # What a step does not reach is not pulled at.
            self._norms = self._sums.new_zeros(len(self._parameters))
            self._norms[there] = norms
        total: Tensor = torch.linalg.vector_norm(norms)
        return total

    def count(self) -> None:
        """Add the gradients that were measured last to those of the epoch."""
        self._sums[:-1].addcmul_(self._norms, self._norms)
        self._sums[-1] += 1

    def end_epoch(self) -> dict[str, Heat]:
        """Return the heat of each owner in the epoch that ends here, and start the next one."""
        values = self._sums.tolist()
        steps = max(1.0, values.pop())
        squares: dict[str, list[float]] = {owner: [0.0] * 4 for owner in self._owners}
        for owner, name, parameter, square in zip(self._owners, self._names, self._parameters, values, strict=True):
            found = squares[owner]
            found[0] += square / steps
            for place, norm in enumerate(_norms(parameter, self._start.get(name)), start=1):
                found[place] += norm**2
        self._sums.zero_()
        return {owner: Heat(*(value**0.5 for value in found)) for owner, found in squares.items()}


@torch.no_grad()
def _norms(parameter: Tensor, start: Tensor | None) -> tuple[float, ...]:
    """Return the norm of a parameter, and where it has a pretrained value its distance from that and the norm of it."""
    weight = parameter.detach().cpu()
    if start is None:
        return (float(weight.norm()),)
    return float(weight.norm()), float(torch.dist(weight, start)), float(start.norm())
