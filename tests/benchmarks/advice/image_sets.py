"""Sets of images with known character, made on the spot: what they need of a network is known before."""

from __future__ import annotations

import colorsys
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tlft_desktop.core.data.samples import photographs

SIDE = 96
_TILE = 96
TRAIN_SHARE = 0.6
"""Of what images are made of: the left part of a photograph gives tiles to learn from, which share no pixel with those
to be tested with."""
_NUM_PHOTOGRAPHS = 10
_MOST_COUNT = 8

Random = np.random.Generator
Maker = Callable[[int, Random, bool], Image.Image]
"""Returns an image of a class by its number, to learn from or to be tested with."""


@dataclass(frozen=True)
class ImageSet:
    """A task.

    Attributes:
        name: Unique.
        classes: Names.
        make: Makes an image.
        flip: Whether a mirrored image means the same.
        expected: What it is made to need, in a word.
    """

    name: str
    classes: tuple[str, ...]
    make: Maker
    flip: bool
    expected: str


def image_sets() -> tuple[ImageSet, ...]:
    """Return all sets."""
    photos = tuple(name for name, _ in _photographs())
    numbers = tuple(str(number) for number in range(10))
    return (
        ImageSet("digits", numbers, _digit, flip=False, expected="all layers"),
        ImageSet("photographs", photos, _tile, flip=True, expected="head"),
        ImageSet("photographs-blurred", photos, _blurred, flip=True, expected="early layers"),
        ImageSet("photographs-noisy", photos, _noisy, flip=True, expected="early layers"),
        ImageSet("colours", tuple(f"hue {number}" for number in range(8)), _colour, flip=True, expected="head"),
        ImageSet(
            "gratings", tuple(f"angle {number}" for number in range(8)), _grating, flip=False, expected="all layers"
        ),
        ImageSet(
            "positions", tuple(f"cell {number}" for number in range(9)), _position, flip=False, expected="all layers"
        ),
        ImageSet("counts", tuple(f"{number + 1} discs" for number in range(_MOST_COUNT)), _count, True, "all layers"),
        ImageSet(
            "shapes", tuple(f"{corners} corners" for corners in range(3, 9)), _shape, flip=True, expected="all layers"
        ),
        ImageSet("letters", tuple("ABCDEFGHIJ"), _letter, flip=False, expected="all layers"),
    )


@lru_cache(maxsize=1)
def _photographs() -> tuple[tuple[str, Image.Image], ...]:
    return tuple(photographs())[:_NUM_PHOTOGRAPHS]


def _tile(number: int, random: Random, is_test: bool) -> Image.Image:
    _, image = _photographs()[number]
    border = round(image.width * TRAIN_SHARE)
    left, right = (border, image.width) if is_test else (0, border)
    x = int(random.integers(left, max(left + 1, right - _TILE + 1)))
    y = int(random.integers(0, max(1, image.height - _TILE + 1)))
    return image.crop((x, y, x + _TILE, y + _TILE)).convert("RGB")


def _blurred(number: int, random: Random, is_test: bool) -> Image.Image:
    return _tile(number, random, is_test).filter(ImageFilter.GaussianBlur(3.0))


def _noisy(number: int, random: Random, is_test: bool) -> Image.Image:
    pixels = np.asarray(_tile(number, random, is_test), dtype=np.float64)
    return Image.fromarray(np.clip(pixels + random.normal(0, 90, pixels.shape), 0, 255).astype(np.uint8))


@lru_cache(maxsize=1)
def _digit_rows() -> tuple[NDArray[np.float64], dict[int, NDArray[np.int64]]]:
    from sklearn.datasets import load_digits

    digits = load_digits()
    return digits.images, {number: np.flatnonzero(digits.target == number) for number in range(10)}


def _digit(number: int, random: Random, is_test: bool) -> Image.Image:
    images, rows = _digit_rows()
    # Every third digit is for tests only.
    own = [row for place, row in enumerate(rows[number]) if (place % 3 == 0) == is_test]
    pixels = np.rint(images[int(random.choice(own))] * (255 / 16)).astype(np.uint8)
    return Image.fromarray(pixels).convert("RGB")


