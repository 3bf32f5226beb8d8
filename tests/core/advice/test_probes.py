"""Probes against plain computations of the same thing."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.linear_model import Ridge
from sklearn.neighbors import KNeighborsClassifier

from tlft_desktop.core.advice.probes import nearest_neighbours, ridge

Features = NDArray[np.float32]
Labels = NDArray[np.int64]


def blobs(*, num_images: int, width: int, num_classes: int, spread: float, seed: int = 0) -> tuple[Features, Labels]:
    """Return classes around random centres."""
    generator = np.random.default_rng(seed)
    labels = np.arange(num_images) % num_classes
    centres = generator.standard_normal((num_classes, width))
    features = centres[labels] + spread * generator.standard_normal((num_images, width))
    return features.astype(np.float32), labels.astype(np.int64)


@pytest.mark.parametrize(("num_images", "width"), [(40, 8), (24, 60), (30, 30)])
def test_ridge_equals_fits_without_each_image(num_images: int, width: int) -> None:
    features, labels = blobs(num_images=num_images, width=width, num_classes=3, spread=2.0)
    best = -1
    for penalty in (1e2, 1e1, 1.0, 1e-1, 1e-2, 1e-3, 1e-4):
        values = features.astype(np.float64)
        centred = values - values.mean(axis=0)
        eigenvalues = np.linalg.svd(centred, compute_uv=False) ** 2
        scale = eigenvalues.sum() / (eigenvalues > eigenvalues.max() * 1e-10).sum()
        right = 0
        for image in range(num_images):
            others = np.arange(num_images) != image
            model = Ridge(alpha=penalty * scale).fit(centred[others], np.eye(3)[labels[others]])
            right += int(model.predict(centred[image : image + 1]).argmax() == labels[image])
        best = max(best, right)
    assert ridge(features, labels).num_hits == best


def test_neighbours_equal_those_of_the_library() -> None:
    features, labels = blobs(num_images=60, width=10, num_classes=4, spread=1.5)
    centred = features - features.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    hits = 0
    for image in range(60):
        others = np.arange(60) != image
        model = KNeighborsClassifier(14, metric="cosine").fit(centred[others], labels[others])
        votes = np.bincount(labels[others][model.kneighbors(centred[image : image + 1])[1][0]], minlength=4)
        # Equal votes are settled in another way there.
        hits += int(votes.argmax() == labels[image] and (votes == votes.max()).sum() == 1)
    assert hits <= nearest_neighbours(features, labels).num_hits <= hits + 8


def test_what_is_separate_is_found_and_noise_is_not() -> None:
    apart, labels = blobs(num_images=200, width=20, num_classes=5, spread=0.2)
    noise = np.random.default_rng(1).standard_normal((200, 400)).astype(np.float32)
    for probe in (nearest_neighbours(apart, labels), ridge(apart, labels)):
        assert probe.accuracy > 0.99
    for probe in (nearest_neighbours(noise, labels), ridge(noise, labels)):
        assert probe.accuracy < 0.35, "chance is 0.2; more features than images must not look like knowledge"


@pytest.mark.parametrize("num_images", [0, 1, 2, 3])
def test_hardly_any_image(num_images: int) -> None:
    features = np.ones((num_images, 4), dtype=np.float32)
    labels = np.arange(num_images)
    assert nearest_neighbours(features, labels).num_hits == 0
    assert ridge(features, labels).num_hits <= 1


def test_constant_features_say_nothing() -> None:
    features, labels = np.full((30, 6), 3.5, dtype=np.float32), np.arange(30) % 3
    assert nearest_neighbours(features, labels).accuracy <= 0.5
    assert ridge(features, labels).accuracy <= 0.5


def test_one_image_a_class() -> None:
    features = np.random.default_rng(0).standard_normal((12, 5)).astype(np.float32)
    labels = np.arange(12)
    assert nearest_neighbours(features, labels).num_hits == 0
    assert ridge(features, labels).num_hits == 0


def test_a_class_without_an_image_is_never_answered() -> None:
    features, labels = blobs(num_images=40, width=6, num_classes=2, spread=0.1)
    assert ridge(features, 2 * labels).accuracy == 1
    assert nearest_neighbours(features, 2 * labels).accuracy == 1
