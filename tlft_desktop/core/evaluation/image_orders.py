"""In which order images are worth a look: the worst answers, the least certain ones, and doubtful labels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.evaluation.answers import Answers, has_answer, row_chunks
from tlft_desktop.core.runs.predictions import NO_ANSWER, Predictions

NUM_LIKELIEST = 5


@dataclass(frozen=True)
class Likeliest:
    """The likeliest classes of each image, of which there are K: `NUM_LIKELIEST`, or as many as there are classes.

    Attributes:
        classes: The likeliest first, of equally likely ones the first, int32 [N, K]; `NO_ANSWER` where the answer is
            no number.
        probabilities: Of these, float32 [N, K]; 0 where the answer is no number.
    """

    classes: NDArray[np.int32]
    probabilities: NDArray[np.float32]

    @property
    def margins(self) -> NDArray[np.float32]:
        """How much likelier the first class is than the second, [N]; 1 where there is one class only."""
        if self.probabilities.shape[1] < 2:
            return np.ones(len(self.probabilities), dtype=np.float32)
        margins: NDArray[np.float32] = self.probabilities[:, 0] - self.probabilities[:, 1]
        return margins


def likeliest_of(predictions: Predictions, answers: Answers) -> Likeliest:
    """Return the likeliest classes of each image and their probabilities.

    Args:
        predictions: Of a run.
        answers: Those of `predictions`.
    """
    num_images, num_classes = predictions.logits.shape
    kept = min(NUM_LIKELIEST, num_classes)
    classes = np.full((num_images, kept), NO_ANSWER, dtype=np.int32)
    probabilities = np.zeros((num_images, kept), dtype=np.float32)
    for rows in row_chunks(predictions.logits) if kept else ():
        logits = predictions.logits[rows]
        answered = has_answer(logits)
        places = np.arange(num_images)[rows][answered]
        best = _largest(logits[answered], kept)
        classes[places] = best
        values = np.take_along_axis(logits[answered], best, axis=1).astype(np.float64)
        # The probability of the first is known: that of the others follows from what they are behind it.
        probabilities[places] = np.exp(values - values[:, :1]) * answers.confidence[places, None]
    return Likeliest(classes, probabilities)


def _largest(logits: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Return the columns of the largest values of each row, the largest first, of equal ones the first column."""
    # Above -infinity, which marks what is taken already.
    left = np.maximum(logits, np.finfo(np.float32).min)
    columns = np.empty((len(left), count), dtype=np.int64)
    for place in range(count):
        columns[:, place] = left.argmax(axis=1)
        np.put_along_axis(left, columns[:, place, None], -np.inf, axis=1)
    return columns


def wrong_rows(answers: Answers) -> NDArray[np.int64]:
    """Return the images that are answered wrongly, in their order; what is no number is wrong."""
    return np.flatnonzero(~answers.right).astype(np.int64)


def worst_first(answers: Answers) -> NDArray[np.int64]:
    """Return all images, those first whose true class is the least likely by the answer."""
    return np.argsort(-answers.losses, kind="stable").astype(np.int64)


def least_certain_first(margins: NDArray[np.floating]) -> NDArray[np.int64]:
    """Return all images, those first whose two likeliest classes are nearly equally likely.

    Args:
        margins: How much likelier the first class is than the second, [N].
    """
    return np.argsort(margins, kind="stable").astype(np.int64)


def label_suspects(answers: Answers) -> NDArray[np.int64]:
    """Return the images whose label a run surely doubts, the surest doubt first.

    A class has a threshold: the mean probability that the run gives it on images with its label. A label is doubted
    where the answer is another class with a probability at or above the threshold of that class. These are the cells
    beside the diagonal of the confident joint, as far as the class in doubt is the likeliest one; the order is that
    of the normalised margin.

    Source: Northcutt, Jiang, Chuang (2021), J. Artif. Intell. Res. 70, arXiv 1911.00068, sections 3.1 and 3.2.
    """
    answered = answers.predicted != NO_ANSWER
    truth = np.exp(-answers.losses)
    sums = np.bincount(answers.labels[answered], weights=truth[answered], minlength=answers.num_classes)
    counts = np.bincount(answers.labels[answered], minlength=answers.num_classes)
    # Nobody can be sure of a class that no image is labelled with.
    thresholds = np.where(counts > 0, sums / np.maximum(counts, 1), np.inf)
    rows = np.flatnonzero(answered & ~answers.right)
    rows = rows[answers.confidence[rows] >= thresholds[answers.predicted[rows]]]
    margins = truth[rows] - answers.confidence[rows]
    return rows[np.argsort(margins, kind="stable")].astype(np.int64)
