"""Splits that leave too little for training or validation are told when a project is made, and later."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import Result, World, records

pytestmark = pytest.mark.slow
Caller = Callable[..., Result]


def check_that_it_is_told(run: Caller, source: Path, project: Path, *options: object, kind: str, words: str) -> None:
    made = run("new", project, "--data", source, "--image-size", 32, *options)
    assert made.returncode == 0, made.stderr
    (line,) = [line for line in made.stdout.splitlines() if line.startswith(f"! {words}")]
    assert line in run("data", project).stdout.splitlines()
    (problem,) = [item for item in records(run("data", project, "--json"))[-1]["problems"] if item["kind"] == kind]
    assert line == f"! {problem['message']}"


def test_a_share_that_leaves_too_little_for_training_is_told(world: World, run: Caller, tmp_path: Path) -> None:
    words = "There are only 3 training images for 3 classes: too few to learn them well"
    project = tmp_path / "odd.tlft"
    check_that_it_is_told(run, world.images, project, "--val", 0.999, kind="few_training_images", words=words)


def test_folders_that_leave_too_little_for_validation_are_told(world: World, run: Caller, tmp_path: Path) -> None:
    source = tmp_path / "given"
    shutil.copytree(world.images, source / "train")
    (source / "val" / "red").mkdir(parents=True)
    shutil.move(source / "train" / "red" / "000.png", source / "val" / "red" / "000.png")
    words = "There is only one validation image for 3 classes"
    check_that_it_is_told(run, source, tmp_path / "odd.tlft", kind="few_validation_images", words=words)
