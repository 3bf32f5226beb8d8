"""Numbers in words for the terminal, sentences, and plain tables."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterable, Sequence

_UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB")
_SCALES = ((1e9, "G"), (1e6, "M"), (1e3, "k"))


def percent(fraction: float | None) -> str:
    """Return a fraction as a percentage with one digit; a dash for None."""
    return "-" if fraction is None else f"{100 * fraction:.1f} %"


def interval(low: float | None, high: float | None) -> str:
    """Return the limits of an interval of fractions, in percent; empty where there is none."""
    return "" if low is None or high is None else f"[{100 * low:.1f}, {100 * high:.1f}]"


def duration(seconds: float) -> str:
    """Return a duration with two significant parts at most."""
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest:02d} s"
    return f"{minutes // 60} h {minutes % 60:02d} min"


def rough_duration(seconds: float) -> str:
    """Return an estimated duration without a precision that nobody has."""
    if seconds < 59.5:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"


def size(num_bytes: float) -> str:
    """Return a size in binary units, such as `13.1 MiB`, as the window shows it."""
    value, unit = float(num_bytes), 0
    # The next unit begins where rounding would show 1024.0 of this one.
    while value >= (1023.95 if unit else 1024) and unit < len(_UNITS) - 1:
        value, unit = value / 1024, unit + 1
    return f"{value:.1f} {_UNITS[unit]}" if unit else f"{value:.0f} {_UNITS[0]}"


def short_count(number: int) -> str:
    """Return a large number with three significant digits, such as `4.65 M`."""
    for scale, sign in _SCALES:
        if number >= scale:
            return f"{number / scale:.3g} {sign}"
    return str(number)


def sentence(text: str) -> str:
    """Return a phrase as a sentence, such as `Open the window.` for `open the window`."""
    return f"{text[0].upper()}{text[1:]}."


def plural(number: int, noun: str) -> str:
    """Return a number with its noun, such as `1 image` or `1,797 images`."""
    ending = "es" if noun.endswith(("s", "sh", "ch")) else "s"
    return f"{number:,} {noun}{'' if number == 1 else ending}"


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
