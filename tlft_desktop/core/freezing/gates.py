"""The rules between two phases: is the next one worth it, and was it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tlft_desktop.core.stats import detectable_difference, mcnemar_exact


class Decision(StrEnum):
    """What a gate decided."""

    STOP = "stop"
    SWITCH = "switch"
    ROLL_BACK = "roll_back"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class GateDecision:
    """A decision with its rule and the numbers behind it in words."""

    rule: str
    decision: Decision
    reason: str


def decide_next_phase(num_correct: int, num_images: int, *, target: float | None) -> GateDecision:
    """Decide after a phase whether the next one can bring anything.

    With a target: stop when it is reached. Without: stop when even a perfect result would be better by less than the
    smallest difference that so many validation images can show. The headroom counts from the accuracy itself: counted
    from the upper end of its interval, small validation sets would stop runs that gain 20 points and more.
    """
    accuracy = num_correct / num_images
    if target is not None:
        reached = accuracy >= target
        reason = (
            f"Validation accuracy {accuracy:.1%} reaches the target of {target:.1%}."
            if reached
            else f"Validation accuracy {accuracy:.1%} is below the target of {target:.1%}."
        )
        return GateDecision("target", Decision.STOP if reached else Decision.SWITCH, reason)
    headroom = 1 - accuracy
    smallest = detectable_difference(num_images)
    numbers = (
        f"{headroom * 100:.1f} points are missing to 100 %; differences from {smallest * 100:.1f} points on can be "
        f"shown (validation images: {num_images})."
    )
    if headroom < smallest:
        return GateDecision("headroom", Decision.STOP, f"Nothing measurable is left to gain: {numbers}")
    return GateDecision("headroom", Decision.SWITCH, f"There is room to gain: {numbers}")


def decide_roll_back(first_correct: Sequence[bool], second_correct: Sequence[bool]) -> GateDecision:
    """Decide whether the later phase is kept: only if it is right more often on the same images; a tie goes back.

    Args:
        first_correct: For each validation image, whether the best state so far was right.
        second_correct: The same for the best state of the later phase.
    """
    pairs = list(zip(first_correct, second_correct, strict=True))
    only_first = sum(first and not second for first, second in pairs)
    only_second = sum(second and not first for first, second in pairs)
    points = (only_second - only_first) / len(pairs) * 100
    p_value = mcnemar_exact(only_first, only_second)
    numbers = f"{points:+.1f} points on the same images ({len(pairs)}), McNemar p = {p_value:.3g}."
    if only_second > only_first:
        return GateDecision("best", Decision.KEEP, f"The later phase is kept: {numbers}")
    return GateDecision(
        "best", Decision.ROLL_BACK, f"The later phase was not better, so the earlier state is used: {numbers}"
    )
