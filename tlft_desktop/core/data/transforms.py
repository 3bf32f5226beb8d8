"""From stored pixels to what the network sees: the evaluation view, and augmented views as functions of a seed."""

from __future__ import annotations

import math

import torch
from torch import Tensor

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tlft_desktop.core.data.decode import pillow_filter
from tlft_desktop.core.values.preprocessing import Preprocessing
from tlft_desktop.core.values.seeds import derive_seed
from tlft_desktop.core.values.strategy import Augmentation

_MIN_AREA = {Augmentation.LIGHT: 0.7, Augmentation.STANDARD: 0.5}
_MIN_RATIO = 3 / 4
_COLOUR_RANGE = 0.2
_GRAY = np.array([0.299, 0.587, 0.114])
"""Weights of ITU-R 601-2, as Pillow and torchvision convert to gray."""
_CROP_TRIES = 10


def evaluation_view(pixels: NDArray[np.uint8], preprocessing: Preprocessing) -> Tensor:
    """Return the centre crop, uint8 [3, S, S], of stored pixels, uint8 [H, W, 3].

    The short side of stored pixels is `preprocessing.resize_side` already, so this equals timm's evaluation transform
    before normalisation, to the bit.

    Raises:
        ValueError: If the image is smaller than the crop.
    """
    return _to_tensor(_centre_crop(pixels, preprocessing.input_size))


def augmented_view(
    pixels: NDArray[np.uint8],
    preprocessing: Preprocessing,
    *,
    seed: int,
    image: str,
    view: int,
    augmentation: Augmentation,
    flip: bool,
) -> Tensor:
    """Return a variant of an image, uint8 [3, S, S]; a function of its arguments and of nothing else.

    View 0 is the evaluation view; view 1 its mirror image where `flip` is allowed; later ones are random.

    Args:
        pixels: uint8 [H, W, 3].
        preprocessing: What the backbone expects.
        seed: Data seed of the run.
        image: Name of the image that stays the same, its SHA-256.
        view: Number of the variant.
        augmentation: How strong variants are; `NONE` makes every view the evaluation view.
        flip: Whether mirrored images mean the same.
    """
    if augmentation is Augmentation.NONE or view == 0:
        return evaluation_view(pixels, preprocessing)
    if view == 1 and flip:
        return _to_tensor(_centre_crop(pixels, preprocessing.input_size)[:, ::-1])
    generator = torch.Generator().manual_seed(derive_seed("view", seed, image, view))
    numbers = torch.rand(4 * _CROP_TRIES + 4, generator=generator).tolist()
    height, width = pixels.shape[:2]
    box = _random_box(width, height, min_area=_MIN_AREA[augmentation], numbers=numbers[4:])
    size = (preprocessing.input_size, preprocessing.input_size)
    picture = Image.fromarray(pixels).resize(size, pillow_filter(preprocessing.interpolation), box=box)
    if augmentation is Augmentation.STANDARD:
        picture = _change_colours(picture, [1 + _COLOUR_RANGE * (2 * number - 1) for number in numbers[1:4]])
    result = np.asarray(picture)
    return _to_tensor(result[:, ::-1] if flip and numbers[0] < 0.5 else result)


def normalise(images: Tensor, preprocessing: Preprocessing) -> Tensor:
    """Return float32 [N, 3, S, S] from uint8 of the same shape: to [0, 1], minus mean, by standard deviation."""
    mean = torch.tensor(preprocessing.mean, device=images.device).view(1, 3, 1, 1)
    std = torch.tensor(preprocessing.std, device=images.device).view(1, 3, 1, 1)
    return images.to(torch.float32).div_(255).sub_(mean).div_(std)


def _to_tensor(pixels: NDArray[np.uint8]) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(pixels.transpose(2, 0, 1)))


def centre_corner(height: int, width: int, size: int) -> tuple[int, int]:
    """Return top and left of the centre crop of side `size`, in pixels.

    Raises:
        ValueError: If the image is smaller than the crop.
    """
    if min(height, width) < size:
        raise ValueError(f"an image of {width} x {height} pixels is smaller than the crop of {size}")
    # Rounded half to even, as torchvision.transforms.functional.center_crop does.
    return round((height - size) / 2), round((width - size) / 2)


def _centre_crop(pixels: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    height, width = pixels.shape[:2]
    top, left = centre_corner(height, width, size)
    return pixels[top : top + size, left : left + size]


def _random_box(width: int, height: int, *, min_area: float, numbers: list[float]) -> tuple[float, float, float, float]:
    """Return a random part of the image: area from `min_area` to 1, aspect ratio from 3:4 to 4:3.

    Source: `torchvision.transforms.RandomResizedCrop.get_params`, with numbers in [0, 1) drawn beforehand.
    """
    for index in range(_CROP_TRIES):
        area_number, ratio_number, x_number, y_number = numbers[4 * index : 4 * index + 4]
        area = width * height * (min_area + (1 - min_area) * area_number)
        ratio = math.exp((2 * ratio_number - 1) * math.log(1 / _MIN_RATIO))
        box_width, box_height = round(math.sqrt(area * ratio)), round(math.sqrt(area / ratio))
        if 0 < box_width <= width and 0 < box_height <= height:
            left = math.floor(x_number * (width - box_width + 1))
            top = math.floor(y_number * (height - box_height + 1))
            return left, top, left + box_width, top + box_height
    # A long image holds no such part: the largest one of an allowed ratio, from the middle.
    box_width, box_height = min(width, round(height / _MIN_RATIO)), min(height, round(width / _MIN_RATIO))
    left, top = (width - box_width) // 2, (height - box_height) // 2
    return left, top, left + box_width, top + box_height


def _change_colours(picture: Image.Image, factors: list[float]) -> Image.Image:
    """Change brightness, contrast and saturation by three factors, all in one linear map of the colours.

    Source: the definitions of `torchvision.transforms.functional.adjust_*`, applied in this order without clipping in
    between.
    """
    brightness, contrast, saturation = factors
    # By the histogram: numpy sums three interleaved channels ten times slower.
    sums = np.array(picture.histogram()).reshape(3, 256) @ np.arange(256)
    gray_mean = float(sums / (picture.width * picture.height) @ _GRAY) * brightness
    matrix = brightness * contrast * (saturation * np.eye(3) + (1 - saturation) * np.outer(np.ones(3), _GRAY))
    shift = (1 - contrast) * gray_mean
    rows = [(*row, shift) for row in matrix.tolist()]
    return picture.convert("RGB", tuple(value for row in rows for value in row))
