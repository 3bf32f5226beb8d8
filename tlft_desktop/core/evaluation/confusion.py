"""Which class is taken for which, counted sparsely: thousands of classes cost no more than their images."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.evaluation.answers import Answers
from tlft_desktop.core.runs.predictions import NO_ANSWER


@dataclass(frozen=True)
class Confusions:
    """The cells of a confusion matrix that are not empty.

    Attributes:
        cells: Rows true class, answered class, number of images; int64 [K, 3], in this order.
        support: Images of each class, those without an answer included, int64 [C].
    """

    cells: NDArray[np.int64]
    support: NDArray[np.int64]

    def at(self, truth: int, answer: int) -> int:
        """Return how many images of a class were taken for another, or for itself."""
        return self._counts.get((truth, answer), 0)

    def share(self, truth: int, answer: int) -> float:
        """Return the share of the images of a class that were taken so; 0 for a class without images."""
        return self.at(truth, answer) / max(1, int(self.support[truth]))

    def pairs(self) -> list[tuple[int, int, int]]:
        """Return true class, other class that was answered, and number of images; the most frequent pairs first."""
        wrong = self.cells[self.cells[:, 0] != self.cells[:, 1]]
        return [
            (truth, answer, count) for truth, answer, count in wrong[np.argsort(-wrong[:, 2], kind="stable")].tolist()
        ]

    @cached_property
    def _counts(self) -> dict[tuple[int, int], int]:
        return {(truth, answer): count for truth, answer, count in self.cells.tolist()}


def confusions_of(answers: Answers) -> Confusions:
    """Count which class is taken for which; answers that are no numbers stand in no cell."""
    answered = answers.predicted != NO_ANSWER
    codes = answers.labels[answered] * answers.num_classes + answers.predicted[answered]
    pairs, counts = np.unique(codes, return_counts=True)
    cells = np.stack([pairs // answers.num_classes, pairs % answers.num_classes, counts], axis=1).astype(np.int64)
    return Confusions(cells, np.bincount(answers.labels, minlength=answers.num_classes).astype(np.int64))


def rows_of_cell(answers: Answers, truth: int, answer: int) -> NDArray[np.int64]:
    """Return the images of a cell, [K], in their order."""
    return np.flatnonzero((answers.labels == truth) & (answers.predicted == answer)).astype(np.int64)


@dataclass(frozen=True)
class Agreement:
    """Which images two runs get right; each holds rows, int64.

    Attributes:
        both, only_first, only_second, neither: The four cases, together all images.
    """

    both: NDArray[np.int64]
    only_first: NDArray[np.int64]
    only_second: NDArray[np.int64]
    neither: NDArray[np.int64]

    def __iter__(self) -> Iterator[NDArray[np.int64]]:
        return iter((self.both, self.only_first, self.only_second, self.neither))


def agreement_of(first: Answers, second: Answers) -> Agreement:
    """Return which images two runs get right.

    Args:
        first, second: Of the same images in the same order, with the same classes; see `answers.aligned`.

    Raises:
        ValueError: If they are not.
    """
    if first.num_classes != second.num_classes or not np.array_equal(first.labels, second.labels):
        raise ValueError("the two runs answer other images")
    cases = (first.right & second.right, first.right & ~second.right, ~first.right & second.right)
    rows = [np.flatnonzero(case).astype(np.int64) for case in (*cases, ~(first.right | second.right))]
    return Agreement(*rows)
