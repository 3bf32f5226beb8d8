"""What the benchmark scripts have in common: their options, and how they print words and rows."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from tlft_desktop.commands import words
from tlft_desktop.core.bench.rows import HEADER, RIGHT, Row


def parser(description: str | None) -> argparse.ArgumentParser:
    """Return a parser with the options of every script."""
    result = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    result.add_argument("--json", action="store_true", help="print each row as a JSON object, and words to stderr")
    result.add_argument(
        "--quick", action="store_true", help="so small that the figures mean little: to see that it runs"
    )
    return result


class Report:
    """Prints what a script finds: words at once, rows at its end, where they are read.

    Args:
        as_json: Rows become JSON objects, the only lines of standard output.
    """

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._rows: list[Row] = []

    def say(self, text: str) -> None:
        """Print a line for people."""
        print(text, file=sys.stderr if self._as_json else sys.stdout, flush=True)

    def add(self, *rows: Row) -> None:
        """Take rows; as JSON they are printed at once."""
        self._rows += rows
        for row in rows if self._as_json else ():
            print(json.dumps(row.to_json()), flush=True)

    def close(self) -> None:
        """Print the table of the rows for people."""
        if not self._as_json:
            print_table(self._rows)


def print_table(rows: Sequence[Row]) -> None:
    """Print rows as one table."""
    for line in words.table(HEADER, [row.cells() for row in rows], right=RIGHT):
        print(line)
