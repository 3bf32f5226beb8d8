"""Is one run better than another? Paired comparisons on the same validation images, in numbers and in words."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.evaluation.answers import JudgedImages, aligned, answers_of
from tlft_desktop.core.evaluation.chosen import MAX_RUNS_ALL_PAIRS, ChosenRuns, RunAnswers, chosen_runs
from tlft_desktop.core.runs.resources import run_resources
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.stats import (
    FEWEST_DISCORDANT,
    SIGNIFICANT_P,
    detectable_difference,
    holm,
    mcnemar_exact,
    paired_difference_interval,
)
from tlft_desktop.core.values.run import RunSummary

MARGIN_POINTS = 1.0
"""Percentage points of accuracy that a quicker run may lose and still be good enough."""
_NOTICEABLE_TIME_RATIO = 1.1


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side.

    Attributes:
        a, b: Identifiers of the runs.
        sentence: What the numbers mean, or why the two cannot be compared.
        num_images: Validation images that both classified; None where they cannot be compared, as all that follows.
        difference_points: Accuracy of `a` minus accuracy of `b`, in percentage points.
        low, high: 95 % interval of the difference, in percentage points; leaves 0 out exactly when `p_value` < 0.05.
        p_value: Exact McNemar test.
        only_a_correct, only_b_correct: Images that exactly one of the two gets right.
        p_holm: `p_value` corrected for the number of pairs that were compared together.
        non_inferior: The quicker run, where it is certainly less than `MARGIN_POINTS` worse; else None.
    """

    a: str
    b: str
    sentence: str
    num_images: int | None = None
    difference_points: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    only_a_correct: int | None = None
    only_b_correct: int | None = None
    p_holm: float | None = None
    non_inferior: str | None = None

    @property
    def is_possible(self) -> bool:
        """Whether the two runs could be compared."""
        return self.difference_points is not None

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return {
            "a": self.a,
            "b": self.b,
            "difference_points": self.difference_points,
            "low": self.low,
            "high": self.high,
            "p_value": self.p_value,
            "sentence": self.sentence,
            "num_images": self.num_images,
            "only_a_correct": self.only_a_correct,
            "only_b_correct": self.only_b_correct,
            "p_holm": self.p_holm,
            "non_inferior": self.non_inferior,
        }


def comparison_record(store: RunStore, found: Comparison) -> dict[str, Any]:
    """Return a comparison with what both runs took, in plain types, as `tlft compare --json` prints it.

    Raises:
        InputError: If one of the runs is not there any more.
    """
    first, second = (run_resources(store, run).to_json() for run in (found.a, found.b))
    return {**found.to_json(), "resources_a": first, "resources_b": second}


def compare_runs(store: RunStore, refs: Sequence[str]) -> list[Comparison]:
    """Compare each named run of a project with each other one.

    Raises:
        InputError: If fewer than two runs are named, or one of them has no results.
    """
    return compare_chosen(chosen_runs(store, refs))


def compare_chosen(chosen: ChosenRuns) -> list[Comparison]:
    """Compare runs pairwise, with p values corrected for being several."""
    return corrected(compare_all(chosen.answers) if chosen.is_each_pair else compare_many(chosen.answers))


def compare_all(chosen: Sequence[RunAnswers]) -> list[Comparison]:
    """Compare each run with each other one.

    The p values stay as they are, also in `p_holm`: see `corrected`.
    """
    judged = [_judged(answers) for answers in chosen]
    return [_compare(first, second) for first, second in itertools.combinations(judged, 2)]


def compare_many(chosen: Sequence[RunAnswers]) -> list[Comparison]:
    """Compare as `compare_all` does; of more than `MAX_RUNS_ALL_PAIRS` runs each with the best one only."""
    if len(chosen) <= MAX_RUNS_ALL_PAIRS:
        return compare_all(chosen)
    judged = [_judged(answers) for answers in chosen]
    best = max(judged, key=lambda item: item.summary.val_accuracy or 0.0)
    return [_compare(best, other) for other in judged if other is not best]


