"""Rows A16-A20, B6 of the fault matrix: project files that were moved, of other versions, under other clocks."""

from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

import pytest

from fault_loop import Scenario, check_errors, check_kills
from project_files import rewrite
from storage_samples import epoch_events, files_of, make_config, make_manifest, make_project, make_run, make_run_config
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, ProjectLockedError
from tlft_desktop.core.project import migrations
from tlft_desktop.core.project.project import open_project, open_project_read_only
from tlft_desktop.core.project.ulid import new_ulid
from tlft_desktop.core.runs.checkpoint import load_newest
from tlft_desktop.core.runs.recorder import Recorder
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.training.state import TrainerState
from tlft_desktop.core.values.events import Checkpoint, ValidationEnd

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

FIXTURES = Path(__file__).parents[1] / "core" / "project" / "fixtures"


# ---- A16: moved, linked


def test_a16_a_project_that_was_moved_opens_with_its_images_inside(tmp_path: Path) -> None:
    make_project(tmp_path / "p.tlft", data_root="images").close()
    (tmp_path / "p.tlft" / "images").mkdir()
    shutil.move(tmp_path / "p.tlft", tmp_path / "elsewhere")
    with open_project(tmp_path / "elsewhere") as project:
        assert project.data_folder == (tmp_path / "elsewhere" / "images").resolve()
        assert project.manifest == make_manifest()


