"""Heads on repeated stratified folds: the figures by hand, what cannot be learned, and what belongs together."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import t as student_t
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import RepeatedStratifiedKFold, StratifiedKFold

from tlft_desktop.core.advice.folds import can_be_folded, stratified_folds
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError, StoppedError
from tlft_desktop.core.evaluation.head_folds import (
    FoldScore,
    HeadFolds,
    HeadImages,
    fold_scores,
    folds_interval,
    scores_from_json,
    scores_to_json,
)
from tlft_desktop.core.stats import wilson_interval
from tlft_desktop.core.training.head import choose_l2
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.seeds import derive_seed
from tlft_desktop.core.values.strategy import HeadSolver, Phase

pytestmark = pytest.mark.slow
PHASE = Phase("head", FreezePlan(), epochs=500, head=HeadSolver.CONVEX)
SEED, RUN_SEED = 7, 3


def clouds(sizes: Sequence[int], *, strength: float = 0.7) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    random = np.random.default_rng(0)
    labels = np.repeat(np.arange(len(sizes)), sizes)
    means = random.standard_normal((len(sizes), 12)) * strength
    return (means[labels] + random.standard_normal((len(labels), 12))).astype(np.float32), labels


def images_of(sizes: Sequence[int], *, units: Sequence[str] = (), strength: float = 0.7) -> HeadImages:
    features, labels = clouds(sizes, strength=strength)
    names = tuple(units) or tuple(map(str, range(len(labels))))
    return HeadImages(torch.from_numpy(features), torch.from_numpy(labels), names, len(sizes))


def scores_of(
    images: HeadImages, *, phase: Phase = PHASE, folds: int = 5, repeats: int = 4, control: Control | None = None
) -> tuple[FoldScore, ...]:
    steps = fold_scores(
        images,
        phase,
        folds=folds,
        repeats=repeats,
        run_seed=RUN_SEED,
        seed=SEED,
        control=control or Control(),
    )
    done = 0
    while True:
        try:
            assert next(steps) == (done := done + 1)
        except StopIteration as end:
            found: tuple[FoldScore, ...] = end.value
            return found


def folds_of(scores: tuple[FoldScore, ...], num_images: int, **changes: object) -> HeadFolds:
    values: dict[str, object] = {
        "run": "R",
        "name": "transfer 1",
        "folds": 5,
        "repeats": 4,
        "scores": scores,
        "num_images": num_images,
        "num_single": 0,
        "is_grouped": False,
        "val_accuracy": 0.8,
        "val_low": 0.6,
        "val_high": 0.95,
        "num_val": 30,
        "num_rivals": 1,
    }
    return HeadFolds(**{**values, **changes})  # type: ignore[arg-type]


def accuracy_by_hand(
    features: NDArray[np.float32], labels: NDArray[np.int64], train: NDArray[np.int64], held_out: NDArray[np.int64]
) -> float:
    """Return the accuracy of scikit-learn's head, with the penalty that a run would choose for these images."""
    mean, deviation = features[train].mean(axis=0), np.sqrt(features[train].var(axis=0).mean())
    scaled = (features - mean) / deviation
    l2 = choose_l2(
        torch.from_numpy(features[train]),
        torch.from_numpy(labels[train]),
        seed=derive_seed("folds", RUN_SEED),
        balance_classes=False,
    )
    model = LogisticRegression(C=1 / l2, tol=1e-9, max_iter=10_000).fit(scaled[train], labels[train])
    return float(model.score(scaled[held_out], labels[held_out]))


def test_the_figures_are_those_of_folds_by_hand() -> None:
    sizes = (30, 24, 26)
    images = images_of(sizes)
    features, labels = clouds(sizes)
    expected = [
        accuracy_by_hand(features, labels, train, held_out)
        for repeat in range(4)
        for train, held_out in StratifiedKFold(5, shuffle=True, random_state=SEED + repeat).split(features, labels)
    ]
    scores = scores_of(images)
    assert [score.num_correct / score.num_judged for score in scores] == pytest.approx(expected)
    assert 0.5 < np.mean(expected) < 1
    found = folds_of(scores, len(labels))
    assert found.accuracy == pytest.approx(np.mean(expected))
    half = student_t.ppf(0.975, 19) * math.sqrt((1 / 20 + 16 / 64) * np.var(expected, ddof=1))
    low, high = wilson_interval(round(found.accuracy * 80), 80)
    assert found.interval == pytest.approx((min(low, found.accuracy - half), max(high, found.accuracy + half)))
    assert found.num_train == 64


def test_other_repeats_of_scikit_learn_agree() -> None:
    sizes = (40, 40, 40)
    features, labels = clouds(sizes)
    folds = RepeatedStratifiedKFold(n_splits=5, n_repeats=2, random_state=1).split(features, labels)
    expected = np.mean([accuracy_by_hand(features, labels, train, held_out) for train, held_out in folds])
    assert folds_of(scores_of(images_of(sizes), repeats=2), 120).accuracy == pytest.approx(expected, abs=0.03)


@pytest.mark.full
def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    """Images without a meaning are right by chance: half of them, whatever is learned."""
    covered = 0
    for seed in range(40):
        random = np.random.default_rng(seed)
        labels = np.arange(60) % 2
        features = torch.from_numpy(random.standard_normal((60, 4)).astype(np.float32))
        images = HeadImages(features, torch.from_numpy(labels), tuple(map(str, range(60))), 2)
        low, high = folds_of(scores_of(images, repeats=2), 60).interval
        covered += low <= 0.5 <= high
    assert covered >= 35


def test_folds_that_are_all_right_leave_some_doubt() -> None:
    scores = (FoldScore(48, 12, 12),) * 20
    assert folds_interval(scores, num_images=60) == pytest.approx(wilson_interval(60, 60))
    none = (FoldScore(48, 12, 0),) * 20
    assert folds_interval(none, num_images=60) == pytest.approx(wilson_interval(0, 60))


