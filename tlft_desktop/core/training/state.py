"""What a checkpoint holds: everything the trainer needs to go on as if it had never stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.low_rank import merged_state, without_adapters


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

    def part(self, kind: str) -> dict[str, torch.Tensor]:
        """Return the tensors of a kind (`model`, `best`, `optim` or `logits`) by their names in it."""
        start = f"{kind}/"
        return {name.removeprefix(start): value for name, value in self.tensors.items() if name.startswith(start)}

    def last_network(self) -> dict[str, torch.Tensor]:
        """Return the state of the current network, adapters merged."""
        return merged_state(self.part("model"))

    def best_network(self) -> dict[str, torch.Tensor]:
        """Return the state of the best network, without adapters; of the current one where there is no best yet."""
        if not self.meta["has_best"]:
            return self.last_network()
        # Of the best state only what differs from the current one is kept; frozen weights are equal in both.
        return without_adapters(self.part("model")) | self.part("best")
