"""What a run answers, image by image: which class, how sure, what that costs in nats; the source of every figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.runs.epoch_answers import EpochAnswers, EpochImages
from tlft_desktop.core.runs.predictions import NO_ANSWER, Predictions

_CHUNK_VALUES = 4_000_000
"""Numbers that are looked at together: a few copies of them in 64 bits stay small beside thousands of classes."""


@dataclass(frozen=True)
class Answers:
    """A row for each image.

    Attributes:
        labels: The true class, int64 [N].
        predicted: The likeliest class, int64 [N]; `NO_ANSWER` where the answer is no number.
        confidence: Its probability, float64 [N]; 0 where the answer is no number.
        losses: Cross-entropy in nats, float64 [N]; infinite where the answer is no number.
        ranks: How many classes come before the true one, int64 [N]; all of them where the answer is no number. None
            where that is not known.
        num_classes: How many outputs the network has.
    """

    labels: NDArray[np.int64]
    predicted: NDArray[np.int64]
    confidence: NDArray[np.float64]
    losses: NDArray[np.float64]
    ranks: NDArray[np.int64] | None
    num_classes: int

    @property
    def right(self) -> NDArray[np.bool_]:
        """Whether each answer is right; what is no number is wrong."""
        right: NDArray[np.bool_] = self.predicted == self.labels
        return right

    @property
    def num_unanswered(self) -> int:
        """How many answers are no numbers."""
        return int((self.predicted == NO_ANSWER).sum())


class JudgedImages(Protocol):
    """Images with their true classes, as a run was judged by; in the order of `aligned`."""

    @property
    def labels(self) -> NDArray[np.int64]:
        """The true class of each image, [N]."""

    @property
    def hashes(self) -> tuple[str, ...]:
        """SHA-256 of each image."""

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the classes."""


def answers_of(predictions: Predictions, sharpness: NDArray[np.float64] | None = None) -> Answers:
    """Return the answers of a run, the same for every figure that is made of them.

    A row of logits with a NaN or +infinity in it, or with nothing but -infinity, is no answer: unsure and wrong. Of
    equally likely classes the first is the answer.

    Args:
        predictions: Of the run.
        sharpness: What the logits of each image are multiplied with, [N]; 1 where it is left out.
    """
    labels = predictions.labels
    predicted = np.full(len(labels), NO_ANSWER, dtype=np.int64)
    confidence, losses = np.zeros(len(labels)), np.full(len(labels), np.inf)
    ranks = np.full(len(labels), len(predictions.classes), dtype=np.int64)
    for rows in row_chunks(predictions.logits):
        logits = predictions.logits[rows]
        answered = has_answer(logits)
        places = np.arange(len(labels))[rows][answered]
        values = logits[answered].astype(np.float64)
        truth = labels[places]
        if sharpness is not None:
            values *= sharpness[places][:, None]
        values -= values.max(axis=1, keepdims=True)
        of_truth = np.take_along_axis(values, truth[:, None], axis=1)
        sums = np.exp(values).sum(axis=1)
        predicted[places] = values.argmax(axis=1)
        confidence[places] = 1.0 / sums
        losses[places] = np.log(sums) - of_truth[:, 0]
        is_before = np.arange(values.shape[1]) < truth[:, None]
        ranks[places] = (values > of_truth).sum(axis=1) + ((values == of_truth) & is_before).sum(axis=1)
    return Answers(labels, predicted, confidence, losses, ranks, len(predictions.classes))


def answers_of_epoch(stored: EpochAnswers, images: EpochImages) -> Answers:
    """Return the answers that a run stored in one of its epochs, as exact as 16-bit probabilities are."""
    with np.errstate(divide="ignore"):
        losses = -np.log(stored.true_probability.astype(np.float64))
    confidence = stored.confidence.astype(np.float64)
    return Answers(images.labels, stored.answers, confidence, losses, None, len(images.classes))


@dataclass(frozen=True)
class Alignment:
    """The way of a run's answers into an order that does not depend on the run.

    Attributes:
        rows: Where the images of that order stand in the run, int64 [N].
        columns: Where its classes stand in the run, int64 [C].
    """

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]

    def numbers(self, classes: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the numbers in that order of classes that the run numbers in its own; `NO_ANSWER` stays."""
        places = np.full(len(self.columns) + 1, NO_ANSWER, dtype=np.int64)
        places[self.columns] = np.arange(len(self.columns))
        # No answer is -1, which is the last place.
        return places[classes]


def alignment_of(images: JudgedImages) -> Alignment:
    """Return how images and classes of a run are brought into an order that all runs share, see `aligned`."""
    columns = np.array(sorted(range(len(images.classes)), key=images.classes.__getitem__), dtype=np.int64)
    places = np.empty(len(columns), dtype=np.int64)
    places[columns] = np.arange(len(columns))
    labels = places[images.labels].tolist()
    rows = sorted(range(len(labels)), key=lambda row: (images.hashes[row], labels[row]))
    return Alignment(np.array(rows, dtype=np.int64), columns)


def aligned(predictions: Predictions) -> Predictions:
    """Return the same answers in an order that does not depend on the run: classes by name, images by hash and class.

    Copies of an image share a hash; with the class as second key all runs order them alike.
    """
    alignment = alignment_of(predictions)
    rows, columns = alignment.rows, alignment.columns
    return Predictions(
        predictions.logits[np.ix_(rows, columns)],
        alignment.numbers(predictions.labels)[rows],
        tuple(predictions.hashes[row] for row in rows),
        tuple(predictions.classes[column] for column in columns),
    )


def aligned_epoch(stored: EpochAnswers, images: EpochImages, alignment: Alignment) -> Answers:
    """Return what a run stored in one of its epochs, in the order of its `alignment`."""
    answers, rows = answers_of_epoch(stored, images), alignment.rows
    return Answers(
        alignment.numbers(answers.labels)[rows],
        alignment.numbers(answers.predicted)[rows],
        answers.confidence[rows],
        answers.losses[rows],
        None,
        answers.num_classes,
    )


def probabilities_of(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the probabilities of all classes, float64 [N, C]; NaN where the answer is no number."""
    answered = has_answer(logits)
    values = np.where(answered[:, None], logits, 0.0).astype(np.float64)
    powers: NDArray[np.float64] = np.exp(values - values.max(axis=1, keepdims=True))
    powers /= powers.sum(axis=1, keepdims=True)
    powers[~answered] = np.nan
    return powers


def has_answer(logits: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Tell for each row of logits [N, C] whether it is an answer."""
    # The largest is NaN where any is, and no other infinity than +inf or a row of -inf becomes it.
    found: NDArray[np.bool_] = np.isfinite(logits.max(axis=1))
    return found


def row_chunks(logits: NDArray[np.floating]) -> Iterator[slice]:
    """Yield the rows of logits [N, C] in pieces that need little memory at once."""
    step = max(1, _CHUNK_VALUES // max(1, logits.shape[1]))
    for start in range(0, len(logits), step):
        yield slice(start, start + step)
