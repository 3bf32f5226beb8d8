"""Quick classifiers on kept features that tell how well a depth of a network separates the classes.

Both answer for every image without having learned from it (leave one out), so that no image needs to be held back.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.advice.spectrum import left_vectors
from tlft_desktop.core.stats import SIGNIFICANT_P, mcnemar_exact

_NEIGHBOURS = 20
_RIDGE_GRID = tuple(10.0**exponent for exponent in (-4, -3, -2, -1, 0, 1, 2))
"""Penalties, relative to the mean eigenvalue of the features' covariance."""
_BLOCK_ROWS = 2048
_LEVERAGE_LIMIT = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class Probe:
    """How a probe did.

    Attributes:
        hits: Whether each image was classified rightly, [N].
    """

    hits: NDArray[np.bool_]

    @property
    def num_hits(self) -> int:
        """Images that were classified rightly."""
        return int(self.hits.sum())

    @property
    def accuracy(self) -> float:
        """Their share; 0 without images."""
        return float(self.hits.mean()) if len(self.hits) else 0.0


def nearest_neighbours(features: NDArray[np.float32], labels: NDArray[np.int64]) -> Probe:
    """Classify each image by the vote of the images that are most like it.

    As many neighbours vote as a class has images at the median, twenty at most; among equal votes the nearest decides.

    Args:
        features: [N, D].
        labels: [N], from 0.

    Source: Wu et al. (2018), arXiv 1805.01978, section 3.4, without weights; leave one out.
    """
    num_images = len(labels)
    _, labels, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    wanted = int(np.median(sizes)) - 1 if num_images else 0
    neighbours = max(1, min(_NEIGHBOURS, wanted, num_images - 1))
    hits = np.zeros(num_images, dtype=bool)
    if num_images < 2:
        return Probe(hits)
    units = features - features.mean(axis=0, dtype=np.float64).astype(np.float32)
    units /= np.maximum(np.linalg.norm(units, axis=1, keepdims=True), 1e-12)
    for start in range(0, num_images, _BLOCK_ROWS):
        rows = np.arange(start, min(start + _BLOCK_ROWS, num_images))
        similarity = units[rows] @ units.T
        similarity[np.arange(len(rows)), rows] = -np.inf
        nearest = np.argpartition(-similarity, neighbours - 1, axis=1)[:, :neighbours]
        values = np.take_along_axis(similarity, nearest, axis=1)
        hits[rows] = _vote(labels[nearest], values, len(sizes)) == labels[rows]
    return Probe(hits)


def _vote(classes: NDArray[np.int64], similarity: NDArray[np.float32], num_classes: int) -> NDArray[np.int64]:
    """Return the class with most votes in each row; similarities below one vote in all decide between equal ones."""
    rows = np.arange(len(classes))[:, None]
    votes = np.zeros((len(classes), num_classes))
    np.add.at(votes, (rows, classes), 1.0)
    closest = np.full((len(classes), num_classes), -2.0)
    np.maximum.at(closest, (rows, classes), similarity)
    return np.asarray((votes + closest / 4).argmax(axis=1), dtype=np.int64)


def ridge(features: NDArray[np.float32], labels: NDArray[np.int64]) -> Probe:
    """Classify each image by ridge regression on one output per class, learned from all other images.

    The penalty is the one of a grid with which most images are right; of equal ones the largest.

    Args:
        features: [N, D].
        labels: [N], from 0; a class without an image has no output.

    Source: the residual of a linear smoother without a point is its residual with it, divided by 1 minus its leverage;
        Cook & Weisberg (1982), Residuals and Influence in Regression, section 2.2.
    """
    if len(labels) < 2:
        return Probe(np.zeros(len(labels), dtype=bool))
    values = features.astype(np.float64)
    values -= values.mean(axis=0)
    eigenvalues, vectors = left_vectors(values)
    # Of ten thousand classes only those with an image take memory.
    present, labels = np.unique(labels, return_inverse=True)
    targets = np.eye(len(present))[labels]
    projected = vectors.T @ targets
    scale = eigenvalues.sum() / max(1, len(eigenvalues)) or 1.0
    best = np.zeros(len(labels), dtype=bool)
    for penalty in sorted(_RIDGE_GRID, reverse=True):
        shrink = eigenvalues / (eigenvalues + penalty * scale)
        # The constant part of the fit is the mean of the targets: its leverage is 1/N for every image.
        leverage = (vectors**2) @ shrink + 1 / len(labels)
        fitted = vectors @ (shrink[:, None] * projected) + targets.mean(axis=0)
        left_out = targets - (targets - fitted) / (1 - np.minimum(leverage, _LEVERAGE_LIMIT))[:, None]
        hits = left_out.argmax(axis=1) == labels
        if hits.sum() > best.sum():
            best = hits
    return Probe(best)


def is_worse(hits: NDArray[np.bool_], best: NDArray[np.bool_]) -> bool:
    """Tell whether fewer images were classified rightly than elsewhere, by more than chance.

    Args:
        hits, best: Whether each image was classified rightly, [N], the same images.

    Source: exact McNemar test on the images that one of the two gets right, see `mcnemar_exact`.
    """
    only_here, only_best = int((hits & ~best).sum()), int((best & ~hits).sum())
    return only_best > only_here and mcnemar_exact(only_here, only_best) < SIGNIFICANT_P
