"""How much training rewrote what a network sees: similarity of its features before and after, stage by stage."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MIN_IMAGES = 4
"""The unbiased estimate needs at least so many."""


def linear_cka(first: NDArray[np.floating[Any]], second: NDArray[np.floating[Any]]) -> float:
    """Return the linear centred kernel alignment of two sets of features of the same images, about 0 to 1.

    Both sums are unbiased estimates, so that features wider than the number of images are not similar by their width
    alone; the estimate may fall a little below 0. Equal features give exactly 1; features of which one does not vary
    give NaN.

    Args:
        first, second: Features [N, D] and [N, E] of the same images, in the same order.

    Raises:
        ValueError: If the numbers of images differ, or there are fewer than `MIN_IMAGES`.
    Source: Kornblith et al. (2019), arXiv 1905.00414; the unbiased HSIC of Song et al. (2012), J. Mach. Learn. Res. 13,
        1393-1434, equation 5, as used by Nguyen et al. (2021), arXiv 2010.15327.
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} and {len(second)} images are not the same ones")
    if len(first) < MIN_IMAGES:
        raise ValueError(f"at least {MIN_IMAGES} images are needed, got {len(first)}")
    one, other = _similarities(first), _similarities(second)
    of_first, of_second = _unbiased_hsic(one, one), _unbiased_hsic(other, other)
    if not (of_first > 0 and of_second > 0):
        return math.nan
    return _unbiased_hsic(one, other) / math.sqrt(of_first * of_second)


def _similarities(features: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """Return products of all pairs of different images [N, N], of features brought to mean 0 and about length 1."""
    values = features.astype(np.float64)
    values -= values.mean(axis=0)
    # Alignment does not depend on the scale; squares of squares would overflow or vanish.
    scale = float(np.abs(values).max(initial=0.0))
    # What is left of features that do not vary is rounding, which would look like a pattern.
    if scale <= 1e-6 * float(np.abs(features).max(initial=0.0)):
        return np.zeros((len(values), len(values)))
    values /= scale
    products: NDArray[np.float64] = values @ values.T
    np.fill_diagonal(products, 0.0)
    return products


def _unbiased_hsic(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """Return the unbiased estimate of the Hilbert-Schmidt independence criterion, of products without diagonal."""
    count = len(first)
    sums, others = first.sum(axis=0), second.sum(axis=0)
    trace = float((first * second).sum())
    spread = float(sums.sum() * others.sum()) / ((count - 1) * (count - 2))
    return (trace + spread - 2.0 * float(sums @ others) / (count - 2)) / (count * (count - 3))


@dataclass(frozen=True, slots=True)
class Drift:
    """How much a run rewrote each stage of the pretrained network.

    Attributes:
        similarity: Linear CKA of the pooled outputs of each stage that could be compared, in execution order; 1 where
            nothing changed, None where the outputs do not vary.
        num_images: Validation images that were compared.
        problem: Why there is none: a sentence; empty where there is.
    """

    similarity: Mapping[str, float | None]
    num_images: int = 0
    problem: str = ""

    def of(self, stage: str) -> float | None:
        """Return 1 minus the similarity of a stage; None where it is not known."""
        value = self.similarity.get(stage)
        return None if value is None else 1.0 - value

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return {"similarity": dict(self.similarity), "num_images": self.num_images}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Drift:
        """Read what `to_json` wrote.

        Raises:
            KeyError, TypeError, ValueError, AttributeError: If a field is missing or of another type.
        """
        found = {str(stage): None if value is None else float(value) for stage, value in data["similarity"].items()}
        return cls(found, int(data["num_images"]))
