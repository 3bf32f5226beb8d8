"""Classify images with the network in this folder: `python predict_example.py IMAGE [IMAGE ...]`.

Needs PyTorch, torchvision (and timm, where the network is one of timm's), safetensors and Pillow, but not the program
that trained the network. Every image is prepared as in training: the short side is resized, the centre is cut out, the
colours are normalised; images of more than 8 bits are mapped by the window of the training images.

To use the network from Python, put this file on the path and call `load_network` and `read_image`.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
from safetensors.torch import load_file

FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP", "PPM")
NUM_TOP = 5
_JPEG = ("JPEG", "MPO")
_WHITE_VALUES = tuple(2**bits - 1 for bits in (8, 10, 12, 14, 16))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the likeliest classes of each image; returns 1 if an image could not be read."""
    parser = argparse.ArgumentParser(description="Classify images with the network in the folder of this file.")
    parser.add_argument("images", nargs="+", type=Path, metavar="IMAGE")
    images = parser.parse_args(arguments).images
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    folder = Path(__file__).resolve().parent
    config = read_config(folder)
    network = load_network(folder, config)
    code = 0
    for path in images:
        try:
            image = read_image(path, config)
        except (OSError, ValueError, SyntaxError) as error:  # Pillow names damage by all three
            print(f"{path}: {error}", file=sys.stderr)
            code = 1
            continue
        print(path)
        for name, probability in classify(network, image, config)[:NUM_TOP]:
            print(f"  {probability:.6f}  {''.join(sign if sign.isprintable() else '?' for sign in name)}")
    return code


def read_config(folder: Path) -> dict[str, Any]:
    """Return the description of the network."""
    config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return config


def load_network(folder: Path, config: dict[str, Any]) -> torch.nn.Module:
    """Build the network with its library and load the trained weights."""
    name, options = config["architecture"], dict(config["model_args"])
    if config["tlft"]["backbone"].startswith("timm:"):
        import timm

        network = timm.create_model(name, num_classes=config["num_classes"], **options)
    else:
        import torchvision

        network = torchvision.models.get_model(name, weights=None, num_classes=config["num_classes"], **options)
    network.load_state_dict(load_file(folder / "model.safetensors"))
    loaded: torch.nn.Module = network.eval()
    return loaded


def classify(network: torch.nn.Module, image: torch.Tensor, config: dict[str, Any]) -> list[tuple[str, float]]:
    """Return all classes with their probabilities, the likeliest first; `image` is float32 [3, S, S]."""
    with torch.inference_mode():
        probabilities = network(image[None])[0].float().softmax(dim=0).tolist()
    pairs = zip(config["label_names"], probabilities, strict=True)
    return sorted(pairs, key=lambda pair: -pair[1])


def read_image(path: Path, config: dict[str, Any]) -> torch.Tensor:
    """Return what the network expects of an image file, float32 [3, S, S]."""
    expected = config["tlft"]["preprocessing"]
    size = int(expected["input_size"])
    side = math.floor(size / expected["crop_pct"])
    image = read_rgb(path, side, config["tlft"]["scaling"])
    width, height = image.size
    long_side = int(side * max(width, height) / min(width, height))
    wanted = (side, long_side) if width <= height else (long_side, side)
    if image.size != wanted:
        image = image.resize(wanted, Image.Resampling[expected["interpolation"].upper()])
    left, top = round((wanted[0] - size) / 2), round((wanted[1] - size) / 2)
    pixels = np.asarray(image.crop((left, top, left + size, top + size)))
    values = torch.from_numpy(pixels.transpose(2, 0, 1).astype(np.float32) / 255)
    mean, std = (torch.tensor(expected[key]).view(3, 1, 1) for key in ("mean", "std"))
    return (values - mean) / std


