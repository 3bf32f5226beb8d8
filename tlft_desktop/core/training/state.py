"""What a checkpoint holds: everything the trainer needs to go on as if it had never stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch

from tlft_desktop.core.errors import InputError


class StateMismatchError(InputError):
    """A state belongs to another network: a run cannot go on from it."""


@dataclass(frozen=True)
class TrainerState:
    """The state between two optimiser steps.

    Attributes:
        tensors: Parameters, buffers, optimiser state and logits by name; the trainer still owns them.
        meta: Positions, counters and sums as plain JSON types.
    """

    tensors: dict[str, torch.Tensor]
    meta: dict[str, Any]
