"""How much accuracy the advice costs against the best strategy, and what fixed rules cost.

    python tests/benchmarks/advice/score.py FOLDER [--pilot] [--json]

The best strategy of a cell is chosen on half A of its test images and counted on half B, so that nobody wins by luck.
The rules are those of the program as they are now: they are asked again with the evidence that each cell kept. With
`--pilot` only the cells count to which `pilots.py` added one, and two choices come along: the advice after a pilot of
each of them, and of those on which the rules disagree, as `tlft advise` does it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.benchmarks.advice.cells import Cell, evidence_of, mean_with_interval, pilot_of, read_cells, regret
from tlft_desktop.commands import words
from tlft_desktop.core.advice.advisor import advise, revise
from tlft_desktop.core.advice.rules import bands
from tlft_desktop.core.values.strategy import StrategyKind

_SMALL = 500
"""Training images below which the rule of thumb speaks of a small set."""


def advised(cell: Cell) -> str:
    """Return what the program advises by the evidence of a cell."""
    return advise(evidence_of(cell)).strategy.value


def advised_after_pilot(cell: Cell) -> str:
    """Return what the program advises after its pilot."""
    pilot = pilot_of(cell)
    assert pilot is not None
    return revise(advise(evidence_of(cell)), pilot).strategy.value


def advised_by_default(cell: Cell) -> str:
    """Return what the program advises where nobody asks for a pilot: it makes one where its rules disagree."""
    disagree = advise(evidence_of(cell)).rules_disagree
    return advised_after_pilot(cell) if disagree else advised(cell)


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


WITH_PILOT: Mapping[str, Callable[[Cell], str]] = {
    "the advice, pilot where rules disagree": advised_by_default,
    "the advice after a pilot": advised_after_pilot,
}


def main() -> int:
    """Print; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.add_argument("--json", action="store_true", help="print each row as a JSON object")
    parser.add_argument("--pilot", action="store_true", help="only cells with a pilot, and the advice after it")
    options = parser.parse_args()
    cells = [cell for cell in read_cells(options.folder) if not options.pilot or "pilot" in cell]
    if not cells:
        raise SystemExit(f"No cell in '{options.folder}' has a pilot: pilots.py makes them.")
    rows = []
    for name, choose in {**CHOICES, **(WITH_PILOT if options.pilot else {})}.items():
        mean, low, high = mean_with_interval(cells, [regret(cell, choose(cell)) for cell in cells])
        rows.append({"choice": name, "cells": len(cells), "regret_points": mean, "low": low, "high": high})
    if options.json:
        for row in rows:
            print(json.dumps(row))
        return 0
    ways = [way for way in StrategyKind if way in cells[0]["ways"]]
    header = ("set", "images a class", *ways, "advised", "regret")
    lines = [
        (
            cell["set"],
            str(cell["per_class"]),
            # A way that was trained again stands last in its cell.
            *(f"{100 * cell['ways'][way]['b']:.1f}" for way in ways),
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
