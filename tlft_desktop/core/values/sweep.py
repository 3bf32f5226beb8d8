"""A comparison of networks: what it goes over, and what it found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Over(StrEnum):
    """What differs between the candidates of a sweep."""

    BACKBONE = "backbone"
    """The network; all at the project's image size."""
    IMAGE_SIZE = "image-size"
    """The size of the images; all with the project's network."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A network at a size.

    Attributes:
        backbone: Name in the catalogue.
        image_size: Side of its input in pixels.
    """

    backbone: str
    image_size: int


@dataclass(frozen=True, slots=True)
class SweepPoint:
    """What probes found of a candidate.

    Attributes:
        candidate: Which one.
        accuracy, low, high: Of the linear probe at the input of the head, with its 95 % interval.
        knn_accuracy: Of the nearest neighbours.
        image_seconds: That an image takes through the network.
        parameters: Of the network with the head of the project.
        problem: Why it could not be measured; empty where it could.
    """

    candidate: Candidate
    accuracy: float = 0.0
    low: float = 0.0
    high: float = 0.0
    knn_accuracy: float = 0.0
    image_seconds: float = 0.0
    parameters: int = 0
    problem: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return {
            "backbone": self.candidate.backbone,
            "image_size": self.candidate.image_size,
            "accuracy": round(self.accuracy, 4),
            "low": round(self.low, 4),
            "high": round(self.high, 4),
            "knn_accuracy": round(self.knn_accuracy, 4),
            "image_ms": round(1000 * self.image_seconds, 3),
            "parameters": self.parameters,
            "problem": self.problem,
        }


@dataclass(frozen=True, slots=True)
class Sweep:
    """All candidates.

    Attributes:
        points: In the order of the candidates.
        best: Index of the one with the highest accuracy.
        enough: Index of the quickest one that is not measurably worse than the best.
    """

    points: tuple[SweepPoint, ...]
    best: int
    enough: int
