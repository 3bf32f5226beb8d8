"""Answers as a table in a file: the same columns for the command line and for the window."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from tlft_desktop.core.errors import InputError, UsageError

_TABLE_SUFFIXES = (".csv", ".tsv", ".txt")
_COLUMNS = ("path", "class", "probability", "error")
# A table program takes a cell that begins so for a formula and runs it.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class AnswerRow(Protocol):
    """What a network says of one image; `Prediction` is one."""

    @property
    def path(self) -> Path | str:
        """The image."""

    @property
    def class_name(self) -> str:
        """The likeliest class; empty after an error."""

    @property
    def probability(self) -> float:
        """Of that class, 0 to 1."""

    @property
    def error(self) -> str:
        """Why there is no answer; empty otherwise."""


def require_table(path: Path) -> None:
    """Refuse to write a table over something that is none, such as one of the images.

    Raises:
        UsageError: If it is there and no table.
        InputError: If its folder is not there.
    """
    if path.exists() and (not path.is_file() or path.suffix.lower() not in _TABLE_SUFFIXES):
        raise UsageError(f"'{path}' exists and is not a table; it is not overwritten.", remedy="Name a file NAME.csv.")
    if not path.absolute().parent.is_dir():
        raise InputError(f"There is no folder '{path.absolute().parent}' for the table.")


def csv_bytes(rows: Iterable[AnswerRow]) -> bytes:
    """Return a table in UTF-8 with a mark of it, which table programs need; no cell can be taken for a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for row in rows:
        probability = "" if row.error else f"{row.probability:.6f}"
        cells = (str(row.path), row.class_name, probability, row.error)
        writer.writerow([harmless(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig", errors="backslashreplace")


def harmless(cell: str) -> str:
    """Return a cell that no table program takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
