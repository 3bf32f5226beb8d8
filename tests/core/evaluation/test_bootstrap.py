"""Differences of any figure by resampling: against direct computation, in coverage, and over several runs."""

from __future__ import annotations

import time

import numpy as np
import pytest
from scipy.stats import bootstrap
from sklearn.datasets import make_moons
from sklearn.metrics import balanced_accuracy_score, f1_score
from sklearn.model_selection import RepeatedStratifiedKFold, cross_val_score
from sklearn.svm import SVC

from prediction_samples import drawn, given
from tlft_desktop.core.evaluation.answers import aligned, answers_of
from tlft_desktop.core.evaluation.bootstrap import Metric, bootstrap_difference, statistic_of
from tlft_desktop.core.evaluation.calibration import calibration_of
from tlft_desktop.core.evaluation.metrics import metrics_of
from tlft_desktop.core.evaluation.resampled_t import corrected_resampled_t
from tlft_desktop.core.runs.predictions import Predictions


def noisy(truth: np.ndarray, shares: tuple[float, ...], generator: np.random.Generator) -> list[Predictions]:
    """Return runs on two classes that are right with the given shares, independently of each other."""
    found = []
    for share in shares:
        answers = np.where(generator.random(len(truth)) < share, truth, 1 - truth)
        found.append(given(3 * np.eye(2)[answers], truth))
    return found


def test_figures_of_weighted_images_are_those_of_repeated_images() -> None:
    predictions = drawn(60, 4, sharpness=2.0)
    generator = np.random.default_rng(1)
    rows = np.concatenate(
        [
            generator.choice(np.flatnonzero(predictions.labels == label), (predictions.labels == label).sum())
            for label in range(4)
        ]
    )
    repeated = given(predictions.logits[rows], predictions.labels[rows])
    answers = answers_of(repeated)
    metrics = metrics_of(answers, repeated.classes)
    expected = {
        Metric.ACCURACY: metrics.accuracy,
        Metric.BALANCED_ACCURACY: balanced_accuracy_score(repeated.labels, answers.predicted),
        Metric.MACRO_F1: f1_score(repeated.labels, answers.predicted, average="macro"),
        Metric.CALIBRATION_ERROR: calibration_of(repeated, answers).ece,
    }
    weights = np.bincount(rows, minlength=60)[None, :].astype(float)
    for metric, value in expected.items():
        assert statistic_of(answers_of(predictions), metric)(weights) == pytest.approx([value]), metric


@pytest.mark.parametrize("metric", list(Metric))
def test_the_difference_is_that_of_the_figures(metric: Metric) -> None:
    first, second = drawn(80, 3, sharpness=2.0), drawn(80, 3, sharpness=0.5)
    second = Predictions(
        second.logits + np.eye(3)[(first.labels + 1) % 3] * 2, first.labels, first.hashes, first.classes
    )
    found = bootstrap_difference([first], [second], metric, num_resamples=199)
    whole = np.ones((1, 80))
    assert found.first == statistic_of(answers_of(first), metric)(whole)[0]
    assert found.second == statistic_of(answers_of(second), metric)(whole)[0]
    assert found.low <= found.first - found.second <= found.high
    turned = bootstrap_difference([second], [first], metric, num_resamples=199)
    assert (turned.low, turned.high) == (pytest.approx(-found.high), pytest.approx(-found.low))


def test_a_macro_f1_leaves_out_what_is_not_there() -> None:
    predictions = given(np.eye(4)[[0, 0, 1, 2]], [0, 0, 1, 1])
    whole = np.ones((1, 4))
    expected = metrics_of(answers_of(predictions), predictions.classes).macro_f1
    assert statistic_of(answers_of(predictions), Metric.MACRO_F1)(whole) == pytest.approx([expected])


def test_the_interval_is_that_of_scipy() -> None:
    """With one class nothing is stratified, and the accuracy is a mean of paired differences."""
    generator = np.random.default_rng(3)
    right = generator.random((2, 150)) < [[0.8], [0.6]]
    runs = [given(np.eye(2)[np.where(row, 0, 1)], np.zeros(150)) for row in right]
    found = bootstrap_difference([runs[0]], [runs[1]], Metric.ACCURACY)
    differences = right[0].astype(float) - right[1]
    expected = bootstrap((differences,), np.mean, n_resamples=4_000, method="percentile", rng=1).confidence_interval
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=0.012)


