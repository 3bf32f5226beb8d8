"""Events read back from the files of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from tlft_desktop.core.values.events import (
    Checkpoint,
    EpochEnd,
    Event,
    FitEnd,
    FitStart,
    Gate,
    Notice,
    PhaseStart,
    ValidationEnd,
)

_KINDS: dict[str, type[Event]] = {
    kind.name: kind for kind in (FitStart, PhaseStart, EpochEnd, ValidationEnd, Gate, Checkpoint, Notice, FitEnd)
}
_EMPTY: dict[str, Any] = {"float": float("nan"), "int": 0, "str": "", "dict[str, float]": {}, "dict[str, Any]": {}}


def event_of(line: Mapping[str, Any]) -> Event | None:
    """Return the event that a line of `events.jsonl` tells; None for one that this version does not know.

    What a line does not say is empty: earlier versions wrote fewer fields.
    """
    kind = _KINDS.get(str(line.get("event", "")))
    if kind is None:
        return None
    values = {item.name: _value(line.get(item.name), str(item.type)) for item in fields(kind)}
    return kind(**values)


def _value(value: Any, kind: str) -> Any:
    if kind.startswith("tuple"):
        return tuple(value) if isinstance(value, list) else ()
    return _EMPTY.get(kind) if value is None else value
