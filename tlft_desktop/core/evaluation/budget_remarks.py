"""What a time budget did to the runs of a race: how far they came of what was planned, and whether equally far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.tries import Tries
from tlft_desktop.core.runs.names import title_of
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import EpochEnd, FitEnd, FitStart
from tlft_desktop.core.values.run import RunState, RunSummary

_UNEVEN = 2
"""Tries that one came so many times as far as another cannot be told from chance."""
_SHORT_SHARE = 0.25
"""A phase that came to less of its epochs was cut short: its learning rate fell in that time, but it saw few images."""


def uneven_tries(store: RunStore, kind: str, groups: Sequence[Tries]) -> str:
    """Say that the tries of a strategy with a seed came unequally far in their time; empty where they did not.

    Args:
        store: The runs of the project.
        kind: The strategy.
        groups: Its tries, seed by seed.
    """
    for tries in groups:
        done = [run for run in tries.made if run.state is RunState.COMPLETED]
        cut = [_epochs(run) for run in done if _was_cut(store, run)] if len(done) > 1 else []
        most = max(map(_epochs, done), default=0)
        if cut and most > min(cut) and most >= _UNEVEN * min(cut):
            return (
                f"The tries of {title_of(kind)} came to between {min(cut)} and {most} epochs in the same time, so "
                "which learning rate is best may be chance: race on a machine that does nothing else, or with more "
                "time."
            )
    return ""


def is_far_from_planned(store: RunStore, run: RunSummary) -> bool:
    """Tell whether the last phase of a run came to less than a quarter of its epochs; False where that is not told."""
    starts, ends = events_named(store, run, FitStart.name), events_named(store, run, EpochEnd.name)
    if not starts or not ends:
        return False
    name = str(ends[-1]["phase"])
    planned: dict[str, int] = {phase["name"]: int(phase["epochs"]) for phase in starts[0].get("phases", ())}
    num_done = len([end for end in ends if end["phase"] == name])
    return num_done < _SHORT_SHARE * planned.get(name, 0)


def _epochs(run: RunSummary) -> int:
    return run.epoch - run.solver_steps


def _was_cut(store: RunStore, run: RunSummary) -> bool:
    ends = events_named(store, run, FitEnd.name)
    return bool(ends) and ends[-1].get("budget") is not None


def events_named(store: RunStore, run: RunSummary, name: str) -> list[dict[str, Any]]:
    """Return the events of a run with a name, in order; none where they cannot be read."""
    try:
        return [line for line in store.events(run.run) if line["event"] == name]
    except InputError:
        return []
