"""`tlft blend`: the line between two runs, images from elsewhere, a bundle of one blend, and what cannot be blended."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import torch

import pytest

from command_line import Result, World, records, sentence
from image_files import write
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.workflows.blending import blend_ends
from tlft_desktop.core.workflows.bundle import read_bundle

Caller = Callable[..., Result]
pytestmark = pytest.mark.slow

KEYS = {
    *("base", "run", "alpha", "accuracy", "low", "high", "elsewhere_accuracy", "elsewhere_low", "elsewhere_high"),
}


def elsewhere(world: World, folder: Path) -> Path:
    """Return a folder with three readable images of two of the classes, one that is damaged, and one of no class."""
    for label, number in (("red", 0), ("red", 1), ("blue", 2)):
        path = folder / label / f"{number}.png"
        write(path, (world.images / label / f"{number:03d}.png").read_bytes())
    write(folder / "blue" / "bad.png", b"no image")
    write(folder / "violet" / "0.png", (world.images / "red" / "000.png").read_bytes())
    return folder


def test_the_ends_are_as_good_as_the_runs_themselves(world: World, run: Caller, tmp_path: Path) -> None:
    first, second = world.both
    result = run("blend", world.project, second, "--steps", 2, "--images", elsewhere(world, tmp_path / "far"), "--json")
    lines = records(result)
    assert "1 image from elsewhere could not be read" in result.stderr
    assert [line["alpha"] for line in lines] == [0, 0.5, 1]
    known = {row.run: row.val_accuracy for row in RunStore(world.project).summaries()}
    assert (lines[0]["accuracy"], lines[2]["accuracy"]) == pytest.approx((known[first], known[second]))
    for line in lines:
        assert set(line) == KEYS
        assert (line["base"], line["run"]) == (first, second)
        assert 0 <= line["low"] <= line["accuracy"] <= line["high"] <= 1
        assert round(3 * line["elsewhere_accuracy"], 6) in (0, 1, 2, 3)


def test_a_table_for_people_and_one_blend_for_others(world: World, run: Caller, tmp_path: Path) -> None:
    first, second = world.both
    result = run("blend", world.project, second, "--alpha", 0.25, "--output", tmp_path / "blend")
    assert result.returncode == 0, result.stderr
    header, _, *rows, told = result.stdout.splitlines()
    assert header.split() == ["share", "validation", "95", "%"]
    assert [row.split()[0] for row in rows] == ["0.00", "0.25", "1.00"]
    assert "'transfer 1'" in rows[0]
    assert "'fine-tuning 2'" in rows[2]
    assert sum(row.endswith("best") for row in rows) == 1
    assert "more validation images" in told
    assert "'transfer 1'" in told or "'fine-tuning 2'" in told
    written = read_bundle(tmp_path / "blend")
    ends = blend_ends(open_project_read_only(world.project), second)
    assert ends.base == first
    middle = 0.75 * ends.first.state["classifier.weight"] + 0.25 * ends.second.state["classifier.weight"]
    torch.testing.assert_close(written.state["classifier.weight"], middle)
    card = (tmp_path / "blend" / "README.md").read_text(encoding="utf-8")
    assert f"25 % of this run and 75 % of run `{first}`" in card


def test_what_cannot_be_blended_is_a_sentence(world: World, run: Caller, tmp_path: Path) -> None:
    first, second = world.both
    (tmp_path / "empty").mkdir()
    for arguments, code, text in (
        ((first,), ExitCode.BAD_INPUT, "trained nothing but its head"),
        ((first, "--from", first), ExitCode.BAD_INPUT, "cannot be blended with itself"),
        ((second, "--from", second), ExitCode.BAD_INPUT, "is not the pretrained network of"),
        (("nobody",), ExitCode.BAD_INPUT, "There is no run 'nobody'"),
        ((second, "--images", tmp_path / "empty"), ExitCode.BAD_INPUT, "holds no image of the classes"),
        ((second, "--output", tmp_path / "new"), ExitCode.USAGE, "--output writes the blend at --alpha"),
        ((second, "--alpha", 0.5, "--output", tmp_path / "empty"), ExitCode.USAGE, "exists and is not overwritten"),
        ((second, "--alpha", 0.5, "--output", tmp_path / "no" / "where"), ExitCode.BAD_INPUT, "There is no folder"),
        ((second, "--alpha", 2), ExitCode.USAGE, "from 0 to 1"),
        ((second, "--alpha", 0.5, "--steps", 3), ExitCode.USAGE, "not allowed with"),
    ):
        result = run("blend", world.project, *arguments)
        assert result.returncode == code, result.stdout
        assert text in sentence(result)
    alone = world.copy(tmp_path)
    shutil.rmtree(RunStore(alone).folder(first))
    result = run("blend", alone, second)
    assert result.returncode == ExitCode.BAD_INPUT
    assert "There is no transfer run of timm:tf_efficientnet_lite0" in sentence(result)
