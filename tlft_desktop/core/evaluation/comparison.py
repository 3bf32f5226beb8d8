"""Is one run better than another? Paired comparisons on the same validation images, in numbers and in words."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.evaluation.answers import JudgedImages, aligned, answers_of
from tlft_desktop.core.evaluation.chosen import MAX_RUNS_ALL_PAIRS, ChosenRuns, RunAnswers, chosen_runs
from tlft_desktop.core.evaluation.comparison_words import Correction, PairNumbers
from tlft_desktop.core.runs.resources import run_resources
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.stats import holm, mcnemar_exact, paired_difference_interval
from tlft_desktop.core.values.run import RunSummary


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side.

    Attributes:
        a, b: Identifiers of the runs.
        sentence: What the numbers mean, also among several pairs, or why the two cannot be compared.
        num_images: Validation images that both classified; None where they cannot be compared, as all that follows.
        difference_points: Accuracy of `a` minus accuracy of `b`, in percentage points.
        low, high: 95 % interval of the difference, in percentage points; leaves 0 out exactly when `p_value` < 0.05.
        p_value: Exact McNemar test.
        only_a_correct, only_b_correct: Images that exactly one of the two gets right.
        p_holm: `p_value` corrected for the number of pairs that were compared together.
        non_inferior: The quicker run, where it is certainly less than `MARGIN_POINTS` worse; else None.
        numbers: What the sentence is made of.
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
    numbers: PairNumbers | None = field(default=None, repr=False)

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
    """Return comparisons with their p values corrected for being so many, in `p_holm` and in the sentences."""
    possible = [item for item in comparisons if item.p_value is not None]
    p_holm = dict(zip(map(id, possible), holm([item.p_value or 0.0 for item in possible]), strict=True))
    return [
        _with_correction(item, Correction(p_holm[id(item)], len(possible))) if id(item) in p_holm else item
        for item in comparisons
    ]


def _with_correction(found: Comparison, correction: Correction) -> Comparison:
    if found.numbers is None or correction.num_compared < 2:
        return found
    return replace(found, p_holm=correction.p_holm, sentence=found.numbers.sentence(correction))


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
    seconds = (a.summary.total_seconds, b.summary.total_seconds)
    numbers = PairNumbers(names, seconds, num_images, only_a, only_b, points, low, high, p_value)
    quicker = numbers.quicker_and_good_enough
    return Comparison(
        a=a.summary.run,
        b=b.summary.run,
        sentence=numbers.sentence(),
        num_images=num_images,
        difference_points=points,
        low=low,
        high=high,
        p_value=p_value,
        only_a_correct=only_a,
        only_b_correct=only_b,
        p_holm=p_value,
        non_inferior=None if quicker is None else (a, b)[quicker].summary.run,
        numbers=numbers,
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
