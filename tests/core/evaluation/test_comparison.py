"""Comparisons of runs: the numbers, the sentence, and runs that cannot be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from storage_samples import make_run
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.comparison import MAX_RUNS_ALL_PAIRS, RunAnswers, compare, compare_runs
from tlft_desktop.core.runs.predictions import Predictions, write_predictions
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.stats import mcnemar_exact, paired_difference_interval
from tlft_desktop.core.values.run import RunState, RunSummary

CLASSES = ("cat", "dog")


def predictions(
    correct: Sequence[bool], *, labels: Sequence[int] | None = None, classes: tuple[str, ...] = CLASSES, first: int = 0
) -> Predictions:
    """Return answers that are right where `correct` says so; images are numbered from `first`."""
    truth = np.array(labels if labels is not None else [number % 2 for number in range(len(correct))], dtype=np.int64)
    answers = np.where(np.array(correct), truth, 1 - truth)
    hashes = tuple(f"{number:064x}" for number in range(first, first + len(correct)))
    return Predictions(np.eye(len(classes), dtype=np.float32)[answers], truth, hashes, classes)


def answers(name: str, given: Predictions, *, seconds: float = 10.0) -> RunAnswers:
    summary = RunSummary(run=f"RUN-{name}", name=name, strategy=name, state=RunState.COMPLETED, total_seconds=seconds)
    return RunAnswers(summary, given)


def pair(only_first: int, only_second: int, *, both: int) -> tuple[RunAnswers, RunAnswers]:
    """Return a quick and a slow run with so many images that only one, or both, get right."""
    first = [True] * only_first + [False] * only_second + [True] * both
    second = [False] * only_first + [True] * only_second + [True] * both
    return answers("transfer", predictions(first)), answers("hybrid", predictions(second), seconds=42.0)


def test_a_clear_difference_is_a_sentence_with_interval_p_value_and_time() -> None:
    result = compare(*pair(2, 20, both=78))
    low, high = paired_difference_interval(2, 20, 100)
    assert (result.a, result.b, result.num_images) == ("RUN-transfer", "RUN-hybrid", 100)
    assert result.difference_points == pytest.approx(-18.0)
    assert (result.low, result.high) == (pytest.approx(100 * low), pytest.approx(100 * high))
    assert result.p_value == mcnemar_exact(2, 20)
    expected = f"hybrid is better than transfer by 18.0 points [{-100 * high:.1f}, {-100 * low:.1f}], p < 0.001"
    assert result.sentence == f"{expected}, and took 4.2 times as long."


def test_the_order_of_the_two_changes_the_sign_only() -> None:
    first, second = pair(2, 20, both=78)
    one, other = compare(first, second), compare(second, first)
    assert one.difference_points == -(other.difference_points or 0)
    assert (one.low, one.high) == (-(other.high or 0), -(other.low or 0))
    assert one.sentence == other.sentence


def test_no_difference_names_the_smallest_detectable_one() -> None:
    result = compare(*pair(3, 4, both=113))
    assert result.sentence.startswith(
        "No measurable difference between transfer and hybrid (hybrid ahead by 0.8 points"
    )
    # 2.8 sqrt(7 / 120 / 120) = 6.17 points.
    assert result.sentence.endswith(
        "Only one of the two is right on 7 of 120 validation images, which makes about 6.2 points the smallest "
        "detectable difference."
    )
    assert result.p_value == 1.0


@pytest.mark.parametrize("both", [0, 3, 40, 300, 2_000])
def test_the_sentence_never_contradicts_the_numbers_beside_it(both: int) -> None:
    for only_first in range(0, 41, 3):
        for only_second in range(0, 41, 2):
            if only_first + only_second + both == 0:
                continue
            result = compare(*pair(only_first, only_second, both=both))
            assert result.low is not None
            assert result.high is not None
            assert result.p_value is not None
            excludes_zero = result.low > 0 or result.high < 0
            assert excludes_zero == (result.p_value < 0.05) == (" is better than " in result.sentence)
            shown = re.search(r"by (\S+) points \[(\S+), (\S+)\], p [<=] ([\d.e-]+)", result.sentence)
            if excludes_zero:
                assert shown is not None
                assert float(shown[2]) > 0
                assert float(shown[4]) < 0.05
            elif result.sentence.endswith("so few cannot show any difference."):
                assert result.num_images is not None
                assert result.num_images < 8
            else:
                smallest = float(result.sentence.rsplit("about ")[-1].split()[0])
                assert smallest > abs(result.difference_points or 0)
                assert shown is None or (float(shown[2]) <= 0 and float(shown[4]) > 0.05)


def test_p_values_near_the_limit_are_not_rounded_to_it() -> None:
    result = compare(*pair(22, 10, both=100))
    assert result.p_value == pytest.approx(0.0501, abs=1e-4)
    assert "p = 0.0501)" in result.sentence
    assert result.sentence.startswith("No measurable difference")


def test_images_are_paired_by_hash_not_by_position() -> None:
    first, second = pair(2, 20, both=78)
    turned = second.predictions
    order = np.arange(100)[::-1]
    shuffled = Predictions(
        turned.logits[order], turned.labels[order], tuple(turned.hashes[index] for index in order), turned.classes
    )
    assert compare(first, RunAnswers(second.summary, shuffled)) == compare(first, second)


def test_the_order_of_the_classes_does_not_matter() -> None:
    first, second = pair(2, 20, both=78)
    given = second.predictions
    swapped = Predictions(given.logits[:, ::-1], 1 - given.labels, given.hashes, ("dog", "cat"))
    assert compare(first, RunAnswers(second.summary, swapped)) == compare(first, second)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (predictions([True] * 10, first=4), r"different images \(6 in common, 4 only with a, 4 only with b\)"),
        (predictions([True] * 10, classes=("cat", "wolf")), "other classes apart"),
        (predictions([True] * 10, labels=[0] * 10), "5 of their 10 validation images got another class"),
    ],
)
def test_runs_on_other_images_classes_or_labels_are_explained(other: Predictions, words: str) -> None:
    result = compare(answers("a", predictions([True] * 10)), answers("b", other))
    assert not result.is_possible
    assert (result.difference_points, result.low, result.high, result.p_value) == (None,) * 4
    assert re.search(words, result.sentence)


def test_the_runs_of_a_project(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    runs = [make_run(store) for _ in range(3)]
    with pytest.raises(InputError, match="Two runs with results"):
        compare_runs(store)
    for run in runs[:2]:
        write_predictions(store.folder(run), predictions([True] * 8))
    (only,) = compare_runs(store)
    assert (only.a, only.b) == (runs[0], runs[1])
    assert compare_runs(store, [runs[0], runs[1]]) == [only]
    with pytest.raises(InputError, match="has no results: it was not trained"):
        compare_runs(store, [runs[0], runs[2]])
    with pytest.raises(InputError, match="Two runs with results"):
        compare_runs(store, [runs[0], runs[0]])


def test_a_damaged_run_does_not_hide_the_others(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    runs = [make_run(store) for _ in range(3)]
    for run in runs:
        write_predictions(store.folder(run), predictions([True] * 8))
    (store.folder(runs[0]) / "predictions.safetensors").write_bytes(b"damaged")
    assert [(item.a, item.b) for item in compare_runs(store)] == [(runs[1], runs[2])]


def test_of_many_runs_each_is_compared_with_the_best(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    for _ in range(MAX_RUNS_ALL_PAIRS + 1):
        write_predictions(store.folder(make_run(store)), predictions([True] * 8))
    found = compare_runs(store)
    assert len(found) == MAX_RUNS_ALL_PAIRS
    assert len({item.a for item in found}) == 1
