"""`tlft advise`: when strategies are tried out, what is shown of it, and what stays when it is stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from command_line import Result, World, records
from tlft_desktop.commands import advise as command
from tlft_desktop.core.advice.advisor import Advice, advise
from tlft_desktop.core.advice.depth_curve import DepthCurve, DepthPlace, DepthPoint
from tlft_desktop.core.advice.evidence import Evidence
from tlft_desktop.core.advice.pilot import Pilot, PilotWay
from tlft_desktop.core.advice.settings import AdvisedSettings
from tlft_desktop.core.errors import StoppedError
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.advising import AdviceFound

Caller = Callable[..., Result]
EVIDENCE = Evidence(
    num_train=600, num_val=200, num_classes=10, images_per_class=60, probe=(0.80, 0.77, 0.83), knn_accuracy=0.7,
    best_accuracy=0.8, head_accuracy=0.8, loses=False, detectable=0.06, shift=(0.1, 0.1, 0.1), entropy=3.0,
    near_misses=0.0, gain_of_doubling=0.02,
)  # fmt: skip
CURVE = DepthCurve(
    (DepthPoint(DepthPlace("", 1, 1.0), 0.8, 0.7, 0.9, 0.7, 0.1),), best=0, knee=0, num_images=600, loses=False
)


class Measured:
    """Stands in for the measurements: an advice at once, and a pilot in which the head leads."""

    def __init__(self, advice: Advice) -> None:
        self.found = AdviceFound(advice, EVIDENCE, CURVE, {"log_evidence": 1.0})
        self.tried: list[float] = []
        self.stops = False

    def advice_for(self, *_args: object, **_options: object) -> Iterator[Any]:
        yield ProbeProgress("pass", 1, 1)
        yield from self.found.advice.reasons[1:]
        yield self.found

    def run_pilot(self, *_args: object, seconds: float, **_options: object) -> Iterator[Any]:
        self.tried.append(seconds)
        yield ProbeProgress("pilot", 1, 2)
        if self.stops:
            raise StoppedError("Stopped on request.")
        hits = {StrategyKind.TRANSFER: 90, StrategyKind.FINETUNE: 60}
        ways = (
            PilotWay(kind, tuple(number < right for number in range(100)), 4, 2.0, 0.0, is_finished=False)
            for kind, right in hits.items()
        )
        yield Pilot(tuple(ways), 230, 100, 0.7)


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> Measured:
    settings = {kind: AdvisedSettings() for kind in StrategyKind}
    made = Measured(advise(EVIDENCE, settings=settings))
    monkeypatch.setattr(command, "advice_for", made.advice_for)
    monkeypatch.setattr(command, "run_pilot", made.run_pilot)
    return made


def disagreeing(measured: Measured) -> None:
    """Let rules disagree."""
    measured.found = replace(measured.found, advice=replace(measured.found.advice, rules_disagree=True))


def test_strategies_are_tried_out_where_rules_disagree_and_on_request(
    measured: Measured, world: World, run: Caller
) -> None:
    run("advise", world.project)
    assert measured.tried == []
    run("advise", world.project, "--pilot")
    run("advise", world.project, "--pilot", "12.5")
    assert measured.tried == [60.0, 12.5]
    disagreeing(measured)
    run("advise", world.project)
    assert measured.tried[2:] == [60.0]
    run("advise", world.project, "--no-pilot")
    assert len(measured.tried) == 3


def test_what_was_tried_out_is_shown_and_counts(measured: Measured, world: World, run: Caller) -> None:
    shown = run("advise", world.project, "--pilot").stdout
    assert "Advice: transfer learning (confidence: medium)." in shown
    assert "counts more than any rule" in " ".join(shown.split())
    assert "Its settings: " in shown
    header = next(line for line in shown.splitlines() if line.startswith("tried out"))
    assert header.split() == ["tried", "out", "accuracy", "expected", "epochs", "points", "an", "epoch", "time"]
    assert any(line.startswith("hybrid ") and line.endswith("no time") for line in shown.splitlines())
    *_, advice = records(run("advise", world.project, "--pilot", "--json"))
    assert (advice["strategy"], advice["rule"], advice["runner_up"]) == ("transfer", "pilot", "finetune")
    assert [way["strategy"] for way in advice["pilot"]["ways"]] == ["transfer", "finetune"]
    assert set(advice["settings"]) >= {"learning_rate", "epochs", "augmentation"}


def test_a_stopped_trial_leaves_the_advice_of_the_rules(measured: Measured, world: World, run: Caller) -> None:
    measured.stops = True
    result = run("advise", world.project, "--pilot")
    assert result.returncode == 4
    assert "Advice: fine-tuning" in result.stdout


@pytest.mark.parametrize("value", ["0", "-3", "nan", "inf", "soon", "1e400"])
def test_impossible_times_are_wrong_usage(world: World, run: Caller, value: str) -> None:
    result = run("advise", world.project, f"--pilot={value}")
    assert result.returncode == 2
    assert "must be a number above 0" in result.stderr


def test_trying_and_not_trying_exclude_each_other(world: World, run: Caller) -> None:
    assert run("advise", world.project, "--pilot", "--no-pilot").returncode == 2


def test_what_was_advised_is_noted_and_scored(measured: Measured, world: World, run: Caller) -> None:
    log = world.project / "advice.jsonl"
    before = len(log.read_text().splitlines()) if log.exists() else 0
    run("advise", world.project)
    assert len(log.read_text().splitlines()) == before + 1
    [record] = records(run("advise", world.project, "--score", "--json"))
    assert set(record) >= {"advices", "compared", "best", "expected", "inside", "time_factor", "damaged_lines"}
    assert record["advices"] == before + 1
    assert run("advise", world.project, "--score").stdout.strip()
    assert len(log.read_text().splitlines()) == before + 1, "looking at the score changes nothing"
    with log.open("a") as file:
        file.write("what is this\n")
    assert "cannot be read and are left out: 1." in run("advise", world.project, "--score").stderr


def test_a_score_and_a_trial_exclude_each_other(world: World, run: Caller) -> None:
    assert run("advise", world.project, "--score", "--pilot").returncode == 2
