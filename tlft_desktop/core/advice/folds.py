"""Repeated stratified folds: which images learn and which judge, the same way for all that is estimated on folds."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

_FEWEST = 2

Fold = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Rows to learn from, and rows that are held out."""


def can_be_folded(labels: NDArray[np.int64], units: Sequence[str] = ()) -> bool:
    """Tell whether there are two classes, one of them with two images: otherwise nothing can be learned and tested.

    Args:
        labels: [N], from 0.
        units: As in `stratified_folds`.
    """
    return len(np.unique(labels)) >= _FEWEST and _most_of_a_class(labels, units) >= _FEWEST


def num_folds(labels: NDArray[np.int64], *, folds: int, units: Sequence[str] = ()) -> int:
    """Return how many of the wanted folds `stratified_folds` makes: no more than the largest class has images."""
    return min(folds, _most_of_a_class(labels, units))


def stratified_folds(labels: NDArray[np.int64], *, folds: int, seed: int, units: Sequence[str] = ()) -> Iterator[Fold]:
    """Yield folds of one repeat, fewer where no class has as many images; folds that cannot teach are left out.

    A class with fewer images than folds is missing in some of them; an image whose class was not learned counts as
    wrong. So do all images of a class that has one image only.

    Args:
        labels: [N], from 0; see `can_be_folded`.
        folds: Wanted number, at least 2.
        seed: Another one divides differently.
        units: Name of what each image must stay together with, such as its group; empty where each stands alone.
    """
    wanted = num_folds(labels, folds=folds, units=units)
    rows, state = np.zeros(len(labels)), seed % 2**32
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        if len(set(units)) == len(units):
            parts = StratifiedKFold(wanted, shuffle=True, random_state=state).split(rows, labels)
        else:
            parts = StratifiedGroupKFold(wanted, shuffle=True, random_state=state).split(rows, labels, list(units))
        for train, held_out in parts:
            if len(held_out) and len(np.unique(labels[train])) >= _FEWEST:
                yield train, held_out


def _most_of_a_class(labels: NDArray[np.int64], units: Sequence[str]) -> int:
    """Return how many images the largest class has; how many units, where images belong together."""
    if not units:
        return int(np.bincount(labels).max(initial=0))
    pairs = set(zip(labels.tolist(), units, strict=True))
    return int(np.bincount([label for label, _ in pairs]).max(initial=0))
