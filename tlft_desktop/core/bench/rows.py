"""A measured figure beside its goal: one row of a table, or one JSON object."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

HEADER = ("target", "what", "this program", "against", "ratio", "goal", "")
RIGHT = (0, 4)
"""Columns of `Row.cells`, and those with numbers that stand to the right."""


class Bound(StrEnum):
    """On which side of its goal a figure should be."""

    AT_LEAST = "at least"
    AT_MOST = "at most"


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison with what should be reached.

    Attributes:
        target: Number of the target in the README; 0 for a goal beside them.
        what: What was measured.
        ours: What this program took or made of it.
        goal: What should be reached: by the ratio where there is one, else by `ours`.
        unit: Of `ours`.
        bound: Whether more or less is better.
        reference: What it is compared with; empty where the goal is a figure by itself.
        ratio: Against the reference; how many times as fast where seconds are compared.
        accuracy: Best validation accuracy of this program, 0 to 1; None where it does not count.
        reference_accuracy: That of the reference, which must not be better.
    """

    target: int
    what: str
    ours: float
    goal: float
    unit: str = "s"
    bound: Bound = Bound.AT_LEAST
    reference: str = ""
    ratio: float | None = None
    accuracy: float | None = None
    reference_accuracy: float | None = None

    @property
    def measured(self) -> float:
        """The figure that the goal is for."""
        return self.ours if self.ratio is None else self.ratio

    @property
    def reached(self) -> bool:
        """Whether the goal was reached, without a loss of accuracy: what is compared is time to equal results."""
        if self.accuracy is not None and self.accuracy < (self.reference_accuracy or 0.0):
            return False
        return self.measured >= self.goal if self.bound is Bound.AT_LEAST else self.measured <= self.goal

    def cells(self) -> tuple[str, ...]:
        """Return the row in words; see `HEADER`."""
        return (
            str(self.target or ""),
            self.what,
            f"{self.ours:.4g} {self.unit}".rstrip() + _right(self.accuracy),
            self.reference + _right(self.reference_accuracy),
            "" if self.ratio is None else f"{self.ratio:.3g}",
            f"{self.bound.value} {self.goal:g}",
            "reached" if self.reached else "missed",
        )

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        rounded = {key: round(value, 6) if isinstance(value, float) else value for key, value in asdict(self).items()}
        return {**rounded, "bound": self.bound.value, "reached": self.reached}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Row:
        """Read what `to_json` wrote.

        Raises:
            KeyError, TypeError, ValueError: If it is something else.
        """
        known = {field.name: data[field.name] for field in fields(cls)}
        return cls(**{**known, "bound": Bound(known["bound"])})


def in_order(rows: Sequence[Row]) -> list[Row]:
    """Return rows by their target; those of one target stay in order, and those without one come last."""
    return sorted(rows, key=lambda row: row.target or math.inf)


def _right(accuracy: float | None) -> str:
    return "" if accuracy is None else f" ({100 * accuracy:.1f} % right)"
