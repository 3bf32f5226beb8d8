"""Features of images as points of a plane: which images a network finds alike."""

from __future__ import annotations

import importlib.util

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import orthogonal_procrustes
from sklearn.decomposition import PCA
from sklearn.neighbors import NearestNeighbors

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.image_map import MapMethod

Points = NDArray[np.float64]
MIN_IMAGES = 3
_SEED = 0
_NEIGHBOURS = 15


def has_umap() -> bool:
    """Tell whether the package for UMAP is installed."""
    return importlib.util.find_spec("umap") is not None


def require_method(method: MapMethod) -> None:
    """Refuse a method whose package is not there.

    Raises:
        InputError: If it is UMAP, and `umap-learn` is not installed.
    """
    if method is MapMethod.UMAP and not has_umap():
        raise InputError(
            "UMAP needs the package umap-learn, which is not installed.",
            remedy="Install it (`pip install umap-learn`), or use PCA.",
        )


def map_points(features: NDArray[np.floating], method: MapMethod) -> tuple[Points, float | None]:
    """Return a point for each image, float64 [N, 2], and which share of the variance the plane holds (PCA only).

    The same features give the same points.

    Args:
        features: Finite, [N, D], N at least `MIN_IMAGES`.
        method: How they become two numbers.

    Raises:
        InputError: If there are too few images, a feature is no finite number, or the package is missing.
    Sources: scikit-learn, `PCA`; McInnes et al. (2018), arXiv 1802.03426, by umap-learn.
    """
    require_method(method)
    if len(features) < MIN_IMAGES:
        raise InputError(f"A map needs {MIN_IMAGES} images at least; there are {len(features)}.")
    if not np.isfinite(features).all():
        raise InputError("The features of the network are not finite numbers, so there is no map.")
    values = features.astype(np.float64)
    if method is MapMethod.UMAP:
        return _umap(values), None
    if values.shape[1] < 2:
        values = np.hstack([values, np.zeros((len(values), 1))])
    if not np.ptp(values, axis=0).any():
        return np.zeros((len(values), 2)), None
    model = PCA(n_components=2, svd_solver="full" if min(values.shape) <= 500 else "randomized", random_state=_SEED)
    points: Points = model.fit_transform(values)
    return points, float(model.explained_variance_ratio_.sum())


def neighbour_share(features: NDArray[np.floating], labels: NDArray[np.int64]) -> float:
    """Return the share of images whose nearest neighbour among the others, by cosine, is of their class.

    Args:
        features: Finite, [N, D], N at least 2.
        labels: [N].
    """
    near = NearestNeighbors(n_neighbors=1, metric="cosine").fit(features)
    # Without an argument an image is no neighbour of itself, be there copies of it or not.
    places = near.kneighbors(return_distance=False)[:, 0]
    return float((labels[places] == labels).mean())


def laid_over(points: Points, others: Points) -> Points:
    """Return `others` turned, mirrored and scaled so that they lie on `points` as well as they can, [N, 2].

    What is drawn says nothing by its direction; without this two maps of the same images could not be held against each
    other.

    Source: scipy, `orthogonal_procrustes`.
    """
    centre, centre_of_others = points.mean(axis=0), others.mean(axis=0)
    fixed, moved = points - centre, others - centre_of_others
    spread = float((moved**2).sum())
    if not spread:
        return np.repeat(centre[None], len(others), axis=0)
    turn, strength = orthogonal_procrustes(moved, fixed)
    placed: Points = moved @ turn * (float(strength) / spread) + centre
    return placed


def _umap(values: Points) -> Points:
    from umap import UMAP

    neighbours = min(_NEIGHBOURS, len(values) - 1)
    # A spectral start needs more images than it has dimensions.
    start = "random" if len(values) <= _NEIGHBOURS else "spectral"
    model = UMAP(n_components=2, n_neighbors=neighbours, init=start, random_state=_SEED, n_jobs=1)
    return np.asarray(model.fit_transform(values), dtype=np.float64)
