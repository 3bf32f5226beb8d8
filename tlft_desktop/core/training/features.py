"""Outputs of the frozen part of the network, computed once per image and kept."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol

import torch

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.image_source import BatchRequest
from tlft_desktop.core.errors import StoppedError
from tlft_desktop.core.training.device import autocast, to_device
from tlft_desktop.core.values.numerics import Numerics
from tlft_desktop.core.values.strategy import Augmentation

PARTITION = 32
_NUM_COMPARED = 8


class FeatureStore(Protocol):
    """Rows of features that outlive a run or do not; values are rounded to what the store keeps."""

    def missing(self) -> list[int]:
        """Return the rows that are not there, in order."""

    def write(self, rows: Sequence[int], values: NDArray[np.float32]) -> None:
        """Store rows; `values` is float32, [len(rows), D]."""

    def read(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """Return rows, float32, [len(rows), D]."""

    def read_all(self) -> NDArray[np.float32]:
        """Return all rows, float32, [N, D]."""


class Images(Protocol):
    """What features are computed of."""

    def __len__(self) -> int:
        """Return the number of images."""

    def batches(self, requests: Iterable[BatchRequest]) -> Generator[torch.Tensor, None, None]:
        """Yield normalised images [B, 3, S, S] for each request in order."""


@dataclass(frozen=True, slots=True)
class ViewRows:
    """Which view of which image a row belongs to: all images in view 0, then all in view 1, and so on.

    Attributes:
        num_images: Images of the source.
        views: Views of each image; the first is the evaluation view.
        augmentation: How strong views are.
        flip: Whether mirrored images mean the same.
    """

    num_images: int
    views: int = 1
    augmentation: Augmentation = Augmentation.NONE
    flip: bool = True

    def __len__(self) -> int:
        return self.num_images * self.views

    def row_of(self, image: int, view: int) -> int:
        """Return the row of a view of an image."""
        return view * self.num_images + image

    def request(self, rows: Sequence[int]) -> BatchRequest:
        """Return what to load for rows."""
        images = tuple(row % self.num_images for row in rows)
        views = tuple(row // self.num_images for row in rows) if self.views > 1 else None
        return BatchRequest(images, views, self.augmentation, self.flip)


@dataclass(frozen=True, slots=True)
class FeatureSpec:
    """Which features a store holds.

    Attributes:
        split: `train` or `val`.
        boundary: Where in the network they come from: the path of the head, or the name of a cut.
        rows: Which view of which image each row belongs to.
        width: Values per row.
    """

    split: str
    boundary: str
    rows: ViewRows
    width: int


def spread_rows(num_rows: int) -> list[int]:
    """Return a few rows spread over a store, in order: those that are compared with the network as it is."""
    return sorted({place * num_rows // _NUM_COMPARED for place in range(_NUM_COMPARED)})


def memory_features(spec: FeatureSpec) -> FeatureStore:
    """Return a store that lives as long as the process."""
    return MemoryFeatures(len(spec.rows), spec.width)


class MemoryFeatures:
    """Features that live as long as the process, rounded like those on disk, so that both give the same result."""

    def __init__(self, num_rows: int, width: int) -> None:
        self._values = np.zeros((num_rows, width), dtype=np.float32)
        self._present = np.zeros(num_rows, dtype=bool)
        self._overflows = False

    def missing(self) -> list[int]:
        """Return the rows that are not there, in order."""
        return [int(row) for row in np.flatnonzero(~self._present)]

    def write(self, rows: Sequence[int], values: NDArray[np.float32]) -> None:
        """Store rows; `values` is float32, [len(rows), D]."""
        self._values[list(rows)] = values
        self._present[list(rows)] = True
        with np.errstate(over="ignore"):
            infinite = np.isinf(values.astype(np.float16))
        self._overflows = self._overflows or bool((infinite & np.isfinite(values)).any())

    def read(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """Return rows, float32, [len(rows), D]."""
        return self._rounded(self._values[list(rows)])

    def read_all(self) -> NDArray[np.float32]:
        """Return all rows, float32, [N, D]."""
        return self._rounded(self._values)

    def _rounded(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        return values.copy() if self._overflows else values.astype(np.float16).astype(np.float32)


def fill_features(
    store: FeatureStore,
    images: Images,
    extract: Callable[[torch.Tensor], torch.Tensor],
    *,
    numerics: Numerics,
    control: Control,
    views: ViewRows | None = None,
) -> Generator[int, None, None]:
    """Compute the missing rows and yield how many are done; the last number is that of all rows.

    The rows are cut into fixed groups of full batches, the last one padded: the size of a batch changes the last
    bits of a row, so a row must not depend on which others were missing.

    Args:
        store: Where the rows go.
        images: What the features are computed of.
        extract: Maps images [B, 3, S, S] to features [B, ...], which are kept as rows [D].
        numerics: How to compute.
        control: Asked before every batch.
        views: Which view of which image each row belongs to; by default the evaluation view of each image.

    Raises:
        StoppedError: If a stop was requested; finished rows are kept.
    """
    views = views or ViewRows(len(images))
    missing = store.missing()
    yield len(views) - len(missing)
    # Twice: a value too large for float16 makes a store on disk forget the rows before it, and then it keeps float32.
    for _ in range(2):
        if missing:
            yield from _fill_once(missing, store, images, extract, numerics=numerics, control=control, views=views)
            missing = store.missing()
    if control.stop_requested:
        raise StoppedError("Stopped on request.")


def _fill_once(
    missing: list[int],
    store: FeatureStore,
    images: Images,
    extract: Callable[[torch.Tensor], torch.Tensor],
    *,
    numerics: Numerics,
    control: Control,
    views: ViewRows,
) -> Generator[int, None, None]:
    groups = row_groups(missing, len(views))
    requests = [views.request(padded(group)) for group in groups]
    done = len(views) - len(missing)
    wanted = set(missing)
    with closing(images.batches(requests)) as batches:
        for group, batch in zip(groups, batches, strict=True):
            control.raise_if_stopped()
            with autocast(numerics):
                values = extract(to_device(batch, numerics))
            rows = [row for row in group if row in wanted]
            store.write(rows, values[[row - group[0] for row in rows]].flatten(1).float().cpu().numpy())
            done += len(rows)
            yield done


def row_groups(missing: Sequence[int], num_rows: int) -> list[list[int]]:
    """Return the groups of the fixed partition of all rows in which some are missing, in order."""
    starts = sorted({row // PARTITION * PARTITION for row in missing})
    return [list(range(start, min(start + PARTITION, num_rows))) for start in starts]


def padded(group: list[int]) -> list[int]:
    """Return the rows of a full batch for a group: its last row again and again where it is too short."""
    return group + [group[-1]] * (PARTITION - len(group))
