"""The log of a training in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tlft_desktop.core.values.events import FitEnd, Gate, Notice, PhaseStart
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.format import from_core, tr

_TROUBLES = frozenset({"damaged", "excluded", "memory", "batch", "diverged"})


class LogKind(StrEnum):
    """What a line of the log is about; each kind has an icon."""

    PHASE = "phase"
    GATE = "gate"
    NOTICE = "notice"
    TROUBLE = "trouble"
    END = "end"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A line of the log.

    Attributes:
        kind: What it is about.
        text: One or two sentences.
        clock: Time of day; empty for what an earlier part of the run said.
    """

    kind: LogKind
    text: str
    clock: str = ""


def phase_words(event: PhaseStart) -> str:
    """Return what a phase does."""
    return tr("Phase {number}, {name}: {count} parameters train.").format(
        number=event.index + 1, name=fmt.phase_name(event.phase), count=fmt.count(event.trainable_parameters)
    )


def gate_label(event: Gate) -> str:
    """Return the decision of a gate in two words, for the mark in a plot."""
    labels = {"stop": tr("gate: enough"), "switch": tr("gate: goes on"), "roll_back": tr("gate: goes back")}
    return labels.get(event.decision, tr("gate"))


def gate_words(event: Gate) -> str:
    """Return what a gate decided and why."""
    decisions = {
        ("target", "stop"): tr("The target is reached, so the next phase is left out."),
        ("target", "switch"): tr("The target is not reached yet, so the next phase starts."),
        ("headroom", "stop"): tr("The next phase is left out."),
        ("headroom", "switch"): tr("The next phase starts."),
        ("best", "roll_back"): tr("The last phase did not help, so the state before it is used."),
    }
    decision = decisions.get((event.rule, event.decision), tr("The gate between two phases decided."))
    return f"{decision} {from_core(event.reason)}"


def notice_kind(event: Notice) -> LogKind:
    """Return whether a notice is about trouble."""
    return LogKind.TROUBLE if event.kind in _TROUBLES else LogKind.NOTICE


def end_words(event: FitEnd) -> tuple[LogKind, str]:
    """Return how a training ended."""
    if event.failure:
        reason = str(event.failure.get("message") or event.failure.get("title", ""))
        return LogKind.TROUBLE, tr("Failed: {reason}").format(reason=from_core(reason))
    texts = {
        "completed": tr("Finished after {time}."),
        "stopped": tr("Stopped after {time}; the run is kept."),
        "interrupted": tr("Interrupted after {time}; the run is kept."),
    }
    text = texts.get(event.state, tr("Ended after {time}."))
    return LogKind.END, text.format(time=fmt.duration(event.total_seconds))
