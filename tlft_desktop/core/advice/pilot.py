"""What a pilot found: ways that were tried out for a moment, and whether that outweighs the rules."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tlft_desktop.core.stats import paired_difference_interval, wilson_interval
from tlft_desktop.core.values.strategy import StrategyKind

DEFAULT_SECONDS = 60.0
RULE = "pilot"
SOURCE = (
    "measured with this project's training images; ways are dropped by successive halving, Jamieson & Talwalkar "
    "(2016), arXiv 1502.07943"
)
NAMES = {
    StrategyKind.TRANSFER: "transfer learning",
    StrategyKind.FINETUNE: "fine-tuning",
    StrategyKind.HYBRID: "hybrid",
    StrategyKind.GRADUAL: "gradual unfreezing",
    StrategyKind.LAST_STAGE: "last stage",
    StrategyKind.NORM_BIAS: "norms and biases",
    StrategyKind.LORA: "adapters (LoRA)",
    StrategyKind.CUSTOM: "custom",
}

_WHOLE_ENOUGH = 0.5
"""Share of the training images from which on a lead of the head alone counts: with fewer it is ahead more easily."""


@dataclass(frozen=True, slots=True)
class PilotWay:
    """A way as far as it was tried out.

    Attributes:
        kind: Which way.
        hits: Whether each held-out image was told right after the last epoch.
        epochs: Of its last round; 0 where only a head was solved.
        seconds: Of its last round.
        gain: What the second half of these epochs brought, a fraction.
        is_finished: Whether a whole training would not go on: a head was solved, or all of its epochs are done.
    """

    kind: StrategyKind
    hits: tuple[bool, ...] = field(repr=False)
    epochs: int
    seconds: float
    gain: float
    is_finished: bool

    @property
    def accuracy(self) -> float:
        """Of the held-out images."""
        return sum(self.hits) / len(self.hits)

    @property
    def interval(self) -> tuple[float, float]:
        """Its 95 % interval."""
        return wilson_interval(sum(self.hits), len(self.hits))

    @property
    def reach(self) -> float:
        """What twice as many epochs may come to: learning slows down, so they bring what the last half did at most."""
        return self.accuracy if self.is_finished else min(1.0, self.accuracy + max(0.0, self.gain))

    @property
    def points_per_epoch(self) -> float:
        """The slope over the second half of the epochs."""
        return 100 * self.gain / max(1, self.epochs - self.epochs // 2)

    @property
    def points_per_second(self) -> float:
        """The slope by the time that an epoch took."""
        return self.points_per_epoch * self.epochs / max(self.seconds, 1e-9)

    def lead_over(self, other: PilotWay) -> Lead:
        """Return by how much it is better than another way, on the same images."""
        pairs = list(zip(self.hits, other.hits, strict=True))
        gained = sum(mine and not theirs for mine, theirs in pairs)
        lost = sum(theirs and not mine for mine, theirs in pairs)
        return Lead((gained - lost) / len(pairs), *paired_difference_interval(gained, lost, len(pairs)))


@dataclass(frozen=True, slots=True)
class Lead:
    """A difference of two accuracies on the same images, fractions.

    Attributes:
        difference: As measured.
        low, high: Its 95 % interval.
    """

    difference: float
    low: float
    high: float

    @property
    def is_shown(self) -> bool:
        """Whether it is more than chance makes."""
        return self.low > 0

    def __str__(self) -> str:
        return f"{100 * self.difference:.1f} points [{100 * self.low:.1f}, {100 * self.high:.1f}]"


@dataclass(frozen=True, slots=True)
class Pilot:
    """What trying the ways out came to.

    Attributes:
        ways: The best first; empty where nothing can be told.
        num_train: Training images that were trained on.
        num_held_out: Training images that were not.
        share: Share of the project's training images that were trained on.
        refusal: Why nothing can be told: a sentence; empty where something was.
    """

    ways: tuple[PilotWay, ...] = ()
    num_train: int = 0
    num_held_out: int = 0
    share: float = 0.0
    refusal: str = ""

    def of(self, kind: StrategyKind) -> PilotWay | None:
        """Return a way; None where it has no result."""
        return next((way for way in self.ways if way.kind is kind), None)

    def to_json(self) -> dict[str, Any]:
        """Return plain types; differences are those to the best way, in points."""
        return {
            "num_train": self.num_train,
            "num_held_out": self.num_held_out,
            "refusal": self.refusal or None,
            "ways": [self._way_to_json(way) for way in self.ways],
        }

    def _way_to_json(self, way: PilotWay) -> dict[str, Any]:
        low, high = way.interval
        behind = self.ways[0].lead_over(way)
        return {
            "strategy": way.kind.value,
            "accuracy": round(way.accuracy, 4),
            "low": round(low, 4),
            "high": round(high, 4),
            "epochs": way.epochs,
            "seconds": round(way.seconds, 3),
            "points_per_epoch": round(way.points_per_epoch, 3),
            "points_per_second": round(way.points_per_second, 3),
            "behind_points": round(100 * behind.difference, 2),
            "behind_low": round(100 * behind.low, 2),
            "behind_high": round(100 * behind.high, 2),
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a pilot says of an advice.

    Attributes:
        strategy: What to take now.
        overrules: Whether that is not what the rules say.
        confirms: Whether the advice led by more than chance makes.
        value: The lead in words, a fraction; None where nothing was told apart.
        text: A sentence or two.
    """

    strategy: StrategyKind
    overrules: bool
    confirms: bool
    value: float | None
    text: str


