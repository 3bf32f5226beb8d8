"""Images as points of a plane, near those that a network finds alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

MAX_RUNS = 4
"""Maps of more runs over each other could not be told apart."""


class MapMethod(StrEnum):
    """How many dimensions become two."""

    PCA = "pca"
    """The two directions in which the features differ most: distances far apart can be read."""
    UMAP = "umap"
    """Neighbours stay neighbours; distances between groups mean little. Needs the package umap-learn."""


@dataclass(frozen=True)
class RunMap:
    """The images in one network.

    Attributes:
        run, name: Of the run.
        points: [N, 2]; those of further runs lie over those of the first as well as they can.
        predicted: Class that the network answers for each image, int64 [N].
        neighbours: Share of the images whose nearest neighbour in all of its features is of their class.
        explained: Share of the variance of its features that the plane holds; None where that means nothing.
    """

    run: str
    name: str
    points: Points
    predicted: NDArray[np.int64]
    neighbours: float
    explained: float | None


@dataclass(frozen=True)
class ImageMap:
    """Maps of the same images in the networks of several runs.

    Attributes:
        method: How features became points.
        classes: Names in the order of the outputs.
        images: Path of each image in the folder of the project, [N].
        hashes: SHA-256 of each, [N].
        labels: Its class, int64 [N].
        maps: One for each run.
        num_left_out: Validation images that have no point because there are so many.
    """

    method: MapMethod
    classes: tuple[str, ...]
    images: tuple[str, ...]
    hashes: tuple[str, ...]
    labels: NDArray[np.int64]
    maps: tuple[RunMap, ...]
    num_left_out: int = 0

    def to_json(self) -> dict[str, Any]:
        """Return plain types, as `tlft map --json` prints them."""
        return {
            "method": self.method.value,
            "classes": list(self.classes),
            "images": list(self.images),
            "labels": self.labels.tolist(),
            "left_out": self.num_left_out,
            "maps": [
                {
                    "run": each.run,
                    "name": each.name,
                    "explained": each.explained,
                    "neighbours": each.neighbours,
                    "points": each.points.tolist(),
                    "predicted": each.predicted.tolist(),
                }
                for each in self.maps
            ],
        }
