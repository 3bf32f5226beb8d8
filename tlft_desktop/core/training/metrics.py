"""Figures of a set of predictions; scikit-learn does the arithmetic."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch.nn import functional

from sklearn.metrics import f1_score

from tlft_desktop.core.stats import wilson_interval


@dataclass(frozen=True)
class Evaluation:
    """Predictions of one state of the network on a fixed set of images.

    Attributes:
        logits: float32, [N, C], on the CPU.
        labels: int64, [N].
        loss: Mean cross-entropy without smoothing or class weights, in nats.
        num_correct: Images whose largest output is the right one.
        macro_f1: Mean F1 of the classes that have images or were answered, in [0, 1].
    """

    logits: torch.Tensor
    labels: torch.Tensor
    loss: float
    num_correct: int
    macro_f1: float

    @property
    def num_images(self) -> int:
        """Number of images."""
        return len(self.labels)

    @property
    def accuracy(self) -> float:
        """Share of the images that are right, in [0, 1]."""
        return self.num_correct / self.num_images

    @property
    def interval(self) -> tuple[float, float]:
        """95 % Wilson interval of the accuracy."""
        return wilson_interval(self.num_correct, self.num_images)

    @property
    def correct(self) -> list[bool]:
        """For each image whether it is right."""
        return [bool(value) for value in self.logits.argmax(dim=1) == self.labels]


def evaluate_logits(logits: torch.Tensor, labels: torch.Tensor) -> Evaluation:
    """Return the figures of predictions.

    Args:
        logits: [N, C], any floating type.
        labels: int64, [N].

    Raises:
        ValueError: If there are no images.
    """
    if len(labels) == 0:
        raise ValueError("there are no images to evaluate")
    values, targets = logits.detach().float().cpu(), labels.cpu()
    predicted = values.argmax(dim=1)
    return Evaluation(
        logits=values,
        labels=targets,
        loss=float(functional.cross_entropy(values, targets)),
        num_correct=int((predicted == targets).sum()),
        macro_f1=float(f1_score(targets.numpy(), predicted.numpy(), average="macro", zero_division=0)),
    )
