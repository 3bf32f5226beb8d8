"""How well each depth of a pretrained network separates the classes, before anything is trained."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.advice.probes import is_worse, nearest_neighbours, ridge
from tlft_desktop.core.stats import wilson_interval


@dataclass(frozen=True, slots=True)
class DepthPlace:
    """A place at which the network could be cut.

    Attributes:
        cut: The block or layer that ends here; empty for the input of the head.
        num_owners: Parameter owners up to here, in execution order.
        frozen_share: Share of the computation that lies in front, in [0, 1].
    """

    cut: str
    num_owners: int
    frozen_share: float


@dataclass(frozen=True, slots=True)
class DepthPoint:
    """What probes found at a place.

    Attributes:
        place: Where.
        accuracy: Share of the images that a linear probe classifies rightly without having learned from them.
        low, high: Its 95 % interval (Wilson).
        knn_accuracy: The same of the nearest neighbours.
        seconds: That the two probes took.
        logistic: Accuracy of logistic regression on folds with its 95 % interval, as a head would reach it here; None
            where it was not asked.
    """

    place: DepthPlace
    accuracy: float
    low: float
    high: float
    knn_accuracy: float
    seconds: float
    logistic: tuple[float, float, float] | None = None

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return {
            "cut": self.place.cut,
            "frozen_share": round(self.place.frozen_share, 4),
            "accuracy": round(self.accuracy, 4),
            "low": round(self.low, 4),
            "high": round(self.high, 4),
            "knn_accuracy": round(self.knn_accuracy, 4),
            "seconds": round(self.seconds, 3),
            "logistic": None if self.logistic is None else [round(value, 4) for value in self.logistic],
        }


@dataclass(frozen=True, slots=True)
class DepthCurve:
    """The depths of a network in execution order.

    Attributes:
        points: At least one; the last is the input of the head.
        best: Index of the depth with the highest accuracy; of equal ones the shallowest.
        knee: Index of the shallowest depth that is not measurably worse than the best: what lies in front of it knows
            all that the network knows of these classes.
        num_images: Images that the probes saw.
        loses: Whether the input of the head is measurably worse than the best depth: the last layers lose what these
            classes need.
    """

    points: tuple[DepthPoint, ...]
    best: int
    knee: int
    num_images: int
    loses: bool

    @property
    def turns(self) -> tuple[int, ...]:
        """Indices of the knee, its neighbours and the input of the head: where a better probe is worth its time."""
        last = len(self.points) - 1
        return tuple(sorted({max(0, self.knee - 1), self.knee, min(last, self.knee + 1), last}))

    def with_logistic(self, found: Mapping[int, tuple[float, float, float]]) -> DepthCurve:
        """Return the curve with what logistic regression reached at some of its points, by index."""
        points = tuple(
            replace(point, logistic=found.get(place, point.logistic)) for place, point in enumerate(self.points)
        )
        return replace(self, points=points)


@dataclass(frozen=True, slots=True)
class ProbedDepth:
    """A depth, and which images its probe classified rightly.

    Attributes:
        point: What is shown.
        hits: Of the linear probe, [N].
    """

    point: DepthPoint
    hits: NDArray[np.bool_]


def probe_depth(features: NDArray[np.float32], labels: NDArray[np.int64], place: DepthPlace) -> ProbedDepth:
    """Probe one depth.

    Args:
        features: Of each image, [N, D].
        labels: [N], from 0.
        place: Where the features come from.
    """
    started = time.monotonic()
    linear, neighbours = ridge(features, labels), nearest_neighbours(features, labels)
    low, high = wilson_interval(linear.num_hits, len(labels))
    seconds = time.monotonic() - started
    return ProbedDepth(DepthPoint(place, linear.accuracy, low, high, neighbours.accuracy, seconds), linear.hits)


def depth_curve_of(depths: Sequence[ProbedDepth]) -> DepthCurve:
    """Return the curve of probed depths, in execution order; they saw the same images, so they are compared in pairs.

    Raises:
        ValueError: If there is none.
    Source: exact McNemar test on the images that one of two depths gets right, see `is_worse`.
    """
    if not depths:
        raise ValueError("a curve needs at least one depth")
    best = max(range(len(depths)), key=lambda place: (depths[place].hits.sum(), -place))
    worse = [is_worse(depth.hits, depths[best].hits) for depth in depths]
    return DepthCurve(
        points=tuple(depth.point for depth in depths),
        best=best,
        knee=worse.index(False),
        num_images=len(depths[0].hits),
        loses=worse[-1],
    )
