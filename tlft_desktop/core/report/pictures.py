"""Small pictures of images, encoded to stand in a page; one that cannot be shown says why."""

from __future__ import annotations

import io
from pathlib import Path
from types import TracebackType

from PIL import Image

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.thumbnails import ImagePlace, Pixels, ThumbnailSource
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.report.facts import ImageList, Picture
from tlft_desktop.core.values.manifest import ImageRecord, Split

SIDE = 112
"""Long side in pixels: sharp in print at the size at which they are shown."""
_QUALITY = 82


class PictureBook:
    """The images of a project as small pictures; a context manager that ends its helper.

    Args:
        project: Open in any way.
        cache_dir: Folder of the caches, where pixels may lie that need not be decoded again.
        control: Asked between pictures.
    """

    def __init__(self, project: Project, cache_dir: Path, control: Control) -> None:
        self._project, self._cache_dir, self._control = project, cache_dir, control
        self._sources: dict[str, ThumbnailSource] = {}
        self._by_hash: dict[str, dict[str, list[ImageRecord]]] = {}

    def picture(self, record: ImageRecord, images: ImageList) -> Picture:
        """Return a picture of an image of a list.

        Raises:
            StoppedError: If a stop was requested.
        """
        self._control.raise_if_stopped()
        try:
            pixels = self._source(images).thumbnail(record, SIDE, self._control)
        except InputError as error:
            return Picture(record.path, problem=error.message)
        return Picture(record.path, _encoded(pixels), pixels.shape[1], pixels.shape[0])

    def of_hash(self, sha256: str, label: str, images: ImageList) -> Picture | None:
        """Return a picture of the validation image with this hash, of copies that of this class; None for no image.

        Raises:
            StoppedError: If a stop was requested.
        """
        if images.manifest is None:
            return None
        if images.digest not in self._by_hash:
            found: dict[str, list[ImageRecord]] = {}
            for record in images.manifest.used(Split.VAL):
                found.setdefault(record.sha256, []).append(record)
            self._by_hash[images.digest] = found
        records = self._by_hash[images.digest].get(sha256, [])
        chosen = next((record for record in records if record.label == label), records[0] if records else None)
        return None if chosen is None else self.picture(chosen, images)

    def close(self) -> None:
        """End the helper and close all files."""
        for source in self._sources.values():
            source.close()

    def __enter__(self) -> PictureBook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _source(self, images: ImageList) -> ThumbnailSource:
        if images.digest not in self._sources:
            config = self._project.config
            place = ImagePlace(
                data_folder=self._data_folder(),
                cache_dir=self._cache_dir,
                preprocessing=find_backbone(config.backbone).preprocessing.at_size(config.image_size),
                scaling=None if images.manifest is None else images.manifest.scaling,
            )
            self._sources[images.digest] = ThumbnailSource(place)
        return self._sources[images.digest]

    def _data_folder(self) -> Path | None:
        try:
            return self._project.data_folder
        except InputError:
            return None


def _encoded(pixels: Pixels) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, format="JPEG", quality=_QUALITY, optimize=True)
    return buffer.getvalue()
