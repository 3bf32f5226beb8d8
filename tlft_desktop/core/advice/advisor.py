"""From evidence to advice: which strategy, how surely, what to expect, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from tlft_desktop.core.advice.evidence import Evidence
from tlft_desktop.core.advice.pilot import RULE, SOURCE, Pilot, judge
from tlft_desktop.core.advice.reasons import Reason, of_more_images_or_layers
from tlft_desktop.core.advice.rules import Rule, rules
from tlft_desktop.core.advice.settings import AdvisedSettings
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


_ONE_MORE = {
    Confidence.LOW: Confidence.MEDIUM,
    Confidence.MEDIUM: Confidence.HIGH,
    Confidence.HIGH: Confidence.HIGH,
}


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
        rule: Name of the row of the table that decided; `pilot` where a pilot outweighed it.
        source: Where that row comes from.
        rules_disagree: Whether rules that apply recommend different ways.
        settings: With which each way is trained; empty where nobody asked.
        pilot: What trying the ways out came to; None where they were not.
    """

    strategy: StrategyKind
    runner_up: StrategyKind
    confidence: Confidence
    reasons: tuple[Reason, ...]
    expected: Mapping[StrategyKind, Expectation]
    rule: str
    source: str
    rules_disagree: bool = False
    settings: Mapping[StrategyKind, AdvisedSettings] = field(default_factory=dict)
    pilot: Pilot | None = None

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
            "settings": self.settings[self.strategy].to_json() if self.strategy in self.settings else None,
            "rules_disagree": self.rules_disagree,
            "pilot": None if self.pilot is None else self.pilot.to_json(),
        }


def advise(
    evidence: Evidence,
    reasons: tuple[Reason, ...] = (),
    *,
    settings: Mapping[StrategyKind, AdvisedSettings] | None = None,
) -> Advice:
    """Return the advice of the first rule of the table that applies.

    Args:
        evidence: What was measured.
        reasons: What was measured, in sentences; the rule's own comes before them, what they come to behind.
        settings: With which each way would be trained.
    """
    figures = evidence.figures
    applying = [rule for rule in rules() if rule.applies(figures)]
    rule = applying[0]
    expected = _expected(evidence, rule)
    head, tuned = expected[StrategyKind.TRANSFER], expected[StrategyKind.FINETUNE]
    answer = of_more_images_or_layers(
        evidence.gain_of_doubling, tuned.accuracy - head.accuracy, tuned.low - head.low, tuned.high - head.high
    )
    return Advice(
        strategy=rule.strategy,
        runner_up=rule.runner_up,
        confidence=_confidence(evidence, applying),
        reasons=(Reason(rule.name, None, rule.text), *reasons, answer),
        expected=expected,
        rule=rule.name,
        source=rule.source,
        rules_disagree=len({voice.strategy for voice in applying[:-1]}) > 1,
        settings=settings or {},
    )


def revise(advice: Advice, pilot: Pilot) -> Advice:
    """Return the advice of the rules after a pilot: it counts more than any rule where it can tell ways apart.

    Args:
        advice: As `advise` returned it, not one that was revised before.
        pilot: What trying the ways out came to.
    """
    verdict = judge(pilot, advised=advice.strategy, runner_up=advice.runner_up)
    reason = Reason(RULE, verdict.value, verdict.text)
    expected = _after_pilot(advice.expected, pilot)
    if verdict.overrules:
        return replace(
            advice,
            strategy=verdict.strategy,
            runner_up=advice.strategy,
            confidence=Confidence.MEDIUM,
            reasons=(reason, *advice.reasons[1:]),
            expected=expected,
            rule=RULE,
            source=SOURCE,
            pilot=pilot,
        )
    confidence = _ONE_MORE[advice.confidence] if verdict.confirms else advice.confidence
    return replace(advice, confidence=confidence, reasons=(*advice.reasons, reason), expected=expected, pilot=pilot)


def _after_pilot(expected: Mapping[StrategyKind, Expectation], pilot: Pilot) -> Mapping[StrategyKind, Expectation]:
    """Return expectations that are not below what a pilot has shown already to lie above the head."""
    head, solved = expected[StrategyKind.TRANSFER], pilot.of(StrategyKind.TRANSFER)
    found = dict(expected)
    for way in pilot.ways:
        if solved is None or way is solved or not (lead := way.lead_over(solved)).is_shown:
            continue
        before = expected[way.kind]
        accuracy = min(1.0, max(before.accuracy, head.accuracy + lead.difference))
        found[way.kind] = replace(
            before,
            accuracy=accuracy,
            low=min(accuracy, max(before.low, head.low + lead.low)),
            high=min(1.0, max(before.high, head.high + lead.difference)),
        )
    return found


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
