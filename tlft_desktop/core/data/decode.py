"""One decoder for every image: Pillow with an allow-list, checks on the header first, one defined way to RGB.

Reads bytes that may be hostile: wherever a file comes from outside it runs in the helper process (`probe.py`).
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from tlft_desktop.core.data import depth
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.manifest import PixelScaling

FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP", "PPM")
"""Pillow has 43 readers; the others are rarely needed and the less tested part of it."""
MIN_SIDE = 8
MAX_ASPECT = 20
"""A 1 x 10000 image of 118 bytes took 2 GB through an ordinary resize."""
MAX_PIXELS = 89_478_485
"""Pillow's own limit for a warning (a quarter of a GiB as RGB)."""

_JPEG = ("JPEG", "MPO")
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (128, b"DICM", "a DICOM file"),
    (344, b"n+1\x00", "a NIfTI volume"),
    (0, b"ZISRAWFILE", "a CZI file"),
    (0, b"\x89HDF", "an HDF5 file"),
    (0, b"8BPS", "a Photoshop file"),
    (0, b"%!PS", "a PostScript file"),
    (0, b"\xc5\xd0\xd3\xc6", "a PostScript file"),
    (0, b"%PDF", "a PDF file"),
    (4, b"ftyp", "a HEIC, AVIF or video file"),
    (0, b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 file"),
    (0, b"\xd7\xcd\xc6\x9a", "a Windows metafile"),
    (0, b"icns", "an icon file"),
    (0, b"PK\x03\x04", "a zip archive"),
    (0, b"\x1f\x8b", "a gzip file"),
    (0, b"version https://git-lfs", "a Git LFS pointer; fetch the file itself with 'git lfs pull'"),
)


@dataclass(frozen=True)
class Decoded:
    """An image as the network will see it, apart from size.

    Attributes:
        pixels: uint8, shape [H, W, 3], red green blue, upright.
        mode: Mode of the file as Pillow names it, such as `RGB` or `I;16`.
        width, height: Of the file after EXIF orientation; `pixels` of a large JPEG may be smaller (see `decode`).
        note: Something the user should know although the image is used; empty for none.
        raw_min, raw_max: Range of the raw values where `high_depth`, else 0.
        high_depth: Whether the file has more than 8 bits a channel, so that a scaling window is needed.
        is_float: Whether the raw values are fractions.
    """

    pixels: NDArray[np.uint8]
    mode: str
    width: int
    height: int
    note: str = ""
    raw_min: float = 0.0
    raw_max: float = 0.0
    high_depth: bool = False
    is_float: bool = False


def decode(data: bytes, *, scaling: PixelScaling | None, side: int = 0) -> Decoded:
    """Decode the bytes of an image file.

    EXIF orientation is applied; transparent pixels are laid on white; palette, gray, 1-bit, CMYK and LAB become RGB;
    embedded colour profiles are ignored, as in training of the published weights; of several frames the first is taken.

    Args:
        data: All bytes of the file.
        scaling: Window for images of more than 8 bits; None takes the automatic window of this image alone.
        side: Short side that will be needed; a JPEG is then decoded at 1/2, 1/4 or 1/8 of its size as long as the
            short side stays at least twice as long as `side`, which is much faster. 0 decodes at full size.

    Raises:
        InputError: If the image cannot or must not be used; the message is the reason, without the path.
        MemoryError: If it does not fit into the memory.
    """
    try:
        return _decode(data, scaling=scaling, side=side)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # decoders fail with a dozen types, from SyntaxError to struct.error; all mean the same
        text = (str(error).splitlines() or [""])[0][:160].rstrip(".") or type(error).__name__
        raise InputError(f"The image is damaged ({text}).") from error


def decode_to_side(data: bytes, *, side: int, interpolation: str, scaling: PixelScaling | None) -> Decoded:
    """Decode and resize so that the short side of `pixels` is `side`: what the pixel store holds.

    Raises:
        InputError, MemoryError: As `decode`.
    """
    decoded = decode(data, scaling=scaling, side=side)
    return replace(decoded, pixels=resize_short_side(decoded.pixels, side, interpolation=interpolation))


def resize_short_side(pixels: NDArray[np.uint8], side: int, *, interpolation: str) -> NDArray[np.uint8]:
    """Return uint8 [H, W, 3] whose short side is `side`, rounded as `torchvision.transforms.Resize` does.

    The aspect ratio is at most 20, so the result is at most 20 times as long as `side`.

    Raises:
        ValueError: If `interpolation` is not `bicubic` or `bilinear`, or the image is longer than 20:1.
    """
    height, width = pixels.shape[:2]
    if max(height, width) > MAX_ASPECT * min(height, width):
        raise ValueError(f"an image of {width} x {height} pixels is too long to resize")
    long_side = int(side * max(height, width) / min(height, width))
    size = (side, long_side) if width <= height else (long_side, side)
    if size == (width, height):
        return pixels
    return np.asarray(Image.fromarray(pixels).resize(size, pillow_filter(interpolation)))


def pillow_filter(interpolation: str) -> Image.Resampling:
    """Return Pillow's filter of that name.

    Raises:
        ValueError: If it is not `bicubic` or `bilinear`.
    """
    if interpolation == "bicubic":
        return Image.Resampling.BICUBIC
    if interpolation == "bilinear":
        return Image.Resampling.BILINEAR
    raise ValueError(f"unknown interpolation {interpolation!r}")


