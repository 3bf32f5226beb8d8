"""What was measured of a project's images and of this machine, before anything is advised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from tlft_desktop.core.values.costs import StrategyCost
from tlft_desktop.core.values.strategy import StrategyKind

Figures: TypeAlias = Mapping[str, float]
"""Measured figures by the names that rules use."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that an advice rests on.

    Attributes:
        num_train, num_val, num_classes: Images and classes in use.
        images_per_class: Median over the classes that have training images.
        probe: Accuracy of logistic regression at the input of the head, with its 95 % interval.
        knn_accuracy: Of the nearest neighbours there.
        best_accuracy: Of the linear probe at the best depth.
        head_accuracy: Of the linear probe at the input of the head.
        loses: Whether the last layers lose something measurable.
        detectable: Smallest difference of two runs that the validation images can show, a fraction.
        shift: Divergence of early, middle and late norm layers from the source; None where it cannot be told.
        entropy: Mean entropy of the original classifier's answers in nats; None without such a classifier.
        near_misses: See `Difficulty`, less what chance gives.
        gain_of_doubling: What the second half of the images brought, a fraction; None where it cannot be told.
        costs: Of each strategy on this machine; empty where they cannot be told.
    """

    num_train: int
    num_val: int
    num_classes: int
    images_per_class: float
    probe: tuple[float, float, float]
    knn_accuracy: float
    best_accuracy: float
    head_accuracy: float
    loses: bool
    detectable: float
    shift: tuple[float, float, float] | None
    entropy: float | None
    near_misses: float
    gain_of_doubling: float | None
    costs: Mapping[StrategyKind, StrategyCost] = field(default_factory=dict)

    @property
    def figures(self) -> Figures:
        """What rules ask for; a figure that could not be measured is missing."""
        headroom = 1 - self.probe[0]
        known: dict[str, float | None] = {
            "num_train": self.num_train,
            "images_per_class": self.images_per_class,
            "headroom": headroom,
            "headroom_over_detectable": headroom / self.detectable,
            "early_loss": self.best_accuracy - self.head_accuracy if self.loses else 0.0,
            "near_misses": self.near_misses,
            "shift": None if self.shift is None else sum(self.shift) / len(self.shift),
        }
        return {name: value for name, value in known.items() if value is not None}
