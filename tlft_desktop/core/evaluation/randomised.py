"""Networks that have forgotten what they learned: what a map must not survive if it shows what was learned."""

from __future__ import annotations

import copy
from collections.abc import Iterable

import torch
from torch import nn


def shuffled_network(model: nn.Module, owners: Iterable[str], *, seed: int) -> nn.Module:
    """Return a copy of a network in which the values of each tensor of some parameter owners are shuffled.

    Their scale stays, what they mean is lost; running statistics are shuffled, too.

    Args:
        model: The network, left as it is.
        owners: Paths of parameter owners, as a layer tree names them.
        seed: Of the shuffling.

    Source: the cascading randomisation of Adebayo et al. (2018), arXiv 1810.03292, section 3, with shuffled weights in
        place of new ones.
    """
    shuffled = copy.deepcopy(model)
    generator = torch.Generator().manual_seed(seed)
    paths = tuple(owners)
    with torch.no_grad():
        for name, tensor in [*shuffled.named_parameters(), *shuffled.named_buffers()]:
            is_chosen = any(name == path or name.startswith(f"{path}.") for path in paths)
            if is_chosen and tensor.is_floating_point():
                order = torch.randperm(tensor.numel(), generator=generator).to(tensor.device)
                tensor.copy_(tensor.flatten()[order].view_as(tensor))
    return shuffled
