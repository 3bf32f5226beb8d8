"""Small and large pictures of images for people to look at, from the pixel store or from the originals.

Nothing here is fit for training: sizes are those of a screen. Originals are read by the helper process only.
"""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.byte_lru import ByteLru
from tlft_desktop.core.data.pixel_store import PixelStore, pixel_store_folder
from tlft_desktop.core.data.probe_exchange import Probed, ProbeRequest
from tlft_desktop.core.data.probe_pool import ProbePool
from tlft_desktop.core.errors import InputError, ResourceError, TlftError
from tlft_desktop.core.values.manifest import ImageRecord, PixelScaling
from tlft_desktop.core.values.preprocessing import Preprocessing

MAX_BYTES = 32 << 20
"""For thumbnails: about 1,000 of 96 x 96 pixels."""
_LARGE_BYTES = 64 << 20
Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class ImagePlace:
    """Where the images of a project are.

    Attributes:
        data_folder: Folder of the originals; None where the project names one that must not be read.
        cache_dir: Folder of the caches.
        preprocessing: What the backbone expects: it names the pixel store.
        scaling: Window for images of more than 8 bits.
    """

    data_folder: Path | None
    cache_dir: Path
    preprocessing: Preprocessing
    scaling: PixelScaling | None


class ThumbnailSource:
    """Pictures of the images of one project; every method may be called from several threads, and none is quick.

    Args:
        place: Where the images are.
        max_bytes: Upper bound of the thumbnails that are kept in memory.
    """

    def __init__(self, place: ImagePlace, *, max_bytes: int = MAX_BYTES) -> None:
        self._place = place
        preprocessing = place.preprocessing
        folder = pixel_store_folder(
            place.cache_dir,
            side=preprocessing.resize_side,
            interpolation=preprocessing.interpolation,
            scaling=place.scaling,
        )
        self._store = PixelStore(folder)
        self._thumbnails: ByteLru[tuple[str, int], Pixels] = ByteLru(max_bytes, lambda pixels: pixels.nbytes)
        self._decoded: ByteLru[tuple[str, int], Pixels] = ByteLru(_LARGE_BYTES, lambda pixels: pixels.nbytes)
        self._lock = threading.Lock()
        self._pool: ProbePool | None = None
        self._is_closed = False

    def thumbnail(self, record: ImageRecord, side: int, control: Control) -> Pixels:
        """Return the whole image at most `side` pixels wide and high, uint8 [H, W, 3].

        Raises:
            InputError: If it is in no cache and its file is gone, changed or cannot be read; the message says so.
            StoppedError: If `control` asks to stop.
        """
        key = (record.path, side)
        kept = self._thumbnails.get(key)
        if kept is None:
            kept = fit_within(self.pixels(record, control), side)
            self._thumbnails.put(key, kept)
        return kept

    def pixels(self, record: ImageRecord, control: Control) -> Pixels:
        """Return the image as training reads it: uint8 [H, W, 3] with the short side of the pixel store.

        Raises:
            InputError, StoppedError: As `thumbnail`.
        """
        if record.sha256:
            with contextlib.suppress(TlftError, OSError):  # the cache was emptied or damaged: the original is there
                return self._store.read(record.sha256)
        return self.original(record, self._place.preprocessing.resize_side, control)

    def original(self, record: ImageRecord, short_side: int, control: Control) -> Pixels:
        """Return the image decoded from its file, uint8 [H, W, 3] with that short side.

        Raises:
            InputError, StoppedError: As `thumbnail`.
        """
        key = (record.path, short_side)
        kept = self._decoded.get(key)
        if kept is not None:
            return kept
        answer = self._probe(record, short_side, control)
        if answer.pixels is None:
            raise InputError(answer.error or "The file cannot be read.")
        if record.sha256 and answer.sha256 != record.sha256:
            raise InputError("The file has changed since it was imported.")
        self._decoded.put(key, answer.pixels)
        return answer.pixels

    def close(self) -> None:
        """End the helper and close all files; closing twice is harmless."""
        with self._lock:
            self._is_closed = True
            pool, self._pool = self._pool, None
            if pool is not None:
                pool.__exit__(None, None, None)
        self._store.close()

    def _probe(self, record: ImageRecord, short_side: int, control: Control) -> Probed:
        place = self._place
        if place.data_folder is None:
            raise InputError("The folder of the images cannot be read.")
        request = ProbeRequest(
            key=record.path,
            path=str(place.data_folder / record.path),
            side=short_side,
            interpolation=place.preprocessing.interpolation,
            scaling=place.scaling,
        )
        with self._lock:
            if self._is_closed:
                raise InputError("The project was closed.")
            if self._pool is None:
                self._pool = ProbePool(1).__enter__()
            try:
                return next(iter(self._pool.probe([request], control=control)))
            except ResourceError as error:
                raise InputError(str(error)) from error


def fit_within(pixels: Pixels, side: int) -> Pixels:
    """Return uint8 [H, W, 3] whose long side is `side`, smaller images enlarged; at least one pixel each way."""
    height, width = pixels.shape[:2]
    scale = side / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    # A box filter over whole pixels first: five times as quick as one good filter, and nobody sees a difference.
    picture = Image.fromarray(pixels).resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    return np.asarray(picture)
