"""Maps on pictures: geometry, where heat lies, how alike two maps are, and their difference."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import spearmanr

from tlft_desktop.core.evaluation.saliency import (
    BORDER_AREA,
    CENTRE_AREA,
    MIN_BORDER_SIDE,
    SaliencyMap,
    agreement,
    heat_difference,
    heat_place,
)

WHOLE = (0.0, 0.0, 1.0, 1.0)


def saliency(values: object, box: tuple[float, float, float, float] = WHOLE) -> SaliencyMap:
    return SaliencyMap(np.asarray(values, np.float32), box)


def test_heat_lies_in_its_place_of_the_whole_picture() -> None:
    values = np.zeros((4, 4))
    values[0, 3], values[2, 1] = 1, -1
    picture = saliency(values, (0.25, 0.0, 0.75, 1.0)).on_picture(80, 160)
    assert picture.shape == (80, 160)
    assert not picture[:, :40].any()
    assert not picture[:, 120:].any()
    assert picture.min() == 0
    row, column = np.unravel_index(picture.argmax(), picture.shape)
    assert (row < 20, 100 <= column < 120) == (True, True)
    # Half-way between the centres of two places lies half of the heat.
    assert picture[10, 100] == pytest.approx(0.5, abs=0.05)


def test_even_heat_has_the_shares_of_the_areas() -> None:
    place = heat_place(saliency(np.full((7, 7), 3.0)))
    assert place is not None
    assert (place.centre, place.border) == (pytest.approx(CENTRE_AREA), pytest.approx(BORDER_AREA))
    assert place.half_area == pytest.approx(0.5, abs=1e-3)
    assert not place.is_at_border


def test_heat_in_the_centre_and_at_the_border() -> None:
    inside = np.zeros((8, 8))
    inside[3:5, 3:5] = 1
    centre, border = heat_place(saliency(inside)), heat_place(saliency(1 - inside * 0.9))
    assert centre is not None
    assert border is not None
    assert (centre.centre > 0.9, centre.border, centre.is_at_border) == (True, pytest.approx(0), False)
    assert centre.half_area < 0.05
    assert border.is_at_border
    assert heat_place(saliency(-inside)) is None
    assert saliency(-inside).is_empty


def means_of_places(field: NDArray[np.float64], side: int) -> NDArray[np.float64]:
    """Return what a map with few places shows of a field [420, 420]."""
    width = len(field) // side
    means: NDArray[np.float64] = field.reshape(side, width, side, width).mean(axis=(1, 3))
    return means


def spot(row: float, column: float, width: float) -> NDArray[np.float64]:
    """Return a round spot of heat, [420, 420]; all as shares of the side."""
    at = (np.arange(420) + 0.5) / 420
    down, across = np.exp(-((at - row) ** 2) / (2 * width**2)), np.exp(-((at - column) ** 2) / (2 * width**2))
    return np.outer(down, across)


def test_a_map_of_few_places_does_not_tell_the_border_from_what_lies_inside() -> None:
    # Between centre and border: all of it would lie in a place that touches the edge.
    inside = spot(0.2, 0.3, 0.05)
    three, whole = heat_place(saliency(means_of_places(inside, 3))), heat_place(saliency(inside))
    assert three is not None
    assert whole is not None
    assert not whole.is_at_border
    assert (three.border > BORDER_AREA, three.centre < CENTRE_AREA) == (True, True)
    assert not three.is_at_border
    for side, is_told in ((3, False), (5, False), (6, False), (7, True), (14, True)):
        place = heat_place(saliency(means_of_places(spot(0.04, 0.96, 0.05), side)))
        assert place is not None
        assert place.is_at_border is is_told, side


def test_of_spots_that_do_not_lie_at_the_border_few_are_told_to() -> None:
    generator = np.random.default_rng(0)
    alarms = dict.fromkeys((3, 5, MIN_BORDER_SIDE), 0)
    num_inside = 0
    for _ in range(400):
        row, column = generator.uniform(0, 1, 2)
        field = spot(row, column, generator.uniform(0.05, 0.2))
        truth = heat_place(saliency(field))
        if truth is None or (truth.border > BORDER_AREA and truth.centre < CENTRE_AREA):
            continue
        num_inside += 1
        for side in alarms:
            place = heat_place(saliency(means_of_places(field, side)))
            assert place is not None
            alarms[side] += place.border > BORDER_AREA and place.centre < CENTRE_AREA
    assert num_inside > 150
    assert alarms[3] > 0.15 * num_inside
    assert alarms[5] > 0.08 * num_inside
    assert alarms[MIN_BORDER_SIDE] < 0.08 * num_inside


def test_agreement_is_the_rank_correlation_with_ties() -> None:
    generator = np.random.default_rng(0)
    first, second = generator.integers(0, 4, (2, 5, 5))
    expected = spearmanr(first.ravel(), second.ravel()).statistic
    assert agreement(saliency(first), saliency(second)) == pytest.approx(expected)
    assert agreement(saliency(first), saliency(first**3)) == pytest.approx(1)
    assert agreement(saliency(first), saliency(-first)) == pytest.approx(-1)


def test_agreement_is_told_over_the_places_of_the_coarser_map() -> None:
    coarse = np.random.default_rng(1).random((4, 4))
    fine = np.kron(coarse, np.ones((8, 8)))
    assert agreement(saliency(coarse), saliency(fine)) == pytest.approx(1)
    assert agreement(saliency(fine), saliency(coarse)) == pytest.approx(1)
    assert agreement(saliency(coarse[:2, :2]), saliency(fine)) is None
    assert agreement(saliency(np.ones((4, 4))), saliency(fine)) is None


def test_differences_are_of_shares_on_one_picture() -> None:
    left, right = np.zeros((4, 4)), np.zeros((4, 4))
    left[:, 0], right[:, 3] = 1, 5
    same = heat_difference(saliency(left), saliency(left * 7), height=40, width=40)
    apart = heat_difference(saliency(left), saliency(right), height=40, width=40)
    assert same is not None
    assert apart is not None
    assert same.overlap == pytest.approx(1)
    np.testing.assert_allclose(same.values, 0, atol=1e-9)
    assert apart.overlap == pytest.approx(0, abs=1e-6)
    assert apart.values[:, :4].max() < 0 < apart.values[:, -4:].min()
    assert np.abs(apart.values).max() == pytest.approx(apart.scale)
    assert heat_difference(saliency(left), saliency(-right), height=40, width=40) is None


def test_two_networks_that_see_different_parts_are_compared_on_the_picture() -> None:
    even = np.ones((3, 3))
    half = heat_difference(saliency(even), saliency(even, (0.0, 0.0, 0.5, 1.0)), height=20, width=40)
    assert half is not None
    assert half.overlap == pytest.approx(0.5)