def test_a16_a_project_opened_over_a_link_is_the_same_project(project_root: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(project_root)
    with open_project(project_root), pytest.raises(ProjectLockedError, match="in this program already"):
        open_project(link)
    with open_project(link) as project:
        assert project.root == project_root.resolve()


# ---- A17-A19: versions


def test_a17_a_project_of_a_newer_version_opens_for_reading_and_stays_untouched(project_root: Path) -> None:
    rewrite(project_root, schema=migrations.SCHEMA + 1, app_version="9.9", new_idea={"x": 1})
    before = files_of(project_root)
    with open_project(project_root) as project:
        assert "newer version of this program (9.9)" in project.read_only
        assert project.config.name == "pets"
        with pytest.raises(InputError, match=r"9\.9"):
            project.save(make_config(name="other"))
    assert files_of(project_root) == before


def test_a17_a_newer_project_that_cannot_be_shown_says_why(project_root: Path) -> None:
    rewrite(project_root, schema=migrations.SCHEMA + 1, app_version="9.9", plan="none of yours")
    with pytest.raises(InputError, match=r"newer version of this program \(9\.9\)"):
        open_project(project_root)


@pytest.mark.parametrize("schema", range(1, migrations.SCHEMA + 1))
def test_a18_a_project_of_every_schema_opens_with_all_that_it_had(schema: int, tmp_path: Path) -> None:
    root = tmp_path / "old.tlft"
    shutil.copytree(FIXTURES / f"v{schema}.tlft", root)
    with open_project(root) as project:
        assert project.config == make_config(manifest=make_manifest().digest)
        assert project.manifest == make_manifest()
        assert project.edited_manifest.records[0].label == "dog"
    before = files_of(root)
    open_project(root).close()
    assert files_of(root) == before


@pytest.fixture
def next_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretend that this version has a schema more, in which the name is called title."""

    def rename(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "name": f"{data['name']} (migrated)"}

    monkeypatch.setattr(migrations, "MIGRATIONS", {**migrations.MIGRATIONS, migrations.SCHEMA: rename})
    monkeypatch.setattr(migrations, "SCHEMA", migrations.SCHEMA + 1)


@pytest.mark.usefixtures("next_schema")
def test_a18_a_migration_keeps_the_old_file_and_happens_once(tmp_path: Path) -> None:
    root = tmp_path / "old.tlft"
    shutil.copytree(FIXTURES / "v1.tlft", root)
    old = (root / "project.json").read_bytes()
    with open_project(root) as project:
        assert project.config.name == "pets (migrated)"
    assert old in {path.read_bytes() for path in (root / "backups").iterdir()}
    before = files_of(root)
    with open_project(root) as project:
        assert project.config.name == "pets (migrated)"
    assert files_of(root) == before


def _old_project(root: Path) -> None:
    root.mkdir()
    shutil.copytree(FIXTURES / "v1.tlft", root / "p.tlft")


def _schema(root: Path) -> int:
    with open_project_read_only(root / "p.tlft") as project:
        assert project.manifest == make_manifest()
    return int(fsio.read_json(root / "p.tlft" / "project.json", sealed=True)["schema"])


MIGRATE = Scenario("migrate", _old_project, lambda root: open_project(root / "p.tlft").close(), _schema)


@pytest.mark.usefixtures("next_schema")
def test_a19_a_kill_during_a_migration_leaves_a_project_that_opens(tmp_path: Path) -> None:
    assert check_kills(MIGRATE, tmp_path) >= 8


@pytest.mark.usefixtures("next_schema")
def test_a19_a_full_disk_during_a_migration_leaves_a_project_that_opens(tmp_path: Path) -> None:
    assert check_errors(MIGRATE, tmp_path, number=None) >= 8


# ---- A20: clocks


@pytest.mark.parametrize("wrong", [0.0, -5.0, 4_102_444_800.0, 1e11], ids=["1970", "before 1970", "2100", "year 5138"])
def test_a20_runs_are_ordered_by_age_whatever_the_clock_says(
    wrong: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = RunStore(tmp_path)
    clock = time.time
    first = make_run(store)
    monkeypatch.setattr(time, "time", lambda: wrong)
    second, third = make_run(store), make_run(store)
    monkeypatch.setattr(time, "time", clock)
    fourth = make_run(store)
    assert store.ids() == [first, second, third, fourth]
    assert [summary.run for summary in store.summaries()] == store.ids()
    assert store.resolve("last") == fourth


def test_a20_backups_survive_a_clock_that_was_wrong(project_root: Path) -> None:
    days = {3: 4_102_444_800, 4: 0, 5: 4_102_444_800, 6: 1_000_000_000}
    with open_project(project_root) as project:
        for number in range(1, 41):
            project.save(make_config(name=f"name {number}"))
            if number in days:
                os.utime(project_root / "backups" / f"project-{number:09d}.json", (days[number], days[number]))
    kept = sorted(int(path.stem.split("-")[1]) for path in (project_root / "backups").iterdir())
    assert kept[-20:] == list(range(21, 41))
    # 3 and 5 claim to be of the same day in 2100; 20 is the last of today among the older ones.
    assert kept[:-20] == [4, 5, 6, 20]


# ---- B6


def test_b6_numbers_that_are_not_finite_are_null_in_files_and_whole_in_checkpoints(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    run = make_run(store)
    recorder = Recorder(store, run)
    for event in epoch_events(1):
        if isinstance(event, ValidationEnd):
            event = replace(event, val_loss=float("nan"))
        recorder.record(event, lambda: TrainerState({}, {}))
    meta = {"best_loss": float("inf"), "losses": [float("nan"), 1.5], "depth": {"low": float("-inf")}}
    recorder.record(Checkpoint(step=2, kind="best"), lambda: TrainerState({"w": torch.ones(1)}, meta))
    recorder.close()
    assert store.metrics(run)[0]["val_loss"] is None
    for path in store.folder(run).rglob("*.json*"):
        for line in path.read_text().splitlines() if path.suffix == ".jsonl" else [path.read_text()]:
            json.loads(line, parse_constant=lambda name: pytest.fail(f"{name} in a file"))
    loaded = load_newest(store.checkpoints_folder(run))
    assert loaded is not None
    assert repr(loaded.state.meta) == repr(meta)


def test_ids_sort_behind_the_newest_one() -> None:
    newest = new_ulid()
    assert new_ulid(after=newest) > newest
    assert make_run_config(newest).run == newest
