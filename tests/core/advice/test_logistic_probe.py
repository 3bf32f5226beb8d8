"""Logistic regression on folds: no image is classified by what was learned from it."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score

from tlft_desktop.core.advice.folds import can_be_folded
from tlft_desktop.core.advice.logistic_probe import CURVE_SHARES, LogisticFolds
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import StoppedError


def clouds(
    sizes: tuple[int, ...], *, width: int = 20, strength: float = 1.0, seed: int = 0
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return features of classes of given sizes, and the classes."""
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(len(sizes)), sizes)
    means = random.standard_normal((len(sizes), width)) * strength
    return (means[labels] + random.standard_normal((len(labels), width))).astype(np.float32), labels


def folds_of(sizes: tuple[int, ...], **options: float) -> LogisticFolds:
    features, labels = clouds(sizes, **options)  # type: ignore[arg-type]
    return LogisticFolds(features, labels, num_classes=len(sizes), seed=0)


def test_labels_without_a_meaning_are_not_learned() -> None:
    probe = folds_of((60, 60, 60), strength=0.0, width=400).probe(Control())
    low, high = probe.interval()
    assert low < 1 / 3 < high


def test_the_accuracy_is_that_of_cross_validation() -> None:
    features, labels = clouds((70, 70, 70, 70), strength=0.5)
    folds = LogisticFolds(features, labels, num_classes=4, seed=0)
    scaled = (features - features.mean(axis=0)) / np.sqrt(features.var(axis=0).mean())
    model = LogisticRegression(C=1 / folds.l2, max_iter=1000)
    expected = cross_val_score(model, scaled, labels, cv=5).mean()
    assert folds.probe(Control()).accuracy == pytest.approx(expected, abs=0.03)


def test_probabilities_are_of_the_classes_by_their_numbers() -> None:
    features, labels = clouds((30, 30), strength=3.0)
    # Class 1 has no image: its column stays empty.
    probe = LogisticFolds(features, 2 * labels, num_classes=3, seed=0).probe(Control())
    assert probe.probability.shape == (60, 3)
    np.testing.assert_allclose(probe.probability.sum(axis=1), 1.0)
    assert (probe.probability[:, 1] == 0).all()
    assert probe.accuracy > 0.9


@pytest.mark.parametrize("sizes", [(1, 1), (1, 5), (2, 1, 1), (3, 3, 1)])
def test_tiny_classes_fail_nothing(sizes: tuple[int, ...]) -> None:
    folds = folds_of(sizes)
    probe = folds.probe(Control())
    assert 0 <= probe.accuracy <= 1
    assert len(list(folds.learning_curve(Control()))) in (0, len(CURVE_SHARES))


def test_an_image_alone_in_its_class_is_never_right() -> None:
    probe = folds_of((20, 20, 1), strength=5.0).probe(Control())
    assert probe.hits[-1] == 0
    assert probe.hits[:-1].mean() == 1


def test_the_learning_curve_rises_and_learns_from_nested_parts() -> None:
    curve = list(folds_of((40, 40, 40), strength=0.5).learning_curve(Control()))
    assert [point.share for point in curve] == list(CURVE_SHARES)
    assert [point.num_train for point in curve] == sorted(point.num_train for point in curve)
    assert curve[-1].num_train == 96
    assert curve[-1].accuracy > curve[0].accuracy


def test_the_last_point_of_the_curve_is_the_probe() -> None:
    folds = folds_of((30, 30, 30), strength=0.6)
    assert list(folds.learning_curve(Control()))[-1].hits.sum() == pytest.approx(
        folds.probe(Control()).hits.sum(), abs=6
    )


def test_a_stop_is_answered() -> None:
    control = Control()
    control.request_stop()
    folds = folds_of((20, 20))
    with pytest.raises(StoppedError):
        folds.probe(control)
    with pytest.raises(StoppedError):
        list(folds.learning_curve(control))


def test_images_of_a_unit_are_held_out_together() -> None:
    features, labels = clouds((40, 40), strength=0.0, width=60)
    # Each image has a copy: held out alone, it would be known by it.
    features, labels = np.repeat(features, 2, axis=0), np.repeat(labels, 2)
    units = [str(row // 2) for row in range(160)]
    alone = LogisticFolds(features, labels, num_classes=2, seed=0).probe(Control())
    together = LogisticFolds(features, labels, num_classes=2, seed=0, units=units).probe(Control())
    assert alone.accuracy > 0.8
    assert together.accuracy < 0.65
    assert (together.probability.sum(axis=1) > 0.99).all()


@pytest.mark.parametrize(
    ("labels", "units", "can"),
    [
        ([0, 0, 1, 1], "", True),
        ([0, 1, 2], "", False),
        ([0, 0, 0], "", False),
        ([], "", False),
        ([0, 0, 1, 1], "aabb", False),
        ([0, 0, 1, 1], "aabc", True),
    ],
)
def test_what_can_be_folded(labels: list[int], units: str, can: bool) -> None:
    assert can_be_folded(np.array(labels, dtype=np.int64), units) == can


def test_steps_tell_how_far_the_probe_is_and_a_stop_ends_the_choice_of_the_penalty() -> None:
    steps = list(folds_of((20, 20)).probe_steps(Control()))
    assert steps[0] == (0, 10)
    assert steps[-1] == (10, 10)
    control = Control()
    control.request_stop()
    features, labels = clouds((20, 20))
    with pytest.raises(StoppedError):
        LogisticFolds(features, labels, num_classes=2, seed=0, control=control)
