"""The worst, the least certain and the doubtful images first."""

from __future__ import annotations

import numpy as np
import pytest

from prediction_samples import drawn, given
from tlft_desktop.core.evaluation.answers import answers_of, probabilities_of
from tlft_desktop.core.evaluation.image_orders import (
    NUM_LIKELIEST,
    Likeliest,
    label_suspects,
    least_certain_first,
    likeliest_of,
    worst_first,
    wrong_rows,
)
from tlft_desktop.core.runs.predictions import NO_ANSWER, Predictions


def likeliest(predictions: Predictions) -> Likeliest:
    return likeliest_of(predictions, answers_of(predictions))


def shares(*rows: list[float], labels: list[int]) -> Predictions:
    """Return answers with these probabilities."""
    return given(np.log(np.array(rows)), labels)


@pytest.mark.parametrize("num_classes", [1, 2, NUM_LIKELIEST, 40])
def test_the_likeliest_classes_and_their_probabilities(num_classes: int) -> None:
    predictions = drawn(60, num_classes)
    found = likeliest(predictions)
    wanted = probabilities_of(predictions.logits)
    kept = min(NUM_LIKELIEST, num_classes)
    np.testing.assert_array_equal(found.classes, np.argsort(-wanted, axis=1, kind="stable")[:, :kept])
    np.testing.assert_allclose(found.probabilities, -np.sort(-wanted, axis=1)[:, :kept], rtol=1e-5)
    np.testing.assert_array_equal(found.classes[:, 0], answers_of(predictions).predicted)


def test_equal_classes_come_in_their_order_and_impossible_ones_last() -> None:
    found = likeliest(given([[1, 1, 1], [-np.inf, 0, -np.inf], [np.nan, 0, 0]], [0, 0, 0]))
    assert found.classes.tolist() == [[0, 1, 2], [1, 0, 2], [NO_ANSWER] * 3]
    assert found.probabilities[1:].tolist() == [[1, 0, 0], [0, 0, 0]]


def test_the_wrong_ones_and_the_worst_ones() -> None:
    answers = answers_of(shares([0.7, 0.3], [0.2, 0.8], [0.1, 0.9], [0.6, 0.4], labels=[0, 0, 0, 1]))
    assert wrong_rows(answers).tolist() == [1, 2, 3]
    assert worst_first(answers).tolist() == [2, 1, 3, 0]


def test_an_answer_that_is_no_number_is_wrong_the_worst_and_the_least_certain() -> None:
    predictions = given([[9, 0], [np.nan, 0], [0, 9]], [0, 0, 0])
    answers = answers_of(predictions)
    assert wrong_rows(answers).tolist() == [1, 2]
    assert worst_first(answers).tolist()[0] == 1
    assert least_certain_first(likeliest(predictions).margins).tolist()[0] == 1
    assert 1 not in label_suspects(answers)


def test_the_least_certain_is_where_two_classes_are_nearly_equal_not_where_the_first_is_low() -> None:
    predictions = shares([0.5, 0.49, 0.01], [0.4, 0.3, 0.3], [0.9, 0.05, 0.05], labels=[0, 0, 0])
    assert least_certain_first(likeliest(predictions).margins).tolist() == [0, 1, 2]


def test_one_class_is_always_certain() -> None:
    assert likeliest(given([[1], [2]], [0, 0])).margins.tolist() == [1, 1]


def test_a_label_is_doubted_where_the_run_is_as_sure_as_it_is_of_that_class_on_the_mean() -> None:
    # On images called class 1 the run gives it 0.6 and 0.8: a mean of 0.7.
    rows = [[0.4, 0.6], [0.2, 0.8], [0.29, 0.71], [0.31, 0.69], [0.9, 0.1]]
    answers = answers_of(shares(*rows, labels=[1, 1, 0, 0, 0]))
    assert label_suspects(answers).tolist() == [2], "0.69 is below the threshold of the class"


def test_the_surest_doubt_comes_first() -> None:
    rows = [[0.4, 0.6], [0.3, 0.7], [0.1, 0.9], [0.2, 0.8], [0.9, 0.1]]
    answers = answers_of(shares(*rows, labels=[1, 0, 0, 0, 0]))
    assert label_suspects(answers).tolist() == [2, 3, 1]


def test_a_class_that_no_image_is_labelled_with_doubts_nothing() -> None:
    answers = answers_of(shares([0.1, 0.9, 0.0001], [0.9, 0.1, 0.0001], labels=[0, 0]))
    assert label_suspects(answers).tolist() == []


def test_planted_wrong_labels_are_found() -> None:
    generator = np.random.default_rng(0)
    truth = generator.integers(4, size=2000)
    given_labels = truth.copy()
    planted = generator.choice(2000, size=100, replace=False)
    given_labels[planted] = (truth[planted] + generator.integers(1, 4, size=100)) % 4
    logits = 4 * np.eye(4)[truth] + generator.normal(0, 1, (2000, 4))
    found = label_suspects(answers_of(given(logits, given_labels)))
    hits = np.isin(found, planted)
    assert hits.sum() > 75, "most of them"
    assert hits.mean() > 0.9, "and hardly others"
    assert hits[:50].all(), "the surest doubts are right"
