"""How often a run is right where it is sure: what a threshold on its probabilities means, on the validation images."""

from __future__ import annotations

import bisect
import operator
from dataclasses import dataclass

import numpy as np

from tlft_desktop.core.evaluation.answers import Answers, answers_of
from tlft_desktop.core.runs.predictions import Predictions
from tlft_desktop.core.stats import wilson_interval

_NUM_STEPS = 100


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


@dataclass(frozen=True, slots=True)
class CoveragePoint:
    """What a threshold does.

    Attributes:
        threshold: Answers that are less sure are *not sure*.
        coverage: Share of the images that still get an answer.
        num_answered: So many images.
        accuracy, low, high: Share of those answers that is right, with its 95 % Wilson interval; None without answers.
    """

    threshold: float
    coverage: float
    num_answered: int
    accuracy: float | None
    low: float | None
    high: float | None


def coverage_curve(reliability: Reliability) -> tuple[CoveragePoint, ...]:
    """Return what each threshold from 0 to 1 does, in steps of a hundredth; nothing without images."""
    if not reliability.probabilities:
        return ()
    points = []
    for step in range(_NUM_STEPS + 1):
        num_sure, num_right, num_images = reliability.at(step / _NUM_STEPS)
        accuracy = num_right / num_sure if num_sure else None
        low, high = wilson_interval(num_right, num_sure) if num_sure else (None, None)
        points.append(CoveragePoint(step / _NUM_STEPS, num_sure / num_images, num_sure, accuracy, low, high))
    return tuple(points)


def reliability_of(predictions: Predictions) -> Reliability:
    """Return how sure and how right the answers of a run are; answers that are no numbers count as unsure and wrong."""
    return reliability_in(answers_of(predictions))


def reliability_in(answers: Answers) -> Reliability:
    """Return the same of answers."""
    order = np.argsort(-answers.confidence, kind="stable")
    return Reliability(
        probabilities=tuple(answers.confidence[order].tolist()),
        num_right=tuple(np.cumsum(answers.right[order]).tolist()),
    )
