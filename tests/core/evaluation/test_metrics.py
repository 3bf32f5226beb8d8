"""Figures of a run against scikit-learn, and in the cases that it does not define."""

from __future__ import annotations

import json
import math
import time

import numpy as np
import pytest
from sklearn.metrics import (
    balanced_accuracy_score,
    confusion_matrix,
    f1_score,
    log_loss,
    precision_recall_fscore_support,
    top_k_accuracy_score,
)

from prediction_samples import drawn, given
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.answers import answers_of
from tlft_desktop.core.evaluation.metrics import MAX_MATRIX_CLASSES, Metrics, metrics_of
from tlft_desktop.core.evaluation.run_evaluation import evaluate_predictions
from tlft_desktop.core.runs.predictions import NO_ANSWER, Predictions
from tlft_desktop.core.stats import wilson_interval


def measured(predictions: Predictions) -> Metrics:
    return metrics_of(answers_of(predictions), predictions.classes)


def test_figures_equal_scikit_learn() -> None:
    predictions = drawn(400, 7)
    found = measured(predictions)
    logits, truth = predictions.logits.astype(float), predictions.labels
    answered = logits.argmax(axis=1)
    shares = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    assert found.num_correct == (answered == truth).sum()
    assert (found.low, found.high) == wilson_interval(found.num_correct, 400)
    assert found.balanced_accuracy == pytest.approx(balanced_accuracy_score(truth, answered))
    assert found.macro_f1 == pytest.approx(f1_score(truth, answered, average="macro"))
    assert found.log_loss == pytest.approx(log_loss(truth, shares))
    assert found.top5 == pytest.approx(top_k_accuracy_score(truth, shares, k=5))
    matrix = found.confusion_matrix()
    assert matrix is not None
    np.testing.assert_array_equal(matrix, confusion_matrix(truth, answered))
    table = np.array([[item.precision, item.recall, item.f1, item.support] for item in found.classes], dtype=float)
    np.testing.assert_allclose(table.T, precision_recall_fscore_support(truth, answered))
    assert [item.answered for item in found.classes] == matrix.sum(axis=0).tolist()
    first = found.classes[0]
    assert (first.low, first.high) == wilson_interval(int(matrix[0, 0]), first.support)


def test_the_most_frequent_mistakes_come_first() -> None:
    found = measured(given(np.eye(3)[[1, 1, 2, 0, 1, 2]], [0, 0, 0, 0, 1, 1], ("a", "b", "c")))
    assert found.mistakes == [("a", "b", 2), ("a", "c", 1), ("b", "c", 1)]


def test_a_class_without_images_has_no_recall_and_counts_in_no_mean() -> None:
    found = measured(given(np.eye(4)[[0, 0, 1, 2]], [0, 0, 1, 1]))
    seen, mixed, mistaken, absent = found.classes
    assert (seen.precision, seen.recall, seen.f1) == (1.0, 1.0, 1.0)
    assert (mixed.recall, mixed.f1) == (0.5, pytest.approx(2 / 3))
    assert (mistaken.support, mistaken.precision, mistaken.recall, mistaken.low, mistaken.f1) == (0, 0.0, None, None, 0)
    assert (absent.precision, absent.recall, absent.high, absent.f1) == (None, None, None, None)
    assert found.balanced_accuracy == 0.75
    assert found.macro_f1 == pytest.approx((1 + 2 / 3 + 0) / 3)


def test_one_class_only() -> None:
    found = evaluate_predictions(given([[3.0], [-2.0]], [0, 0], ("all",)))
    assert (found.metrics.accuracy, found.metrics.macro_f1, found.metrics.log_loss) == (1.0, 1.0, 0.0)
    assert (found.calibration.ece, found.calibration.scaled, found.curves) == (0.0, None, None)


@pytest.mark.parametrize("row", [[np.nan, 1, 0], [np.inf, 1, 0], [-np.inf] * 3, [np.nan] * 3])
@pytest.mark.parametrize("label", [0, 1])
def test_what_is_no_number_is_no_answer_and_wrong(row: list[float], label: int) -> None:
    found = measured(given([[4, 0, 0], row], [0, label]))
    assert (found.num_correct, found.num_unanswered, found.log_loss) == (1, 1, None)
    assert found.confusions.tolist() == [[0, 0, 1]]
    assert answers_of(given([row], [label])).predicted.tolist() == [NO_ANSWER]
    json.dumps(evaluate_predictions(given([[4, 0, 0], row], [0, label])).to_json(), allow_nan=False)


def test_a_class_that_cannot_be_is_an_answer_all_the_same() -> None:
    found = measured(given([[2, -np.inf, 0], [1, -np.inf, 5]], [0, 1]))
    assert (found.num_correct, found.num_unanswered, found.log_loss) == (1, 0, None)


def test_of_equal_ranks_the_first_class_is_ahead() -> None:
    assert answers_of(given([[0.0] * 7] * 2, [4, 5])).ranks.tolist() == [4, 5]
    assert measured(given([[0.0] * 7] * 2, [4, 5])).top5 == 0.5
    assert measured(given([[0.0] * 5], [4])).top5 is None


def test_no_images_is_a_sentence() -> None:
    with pytest.raises(InputError, match="no images to evaluate"):
        evaluate_predictions(given(np.zeros((0, 3)), []))


def test_labels_that_are_no_class_are_refused() -> None:
    with pytest.raises(ValueError, match="none of the 3 classes"):
        given(np.zeros((1, 3)), [3])


def test_ten_thousand_images_of_a_hundred_classes_are_quick() -> None:
    predictions = drawn(10_000, 100)
    started = time.process_time()
    found = evaluate_predictions(predictions)
    json.dumps(found.to_json(), allow_nan=False)
    assert time.process_time() - started < 5
    assert found.metrics.num_images == 10_000


def test_five_thousand_classes_are_possible() -> None:
    found = measured(drawn(1_500, 5_000))
    assert found.confusion_matrix() is None
    assert found.confusions[:, 2].sum() == 1_500
    assert sum(item.support for item in found.classes) == 1_500
    assert found.to_json()["confusion"] is None
    assert len(found.classes) > MAX_MATRIX_CLASSES
    assert not math.isnan(found.macro_f1)
