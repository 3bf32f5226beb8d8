"""How sure a difference of any figure is: images drawn again within their classes, and runs drawn again, too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from tlft_desktop.core.evaluation.answers import Answers, answers_of
from tlft_desktop.core.evaluation.calibration import NUM_BINS, bin_places
from tlft_desktop.core.runs.predictions import NO_ANSWER, Predictions

NUM_RESAMPLES = 1_999
"""With them 2.5 % on each side are whole numbers of resamples."""
_TAIL = 0.025
_CHUNK_VALUES = 2_500_000

Statistic = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Returns a figure for each row of weights [R, N], of which the weights of each class add up to its images."""


class Metric(StrEnum):
    """A figure of a run that two runs can differ in, in [0, 1]."""

    ACCURACY = "accuracy"
    BALANCED_ACCURACY = "balanced-accuracy"
    MACRO_F1 = "macro-f1"
    CALIBRATION_ERROR = "calibration-error"

    @property
    def is_better_high(self) -> bool:
        """Whether more of it is better."""
        return self is not Metric.CALIBRATION_ERROR


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of one minus that of the other.

    Attributes:
        first, second: The figures, as the means of their runs.
        low, high: 95 % interval of the difference; it leaves 0 out exactly when `p_value` < 0.05.
        p_value: Two-sided.
    """

    first: float
    second: float
    low: float
    high: float
    p_value: float


def bootstrap_difference(
    first: Sequence[Predictions],
    second: Sequence[Predictions],
    metric: Metric,
    *,
    num_resamples: int = NUM_RESAMPLES,
    seed: int = 0,
) -> Difference:
    """Return how far two strategies differ, each by one or several runs that answered for the same images.

    Every resample draws images within their classes, the same ones for all runs, and of each strategy as many runs as
    it has, both with replacement; with one run each it is the paired bootstrap of two networks. A class with one image
    does not vary, and with few runs the interval is a little too narrow.

    Args:
        first, second: The runs, all in the same order of images and classes; see `answers.aligned`.
        metric: The figure.
        num_resamples: 39 at least.
        seed: Of what is drawn.

    Raises:
        ValueError: If the images or classes are not the same.
    Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapters 8 and 13 (percentile interval);
        Davison & Hinkley (1997), Bootstrap Methods and their Application, section 3.8 (nested data).
    """
    labels = first[0].labels
    for run in (*first, *second):
        if run.hashes != first[0].hashes or run.classes != first[0].classes or not np.array_equal(run.labels, labels):
            raise ValueError("the runs answered for other images or classes, or in another order")
    sides = [[statistic_of(answers_of(run), metric) for run in side] for side in (first, second)]
    generator = np.random.default_rng(seed)
    drawn = []
    for weights in _stratified_weights(labels, num_resamples, generator):
        values = [_mean_of_drawn(np.stack([of(weights) for of in side]), generator) for side in sides]
        drawn.append(values[0] - values[1])
    whole = np.ones((1, len(labels)))
    means = [float(np.mean([of(whole)[0] for of in side])) for side in sides]
    low, high, p_value = _percentiles(np.concatenate(drawn))
    return Difference(means[0], means[1], low, high, p_value)


def statistic_of(answers: Answers, metric: Metric) -> Statistic:
    """Return what computes a figure of a run from weights of its images."""
    if metric is Metric.MACRO_F1:
        return _macro_f1(answers)
    num_images = len(answers.labels)
    if metric is Metric.CALIBRATION_ERROR:
        gaps = answers.confidence - answers.right
        columns = csr_array((gaps, (np.arange(num_images), bin_places(answers.confidence))), (num_images, NUM_BINS))
        return lambda weights: np.abs(weights @ columns).sum(axis=1) / num_images
    shares = np.full(num_images, 1 / num_images)
    if metric is Metric.BALANCED_ACCURACY:
        counts = np.bincount(answers.labels)
        shares = 1 / (counts[answers.labels] * np.count_nonzero(counts))
    of_images = shares * answers.right
    return lambda weights: weights @ of_images


def _macro_f1(answers: Answers) -> Statistic:
    num_images, num_classes = len(answers.labels), answers.num_classes
    rows = np.arange(num_images)
    hits = csr_array((answers.right.astype(float), (rows, answers.labels)), (num_images, num_classes))
    answered = answers.predicted != NO_ANSWER
    places = (rows[answered], answers.predicted[answered])
    taken = csr_array((np.ones(int(answered.sum())), places), (num_images, num_classes))
    support = np.bincount(answers.labels, minlength=num_classes)

    def value(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        counts = weights @ taken + support
        # A class without images that nothing was taken for has no F1.
        scores = np.divide(2 * (weights @ hits), counts, out=np.zeros_like(counts), where=counts > 0)
        mean: NDArray[np.float64] = scores.sum(axis=1) / np.count_nonzero(counts, axis=1)
        return mean

    return value


def _stratified_weights(
    labels: NDArray[np.int64], num_resamples: int, generator: np.random.Generator
) -> Iterator[NDArray[np.float64]]:
    """Yield how often each image was drawn, [r, N], `num_resamples` rows in all."""
    num_images = len(labels)
    order = np.argsort(labels, kind="stable")
    counts = np.bincount(labels)
    starts, sizes = (np.cumsum(counts) - counts)[labels[order]], counts[labels[order]]
    step = max(1, _CHUNK_VALUES // num_images)
    for start in range(0, num_resamples, step):
        num_rows = min(step, num_resamples - start)
        drawn = order[starts + (generator.random((num_rows, num_images)) * sizes).astype(np.int64)]
        drawn += np.arange(num_rows)[:, None] * num_images
        yield np.bincount(drawn.ravel(), minlength=num_rows * num_images).reshape(num_rows, -1).astype(np.float64)


def _mean_of_drawn(values: NDArray[np.float64], generator: np.random.Generator) -> NDArray[np.float64]:
    """Return for each column of figures [S, R] the mean of S of them, drawn with replacement."""
    drawn = generator.integers(0, len(values), values.shape)
    mean: NDArray[np.float64] = np.take_along_axis(values, drawn, axis=0).mean(axis=0)
    return mean


def _percentiles(differences: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return limits and p value; 0 is outside of the limits exactly when p < 0.05."""
    ordered = np.sort(differences)
    total = len(ordered) + 1
    fewest = int(min((ordered <= 0).sum(), (ordered >= 0).sum()))
    # The first one whose distance from the end is not below 2.5 % of all.
    place = max(0, int(np.ceil(_TAIL * total)) - 2)
    return float(ordered[place]), float(ordered[-1 - place]), min(1.0, 2 * (fewest + 1) / total)
