"""The rules between two phases: is the next one worth it, and was it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tlft_desktop.core.stats import mcnemar_exact


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

    With a target: stop when it is reached. Without: stop when less than a point is missing to 100 %. What is left may
    be less than so many images can show and still be worth it: runs that stopped for it had 69, 72 and 87 % where
    fine-tuning had 79, 77 and 95 % (digits and blurred photographs, 12 to 50 validation images, EfficientNet-Lite0).
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
    numbers = f"{headroom * 100:.1f} points are missing to 100 % (validation images: {num_images})."
    # Compared as whole numbers: 0.99 of 100 images has exactly one point left.
    if 100 * (num_images - num_correct) < num_images:
        return GateDecision("headroom", Decision.STOP, f"Hardly anything is left to gain: {numbers}")
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
