"""Points of a scatter plot as plain values, since the plotting library loads late."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui.item_models.run_table_model import name_of
from tlft_desktop.gui.run_colours import place_of


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the plot.

    Attributes:
        key: Identifies it.
        name: As its label and the read-out show it.
        time: What it takes, above 0, in the unit of the axis.
        accuracy: As a fraction.
        low, high: Its interval; None without one.
        place: Where it stands in the order of colours and shapes; None for grey.
    """

    key: str
    name: str
    time: float
    accuracy: float
    low: float | None
    high: float | None
    place: int | None

    @property
    def is_finite(self) -> bool:
        """Whether it can be drawn; a NaN from a damaged file would stop pyqtgraph from painting."""
        return self.time > 0 and all(map(math.isfinite, (self.time, self.accuracy, self.low or 0.0, self.high or 0.0)))


@dataclass(frozen=True, slots=True)
class SpotWords:
    """What a plot calls its points.

    Attributes:
        time: Returns what a point takes in words, such as `3 min of training`.
        on_front: What is said of a point on the front.
    """

    time: Callable[[float], str]
    on_front: str


def run_spots(runs: Sequence[RunSummary], shown: Sequence[RunSummary]) -> list[Spot]:
    """Return a point for each of `shown` that has a result; `runs` are all of the project and decide the colours."""
    return [
        Spot(run.run, name_of(run), run.total_seconds, run.val_accuracy, run.low, run.high, place_of(run.run, runs))
        for run in shown
        if run.val_accuracy is not None
    ]
