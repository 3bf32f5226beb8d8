"""How good a run is on a set of images: the figures of the field, of all classes and of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import precision_recall_fscore_support

from tlft_desktop.core.evaluation.answers import Answers
from tlft_desktop.core.evaluation.confusion import confusions_of
from tlft_desktop.core.runs.predictions import NO_ANSWER
from tlft_desktop.core.stats import wilson_interval

NUM_TOP = 5
MAX_MATRIX_CLASSES = 1_000
"""Of more classes the confusion matrix would be mostly zeros: only the pairs that occur are told."""


@dataclass(frozen=True, slots=True)
class ClassMetrics:
    """One class.

    Attributes:
        name: Of the class.
        support: Images of it.
        answered: Images that were taken for it.
        precision: Share of `answered` that is of it; None where there is none.
        recall, low, high: Share of `support` that was taken for it, with its 95 % Wilson interval; None without images.
        f1: Harmonic mean of both; None where the class neither occurs nor is answered.
    """

    name: str
    support: int
    answered: int
    precision: float | None
    recall: float | None
    low: float | None
    high: float | None
    f1: float | None

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        values = asdict(self)
        return {"class": values.pop("name"), **values}


@dataclass(frozen=True)
class Metrics:
    """All classes together.

    Attributes:
        num_images, num_correct, num_unanswered: Images; of them right; of them with an answer that is no number, which
            counts as wrong.
        accuracy, low, high: Share that is right, with its 95 % Wilson interval.
        balanced_accuracy: Mean recall of the classes that have images.
        macro_f1: Mean F1 of the classes that have images or were answered.
        log_loss: Mean cross-entropy in nats; None where it is infinite, as for answers that are no numbers.
        top5: Share of images whose class is among the five likeliest; None for five classes or fewer, and where the
            answers do not tell.
        classes: Each class, in the order of the outputs.
        confusions: Rows true class, answered class, number of images; int64 [K, 3], those that occur, in this order.
    """

    num_images: int
    num_correct: int
    num_unanswered: int
    accuracy: float
    low: float
    high: float
    balanced_accuracy: float
    macro_f1: float
    log_loss: float | None
    top5: float | None
    classes: tuple[ClassMetrics, ...]
    confusions: NDArray[np.int64]

    @property
    def mistakes(self) -> list[tuple[str, str, int]]:
        """The confusions of two classes with their number of images, the most frequent first."""
        names = [item.name for item in self.classes]
        wrong = self.confusions[self.confusions[:, 0] != self.confusions[:, 1]]
        order = np.argsort(-wrong[:, 2], kind="stable")
        return [(names[true], names[answer], count) for true, answer, count in wrong[order].tolist()]

    def confusion_matrix(self) -> NDArray[np.int64] | None:
        """Return rows true class, columns answered class, int64 [C, C]; None above `MAX_MATRIX_CLASSES`."""
        if len(self.classes) > MAX_MATRIX_CLASSES:
            return None
        matrix = np.zeros((len(self.classes), len(self.classes)), dtype=np.int64)
        matrix[self.confusions[:, 0], self.confusions[:, 1]] = self.confusions[:, 2]
        return matrix

    def to_json(self) -> dict[str, Any]:
        """Return plain types, never NaN."""
        matrix = self.confusion_matrix()
        return {
            "num_images": self.num_images,
            "accuracy": self.accuracy,
            "low": self.low,
            "high": self.high,
            "balanced_accuracy": self.balanced_accuracy,
            "macro_f1": self.macro_f1,
            "log_loss": self.log_loss,
            "confusion": None if matrix is None else matrix.tolist(),
            "classes": [item.to_json() for item in self.classes],
            "top5": self.top5,
            "num_correct": self.num_correct,
            "num_unanswered": self.num_unanswered,
            "mistakes": [list(mistake) for mistake in self.mistakes],
        }


def metrics_of(answers: Answers, classes: Sequence[str]) -> Metrics:
    """Return the figures of a set of answers.

    Args:
        answers: At least one.
        classes: Names in the order of the outputs.

    Raises:
        ValueError: If there are no images.
    Source: scikit-learn, `precision_recall_fscore_support`.
    """
    num_images = len(answers.labels)
    if not num_images:
        raise ValueError("there are no images to evaluate")
    num_correct = int(answers.right.sum())
    low, high = wilson_interval(num_correct, num_images)
    figures = _of_classes(answers, classes)
    recalls = [item.recall for item in figures if item.recall is not None]
    scores = [item.f1 for item in figures if item.f1 is not None]
    log_loss = float(answers.losses.mean())
    ranks = answers.ranks if len(classes) > NUM_TOP else None
    return Metrics(
        num_images=num_images,
        num_correct=num_correct,
        num_unanswered=answers.num_unanswered,
        accuracy=num_correct / num_images,
        low=low,
        high=high,
        balanced_accuracy=float(np.mean(recalls)),
        macro_f1=float(np.mean(scores)),
        log_loss=log_loss if np.isfinite(log_loss) else None,
        top5=None if ranks is None else float((ranks < NUM_TOP).mean()),
        classes=figures,
        confusions=confusions_of(answers).cells,
    )


def _of_classes(answers: Answers, classes: Sequence[str]) -> tuple[ClassMetrics, ...]:
    num_classes = len(classes)
    # With NaN for what is not defined; zeros would be taken for measured.
    precision, recall, f1, support = precision_recall_fscore_support(
        answers.labels, answers.predicted, labels=np.arange(num_classes), zero_division=np.nan
    )
    answered = np.bincount(answers.predicted[answers.predicted != NO_ANSWER], minlength=num_classes)
    hits = np.bincount(answers.labels[answers.right], minlength=num_classes)
    found = []
    for place, name in enumerate(classes):
        count = int(support[place])
        low, high = wilson_interval(int(hits[place]), count) if count else (None, None)
        found.append(
            ClassMetrics(
                name=name,
                support=count,
                answered=int(answered[place]),
                precision=_number(precision[place]),
                recall=_number(recall[place]),
                low=low,
                high=high,
                f1=_number(f1[place]),
            )
        )
    return tuple(found)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