def corrected(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """Return comparisons with their p values corrected for being so many, in `p_holm`."""
    p_values = {place: item.p_value for place, item in enumerate(comparisons) if item.p_value is not None}
    p_holm = dict(zip(p_values, holm(list(p_values.values())), strict=True))
    return [replace(item, p_holm=p_holm.get(place)) for place, item in enumerate(comparisons)]


def compare(a: RunAnswers, b: RunAnswers) -> Comparison:
    """Compare two runs on the same images; runs that were validated on others give a comparison that says so."""
    return _compare(_judged(a), _judged(b))


@dataclass(frozen=True, slots=True)
class _Judged:
    """A run and where it is right, in an order that all runs share; made once for all of its comparisons.

    Attributes:
        summary: Of the run.
        classes: Names, sorted.
        hashes: Of the images, sorted.
        labels: The true classes by their places in `classes`, [N].
        right: Whether each answer is right, [N].
    """

    summary: RunSummary
    classes: tuple[str, ...]
    hashes: tuple[str, ...]
    labels: NDArray[np.int64]
    right: NDArray[np.bool_]


def _judged(answers: RunAnswers) -> _Judged:
    predictions = aligned(answers.predictions)
    right = answers_of(predictions).right
    return _Judged(answers.summary, predictions.classes, predictions.hashes, predictions.labels, right)


def _compare(a: _Judged, b: _Judged) -> Comparison:
    names = telling_names(a.summary, b.summary)
    obstacle = obstacle_between(a, b, names)
    if obstacle:
        return Comparison(a.summary.run, b.summary.run, obstacle)
    only_a, only_b, num_images = int((a.right & ~b.right).sum()), int((b.right & ~a.right).sum()), len(a.right)
    points = 100 * (only_a - only_b) / num_images
    low, high = (100 * limit for limit in paired_difference_interval(only_a, only_b, num_images))
    p_value = mcnemar_exact(only_a, only_b)
    numbers = _Numbers(num_images, only_a, only_b, points, low, high, p_value)
    seconds = (a.summary.total_seconds, b.summary.total_seconds)
    quicker = _non_inferior(numbers, seconds)
    return Comparison(
        a=a.summary.run,
        b=b.summary.run,
        sentence=_sentence(names, seconds, numbers),
        num_images=num_images,
        difference_points=points,
        low=low,
        high=high,
        p_value=p_value,
        only_a_correct=only_a,
        only_b_correct=only_b,
        p_holm=p_value,
        non_inferior=None if quicker is None else (a, b)[quicker].summary.run,
    )


def telling_names(a: RunSummary, b: RunSummary) -> tuple[str, str]:
    """Return names by which two runs can be told apart."""
    return (a.name, b.name) if a.name != b.name else (f"{a.name} ({a.run})", f"{b.name} ({b.run})")


def obstacle_between(a: JudgedImages, b: JudgedImages, names: tuple[str, str]) -> str:
    """Return why two runs cannot be compared: a sentence; empty if they can."""
    first, second = names
    if set(a.classes) != set(b.classes):
        differing = sorted(set(a.classes) ^ set(b.classes))
        shown = ", ".join(f"'{name}'" for name in differing[:3]) + (", ..." if len(differing) > 3 else "")
        return f"{first} and {second} cannot be compared: they tell other classes apart ({shown})."
    if a.hashes != b.hashes:
        shared = (Counter(a.hashes) & Counter(b.hashes)).total()
        return (
            f"{first} and {second} cannot be compared: they were validated on different images ({shared} in common, "
            f"{len(a.hashes) - shared} only with {first}, {len(b.hashes) - shared} only with {second}). "
            f"The images or their division changed in between: train again."
        )
    relabelled = int((a.labels != b.labels).sum())
    if relabelled:
        return (
            f"{first} and {second} cannot be compared: {relabelled} of their {len(a.hashes)} validation images got "
            f"another class in between. Train again."
        )
    return ""


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The numbers of a comparison, as `Comparison` has them."""

    num_images: int
    only_a: int
    only_b: int
    points: float
    low: float
    high: float
    p_value: float

    def turned(self) -> _Numbers:
        """Return them with the two runs in the other order."""
        return _Numbers(self.num_images, self.only_b, self.only_a, -self.points, -self.high, -self.low, self.p_value)

    def __str__(self) -> str:
        limits = f"[{points_words(self.low)}, {points_words(self.high)}]"
        # The same words in every language, but for the unit.
        return f"{points_words(self.points)} points {limits}, {p_words(self.p_value)}"


def _sentence(names: tuple[str, str], seconds: tuple[float, float], numbers: _Numbers) -> str:
    better, other = names
    own_seconds, other_seconds = seconds
    if numbers.points < 0:
        better, other, numbers = other, better, numbers.turned()
        own_seconds, other_seconds = other_seconds, own_seconds
    enough = _good_enough((better, other), (own_seconds, other_seconds), numbers)
    if numbers.p_value < SIGNIFICANT_P:
        return f"{_better(better, other, numbers, seconds=(own_seconds, other_seconds))}{enough}"
    if numbers.points:
        found = f"No measurable difference between {names[0]} and {names[1]} ({better} ahead by {numbers})."
    else:
        found = f"No measurable difference between {names[0]} and {names[1]} (difference {numbers})."
    return f"{found} {_what_could_be_shown(numbers)}{enough}"


def _non_inferior(numbers: _Numbers, seconds: tuple[float, float]) -> int | None:
    """Return which of two, 0 or 1, is quicker and less than `MARGIN_POINTS` worse by the whole interval; else None.

    A run that loses just the margin is called so in 2.5 % of cases, and in 5 % where few images tell the two apart (as
    simulated for 1,000 images of which 14 do).

    Source: the lower limit of the two-sided 95 % interval as the test of non-inferiority; Piaggio et al. (2012), JAMA
        308, 2594-2604.
    """
    if not min(seconds) > 0 or max(seconds) / min(seconds) < _NOTICEABLE_TIME_RATIO:
        return None
    quicker = seconds.index(min(seconds))
    worst = numbers.low if quicker == 0 else -numbers.high
    return quicker if worst > -MARGIN_POINTS else None


def _good_enough(names: tuple[str, str], seconds: tuple[float, float], numbers: _Numbers) -> str:
    """Say that the quicker one is nearly as good, with a space before it; nothing where it is not, or is better."""
    quicker = _non_inferior(numbers, seconds)
    if quicker is None or (quicker == 0 and numbers.p_value < SIGNIFICANT_P):
        return ""
    worst = numbers.low if quicker == 0 else -numbers.high
    times = _factor(max(seconds) / min(seconds))
    # Rounded up to what it certainly is at most.
    points = math.ceil(-10 * worst) / 10
    sentence = (
        f"{names[quicker]} is at most {points:.1f} points worse than {names[1 - quicker]}, and {times} times as fast."
    )
    return f" {sentence}"


def _better(better: str, other: str, numbers: _Numbers, *, seconds: tuple[float, float]) -> str:
    """Say which of two is better, and how much longer or shorter it took where that is worth a word."""
    ratio = seconds[0] / seconds[1] if min(seconds) > 0 else 1.0
    if ratio >= _NOTICEABLE_TIME_RATIO:
        return f"{better} is better than {other} by {numbers}, and took {_factor(ratio)} times as long."
    if ratio <= 1 / _NOTICEABLE_TIME_RATIO:
        return f"{better} is better than {other} by {numbers}, and was {_factor(1 / ratio)} times as fast."
    return f"{better} is better than {other} by {numbers}."


def _what_could_be_shown(numbers: _Numbers) -> str:
    """Say which difference such a pair of runs would show in four of five cases.

    That depends on the share of images on which exactly one of the two is right. It is the share of these two runs;
    fewer than `FEWEST_DISCORDANT` cannot show any difference.
    """
    discordant, num_images = numbers.only_a + numbers.only_b, numbers.num_images
    share = min(1.0, max(discordant, FEWEST_DISCORDANT) / num_images)
    smallest = detectable_difference(num_images, discordant_share=share)
    if smallest >= 1:
        return (
            f"Only one of the two is right on {discordant} of {num_images} validation images, and so few cannot show "
            "any difference."
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


def holm_words(p_value: float | None, p_holm: float | None, num_compared: int) -> str:
    """Say what is left of a p value where several pairs were compared; nothing of one pair, or of none."""
    if num_compared < 2 or p_value is None or p_holm is None:
        return ""
    if p_value < SIGNIFICANT_P <= p_holm:
        return f"For this pair alone; corrected for {num_compared} (Holm), {p_words(p_holm)} may well be chance."
    return f"Corrected for {num_compared} comparisons (Holm): {p_words(p_holm)}."


def _factor(ratio: float) -> str:
    return f"{ratio:.1f}" if ratio < 10 else f"{ratio:.0f}"
