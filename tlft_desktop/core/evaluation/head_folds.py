"""How good the head of a run is on repeated stratified folds of all images that are not test images."""

from __future__ import annotations

import math
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

import numpy as np

from tlft_desktop.core.advice.folds import can_be_folded, stratified_folds
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.resampled_t import corrected_resampled_t
from tlft_desktop.core.number_words import interval, percent
from tlft_desktop.core.stats import wilson_interval
from tlft_desktop.core.training.head import HeadStep, choose_l2, solve_head
from tlft_desktop.core.values.seeds import derive_seed
from tlft_desktop.core.values.strategy import Phase

FOLDS, REPEATS = 5, 4
"""20 heads: with 50 the interval would be 3 % narrower, with 10 it is 9 % wider."""


@dataclass(frozen=True)
class HeadImages:
    """What enters the head for the training and the validation images of a run.

    Attributes:
        features: float32 [N, D].
        labels: int64 [N], from 0.
        units: Name of what each image must stay together with: its group, or its copies.
        num_classes: Outputs of the head.
    """

    features: torch.Tensor
    labels: torch.Tensor
    units: tuple[str, ...]
    num_classes: int


@dataclass(frozen=True, slots=True)
class FoldScore:
    """One head on one fold.

    Attributes:
        num_train, num_judged: Images that it learned from, and images that it had not seen.
        num_correct: Of these right.
    """

    num_train: int
    num_judged: int
    num_correct: int


