"""How accurate a run was at which moment, as its files tell it: for plots and reports, also while it trains."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import ValidationEnd


@dataclass(frozen=True, slots=True)
class AccuracyCourse:
    """Validation accuracy against the active time of a run; one entry for each epoch with a result, epochs rising.

    Attributes:
        epochs: Over the whole run, from 1.
        seconds: Active seconds of the run at the end of each, before its validation; NaN where the file does not say.
        accuracy, low, high: Fractions, with the limits of the 95 % interval; NaN where missing.
    """

    epochs: tuple[int, ...] = ()
    seconds: tuple[float, ...] = ()
    accuracy: tuple[float, ...] = ()
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()

    @property
    def best(self) -> tuple[float, ...]:
        """The highest accuracy up to each entry: what a run that ended there would have kept."""
        return tuple(accumulate(self.accuracy, _higher))


def read_course(store: RunStore, run: str) -> AccuracyCourse:
    """Return the course of a run as far as its files are whole; empty before the first result.

    Reads what lies on the disk, so it follows a run that trains at the moment, here or in another process.

    Raises:
        InputError: If there is no such run, or a file cannot be read at all.
    """
    return course_of(store.metrics(run), store.timings(run))


def course_of(metrics: Iterable[Mapping[str, Any]], timings: Iterable[Mapping[str, Any]]) -> AccuracyCourse:
    """Return the course that lines of results and of times tell, as `RunStore` reads them."""
    # An epoch that was repeated after an interruption counts as its last repetition.
    results = {_epoch(line): line for line in metrics if line.get("event") == ValidationEnd.name}
    ends = {_epoch(line): _number(line, "seconds") for line in timings}
    epochs = tuple(epoch for epoch in sorted(results) if epoch > 0)
    return AccuracyCourse(
        epochs=epochs,
        seconds=tuple(ends.get(epoch, math.nan) for epoch in epochs),
        accuracy=tuple(_number(results[epoch], "val_accuracy") for epoch in epochs),
        low=tuple(_number(results[epoch], "val_accuracy_low") for epoch in epochs),
        high=tuple(_number(results[epoch], "val_accuracy_high") for epoch in epochs),
    )


def _higher(best: float, accuracy: float) -> float:
    # A comparison with NaN is false: a missing value never hides one that is there.
    return accuracy if accuracy > best or math.isnan(best) else best


def _epoch(line: Mapping[str, Any]) -> int:
    value = line.get("epoch")
    return value if isinstance(value, int) else 0


def _number(line: Mapping[str, Any], key: str) -> float:
    value = line.get(key)
    return float(value) if isinstance(value, (int, float)) else math.nan
