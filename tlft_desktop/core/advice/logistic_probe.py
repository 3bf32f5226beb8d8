"""Logistic regression on kept features, as a head would be: what it gets right of images that it has not seen."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

import torch

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from tlft_desktop.core.advice.folds import Fold, can_be_folded, num_folds, stratified_folds
from tlft_desktop.core.advice.spectrum import left_vectors
from tlft_desktop.core.control import Control
from tlft_desktop.core.stats import wilson_interval
from tlft_desktop.core.training.head import FoldFit, Scaling, choose_l2

_FOLDS = 5
_REPEATS = 2
CURVE_SHARES = (0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class LogisticProbe:
    """What a head would know, estimated on repeated stratified folds.

    Attributes:
        hits: Share of the repeats in which each image was classified rightly, [N].
        probability: Of each class for each image, mean of the repeats, [N, C]; 0 for a class that was not learned when
            the image was held out, which of a class with a single image is its own.
        l2: The penalty, chosen on folds.
    """

    hits: NDArray[np.float64]
    probability: NDArray[np.float64]
    l2: float

    @property
    def accuracy(self) -> float:
        """Share of the images that were classified rightly, mean of the repeats."""
        return float(self.hits.mean())

    def interval(self) -> tuple[float, float]:
        """Return the 95 % interval of the accuracy: of one repeat (Wilson), since repeats share their images."""
        return wilson_interval(round(float(self.hits.sum())), len(self.hits))


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Accuracy with a part of the images to learn from.

    Attributes:
        share: Of the images of each class.
        num_train: Images that were learned from, on average.
        hits: Whether each image was classified rightly, [N].
    """

    share: float
    num_train: int
    hits: NDArray[np.bool_]

    @property
    def accuracy(self) -> float:
        """Share of the images that were classified rightly."""
        return float(self.hits.mean())


class LogisticFolds:
    """Features of a depth, made ready for logistic regression.

    Args:
        features: [N, D].
        labels: [N], from 0.
        num_classes: C, at least as many as `labels` name.
        seed: Of the folds.
        units: Name of what each image must be held out together with, N of them; empty where each may be alone.
        control: Asked while the penalty is chosen.

    Raises:
        StoppedError: If a stop was requested.
    """

    def __init__(
        self,
        features: NDArray[np.float32],
        labels: NDArray[np.int64],
        *,
        num_classes: int,
        seed: int,
        units: Sequence[str] = (),
        control: Control | None = None,
    ) -> None:
        self._labels, self._num_classes, self._seed = labels, num_classes, seed
        self._units = units
        plain = torch.from_numpy(features)
        self.l2 = choose_l2(plain, torch.from_numpy(labels), seed=seed, balance_classes=False, control=control)
        # Rotated into the span of the rows the problem is the same and smaller (representer theorem).
        squares, left = left_vectors(Scaling.of(plain).apply(plain).numpy())
        self._values = left * np.sqrt(squares)

    @property
    def can_be_folded(self) -> bool:
        """Whether there are two classes, one of them with two images: otherwise nothing can be learned and tested."""
        return can_be_folded(self._labels, self._units)

    def probe(self, control: Control) -> LogisticProbe:
        """Return the accuracy on repeated folds; nothing is right where nothing can be learned.

        Raises:
            StoppedError: If a stop was requested.
        """
        steps = self.probe_steps(control)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                probe: LogisticProbe = end.value
                return probe

    def probe_steps(self, control: Control) -> Generator[tuple[int, int], None, LogisticProbe]:
        """Yield how many folds are done, and of how many; return what `probe` does.

        Raises:
            StoppedError: If a stop was requested.
        """
        labels = self._labels
        hits, probability = np.zeros(len(labels)), np.zeros((len(labels), self._num_classes))
        if self.can_be_folded:
            total = _REPEATS * self._num_folds
            for repeat in range(_REPEATS):
                for number, (train, held_out) in enumerate(self._folds(repeat)):
                    control.raise_if_stopped()
                    yield repeat * self._num_folds + number, total
                    found = self._probabilities(train, held_out)
                    hits[held_out] += found.argmax(axis=1) == labels[held_out]
                    probability[held_out] += found
            yield total, total
        return LogisticProbe(hits / _REPEATS, probability / _REPEATS, self.l2)

    def learning_curve(self, control: Control) -> Iterator[CurvePoint]:
        """Yield the accuracy with rising shares of the images, each share with the same held-out images.

        Nothing is yielded where nothing can be learned.

        Raises:
            StoppedError: If a stop was requested.
        """
        if not self.can_be_folded:
            return
        order = np.random.default_rng(self._seed).permutation(len(self._labels))
        rank = _rank_in_class(self._labels, order)
        for share in CURVE_SHARES:
            hits = np.zeros(len(self._labels), dtype=bool)
            sizes = []
            for train, held_out in self._folds(0):
                control.raise_if_stopped()
                part = _first_of_each_class(train, self._labels, rank, share)
                hits[held_out] = self._probabilities(part, held_out).argmax(axis=1) == self._labels[held_out]
                sizes.append(len(part))
            yield CurvePoint(share, round(float(np.mean(sizes))), hits)

    @property
    def _num_folds(self) -> int:
        return num_folds(self._labels, folds=_FOLDS, units=self._units)

    def _folds(self, repeat: int) -> Iterator[Fold]:
        return stratified_folds(self._labels, folds=_FOLDS, seed=self._seed + repeat, units=self._units)

    def _probabilities(self, train: NDArray[np.int64], held_out: NDArray[np.int64]) -> NDArray[np.float64]:
        found = np.zeros((len(held_out), self._num_classes))
        # Threads of small products wait for each other longer than they compute.
        with threadpool_limits(1, user_api="blas"):
            fit = FoldFit(self._values, self._labels, train, held_out, balance_classes=False)
            learned, probability = fit.probabilities(self.l2)
            found[:, learned] = probability
        return found


def _rank_in_class(labels: NDArray[np.int64], order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the place of each image among those of its class in a random order, from 0."""
    seen = np.zeros(int(labels.max()) + 1, dtype=np.int64)
    rank = np.empty(len(labels), dtype=np.int64)
    for image in order:
        rank[image] = seen[labels[image]]
        seen[labels[image]] += 1
    return rank


def _first_of_each_class(
    train: NDArray[np.int64], labels: NDArray[np.int64], rank: NDArray[np.int64], share: float
) -> NDArray[np.int64]:
    """Return a share of the images of each class, one at least: those of lowest rank, so that parts are nested."""
    chosen = []
    for label in np.unique(labels[train]):
        members = train[labels[train] == label]
        chosen.append(members[np.argsort(rank[members])][: max(1, round(share * len(members)))])
    return np.sort(np.concatenate(chosen))
