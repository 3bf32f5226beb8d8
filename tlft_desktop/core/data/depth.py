"""Images of more than 8 bits: reading them where Pillow cannot, and the one window that maps them to 0 to 255."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.manifest import PixelScaling

_WHITE_VALUES = tuple(2**bits - 1 for bits in (8, 10, 12, 14, 16))
_TIFF_MAGIC = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")


@dataclass(frozen=True)
class RawImage:
    """Values of a file before they are mapped to 8 bits.

    Attributes:
        values: Shape [H, W] for gray or [H, W, 3] for colour.
        alpha: Shape [H, W], 0 to 1; None where the image is opaque.
        mode: How the mode is shown to the user.
        num_frames: Pages in the file.
    """

    values: NDArray[Any]
    alpha: NDArray[np.float32] | None
    mode: str
    num_frames: int


def is_tiff(data: bytes) -> bool:
    """Tell whether `data` begins like a TIFF file."""
    return data[:4] in _TIFF_MAGIC


def value_range(values: NDArray[Any]) -> tuple[float, float]:
    """Return the smallest and the largest value.

    Raises:
        InputError: If a value is not a finite number.
    """
    low, high = float(values.min()), float(values.max())
    if not np.isfinite(low) or not np.isfinite(high):
        raise InputError("The image holds values that are not numbers (NaN or infinite).")
    return low, high


def automatic_scaling(raw_min: float, raw_max: float, *, is_float: bool) -> PixelScaling:
    """Return the window for raw values that range from `raw_min` to `raw_max`.

    Whole numbers: white is the smallest of 2^8-1, 2^10-1, 2^12-1, 2^14-1, 2^16-1 that holds the largest value, since
    cameras deliver one of these depths. Fractions: white is 1 if no value exceeds 1, else the largest value. Black is
    0, or the smallest value where values are negative.
    """
    low = min(0.0, raw_min)
    if is_float:
        high = 1.0 if raw_max <= 1 else raw_max
    else:
        high = float(next((white for white in _WHITE_VALUES if white >= raw_max), raw_max))
    return PixelScaling(low=low, high=high)


def apply_scaling(values: NDArray[Any], scaling: PixelScaling) -> NDArray[np.uint8]:
    """Map `values` linearly so that `scaling.low` becomes 0 and `scaling.high` 255; values outside are clipped."""
    scaled = values.astype(np.float32)
    scaled -= np.float32(scaling.low)
    scaled *= np.float32(255 / (scaling.high - scaling.low))
    np.rint(scaled, out=scaled)
    np.clip(scaled, 0, 255, out=scaled)
    return scaled.astype(np.uint8)


def to_rgb(raw: RawImage, scaling: PixelScaling) -> NDArray[np.uint8]:
    """Return uint8 [H, W, 3]: values mapped by `scaling`, transparent pixels laid on white."""
    pixels = apply_scaling(raw.values, scaling)
    if pixels.ndim == 2:
        pixels = np.repeat(pixels[:, :, None], 3, axis=2)
    if raw.alpha is not None:
        alpha = raw.alpha[:, :, None]
        pixels = np.rint(pixels * alpha + 255 * (1 - alpha)).astype(np.uint8)
    return np.ascontiguousarray(pixels)


def read_tiff_header(data: bytes) -> tuple[int, int]:
    """Return width and height of the first page, without decoding it.

    Raises:
        Exception: Whatever tifffile raises on a damaged file; the caller names the image.
    """
    import tifffile  # 0.1 s; only TIFF files that Pillow cannot read need it

    with tifffile.TiffFile(io.BytesIO(data)) as file:
        page = file.pages[0]
        return int(page.imagewidth), int(page.imagelength)


def read_tiff(data: bytes) -> RawImage:
    """Read the first page of a TIFF that Pillow cannot read in full depth, such as 16-bit colour.

    Raises:
        InputError: If the page is neither gray nor colour, or its compression is not available.
        Exception: Whatever tifffile raises on a damaged file; the caller names the image.
    """
    import tifffile  # as above

    with tifffile.TiffFile(io.BytesIO(data)) as file:
        page, num_frames = file.pages[0], len(file.pages)
        try:
            values = np.asarray(page.asarray())
        except (ValueError, ImportError) as error:
            raise InputError(
                f"This kind of TIFF cannot be read ({str(error).splitlines()[0][:120]}); "
                "save it without compression or as PNG."
            ) from error
        axes, white_is_zero = str(page.axes), int(page.photometric) == 0
    if axes.startswith("S") and values.ndim == 3:
        values = np.moveaxis(values, 0, -1)
    values, alpha = _split_alpha(values)
    if white_is_zero:
        values = value_range(values)[1] - values
    mode = f"{values.dtype.name} {'gray' if values.ndim == 2 else 'RGB'}"
    return RawImage(values=values, alpha=alpha, mode=mode, num_frames=num_frames)


def _split_alpha(values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.float32] | None]:
    if values.dtype.kind not in "uif":
        raise InputError(f"A TIFF with values of type {values.dtype.name} cannot be used.")
    num_channels = values.shape[2] if values.ndim == 3 else 1
    if values.ndim == 2:
        return values, None
    if values.ndim != 3 or num_channels not in (1, 3, 4):
        shape = " x ".join(str(size) for size in values.shape)
        raise InputError(f"A TIFF of shape {shape} is neither gray nor red-green-blue; save it as one of these.")
    if num_channels == 1:
        return values[:, :, 0], None
    if num_channels == 3:
        return values, None
    opaque = np.iinfo(values.dtype).max if values.dtype.kind in "ui" else 1.0
    alpha = np.clip(values[:, :, 3].astype(np.float32) / np.float32(opaque), 0, 1)
    return values[:, :, :3], alpha
