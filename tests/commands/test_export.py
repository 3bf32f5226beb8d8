"""`tlft export`: what it says, and that `tlft predict` takes what it made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import Result, World, records, sentence
from tlft_desktop.core.errors import ExitCode

pytestmark = pytest.mark.slow
Caller = Callable[..., Result]


@pytest.mark.parametrize(("form", "name"), [("bundle", "net"), ("safetensors", "net.safetensors")])
def test_predict_takes_what_was_exported(world: World, run: Caller, tmp_path: Path, form: str, name: str) -> None:
    exported = run("export", world.project, "transfer 1", "--format", form, "--output", tmp_path / name)
    assert exported.returncode == ExitCode.DONE, exported.stderr
    first, second = exported.stdout.splitlines()
    assert first.startswith(f"'{tmp_path / name}' (")
    assert "validation images" in second
    images = world.images / "green"
    expected = records(run("predict", world.project, images, "--run", "transfer 1", "--json"))
    answers = records(run("predict", tmp_path / name, images, "--json"))
    assert answers == [{**line, "run": None} for line in expected]
    again = run("export", world.project, "transfer 1", "--format", form, "--output", tmp_path / name)
    assert again.returncode == ExitCode.USAGE
    assert "not overwritten" in sentence(again)


def test_what_cannot_be_exported_is_said(world: World, run: Caller, tmp_path: Path) -> None:
    for arguments, code in (
        ((world.project, "nothing", "--output", tmp_path / "a"), ExitCode.BAD_INPUT),
        ((tmp_path, "last", "--output", tmp_path / "a"), ExitCode.BAD_INPUT),
        ((world.project, "last", "--format", "onnx", "--output", tmp_path / "a"), ExitCode.USAGE),
        ((world.project, "last"), ExitCode.USAGE),
        ((world.project, "last", "--output", ""), ExitCode.USAGE),
    ):
        result = run("export", *arguments)
        assert result.returncode == code
        sentence(result)
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_cannot_be_verified_exits_with_6(world: World, run: Caller, tmp_path: Path) -> None:
    aside = world.images.with_name("moved")
    world.images.rename(aside)
    try:
        result = run("export", world.project, "transfer 1", "--output", tmp_path / "a")
    finally:
        aside.rename(world.images)
    assert result.returncode == ExitCode.NOT_VERIFIED
    assert "could not be verified" in sentence(result)
