"""What a training will cost on this machine: estimated, never measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tlft_desktop.core.values.strategy import StrategyKind


@dataclass(frozen=True, slots=True)
class StrategyCost:
    """What a strategy would cost for a project.

    Attributes:
        strategy: Which way.
        total: Seconds of all phases; a hybrid goes through all of them.
        epoch: Seconds of an epoch of the last phase; for a head that is solved, of all iterations.
        memory: Most bytes that a phase holds at once.
        cache: Bytes of kept outputs.
    """

    strategy: StrategyKind
    total: float
    epoch: float
    memory: int
    cache: int

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return {
            "strategy": self.strategy.value,
            "total_seconds": round(self.total, 3),
            "epoch_seconds": round(self.epoch, 3),
            "memory_bytes": self.memory,
            "cache_bytes": self.cache,
        }
