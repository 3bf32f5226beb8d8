"""Numbers in words, the same wherever people read them; a leaf that every package may use."""

from __future__ import annotations

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


def best_of(num_tried: int, *, is_all: bool) -> str:
    """Say of how many tries something is the best; empty of none."""
    return f"best of {num_tried}{'' if is_all else ' so far'}" if num_tried else ""


def plural(number: int, noun: str) -> str:
    """Return a number with its noun, such as `1 image` or `1,797 images`."""
    # The last sound of an epoch is that of `k`.
    ending = "es" if noun.endswith(("s", "sh", "ch")) and not noun.endswith("epoch") else "s"
    return f"{number:,} {noun}{'' if number == 1 else ending}"