def test_an_interval_stays_a_share() -> None:
    low, high = folds_interval((FoldScore(10, 10, 10), FoldScore(10, 10, 8)), num_images=20)
    assert (low, high) == (0.0, 1.0)


def test_classes_weigh_as_in_the_run() -> None:
    images = images_of((60, 6), strength=0.3)
    plain = scores_of(images, repeats=1)
    balanced = scores_of(
        images, repeats=1, phase=Phase("head", FreezePlan(), 500, HeadSolver.CONVEX, balance_classes=True)
    )
    assert [score.num_correct for score in plain] != [score.num_correct for score in balanced]


def test_a_class_with_one_image_counts_as_wrong() -> None:
    images = images_of((20, 20, 1), strength=20.0)
    scores = scores_of(images, repeats=2)
    assert sum(score.num_judged - score.num_correct for score in scores) == 2, "once in each repeat"
    assert sum(score.num_judged for score in scores) == 2 * 41


def test_a_class_with_fewer_images_than_folds_is_learned() -> None:
    scores = scores_of(images_of((20, 20, 3), strength=20.0), repeats=1)
    assert sum(score.num_correct for score in scores) == 43


@pytest.mark.parametrize("sizes", [(1, 1, 1), (12,)])
def test_nothing_to_learn_is_said(sizes: tuple[int, ...]) -> None:
    with pytest.raises(InputError, match="two classes at least"):
        scores_of(images_of(sizes))


def test_one_division_is_not_enough() -> None:
    """Of two and one image, one of two folds has one class only to learn from."""
    with pytest.raises(InputError, match="in one way only"):
        scores_of(images_of((2, 1)), folds=2, repeats=1)


def test_what_belongs_together_stays_in_one_fold() -> None:
    units = [f"g{row // 4}" for row in range(80)]
    labels = np.repeat([0, 1], 40)
    for seed in range(3):
        seen: list[int] = []
        for train, held_out in stratified_folds(labels, folds=5, seed=seed, units=units):
            assert not {units[row] for row in train} & {units[row] for row in held_out}
            assert abs(int(labels[held_out].sum()) - len(held_out) / 2) <= 4
            seen += held_out.tolist()
        assert sorted(seen) == list(range(80))
    first, other = (
        [held_out.tolist() for _, held_out in stratified_folds(labels, folds=5, seed=seed, units=units)]
        for seed in (0, 1)
    )
    assert first != other


def test_copies_of_an_image_do_not_help_it() -> None:
    """Each image without a meaning is there four times: only apart from each other would they be right."""
    random = np.random.default_rng(0)
    features = torch.from_numpy(random.standard_normal((30, 60)).astype(np.float32)).repeat_interleave(4, dim=0)
    labels = torch.arange(30).remainder(2).repeat_interleave(4)
    apart = HeadImages(features, labels, tuple(map(str, range(120))), 2)
    together = HeadImages(features, labels, tuple(str(row // 4) for row in range(120)), 2)
    shares = [folds_of(scores_of(images, repeats=2), 120).accuracy for images in (apart, together)]
    assert shares[0] > 0.95
    assert shares[1] < 0.75


def test_a_class_of_one_group_cannot_be_divided() -> None:
    labels = np.array([0, 0, 0, 1, 1, 1])
    assert can_be_folded(labels)
    assert not can_be_folded(labels, ["a", "a", "a", "b", "b", "b"])
    with pytest.raises(InputError, match="do not belong together"):
        scores_of(images_of((3, 3), units="aaabbb"))


def test_features_that_are_no_numbers_are_refused() -> None:
    images = images_of((10, 10))
    images.features[3, 2] = float("nan")
    with pytest.raises(InputError, match="no finite numbers"):
        scores_of(images)


def test_a_stop_ends_it() -> None:
    control = Control()
    control.request_stop()
    with pytest.raises(StoppedError):
        scores_of(images_of((10, 10)), control=control)


def test_scores_are_kept_as_they_are() -> None:
    scores = (FoldScore(8, 2, 1), FoldScore(7, 3, 3))
    assert scores_from_json(scores_to_json(scores)) == scores
    for wrong in ([[8, 2, 3], [7, 3, 3]], [[8, 2, 1]], [[8, 0, 0], [7, 3, 3]], [[8, 2], [7, 3]], [["a", 2, 1]]):
        with pytest.raises((KeyError, TypeError, ValueError)):
            scores_from_json({"scores": wrong})


def test_words() -> None:
    scores = (FoldScore(48, 12, 9), FoldScore(48, 12, 11)) * 10
    found = folds_of(scores, 60, num_rivals=3, num_single=2, is_grouped=True)
    assert found.sentence.startswith("On folds of all 60 training and validation images the head is right for 83.3 % [")
    assert found.sentence.endswith("on the 30 validation images of the run for 80.0 % [60.0, 95.0].")
    assert "validation-selected: it is the best of 3 runs" in found.caution
    assert "stay in one fold" in found.method
    assert "2 of the images have no other of their class" in found.method
    alone = folds_of(scores, 60)
    assert alone.caution == ""
    assert alone.method.endswith("its head is the exact solution for the training images.")
    assert "No epoch" not in found.method
    assert "stay in one fold" not in alone.method
    apart = folds_of((FoldScore(48, 12, 12),) * 20, 60, val_accuracy=0.4, val_low=0.2, val_high=0.6)
    assert apart.caution == (
        "The validation images are unlike the training images, perhaps on purpose, such as those of another camera. "
        "Folds mix the two, so believe the figure of the run."
    )
    assert "believe the figure of the run" not in alone.caution
