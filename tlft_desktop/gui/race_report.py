"""A race read from the files of a project, with what compares its runs; loads numpy, so only `lazy.py` imports it."""

from __future__ import annotations

from pathlib import Path

from tlft_desktop.core.evaluation.standing import entries_left, race_end
from tlft_desktop.core.evaluation.tries import run_of
from tlft_desktop.core.runs.races import RaceStore
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.gui.race_files import RaceReport
from tlft_desktop.gui.run_history import read_history


def read_report(root: Path, identifier: str) -> RaceReport:
    """Return a race of the project at `root`, also while it is running.

    Raises:
        InputError: If it is not there, damaged, or of a newer version of the program.
    """
    store, race = RunStore(root), RaceStore(root).load(identifier)
    end = race_end(store, race)
    runs = {entry.run: run for entry in race.entries if (run := run_of(store, entry)) is not None}
    return RaceReport(
        race=race.as_seen_now(),
        end=end,
        left=entries_left(store, race),
        runs=runs,
        histories={run: read_history(store, run) for run in runs},
    )
