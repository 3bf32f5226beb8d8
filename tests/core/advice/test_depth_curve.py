"""Where a curve is best, from where on nothing measurable is gained, and whether the end loses something."""

from __future__ import annotations

import numpy as np
import pytest

from tlft_desktop.core.advice.depth_curve import DepthPlace, DepthPoint, ProbedDepth, depth_curve_of, probe_depth

NUM_IMAGES = 100


def depth(num_hits: int, *, first: int = 0) -> ProbedDepth:
    """Return a depth at which so many images in a row are right."""
    hits = np.zeros(NUM_IMAGES, dtype=bool)
    hits[first : first + num_hits] = True
    return ProbedDepth(DepthPoint(DepthPlace("", 0, 0.0), num_hits / NUM_IMAGES, 0.0, 1.0, 0.5, 0.0), hits)


@pytest.mark.parametrize(
    ("hits", "best", "knee", "loses"),
    [
        ((50, 70, 90, 95), 3, 2, False),
        ((50, 95, 96, 60), 2, 1, True),
        ((80, 80, 80), 0, 0, False),
        ((10,), 0, 0, False),
        ((0, 0), 0, 0, False),
        ((94, 40, 95, 94), 2, 0, False),
    ],
)
def test_best_knee_and_loss(hits: tuple[int, ...], best: int, knee: int, *, loses: bool) -> None:
    curve = depth_curve_of([depth(number) for number in hits])
    assert (curve.best, curve.knee, curve.loses, curve.num_images) == (best, knee, loses, NUM_IMAGES)


def test_depths_are_compared_image_by_image() -> None:
    # As many are right, but others: nothing says that one is better.
    assert not depth_curve_of([depth(60), depth(60, first=40)]).loses
    # Five more and none less are chance, six are not.
    assert not depth_curve_of([depth(95), depth(90)]).loses
    assert depth_curve_of([depth(96), depth(90)]).loses


def test_a_curve_needs_a_depth() -> None:
    with pytest.raises(ValueError, match="at least one"):
        depth_curve_of([])


def test_a_probed_depth_has_its_interval_and_plain_types() -> None:
    labels = np.arange(40) % 2
    features = (labels[:, None] + np.random.default_rng(0).normal(0, 0.1, (40, 3))).astype(np.float32)
    probed = probe_depth(features, labels, DepthPlace("blocks.1", 7, 0.25))
    assert probed.point.accuracy == probed.point.knn_accuracy == 1
    assert 0.9 < probed.point.low < probed.point.high == 1
    record = probed.point.to_json()
    assert (record["cut"], record["frozen_share"], record["accuracy"]) == ("blocks.1", 0.25, 1.0)
    assert set(record) == {"cut", "frozen_share", "accuracy", "low", "high", "knn_accuracy", "seconds", "logistic"}


@pytest.mark.parametrize(
    ("hits", "turns"), [((50, 70, 90, 95, 96), (2, 3, 4)), ((95, 60), (0, 1)), ((10,), (0,)), ((50, 96), (0, 1))]
)
def test_the_better_probe_is_asked_around_the_knee_and_at_the_head(
    hits: tuple[int, ...], turns: tuple[int, ...]
) -> None:
    curve = depth_curve_of([depth(number) for number in hits])
    assert curve.turns == turns
    more = curve.with_logistic({turns[0]: (0.9, 0.8, 1.0)})
    assert more.points[turns[0]].to_json()["logistic"] == [0.9, 0.8, 1.0]
    assert sum(point.logistic is not None for point in more.points) == 1
    assert (more.knee, more.best) == (curve.knee, curve.best)
