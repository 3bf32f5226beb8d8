"""The course of a run over its epochs, as its files tell it; plain values, read outside the window's thread."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from tlft_desktop.core.errors import TlftError
from tlft_desktop.core.runs.course import read_course
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.gui.format import from_core


class OverX(StrEnum):
    """What the curves are drawn over."""

    EPOCHS = "epochs"
    SECONDS = "seconds"


@dataclass(frozen=True, slots=True)
class RunHistory:
    """Validation results of a run.

    Attributes:
        run: Identifier.
        epochs: Epochs with a validation result, rising.
        seconds: Active seconds of the run at the end of each; NaN where the file does not say.
        accuracy, low, high: Fractions, with the limits of the 95 % interval; NaN where missing.
        problem: Why the course could not be read; empty if it could.
    """

    run: str
    epochs: tuple[int, ...] = ()
    seconds: tuple[float, ...] = ()
    accuracy: tuple[float, ...] = ()
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    problem: str = ""

    @property
    def timed(self) -> tuple[int, ...]:
        """Numbers of the points that have a time behind the one before; a plot over seconds shows these."""
        latest, kept = -math.inf, []
        for number, second in enumerate(self.seconds):
            if second > latest:
                latest = second
                kept.append(number)
        return tuple(kept)


def read_history(store: RunStore, run: str) -> RunHistory:
    """Read the course of a run; one that is damaged gives an empty course which says so."""
    try:
        course = read_course(store, run)
    except TlftError as error:
        return RunHistory(run, problem=from_core(error.message))
    return RunHistory(run, course.epochs, course.seconds, course.accuracy, course.low, course.high)
