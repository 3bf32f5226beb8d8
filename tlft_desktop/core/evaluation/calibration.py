"""Whether probabilities mean what they say: reliability bins, the expected calibration error, and a temperature."""

from __future__ import annotations

import math
import zlib
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from tlft_desktop.core.evaluation.answers import Answers, answers_of, has_answer
from tlft_desktop.core.runs.predictions import Predictions
from tlft_desktop.core.stats import wilson_interval

NUM_BINS = 15
MAX_TEMPERATURE = 20.0
"""Where every answer is right, or none better than chance, the best temperature is none: it ends here, or at 1/20."""
MIN_IMAGES = 20
"""With fewer a temperature would be fitted to chance."""
_NUM_FOLDS = 5
_FIT_VALUES = 2_000_000
"""Logits that a temperature is fitted to, at most: it is one number, and more would not change its first digits."""


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Answers about equally sure.

    Attributes:
        above, up_to: Limits of the probability.
        count: Answers between them.
        confidence: Mean probability of these.
        accuracy, low, high: Share of these that is right, with its 95 % Wilson interval.
    """

    above: float
    up_to: float
    count: int
    confidence: float
    accuracy: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Scaled:
    """What dividing the logits by a temperature makes of the probabilities; the answers stay the same.

    Attributes:
        temperature: Above 1 where the network is too sure; fitted to all images.
        ece, bins, log_loss: Each image with the temperature fitted to the others, so that they do not flatter. The loss
            is None where it is infinite.
    """

    temperature: float
    ece: float
    bins: tuple[ReliabilityBin, ...]
    log_loss: float | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far probabilities are from shares.

    Attributes:
        ece: Expected calibration error, in [0, 1]: mean distance of probability and share that is right, over all
            answers.
        bins: Those that hold answers, the least sure first.
        scaled: After temperature scaling; None with fewer than `MIN_IMAGES` images or one class.
    """

    ece: float
    bins: tuple[ReliabilityBin, ...]
    scaled: Scaled | None

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return asdict(self)


def calibration_of(predictions: Predictions, answers: Answers) -> Calibration:
    """Return how far the probabilities of a run can be trusted.

    Args:
        predictions: At least one image.
        answers: Those of `predictions`.

    Source: Guo et al. (2017), arXiv 1706.04599: expected calibration error and temperature scaling.
    """
    bins = reliability_bins(answers.confidence, answers.right)
    scaled = None
    if len(predictions.classes) > 1 and int(has_answer(predictions.logits).sum()) >= MIN_IMAGES:
        scaled = _scaled(predictions)
    return Calibration(expected_calibration_error(bins), bins, scaled)


def reliability_bins(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], *, num_bins: int = NUM_BINS
) -> tuple[ReliabilityBin, ...]:
    """Return answers in bins of equal width, empty ones left out.

    Args:
        confidence: Probability of each answer, [N].
        right: Whether it is right, [N].
        num_bins: How many; a bin holds what is above its lower limit, and up to its upper one.
    """
    places = bin_places(confidence, num_bins=num_bins)
    counts = np.bincount(places, minlength=num_bins)
    sums = np.bincount(places, weights=confidence, minlength=num_bins)
    hits = np.bincount(places, weights=right, minlength=num_bins)
    return tuple(
        ReliabilityBin(
            above=place / num_bins,
            up_to=(place + 1) / num_bins,
            count=int(counts[place]),
            confidence=float(sums[place] / counts[place]),
            accuracy=float(hits[place] / counts[place]),
            low=(limits := wilson_interval(int(hits[place]), int(counts[place])))[0],
            high=limits[1],
        )
        for place in np.flatnonzero(counts).tolist()
    )


def bin_places(confidence: NDArray[np.float64], *, num_bins: int = NUM_BINS) -> NDArray[np.int64]:
    """Return the bin of each answer, from 0 on; 0 belongs to the first."""
    return np.clip(np.ceil(confidence * num_bins).astype(np.int64) - 1, 0, num_bins - 1)


def expected_calibration_error(bins: tuple[ReliabilityBin, ...]) -> float:
    """Return the mean distance of probability and share that is right, weighted by the answers in each bin."""
    total = sum(item.count for item in bins)
    return sum(item.count * abs(item.confidence - item.accuracy) for item in bins) / total


def fit_temperature(logits: NDArray[np.floating], labels: NDArray[np.int64]) -> float:
    """Return the temperature with the least cross-entropy, between 1 / `MAX_TEMPERATURE` and `MAX_TEMPERATURE`.

    The loss is convex in the inverse temperature, and its derivative is the mean over the images of the expected logit
    minus that of the true class: the one place where it is 0 is found by Brent's method.

    Args:
        logits: Finite, [N, C], N > 0.
        labels: The true classes, [N].
    """
    values = logits.astype(np.float64)
    values -= values.max(axis=1, keepdims=True)
    of_truth = float(np.take_along_axis(values, labels[:, None], axis=1).mean())

    def slope(log_sharpness: float) -> float:
        powers = np.exp(values * math.exp(log_sharpness))
        return float(((powers * values).sum(axis=1) / powers.sum(axis=1)).mean()) - of_truth

    limit = math.log(MAX_TEMPERATURE)
    if slope(-limit) >= 0:
        return MAX_TEMPERATURE
    if slope(limit) <= 0:
        return 1 / MAX_TEMPERATURE
    return math.exp(-float(brentq(slope, -limit, limit, xtol=1e-6)))


def _scaled(predictions: Predictions) -> Scaled:
    usable = np.flatnonzero(np.isfinite(predictions.logits).all(axis=1))
    folds = np.array([zlib.crc32(key.encode()) % _NUM_FOLDS for key in predictions.hashes])
    whole = _fitted(predictions, usable)
    sharpness = np.full(len(folds), 1 / whole)
    for fold in range(_NUM_FOLDS):
        # By the hash of the image: copies of one stay together.
        sharpness[folds == fold] = 1 / _fitted(predictions, usable[folds[usable] != fold])
    answers = answers_of(predictions, sharpness)
    bins = reliability_bins(answers.confidence, answers.right)
    log_loss = float(answers.losses.mean())
    return Scaled(whole, expected_calibration_error(bins), bins, log_loss if math.isfinite(log_loss) else None)


def _fitted(predictions: Predictions, rows: NDArray[np.intp]) -> float:
    if not len(rows):
        return 1.0
    step = math.ceil(len(rows) * len(predictions.classes) / _FIT_VALUES)
    chosen = rows[::step]
    return fit_temperature(predictions.logits[chosen], predictions.labels[chosen])
