"""What the terminal shows: numbers in words, sentences, and plain tables."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterable, Sequence

from tlft_desktop.core.number_words import best_of, duration, interval, percent, plural, short_count, size

__all__ = [
    "best_of",
    "did_you_mean",
    "duration",
    "interval",
    "percent",
    "plural",
    "rough_duration",
    "sentence",
    "short_count",
    "size",
    "table",
    "wrapped",
]


def rough_duration(seconds: float) -> str:
    """Return an estimated duration without a precision that nobody has."""
    if seconds < 59.5:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"


def sentence(text: str) -> str:
    """Return a phrase as a sentence, such as `Open the window.` for `open the window`."""
    return f"{text[0].upper()}{text[1:]}."


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a question that names what `word` was probably meant to be, with a space before it; or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f" Did you mean '{near[0]}'?" if near else ""


def table(header: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> list[str]:
    """Return the lines of a table; the columns of `right` are aligned to the right."""
    lines = [header, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]

    def shown(line: Sequence[str]) -> str:
        cells = [
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        return "  ".join(cells).rstrip()

    return [shown(header), "  ".join("-" * width for width in widths), *(shown(row) for row in rows)]


def wrapped(text: str, *, indent: str = "", width: int = 110) -> list[str]:
    """Return the lines of a paragraph."""
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent)
