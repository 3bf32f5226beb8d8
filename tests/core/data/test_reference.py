"""Crops of packaged photographs: the same each time, of both, and no two alike."""

from __future__ import annotations

import numpy as np

from tlft_desktop.core.data.reference import reference_crops


def test_crops_are_of_both_photographs_and_differ() -> None:
    crops = reference_crops(6, 32)
    assert crops.shape == (6, 32, 32, 3)
    assert crops.dtype == np.uint8
    assert len({crop.tobytes() for crop in crops}) == 6
    assert all(crop.std() > 5 for crop in crops)


def test_equal_seeds_give_equal_crops() -> None:
    assert np.array_equal(reference_crops(3, 16, seed=1), reference_crops(3, 16, seed=1))
    assert not np.array_equal(reference_crops(3, 16, seed=1), reference_crops(3, 16, seed=2))


def test_fewer_crops_are_the_first_of_more() -> None:
    assert np.array_equal(reference_crops(2, 16), reference_crops(4, 16)[:2])
