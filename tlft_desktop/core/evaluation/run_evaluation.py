"""All figures of a run on one set of images, gathered for those who show them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.answers import answers_of, answers_of_epoch
from tlft_desktop.core.evaluation.calibration import (
    Calibration,
    calibration_of,
    expected_calibration_error,
    reliability_bins,
)
from tlft_desktop.core.evaluation.costs import CostView, cost_view
from tlft_desktop.core.evaluation.curves import TwoClassCurves, two_class_curves
from tlft_desktop.core.evaluation.metrics import Metrics, metrics_of
from tlft_desktop.core.evaluation.reliability import CoveragePoint, coverage_curve, reliability_in
from tlft_desktop.core.runs.epoch_answers import EpochAnswers, EpochImages
from tlft_desktop.core.runs.predictions import Predictions


@dataclass(frozen=True)
class RunEvaluation:
    """What a run is worth on a set of images.

    Attributes:
        metrics: Accuracy and its relatives, and each class.
        calibration: Whether its probabilities can be believed.
        coverage: What a threshold for *not sure* does.
        curves: Of two classes; None for more.
        costs: What the mistakes cost; None where nobody said so.
    """

    metrics: Metrics
    calibration: Calibration
    coverage: tuple[CoveragePoint, ...]
    curves: TwoClassCurves | None
    costs: CostView | None

    def to_json(self) -> dict[str, Any]:
        """Return plain types, never NaN."""
        return {
            **self.metrics.to_json(),
            "calibration": self.calibration.to_json(),
            "coverage": [asdict(point) for point in self.coverage],
            "curves": None if self.curves is None else self.curves.to_json(),
            "costs": None if self.costs is None else self.costs.to_json(),
        }


def evaluate_predictions(predictions: Predictions, costs: NDArray[np.float64] | None = None) -> RunEvaluation:
    """Return all figures of a run's answers.

    Args:
        predictions: The answers.
        costs: What each answer costs for an image of each class, [C, C], where mistakes are not equally bad.

    Raises:
        InputError: If there are no images.
    """
    if not predictions.hashes or not predictions.classes:
        raise InputError("There are no images to evaluate.")
    answers = answers_of(predictions)
    return RunEvaluation(
        metrics=metrics_of(answers, predictions.classes),
        calibration=calibration_of(predictions, answers),
        coverage=coverage_curve(reliability_in(answers)),
        curves=two_class_curves(predictions),
        costs=None if costs is None else cost_view(predictions, answers, costs),
    )


def evaluate_epoch_answers(stored: EpochAnswers, images: EpochImages, *, log_loss: float | None) -> RunEvaluation:
    """Return the figures of a run in one of its epochs, as far as the answers that it stored tell them.

    Without the logits there are no temperature and no curves.

    Args:
        stored: The answers.
        images: What was answered.
        log_loss: As the run noted it for that epoch; None where it did not, and then that of the stored answers is
            taken, whose probabilities have 16 bits.

    Raises:
        InputError: If there are no images.
    """
    if not images.hashes or not images.classes:
        raise InputError("There are no images to evaluate.")
    answers = answers_of_epoch(stored, images)
    metrics = metrics_of(answers, images.classes)
    bins = reliability_bins(answers.confidence, answers.right)
    return RunEvaluation(
        metrics=metrics if log_loss is None else replace(metrics, log_loss=log_loss),
        calibration=Calibration(expected_calibration_error(bins), bins, None),
        coverage=coverage_curve(reliability_in(answers)),
        curves=None,
        costs=None,
    )
