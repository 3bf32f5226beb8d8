"""`tlft explain`: paragraphs and lines, several networks, pictures, and what cannot be asked."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from command_line import Result, World, records, sentence
from image_files import encode, picture, write
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.manifest import Split

Caller = Callable[..., Result]
pytestmark = pytest.mark.slow

KEYS = {
    *("image", "run", "name", "state", "answer", "class", "probability", "stage", "places", "centre", "border"),
    *(
        "half_area",
        "agreement",
        "largest_drop",
        "head_shuffled",
        "last_stage_shuffled",
        "remark",
        "learned",
        "error",
        "file",
    ),
}


def test_the_best_run_tells_where_it_looks(world: World, run: Caller) -> None:
    result = run("explain", world.project, "red/000.png", "--stage", "blocks.2", "--run", world.both[0])
    assert result.returncode == 0, result.stderr
    image, answer, *said = result.stdout.splitlines()
    assert image.endswith("red/000.png', labelled 'red' (train)") or image.endswith("labelled 'red' (val)")
    assert answer.startswith("'transfer 1' answers '")
    if image.endswith("(train)"):
        assert "has learned this image" in said.pop(0)
    what, place, *_ = said
    assert " at blocks.2, 4 x 4 places:" in what
    assert "% of the heat in the centre (25 % of the area)" in place


def test_an_image_that_the_run_has_learned_is_told_whatever_its_name(world: World, run: Caller, tmp_path: Path) -> None:
    manifest = open_project_read_only(world.project).edited_manifest
    for split in (Split.TRAIN, Split.VAL):
        path = manifest.used(split)[0].path
        said = run("explain", world.project, path, "--run", world.both[0]).stdout
        assert ("The run has learned this image" in said) is (split is Split.TRAIN)
        copy = shutil.copyfile(world.images / path, tmp_path / f"{split}.png")
        (line,) = records(run("explain", world.project, copy, "--run", world.both[0], "--json"))
        assert line["learned"] is (split is Split.TRAIN)


def test_two_runs_their_last_states_the_checks_and_the_pictures(world: World, run: Caller, tmp_path: Path) -> None:
    first, second = world.both
    image, folder = world.images / "green" / "001.png", tmp_path / "heat"
    options = ("--stage", "blocks.2", "--class", "green", "--last", "--occlusion", "--sanity", "--output", folder)
    lines = records(run("explain", world.project, image, "--run", first, "--run", second, *options, "--json"))
    networks = [line for line in lines if "overlap" not in line]
    differences = [line for line in lines if "overlap" in line]
    assert all(set(line) == KEYS for line in networks)
    assert [(line["run"], line["state"]) for line in networks] == [
        *((first, "best"), (first, "last")),
        *((second, "best"), (second, "last")),
    ]
    for line in networks:
        assert (line["class"], line["places"], line["error"]) == ("green", [4, 4], None)
        assert 0 <= line["probability"] <= 1
        assert line["agreement"] is None or -1 <= line["agreement"] <= 1
        assert -1 <= line["largest_drop"] <= 1
    assert [(line["a"], line["a_state"], line["b"], line["b_state"]) for line in differences] == [
        *((first, "best", first, "last"), (first, "best", second, "best")),
        (first, "best", second, "last"),
    ]
    # The head is solved exactly: what was best is what came last.
    assert differences[0]["overlap"] == pytest.approx(1, abs=1e-6)
    files = {path.name for path in folder.iterdir()}
    named = {line["file"] for line in lines if line["file"]}
    assert named <= files
    assert files - named == {line["file"].replace(".png", "-occlusion.png") for line in networks}
    for path in folder.iterdir():
        with Image.open(path) as shown:
            assert min(shown.size) == 512
            assert shown.width / shown.height == pytest.approx(48 / 40, abs=0.01)


def test_what_cannot_be_asked_is_a_sentence(world: World, run: Caller, tmp_path: Path) -> None:
    bad = write(tmp_path / "bad.png", encode(picture(1))[:200])
    for arguments, code, text in (
        (("red/000.png", "--class", "violet"), ExitCode.BAD_INPUT, "has no class 'violet'"),
        (("red/000.png", "--stage", "blocks.6"), ExitCode.BAD_INPUT, "'blocks.6' has no spatial extent"),
        (("red/000.png", "--stage", "nowhere"), ExitCode.BAD_INPUT, "has no layer 'nowhere'"),
        ((bad,), ExitCode.BAD_INPUT, "damaged"),
        (("000.png",), ExitCode.BAD_INPUT, "means 3 images of the project"),
        (("nowhere.png",), ExitCode.BAD_INPUT, "neither a file nor an image"),
        (("x" * 5000,), ExitCode.BAD_INPUT, ""),
        (("red/000.png", "--run", "nobody"), ExitCode.BAD_INPUT, "There is no run 'nobody'"),
        (("red/000.png", "--output", tmp_path), ExitCode.USAGE, "exists and is not overwritten"),
        (("red/000.png", "--output", tmp_path / "no" / "where"), ExitCode.BAD_INPUT, "There is no folder"),
    ):
        result = run("explain", world.project, *arguments)
        assert result.returncode == code, result.stdout
        assert text in sentence(result)


def test_a_run_without_a_network_does_not_hide_the_others(world: World, run: Caller, tmp_path: Path) -> None:
    project = world.copy(tmp_path)
    first, second = world.both
    gone = RunStore(project).folder(first)
    shutil.rmtree(gone / "final")
    shutil.rmtree(gone / "checkpoints")
    options = ("red/000.png", "--stage", "blocks.2", "--json")
    bad, good = records(run("explain", project, *options, "--run", first, "--run", second))
    assert (bad["run"], set(bad)) == (first, {"image", "run", "name", "state", "error"})
    assert "no trained network yet" in bad["error"]
    assert (good["run"], good["error"]) == (second, None)
    alone = run("explain", project, *options, "--run", first)
    assert alone.returncode == ExitCode.BAD_INPUT
    assert "no trained network yet" in sentence(alone)


def test_pictures_that_cannot_be_written_leave_nothing(
    world: World, run: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tlft_desktop.core.errors import StorageError
    from tlft_desktop.core.fsio import folders

    def refuse(path: Path, data: bytes) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(folders, "write_bytes", refuse)
    result = run("explain", world.project, "red/000.png", "--stage", "blocks.2", "--output", tmp_path / "heat")
    assert result.returncode == ExitCode.OUT_OF_RESOURCE
    assert "The disk is full." in result.stderr
    assert list(tmp_path.glob("*heat*")) == []