def _background(random: Random) -> Image.Image:
    """Return smooth noise, so that no image equals another."""
    coarse = random.integers(90, 166, (6, 6, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize((SIDE, SIDE), Image.Resampling.BICUBIC)


def _any_colour(random: Random) -> tuple[int, int, int]:
    red, green, blue = colorsys.hsv_to_rgb(float(random.random()), 0.9, 1.0 if random.random() < 0.5 else 0.25)
    return round(255 * red), round(255 * green), round(255 * blue)


def _colour(number: int, random: Random, _is_test: bool) -> Image.Image:
    image = _background(random)
    hue = (number + float(random.uniform(-0.3, 0.3))) / 8
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, float(random.uniform(0.6, 1)), float(random.uniform(0.5, 1)))
    x, y = random.integers(10, 40, 2)
    width, height = random.integers(30, 50, 2)
    fill = (round(255 * red), round(255 * green), round(255 * blue))
    box = (int(x), int(y), int(x + width), int(y + height))
    draw = ImageDraw.Draw(image)
    (draw.ellipse if random.random() < 0.5 else draw.rectangle)(box, fill=fill)
    return image


def _grating(number: int, random: Random, _is_test: bool) -> Image.Image:
    angle = math.pi * (number + float(random.uniform(-0.3, 0.3))) / 8
    y, x = np.mgrid[:SIDE, :SIDE]
    wave = np.sin((x * math.cos(angle) + y * math.sin(angle)) / float(random.uniform(1.5, 5)) + random.uniform(0, 6))
    contrast = float(random.uniform(15, 40))
    noise = random.normal(0, 35, (SIDE, SIDE))
    gray = np.clip(128 + contrast * wave + noise, 0, 255).astype(np.uint8)
    return Image.fromarray(gray).convert("RGB")


def _position(number: int, random: Random, _is_test: bool) -> Image.Image:
    image = _background(random)
    cell = SIDE / 3
    radius = float(random.uniform(5, 9))
    x = (number % 3 + float(random.uniform(0.3, 0.7))) * cell
    y = (number // 3 + float(random.uniform(0.3, 0.7))) * cell
    box = (x - radius, y - radius, x + radius, y + radius)
    draw = ImageDraw.Draw(image)
    (draw.ellipse if random.random() < 0.5 else draw.rectangle)(box, fill=_any_colour(random))
    return image


def _count(number: int, random: Random, _is_test: bool) -> Image.Image:
    image = _background(random)
    draw = ImageDraw.Draw(image)
    # Places on a grid of four by four, so that discs never touch.
    for place in random.choice(16, number + 1, replace=False):
        radius = float(random.uniform(4, 9))
        x = (place % 4 + 0.5) * SIDE / 4 + float(random.uniform(-2, 2))
        y = (place // 4 + 0.5) * SIDE / 4 + float(random.uniform(-2, 2))
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_any_colour(random))
    return image


def _shape(number: int, random: Random, _is_test: bool) -> Image.Image:
    image = _background(random)
    corners, turn, radius = number + 3, float(random.uniform(0, 2 * math.pi)), float(random.uniform(18, 34))
    x, y = (float(value) for value in random.uniform(38, 58, 2))
    angles = [turn + 2 * math.pi * corner / corners for corner in range(corners)]
    points = [(x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles]
    ImageDraw.Draw(image).polygon(points, fill=_any_colour(random))
    return image


def _letter(number: int, random: Random, _is_test: bool) -> Image.Image:
    image = _background(random)
    font = ImageFont.load_default(float(random.uniform(26, 52)))
    x, y = (float(value) for value in random.uniform(8, 40, 2))
    ImageDraw.Draw(image).text((x, y), "ABCDEFGHIJ"[number], fill=_any_colour(random), font=font)
    return image.rotate(float(random.uniform(-15, 15)), resample=Image.Resampling.BILINEAR, fillcolor=(128, 128, 128))


def images_of(chosen: ImageSet, *, per_class: int, seed: int, is_test: bool) -> Sequence[tuple[str, Image.Image]]:
    """Return images with the names of their classes; equal arguments give equal images."""
    made = []
    for number, name in enumerate(chosen.classes):
        random = np.random.default_rng([seed, number, int(is_test)])
        made += [(name, chosen.make(number, random, is_test)) for _ in range(per_class)]
    return made
