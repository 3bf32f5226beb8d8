"""Axes of a plot: which part of the numbers they show, and where their ticks are."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Axis:
    """One axis.

    Attributes:
        label: What it shows, with the unit.
        low, high: The numbers at its ends.
        ticks: Numbers that are written beside it.
        is_logarithmic: Whether equal steps multiply.
        words: Makes a tick a text.
    """

    label: str
    low: float
    high: float
    ticks: tuple[float, ...]
    is_logarithmic: bool = False
    words: Callable[[float], str] = "{:g}".format

    def place(self, value: float) -> float:
        """Return where a number lies, from 0 at the lower end to 1 at the upper one."""
        low, high = self._scaled(self.low), self._scaled(self.high)
        return min(1.0, max(0.0, (self._scaled(value) - low) / (high - low)))

    def _scaled(self, value: float) -> float:
        return math.log10(max(value, 1e-300)) if self.is_logarithmic else value


def linear_axis(label: str, values: Iterable[float], *, num_ticks: int = 5, low: float | None = None) -> Axis:
    """Return an axis that shows all values and ends at ticks.

    Args:
        label: What it shows.
        values: Those that are no number are left out.
        num_ticks: About so many.
        low: Where it begins; at the lowest value where it is left out.
    """
    known = [value for value in values if math.isfinite(value)] or [0.0, 1.0]
    bottom, top = min(known) if low is None else low, max(known)
    if top - bottom < 1e-12:
        bottom, top = (bottom - 0.5, top + 0.5) if low is None else (bottom, bottom + 1)
    step = _nice_step((top - bottom) / num_ticks)
    first, last = math.floor(bottom / step + 1e-9), math.ceil(top / step - 1e-9)
    ticks = tuple(round(number * step, 12) for number in range(first, last + 1))
    return Axis(label, ticks[0], ticks[-1], ticks)


def share_axis(label: str, values: Iterable[float], *, num_ticks: int = 5) -> Axis:
    """Return an axis of fractions, written in percent, that does not leave 0 to 1."""
    axis = linear_axis(label, (100 * min(1.0, max(0.0, value)) for value in values), num_ticks=num_ticks)
    ticks = tuple(tick / 100 for tick in axis.ticks if -1e-9 <= tick <= 100 + 1e-9)
    return Axis(label, ticks[0], ticks[-1], ticks, words=lambda tick: f"{100 * tick:g}")


def time_axis(label: str, seconds: Sequence[float]) -> Axis:
    """Return an axis of times above 0: logarithmic where the longest is many times the shortest."""
    known = [value for value in seconds if math.isfinite(value) and value > 0] or [1.0]
    if max(known) < 20 * min(known):
        return linear_axis(label, known, low=0.0)
    first, last = math.floor(math.log10(min(known))), math.ceil(math.log10(max(known)))
    ticks = tuple(10.0**power for power in range(first, last + 1))
    return Axis(label, ticks[0], ticks[-1], ticks, is_logarithmic=True)


def whole_axis(label: str, numbers: Sequence[int]) -> Axis:
    """Return an axis of whole numbers that begins and ends with them."""
    low, high = min(numbers), max(numbers)
    if low == high:
        return Axis(label, low - 1, high + 1, (float(low),))
    step = max(1, round(_nice_step((high - low) / 5)))
    inner = [float(number) for number in range(low, high + 1) if number % step == 0]
    return Axis(label, low, high, tuple(inner or (float(low), float(high))))


def _nice_step(least: float) -> float:
    """Return the smallest of 1, 2, 2.5 and 5 times a power of ten that is not below `least`."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in _STEPS if step * power >= least * (1 - 1e-9))
