"""Proof that frozen layers did not change: hashes before and after."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import torch
from torch import nn

from tlft_desktop.core.values.run import FrozenProof


def fingerprints(model: nn.Module, names: Iterable[str]) -> dict[str, str]:
    """Return a hash of the bits of each named parameter or buffer."""
    tensors = dict(model.named_parameters()) | dict(model.named_buffers())
    return {name: _fingerprint(tensors[name]) for name in names}


def compare_fingerprints(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[FrozenProof, tuple[str, ...]]:
    """Return the verdict and the names of the tensors that changed although they were frozen."""
    changed = tuple(sorted(name for name, digest in before.items() if after.get(name) != digest))
    if not before:
        return FrozenProof.NONE_FROZEN, ()
    return (FrozenProof.VIOLATED if changed else FrozenProof.VERIFIED), changed


def _fingerprint(tensor: torch.Tensor) -> str:
    # reshape: the order of the values in any memory layout; and a tensor without dimensions cannot be viewed as bytes.
    data = tensor.detach().cpu().reshape(-1).view(torch.uint8).numpy()
    return hashlib.blake2b(data.data, digest_size=16).hexdigest()