@dataclass(frozen=True)
class HeadFolds:
    """The accuracy of a head on folds, beside that of its run.

    Attributes:
        run, name: Identifier and name of the run.
        folds, repeats: Folds of a repeat, and repeats.
        scores: Each fold of each repeat in order.
        num_images: Training and validation images.
        num_single: Of them those of classes that cannot be divided; when held out they cannot be right.
        is_grouped: Whether images belong together, as those of a group do, and so stay in one fold.
        val_accuracy, val_low, val_high: Of the run on its validation images, with its 95 % Wilson interval.
        num_val: These images.
        num_rivals: Runs of the project with the same images, this one included, of which it is the best by them; 1
            where it is not.
    """

    run: str
    name: str
    folds: int
    repeats: int
    scores: tuple[FoldScore, ...]
    num_images: int
    num_single: int
    is_grouped: bool
    val_accuracy: float
    val_low: float
    val_high: float
    num_val: int
    num_rivals: int

    @property
    def accuracy(self) -> float:
        """Mean accuracy of the folds."""
        return float(np.mean([score.num_correct / score.num_judged for score in self.scores]))

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the accuracy, as fractions; see `folds_interval`."""
        return folds_interval(self.scores, num_images=self.num_images)

    @property
    def num_train(self) -> int:
        """Images that a head learned from, on average."""
        return round(float(np.mean([score.num_train for score in self.scores])))

    @property
    def is_validation_selected(self) -> bool:
        """Whether the run is the best of several by the very images that its own figure is of."""
        return self.num_rivals > 1

    @property
    def sentence(self) -> str:
        """What the folds show, beside what the validation images show."""
        return (
            f"On folds of all {self.num_images} training and validation images the head is right for "
            f"{percent(self.accuracy)} {interval(*self.interval)}, on the {self.num_val} validation images of the run "
            f"for {percent(self.val_accuracy)} {interval(self.val_low, self.val_high)}."
        )

    @property
    def method(self) -> str:
        """How that was found: sentences."""
        said = [
            f"{len(self.scores)} heads were trained as that of the run (folds: {self.folds}, repeats: {self.repeats}), "
            f"each on about {self.num_train} images, and judged on the others. Folds share images, so the interval is "
            "the wider one of the corrected resampled t interval (Nadeau and Bengio) and of the Wilson interval of as "
            "many images. Test images are not among them."
        ]
        if self.is_grouped:
            said.append("Images of one group, and copies, stay in one fold.")
        if self.num_single:
            said.append(
                f"{self.num_single} of the images have no other of their class to learn from: held out they count as "
                "wrong."
            )
        if not self.is_validation_selected:
            said.append(
                "No epoch was chosen by the validation images of the run: its head is the exact solution for the "
                "training images."
            )
        return " ".join(said)

    @property
    def caution(self) -> str:
        """What to think of when the figures are compared: sentences; empty for nothing."""
        said = []
        if self.is_validation_selected:
            said.append(
                f"The figure of the run is validation-selected: it is the best of {self.num_rivals} runs by these very "
                "images, so other images may be answered less well."
            )
        if self.val_high < self.interval[0]:
            said.append(
                "The validation images are unlike the training images, perhaps on purpose, such as those of another "
                "camera. Folds mix the two, so believe the figure of the run."
            )
        return " ".join(said)

    def to_json(self) -> dict[str, Any]:
        """Return plain types, as `tlft evaluate --folds --json` prints them."""
        low, high = self.interval
        return {
            "run": self.run,
            "name": self.name,
            "folds": self.folds,
            "repeats": self.repeats,
            "num_images": self.num_images,
            "num_train": self.num_train,
            "accuracy": self.accuracy,
            "low": low,
            "high": high,
            "fold_accuracies": [score.num_correct / score.num_judged for score in self.scores],
            "single_images": self.num_single,
            "grouped": self.is_grouped,
            "val_accuracy": self.val_accuracy,
            "val_low": self.val_low,
            "val_high": self.val_high,
            "num_val": self.num_val,
            "validation_selected": self.is_validation_selected,
            "best_of_runs": self.num_rivals,
            "sentence": self.sentence,
            "caution": self.caution,
        }


def folds_interval(scores: Sequence[FoldScore], *, num_images: int) -> tuple[float, float]:
    """Return the 95 % interval of the mean accuracy of folds that share images, as fractions in [0, 1].

    It reaches as far as the corrected resampled t interval, whose variance of the mean is enlarged by what the folds
    share, and as far as the Wilson interval of all images, each counted once: folds that are all equally good, as
    where everything is right, have no variance and would seem to leave no doubt.

    Args:
        scores: At least two.
        num_images: Different images that judged.

    Raises:
        ValueError: If there are fewer than two scores.
    Source: see `corrected_resampled_t` and `wilson_interval`.
    """
    accuracies = [score.num_correct / score.num_judged for score in scores]
    ratio = sum(score.num_judged for score in scores) / sum(score.num_train for score in scores)
    low, high, _ = corrected_resampled_t(accuracies, test_by_train=ratio)
    once = wilson_interval(round(float(np.mean(accuracies)) * num_images), num_images)
    return max(0.0, min(low, once[0])), min(1.0, max(high, once[1]))


def fold_scores(
    images: HeadImages, phase: Phase, *, folds: int, repeats: int, run_seed: int, seed: int, control: Control
) -> Generator[int, None, tuple[FoldScore, ...]]:
    """Train and judge a head on each fold; yield how many are done, and return what they showed.

    Each head is the exact solution for its images, with a penalty that is chosen on folds of them, as in the run.

    Args:
        images: Features with labels.
        phase: Of the run that trained its head.
        folds, repeats: At least 2 and 1.
        run_seed: Of the run.
        seed: Of the folds.
        control: Asked between iterations.

    Raises:
        InputError: If nothing can be learned and judged, or a feature is not a finite number.
        StoppedError: If a stop was requested.
    """
    labels = images.labels.numpy()
    units = images.units if len(set(images.units)) < len(images.units) else ()
    if not can_be_folded(labels, units):
        raise InputError(
            "Folds need two classes at least, one of them with two images that do not belong together.",
            remedy="Add images on the page Data, and train again.",
        )
    if not bool(torch.isfinite(images.features).all()):
        raise InputError("The network gives features that are no finite numbers, so no head can be trained on them.")
    scores: list[FoldScore] = []
    for repeat in range(repeats):
        for train, held_out in stratified_folds(labels, folds=folds, seed=seed + repeat, units=units):
            step = _solved(images, torch.from_numpy(train), phase, run_seed, control)
            logits = images.features[held_out] @ step.weight.T + step.bias
            correct = int((logits.argmax(dim=1) == images.labels[held_out]).sum())
            scores.append(FoldScore(len(train), len(held_out), correct))
            yield len(scores)
    if len(scores) < 2:
        raise InputError(
            "The images can be divided in one way only, which tells nothing about how far to believe it.",
            remedy="Add images on the page Data, and train again.",
        )
    return tuple(scores)


def _solved(images: HeadImages, rows: torch.Tensor, phase: Phase, run_seed: int, control: Control) -> HeadStep:
    """Return the head that a run would train on some of the images."""
    features, labels = images.features[rows], images.labels[rows]
    control.raise_if_stopped()
    l2 = choose_l2(features, labels, seed=derive_seed("folds", run_seed), balance_classes=phase.balance_classes)
    solver = solve_head(
        features,
        labels,
        images.num_classes,
        l2=l2,
        balance_classes=phase.balance_classes,
        max_iterations=phase.epochs,
    )
    step = next(solver)
    for following in solver:
        control.raise_if_stopped()
        step = following
    if not math.isfinite(step.loss):
        raise InputError("The network gives features for which no head can be trained.")
    return step


def scores_from_json(data: Mapping[str, Any]) -> tuple[FoldScore, ...]:
    """Read scores that were kept.

    Raises:
        KeyError, TypeError, ValueError: If they are not what `scores_to_json` wrote.
    """
    scores = tuple(FoldScore(*(int(value) for value in row)) for row in data["scores"])
    are_possible = all(
        0 <= item.num_correct <= item.num_judged and min(item.num_train, item.num_judged) > 0 for item in scores
    )
    if len(scores) < 2 or not are_possible:
        raise ValueError("scores of folds are out of range")
    return scores


def scores_to_json(scores: Sequence[FoldScore]) -> dict[str, Any]:
    """Return plain types."""
    return {"scores": [[score.num_train, score.num_judged, score.num_correct] for score in scores]}
