"""Two small real data sets that come with installed packages: one far from ImageNet, one near to it."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.seeds import derive_seed

DIGITS_PER_CLASS = 60
TRAIN_TILES, VAL_TILES = 20, 10
TILE_SIDE = 96
_TRAIN_SHARE = 0.6
"""Left part of a photograph that gives the training tiles: what it shows reaches over the border in most of them."""
_MIN_CONTRAST = 12.0
"""Standard deviation of gray values below which a tile shows nothing but sky or a black background."""
_POSITION_TRIES = 50


@dataclass(frozen=True)
class _Photo:
    """A photograph of an installed package.

    Attributes:
        label: Name of the class.
        package: Module whose folder holds the file.
        file: Path below that folder.
        scale: Factor by which it is reduced first.
    """

    label: str
    package: str
    file: str
    scale: int = 1


_PHOTOS = (
    _Photo("astronaut", "skimage", "data/astronaut.png"),
    _Photo("bricks", "skimage", "data/brick.png"),
    _Photo("cameraman", "skimage", "data/camera.png"),
    _Photo("cat", "skimage", "data/chelsea.png"),
    _Photo("coffee", "skimage", "data/coffee.png"),
    _Photo("coins", "skimage", "data/coins.png"),
    _Photo("flower", "sklearn", "datasets/images/flower.jpg"),
    _Photo("galaxies", "skimage", "data/hubble_deep_field.jpg"),
    _Photo("grass", "skimage", "data/grass.png"),
    _Photo("gravel", "skimage", "data/gravel.png"),
    _Photo("moon", "skimage", "data/moon.png"),
    _Photo("motorcycle", "skimage", "data/motorcycle_left.png"),
    _Photo("retina", "skimage", "data/retina.jpg", scale=2),
    _Photo("rocket", "skimage", "data/rocket.jpg"),
    _Photo("temple", "sklearn", "datasets/images/china.jpg"),
    _Photo("tissue", "skimage", "data/ihc.png"),
)


def write_digits(folder: Path, *, per_class: int = DIGITS_PER_CLASS) -> Path:
    """Write handwritten digits of 8 x 8 pixels as PNG files into class folders 0 to 9; return `folder`.

    The digits are those of scikit-learn (1,797 in all, 174 to 183 a class), spread evenly over its order; gray values
    of 0 to 16 become 0 to 255. Nothing is written if the folder is complete already.

    Raises:
        InputError: If another thing of that name is there.
        StorageError: If the disk refuses.
    """
    # scikit-learn takes a second to load and only samples need it here.
    from sklearn.datasets import load_digits

    def files() -> Iterator[tuple[str, bytes]]:
        digits = load_digits()
        for label in range(10):
            indices = np.flatnonzero(digits.target == label)
            chosen = np.linspace(0, len(indices) - 1, min(per_class, len(indices))).round().astype(int)
            for index in indices[chosen]:
                pixels = np.rint(digits.images[index] * (255 / 16)).astype(np.uint8)
                yield f"{label}/digit_{index:04d}.png", _png(Image.fromarray(pixels))

    return _write_once(folder, files)


def write_photos(folder: Path) -> Path:
    """Write tiles of 16 photographs into `train/` and `val/` with a class folder for each photograph; return `folder`.

    The photographs come with scikit-image and scikit-learn. Training tiles are cut from the left 60 % of a
    photograph, validation tiles from the rest, so that they never share a pixel; tiles of one part may overlap each
    other. Nothing is written if the folder is complete already.

    Raises:
        InputError: If scikit-image is missing, or another thing of that name is there.
        StorageError: If the disk refuses.
    """

    def files() -> Iterator[tuple[str, bytes]]:
        for label, image in photographs():
            yield from _tiles(label, image)

    return _write_once(folder, files)


def photographs() -> Iterator[tuple[str, Image.Image]]:
    """Yield the names and the pixels of the photographs that come with scikit-image and scikit-learn.

    Raises:
        InputError: If scikit-image is missing.
    """
    for photo in _PHOTOS:
        with Image.open(_package_file(photo)) as file:
            yield photo.label, file.reduce(photo.scale)


def _tiles(label: str, image: Image.Image) -> Iterator[tuple[str, bytes]]:
    border = round(image.width * _TRAIN_SHARE)
    regions = {"train": (0, border, TRAIN_TILES), "val": (border, image.width, VAL_TILES)}
    for split, (left, right, count) in regions.items():
        region = image.crop((left, 0, right, image.height))
        corners = _positions(region, count, seed=derive_seed("tiles", label, split))
        for number, (x, y) in enumerate(corners):
            tile = region.crop((x, y, x + TILE_SIDE, y + TILE_SIDE))
            yield f"{split}/{label}/{label}_{number:02d}.png", _png(tile)


def _positions(region: Image.Image, count: int, *, seed: int) -> Iterator[tuple[int, int]]:
    """Yield corners of tiles with something on them, each far from the ones before."""
    generator = np.random.default_rng(seed)
    gray = np.asarray(region.convert("L"))
    limits = region.width - TILE_SIDE + 1, region.height - TILE_SIDE + 1
    chosen: list[tuple[int, int]] = []
    for _ in range(count):
        candidates = [(int(x), int(y)) for x, y in generator.integers(0, limits, (_POSITION_TRIES, 2))]
        busy = [corner for corner in candidates if _contrast(gray, corner) >= _MIN_CONTRAST] or candidates
        best = max(busy, key=lambda corner: min((_distance(corner, other) for other in chosen), default=0))
        chosen.append(best)
        yield best


def _contrast(gray: NDArray[np.uint8], corner: tuple[int, int]) -> float:
    x, y = corner
    return float(gray[y : y + TILE_SIDE, x : x + TILE_SIDE].std())


def _distance(first: tuple[int, int], second: tuple[int, int]) -> int:
    return (first[0] - second[0]) ** 2 + (first[1] - second[1]) ** 2


def _package_file(photo: _Photo) -> Path:
    """Return the path of a file in a package without importing it (scikit-image's functions may download)."""
    spec = importlib.util.find_spec(photo.package)
    path = (
        Path(next(iter(spec.submodule_search_locations))) / photo.file
        if spec and spec.submodule_search_locations
        else None
    )
    if path is None or not path.is_file():
        name = {"skimage": "scikit-image", "sklearn": "scikit-learn"}[photo.package]
        raise InputError(
            f"The sample photographs need the package {name}, which is not installed.",
            remedy=f"Install it with 'pip install {name}', or choose the digits.",
        )
    return path


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def _write_once(folder: Path, files: Callable[[], Iterator[tuple[str, bytes]]]) -> Path:
    """Write files beside `folder`, then rename; an existing folder must hold the same names."""
    content = dict(files())
    if folder.exists():
        present = {path.relative_to(folder).as_posix() for path in folder.rglob("*.png")} if folder.is_dir() else set()
        if present != set(content):
            raise InputError(
                f"'{folder}' is there, but does not hold the samples.", remedy="Delete it or choose another folder."
            )
        return folder
    fsio.remove_temporaries(folder.parent.resolve(), own=False)
    temporary = fsio.temporary_name(folder)
    try:
        for name, data in content.items():
            fsio.make_folder((temporary / name).parent)
            fsio.write_bytes(temporary / name, data)
        fsio.move(temporary, folder)
    finally:
        if temporary.exists():
            fsio.remove_tree(temporary)
    return folder
