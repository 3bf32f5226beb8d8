"""Scores of features: equal to what they are defined as, and not fooled by many features."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import multivariate_normal
from sklearn.covariance import ledoit_wolf

from tlft_desktop.core.advice.spectrum import left_vectors
from tlft_desktop.core.advice.transferability import fitted_evidence, h_score, log_evidence


def separated(
    num_images: int, width: int, *, strength: float, seed: int = 0
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return features of three classes whose means lie `strength` deviations apart, and the classes."""
    random = np.random.default_rng(seed)
    labels = np.arange(num_images) % 3
    means = random.standard_normal((3, width)) * strength
    return (means[labels] + random.standard_normal((num_images, width))).astype(np.float32), labels


@pytest.mark.parametrize("shape", [(60, 200), (200, 60), (60, 1280)])
def test_the_evidence_is_the_log_likelihood_of_the_target(shape: tuple[int, int]) -> None:
    features, labels = separated(*shape, strength=0.2)
    values = features.astype(np.float64)
    target = (labels == 1).astype(np.float64)
    found = fitted_evidence(*left_vectors(values), target, width=shape[1])
    covariance = np.eye(shape[0]) / found.noise + values @ values.T / found.prior
    assert found.value == pytest.approx(multivariate_normal(np.zeros(shape[0]), covariance).logpdf(target), rel=1e-8)


@pytest.mark.parametrize("seed", range(5))
def test_noise_never_beats_a_signal_however_many_features_it_has(seed: int) -> None:
    signal, labels = separated(60, 100, strength=1.0, seed=seed)
    noise, _ = separated(60, 1280, strength=0.0, seed=seed)
    assert log_evidence(signal, labels) > log_evidence(noise, labels)
    assert h_score(signal, labels) > h_score(noise, labels)


def test_scores_rise_with_the_distance_of_the_classes() -> None:
    scores = []
    for strength in (0.0, 0.3, 1.0):
        features, labels = separated(150, 40, strength=strength)
        scores.append((log_evidence(features, labels), h_score(features, labels)))
    assert scores == sorted(scores)


def test_constant_features_give_finite_scores() -> None:
    labels = np.arange(12) % 3
    constant = np.ones((12, 5), dtype=np.float32)
    assert np.isfinite([log_evidence(constant, labels), h_score(constant, labels)]).all()


def test_the_h_score_is_the_trace_of_its_definition() -> None:
    features, labels = separated(300, 6, strength=0.5)
    values = features.astype(np.float64) - features.mean(axis=0)
    means = np.stack([values[labels == label].mean(axis=0) for label in range(3)])
    between = sum((labels == label).mean() * np.outer(means[label], means[label]) for label in range(3))
    covariance, shrinkage = ledoit_wolf(values)
    expected = np.trace(np.linalg.inv(covariance) @ ((1 - shrinkage) * between))
    assert h_score(features, labels) == pytest.approx(expected, rel=1e-4)
