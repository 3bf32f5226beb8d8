"""A clock that tells what the active time of a run goes into.

Where several threads work, it is the time of the thread that trains. On CUDA work is queued: it counts where its result
is waited for, which every step, every batch of kept outputs and every batch of a validation does at its end; only the
update of the weights runs into what follows it.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from typing import TypeVar

from torch import Tensor

from tlft_desktop.core.data.image_source import BatchRequest, ImageSource
from tlft_desktop.core.values.parts import Part

T = TypeVar("T")


class PartClock:
    """Adds up seconds by part; what is measured within a part is left out of it.

    Args:
        seconds: Sums so far, by part; added to.
    """

    def __init__(self, seconds: dict[str, float]) -> None:
        self._seconds = seconds
        self._part: Part | None = None
        self._since = 0.0

    @contextmanager
    def measure(self, part: Part) -> Iterator[None]:
        """Count the time of the block for a part."""
        outer = self._switch(part)
        try:
            yield
        finally:
            self._switch(outer)

    def each(self, part: Part, items: Generator[T, None, object]) -> Generator[T, None, None]:
        """Yield items and count the time until each is there for a part; closes their generator."""
        with closing(items):
            while True:
                with self.measure(part):
                    try:
                        item = next(items)
                    except StopIteration:
                        return
                yield item

    def _switch(self, part: Part | None) -> Part | None:
        now, before = time.perf_counter(), self._part
        if before is not None:
            self._seconds[before.value] = self._seconds.get(before.value, 0.0) + now - self._since
        self._part, self._since = part, now
        return before


class TimedImages:
    """Images whose batches are waited for by a clock."""

    def __init__(self, images: ImageSource, clock: PartClock) -> None:
        self._images, self._clock = images, clock

    def __len__(self) -> int:
        return len(self._images)

    def batches(self, requests: Iterable[BatchRequest]) -> Generator[Tensor, None, None]:
        """Yield `ImageSource.batches` and count the time until each is there."""
        return self._clock.each(Part.LOADING, self._images.batches(requests))
