"""Pictures of a project for the window; loaded with the first picture, since decoding needs numpy and Pillow."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.thumbnails import ImagePlace, Pixels, ThumbnailSource
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.project.config import ProjectConfig
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, Split
from tlft_desktop.gui.engine import Picture

NetworkViews = Callable[..., Sequence[Pixels]]
"""`core.workflows.preview.network_views`, which needs torch."""


class CorePictures:
    """The real pictures of one project; see `engine.Pictures`.

    Args:
        project: The open project.
        manifest: Its images.
        cache_dir: Folder of the caches.
        load_views: Waits for the training libraries and returns what makes the network's views.

    Raises:
        InputError: If the catalogue does not know the backbone.
    """

    def __init__(
        self, project: Project, manifest: Manifest, cache_dir: Path, load_views: Callable[[Control], NetworkViews]
    ) -> None:
        self._project, self._manifest, self._cache_dir, self._load_views = project, manifest, cache_dir, load_views
        self._lock = threading.Lock()
        self._recipe = _recipe(project.config)
        self._source = self._open()

    def thumbnail(self, record: ImageRecord, side: int, control: Control) -> Picture:
        """Return the whole image, at most `side` pixels wide and high."""
        return picture_of(self._current().thumbnail(record, side, control))

    def original(self, record: ImageRecord, side: int, control: Control) -> Picture:
        """Return the image decoded from its file, with a short side of at most `side` pixels."""
        short_side = min(side, record.width, record.height) or side
        return picture_of(self._current().original(record, short_side, control))

    def views(self, record: ImageRecord, numbers: Sequence[int], control: Control) -> tuple[Picture, ...]:
        """Return what the network receives: the evaluation view, and the augmented views with these numbers."""
        pixels = self._current().pixels(record, control)
        make_views: Any = self._load_views(control)
        num_train = len(self._manifest.used(Split.TRAIN))
        shown = make_views(self._project.config, record, pixels, views=numbers, num_train=num_train)
        return tuple(picture_of(view) for view in shown)

    def close(self) -> None:
        """Give everything back."""
        self._source.close()

    def _current(self) -> ThumbnailSource:
        """Return the source for the network of the moment: another one may have been chosen."""
        with self._lock:
            recipe = _recipe(self._project.config)
            if recipe != self._recipe:
                self._source.close()
                self._source, self._recipe = self._open(), recipe
            return self._source

    def _open(self) -> ThumbnailSource:
        config = self._project.config
        place = ImagePlace(
            data_folder=_data_folder(self._project),
            cache_dir=self._cache_dir,
            preprocessing=find_backbone(config.backbone).preprocessing.at_size(config.image_size),
            scaling=self._manifest.scaling,
        )
        return ThumbnailSource(place)


def _recipe(config: ProjectConfig) -> tuple[str, int]:
    return config.backbone, config.image_size


def picture_of(pixels: Pixels) -> Picture:
    """Return pixels as the window takes them."""
    return Picture(width=pixels.shape[1], height=pixels.shape[0], data=pixels.tobytes())


def _data_folder(project: Project) -> Path | None:
    try:
        return project.data_folder
    except InputError:
        return None
