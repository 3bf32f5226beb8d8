"""Events read back from the files of a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from tlft_desktop.core.errors import TlftError
from tlft_desktop.core.runs.store import RunStore
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

Lines = Sequence[Mapping[str, Any]]
"""What a run told, as its file has it."""
Histories = Mapping[str, Lines]
_KINDS: dict[str, type[Event]] = {
    kind.name: kind for kind in (FitStart, PhaseStart, EpochEnd, ValidationEnd, Gate, Checkpoint, Notice, FitEnd)
}
_EMPTY: dict[str, Any] = {"float": float("nan"), "int": 0, "str": "", "dict[str, float]": {}, "dict[str, Any]": {}}


def read_lines(root: Path, runs: Iterable[str]) -> dict[str, Lines]:
    """Return what runs of the project at `root` told; nothing of one whose file cannot be read."""
    store = RunStore(root)
    return {run: _lines(store, run) for run in runs}


def event_of(line: Mapping[str, Any]) -> Event | None:
    """Return the event that a line of `events.jsonl` tells; None for one that this version does not know.

    What a line does not say is empty: earlier versions wrote fewer fields.
    """
    kind = _KINDS.get(str(line.get("event", "")))
    if kind is None:
        return None
    values = {item.name: _value(line.get(item.name), str(item.type)) for item in fields(kind)}
    return kind(**values)


def _lines(store: RunStore, run: str) -> Lines:
    try:
        return store.events(run)
    except TlftError:
        # A curve that cannot be shown is no reason not to go on; what cannot go on says so itself.
        return []


def _value(value: Any, kind: str) -> Any:
    if kind.startswith("tuple"):
        return tuple(value) if isinstance(value, list) else ()
    return _EMPTY.get(kind) if value is None else value
