"""Pictures of a project for the window; loaded with the first picture, since decoding needs numpy and Pillow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.thumbnails import ImagePlace, Pixels, ThumbnailSource
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.catalog import find_backbone
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
        self._config, self._load_views = project.config, load_views
        self._num_train = len(manifest.used(Split.TRAIN))
        place = ImagePlace(
            data_folder=_data_folder(project),
            cache_dir=cache_dir,
            preprocessing=find_backbone(project.config.backbone).preprocessing.at_size(project.config.image_size),
            scaling=manifest.scaling,
        )
        self._source = ThumbnailSource(place)

    def thumbnail(self, record: ImageRecord, side: int, control: Control) -> Picture:
        """Return the whole image, at most `side` pixels wide and high."""
        return _picture(self._source.thumbnail(record, side, control))

    def original(self, record: ImageRecord, side: int, control: Control) -> Picture:
        """Return the image decoded from its file, with a short side of at most `side` pixels."""
        short_side = min(side, record.width, record.height) or side
        return _picture(self._source.original(record, short_side, control))

    def views(self, record: ImageRecord, numbers: Sequence[int], control: Control) -> tuple[Picture, ...]:
        """Return what the network receives: the evaluation view, and the augmented views with these numbers."""
        pixels = self._source.pixels(record, control)
        make_views: Any = self._load_views(control)
        shown = make_views(self._config, record, pixels, views=numbers, num_train=self._num_train)
        return tuple(_picture(view) for view in shown)

    def close(self) -> None:
        """Give everything back."""
        self._source.close()


def _picture(pixels: Pixels) -> Picture:
    return Picture(width=pixels.shape[1], height=pixels.shape[0], data=pixels.tobytes())


def _data_folder(project: Project) -> Path | None:
    try:
        return project.data_folder
    except InputError:
        return None
