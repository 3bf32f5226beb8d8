"""A project whose folder is renamed while it trains: the run says so, ends at the new place and goes on there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from command_line import TUNING, start
from tests.run_samples import new_project
from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import ExitCode, StorageError
from tlft_desktop.core.project.project import open_project
from tlft_desktop.core.runs.races import RaceStore
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import EpochEnd, FitEnd
from tlft_desktop.core.values.race import RaceEnd, RaceState
from tlft_desktop.core.values.run import RunState
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.experiment import TrainOptions, resume_experiment, run_experiment
from tlft_desktop.core.workflows.race import resume_race
from tlft_desktop.paths import AppPaths

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="elsewhere an open folder keeps its name"),
]


def test_the_run_ends_where_the_project_is_now_and_goes_on_there(profile: Path) -> None:
    paths, control = AppPaths.below(profile), Control()
    options = TrainOptions(epochs=4, threads=1, device="cpu")
    with new_project(profile) as project:
        old = project.root
        new = old.with_name("moved here.tlft")
        for event in run_experiment(project, StrategyKind.FINETUNE, options=options, paths=paths, control=control):
            last = event
            if isinstance(event, EpochEnd) and event.epoch == 2:
                os.rename(old, new)
    assert isinstance(last, FitEnd)
    assert (last.state, last.exit_code) == (RunState.FAILED, ExitCode.OUT_OF_RESOURCE)
    assert last.failure is not None
    assert last.failure["kind"] == "moved"
    assert f"'{old}' was renamed or moved to '{new}'" in last.failure["message"]
    assert f"train '{new}' --resume {last.run}`" in last.failure["remedy"]
    assert not old.exists()
    assert not (new / ".lock").exists(), "another program may open it"
    with open_project(new) as project:
        runs = RunStore(new)
        assert runs.status(last.run).state is RunState.FAILED
        *_, end = resume_experiment(project, last.run, paths=paths, control=control)
        assert (end.name, runs.status(last.run).state, runs.status(last.run).epoch) == (
            FitEnd.name,
            RunState.COMPLETED,
            4,
        )


@pytest.mark.parametrize("form", [["--json"], []], ids=["json", "text"])
def test_the_terminal_says_where_to_go_on_in_one_sentence(
    world_free_project: tuple[Path, Path], form: list[str]
) -> None:
    home, old = world_free_project
    new = old.with_name("q.tlft")
    process = start("train", old, *TUNING, "--epochs", 500, *form, home=home)
    assert process.stdout is not None
    for line in process.stdout:
        if (line.startswith("epoch ") or '"epoch_end"' in line) and not new.exists():
            os.rename(old, new)
    _, said = process.communicate()
    assert process.returncode == ExitCode.OUT_OF_RESOURCE, said
    assert said.count("was renamed or moved to") == 1
    assert "There is no run" not in said
    assert f"train {new} --resume " in said
    assert "Traceback" not in said
    assert f"train {old} --resume " not in said
    assert not old.exists()


def test_a_race_ends_with_the_run_says_where_to_go_on_and_goes_on_there(world_free_project: tuple[Path, Path]) -> None:
    home, old = world_free_project
    new = old.with_name("moved here.tlft")
    process = start("race", old, "--strategies", "transfer,finetune", "--budget", 5, home=home)
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("epoch ") and not new.exists():
            os.rename(old, new)
    _, said = process.communicate()
    assert process.returncode == ExitCode.OUT_OF_RESOURCE, said
    assert "gone" not in said
    assert f"race {old} --resume" not in said
    assert not old.exists()
    (name,) = RaceStore(new).ids()
    assert RaceStore(new).load(name).state is RaceState.STOPPED
    *_, last = said.strip().splitlines()
    assert f"race '{new}' --resume {name}`" in last
    with open_project(new) as project:
        *_, end = resume_race(project, name, paths=AppPaths.below(home), control=Control())
    assert isinstance(end, RaceEnd)
    assert end.state == RaceState.COMPLETED


@pytest.fixture
def world_free_project(profile: Path) -> tuple[Path, Path]:
    """Return a profile and a closed project in it."""
    with new_project(profile) as project:
        return profile, project.root


def test_writing_at_the_old_place_makes_no_new_folder(profile: Path) -> None:
    with new_project(profile) as project:
        old, new = project.root, project.root.with_name("q.tlft")
        assert project.moved_to() is None
        os.rename(old, new)
        assert project.moved_to() == new
        with pytest.raises(StorageError, match="gone"), fsio.FolderWriter(old / "runs" / "final") as writer:
            writer.add("a", b"x")
        with pytest.raises(StorageError, match="gone"):
            RaceStore(old).save(None)  # type: ignore[arg-type]
    assert not old.exists()
