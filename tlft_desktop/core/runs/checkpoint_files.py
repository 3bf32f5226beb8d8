"""Which checkpoints a run has, which is the best, and which can go; loads no torch, so that lists answer at once."""

from __future__ import annotations

import re
from pathlib import Path

from tlft_desktop.core import fsio

CHECKPOINTS_FOLDER = "checkpoints"
FINAL_FOLDER = "final"
"""Where a completed run keeps its trained network, as a bundle."""
BEST_FILE = "best.json"
_SCHEMA = 1
_KEEP_NEWEST = 2
# A state that is saved again at the same step moves aside until the new one has its name.
_NAME = re.compile(r"(\d{9})(\.old)?")


def best_step(folder: Path) -> int | None:
    """Return the step that `best.json` beside the checkpoints names; None without one."""
    try:
        step = fsio.read_json(folder.parent / BEST_FILE, sealed=True)["step"]
    except (FileNotFoundError, fsio.DamagedError, KeyError):
        return None
    return step if isinstance(step, int) else None


def mark_best(folder: Path, step: int | None) -> None:
    """Point `best.json` to the checkpoint of `step`; None removes it.

    Raises:
        StorageError: If it cannot be written.
    """
    path = folder.parent / BEST_FILE
    if step is None:
        fsio.remove_file(path)
    else:
        fsio.write_json(path, {"schema": _SCHEMA, "step": step}, seal=True)


def prune(folder: Path) -> None:
    """Delete all but the last two checkpoints and the best one.

    Raises:
        StorageError: If one cannot be deleted.
    """
    best = best_step(folder)
    steps = sorted({step_of(path) for path in newest_first(folder)}, reverse=True)
    kept = {*steps[:_KEEP_NEWEST], best}
    for path in newest_first(folder):
        if step_of(path) not in kept:
            fsio.remove_tree(path)


def has_checkpoint(folder: Path) -> bool:
    """Tell whether there is a checkpoint to go on from, without reading it."""
    return bool(newest_first(folder))


def newest_first(folder: Path) -> list[Path]:
    """Return the folders of the checkpoints, the newest first."""
    try:
        names = [path.name for path in folder.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    matches = [match for name in names if (match := _NAME.fullmatch(name))]
    return [folder / m[0] for m in sorted(matches, key=lambda m: (int(m[1]), m[2] is None), reverse=True)]


def step_of(path: Path) -> int:
    """Return the optimiser steps that the folder of a checkpoint stands for."""
    return int(path.name.split(".")[0])
