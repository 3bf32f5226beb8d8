"""The principal directions of kept features, by the smaller of their two square products."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_NEGLIGIBLE = 1e-10
"""Of the largest eigenvalue: below it a direction is rounding."""


def left_vectors(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the squares of the singular values that are not zero, [R], and the left singular vectors, [N, R].

    Args:
        values: [N, D].
    """
    num_images, width = values.shape
    if num_images <= width:
        eigenvalues, vectors = np.linalg.eigh(values @ values.T)
        keep = eigenvalues > max(eigenvalues[-1], 0.0) * _NEGLIGIBLE
        return eigenvalues[keep], vectors[:, keep]
    eigenvalues, right = np.linalg.eigh(values.T @ values)
    keep = eigenvalues > max(eigenvalues[-1], 0.0) * _NEGLIGIBLE
    return eigenvalues[keep], values @ (right[:, keep] / np.sqrt(eigenvalues[keep]))
