"""What a run took: time and what it went into, memory, energy, how much of the network trained, room on the disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from tlft_desktop.core import fsio
from tlft_desktop.core.runs.store import RunStore


@dataclass(frozen=True, slots=True)
class RunResources:
    """What a run took.

    Attributes:
        total_seconds: Active seconds.
        seconds_by_part: What these went into; empty where the run does not say. See `Part`.
        peak_memory_bytes: Largest memory while training.
        energy_joules: Energy that the hardware reported for the active seconds, whoever used it; None where it did not.
        energy_of: What that is the energy of, such as `processor`; empty where nothing reported.
        trainable_parameters: Most parameters that trained in one phase.
        total_parameters: Of the whole network; 0 where the run does not say.
        trainable_share: First of these by the second; None where the run does not say.
        size_bytes: Of the folder of the run.
    """

    total_seconds: float
    seconds_by_part: Mapping[str, float]
    peak_memory_bytes: int
    energy_joules: float | None
    energy_of: str
    trainable_parameters: int
    total_parameters: int
    trainable_share: float | None
    size_bytes: int

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return asdict(self)


def run_resources(store: RunStore, run: str) -> RunResources:
    """Return what a run took so far.

    Raises:
        InputError: If there is no such run.
    """
    summary = store.summary(run)
    total = summary.total_parameters
    return RunResources(
        total_seconds=summary.total_seconds,
        seconds_by_part=summary.seconds_by_part,
        peak_memory_bytes=summary.peak_memory_bytes,
        energy_joules=summary.energy_joules,
        energy_of=summary.energy_of,
        trainable_parameters=summary.trainable_parameters,
        total_parameters=total,
        trainable_share=summary.trainable_parameters / total if total else None,
        size_bytes=fsio.folder_bytes(store.folder(run)),
    )
