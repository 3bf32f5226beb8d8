"""Small generated images and data sets for the tests of the data package."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.import_images import ImportProgress, ImportResult, import_images
from tlft_desktop.core.values.preprocessing import Preprocessing

SMALL = Preprocessing(input_size=32, crop_pct=0.8, mean=(0.5, 0.4, 0.3), std=(0.2, 0.25, 0.3))
"""Short side 40, so that tests stay fast."""


def picture(seed: int, *, width: int = 48, height: int = 40) -> NDArray[np.uint8]:
    """Return smooth random colours, uint8 [H, W, 3]."""
    coarse = np.random.default_rng(seed).integers(0, 256, (5, 6, 3), dtype=np.uint8)
    return np.asarray(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC))


def encode(pixels: NDArray[Any] | Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    """Return the bytes of an image file."""
    buffer = io.BytesIO()
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def write(path: Path, data: bytes) -> Path:
    """Write a file with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def write_classes(root: Path, counts: Mapping[str, int]) -> Path:
    """Write class folders with that many different images each."""
    for index, (label, count) in enumerate(sorted(counts.items())):
        (root / label).mkdir(parents=True, exist_ok=True)
        for number in range(count):
            write(root / label / f"{number:03d}.png", encode(picture(1000 * index + number)))
    return root


def png_header(width: int, height: int, *, bits: int = 8, colour: int = 2, rows: bytes = bytes(100)) -> bytes:
    """Return a PNG that declares a size, whatever data it holds."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def run_import(source: Path, cache_dir: Path, **changes: Any) -> ImportResult:
    """Import a data set with small pictures and return the result."""
    options = {"val": 0.2, "test": 0.0, "group_by": "", "seed": 0, "control": Control(), "preprocessing": SMALL}
    items: list[ImportProgress | ImportResult] = list(import_images(source, cache_dir=cache_dir, **(options | changes)))
    result = items[-1]
    assert isinstance(result, ImportResult)
    return result


def kinds(result: Any) -> set[str]:
    """Return the kinds of the problems of an import or a scan."""
    return {problem.kind for problem in result.problems}


def reasons(result: ImportResult) -> dict[str, str]:
    """Return why files were left out, by path."""
    return {record.path: record.excluded for record in result.manifest.records if record.excluded}


def data_set(tmp_path: Path, **bad: bytes) -> Path:
    """Write two good classes and the bad files (`NAME__SUFFIX`) into one of them."""
    root = write_classes(tmp_path / "data", {"cat": 4, "dog": 4})
    for name, data in bad.items():
        write(root / "cat" / name.replace("__", "."), data)
    return root
