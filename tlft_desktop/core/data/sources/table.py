"""A data set named by a CSV file with the columns path, label and optionally split and group."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.sources.csv_text import read_csv
from tlft_desktop.core.data.sources.found import (
    MAX_FILES,
    SPLIT_NAMES,
    FoundImage,
    ScanResult,
)
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.problem import Problem

_NEEDED = ("path", "label")
_MAX_SHOWN = 80
_REMEDY = (
    "The first line must name the columns path, label and, if wanted, split and group; paths lie below the CSV file."
)


def scan_table(table: Path, *, control: Control) -> ScanResult:
    """Read the images that a CSV file names; whether they exist shows when they are read.

    Commas, semicolons and tabs are understood between the columns, UTF-8 and marked UTF-16 as text; values may be
    quoted. A value that was protected from spread-sheet programs by a leading apostrophe (`'=1+1`) is read without it.

    Raises:
        InputError: If a column is missing or a row cannot be used; the message names the line.
        StoppedError: If `control` asks to stop.
    """
    root = table.absolute().parent
    images: dict[str, FoundImage] = {}
    repeated: list[str] = []
    for line, row in _rows(table):
        if line % 256 == 0:
            control.raise_if_stopped()
        image = _image(row, line, table)
        first = images.setdefault(image.path, image)
        if first != image:
            raise InputError(
                f"The image '{image.path}' in line {line} of '{table}' appeared before with another label."
            )
        if first is not image:
            repeated.append(image.path)
        if len(images) > MAX_FILES:
            raise InputError(f"'{table}' names more than {MAX_FILES:,} images.")
    if not images:
        raise InputError(f"'{table}' names no image.", remedy=_REMEDY)
    problems: list[Problem] = []
    if repeated:
        several = f"{len(repeated)} rows name an image again."
        message = "One row names an image again." if len(repeated) == 1 else several
        problems.append(Problem("repeated_row", message, tuple(repeated)))
    return ScanResult(root, tuple(sorted(images.values(), key=lambda image: image.path)), tuple(problems))


def check_relative_path(path: str, *, root: Path) -> str:
    """Return `path` with forward slashes if it stays below `root`, links included.

    Raises:
        InputError: If it is absolute, leads out of `root`, names a drive, a network share or somebody's home.
    """
    windows = PureWindowsPath(path)
    parts = path.replace("\\", "/").split("/")
    if (
        not path.strip()
        or "\x00" in path
        or path.startswith(("/", "\\", "~", "$", "%"))
        or windows.drive
        or windows.root
        or ".." in parts
    ):
        raise InputError(f"The path {path!r} is not a path below '{root}'.")
    clean = os.path.normpath(path) if os.sep == "\\" else os.path.normpath(path.replace("\\", "/"))
    if not Path(os.path.realpath(root / clean)).is_relative_to(os.path.realpath(root)):
        raise InputError(f"The path {path!r} leads out of '{root}' by a link.")
    return clean.replace(os.sep, "/")


def _rows(table: Path) -> Iterator[tuple[int, dict[str, str]]]:
    columns: list[str] = []
    for line, values in read_csv(table):
        if columns:
            yield line, _row(values, columns, line, table)
        else:
            columns = _columns(values, table)
    if not columns:
        raise InputError(f"'{table}' is empty.", remedy=_REMEDY)


def _columns(values: list[str], table: Path) -> list[str]:
    """Return the names of the columns in the first line, in lower case; those at the end without a name are left out.

    Raises:
        InputError: If a column is missing or there twice.
    """
    names = [name.strip().casefold() for name in values]
    while not names[-1]:
        names.pop()
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        shown = ", ".join(names)[:_MAX_SHOWN]
        raise InputError(
            f"'{table}' lacks the column '{missing[0]}': its first line is '{shown}'."
            if len(missing) == 1
            else f"'{table}' lacks the columns path and label: its first line is '{shown}'.",
            remedy=_REMEDY,
        )
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice is not None:
        raise InputError(f"'{table}' has two columns called '{twice[:_MAX_SHOWN]}'.", remedy="Rename or delete one.")
    return names


def _row(values: list[str], columns: list[str], line: int, table: Path) -> dict[str, str]:
    """Return the values by column; more of them than columns are fine where they are empty."""
    if len(values) < len(columns) or any(value.strip() for value in values[len(columns) :]):
        raise InputError(
            f"Line {line} of '{table}' does not fit its columns (values: {len(values)}, columns: {len(columns)}).",
            remedy="A name with a comma or a semicolon in it must stand in quotation marks.",
        )
    return dict(zip(columns, values, strict=False))


def _image(row: dict[str, str], line: int, table: Path) -> FoundImage:
    values = {name: _unprotect(value.strip()) for name, value in row.items()}
    label = unicodedata.normalize("NFC", values["label"])
    if not label:
        raise InputError(f"The label in line {line} of '{table}' is empty.")
    split_name = values.get("split", "").casefold()
    split: Split | None = SPLIT_NAMES.get(split_name)
    if split_name and split is None:
        raise InputError(f"The split '{split_name}' in line {line} of '{table}' is not train, val or test.")
    try:
        path = check_relative_path(values["path"], root=table.absolute().parent)
    except InputError as error:
        raise InputError(f"{error.message} It stands in line {line} of '{table}'.") from error
    return FoundImage(path, label, split, values.get("group", ""))


def _unprotect(value: str) -> str:
    return value[1:] if value[:1] == "'" and value[1:2] in tuple("=+-@") else value
