"""How much accuracy the advice costs against the best strategy, and what fixed rules cost.

    python tests/benchmarks/advice/score.py FOLDER [--json]

The best strategy of a cell is chosen on half A of its test images and counted on half B, so that nobody wins by luck.
The rules are those of the program as they are now: they are asked again with the evidence that each cell kept.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3]))

import numpy as np

from tlft_desktop.commands import words
from tlft_desktop.core import fsio
from tlft_desktop.core.advice.advisor import advise
from tlft_desktop.core.advice.evidence import Evidence
from tlft_desktop.core.advice.rules import bands
from tlft_desktop.core.values.strategy import StrategyKind

_MAX_BYTES = 1 << 20
_RESAMPLES = 10_000
_SMALL = 500
"""Training images below which the rule of thumb speaks of a small set."""
Cell = Mapping[str, Any]


def advised(cell: Cell) -> str:
    """Return what the program advises by the evidence of a cell."""
    data = dict(cell["evidence"])
    data["costs"], data["probe"] = {}, tuple(data["probe"])
    data["shift"] = None if data["shift"] is None else tuple(data["shift"])
    return advise(Evidence(**data)).strategy.value


def rule_of_thumb(cell: Cell) -> str:
    """Return what the usual article says: a small set is transferred, a large and similar one fine-tuned."""
    shift = cell["evidence"]["shift"]
    is_similar = shift is not None and sum(shift) / len(shift) < bands().far
    return "finetune" if cell["evidence"]["num_train"] >= _SMALL and is_similar else "transfer"


CHOICES: Mapping[str, Callable[[Cell], str]] = {
    "the advice": advised,
    "always transfer": lambda _cell: StrategyKind.TRANSFER.value,
    "always fine-tune": lambda _cell: StrategyKind.FINETUNE.value,
    "always hybrid": lambda _cell: StrategyKind.HYBRID.value,
    "the rule of thumb": rule_of_thumb,
}


def regret(cell: Cell, way: str) -> float:
    """Return the accuracy that a way loses against the best one of a cell, in points of half B."""
    ways = cell["ways"]
    best = max(ways, key=lambda name: ways[name]["a"])
    return 100 * float(ways[best]["b"] - ways[way]["b"])


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


def main() -> int:
    """Print; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.add_argument("--json", action="store_true", help="print each row as a JSON object")
    options = parser.parse_args()
    cells = [fsio.read_json(path, max_bytes=_MAX_BYTES) for path in sorted(options.folder.glob("*.json"))]
    if not cells:
        parser.error(f"'{options.folder}' holds no cells")
    rows = []
    for name, choose in CHOICES.items():
        mean, low, high = mean_with_interval(cells, [regret(cell, choose(cell)) for cell in cells])
        rows.append({"choice": name, "cells": len(cells), "regret_points": mean, "low": low, "high": high})
    if options.json:
        for row in rows:
            print(json.dumps(row))
        return 0
    header = ("set", "images a class", *cells[0]["ways"], "advised", "regret")
    lines = [
        (
            cell["set"],
            str(cell["per_class"]),
            *(f"{100 * found['b']:.1f}" for found in cell["ways"].values()),
            advised(cell),
            f"{regret(cell, advised(cell)):+.1f}",
        )
        for cell in cells
    ]
    for line in words.table(header, lines, right=(1, 2, 3, 4, 5, 7)):
        print(line)
    print()
    shown = [(row["choice"], f"{row['regret_points']:.2f}", f"[{row['low']:.2f}, {row['high']:.2f}]") for row in rows]
    for line in words.table(("choice", "mean regret in points", "95 %"), shown, right=(1,)):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
