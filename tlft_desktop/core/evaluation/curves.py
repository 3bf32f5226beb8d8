"""What other thresholds than one half would do where there are two classes: ROC and precision-recall curves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import auc, average_precision_score, precision_recall_curve, roc_curve

from tlft_desktop.core.evaluation.answers import has_answer
from tlft_desktop.core.runs.predictions import Predictions


@dataclass(frozen=True)
class TwoClassCurves:
    """One class of two against the other, at every threshold of its probability.

    Attributes:
        positive: The class that is looked for: the second one.
        roc_auc: Area under the ROC curve: how often an image of it gets a higher probability than one of the other.
        average_precision: Area under the precision-recall curve, as a sum of steps.
        false_positive_rate, true_positive_rate: The ROC curve, from 0, 0 to 1, 1.
        recall, precision: The precision-recall curve, with falling recall.
    """

    positive: str
    roc_auc: float
    average_precision: float
    false_positive_rate: NDArray[np.float64]
    true_positive_rate: NDArray[np.float64]
    recall: NDArray[np.float64]
    precision: NDArray[np.float64]

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        names = ("false_positive_rate", "true_positive_rate", "recall", "precision")
        areas = {name: getattr(self, name) for name in ("positive", "roc_auc", "average_precision")}
        return {**areas, **{name: getattr(self, name).tolist() for name in names}}


def two_class_curves(predictions: Predictions) -> TwoClassCurves | None:
    """Return the curves of two classes; None for another number of classes, or where images of one are missing.

    An answer that is no number counts as the opposite of the truth.

    Source: scikit-learn, `roc_curve`, `precision_recall_curve`, `average_precision_score`.
    """
    labels = predictions.labels
    if len(predictions.classes) != 2 or len(np.unique(labels)) != 2:
        return None
    logits = predictions.logits.astype(np.float64)
    # Probabilities of very sure answers all round to 1; the difference of the logits tells them apart.
    with np.errstate(invalid="ignore"):
        sure = logits[:, 1] - logits[:, 0]
    scores = np.where(has_answer(logits), sure, np.where(labels == 1, -np.inf, np.inf))
    ranks = np.unique(scores, return_inverse=True)[1]
    false_positive, true_positive, _ = roc_curve(labels, ranks)
    precision, recall, _ = precision_recall_curve(labels, ranks, drop_intermediate=True)
    return TwoClassCurves(
        positive=predictions.classes[1],
        roc_auc=float(auc(false_positive, true_positive)),
        average_precision=float(average_precision_score(labels, ranks)),
        false_positive_rate=false_positive,
        true_positive_rate=true_positive,
        recall=recall,
        precision=precision,
    )
