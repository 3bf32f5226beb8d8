"""The table of rules for an advice: which figures speak for which strategy, and by what evidence.

The table is `rules.json` beside this file. Rows stand in the order in which they decide; each names where its numbers
come from.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tlft_desktop.core.advice.evidence import Figures
from tlft_desktop.core.values.strategy import StrategyKind

_TABLE = Path(__file__).with_name("rules.json")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A figure and its limit.

    Attributes:
        figure: A name of `Evidence.figures`.
        comparison: `<`, `<=`, `>` or `>=`.
        limit: What the figure is compared with.
    """

    figure: str
    comparison: str
    limit: float

    def holds(self, figures: Figures) -> bool:
        """Tell whether the figure was measured and is as the condition wants it."""
        return self.figure in figures and _COMPARE[self.comparison](figures[self.figure], self.limit)


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table.

    Attributes:
        name: Unique.
        when: All must hold.
        strategy: What it recommends.
        runner_up: What comes next.
        gain: Limits of what training all layers is expected to bring over the head alone, in points.
        text: Why, in a sentence.
        source: Where the numbers come from.
    """

    name: str
    when: tuple[Condition, ...]
    strategy: StrategyKind
    runner_up: StrategyKind
    gain: tuple[float, float]
    text: str
    source: str

    def applies(self, figures: Figures) -> bool:
        """Tell whether all of its conditions hold."""
        return all(condition.holds(figures) for condition in self.when)


@dataclass(frozen=True, slots=True)
class Bands:
    """Where a distance to the source begins to mean something, in nats of mean divergence.

    Measured with EfficientNet-Lite0 only: photographs 0.03, stickers 0.15, digits 0.45, noise 0.78.

    Attributes:
        near: Below it images are like those of the source.
        far, very_far: From these on they are unlike them.
    """

    near: float
    far: float
    very_far: float

    def word(self, shift: float) -> str:
        """Return `near`, `moderate`, `far` or `very far`."""
        if shift < self.near:
            return "near"
        if shift < self.far:
            return "moderate"
        return "far" if shift < self.very_far else "very far"


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Return the table in its order; the last row always applies."""
    return tuple(
        Rule(
            name=row["name"],
            when=tuple(Condition(*condition) for condition in row["when"]),
            strategy=StrategyKind(row["strategy"]),
            runner_up=StrategyKind(row["runner_up"]),
            gain=(row["gain"][0], row["gain"][1]),
            text=row["text"],
            source=row["source"],
        )
        for row in json.loads(_TABLE.read_text(encoding="utf-8"))["rules"]
    )


@lru_cache(maxsize=1)
def bands() -> Bands:
    """Return the bands of the table."""
    return Bands(**json.loads(_TABLE.read_text(encoding="utf-8"))["bands"])
