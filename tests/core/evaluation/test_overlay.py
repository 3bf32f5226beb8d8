"""Pictures of heat: colours with even steps, and what is left of the image."""

from __future__ import annotations

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tlft_desktop.core.evaluation.overlay import (
    difference_layer,
    difference_picture,
    gray_picture,
    heat_colours,
    heat_layer,
    heat_picture,
    png_bytes,
)
from tlft_desktop.core.evaluation.saliency import HeatDifference, SaliencyMap


def lightness(colours: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return L* of CIE 1976 of sRGB colours, another measure than the one that they are made by."""
    values = colours / 255
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    luminance = linear @ [0.2126, 0.7152, 0.0722]
    return np.where(luminance > 0.008856, 116 * np.cbrt(luminance) - 16, 903.3 * luminance)


def test_the_colours_of_heat_have_even_steps_of_lightness() -> None:
    colours = heat_colours()
    assert colours.shape == (256, 3)
    steps = lightness(colours[::15])
    assert (np.diff(steps) > 0).all()
    assert np.abs(np.diff(steps) / np.diff(steps).mean() - 1).max() < 0.4
    assert len({tuple(colour) for colour in colours.tolist()}) > 200


def picture() -> NDArray[np.uint8]:
    return np.random.default_rng(0).integers(60, 200, (40, 80, 3)).astype(np.uint8)


def test_hot_places_are_coloured_cold_ones_gray_and_unseen_ones_dark() -> None:
    values = np.zeros((5, 5), np.float32)
    values[2, 2] = 1
    pixels = picture()
    found = heat_picture(pixels, SaliencyMap(values, (0.25, 0.0, 0.75, 1.0)))
    assert (found.shape, found.dtype) == (pixels.shape, np.uint8)
    spread = np.ptp(found.astype(int), axis=2)
    assert spread[20, 40] > 80
    assert spread[2, 22] == 0
    gray = pixels @ [0.299, 0.587, 0.114]
    assert found[2, 22, 0] == pytest.approx(gray[2, 22], abs=1)
    assert found[20, 5, 0] < 0.5 * gray[20, 5]


def test_a_map_without_heat_is_the_image_in_gray() -> None:
    found = heat_picture(picture(), SaliencyMap(np.full((3, 3), -1, np.float32), (0.0, 0.0, 1.0, 1.0)))
    assert not np.ptp(found.astype(int), axis=2).any()


def test_a_difference_is_orange_where_the_second_is_hotter_and_blue_where_the_first_is() -> None:
    values = np.zeros((40, 80), np.float32)
    values[:, :20], values[:, 60:] = -1, 1
    found = difference_picture(picture(), HeatDifference(values, 1.0, 0.0)).astype(int)
    assert (found[:, :20, 2] > found[:, :20, 0]).all()
    assert (found[:, 60:, 0] > found[:, 60:, 2]).all()
    assert not np.ptp(found[:, 25:55], axis=2).any()


def test_a_png_file_holds_the_picture() -> None:
    pixels = picture()
    with Image.open(io.BytesIO(png_bytes(pixels))) as image:
        assert image.format == "PNG"
        np.testing.assert_array_equal(np.asarray(image), pixels)


def laid_over(layer: NDArray[np.uint8], ground: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return a layer with opacity over a picture, as every painter does it."""
    opacity = layer[..., 3:] / 255
    return opacity * layer[..., :3] + (1 - opacity) * ground


def test_layers_over_the_gray_image_give_the_pictures() -> None:
    values = np.random.default_rng(1).normal(size=(5, 5)).astype(np.float32)
    pixels, saliency = picture(), SaliencyMap(values, (0.25, 0.0, 0.75, 1.0))
    layer = heat_layer(saliency, height=40, width=80)
    assert (layer.shape, layer.dtype) == ((40, 80, 4), np.uint8)
    np.testing.assert_allclose(laid_over(layer, gray_picture(pixels, saliency)), heat_picture(pixels, saliency), atol=2)
    difference = HeatDifference(np.linspace(-1, 1, 3200, dtype=np.float32).reshape(40, 80), 1.0, 0.0)
    np.testing.assert_allclose(
        laid_over(difference_layer(difference), gray_picture(pixels)), difference_picture(pixels, difference), atol=2
    )
