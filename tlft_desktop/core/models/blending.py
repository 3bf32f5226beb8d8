"""Networks on the line between two others: weights are averaged, not answers."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from tlft_desktop.core.errors import InputError


def blended_state(first: Mapping[str, Tensor], second: Mapping[str, Tensor], alpha: float) -> dict[str, Tensor]:
    """Return the state at a share `alpha` of the way from one network to another, 0 to 1; at the ends exactly theirs.

    Parameters and running statistics of norm layers are blended alike; whole numbers are those of the second.

    Raises:
        InputError: If the networks do not have the same tensors.
        ValueError: If `alpha` is not in [0, 1].
    Source: WiSE-FT, Wortsman et al. (2022), arXiv 2109.01903, equation 1.
    """
    if not 0 <= alpha <= 1:
        raise ValueError(f"a blend lies between its ends, from 0 to 1, got {alpha}")
    if {name: tensor.shape for name, tensor in first.items()} != {name: item.shape for name, item in second.items()}:
        raise InputError("Only networks with the same layers can be blended.")
    return {
        name: torch.lerp(first[name].to(tensor), tensor, alpha) if tensor.is_floating_point() else tensor.clone()
        for name, tensor in second.items()
    }
