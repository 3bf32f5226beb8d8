"""Alignment of features: against a plain reading of the formula, its invariances, and what it cannot say."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest
from numpy.typing import NDArray

from tlft_desktop.core.evaluation.drift import MIN_IMAGES, Drift, linear_cka

RANDOM = np.random.default_rng(3)


def features(num_images: int, width: int) -> NDArray[np.float32]:
    return RANDOM.standard_normal((num_images, width)).astype(np.float32)


def hsic_by_definition(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """Return the U-statistic over all ordered quadruples of different images (Song et al., 2012, theorem 3)."""
    count = len(first)
    k, other = first @ first.T, second @ second.T
    total = sum(k[i, j] * (other[i, j] + other[q, r] - 2 * other[i, q]) for i, j, q, r in permutations(range(count), 4))
    return float(total / math.perm(count, 4))


@pytest.mark.parametrize(("width", "other"), [(3, 4), (12, 2)])
def test_is_the_ratio_of_unbiased_estimates(width: int, other: int) -> None:
    first, second = features(8, width).astype(np.float64), features(8, other).astype(np.float64)
    second[:, 0] += first[:, 0]
    expected = hsic_by_definition(first, second) / math.sqrt(
        hsic_by_definition(first, first) * hsic_by_definition(second, second)
    )
    assert linear_cka(first, second) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("scale", [1e-30, 1.0, 1e30])
def test_equal_features_are_exactly_alike(scale: float) -> None:
    values = features(20, 50) * np.float32(scale)
    assert linear_cka(values, values.copy()) == 1.0


def test_scale_shift_and_rotation_change_nothing() -> None:
    values = features(30, 6).astype(np.float64)
    rotation, _ = np.linalg.qr(features(6, 6).astype(np.float64))
    assert linear_cka(values, 7.0 * values @ rotation + 3.0) == pytest.approx(1.0)


def test_unrelated_features_are_not_alike_however_wide_they_are() -> None:
    assert abs(linear_cka(features(32, 4000), features(32, 4000))) < 0.1


def test_more_noise_is_less_alike() -> None:
    values, noise = features(60, 10), features(60, 10)
    found = [linear_cka(values, values + share * noise) for share in (0.1, 0.5, 2.0)]
    assert found == sorted(found, reverse=True)
    assert found[0] > 0.95


@pytest.mark.parametrize("constant", [0.0, 1.0, 1e10])
def test_features_that_do_not_vary_say_nothing(constant: float) -> None:
    values = np.full((10, 5), constant, dtype=np.float32)
    assert math.isnan(linear_cka(values, features(10, 5)))
    assert math.isnan(linear_cka(features(10, 5), values))


def test_images_must_be_the_same_and_enough() -> None:
    with pytest.raises(ValueError, match="not the same"):
        linear_cka(features(10, 3), features(9, 3))
    with pytest.raises(ValueError, match="at least"):
        linear_cka(features(MIN_IMAGES - 1, 3), features(MIN_IMAGES - 1, 3))


def test_drift_comes_back_from_json_and_what_is_none_is_refused() -> None:
    drift = Drift({"stem": 1.0, "blocks": 0.25, "flat": None}, 12)
    assert Drift.from_json(drift.to_json()) == drift
    assert [drift.of(stage) for stage in ("stem", "blocks", "flat", "head")] == [0.0, 0.75, None, None]
    for data in (
        {},
        {"similarity": [], "num_images": 1},
        {"similarity": {"a": "x"}, "num_images": 1},
        {"similarity": {}},
    ):
        with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
            Drift.from_json(data)
