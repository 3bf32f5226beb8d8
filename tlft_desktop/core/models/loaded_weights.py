"""Pretrained weights in memory, in the one form that the builder takes."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor


@dataclass(frozen=True)
class LoadedWeights:
    """Weights of one backbone, named as in the `state_dict` of its network at its native size.

    Attributes:
        state: Tensors by name; with the original classifier where the file has a usable one.
        sha256: Hash of the file that the tensors were read from.
    """

    state: dict[str, Tensor]
    sha256: str
