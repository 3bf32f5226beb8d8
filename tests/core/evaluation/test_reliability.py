"""What a threshold on probabilities means."""

from __future__ import annotations

import numpy as np
import pytest

from tlft_desktop.core.evaluation.reliability import coverage_curve, reliability_of
from tlft_desktop.core.runs.predictions import Predictions


def predictions(logits: list[list[float]], labels: list[int]) -> Predictions:
    return Predictions(
        logits=np.array(logits, np.float32).reshape(len(labels), -1 if labels else 2),
        labels=np.array(labels, np.int64),
        hashes=tuple(f"{number:064x}" for number in range(len(labels))),
        classes=("a", "b"),
    )


def test_answers_above_a_threshold_are_counted() -> None:
    log = np.log
    found = reliability_of(
        predictions([[log(9), log(1)], [log(6), log(4)], [log(2), log(8)], [log(5.5), log(4.5)]], [0, 1, 1, 0])
    )
    assert found.probabilities == pytest.approx((0.9, 0.8, 0.6, 0.55), abs=1e-6)
    assert found.at(0.0) == (4, 3, 4)
    assert found.at(0.7) == (2, 2, 4)
    assert found.at(0.59) == (3, 2, 4)
    assert found.at(0.95) == (0, 0, 4)


def test_the_threshold_itself_counts_as_sure() -> None:
    assert reliability_of(predictions([[0.0, 0.0]], [0])).at(0.5) == (1, 1, 1)


def test_answers_that_are_no_numbers_are_unsure_and_wrong() -> None:
    found = reliability_of(predictions([[np.nan, np.nan], [5.0, 0.0]], [0, 0]))
    assert found.at(0.01) == (1, 1, 2)


def test_huge_logits_do_not_overflow() -> None:
    assert reliability_of(predictions([[3e38, -3e38]], [0])).at(0.99) == (1, 1, 1)


def test_without_images_nothing_is_counted() -> None:
    assert reliability_of(predictions([], [])).at(0.5) == (0, 0, 0)


def test_the_curve_goes_from_all_answers_to_none() -> None:
    log = np.log
    found = coverage_curve(reliability_of(predictions([[log(9), 0.0], [0.0, log(3)], [log(3), 0.0]], [0, 1, 1])))
    assert len(found) == 101
    assert (found[0].threshold, found[0].coverage, found[0].accuracy) == (0.0, 1.0, pytest.approx(2 / 3))
    assert (found[80].threshold, found[80].num_answered, found[80].accuracy) == (0.8, 1, 1.0)
    assert found[80].low == pytest.approx(0.2065, abs=1e-4)
    assert (found[95].coverage, found[95].accuracy, found[95].low) == (0.0, None, None)
    assert coverage_curve(reliability_of(predictions([], []))) == ()
