"""Comparisons of runs: the numbers, the sentence, and runs that cannot be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from storage_samples import make_run
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.chosen import MAX_RUNS_ALL_PAIRS, RunAnswers, chosen_runs
from tlft_desktop.core.evaluation.comparison import Comparison, compare, compare_chosen, compare_runs
from tlft_desktop.core.runs.predictions import Predictions, write_predictions
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.stats import holm, mcnemar_exact, paired_difference_interval
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
            elif only_first == only_second == 0:
                assert " Both are right on exactly the same images." in result.sentence
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
        compare_chosen(chosen_runs(store))
    for run in runs[:2]:
        write_predictions(store.folder(run), predictions([True] * 8))
    (only,) = compare_chosen(chosen_runs(store))
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
    assert [(item.a, item.b) for item in compare_chosen(chosen_runs(store))] == [(runs[1], runs[2])]


def test_of_many_runs_each_is_compared_with_the_best(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    for _ in range(MAX_RUNS_ALL_PAIRS + 1):
        write_predictions(store.folder(make_run(store)), predictions([True] * 8))
    found = compare_chosen(chosen_runs(store))
    assert len(found) == MAX_RUNS_ALL_PAIRS
    assert len({item.a for item in found}) == 1


def test_several_pairs_are_corrected_for_being_several(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    right = np.zeros((3, 60), dtype=bool)
    right[0, :50], right[1, 10:60], right[2, :40] = True, True, True
    for row in right:
        write_predictions(store.folder(make_run(store)), predictions(row.tolist()))
    write_predictions(store.folder(make_run(store)), predictions([True] * 8))
    found = compare_chosen(chosen_runs(store))
    p_values = [item.p_value for item in found if item.p_value is not None]
    assert len(found) == 6
    assert [item.p_holm for item in found if item.p_value is not None] == holm(p_values)
    assert [item.p_holm for item in found if item.p_value is None] == [None] * 3
    assert compare(*pair(2, 20, both=78)).p_holm == mcnemar_exact(2, 20)


def test_what_is_no_number_is_wrong_in_a_comparison() -> None:
    first, second = answers("a", predictions([True] * 10)), answers("b", predictions([True] * 10))
    # The largest of a row of NaN would be the first class.
    second.predictions.logits[:] = np.nan
    result = compare(first, second)
    assert (result.only_a_correct, result.only_b_correct) == (10, 0)


def test_a_quicker_run_that_is_certainly_nearly_as_good_is_told_so() -> None:
    # Transfer took 10 s, the hybrid 42 s.
    result = compare(*pair(4, 10, both=3_986))
    assert result.non_inferior == "RUN-transfer"
    assert result.low is not None
    assert -1 < result.low < 0
    assert result.sentence.endswith(" transfer is at most 0.4 points worse than hybrid, and 4.2 times as fast.")
    better = compare(*pair(4, 30, both=3_966))
    assert better.sentence.startswith("hybrid is better than transfer by ")
    assert better.sentence.endswith(" transfer is at most 1.0 points worse than hybrid, and 4.2 times as fast.")


@pytest.mark.parametrize(
    ("only_first", "only_second", "both", "seconds"),
    [(4, 10, 86, 42.0), (4, 60, 3_936, 42.0), (4, 10, 3_986, 10.5)],
)
def test_nothing_is_called_nearly_as_good_that_may_not_be_or_is_not_quicker(
    only_first: int, only_second: int, both: int, seconds: float
) -> None:
    first, second = pair(only_first, only_second, both=both)
    result = compare(first, answers("hybrid", second.predictions, seconds=seconds))
    assert result.non_inferior is None
    assert "at most" not in result.sentence


def test_a_quicker_run_that_is_better_is_not_called_nearly_as_good() -> None:
    result = compare(*pair(40, 4, both=1_956))
    assert result.non_inferior == "RUN-transfer"
    assert "at most" not in result.sentence


def claims(only_first: float, only_second: float, *, num_images: int, num_cases: int = 1_000) -> list[Comparison]:
    """Return comparisons of imaginary pairs of runs whose answers differ with the given probabilities."""
    shares = [only_first, only_second, 1 - only_first - only_second]
    drawn = np.random.default_rng(0).multinomial(num_images, shares, size=num_cases)
    known: dict[tuple[int, ...], Comparison] = {}
    for case in map(tuple, drawn.tolist()):
        if case not in known:
            known[case] = compare(*pair(case[0], case[1], both=case[2]))
    return [known[case] for case in map(tuple, drawn.tolist())]


@pytest.mark.parametrize(("num_images", "discordant"), [(200, 0.1), (500, 0.3)])
def test_without_a_difference_one_is_claimed_in_five_percent_of_cases_at_most(
    num_images: int, discordant: float
) -> None:
    found = claims(discordant / 2, discordant / 2, num_images=num_images)
    assert sum(" is better than " in item.sentence for item in found) <= 0.05 * len(found)


def test_eight_points_on_five_hundred_images_are_found_in_four_of_five_cases() -> None:
    # 85 and 77 % right, independently of each other: the least favourable case.
    found = claims(0.85 * 0.23, 0.15 * 0.77, num_images=500)
    assert sum("transfer is better than hybrid" in item.sentence for item in found) >= 0.8 * len(found)


def test_a_run_that_is_one_point_worse_is_rarely_called_nearly_as_good() -> None:
    found = claims(0.01, 0.02, num_images=2_000, num_cases=300)
    assert sum(item.non_inferior == "RUN-transfer" for item in found) <= 0.05 * len(found)
    found = claims(0.004, 0.004, num_images=1_000, num_cases=300)
    assert sum(item.non_inferior == "RUN-transfer" for item in found) >= 0.8 * len(found)
