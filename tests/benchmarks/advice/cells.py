"""The cells that the grid kept: reading them, and what a way loses against the best one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tlft_desktop.core import fsio
from tlft_desktop.core.advice.evidence import Evidence
from tlft_desktop.core.advice.pilot import Pilot, PilotWay
from tlft_desktop.core.values.strategy import StrategyKind

MAX_BYTES = 1 << 20
"""Of the file of a cell."""
_RESAMPLES = 10_000
Cell = Mapping[str, Any]


def read_cells(folder: Path) -> list[Cell]:
    """Return all cells of a folder.

    Raises:
        SystemExit: If there is none.
    """
    cells = [fsio.read_json(path, max_bytes=MAX_BYTES) for path in sorted(folder.glob("*.json"))]
    if not cells:
        raise SystemExit(f"'{folder}' holds no cells: grid.py makes them.")
    return cells


def evidence_of(cell: Cell) -> Evidence:
    """Return what was measured of a cell before training."""
    data = dict(cell["evidence"])
    data["costs"], data["probe"] = {}, tuple(data["probe"])
    data["shift"] = None if data["shift"] is None else tuple(data["shift"])
    return Evidence(**data)


def pilot_of(cell: Cell) -> Pilot | None:
    """Return the pilot that `pilots.py` added to a cell; None where it did not yet."""
    if "pilot" not in cell:
        return None
    data = {key: value for key, value in cell["pilot"].items() if key != "seconds"}
    ways = (PilotWay(**{**way, "kind": StrategyKind(way["kind"]), "hits": tuple(way["hits"])}) for way in data["ways"])
    return Pilot(**{**data, "ways": tuple(ways)})


def best_way(cell: Cell) -> str:
    """Return the best way of a cell by half A of its test images: on half B nobody wins by luck."""
    ways = cell["ways"]
    return max(ways, key=lambda name: ways[name]["a"])


def regret(cell: Cell, way: str) -> float:
    """Return the accuracy that a way loses against the best one of a cell, in points of half B."""
    ways = cell["ways"]
    return 100 * float(ways[best_way(cell)]["b"] - ways[way]["b"])


def regret_on_a(cell: Cell, way: str) -> float:
    """Return the same in points of half A, which whoever chooses rules may see."""
    ways = cell["ways"]
    return 100 * float(ways[best_way(cell)]["a"] - ways[way]["a"])


def mean_with_interval(cells: Sequence[Cell], values: Sequence[float]) -> tuple[float, float, float]:
    """Return a mean and its 95 % interval by drawing whole sets anew: cells of one set are alike."""
    names = sorted({cell["set"] for cell in cells})
    by_set = [[value for cell, value in zip(cells, values, strict=True) if cell["set"] == name] for name in names]
    random = np.random.default_rng(0)
    drawn = [
        np.mean(np.concatenate([by_set[number] for number in random.integers(0, len(names), len(names))]))
        for _ in range(_RESAMPLES)
    ]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(np.mean(values)), float(low), float(high)
