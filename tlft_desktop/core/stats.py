"""Intervals and paired tests; a leaf that every package may use. Pure Python: it must answer at once."""

from __future__ import annotations

import math


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
    only_first_correct: int, only_second_correct: int, num_images: int, *, z: float = 1.96
) -> tuple[float, float]:
    """Return the interval of accuracy(first) - accuracy(second) on the same images, as fractions in [-1, 1].

    Raises:
        ValueError: If the discordant counts are negative or exceed `num_images`, or `num_images` < 1.
    Source: Agresti & Min (2005), Stat. Med. 24, 729-740: Wald interval after adding 0.5 to every cell.
    """
    discordant = only_first_correct + only_second_correct
    if num_images < 1 or min(only_first_correct, only_second_correct) < 0 or discordant > num_images:
        raise ValueError("discordant counts must be non-negative and at most the number of images")
    total = num_images + 2
    first, second = (only_first_correct + 0.5) / total, (only_second_correct + 0.5) / total
    difference = first - second
    half = z * math.sqrt(max(0.0, first + second - difference**2) / total)
    return max(-1.0, difference - half), min(1.0, difference + half)
