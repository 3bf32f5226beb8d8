"""Fit the rules of the advice to cells of the grid, and tell what fitted rules cost on a set that they have not seen.

    python tests/benchmarks/advice/calibrate.py FOLDER [--json]

For each set of images the strategies and limits of the table are fitted to the cells of all other sets and judged by
those of this one. Then they are fitted to all cells, and what would change in the table is printed: nothing is written.
A change must pay `LEAST_GAIN` points on the mean of the cells, so that the table does not follow noise.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.benchmarks.advice.cells import Cell, evidence_of, mean_with_interval, read_cells, regret, regret_on_a
from tlft_desktop.core.advice.evidence import Figures
from tlft_desktop.core.advice.rules import Rule, rules
from tlft_desktop.core.values.strategy import StrategyKind

LEAST_GAIN = 0.1
_STEPS = (0.5, 0.75, 1.5, 2.0)
"""Factors by which a limit is tried."""
_MOST_SWEEPS = 4
Table = tuple[Rule, ...]


@dataclass(frozen=True)
class Known:
    """A cell with what rules ask for.

    Attributes:
        cell: As the grid kept it.
        figures: What was measured before training.
    """

    cell: Cell
    figures: Figures

    def chosen(self, table: Table) -> str:
        """Return the way that the first rule of a table chooses."""
        return next(rule.strategy.value for rule in table if rule.applies(self.figures))


def cost(table: Table, known: Sequence[Known]) -> float:
    """Return the mean regret of a table, in points of the half that the fit may see."""
    return sum(regret_on_a(item.cell, item.chosen(table)) for item in known) / len(known)


def fitted(known: Sequence[Known]) -> Table:
    """Return the table of the program with the strategies and limits that cost least, changed one after the other."""
    table = rules()
    best = cost(table, known)
    for _ in range(_MOST_SWEEPS):
        before = best
        for place in range(len(table)):
            for rule in _variants(table[place], known):
                tried = (*table[:place], rule, *table[place + 1 :])
                found = cost(tried, known)
                if found < best - LEAST_GAIN:
                    table, best = tried, found
        if best == before:
            break
    return table


def _variants(rule: Rule, known: Sequence[Known]) -> Iterator[Rule]:
    ways = known[0].cell["ways"]
    for kind in StrategyKind:
        if kind is not rule.strategy and kind.value in ways:
            yield replace(rule, strategy=kind)
    for place, condition in enumerate(rule.when):
        for step in _STEPS:
            moved = replace(condition, limit=condition.limit * step)
            yield replace(rule, when=(*rule.when[:place], moved, *rule.when[place + 1 :]))


def changes(table: Table) -> list[str]:
    """Return what differs from the table of the program, in words."""
    found = []
    for old, new in zip(rules(), table, strict=True):
        if old.strategy is not new.strategy:
            found.append(f"{old.name}: {old.strategy.value} -> {new.strategy.value}")
        for before, after in zip(old.when, new.when, strict=True):
            if before != after:
                found.append(f"{old.name}: {before.figure} {before.comparison} {before.limit:g} -> {after.limit:g}")
    return found


def main() -> int:
    """Fit and print; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    cells = read_cells(options.folder)
    known = [Known(cell, evidence_of(cell).figures) for cell in cells]
    unseen = []
    for name in sorted({cell["set"] for cell in cells}):
        table = fitted([item for item in known if item.cell["set"] != name])
        unseen += [(item.cell, regret(item.cell, item.chosen(table))) for item in known if item.cell["set"] == name]
    mean, low, high = mean_with_interval([cell for cell, _ in unseen], [lost for _, lost in unseen])
    table = fitted(known)
    result = {
        "cells": len(cells),
        "left_one_set_out": {"regret_points": mean, "low": low, "high": high},
        "changes": changes(table),
    }
    if options.json:
        print(json.dumps(result))
        return 0
    print(f"{len(cells)} cells. Rules fitted without the set that they are judged by lose {mean:.2f} points", end=" ")
    print(f"[{low:.2f}, {high:.2f}] against the best way.")
    print("Fitted to all cells the table would change:" if result["changes"] else "The table fits all cells as it is.")
    for line in changes(table):
        print(f"  {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
