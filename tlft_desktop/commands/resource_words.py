"""What a run took, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tlft_desktop.commands import words
from tlft_desktop.core.runs.resources import RunResources
from tlft_desktop.core.values.parts import Part

_PARTS = {
    Part.LOADING: "waiting for images",
    Part.FROZEN: "frozen layers (computed once)",
    Part.TRAINING: "training",
    Part.VALIDATION: "validation",
    Part.SAVING: "saving",
    Part.OTHER: "other",
}
_LEAST_SECONDS = 0.05
_JOULES_PER_WATT_HOUR = 3600
_SCALES = ((1e6, "M"), (1e3, "k"), (1.0, ""))


def time_sentence(total_seconds: float, seconds_by_part: Mapping[str, float]) -> str:
    """Say what the active time went into; empty where a run does not say."""
    shown = [
        f"{words.duration(seconds_by_part[part])} {text}"
        for part, text in _PARTS.items()
        if seconds_by_part.get(part, 0.0) >= _LEAST_SECONDS
    ]
    return f"Of {words.duration(total_seconds)}: {', '.join(shown)}." if shown else ""


def energy_sentence(joules: float | None, of: str) -> str:
    """Say how much energy was used, and by what; empty where nothing reported."""
    if joules is None:
        return ""
    watt_hours = _scaled(joules / _JOULES_PER_WATT_HOUR, "Wh")
    return f"Energy: {_scaled(joules, 'J')} ({watt_hours}) of the whole {of}, whatever else ran on it."


def _scaled(value: float, unit: str) -> str:
    # The next scale begins where rounding would show 1000 of this one.
    scale, sign = next((pair for pair in _SCALES if value >= 0.9995 * pair[0]), _SCALES[-1])
    return f"{value / scale:.3g} {sign}{unit}"


def resource_sentences(taken: RunResources) -> Iterator[str]:
    """Yield everything that a run took."""
    if taken.trainable_share is not None:
        yield (
            f"{taken.trainable_parameters:,} of {taken.total_parameters:,} parameters trained "
            f"({words.percent(taken.trainable_share)})."
        )
    if sentence := time_sentence(taken.total_seconds, taken.seconds_by_part):
        yield sentence
    if taken.peak_memory_bytes:
        yield f"Peak memory: {words.size(taken.peak_memory_bytes)}."
    if sentence := energy_sentence(taken.energy_joules, taken.energy_of):
        yield sentence
    yield f"On the disk: {words.size(taken.size_bytes)}."
