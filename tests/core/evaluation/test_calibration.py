"""Reliability bins, the calibration error, and temperatures that do not flatter themselves."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score, roc_curve

from prediction_samples import drawn, given
from tlft_desktop.core.evaluation.answers import answers_of
from tlft_desktop.core.evaluation.calibration import (
    MAX_TEMPERATURE,
    MIN_IMAGES,
    Calibration,
    calibration_of,
    expected_calibration_error,
    fit_temperature,
    reliability_bins,
)
from tlft_desktop.core.evaluation.curves import two_class_curves
from tlft_desktop.core.runs.predictions import Predictions


def calibrated(predictions: Predictions) -> Calibration:
    return calibration_of(predictions, answers_of(predictions))


def test_the_error_by_hand() -> None:
    bins = reliability_bins(np.array([0.55, 0.6, 0.95, 1.0, 0.0]), np.array([True, False, True, True, False]))
    assert [(item.count, item.accuracy) for item in bins] == [(1, 0.0), (2, 0.5), (2, 1.0)]
    assert bins[1].above == pytest.approx(8 / 15)
    assert bins[1].up_to == pytest.approx(9 / 15)
    assert bins[1].low < 0.5 < bins[1].high
    assert expected_calibration_error(bins) == pytest.approx((2 * abs(0.575 - 0.5) + 2 * abs(0.975 - 1)) / 5)


def test_a_limit_belongs_to_the_bin_below_it() -> None:
    (item,) = reliability_bins(np.array([0.2, 0.1]), np.array([True, True]), num_bins=5)
    assert (item.above, item.up_to, item.count) == (0.0, 0.2, 2)


def test_the_temperature_is_the_least_loss() -> None:
    predictions = drawn(600, 5, sharpness=3.0)
    logits, labels = predictions.logits.astype(float), predictions.labels

    def loss(temperature: float) -> float:
        scaled = logits / temperature
        return float((np.log(np.exp(scaled).sum(axis=1)) - scaled[np.arange(600), labels]).mean())

    expected = minimize_scalar(loss, bounds=(0.5, 10), method="bounded", options={"xatol": 1e-8}).x
    found = fit_temperature(predictions.logits, labels)
    assert found == pytest.approx(expected, rel=1e-4)
    assert found == pytest.approx(3.0, rel=0.15)


def test_scaling_mends_a_network_that_is_too_sure() -> None:
    found = calibrated(drawn(2_000, 5, sharpness=3.0))
    assert found.ece > 0.1
    assert found.scaled is not None
    assert found.scaled.ece < 0.04
    assert sum(item.count for item in found.scaled.bins) == 2_000
    before = answers_of(drawn(2_000, 5, sharpness=3.0)).losses.mean()
    assert found.scaled.log_loss is not None
    assert found.scaled.log_loss < before


def test_scaling_does_not_flatter_itself() -> None:
    """Fitted to the images that judge it a temperature always looks better; cross-fitted it may look worse."""
    gains = []
    for seed in range(20):
        predictions = drawn(40, 4, seed=seed)
        found = calibrated(predictions)
        assert found.scaled is not None
        fitted = answers_of(predictions, np.full(40, 1 / found.scaled.temperature)).losses.mean()
        before = answers_of(predictions).losses.mean()
        assert fitted <= before + 1e-9
        gains.append(before - (found.scaled.log_loss or 0.0))
    assert np.mean(gains) < 0


def test_copies_of_an_image_are_fitted_and_judged_together() -> None:
    once = drawn(60, 3, sharpness=2.0)
    twice = Predictions(
        np.repeat(once.logits, 2, 0), np.repeat(once.labels, 2), sum(((h, h) for h in once.hashes), ()), once.classes
    )
    first, second = calibrated(once), calibrated(twice)
    assert first.scaled is not None
    assert second.scaled is not None
    assert first.scaled.log_loss == pytest.approx(second.scaled.log_loss)


@pytest.mark.parametrize(("right", "limit"), [(True, 1 / MAX_TEMPERATURE), (False, MAX_TEMPERATURE)])
def test_where_no_temperature_is_best_it_ends_at_a_limit(right: bool, limit: float) -> None:
    labels = np.arange(30) % 3
    answers = labels if right else (labels + 1) % 3
    found = calibrated(given(np.eye(3)[answers] * 2, labels))
    assert found.scaled is not None
    assert found.scaled.temperature == limit


def test_few_images_get_no_temperature_and_bad_rows_do_not_disturb_it() -> None:
    assert calibrated(drawn(MIN_IMAGES - 1, 3)).scaled is None
    good = drawn(200, 3)
    bad = Predictions(good.logits.copy(), good.labels, good.hashes, good.classes)
    bad.logits[0] = np.nan
    first, second = calibrated(good), calibrated(bad)
    assert first.scaled is not None
    assert second.scaled is not None
    assert second.scaled.temperature == pytest.approx(first.scaled.temperature, rel=0.05)
    assert second.scaled.log_loss is None


def test_curves_of_two_classes_equal_scikit_learn() -> None:
    predictions = drawn(300, 2)
    scores = predictions.logits[:, 1] - predictions.logits[:, 0]
    found = two_class_curves(predictions)
    assert found is not None
    assert found.positive == "class 1"
    assert found.roc_auc == pytest.approx(roc_auc_score(predictions.labels, scores))
    assert found.average_precision == pytest.approx(average_precision_score(predictions.labels, scores))
    false_positive, true_positive, _ = roc_curve(predictions.labels, scores)
    np.testing.assert_allclose(found.false_positive_rate, false_positive)
    np.testing.assert_allclose(found.true_positive_rate, true_positive)
    precision, recall, _ = precision_recall_curve(predictions.labels, scores, drop_intermediate=True)
    np.testing.assert_allclose((found.precision, found.recall), (precision, recall))


def test_very_sure_answers_are_still_told_apart() -> None:
    found = two_class_curves(given([[0, 50], [0, 60], [0, 70], [9, 0]], [0, 1, 1, 0]))
    assert found is not None
    assert found.roc_auc == 1.0


def test_no_number_is_the_opposite_of_the_truth_in_a_curve() -> None:
    found = two_class_curves(given([[0, 1], [np.nan, 0], [1, 0], [np.inf, 0]], [1, 1, 0, 0]))
    assert found is not None
    assert found.roc_auc == 0.25


def test_there_is_no_curve_without_images_of_both_classes() -> None:
    assert two_class_curves(given([[0, 1], [1, 0]], [1, 1])) is None
    assert two_class_curves(drawn(20, 3)) is None