def better_half(ways: Sequence[PilotWay]) -> list[PilotWay]:
    """Return the half that may come furthest, in their order; one of two, two of three.

    Source: successive halving, Jamieson & Talwalkar (2016), arXiv 1502.07943; ranked by what a way may reach and not
    by what it has, since a head is solved at once and layers learn slowly.
    """
    kept = sorted(ways, key=lambda way: way.reach, reverse=True)[: math.ceil(len(ways) / 2)]
    return [way for way in ways if way in kept]


def judge(pilot: Pilot, *, advised: StrategyKind, runner_up: StrategyKind) -> Verdict:
    """Say whether a pilot outweighs the rules: only by a lead that is more than chance, and not about to melt away.

    Args:
        pilot: What was found.
        advised: What the rules say.
        runner_up: What they say next: it goes first among ways that the pilot cannot tell apart.
    """
    own = pilot.of(advised)
    if pilot.refusal or own is None:
        return Verdict(advised, False, False, None, pilot.refusal or _without(advised))
    best = pilot.ways[0]
    if best.accuracy == own.accuracy:
        return _kept(pilot, own)
    lead = best.lead_over(own)
    name, held = _capital(NAMES[best.kind]), pilot.num_held_out
    if not lead.is_shown:
        text = (
            f"{name} was the best way when all were tried out, but its lead of {lead} is no more than chance makes "
            f"with {held} held-out images: the rules decide."
        )
        return Verdict(advised, False, False, lead.difference, text)
    if own.reach >= best.accuracy:
        text = (
            f"{name} led by {lead} when the ways were tried out, but {NAMES[advised]} was still gaining "
            f"{own.points_per_epoch:.1f} points an epoch: the rules decide."
        )
        return Verdict(advised, False, False, lead.difference, text)
    if best.kind is StrategyKind.TRANSFER and pilot.share < _WHOLE_ENOUGH:
        text = (
            f"{name} led by {lead} when the ways were tried out, but with {100 * pilot.share:.0f} % of the training "
            f"images only, and {NAMES[advised]} gains most by more: the rules decide."
        )
        return Verdict(advised, False, False, lead.difference, text)
    second = pilot.of(runner_up)
    if second is not None and second.lead_over(own).is_shown and not best.lead_over(second).is_shown:
        best, lead = second, second.lead_over(own)
        name = _capital(NAMES[best.kind])
    text = (
        f"{name} was better than {NAMES[advised]} by {lead} on {held} held-out training images when both were tried "
        "out: that counts more than any rule."
    )
    return Verdict(best.kind, True, False, lead.difference, text)


def _kept(pilot: Pilot, own: PilotWay) -> Verdict:
    other = max((way for way in pilot.ways if way is not own), key=lambda way: way.accuracy)
    lead, held = own.lead_over(other), pilot.num_held_out
    if lead.is_shown:
        text = (
            f"Tried out with {held} held-out training images, {NAMES[own.kind]} led by {lead} before "
            f"{NAMES[other.kind]}, as the rules say."
        )
    else:
        text = (
            f"Tried out with {held} held-out training images, {NAMES[own.kind]} and {NAMES[other.kind]} could not be "
            f"told apart ({lead}): the rules decide."
        )
    return Verdict(own.kind, False, lead.is_shown, lead.difference, text)


def _without(advised: StrategyKind) -> str:
    return f"The time was not enough to try out {NAMES[advised]}: the rules decide."


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
