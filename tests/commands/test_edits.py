"""`tlft label`, `exclude` and `split`: what they change, and what leaves everything as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import Result, World, records, sentence
from tlft_desktop.core.errors import ExitCode

Caller = Callable[..., Result]
pytestmark = pytest.mark.slow


def counts(run: Caller, project: Path) -> dict[str, tuple[int, ...]]:
    lines = records(run("data", project, "--json"))
    return {line["class"]: tuple(line[key] for key in ("train", "val", "test", "excluded")) for line in lines[:-1]}


def test_images_are_relabelled_left_out_and_moved(world: World, run: Caller, tmp_path: Path) -> None:
    project = world.copy(tmp_path)
    before = counts(run, project)
    result = run("label", project, "teal", "blue/000.png", world.images / "green" / "001.png")
    assert result.returncode == 0, result.stderr
    assert "2 images got another class." in result.stdout
    assert "'teal' is a new class." in result.stderr
    assert sum(counts(run, project)["teal"]) == 2
    assert run("label", project, "blue", "blue/000.png").returncode == 0
    assert run("label", project, "green", "green/001.png").returncode == 0
    assert counts(run, project) == before
    assert run("exclude", project, "red/000.png", "red/001.png", "--reason", "too dark").returncode == 0
    assert counts(run, project)["red"][3] == 2
    assert "left out: too dark" in run("data", project).stdout
    assert "2 images were taken in again." in run("exclude", project, "red/000.png", "red/001.png", "--undo").stdout
    assert run("split", project, "test", "red/000.png").returncode == 0
    assert counts(run, project)["red"][2] == 1
    assert run("split", project, "test", "red/000.png").stdout.endswith("0 images moved to test.\n")


def test_training_takes_the_edited_images(world: World, run: Caller, tmp_path: Path) -> None:
    project = world.copy(tmp_path)
    assert run("exclude", project, *(f"red/{number:03d}.png" for number in range(14))).returncode == 0
    start, *_ = records(run("train", project, "--strategy", "transfer", "--threads", 1, "--json"))
    assert start["num_classes"] == 3, "a class without used images keeps its output until it is relabelled"
    assert run("label", project, "blue", *(f"red/{number:03d}.png" for number in range(14))).returncode == 0
    assert run("exclude", project, "--undo", *(f"red/{number:03d}.png" for number in range(14))).returncode == 0
    start, *_ = records(run("train", project, "--strategy", "transfer", "--threads", 1, "--json"))
    assert (start["num_classes"], start["num_train"] + start["num_val"]) == (2, 42)


def test_what_cannot_be_used_is_a_sentence_and_changes_nothing(world: World, run: Caller, tmp_path: Path) -> None:
    project = world.copy(tmp_path)
    for arguments, code, text in (
        (("label", project, "red", "nowhere.png"), ExitCode.BAD_INPUT, "'nowhere.png' is no image of this project"),
        (("label", project, "red", "blue/000.png", "a", "b", "c", "d"), ExitCode.BAD_INPUT, "and 1 more"),
        (("label", project, " ", "blue/000.png"), ExitCode.BAD_INPUT, "cannot be empty"),
        (("label", project, "a\nb", "blue/000.png"), ExitCode.BAD_INPUT, "nobody sees"),
        (("exclude", project, "../images/blue"), ExitCode.BAD_INPUT, "nothing was changed"),
        (("exclude", project, "--undo", "--reason", "x", "blue/000.png"), ExitCode.USAGE, "--reason has no meaning"),
        (("split", project, "later", "blue/000.png"), ExitCode.USAGE, "invalid choice"),
        (("split", project, "val"), ExitCode.USAGE, "required"),
        (("split", tmp_path, "val", "blue/000.png"), ExitCode.BAD_INPUT, "is not a project"),
    ):
        result = run(*arguments)
        assert result.returncode == code, (arguments, result.stderr)
        assert text in sentence(result), arguments
    assert not (project / "edits.jsonl").exists()


def test_a_damaged_list_of_edits_is_told(world: World, run: Caller, tmp_path: Path) -> None:
    project = world.copy(tmp_path)
    (project / "edits.jsonl").write_bytes(b"{}\n{}\n")
    assert "is damaged" in run("data", project).stdout
    result = run("exclude", project, "red/000.png")
    assert result.returncode == 0
    assert "is damaged" in result.stderr
    assert list(project.glob("edits.damaged-*.jsonl"))
    assert "is damaged" not in run("data", project).stdout
