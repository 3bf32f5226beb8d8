"""`tlft predict`: lines, tables that hold no formula, bundles, and names that would confuse a terminal."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import CLASSES, Result, World, records, sentence
from image_files import encode, picture, write
from tlft_desktop.core.errors import ExitCode

pytestmark = pytest.mark.slow
Caller = Callable[..., Result]


def test_e10_the_table_of_predictions_holds_no_formula(
    world: World, run: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    formula = write(tmp_path / "=cmd()" / "=1+1.png", encode(picture(1)))
    bad = write(tmp_path / "=cmd()" / "bad.png", b"no image")
    found = records(run("predict", world.project, "=cmd()", "--csv", "out.csv", "--json"))
    assert [line["path"] for line in found] == [str(path.relative_to(tmp_path)) for path in (formula, bad)]
    assert found[0]["class"] in CLASSES
    assert 0 < found[0]["probability"] <= 1
    assert (found[0]["error"], found[1]["class"], found[1]["probability"], found[1]["top"]) == (None, None, None, [])
    assert "not an image" in found[1]["error"]
    data = (tmp_path / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0] == ["path", "class", "probability", "error"]
    assert [row[0] for row in rows[1:]] == [f"'{path.relative_to(tmp_path)}" for path in (formula, bad)]
    assert rows[1][1] == found[0]["class"]


def test_a_bundle_predicts_like_its_run(world: World, run: Caller) -> None:
    name = world.transfer[0]["run"]
    final = world.project / "runs" / name / "final"
    images = [world.images / "red" / "000.png", world.images / "blue"]
    from_bundle = records(run("predict", final, *images, "--json"))
    from_run = records(run("predict", world.project, *images, "--run", name, "--json"))
    assert [line.pop("run") for line in from_run] == [name] * 15
    assert [line.pop("run") for line in from_bundle] == [None] * 15
    assert from_bundle == from_run
    assert len(from_bundle) == 15
    assert run("predict", final, images[0], "--run", name).returncode == ExitCode.USAGE


def test_the_run_that_was_chosen_is_named(world: World, run: Caller) -> None:
    image = world.images / "red" / "000.png"
    runs = records(run("runs", world.project, "--json"))
    best = max(runs, key=lambda line: line["val_accuracy"] or 0.0)
    (line,) = records(run("predict", world.project, image, "--json"))
    assert line["run"] == best["run"]
    (note,) = run("predict", world.project, image).stderr.splitlines()
    assert note.startswith(f"'{best['name']}' ({best['run']}) answers: the best run so far, ")
    for options in (("--run", best["run"]), ("--quiet",), ("--json",)):
        assert run("predict", world.project, image, *options).stderr == ""


def test_a_table_that_is_there_is_not_overwritten(world: World, run: Caller, tmp_path: Path) -> None:
    table = write(tmp_path / "out.csv", b"path,class\n")
    result = run("predict", world.project, world.images / "red" / "000.png", "--csv", table)
    assert result.returncode == ExitCode.USAGE
    assert sentence(result) == f"tlft: '{table}' exists and is not overwritten. Name something new."
    assert (result.stdout, table.read_bytes()) == ("", b"path,class\n")


def test_images_of_which_none_can_be_read_exit_with_3(world: World, run: Caller, tmp_path: Path) -> None:
    result = run("predict", world.project, tmp_path / "nowhere.png")
    assert result.returncode == ExitCode.BAD_INPUT
    assert "nowhere.png: The file is not there" in result.stdout
    assert "1 of 1 image could not be classified." in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="such names do not exist there")
def test_control_characters_in_names_do_not_reach_the_terminal(world: World, run: Caller, tmp_path: Path) -> None:
    write(tmp_path / "evil\033[2J\n\u202egnp.png", b"no image")
    result = run("predict", world.project, tmp_path)
    assert not {"\033", "\u202e"} & set(result.stdout)
    assert len(result.stdout.splitlines()) == 1
