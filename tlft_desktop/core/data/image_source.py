"""Batches of images for training, evaluation and the feature cache, loaded ahead by two threads."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import torch
from torch import Tensor

from tlft_desktop.core.data.pixel_store import PixelStore
from tlft_desktop.core.data.transforms import augmented_view, evaluation_view, normalise
from tlft_desktop.core.values.manifest import ImageRecord
from tlft_desktop.core.values.preprocessing import Preprocessing
from tlft_desktop.core.values.strategy import Augmentation


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """Which images to load, and how.

    Attributes:
        indices: Positions in the source; an image may appear again.
        views: Number of the view of each image; None for the evaluation view of all.
        augmentation: How strong views are.
        flip: Whether mirrored images mean the same.
    """

    indices: tuple[int, ...]
    views: tuple[int, ...] | None = None
    augmentation: Augmentation = Augmentation.NONE
    flip: bool = True

    def __post_init__(self) -> None:
        if self.views is not None and len(self.views) != len(self.indices):
            raise ValueError(f"{len(self.indices)} images need as many views, got {len(self.views)}")


class ImageSource:
    """The images of a split as batches; what is loaded depends on the request and the data seed only.

    Args:
        records: Images in the order of the indices.
        classes: Names of the classes in the order of the outputs.
        store: Pixels of all `records`.
        preprocessing: What the backbone expects.
        data_seed: Seed of the augmented views.
    """

    def __init__(
        self,
        records: Sequence[ImageRecord],
        *,
        classes: Sequence[str],
        store: PixelStore,
        preprocessing: Preprocessing,
        data_seed: int,
    ) -> None:
        index_of = {name: index for index, name in enumerate(classes)}
        self.labels: Tensor = torch.tensor([index_of[record.label] for record in records], dtype=torch.long)
        self.keys: tuple[str, ...] = tuple(record.sha256 for record in records)
        self._store, self._preprocessing, self._data_seed = store, preprocessing, data_seed

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def image_size(self) -> int:
        """Side of the images in pixels."""
        return self._preprocessing.input_size

    def load(self, request: BatchRequest) -> Tensor:
        """Return normalised images, float32 [B, 3, S, S].

        Raises:
            DamagedError: If pixels in the store are missing or damaged.
        """
        return normalise(self._load_pixels(request), self._preprocessing)

    def batches(self, requests: Iterable[BatchRequest], num_threads: int = 2) -> Generator[Tensor, None, None]:
        """Yield `load(request)` for each request in order, with the next ones loaded ahead by threads.

        `requests` is read one batch further than the threads are busy with. Closing the iterator early ends the
        threads.

        Raises:
            DamagedError: As `load`, at the batch concerned.
        """
        source = iter(requests)
        pending: deque[Future[Tensor]] = deque()
        pool = ThreadPoolExecutor(num_threads, thread_name_prefix="image-loader")
        try:
            for request in source:
                pending.append(pool.submit(self._load_pixels, request))
                if len(pending) > num_threads:
                    yield self._finish(pending.popleft())
            while pending:
                yield self._finish(pending.popleft())
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _finish(self, future: Future[Tensor]) -> Tensor:
        # Normalised here and not in the loader threads: torch would start a pool of workers for each of them.
        return normalise(future.result(), self._preprocessing)

    def _load_pixels(self, request: BatchRequest) -> Tensor:
        views = request.views or (0,) * len(request.indices)
        pairs = zip(request.indices, views, strict=True)
        return torch.stack([self._load_view(request, index, view) for index, view in pairs])

    def _load_view(self, request: BatchRequest, index: int, view: int) -> Tensor:
        key = self.keys[index]
        pixels = self._store.read(key)
        if request.views is None:
            return evaluation_view(pixels, self._preprocessing)
        return augmented_view(
            pixels,
            self._preprocessing,
            seed=self._data_seed,
            image=key,
            view=view,
            augmentation=request.augmentation,
            flip=request.flip,
        )
