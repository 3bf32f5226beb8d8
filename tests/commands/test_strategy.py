"""`tlft strategy`: what a training would do, as a file that can be changed and trained by."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from command_line import Result, World, records, sentence
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.freezing.presets import train_from
from tlft_desktop.core.project.project import open_project
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import Strategy, StrategyKind
from tlft_desktop.core.values.thaw import ThawSchedule
from tlft_desktop.core.workflows.networks import layer_tree_of

pytestmark = pytest.mark.slow
Caller = Callable[..., Result]


@pytest.fixture
def project(world: World, tmp_path: Path) -> Path:
    """A project whose stem and first stages are frozen and whose last ones thaw one after the other."""
    path = world.copy(tmp_path)
    with open_project(path) as opened:
        plan = train_from(layer_tree_of(opened), FreezePlan(), "blocks.5")
        thaw = ThawSchedule((("blocks.6", 1), ("blocks.5", 2)))
        opened.save(replace(opened.config, plan=plan, thaw=thaw))
    return path


def printed(result: Result) -> dict[str, Any]:
    assert result.returncode == 0, result.stderr
    data: dict[str, Any] = json.loads(result.stdout)
    return data


@pytest.mark.parametrize("kind", list(StrategyKind))
def test_every_strategy_is_printed_as_a_file_that_can_be_read(world: World, run: Caller, kind: StrategyKind) -> None:
    result = run("strategy", world.project, kind.value)
    assert Strategy.from_json(printed(result)).kind is kind
    assert result.stdout.count("\n") > 20, "one setting a line"


def test_a_custom_strategy_thaws_as_the_project_says(project: Path, run: Caller) -> None:
    phases = printed(run("strategy", project, "custom", "--epochs", 4, "--lr", 0.001))["phases"]
    assert [phase["name"] for phase in phases] == ["thaw head", "thaw blocks.6", "thaw blocks.5"]
    assert [(phase["epochs"], phase["continues"]) for phase in phases] == [(1, False), (1, True), (2, True)]
    assert {phase["learning_rate"] for phase in phases} == {0.001}


def test_the_file_trains_what_the_project_would(project: Path, world: World, run: Caller, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(run("strategy", project, "custom", "--epochs", 3).stdout, encoding="utf-8")
    same = ("--batch-size", 8, "--threads", 1, "--numeric", "reference", "--json")
    first = records(run("train", project, "--strategy", "custom", "--epochs", 3, *same))
    second = records(run("train", project, "--strategy", path, *same))
    names = [line["phase"] for line in first if line["event"] == "phase_start"]
    assert names == ["thaw head", "thaw blocks.6", "thaw blocks.5"]
    assert not [line for line in first if line["event"] == "gate"]
    assert first[-1]["frozen_proof"] == "verified"
    metrics = [(project / "runs" / lines[0]["run"] / "metrics.jsonl").read_bytes() for lines in (first, second)]
    assert metrics[0] == metrics[1]


def test_a_stage_that_would_thaw_behind_the_end_is_named(project: Path, run: Caller) -> None:
    for command in (("strategy", project, "custom"), ("train", project, "--strategy", "custom")):
        result = run(*command, "--epochs", 2)
        assert result.returncode == ExitCode.BAD_INPUT
        assert "Stage 'blocks.5' is to thaw after 2 epochs, but only 2 are trained" in sentence(result)


@pytest.mark.parametrize("arguments", [(), ("other",), ("custom", "--target", "0.5"), ("transfer", "--lr", "0.1")])
def test_what_cannot_be_meant_is_refused(world: World, run: Caller, arguments: tuple[str, ...]) -> None:
    result = run("strategy", world.project, *arguments)
    assert result.returncode == ExitCode.USAGE
    assert sentence(result)


def test_stages_thaw_as_the_command_line_says(project: Path, run: Caller) -> None:
    told = run("freeze", project, "--thaw", "blocks.5=4", "--thaw", "blocks.6=0", "--thaw", "stem=9").stdout
    assert "Stages that thaw later, in epochs: blocks.5 after 4." in told
    assert "! The plan freezes stem: a thaw has no effect there" in told
    phases = printed(run("strategy", project, "custom"))["phases"]
    assert [phase["name"] for phase in phases] == ["thaw blocks.6, head", "thaw blocks.5"]
    assert "blocks.5 after 4, stem after 9." in run("freeze", project, "--preset", "finetune").stdout
    assert "thaw" not in run("freeze", project, "--thaw", "none").stdout
    assert [phase["name"] for phase in printed(run("strategy", project, "custom"))["phases"]] == ["custom"]


def test_a_plan_that_stays_as_it_was_is_told(project: Path, run: Caller) -> None:
    for options in (("--match", "blocks.5"), ("--thaw", "stem=9"), ("--save", "mine"), ("--preset", "finetune")):
        first, again = (run("freeze", project, *options) for _ in range(2))
        assert (first.returncode, again.returncode) == (0, 0)
        assert again.stdout == "Nothing changed: the project had this plan already.\n" + first.stdout


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("other=3", "no stage 'other'"),
        ("stem", "STAGE=N"),
        ("=3", "STAGE=N"),
        ("stem=", "whole number"),
        ("stem=-1", "whole number"),
        ("stem=1.5", "whole number"),
        ("stem=99999999", "whole number"),
        ("", "STAGE=N"),
    ],
)
def test_impossible_thaws_are_refused(project: Path, run: Caller, value: str, said: str) -> None:
    before = (project / "project.json").read_bytes()
    result = run("freeze", project, "--thaw", value)
    assert result.returncode == ExitCode.USAGE
    assert said in result.stderr
    assert (project / "project.json").read_bytes() == before
