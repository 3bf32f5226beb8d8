"""`tlft check`: every file of a project is verified, what is damaged is named, and a repair guesses nothing."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from storage_samples import files_of
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError, ProjectLockedError, StoppedError
from tlft_desktop.core.project.project import open_project
from tlft_desktop.core.runs.checkpoint import load_newest
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.checking import CheckItem, CheckResult, Damage, check_project, repair_project
from trained_project import Trained, make_trained, train

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    """A project with a completed run of several checkpoints, a run in the trash, and a backup."""
    trained = make_trained(tmp_path_factory.mktemp("checking"))
    with open_project(trained.root) as project:
        train(project, trained.paths, StrategyKind.FINETUNE, epochs=3)
        store = RunStore(project.root)
        store.move_to_trash(trained.run)
        project.save(replace(project.config, name="renamed"))
        run = store.resolve("last")
    return replace(trained, run=run)


@pytest.fixture
def project(original: Trained, tmp_path: Path) -> Path:
    return shutil.copytree(original.root, tmp_path / "colours.tlft")


def check(root: Path) -> tuple[list[Damage], CheckResult]:
    return split(list(check_project(root, control=Control())))


def repair(root: Path) -> tuple[list[Damage], CheckResult]:
    return split(list(repair_project(root, control=Control())))


def split(items: list[CheckItem]) -> tuple[list[Damage], CheckResult]:
    result = items[-1]
    assert isinstance(result, CheckResult)
    return [item for item in items if isinstance(item, Damage)], result


def flip_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_a_whole_project_has_nothing_to_report_and_is_not_changed(project: Path) -> None:
    before = files_of(project)
    damages, result = check(project)
    assert damages == []
    assert result.damaged == 0
    assert result.checked > 42 + 15
    assert files_of(project) == before


def damageable(root: Path) -> list[str]:
    """Return the files of a project whose content is covered by a hash."""
    return [
        name
        for name, data in files_of(root).items()
        # A run whose head is solved has an empty file of heat.
        if data
        and not name.endswith((".lock", "name.json"))
        and name != "edits.jsonl"
        and Path(name).suffix != ".damaged"
    ]


def test_one_flipped_bit_in_any_file_is_found(project: Path) -> None:
    names = damageable(project)
    assert {Path(name).name for name in names} >= {
        "project.json",
        "project-000000001.json",
        "run.json",
        "status.json",
        "best.json",
        "metrics.jsonl",
        "timings.jsonl",
        "events.jsonl",
        "state.safetensors",
        "meta.json",
        "MANIFEST.json",
        "epoch_answers.bin",
        "predictions.safetensors",
        "predictions.json",
        "model.safetensors",
        "config.json",
        "README.md",
        "predict_example.py",
    }
    missed = []
    for name in names:
        path = project / name
        data = path.read_bytes()
        flip_byte(path)
        damages, result = check(project)
        if not any(
            damage.path == path or damage.path == path.parent or damage.path.parent == path.parent for damage in damages
        ):
            missed.append(name)
        assert result.damaged == len(damages)
        path.write_bytes(data)
    assert missed == []
    assert check(project)[0] == []


@pytest.mark.parametrize("name", ["run.json", "status.json"])
def test_a_missing_file_of_a_run_is_named(project: Path, original: Trained, name: str) -> None:
    path = project / "runs" / original.run / name
    path.unlink()
    (damage,), _ = check(project)
    assert damage.path == path
    assert "is missing" in damage.problem


@pytest.mark.parametrize("name", ["runs", "runs/{run}", "runs/{run}/checkpoints"])
def test_a_folder_that_cannot_be_listed_is_not_called_well(
    project: Path, original: Trained, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = project / name.format(run=original.run)
    real_list, real_iterate = os.listdir, Path.iterdir

    def refuse(path: object) -> None:
        if Path(str(path)) == hidden:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))

    def listdir(path: Path) -> list[str]:
        refuse(path)
        return real_list(path)

    def iterdir(path: Path) -> Iterator[Path]:
        refuse(path)
        return real_iterate(path)

    # Whoever runs the tests as root may list every folder.
    monkeypatch.setattr(os, "listdir", listdir)
    monkeypatch.setattr(Path, "iterdir", iterdir)
    damages, result = check(project)
    assert result.damaged == len(damages) == 1
    assert "Permission denied" in damages[0].problem


def test_a_missing_list_of_images_is_named(project: Path) -> None:
    (path,) = (project / "manifests").iterdir()
    path.unlink()
    (damage,), _ = check(project)
    assert damage.path == path


def test_a_torn_last_line_is_no_damage(project: Path, original: Trained) -> None:
    with (project / "runs" / original.run / "metrics.jsonl").open("ab") as file:
        file.write(b'{"event": "epo')
    assert check(project)[0] == []


def test_originals_that_changed_or_are_gone_are_named(project: Path, original: Trained) -> None:
    changed, gone = original.images / "red" / "000.png", original.images / "blue" / "001.png"
    kept = {path: path.read_bytes() for path in (changed, gone)}
    try:
        flip_byte(changed)
        gone.unlink()
        damages, result = check(project)
    finally:
        for path, data in kept.items():
            path.write_bytes(data)
    assert {(damage.path.name, damage.problem.split("'")[2]) for damage in damages} == {
        ("001.png", " is missing."),
        ("000.png", " has changed since it was imported."),
    }
    assert result.damaged == 2


def test_a_damaged_project_file_is_replaced_by_its_newest_backup(project: Path) -> None:
    (project / "project.json").write_bytes(b"{}")
    damages, result = check(project)
    assert [damage.path.name for damage in damages] == ["project.json"]
    assert (result.damaged, result.repaired) == (1, 0)
    damages, result = repair(project)
    assert [damage.path.name for damage in damages] == ["project.json"]
    assert "project-000000001.json" in damages[0].repaired
    assert (result.damaged, result.repaired) == (1, 1)
    assert (project / "backups" / "damaged-project.json").read_bytes() == b"{}"
    assert check(project)[1].damaged == 0
    with open_project(project) as opened:
        assert opened.config.name == "colours"


def test_without_a_backup_a_damaged_project_file_stays_and_is_named(project: Path) -> None:
    shutil.rmtree(project / "backups")
    (project / "backups").mkdir()
    (project / "project.json").write_bytes(b"{}")
    damages, result = repair(project)
    assert [(damage.path.name, damage.repaired) for damage in damages] == [("project.json", "")]
    assert (result.damaged, result.repaired) == (1, 0)
    assert (project / "project.json").read_bytes() == b"{}"


def test_a_damaged_checkpoint_is_set_aside_and_the_one_before_is_used(project: Path, original: Trained) -> None:
    folder = project / "runs" / original.run / "checkpoints"
    newest = max(folder.iterdir())
    flip_byte(newest / "state.safetensors")
    damages, result = repair(project)
    assert [damage.path for damage in damages] == [newest]
    assert (result.damaged, result.repaired) == (1, 1)
    aside = [path for path in folder.iterdir() if path.name.startswith(".damaged-")]
    assert [path.name.split("-")[1] for path in aside] == [newest.name]
    assert (aside[0] / "state.safetensors").stat().st_size > 0
    loaded = load_newest(folder)
    assert loaded is not None
    assert loaded.step < int(newest.name)
    assert check(project)[1].damaged == 0


def test_a_project_that_is_open_can_be_checked_but_not_repaired(project: Path) -> None:
    with open_project(project):
        assert check(project)[1].damaged == 0
        with pytest.raises(ProjectLockedError):
            repair(project)


def test_what_is_no_project_is_said(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(InputError, match="project"):
            check(folder)


def test_a_check_can_be_stopped(project: Path) -> None:
    control = Control()
    control.request_stop()
    with pytest.raises(StoppedError):
        list(check_project(project, control=control))
