"""How good earlier advices were: what was expected against what runs reached afterwards."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Any

from tlft_desktop.core.advice.advisor import Advice, Expectation
from tlft_desktop.core.values.strategy import StrategyKind

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What must be equal for a run to tell something about an advice.

    Attributes:
        manifest: Digest of the images.
        backbone: Catalogue name.
        image_size: In pixels.
    """

    manifest: str
    backbone: str
    image_size: int


@dataclass(frozen=True, slots=True)
class LoggedAdvice:
    """An advice that was shown.

    Attributes:
        time: When.
        circumstances: For what.
        strategy: What it recommended.
        rule: What decided.
        expected: Accuracy with its limits, and seconds, of each way.
        epochs: At most of the last phase of each way; None for a head that is solved.
        is_piloted: Whether the ways had been tried out.
    """

    time: datetime
    circumstances: Circumstances
    strategy: StrategyKind
    rule: str
    expected: Mapping[StrategyKind, Expectation]
    epochs: Mapping[StrategyKind, int | None] = field(default_factory=dict)
    is_piloted: bool = False

    @classmethod
    def of(cls, advice: Advice, circumstances: Circumstances, time: datetime) -> LoggedAdvice:
        """Return what is logged of an advice."""
        return cls(
            time=time,
            circumstances=circumstances,
            strategy=advice.strategy,
            rule=advice.rule,
            expected=advice.expected,
            epochs={kind: settings.epochs for kind, settings in advice.settings.items()},
            is_piloted=advice.pilot is not None,
        )

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return {
            "schema": 1,
            "time": self.time.isoformat(timespec="milliseconds"),
            "manifest": self.circumstances.manifest,
            "backbone": self.circumstances.backbone,
            "image_size": self.circumstances.image_size,
            "strategy": self.strategy.value,
            "rule": self.rule,
            "expected": {kind.value: item.to_json() for kind, item in self.expected.items()},
            "epochs": {kind.value: epochs for kind, epochs in self.epochs.items()},
            "piloted": self.is_piloted,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> LoggedAdvice:
        """Read what `to_json` wrote.

        Raises:
            KeyError, TypeError, ValueError: If it is not that.
        """
        if data["schema"] != 1:
            raise ValueError("an advice of another version")
        time = datetime.fromisoformat(_text(data["time"]))
        if time.tzinfo is None:
            raise ValueError("a time without its zone")
        return cls(
            time=time,
            circumstances=Circumstances(_text(data["manifest"]), _text(data["backbone"]), _whole(data["image_size"])),
            strategy=StrategyKind(data["strategy"]),
            rule=_text(data["rule"]),
            expected={StrategyKind(kind): _expectation(item) for kind, item in dict(data["expected"]).items()},
            epochs={
                StrategyKind(kind): None if value is None else _whole(value)
                for kind, value in dict(data["epochs"]).items()
            },
            is_piloted=data["piloted"] is True,
        )


@dataclass(frozen=True, slots=True)
class TriedRun:
    """A run that was trained to its end.

    Attributes:
        run: Its identifier.
        kind: Which way.
        started: When.
        circumstances: With what.
        accuracy: Of the validation images.
        seconds: That it took.
        epochs: At most of its last phase; None for a head that is solved.
    """

    run: str
    kind: StrategyKind
    started: datetime
    circumstances: Circumstances
    accuracy: float
    seconds: float
    epochs: int | None


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """The score of earlier advices.

    Attributes:
        num_advices: That can be read.
        num_damaged: Lines of the log that cannot.
        num_compared: Advices after which the advised way and another one were trained.
        num_best: Of these, how many named the best way, as far as the validation images can tell.
        num_expected: Accuracies that were expected and measured.
        num_inside: Of these, how many lay inside the expected interval.
        time_factor: Median factor between expected and measured time, 1 or more; None where none was measured.
    """

    num_advices: int = 0
    num_damaged: int = 0
    num_compared: int = 0
    num_best: int = 0
    num_expected: int = 0
    num_inside: int = 0
    time_factor: float | None = None

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return {
            "advices": self.num_advices,
            "damaged_lines": self.num_damaged,
            "compared": self.num_compared,
            "best": self.num_best,
            "expected": self.num_expected,
            "inside": self.num_inside,
            "time_factor": None if self.time_factor is None else round(self.time_factor, 3),
        }

    def in_words(self) -> str:
        """Return sentences; empty where no advice was followed by a run."""
        said = []
        if self.num_compared:
            said.append(
                f"Earlier advices of this project named the best of the strategies that were then trained "
                f"{self.num_best} of {self.num_compared} times, as far as the validation images can tell."
            )
        if self.num_expected:
            said.append(
                f"The accuracy lay inside the expected interval {self.num_inside} of {self.num_expected} times."
            )
        if self.time_factor is not None:
            said.append(f"The expected time was off by a factor of {self.time_factor:.1f} (median).")
        return " ".join(said)


Beaten = Callable[[TriedRun, TriedRun], bool | None]


def trials(advices: Sequence[LoggedAdvice], runs: Sequence[TriedRun]) -> list[dict[StrategyKind, TriedRun]]:
    """Return for each advice the first run of each way that followed it with the same images and network.

    A run counts for the last advice before it only, and not where it had fewer epochs than were advised: it could not
    reach what was expected.
    """
    found: list[dict[StrategyKind, TriedRun]] = [{} for _ in advices]
    for run in sorted(runs, key=lambda item: (item.started, item.run)):
        before = [
            place
            for place, advice in enumerate(advices)
            if advice.circumstances == run.circumstances and advice.time <= run.started
        ]
        if not before:
            continue
        place = max(before, key=lambda number: (advices[number].time, number))
        wanted = advices[place].epochs.get(run.kind)
        if run.kind in advices[place].expected and (wanted is None or (run.epochs or 0) >= wanted):
            found[place].setdefault(run.kind, run)
    return found


def score(
    advices: Sequence[LoggedAdvice], runs: Sequence[TriedRun], is_beaten: Beaten, *, num_damaged: int = 0
) -> TrackRecord:
    """Return how good advices were.

    Args:
        advices: That were shown.
        runs: That were trained to their end.
        is_beaten: Tells whether a first run is worse than a second one by more than chance makes; None where the two
            cannot be compared.
        num_damaged: Lines of the log that cannot be read.
    """
    compared = best = expected = inside = 0
    factors = []
    for advice, tried in zip(advices, trials(advices, runs), strict=True):
        own = tried.get(advice.strategy)
        others = [run for run in tried.values() if run is not own] if own is not None else []
        verdicts = [is_beaten(own, other) for other in others if own is not None]
        if any(verdict is not None for verdict in verdicts):
            compared += 1
            best += not any(verdicts)
        for kind, run in tried.items():
            hoped = advice.expected[kind]
            expected += 1
            inside += hoped.low <= run.accuracy <= hoped.high
            if hoped.seconds and run.seconds > 0:
                factors.append(max(run.seconds / hoped.seconds, hoped.seconds / run.seconds))
    return TrackRecord(
        num_advices=len(advices),
        num_damaged=num_damaged,
        num_compared=compared,
        num_best=best,
        num_expected=expected,
        num_inside=inside,
        time_factor=median(factors) if factors else None,
    )


def _expectation(data: Mapping[str, Any]) -> Expectation:
    seconds, memory = data["seconds"], data["memory_bytes"]
    return Expectation(
        accuracy=_number(data["accuracy"], most=1.0),
        low=_number(data["low"], most=1.0),
        high=_number(data["high"], most=1.0),
        seconds=None if seconds is None else _number(seconds),
        memory=None if memory is None else _whole(memory),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise ValueError("no short text")
    return value


def _whole(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**53:
        raise ValueError("no whole number")
    return value


def _number(value: Any, *, most: float = math.inf) -> float:
    if type(value) not in (int, float) or not 0 <= value <= most or math.isinf(value):
        raise ValueError("no number in its range")
    return float(value)
