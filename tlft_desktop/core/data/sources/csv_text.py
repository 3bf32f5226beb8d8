"""Tables as spread-sheet programs write them: CSV with commas, semicolons or tabs, in UTF-8 or marked UTF-16."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError

_MAX_BYTES = 200_000_000
_DELIMITERS = (",", ";", "\t")
_EXCEL_MARK = "sep="
_SAVE_REMEDY = "Save it as 'CSV UTF-8' and choose that file."


def read_csv(table: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the values of each line that is not empty; the first one names the columns.

    Commas, semicolons and tabs are understood between the columns, UTF-8 and marked UTF-16 as text; values may be
    quoted.

    Raises:
        InputError: If the file is no such text; the message names the line.
    """
    text = _read_text(table)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for values in reader:
            if any(value.strip() for value in values) and not _is_excel_mark(values, reader.line_num):
                yield reader.line_num, values
    except csv.Error as error:
        raise InputError(f"Line {reader.line_num} of '{table}' cannot be read: {error}.") from error


def _delimiter(text: str) -> str:
    """Return what stands between the columns: a comma, the semicolon of some countries, or a tab."""
    lines = (line for line in text.splitlines() if line.strip() and not line.casefold().startswith(_EXCEL_MARK))
    first = next(lines, "")
    return max(_DELIMITERS, key=first.count)


def _is_excel_mark(values: list[str], line: int) -> bool:
    # `sep=;` tells spread-sheet programs what stands between the columns, and is none of them.
    return line == 1 and values[0].casefold().startswith(_EXCEL_MARK)


def _read_text(table: Path) -> str:
    data = fsio.read_bytes(table, max_bytes=_MAX_BYTES)
    if data.startswith(b"PK\x03\x04"):
        raise InputError(f"'{table}' is a workbook of a spread-sheet program, not a CSV file.", remedy=_SAVE_REMEDY)
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"'{table}' is not UTF-8 text: see line {line}.", remedy=_SAVE_REMEDY) from error
    if "\x00" in text:
        raise InputError(f"'{table}' is not a text file.", remedy=_SAVE_REMEDY)
    return text
