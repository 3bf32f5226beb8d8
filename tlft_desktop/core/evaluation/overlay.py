"""Pictures of heat on an image; colours have even steps of lightness, as people see it."""

from __future__ import annotations

import io
import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tlft_desktop.core.evaluation.saliency import HeatDifference, SaliencyMap, Values

Pixels = NDArray[np.uint8]
_NUM_COLOURS = 256
_LIGHTNESS = (0.30, 0.95)
_HUES = (300.0, 465.0)
"""From violet over red to yellow, in degrees."""
_MORE_HUE, _LESS_HUE, _EQUAL_LIGHTNESS = 50.0, 250.0, 0.66
_MOST_CHROMA = 0.2
_OPACITY = 0.85
_UNSEEN = 0.45
_GRAY = np.array([0.299, 0.587, 0.114])
_TO_LMS = np.array(
    [[1.0, 0.3963377774, 0.2158037573], [1.0, -0.1055613458, -0.0638541728], [1.0, -0.0894841775, -1.2914855480]]
)
_TO_LINEAR = np.array(
    [
        [4.0767416621, -3.3077115913, 0.2309699292],
        [-1.2684380046, 2.6097574011, -0.3413193965],
        [-0.0041960863, -0.7034186147, 1.7076147010],
    ]
)


def heat_picture(pixels: Pixels, saliency: SaliencyMap) -> Pixels:
    """Return an image, uint8 [H, W, 3], in grey with the heat in colour; what the network does not see is dark.

    Heat is shown in relation to the hottest place: from violet over red to yellow, and ever less of the image.
    """
    return _blended(_gray(pixels, saliency), *_coloured_heat(saliency, *pixels.shape[:2]))


def difference_picture(pixels: Pixels, difference: HeatDifference) -> Pixels:
    """Return an image, uint8 [H, W, 3], in grey: orange where the second map is hotter, blue where the first is."""
    return _blended(_gray(pixels), *_coloured_difference(difference))


def gray_picture(pixels: Pixels, saliency: SaliencyMap | None = None) -> Pixels:
    """Return what lies under the heat, uint8 [H, W, 3]: the image in grey, dark where the network does not look."""
    gray = np.rint(_gray(pixels, saliency)).astype(np.uint8)
    return np.repeat(gray[..., None], 3, axis=2)


def heat_layer(saliency: SaliencyMap, *, height: int, width: int) -> Pixels:
    """Return the heat of `heat_picture` alone, uint8 [height, width, 4]: red, green, blue and opacity."""
    return _layer(*_coloured_heat(saliency, height, width))


def difference_layer(difference: HeatDifference) -> Pixels:
    """Return the colours of `difference_picture` alone, uint8 [H, W, 4]: red, green, blue and opacity."""
    return _layer(*_coloured_difference(difference))


def png_bytes(pixels: Pixels) -> bytes:
    """Return uint8 [H, W, 3] as a PNG file."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, format="PNG")
    return buffer.getvalue()


@lru_cache(maxsize=1)
def heat_colours() -> Pixels:
    """Return the colours of heat from 0 to 1, uint8 [256, 3], in even steps of lightness.

    Source: Oklab, Ottosson (2020), bottosson.github.io/posts/oklab.
    """
    steps = np.linspace(0, 1, _NUM_COLOURS)
    lightness = _LIGHTNESS[0] + steps * (_LIGHTNESS[1] - _LIGHTNESS[0])
    hues = _HUES[0] + steps * (_HUES[1] - _HUES[0])
    return np.array([_colour(*item) for item in zip(lightness.tolist(), hues.tolist(), strict=True)], np.uint8)


def _colour(lightness: float, hue: float) -> Pixels:
    """Return the most colourful shade of this lightness and hue that a screen can show, uint8 [3]."""
    low, high = 0.0, _MOST_CHROMA
    for _ in range(20):
        chroma = (low + high) / 2
        linear = _linear(lightness, chroma, hue)
        low, high = (chroma, high) if bool(((linear >= 0) & (linear <= 1)).all()) else (low, chroma)
    linear = np.clip(_linear(lightness, low, hue), 0, 1)
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    colour: Pixels = np.rint(255 * encoded).astype(np.uint8)
    return colour


def _linear(lightness: float, chroma: float, hue: float) -> NDArray[np.float64]:
    angle = math.radians(hue)
    roots: NDArray[np.float64] = _TO_LMS @ [lightness, chroma * math.cos(angle), chroma * math.sin(angle)]
    linear: NDArray[np.float64] = _TO_LINEAR @ roots**3
    return linear


def _coloured_heat(saliency: SaliencyMap, height: int, width: int) -> tuple[Pixels, Values]:
    """Return the colour of each place, uint8 [height, width, 3], and how hot it is, 0 to 1."""
    heat = saliency.on_picture(height, width)
    relative = heat / heat.max() if heat.max() > 0 else heat
    return heat_colours()[np.rint(relative * (_NUM_COLOURS - 1)).astype(np.intp)], relative


def _coloured_difference(difference: HeatDifference) -> tuple[Pixels, Values]:
    """Return the colour of each place, uint8 [H, W, 3], and how large the difference is there, 0 to 1."""
    relative = np.clip(difference.values / difference.scale, -1, 1)
    more, less = _colour(_EQUAL_LIGHTNESS, _MORE_HUE), _colour(_EQUAL_LIGHTNESS, _LESS_HUE)
    return np.where(relative[..., None] > 0, more, less), np.abs(relative)


def _gray(pixels: Pixels, saliency: SaliencyMap | None = None) -> NDArray[np.float64]:
    gray: NDArray[np.float64] = pixels @ _GRAY
    if saliency is not None:
        height, width = gray.shape
        left, top, right, bottom = saliency.box
        seen = np.full(gray.shape, _UNSEEN)
        seen[round(top * height) : round(bottom * height), round(left * width) : round(right * width)] = 1
        gray = gray * seen
    return gray


def _layer(colours: Pixels, strength: Values) -> Pixels:
    opacity = np.rint(255 * _OPACITY * strength).astype(np.uint8)
    return np.concatenate([colours, opacity[..., None]], axis=2)


def _blended(gray: NDArray[np.float64], colours: Pixels, strength: Values) -> Pixels:
    opacity = _OPACITY * strength[..., None]
    return np.rint((1 - opacity) * gray[..., None] + opacity * colours).astype(np.uint8)