def read_rgb(path: Path, side: int, window: Sequence[float] | None) -> Image.Image:
    """Return an image upright in red, green and blue; a large JPEG smaller, but its short side at least 2 `side`."""
    try:
        image = Image.open(path, formats=FORMATS)
    except UnidentifiedImageError:
        if path.suffix.lower() in (".tif", ".tiff"):
            return _read_tiff(path, window)
        raise
    with image:
        bits = getattr(image, "tag_v2", {}).get(258, (8,))
        if image.format == "TIFF" and len(bits) > 1 and max(bits) > 8:
            return _read_tiff(path, window)  # Pillow would keep the upper 8 bits only
        mode, white_is_zero = image.mode, getattr(image, "tag_v2", {}).get(262) == 0
        kind = image.format
        if kind in _JPEG:
            image.draft(None, (2 * side, 2 * side))
        image.load()
        upright = image if kind == "TIFF" else _upright(image)
        if not (mode == "F" or mode.startswith("I")):
            return _flat(upright)
        raw = np.asarray(upright)
    values = float(raw.max()) - raw if kind == "TIFF" and white_is_zero else raw
    return _scaled(values, (float(raw.min()), float(raw.max())), window)


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # a damaged EXIF block, which fails in many ways, must not cost the picture
        return image


def _flat(image: Image.Image) -> Image.Image:
    """Lay transparent pixels on white and convert every other kind of colour."""
    if image.has_transparency_data:
        colours = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", colours.size, "white"), colours).convert("RGB")
    if image.mode == "LAB":
        profiles = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
        converted = ImageCms.applyTransform(image, ImageCms.buildTransform(*profiles, "LAB", "RGB"))
        if converted is None:
            raise ValueError("the LAB colours could not be converted")
        return converted
    return image.convert("RGB")


def _scaled(
    values: NDArray[Any],
    value_range: tuple[float, float],
    window: Sequence[float] | None,
    alpha: NDArray[np.float32] | None = None,
) -> Image.Image:
    """Map values of more than 8 bits to 0 to 255: by the window of the training images, else by their own range."""
    if not np.isfinite(value_range).all():
        raise ValueError("the image holds values that are not numbers")
    low, high = window or _automatic_window(*value_range, is_float=values.dtype.kind == "f")
    mapped = (values.astype(np.float32) - np.float32(low)) * np.float32(255 / (high - low))
    pixels = np.clip(np.rint(mapped), 0, 255).astype(np.uint8)
    if pixels.ndim == 2:
        pixels = np.repeat(pixels[:, :, None], 3, axis=2)
    if alpha is not None:
        pixels = np.rint(pixels * alpha[:, :, None] + 255 * (1 - alpha[:, :, None])).astype(np.uint8)
    return Image.fromarray(np.ascontiguousarray(pixels))


def _automatic_window(low: float, high: float, *, is_float: bool) -> tuple[float, float]:
    if is_float:
        return min(0.0, low), max(1.0, high)
    return min(0.0, low), float(next((white for white in _WHITE_VALUES if white >= high), high))


def _read_tiff(path: Path, window: Sequence[float] | None) -> Image.Image:
    """Read a TIFF that Pillow cannot read in full depth, such as 16-bit colour."""
    try:
        import tifffile
    except ImportError:
        raise ValueError("this kind of TIFF needs one more package: pip install tifffile") from None
    with tifffile.TiffFile(path) as file:
        page = file.pages[0]
        values = np.asarray(page.asarray())
        if str(page.axes).startswith("S") and values.ndim == 3:
            values = np.moveaxis(values, 0, -1)
        white_is_zero = int(page.photometric) == 0
    alpha = None
    if values.ndim == 3 and values.shape[2] == 4:
        opaque = np.iinfo(values.dtype).max if values.dtype.kind in "ui" else 1.0
        alpha = np.clip(values[:, :, 3].astype(np.float32) / np.float32(opaque), 0, 1)
        values = values[:, :, :3]
    elif values.ndim == 3 and values.shape[2] == 1:
        values = values[:, :, 0]
    if values.dtype == np.uint8:
        window = (0, 255)
    if white_is_zero:
        values = float(values.max()) - values
    return _scaled(values, (float(values.min()), float(values.max())), window, alpha)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    sys.exit(main())