def test_limits_and_p_value_never_contradict_each_other() -> None:
    generator = np.random.default_rng(4)
    seen = set()
    for gap in np.linspace(0, 0.2, 25):
        truth = generator.integers(0, 2, 150)
        first, second = noisy(truth, (0.8, 0.8 - gap), generator)
        found = bootstrap_difference([first], [second], Metric.MACRO_F1, num_resamples=199)
        is_outside = found.low > 0 or found.high < 0
        assert is_outside == (found.p_value < 0.05)
        seen.add(is_outside)
    assert seen == {True, False}


def test_the_bootstrap_claims_a_difference_that_is_not_there_about_as_rarely_as_it_says() -> None:
    generator = np.random.default_rng(5)
    truth = np.arange(120) % 2
    claims = 0
    for seed in range(400):
        first, second = noisy(truth, (0.8, 0.8), generator)
        found = bootstrap_difference([first], [second], Metric.MACRO_F1, num_resamples=199, seed=seed)
        claims += found.p_value < 0.05
    # 5 % and three standard errors.
    assert claims / 400 <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 400)


def test_several_runs_widen_the_interval_by_what_seeds_change() -> None:
    """Three runs of one strategy that vary among each other say less than three that do not."""
    generator = np.random.default_rng(6)
    truth = generator.integers(0, 2, 400)
    (other,) = noisy(truth, (0.8,), generator)
    (steady,) = noisy(truth, (0.85,), generator)
    varied = noisy(truth, (0.75, 0.85, 0.95), generator)
    same = bootstrap_difference([steady] * 3, [other] * 3, Metric.ACCURACY)
    once = bootstrap_difference([steady], [other], Metric.ACCURACY)
    wide = bootstrap_difference(varied, [other] * 3, Metric.ACCURACY)
    assert same.high - same.low == pytest.approx(once.high - once.low, rel=0.1)
    assert wide.high - wide.low > 1.5 * (same.high - same.low)
    assert wide.first == pytest.approx(np.mean([answers_of(run).right.mean() for run in varied]))


def test_runs_on_other_images_are_refused() -> None:
    first, second = drawn(30, 3), drawn(31, 3)
    with pytest.raises(ValueError, match="other images"):
        bootstrap_difference([first], [second], Metric.ACCURACY)


def test_answers_are_brought_into_one_order() -> None:
    one = given([[3, 1, 2], [1, 4, 0]], [0, 2], ("b", "c", "a"))
    order = np.argsort(one.hashes)
    found = aligned(one)
    assert found.classes == ("a", "b", "c")
    assert found.hashes == tuple(sorted(one.hashes))
    np.testing.assert_array_equal(found.logits, np.array([[2, 3, 1], [0, 1, 4]])[order])
    assert [found.classes[label] for label in found.labels] == [("b", "a")[row] for row in order]


def test_thousands_of_resamples_of_many_images_are_quick() -> None:
    first, second = drawn(10_000, 100), drawn(10_000, 100, sharpness=2.0)
    started = time.process_time()
    bootstrap_difference([first], [second], Metric.MACRO_F1, num_resamples=499)
    assert time.process_time() - started < 10


def test_the_corrected_t_test_gives_the_figures_of_a_published_example() -> None:
    """Two SVMs on 10 times 10 folds, as in scikit-learn's "Statistical comparison of models using grid search"."""
    images, labels = make_moons(noise=0.352, random_state=1, n_samples=100)
    folds = RepeatedStratifiedKFold(n_splits=10, n_repeats=10, random_state=0)
    first, second = (
        cross_val_score(SVC(kernel=kernel, random_state=0), images, labels, scoring="roc_auc", cv=folds)
        for kernel in ("rbf", "linear")
    )
    low, high, p_value = corrected_resampled_t(list(first - second), test_by_train=10 / 90)
    assert p_value / 2 == pytest.approx(0.227, abs=5e-4)
    assert low < 0 < high
    half = (high - low) / 2
    assert np.mean(first - second) / half * 1.98422 == pytest.approx(0.750, abs=5e-4)


def test_the_corrected_t_test_at_its_edges() -> None:
    assert corrected_resampled_t([0.1, 0.1, 0.1], test_by_train=0.2)[2] in (0.0, pytest.approx(0.0, abs=1e-6))
    assert corrected_resampled_t([0.0, 0.0], test_by_train=0.2) == (0.0, 0.0, 1.0)
    with pytest.raises(ValueError, match="two differences"):
        corrected_resampled_t([0.1], test_by_train=0.2)
    with pytest.raises(ValueError, match="ratio above 0"):
        corrected_resampled_t([0.1, 0.2], test_by_train=0.0)
