"""Outputs of the frozen part of the network, computed once per image and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import Protocol

import torch

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.image_source import BatchRequest, ImageSource
from tlft_desktop.core.errors import StoppedError
from tlft_desktop.core.training.device import autocast, to_device
from tlft_desktop.core.values.numerics import Numerics
from tlft_desktop.core.values.strategy import Augmentation

PARTITION = 32


class FeatureStore(Protocol):
    """Rows of features that outlive a run or do not; values are rounded to what the store keeps."""

    def missing(self) -> list[int]:
        """Return the rows that are not there, in order."""

    def write(self, rows: Sequence[int], values: NDArray[np.float32]) -> None:
        """Store rows; `values` is float32, [len(rows), D]."""

    def read_all(self) -> NDArray[np.float32]:
        """Return all rows, float32, [N, D]."""


class MemoryFeatures:
    """Features that live as long as the process, rounded like those on disk, so that both give the same result."""

    def __init__(self, num_rows: int, width: int) -> None:
        self._values = np.zeros((num_rows, width), dtype=np.float32)
        self._present = np.zeros(num_rows, dtype=bool)

    def missing(self) -> list[int]:
        """Return the rows that are not there, in order."""
        return [int(row) for row in np.flatnonzero(~self._present)]

    def write(self, rows: Sequence[int], values: NDArray[np.float32]) -> None:
        """Store rows; `values` is float32, [len(rows), D]."""
        self._values[list(rows)] = values
        self._present[list(rows)] = True

    def read_all(self) -> NDArray[np.float32]:
        """Return all rows, float32, [N, D]."""
        with np.errstate(over="ignore"):
            rounded = self._values.astype(np.float16)
        overflow = np.isinf(rounded) & np.isfinite(self._values)
        return self._values.copy() if overflow.any() else rounded.astype(np.float32)


def fill_features(
    store: FeatureStore,
    images: ImageSource,
    extract: Callable[[torch.Tensor], torch.Tensor],
    *,
    numerics: Numerics,
    control: Control,
) -> Iterator[int]:
    """Compute the missing rows and yield how many images are done; the last number is that of all images.

    The images are cut into fixed groups of full batches, the last one padded: the size of a batch changes the last
    bits of a row, so a row must not depend on which others were missing.

    Args:
        store: Where the rows go.
        images: Their evaluation views are the input.
        extract: Maps images [B, 3, S, S] to features [B, D].
        numerics: How to compute.
        control: Asked before every batch.

    Raises:
        StoppedError: If a stop was requested; finished rows are kept.
    """
    missing = store.missing()
    yield len(images) - len(missing)
    # Twice: a value too large for float16 makes a store on disk forget the rows before it, and then it keeps float32.
    for _ in range(2):
        if missing:
            yield from _fill_once(missing, store, images, extract, numerics=numerics, control=control)
            missing = store.missing()
    if control.stop_requested:
        raise StoppedError("Stopped on request.")


def _fill_once(
    missing: list[int],
    store: FeatureStore,
    images: ImageSource,
    extract: Callable[[torch.Tensor], torch.Tensor],
    *,
    numerics: Numerics,
    control: Control,
) -> Iterator[int]:
    starts = sorted({row // PARTITION * PARTITION for row in missing})
    groups = [list(range(start, min(start + PARTITION, len(images)))) for start in starts]
    requests = [BatchRequest(tuple(_padded(group)), None, Augmentation.NONE, flip=False) for group in groups]
    done = len(images) - len(missing)
    wanted = set(missing)
    with closing(images.batches(requests)) as batches:
        for group, batch in zip(groups, batches, strict=True):
            control.raise_if_stopped()
            with autocast(numerics):
                values = extract(to_device(batch, numerics))
            rows = [row for row in group if row in wanted]
            store.write(rows, values[[row - group[0] for row in rows]].float().cpu().numpy())
            done += len(rows)
            yield done


def _padded(group: list[int]) -> list[int]:
    return group + [group[-1]] * (PARTITION - len(group))
