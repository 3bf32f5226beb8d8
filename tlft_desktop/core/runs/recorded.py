"""What the recorder of a run keeps beside each checkpoint, to go on from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tlft_desktop.core.counters import LARGEST, mapping, number, whole_number
from tlft_desktop.core.runs.status import RunStatus

_BEST = frozenset(("epoch", "val_accuracy", "low", "high", "val_loss"))
_COUNTED = frozenset(("events", "metrics", "timings"))
_OF_STATUS = ("step", "epoch", "num_epochs", "peak_memory_bytes", "trainable_parameters")


@dataclass(frozen=True, slots=True)
class Recorded:
    """Where the record of a run stood.

    Attributes:
        offsets: Length of each log in bytes, by its name; earlier versions kept fewer logs.
        counts: Entries so far, by their kind.
        status: Of the run.
        best_step: Of the best checkpoint; None before the first.
        seconds: Active seconds.
    """

    offsets: Mapping[str, int]
    counts: Mapping[str, int]
    status: RunStatus
    best_step: int | None
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return {
            "offsets": dict(self.offsets),
            "counts": dict(self.counts),
            "status": self.status.to_json(),
            "best_step": self.best_step,
            "seconds": self.seconds,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Recorded:
        """Read what `to_json` wrote.

        Raises:
            KeyError, ValueError: If a field is missing or unusable.
        """
        offsets, counts = mapping(data["offsets"], "offsets"), mapping(data["counts"], "counts")
        best_step = data["best_step"]
        if counts.keys() != _COUNTED:
            raise ValueError(f"it counts {', '.join(sorted(counts))[:80]}")
        return cls(
            offsets={name: whole_number(value, f"offsets.{name}") for name, value in offsets.items()},
            counts={name: whole_number(value, f"counts.{name}") for name, value in counts.items()},
            status=_status(mapping(data["status"], "status")),
            best_step=None if best_step is None else whole_number(best_step, "best_step"),
            seconds=number(data["seconds"], "seconds"),
        )


def _status(data: Mapping[str, Any]) -> RunStatus:
    for name in _OF_STATUS:
        whole_number(data[name], f"status.{name}")
    number(data["total_seconds"], "status.total_seconds")
    try:
        status = RunStatus.from_json(data)
    except (TypeError, AttributeError, OverflowError) as error:
        raise ValueError(f"'status' cannot be read: {error}") from error
    peaks, seconds = status.phase_peak_memory_bytes.values(), status.seconds_by_part.values()
    if not all(0 <= value <= LARGEST for value in (*peaks, *seconds, status.energy_joules or 0.0)):
        raise ValueError("its status holds a number that cannot be")
    if status.best is not None:
        if status.best.keys() != _BEST:
            raise ValueError("its status lacks a figure of the best result")
        whole_number(status.best["epoch"], "status.best.epoch")
        for name in sorted(_BEST - {"epoch"}):
            number(status.best[name], f"status.best.{name}")
    return status