def _decode(data: bytes, *, scaling: PixelScaling | None, side: int) -> Decoded:
    if not data:
        raise InputError("The file is empty.")
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError:
        if depth.is_tiff(data):
            return _decode_by_tifffile(data, scaling=scaling)
        raise InputError(_not_an_image(data)) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise InputError(f"The image has too many pixels (more than {MAX_PIXELS:,}).") from error
    with image:
        width, height = image.size
        _check_size(width, height)
        if image.format == "TIFF" and _is_deep_colour(image):
            return _decode_by_tifffile(data, scaling=scaling)
        return _decode_by_pillow(image, data, scaling=scaling, side=side)


def _decode_by_pillow(image: Image.Image, data: bytes, *, scaling: PixelScaling | None, side: int) -> Decoded:
    width, height = image.size
    mode, notes = image.mode, _notes(image, data)
    white_is_zero = image.format == "TIFF" and getattr(image, "tag_v2", {}).get(262) == 0
    orientation = _orientation(image, notes)
    if image.format in _JPEG:
        if side:
            image.draft(None, (2 * side, 2 * side))
        if orientation > 4:
            width, height = height, width
    image.load()
    if orientation > 1 and image.format != "TIFF":  # Pillow turns a TIFF upright while it loads
        ImageOps.exif_transpose(image, in_place=True)
    if image.format not in _JPEG:
        width, height = image.size
    if not (mode == "F" or mode.startswith("I")):
        return Decoded(np.array(_to_rgb(image)), mode, width, height, note="; ".join(notes))
    values = np.asarray(image)
    raw_min, raw_max = depth.value_range(values)
    raw = depth.RawImage(raw_max - values if white_is_zero else values, None, mode, 1)
    return _scaled(raw, (raw_min, raw_max), scaling=scaling, notes=notes)


def _decode_by_tifffile(data: bytes, *, scaling: PixelScaling | None) -> Decoded:
    _check_size(*depth.read_tiff_header(data))
    raw = depth.read_tiff(data)
    notes = [f"Only the first of {raw.num_frames} frames is used"] if raw.num_frames > 1 else []
    if raw.values.dtype == np.uint8:
        pixels = depth.to_rgb(raw, PixelScaling(0, 255))
        return Decoded(pixels, raw.mode, pixels.shape[1], pixels.shape[0], note="; ".join(notes))
    return _scaled(raw, depth.value_range(raw.values), scaling=scaling, notes=notes)


def _scaled(
    raw: depth.RawImage, value_range: tuple[float, float], *, scaling: PixelScaling | None, notes: list[str]
) -> Decoded:
    raw_min, raw_max = value_range
    is_float = raw.values.dtype.kind == "f"
    window = scaling or depth.automatic_scaling(raw_min, raw_max, is_float=is_float)
    pixels = depth.to_rgb(raw, window)
    return Decoded(
        pixels=pixels,
        mode=raw.mode,
        width=pixels.shape[1],
        height=pixels.shape[0],
        note="; ".join(notes),
        raw_min=raw_min,
        raw_max=raw_max,
        high_depth=True,
        is_float=is_float,
    )


def _check_size(width: int, height: int) -> None:
    size = f"{width} x {height} pixels"
    if min(width, height) < MIN_SIDE:
        raise InputError(f"The image is too small: {size}; each side needs at least {MIN_SIDE}.")
    if width * height > MAX_PIXELS:
        raise InputError(f"The image has too many pixels: {size}; at most {MAX_PIXELS:,} are read.")
    if max(width, height) > MAX_ASPECT * min(width, height):
        raise InputError(f"The image is too long: {size}; at most {MAX_ASPECT} times as long as wide is read.")


def _is_deep_colour(image: Image.Image) -> bool:
    """Tell whether Pillow would silently keep only the upper 8 of 16 bits of a colour TIFF."""
    bits = getattr(image, "tag_v2", {}).get(258, (8,))
    return len(bits) > 1 and max(bits) > 8


def _notes(image: Image.Image, data: bytes) -> list[str]:
    notes = []
    # Phones append previews and gain maps to a JPEG (MPO): these are not frames that anybody means.
    num_frames = 1 if image.format in _JPEG else int(getattr(image, "n_frames", 1))
    if num_frames > 1:
        notes.append(f"Only the first of {num_frames} frames is used")
    if image.format == "PNG" and data[24] == 16 and data[25] != 0:
        notes.append("Of 16 bits per colour the upper 8 are used")
    return notes


def _orientation(image: Image.Image, notes: list[str]) -> int:
    """Return the EXIF orientation, 1 to 8; a camera's damaged EXIF block must not cost the picture."""
    try:
        value = image.getexif().get(0x0112, 1)
    except MemoryError:
        raise
    except Exception:  # the parser fails with SyntaxError, struct.error, KeyError and others
        notes.append("EXIF data cannot be read, so the orientation is as stored")
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _to_rgb(image: Image.Image) -> Image.Image:
    if image.has_transparency_data:
        rgba = image.convert("RGBA")
        white = Image.new("RGBA", rgba.size, "white")
        return Image.alpha_composite(white, rgba).convert("RGB")
    if image.mode == "LAB":
        profiles = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
        converted = ImageCms.applyTransform(image, ImageCms.buildTransform(*profiles, "LAB", "RGB"))
        if converted is None:
            raise ValueError("the LAB colours could not be converted")
        return converted
    return image if image.mode == "RGB" else image.convert("RGB")


def _not_an_image(data: bytes) -> str:
    for offset, signature, name in _SIGNATURES:
        if data[offset : offset + len(signature)] == signature:
            return f"This is {name}, which is not supported here; JPEG, PNG, TIFF, BMP, GIF, WebP and PPM are."
    return "This is not an image: neither JPEG, PNG, TIFF, BMP, GIF, WebP nor PPM."
