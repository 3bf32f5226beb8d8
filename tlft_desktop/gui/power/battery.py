"""The charge of the battery as a plain value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Battery:
    """State of a battery.

    Attributes:
        percent: Charge, 0 to 100.
        is_plugged: Whether the computer is plugged in.
    """

    percent: float
    is_plugged: bool
