"""`--flip` and `--no-flip`: the answer of a project, those of a training, and the one line where nobody answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from command_line import TUNING, Result, World, records, sentence
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.project.project import open_project, open_project_read_only

pytestmark = pytest.mark.slow
Caller = Callable[..., Result]
LINE = "Images are mirrored (left and right swapped) while training."
SHORT = (*TUNING, "--epochs", 1)


@pytest.fixture
def project(world: World, tmp_path: Path) -> Path:
    """A project that nobody has asked yet."""
    path = world.copy(tmp_path)
    with open_project(path) as opened:
        opened.save(replace(opened.config, flip=None))
    return path


def flips(project: Path) -> list[bool]:
    """Return what the phases of the newest run say."""
    newest = max((project / "runs").iterdir(), key=lambda folder: folder.name)
    strategy = json.loads((newest / "run.json").read_bytes())["strategy"]
    return [phase["flip"] for phase in strategy["phases"]]


def test_that_images_are_mirrored_is_said_in_one_line(project: Path, run: Caller) -> None:
    result = run("train", project, "--strategy", "finetune", "--strategy", "hybrid", *SHORT[2:4], *SHORT[6:])
    assert result.returncode == 0, result.stderr
    (line,) = result.stderr.splitlines()
    assert line.startswith(LINE)
    assert f"data {project} --no-flip" in line
    assert flips(project)[-1]
    as_json = run("train", project, *SHORT, "--json")
    assert records(as_json)[-1]["state"] == "completed"
    assert as_json.stderr.splitlines() == [line]
    assert run("train", project, *SHORT, "--quiet").stderr == ""


@pytest.mark.parametrize("option", ["--flip", "--no-flip"])
def test_who_answered_hears_it_no_more(project: Path, run: Caller, option: str) -> None:
    for arguments in (("train", project, *SHORT, option), ("data", project, option), ("train", project, *SHORT)):
        result = run(*arguments)
        assert (result.returncode, result.stderr) == (0, "")
        assert arguments[0] == "data" or flips(project) == [option == "--flip"]


def test_what_mirrors_nothing_says_nothing(project: Path, run: Caller) -> None:
    for options in (("--strategy", "transfer"), (*SHORT, "--views", 1)):
        result = run("train", project, *options)
        assert (result.returncode, result.stderr) == (0, "")


def test_a_race_says_it_once_and_takes_the_answer(project: Path, run: Caller) -> None:
    options = ("--strategies", "finetune,hybrid", "--budget", 0.2, "--threads", 1)
    told = run("race", project, *options)
    assert told.returncode == 0, told.stderr
    assert told.stderr.count(LINE) == 1
    assert flips(project)[-1]
    assert run("data", project, "--no-flip").returncode == 0
    told = run("race", project, *options)
    assert (told.returncode, told.stderr) == (0, "")
    assert not flips(project)[-1]


def test_a_strategy_is_printed_as_the_project_says(project: Path, run: Caller) -> None:
    def printed(*options: str) -> bool:
        result = run("strategy", project, "finetune", *options)
        assert (result.returncode, result.stderr) == (0, "")
        return bool(json.loads(result.stdout)["phases"][-1]["flip"])

    assert printed()
    assert not printed("--no-flip")
    assert run("data", project, "--no-flip").returncode == 0
    assert not printed()
    assert printed("--flip")


def test_the_answer_is_told_and_changed(project: Path, run: Caller) -> None:
    assert "Mirrored while training: yes, since nobody has said" in run("data", project).stdout
    assert records(run("data", project, "--json"))[-1]["flip"] is None
    assert "Mirrored while training: no.\n" in run("data", project, "--no-flip").stdout
    assert records(run("data", project, "--json"))[-1]["flip"] is False
    before = (project / "project.json").read_bytes()
    assert records(run("data", project, "--no-flip", "--json"))[-1]["flip"] is False
    assert (project / "project.json").read_bytes() == before, "an answer that is there already changes nothing"
    assert "Mirrored while training: yes.\n" in run("data", project, "--flip").stdout


@pytest.mark.parametrize(("options", "answer"), [((), None), (("--flip",), True), (("--no-flip",), False)])
def test_a_new_project_keeps_the_answer(
    world: World, run: Caller, tmp_path: Path, options: tuple[str, ...], answer: bool | None
) -> None:
    made = run("new", tmp_path / "made", "--data", world.images, "--image-size", 32, *options)
    assert made.returncode == 0, made.stderr
    assert open_project_read_only(tmp_path / "made.tlft").config.flip is answer


def test_contradictions_are_refused(project: Path, run: Caller, tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    own.write_text(run("strategy", project, "finetune", "--epochs", "1").stdout, encoding="utf-8")
    for arguments, words in (
        (("data", project, "--flip", "--no-flip"), "not allowed with"),
        (("train", project, "--resume", "last", "--no-flip"), "Leave out --no-flip: a resumed run"),
        (("train", project, "--strategy", own, "--flip"), "Leave out --flip: the strategy file says it"),
        (("race", project, "--resume", "last", "--flip"), "Leave out --flip: an earlier race"),
    ):
        result = run(*arguments)
        assert result.returncode == ExitCode.USAGE, arguments
        assert words in sentence(result)
    result = run("train", project, "--strategy", own, "--threads", 1, "--batch-size", 8)
    assert (result.returncode, result.stderr) == (0, ""), "a strategy of one's own says itself how to train"
