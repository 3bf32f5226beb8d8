"""How hard a task is for a network as it is: what it confuses, and which labels it doubts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.advice.logistic_probe import LogisticProbe

_SURE = 0.9
_MOST_SUSPECTS = 50
_FEWEST_WRONG = 20
"""Below it the interval of their share is wider than 40 points."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two classes that are taken for each other.

    Attributes:
        first, second: Their numbers, the smaller one first.
        num_images: Images of either that were taken for the other.
        num_both: Images of both classes.
    """

    first: int
    second: int
    num_images: int
    num_both: int


@dataclass(frozen=True, slots=True)
class Difficulty:
    """What a probe got wrong.

    Attributes:
        num_wrong: Wrong answers.
        near_misses: Share of the wrong answers whose right one came second; 0 where nothing was wrong.
        near_misses_by_chance: The same if the second answer were drawn from the other classes.
        worst: The pair of classes that is confused most; None where nothing was wrong.
        suspects: Rows of images that are surely another class by the probe and by their neighbours, the surest first:
            their label may be wrong.
    """

    num_wrong: int
    near_misses: float
    near_misses_by_chance: float
    worst: Confusion | None
    suspects: tuple[int, ...]

    @property
    def excess(self) -> float:
        """Near misses beyond what chance gives; 0 where too few answers were wrong to tell."""
        return self.near_misses - self.near_misses_by_chance if self.num_wrong >= _FEWEST_WRONG else 0.0


def difficulty_of(probe: LogisticProbe, labels: NDArray[np.int64], neighbour_hits: NDArray[np.bool_]) -> Difficulty:
    """Return what a probe got wrong.

    Args:
        probe: Of N images.
        labels: [N], from 0.
        neighbour_hits: Whether the nearest neighbours classified each image rightly, [N].
    """
    answers = probe.probability.argmax(axis=1)
    wrong = np.flatnonzero(answers != labels)
    present = len(np.unique(labels))
    rows = np.arange(len(labels))
    own = probe.probability[rows, labels]
    # Answers that are likelier than the right one: of near misses there is one.
    likelier = (probe.probability > own[:, None]).sum(axis=1)
    sure = probe.probability.max(axis=1)
    doubted = wrong[(sure[wrong] >= _SURE) & ~neighbour_hits[wrong]]
    return Difficulty(
        num_wrong=len(wrong),
        near_misses=float((likelier[wrong] == 1).mean()) if len(wrong) else 0.0,
        near_misses_by_chance=1 / (present - 1) if present > 1 else 0.0,
        worst=_worst(labels[wrong], answers[wrong], labels),
        suspects=tuple(int(row) for row in doubted[np.argsort(-sure[doubted], kind="stable")][:_MOST_SUSPECTS]),
    )


def _worst(
    right: Sequence[int] | NDArray[np.int64], given: NDArray[np.int64], labels: NDArray[np.int64]
) -> Confusion | None:
    pairs = np.sort(np.stack([np.asarray(right), given], axis=1), axis=1)
    if not len(pairs):
        return None
    found, counts = np.unique(pairs, axis=0, return_counts=True)
    first, second = (int(number) for number in found[counts.argmax()])
    return Confusion(first, second, int(counts.max()), int(np.isin(labels, (first, second)).sum()))
