"""What comparing two runs gave, in words: who is better, whether that may be chance, and what it cost."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tlft_desktop.core.stats import FEWEST_DISCORDANT, SIGNIFICANT_P, detectable_difference

MARGIN_POINTS = 1.0
"""Percentage points of accuracy that a quicker run may lose and still be good enough."""
_NOTICEABLE_TIME_RATIO = 1.1


@dataclass(frozen=True, slots=True)
class Correction:
    """A p value among several.

    Attributes:
        p_holm: It, corrected for their number.
        num_compared: Their number.
    """

    p_holm: float
    num_compared: int

    def __str__(self) -> str:
        return f"Corrected for {self.num_compared} comparisons (Holm): {p_words(self.p_holm)}."


@dataclass(frozen=True, slots=True)
class PairNumbers:
    """Two runs in numbers; the better one is the first where they are told.

    Attributes:
        names: Of the runs.
        seconds: Active time of each.
        num_images: Validation images that both classified.
        only_a, only_b: Images that exactly one of the two gets right.
        points: Accuracy of the first minus accuracy of the second, in percentage points.
        low, high: 95 % interval of that.
        p_value: Exact McNemar test.
    """

    names: tuple[str, str]
    seconds: tuple[float, float]
    num_images: int
    only_a: int
    only_b: int
    points: float
    low: float
    high: float
    p_value: float

    def turned(self) -> PairNumbers:
        """Return them with the two runs in the other order."""
        return PairNumbers(
            self.names[::-1],
            self.seconds[::-1],
            self.num_images,
            self.only_b,
            self.only_a,
            -self.points,
            -self.high,
            -self.low,
            self.p_value,
        )

    def sentence(self, correction: Correction | None = None) -> str:
        """Say what they mean.

        Args:
            correction: Where several pairs were compared: what is chance among them is not called better.
        """
        ahead = self if self.points >= 0 else self.turned()
        return " ".join(part for part in (ahead._verdict(self.names, correction), ahead._good_enough()) if part)

    @property
    def quicker_and_good_enough(self) -> int | None:
        """Which of the two, 0 or 1, is quicker and less than `MARGIN_POINTS` worse by the whole interval; else None.

        A run that loses just the margin is called so in 2.5 % of cases, and in 5 % where few images tell the two apart
        (as simulated for 1,000 images of which 14 do).

        Source: the lower limit of the two-sided 95 % interval as the test of non-inferiority; Piaggio et al. (2012),
            JAMA 308, 2594-2604.
        """
        seconds = self.seconds
        if not min(seconds) > 0 or max(seconds) / min(seconds) < _NOTICEABLE_TIME_RATIO:
            return None
        quicker = seconds.index(min(seconds))
        worst = self.low if quicker == 0 else -self.high
        return quicker if worst > -MARGIN_POINTS else None

    def _verdict(self, names: tuple[str, str], correction: Correction | None) -> str:
        better, other = self.names
        if self.p_value < SIGNIFICANT_P and correction is not None and correction.p_holm >= SIGNIFICANT_P:
            return (
                f"{better} is ahead of {other} by {self}, which may be chance: corrected for {correction.num_compared} "
                f"comparisons (Holm), {p_words(correction.p_holm)}."
            )
        if self.p_value < SIGNIFICANT_P:
            found = [self._better()]
        elif self.points:
            found = [f"No measurable difference between {names[0]} and {names[1]} ({better} ahead by {self})."]
        else:
            found = [f"No measurable difference between {names[0]} and {names[1]} (difference {self})."]
        if self.p_value >= SIGNIFICANT_P:
            found.append(self._what_could_be_shown())
        return " ".join([*found, *([str(correction)] if correction else [])])

    def __str__(self) -> str:
        limits = f"[{points_words(self.low)}, {points_words(self.high)}]"
        # The same words in every language, but for the unit.
        return f"{points_words(self.points)} points {limits}, {p_words(self.p_value)}"

    def _better(self) -> str:
        """Say that the first one is better, and how much longer or shorter it took where that is worth a word."""
        better, other = self.names
        ratio = self.seconds[0] / self.seconds[1] if min(self.seconds) > 0 else 1.0
        if ratio >= _NOTICEABLE_TIME_RATIO:
            return f"{better} is better than {other} by {self}, and took {_factor(ratio)} times as long."
        if ratio <= 1 / _NOTICEABLE_TIME_RATIO:
            return f"{better} is better than {other} by {self}, and was {_factor(1 / ratio)} times as fast."
        return f"{better} is better than {other} by {self}."

    def _good_enough(self) -> str:
        """Say that the quicker one is nearly as good; nothing where it is not, or is better."""
        quicker = self.quicker_and_good_enough
        if quicker is None or (quicker == 0 and self.p_value < SIGNIFICANT_P):
            return ""
        worst = self.low if quicker == 0 else -self.high
        times = _factor(max(self.seconds) / min(self.seconds))
        # Rounded up to what it certainly is at most.
        points = math.ceil(-10 * worst) / 10
        return (
            f"{self.names[quicker]} is at most {points:.1f} points worse than {self.names[1 - quicker]}, and {times} "
            "times as fast."
        )

    def _what_could_be_shown(self) -> str:
        """Say which difference such a pair of runs would show in four of five cases.

        That depends on the share of images on which exactly one of the two is right. It is the share of these two runs;
        fewer than `FEWEST_DISCORDANT` cannot show any difference.
        """
        discordant, num_images = self.only_a + self.only_b, self.num_images
        if not discordant:
            return "Both are right on exactly the same images."
        share = min(1.0, max(discordant, FEWEST_DISCORDANT) / num_images)
        smallest = detectable_difference(num_images, discordant_share=share)
        if smallest >= 1:
            return (
                f"Only one of the two is right on {discordant} of {num_images} validation images, and so few cannot "
                "show any difference."
            )
        # Rounded up: it is never below a difference that was not detected.
        points = math.ceil(1000 * smallest) / 10
        return (
            f"Only one of the two is right on {discordant} of {num_images} validation images, which makes about "
            f"{points:.1f} points the smallest detectable difference."
        )


def points_words(value: float) -> str:
    """Return percentage points with one digit, or with as many as it takes to tell a small number from 0."""
    text = f"{value:.1f}"
    return f"{value:.1g}" if value and float(text) == 0 else text


def p_words(p_value: float) -> str:
    """Return a p value in two digits, or in as many as it takes to tell it from the limit of significance."""
    if p_value < 0.001:
        return "p < 0.001"
    texts = (f"{p_value:.{digits}g}" for digits in range(2, 17))
    return f"p = {next((text for text in texts if float(text) != SIGNIFICANT_P), f'{p_value:g}')}"


def _factor(ratio: float) -> str:
    return f"{ratio:.1f}" if ratio < 10 else f"{ratio:.0f}"
