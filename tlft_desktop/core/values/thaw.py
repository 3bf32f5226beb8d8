"""When the stages of a network begin to train: the time beside the ticks of a freeze plan."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tlft_desktop.core.errors import InputError


@dataclass(frozen=True, slots=True)
class ThawSchedule:
    """The epoch in which each stage begins to train, where a plan lets it train at all.

    Attributes:
        epochs: Sorted pairs (name of a stage, epochs before it begins to train, at least 1); a stage without a pair
            trains from the start.
    """

    epochs: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        if len({stage for stage, _ in self.epochs}) < len(self.epochs):
            raise ValueError("a stage thaws once")
        if any(epoch < 0 for _, epoch in self.epochs):
            raise ValueError("no stage thaws before the first epoch")
        object.__setattr__(self, "epochs", tuple(sorted(pair for pair in self.epochs if pair[1])))

    def epoch_of(self, stage: str) -> int:
        """Return how many epochs pass before a stage begins to train; 0 for one that trains from the start."""
        return dict(self.epochs).get(stage, 0)

    def with_epoch(self, stage: str, epoch: int) -> ThawSchedule:
        """Return a schedule in which `stage` begins to train after `epoch` epochs."""
        return ThawSchedule((*(pair for pair in self.epochs if pair[0] != stage), (stage, epoch)))

    def within(self, stages: Collection[str]) -> ThawSchedule:
        """Return the schedule of those stages only, as another network has others."""
        return replace(self, epochs=tuple(pair for pair in self.epochs if pair[0] in stages))

    def to_json(self) -> dict[str, int]:
        """Return plain types, sorted by stage."""
        return dict(self.epochs)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ThawSchedule:
        """Read what `to_json` wrote.

        Raises:
            InputError: If it is no object of whole numbers from 0 on.
        """
        if not isinstance(data, Mapping):
            raise InputError("The thaw schedule cannot be read: it must be an object of stages and epochs.")
        for stage, epoch in data.items():
            # Not isinstance: True is an int for Python.
            if not isinstance(stage, str) or type(epoch) is not int or epoch < 0:
                raise InputError(
                    f"The thaw schedule cannot be read: '{str(stage)[:40]}' needs a whole number of epochs, at least 0."
                )
        return cls(tuple(data.items()))
