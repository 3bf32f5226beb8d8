"""What the active time of a run goes into."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Part(StrEnum):
    """A part of the work of a run."""

    LOADING = "loading"
    """Waiting for images, or for kept outputs of frozen layers; what threads load ahead meanwhile is not waited for."""
    FROZEN = "frozen"
    """Computing outputs of frozen layers that are kept, and a few again to compare them."""
    TRAINING = "training"
    """Steps of the optimiser, or solving the head; with the frozen layers where their outputs are not kept."""
    VALIDATION = "validation"
    """Classifying the validation images, waiting for them included."""
    SAVING = "saving"
    """Checkpoints, answers and records."""
    OTHER = "other"
    """Preparing the network, trial steps of a time budget, comparing frozen layers, and who reads the events."""


def whole_seconds(seconds: Mapping[str, float], total: float) -> dict[str, float]:
    """Return the seconds of each part with those that no part claims as `other`, rounded to milliseconds.

    Args:
        seconds: Of each part that was measured.
        total: Active seconds of the run.
    """
    parts = {part.value: round(seconds.get(part, 0.0), 3) for part in Part if part is not Part.OTHER}
    return {**parts, Part.OTHER.value: round(max(0.0, total - sum(parts.values())), 3)}
