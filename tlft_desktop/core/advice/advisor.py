"""From evidence to advice: which strategy, how surely, what to expect, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tlft_desktop.core.advice.evidence import Evidence
from tlft_desktop.core.advice.reasons import Reason
from tlft_desktop.core.advice.rules import Rule, rules
from tlft_desktop.core.values.strategy import StrategyKind

_NARROW, _WIDE = 0.10, 0.20
"""Width of the probe's interval below which confidence may be high, and above which it is low."""
_AGREED, _SPLIT = 1.0, 0.5
"""Share of the rules that speak for the advice, of those that say something."""

_FEW = 5
"""Images of a class below which results of another draw of images are too different to be sure of anything."""
_CURED, _CURABLE = 0.5, 0.8
"""Shares of the errors of a head that training more takes away: as an estimate, and at most. Of digits it took away
three quarters, the most that was seen."""
_KINDS = (StrategyKind.TRANSFER, StrategyKind.FINETUNE, StrategyKind.HYBRID)


class Confidence(StrEnum):
    """How surely an advice holds."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a strategy is expected to reach and to cost.

    Attributes:
        accuracy: Of images that it has not seen.
        low, high: What it may well be: for the head alone the probe's 95 % interval, for others that and the rule's.
        seconds, memory: On this machine; None where it cannot be told.
    """

    accuracy: float
    low: float
    high: float
    seconds: float | None
    memory: int | None

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return {
            "accuracy": round(self.accuracy, 4),
            "low": round(self.low, 4),
            "high": round(self.high, 4),
            "seconds": None if self.seconds is None else round(self.seconds, 3),
            "memory_bytes": self.memory,
        }


@dataclass(frozen=True, slots=True)
class Advice:
    """What the program would do.

    Attributes:
        strategy: What it recommends.
        runner_up: What it would do otherwise.
        confidence: How surely.
        reasons: What the advice rests on, what decided first.
        expected: Of each strategy but the custom one.
        rule: Name of the row of the table that decided.
        source: Where that row comes from.
    """

    strategy: StrategyKind
    runner_up: StrategyKind
    confidence: Confidence
    reasons: tuple[Reason, ...]
    expected: Mapping[StrategyKind, Expectation]
    rule: str
    source: str

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return {
            "strategy": self.strategy.value,
            "runner_up": self.runner_up.value,
            "confidence": self.confidence.value,
            "rule": self.rule,
            "source": self.source,
            "reasons": [reason.to_json() for reason in self.reasons],
            "expected": {kind.value: expectation.to_json() for kind, expectation in self.expected.items()},
        }


def advise(evidence: Evidence, reasons: tuple[Reason, ...] = ()) -> Advice:
    """Return the advice of the first rule of the table that applies.

    Args:
        evidence: What was measured.
        reasons: What was measured, in sentences; the rule's own comes before them.
    """
    figures = evidence.figures
    applying = [rule for rule in rules() if rule.applies(figures)]
    rule = applying[0]
    return Advice(
        strategy=rule.strategy,
        runner_up=rule.runner_up,
        confidence=_confidence(evidence, applying),
        reasons=(Reason(rule.name, None, rule.text), *reasons),
        expected=_expected(evidence, rule),
        rule=rule.name,
        source=rule.source,
    )


def _confidence(evidence: Evidence, applying: list[Rule]) -> Confidence:
    """Return how far the rules agree and how narrow the interval of the probe is.

    The last rule says what holds without evidence, so it has no voice where another one has.
    """
    voices = applying[:-1]
    _, low, high = evidence.probe
    agreed = sum(rule.strategy is applying[0].strategy for rule in voices) / len(voices) if voices else 0.0
    is_unsure = high - low > _WIDE or evidence.shift is None or evidence.images_per_class < _FEW
    if agreed < _SPLIT or is_unsure:
        return Confidence.LOW
    return Confidence.HIGH if agreed >= _AGREED and high - low < _NARROW else Confidence.MEDIUM


def _expected(evidence: Evidence, rule: Rule) -> dict[StrategyKind, Expectation]:
    accuracy, low, high = evidence.probe
    least, most = (points / 100 for points in rule.gain)
    head = (accuracy, low, high)
    tuned = (
        _with_gain(accuracy, (least + most) / 2, most=_CURED),
        _with_gain(low, least, most=_CURED),
        _with_gain(high, most, most=_CURABLE),
    )
    # A hybrid begins with the head, goes on to what fine-tuning trains, and goes back where that was worse.
    hybrid = (max(accuracy, tuned[0]), max(low, tuned[1]), max(high, tuned[2]))
    found = {}
    for kind, (middle, lower, upper) in zip(_KINDS, (head, tuned, hybrid), strict=True):
        cost = evidence.costs.get(kind)
        found[kind] = Expectation(
            accuracy=middle,
            low=lower,
            high=upper,
            seconds=None if cost is None else cost.total,
            memory=None if cost is None else cost.memory,
        )
    return found


def _with_gain(accuracy: float, gain: float, *, most: float) -> float:
    """Return an accuracy after a gain, which takes away a share of the errors at most."""
    return max(0.0, accuracy + min(gain, most * (1 - accuracy)))
