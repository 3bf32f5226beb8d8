"""Intervals and paired tests; a leaf that every package may use. Pure Python: it must answer at once."""

from __future__ import annotations

import math
from collections.abc import Sequence

SIGNIFICANT_P = 0.05
"""Below it a difference is called measured."""
_TAIL = 0.025
_BISECTIONS = 50
_NEGLIGIBLE = 1e-17
FEWEST_DISCORDANT = 6
"""With fewer images on which two classifiers differ, the exact test is above 0.05 however they are divided."""


def wilson_interval(num_correct: int, num_total: int, *, z: float = 1.96) -> tuple[float, float]:
    """Return the Wilson score interval of an accuracy, as fractions in [0, 1]; `z` = 1.96 gives 95 %.

    Raises:
        ValueError: If `num_total` < 1 or `num_correct` is not in [0, num_total].
    Source: Wilson (1927), J. Am. Stat. Assoc. 22, 209-212.
    """
    if num_total < 1 or not 0 <= num_correct <= num_total:
        raise ValueError(f"need 0 <= num_correct <= num_total and num_total >= 1, got {num_correct} of {num_total}")
    share = num_correct / num_total
    denominator = 1 + z * z / num_total
    centre = (share + z * z / (2 * num_total)) / denominator
    half = z * math.sqrt(share * (1 - share) / num_total + z * z / (4 * num_total**2)) / denominator
    low = 0.0 if num_correct == 0 else max(0.0, centre - half)
    high = 1.0 if num_correct == num_total else min(1.0, centre + half)
    return low, high


def mcnemar_exact(only_first_correct: int, only_second_correct: int) -> float:
    """Return the two-sided exact McNemar p value of two classifiers on the same images.

    Args:
        only_first_correct: Images that only the first classifier gets right.
        only_second_correct: Images that only the second classifier gets right.

    Raises:
        ValueError: If a count is negative.
    Source: McNemar (1947), Psychometrika 12, 153-157; exact form: binomial test of b against b + c, p = 1/2.
    """
    if only_first_correct < 0 or only_second_correct < 0:
        raise ValueError("counts of discordant images cannot be negative")
    total = only_first_correct + only_second_correct
    smaller = min(only_first_correct, only_second_correct)
    # Integers keep the tail exact for any number of images; each term from the one before, which is fast for any too.
    term = tail = 1
    for k in range(1, smaller + 1):
        term = term * (total - k + 1) // k
        tail += term
    return min(1.0, float(2 * tail / 2**total))


def holm(p_values: Sequence[float]) -> list[float]:
    """Return p values corrected for being several, in the same order: below a level they are wrong as rarely together.

    The smallest one is multiplied by their number, the next by one less, and so on; none becomes smaller than the one
    before it, or larger than 1.

    Source: Holm (1979), Scand. J. Stat. 6, 65-70.
    """
    corrected = [1.0] * len(p_values)
    largest = 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        largest = max(largest, min(1.0, (len(p_values) - rank) * p_values[place]))
        corrected[place] = largest
    return corrected


def detectable_difference(num_images: int, *, discordant_share: float = 0.10) -> float:
    """Return the smallest difference of two accuracies (fraction) found with 80 % power at alpha = 0.05.

    Args:
        num_images: Images that both classifiers saw.
        discordant_share: Share of the images on which exactly one of the two is right.

    Raises:
        ValueError: If `num_images` < 1 or the share is not in (0, 1].
    Source: normal approximation of the paired test, (z_0.975 + z_0.8) * sqrt(d / n) = 2.8 * sqrt(d / n);
        Connor (1987), Biometrics 43, 207-211.
    """
    if num_images < 1 or not 0 < discordant_share <= 1:
        raise ValueError("need at least one image and a discordant share in (0, 1]")
    return min(1.0, 2.8 * math.sqrt(discordant_share / num_images))


def paired_difference_interval(
    only_first_correct: int, only_second_correct: int, num_images: int
) -> tuple[float, float]:
    """Return the 95 % interval of accuracy(first) - accuracy(second) on the same images, as fractions in [-1, 1].

    It leaves 0 out exactly when `mcnemar_exact` is below 0.05. The difference is the share of the discordant images
    times how they are divided. The division has its Clopper-Pearson interval, which alone decides on which side of 0
    the limits lie, the share its Wilson interval; a limit is as far from the difference as the two distances make it
    together, taken as ratios where the limit has the sign of the difference. Scaling the first interval by the observed
    share instead would cover the true difference in fewer than 75 of 100 cases where nearly all discordant images
    speak for one side.

    Raises:
        ValueError: If the discordant counts are negative or exceed `num_images`, or `num_images` < 1.
    Source: Clopper & Pearson (1934), Biometrika 26, 404-413; combined as in Zou & Donner (2008), Stat. Med. 27,
        1693-1702.
    """
    discordant = only_first_correct + only_second_correct
    if num_images < 1 or min(only_first_correct, only_second_correct) < 0 or discordant > num_images:
        raise ValueError("discordant counts must be non-negative and at most the number of images")
    if only_first_correct < only_second_correct:
        low, high = paired_difference_interval(only_second_correct, only_first_correct, num_images)
        return -high, -low
    share, (share_low, share_high) = discordant / num_images, wilson_interval(discordant, num_images)
    if not discordant:
        return -share_high, share_high
    balance = (only_first_correct - only_second_correct) / discordant
    balance_low, balance_high = (2 * limit - 1 for limit in clopper_pearson_interval(only_first_correct, discordant))
    difference, spread = share * balance, balance * (share_high - share)
    if balance_low > 0:
        low = difference * math.exp(-math.hypot(math.log(balance / balance_low), math.log(share / share_low)))
    else:
        low = difference - math.hypot(share * (balance - balance_low), spread)
    return max(-1.0, low), min(1.0, difference + math.hypot(share * (balance_high - balance), spread))


def clopper_pearson_interval(num_hits: int, num_total: int) -> tuple[float, float]:
    """Return the exact 95 % interval of a share: it leaves 1/2 out exactly when `mcnemar_exact` is below 0.05.

    Args:
        num_hits: One of two counts.
        num_total: Their sum, at least 1.

    Source: Clopper & Pearson (1934), Biometrika 26, 404-413.
    """
    return _lower_limit(num_hits, num_total), 1 - _lower_limit(num_total - num_hits, num_total)


def _lower_limit(num_hits: int, num_total: int) -> float:
    """Return the share at which so many hits or more have a probability of 2.5 %, by bisection."""
    if num_hits == 0:
        return 0.0
    observed = num_hits / num_total
    # The exact test says on which side of 1/2 the limit lies; rounding must not.
    is_above = 2 * num_hits > num_total and mcnemar_exact(num_hits, num_total - num_hits) < 2 * _TAIL
    low, high = (0.5, observed) if is_above else (0.0, min(0.5, observed))
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        if _upper_tail(num_hits, num_total, middle) < _TAIL:
            low = middle
        else:
            high = middle
    return high if is_above else low


def _upper_tail(num_hits: int, num_total: int, share: float) -> float:
    """Return the binomial probability of `num_hits` or more; `share` is below the observed one, so the terms fall."""
    rest = num_total - num_hits
    ways = math.lgamma(num_total + 1) - math.lgamma(num_hits + 1) - math.lgamma(rest + 1)
    term = math.exp(ways + num_hits * math.log(share) + rest * math.log1p(-share))
    total, odds = term, share / (1 - share)
    for hits in range(num_hits, num_total):
        term *= odds * (num_total - hits) / (hits + 1)
        total += term
        if term < total * _NEGLIGIBLE:
            break
    return total
