"""How a run or a job ended: plain values that may cross threads."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from enum import StrEnum

from tlft_desktop.core.errors import StoppedError, TlftError
from tlft_desktop.core.path_problems import path_problem
from tlft_desktop.core.values.events import FitEnd
from tlft_desktop.core.values.race import RaceEnd, RaceState
from tlft_desktop.core.values.run import RunState
from tlft_desktop.gui.format import from_core, tr


class FailureKind(StrEnum):
    """Whose turn it is."""

    INPUT = "input"
    """Something the user can mend; the sentence says how."""
    FAULT = "fault"
    """A fault of the program; the details help to mend it."""
    STOPPED = "stopped"
    """Nothing went wrong: the user asked to stop before there was anything to keep."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong, in words; holds no exception, since a live traceback keeps tensors and widgets alive.

    Attributes:
        kind: Whether the user or the program is at fault.
        message: What happened, in one or two sentences.
        remedy: What to do next; may be empty.
        details: Traceback for a bug report; never shown unasked.
        resumable: Whether the run can go on from its last checkpoint.
    """

    kind: FailureKind
    message: str
    remedy: str = ""
    details: str = ""
    resumable: bool = False

    @property
    def text(self) -> str:
        """Message and remedy in one line; a message that ends with its remedy already is not given it twice."""
        if self.remedy and self.remedy in self.message:
            return from_core(self.message)
        return from_core(f"{self.message} {self.remedy}".strip())


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a training ended: exactly one of the first three is set.

    Attributes:
        fit_end: The last event of a training that ended by itself or on request.
        failure: Why there is no such event.
        race_end: The last event of a race.
        was_asked: Whether somebody had asked a race to stop.
    """

    fit_end: FitEnd | None = None
    failure: Failure | None = None
    race_end: RaceEnd | None = None
    was_asked: bool = False

    @property
    def problem(self) -> Failure | None:
        """Why the training failed, from wherever it is told; None for one that did not fail."""
        return self.failure or (failure_of_fit_end(self.fit_end) if self.fit_end else None)

    @property
    def was_stopped(self) -> bool:
        """Whether it ended because somebody asked for it."""
        if self.race_end is not None:
            return self.was_asked and self.race_end.state != RaceState.COMPLETED
        if self.fit_end is not None:
            return self.fit_end.state == RunState.STOPPED
        return self.failure is not None and self.failure.kind is FailureKind.STOPPED


def failure_of(error: BaseException) -> Failure:
    """Return a frozen description of `error`; the caller drops the exception right after."""
    details = "".join(traceback.format_exception(error))
    if isinstance(error, StoppedError):
        return Failure(FailureKind.STOPPED, error.message, resumable=True)
    if isinstance(error, TlftError):
        return Failure(FailureKind.INPUT, error.message, error.remedy, details, resumable=True)
    if isinstance(error, MemoryError):
        message = tr("This computer ran out of memory.")
        remedy = tr("Close other programs, or choose smaller images.")
        return Failure(FailureKind.INPUT, message, remedy, details, resumable=True)
    if sentence := path_problem(error):
        return Failure(FailureKind.INPUT, sentence, details=details, resumable=True)
    name = type(error).__name__
    said = str(error).strip().splitlines()
    message = tr("Something went wrong inside the program ({what}).").format(what=": ".join([name, *said[:1]]))
    return Failure(FailureKind.FAULT, message, tr("Nothing that was saved before is lost."), details, resumable=True)


def failure_of_fit_end(event: FitEnd) -> Failure | None:
    """Return why a training failed that could still report it; None for one that did not fail."""
    told = event.failure
    if not told:
        return None
    title, message = str(told.get("title", "")), str(told.get("message", ""))
    facts = {"run": event.run, "seconds": event.total_seconds, **told}
    return Failure(
        FailureKind.FAULT if told.get("kind") == "fault" else FailureKind.INPUT,
        message or title,
        str(told.get("remedy") or ""),
        "\n".join(f"{name}: {value}" for name, value in facts.items() if value not in ("", None)),
        # Not in this window, whose project is open at a place where it is no more.
        bool(told.get("resumable", False)) and told.get("kind") != "moved",
    )
