"""Which part of an axis a plot shows: plain functions of the values."""

from __future__ import annotations

Range = tuple[float, float]
FLAT_ROOM = 0.1
"""Share of a value that is shown above and below it where all values are equal."""
RING_REACH = 8.5
"""From the best point to the outer edge of its ring and a gap, in pixels."""


def fitted(values: Range, *, ringed: float | None, limits: Range | None, height: float) -> Range:
    """Return the vertical range that shows values, without the margin around them.

    Args:
        values: The lowest and the highest.
        ringed: A value with a ring around it; None for none.
        limits: What the range does not leave, such as 0 to 100 %.
        height: Of the drawing area, in pixels.
    """
    low, high = values
    if high - low < 1e-12:
        room = FLAT_ROOM * max(abs(low), 1e-6)
        low, high = low - room, high + room
    if ringed is not None:
        low, high = _with_room((low, high), ringed, reach=RING_REACH, height=height)
    return (low, high) if limits is None else (max(low, limits[0]), min(high, limits[1]))


def _with_room(bounds: Range, value: float, *, reach: float, height: float) -> Range:
    """Return a vertical range in which something around a value of it is not cut off.

    Args:
        bounds: The range without it.
        value: Where it is; one outside of the range changes nothing.
        reach: From its middle to its edge, in pixels.
        height: Of the drawing area, in pixels.
    """
    low, high = bounds
    room = height - 2 * reach
    if room <= 0 or not low <= value <= high:
        return bounds
    half = reach * (high - low) / room
    return min(low, value - half), max(high, value + half)
