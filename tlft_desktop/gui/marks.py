"""Places on the horizontal axis of a plot where something happened."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MarkKind(StrEnum):
    """What happened there."""

    PHASE = "phase"
    GATE = "gate"
    CHECKPOINT = "checkpoint"
    BEST = "best"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Mark:
    """A place with an explanation.

    Attributes:
        x: Where.
        kind: Decides the looks; checkpoints are small ticks, the best point has its ring on the curve.
        label: Written beside the line; empty for none.
        text: Explains it in a sentence.
    """

    x: float
    kind: MarkKind
    label: str = ""
    text: str = ""
