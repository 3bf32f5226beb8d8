from __future__ import annotations

import numpy as np
import pytest

from tlft_desktop.core.data.depth import apply_scaling, automatic_scaling, value_range
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.manifest import PixelScaling


@pytest.mark.parametrize(
    ("largest", "white"),
    [(0, 255), (255, 255), (256, 1023), (1023, 1023), (1024, 4095), (4095, 4095), (4096, 16383), (16384, 65535)],
)
def test_white_is_the_smallest_camera_depth_that_holds_the_largest_value(largest: int, white: int) -> None:
    assert automatic_scaling(0, largest, is_float=False) == PixelScaling(0, white)


def test_larger_values_negative_values_and_fractions() -> None:
    assert automatic_scaling(0, 70_000, is_float=False) == PixelScaling(0, 70_000)
    assert automatic_scaling(-1000, 3000, is_float=False) == PixelScaling(-1000, 4095)
    assert automatic_scaling(0.1, 0.5, is_float=True) == PixelScaling(0, 1)
    assert automatic_scaling(0, 7.5, is_float=True) == PixelScaling(0, 7.5)
    assert automatic_scaling(0, 0, is_float=True) == PixelScaling(0, 1)


def test_scaling_is_linear_and_clips() -> None:
    values = np.array([-5, 0, 500, 1000, 2000])
    assert apply_scaling(values, PixelScaling(0, 1000)).tolist() == [0, 0, 128, 255, 255]
    ramp = apply_scaling(np.arange(65536, dtype=np.uint16), PixelScaling(0, 65535))
    assert np.array_equal(np.unique(ramp), np.arange(256))


def test_infinite_values_are_refused() -> None:
    with pytest.raises(InputError, match="not numbers"):
        value_range(np.array([0.0, np.inf]))
