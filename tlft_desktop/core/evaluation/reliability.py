"""How often a run is right where it is sure: what a threshold on its probabilities means, on the validation images."""

from __future__ import annotations

import bisect
import operator
from dataclasses import dataclass

import numpy as np

from tlft_desktop.core.runs.predictions import Predictions


@dataclass(frozen=True, slots=True)
class Reliability:
    """Answers of a run for its validation images, the surest first.

    Attributes:
        probabilities: Of the likeliest class of each image, falling.
        num_right: How many of the first 1, 2, 3... answers are right.
    """

    probabilities: tuple[float, ...]
    num_right: tuple[int, ...]

    def at(self, threshold: float) -> tuple[int, int, int]:
        """Return for a threshold: images at or above it, how many of their answers are right, and all images."""
        # Negated they rise, as `bisect` wants them.
        num_sure = bisect.bisect_right(self.probabilities, -threshold, key=operator.neg)
        return num_sure, self.num_right[num_sure - 1] if num_sure else 0, len(self.probabilities)


def reliability_of(predictions: Predictions) -> Reliability:
    """Return how sure and how right the answers of a run are; answers that are no numbers count as unsure and wrong."""
    logits = np.where(np.isfinite(predictions.logits), predictions.logits, -np.inf).astype(np.float64)
    with np.errstate(invalid="ignore"):
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        surest = np.nan_to_num(1.0 / powers.sum(axis=1), nan=0.0)
    right = (logits.argmax(axis=1) == predictions.labels) & (surest > 0)
    order = np.argsort(-surest, kind="stable")
    return Reliability(
        probabilities=tuple(float(value) for value in surest[order]),
        num_right=tuple(int(value) for value in np.cumsum(right[order])),
    )
