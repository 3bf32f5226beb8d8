"""`tlft heat`: tables and lines, the proposal that is printed or applied, and what is no question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import Result, World, records
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.runs.store import HEAT_FILE, RunStore

Caller = Callable[..., Result]
pytestmark = pytest.mark.slow


def tuned(project: Path) -> str:
    """Return the fine-tuning run."""
    return next(run.run for run in RunStore(project).summaries() if run.strategy == "finetune")


def solved(project: Path) -> str:
    """Return the transfer run."""
    return next(run.run for run in RunStore(project).summaries() if run.strategy == "transfer")


def test_a_table_of_stages_and_one_of_layers(world: World, run: Caller) -> None:
    result = run("heat", world.project, tuned(world.project))
    assert result.returncode == 0, result.stderr
    title, header, _, *rows = result.stdout.splitlines()
    assert title.startswith("fine-tuning 2, epoch ")
    assert header.split() == ["stage", "gradient", "change", "drift"]
    assert [row.split()[0] for row in rows][0:9:8] == ["stem", "head"]
    assert rows[8].split()[2:] == ["-", "-"]
    assert "validation images" in rows[9]
    layers = run("heat", world.project, tuned(world.project), "--layers").stdout.splitlines()
    assert layers[3].split()[0] == "conv_stem"
    assert layers[-1].split()[0] == "classifier"


def test_lines_for_programs(world: World, run: Caller) -> None:
    lines = records(run("heat", world.project, tuned(world.project), "--epoch", 1, "--json"))
    stages = [line for line in lines if "path" not in line]
    assert set(stages[0]) == {"stage", "epoch", "gradient", "change", "drift"}
    nodes = {line["path"]: line for line in lines if "path" in line}
    assert set(nodes[""]) == {"path", "stage", "epoch", "gradient", "change"}
    assert nodes["conv_stem"]["gradient"] > 0
    assert nodes["classifier"]["change"] is None
    assert {line["epoch"] for line in lines} == {1}


def test_a_proposal_changes_nothing_before_it_is_applied(world: World, run: Caller, tmp_path: Path) -> None:
    project = world.copy(tmp_path)
    assert run("freeze", project, "--preset", "transfer").returncode == 0
    before = open_project_read_only(project).config.plan
    said = run("heat", project, tuned(project), "--propose")
    assert said.returncode == 0, said.stderr
    assert "Straining, so train: " in said.stdout
    assert "That would thaw " in said.stdout
    assert open_project_read_only(project).config.plan == before
    *_, line = records(run("heat", project, tuned(project), "--propose", "--json"))
    assert line["applied"] is False
    assert set(line["proposal"]) == {"straining", "still", "unmeasured", "strain", "thawed", "frozen", "plan"}
    applied = run("heat", project, tuned(project), "--apply")
    assert applied.returncode == 0, applied.stderr
    assert "parameters train" in applied.stdout
    plan = open_project_read_only(project).config.plan
    assert plan.to_json() == line["proposal"]["plan"]
    assert plan != before
    assert "like that already" in run("heat", project, tuned(project), "--propose").stdout


def test_before_anything_is_trained(world: World, run: Caller) -> None:
    result = run("heat", world.project, "--before", "--propose")
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("Before training:")
    assert "Straining, so train: " in result.stdout


def test_what_cannot_be_told_is_a_sentence(world: World, run: Caller, tmp_path: Path) -> None:
    project = world.copy(tmp_path)
    for arguments, code, text in (
        ((solved(project),), ExitCode.BAD_INPUT, "its head was solved exactly"),
        ((tuned(project), "--epoch", 99), ExitCode.BAD_INPUT, "The heat of epoch 99 is not known"),
        (("nowhere",), ExitCode.BAD_INPUT, "There is no run 'nowhere'"),
        (("--before", "--epoch", 1), ExitCode.USAGE, "no meaning with --before"),
        ((tuned(project), "--epoch", 0), ExitCode.USAGE, "0"),
    ):
        result = run("heat", project, *arguments)
        assert result.returncode == code, result.stdout
        assert text in result.stderr
        assert result.stdout == ""
    (RunStore(project).folder(tuned(project)) / HEAT_FILE).write_bytes(b"\xff" * 100)
    result = run("heat", project, tuned(project))
    assert result.returncode == ExitCode.BAD_INPUT
    assert "earlier version of this program, or its file is damaged" in result.stderr
