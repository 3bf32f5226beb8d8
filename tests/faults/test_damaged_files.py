"""Rows A10-A14, A21, A23 of the fault matrix: files that were changed, shortened, thrown away or are too private."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storage_samples import (
    epoch_events,
    files_of,
    fit_end,
    make_config,
    make_manifest,
    make_project,
    make_run,
)
from storage_scenarios import no_state, state_of
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.project.project import open_project, open_project_read_only
from tlft_desktop.core.runs.checkpoint import load_newest, save_checkpoint
from tlft_desktop.core.runs.recorder import Recorder
from tlft_desktop.core.runs.store import METRICS_FILE, RunStore
from tlft_desktop.core.settings import Settings, save_settings
from tlft_desktop.core.values.events import Checkpoint
from tlft_desktop.core.values.run import RunState

pytestmark = [pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"), pytest.mark.usefixtures("quick_disk")]


# ---- A10, A11: changed and shortened files


@pytest.fixture
def trained(tmp_path: Path) -> Path:
    """Return a project with a run that has two checkpoints and ended."""
    project = make_project(tmp_path / "p.tlft")
    project.save(make_config(name="second"))
    project.close()
    store = RunStore(project.root)
    run = make_run(store)
    with contextlib.closing(Recorder(store, run)) as recorder:
        for epoch in (1, 2):
            for event in epoch_events(epoch):
                recorder.record(event, no_state)
            recorder.record(Checkpoint(step=2 * epoch, kind="best"), lambda epoch=epoch: state_of(2 * epoch))  # type: ignore[misc]
        recorder.record(fit_end(), no_state)
    return project.root


def _flip(path: Path, position: int) -> None:
    data = bytearray(path.read_bytes())
    data[position] ^= 0x10
    path.write_bytes(data)


def _positions(path: Path) -> list[int]:
    size = path.stat().st_size
    return sorted({*range(0, size, max(1, size // 25)), size - 1})


@pytest.mark.parametrize("name", ["state.safetensors", "meta.json", "MANIFEST.json"])
def test_a10_a_flipped_byte_in_a_checkpoint_falls_back_to_the_one_before(name: str, trained: Path) -> None:
    store = RunStore(trained)
    (run,) = store.ids()
    folder = store.checkpoints_folder(run)
    path = folder / "000000004" / name
    whole = path.read_bytes()
    for position in _positions(path):
        _flip(path, position)
        loaded = load_newest(folder)
        assert loaded is not None
        if loaded.step == 4:  # a key of MANIFEST.json that nobody reads, such as `schema`
            assert name == "MANIFEST.json"
            assert float(loaded.state.tensors["weight"][0, 0]) == 4.0
        else:
            (damaged,) = loaded.damaged
            assert loaded.state.meta == {"step": 2}
            assert Path(damaged).name.startswith(".damaged-000000004")
            os.rename(damaged, folder / "000000004")
        path.write_bytes(whole)


def test_a10_a_flipped_byte_in_the_project_file_names_the_newest_good_backup(trained: Path) -> None:
    path = trained / "project.json"
    whole = path.read_bytes()
    for position in _positions(path):
        _flip(path, position)
        for opening in (open_project, open_project_read_only):
            with pytest.raises(InputError) as caught:
                opening(trained)
            assert "project-000000001.json" in caught.value.remedy
        path.write_bytes(whole)
    open_project(trained).close()


@pytest.mark.parametrize("name", ["run.json", "status.json"])
def test_a10_a_flipped_byte_in_a_run_shows_it_as_damaged(name: str, trained: Path) -> None:
    store = RunStore(trained)
    (run,) = store.ids()
    path = store.folder(run) / name
    whole = path.read_bytes()
    for position in _positions(path):
        _flip(path, position)
        summary = store.summary(run)
        assert summary.state is RunState.DAMAGED
        assert str(path) in summary.problem
        path.write_bytes(whole)


def test_a10_a_flipped_byte_in_metrics_never_shows_a_wrong_number(trained: Path) -> None:
    store = RunStore(trained)
    (run,) = store.ids()
    path = store.folder(run) / METRICS_FILE
    whole, lines = path.read_bytes(), store.metrics(run)
    for position in _positions(path):
        _flip(path, position)
        seen = store.metrics(run)
        assert seen == lines[: len(seen)]
        assert len(seen) < len(lines)
        path.write_bytes(whole)


def test_a10_damaged_metrics_are_kept_and_named_when_the_run_goes_on(trained: Path) -> None:
    store = RunStore(trained)
    (run,) = store.ids()
    _flip(store.folder(run) / METRICS_FILE, 20)
    with contextlib.closing(Recorder(store, run, resume_from=load_newest(store.checkpoints_folder(run)))) as recorder:
        (problem,) = recorder.problems
    assert METRICS_FILE in problem
    assert (store.folder(run) / f"{METRICS_FILE}.damaged-1").exists()


def _readers(root: Path) -> dict[str, Callable[[], Any]]:
    store = RunStore(root)
    (run,) = store.ids()
    return {
        "project.json": lambda: open_project_read_only(root),
        f"manifests/{make_manifest().digest}.jsonl": lambda: open_project_read_only(root).manifest,
        f"runs/{run}/run.json": lambda: store.config(run),
        f"runs/{run}/status.json": lambda: store.status(run),
        f"runs/{run}/name.json": lambda: store.summary(run),
        f"runs/{run}/metrics.jsonl": lambda: store.metrics(run),
        f"runs/{run}/events.jsonl": lambda: store.events(run),
        f"runs/{run}/best.json": lambda: load_newest(store.checkpoints_folder(run)),
        f"runs/{run}/checkpoints/000000004/state.safetensors": lambda: load_newest(store.checkpoints_folder(run)),
        f"runs/{run}/checkpoints/000000002/meta.json": lambda: load_newest(store.checkpoints_folder(run)),
    }


def test_a11_shortened_files_are_refused_or_passed_over_in_words(trained: Path) -> None:
    for name, reader in _readers(trained).items():
        path = trained / name
        whole = path.read_bytes()
        for length in (0, 1, len(whole) // 2, len(whole) - 1):
            path.write_bytes(whole[:length])
            with contextlib.suppress(InputError):
                reader()
            assert len(RunStore(trained).summaries()) == 1
            if not path.exists():
                (damaged,) = path.parent.parent.glob(".damaged-*")
                os.rename(damaged, path.parent)
            path.write_bytes(whole)


# ---- A12, A13, A14


@pytest.mark.parametrize(
    "tail", [b'{"seq": 9, "st', b"\0" * 512, b"\xff\xfe\n", b'{"seq": 9, "crc": 1}\n', b'{"seq": NaN}\n', b"\n"]
)
def test_a12_torn_tail_of_metrics_is_dropped(tail: bytes, trained: Path) -> None:
    store = RunStore(trained)
    (run,) = store.ids()
    before = store.metrics(run)
    path = store.folder(run) / METRICS_FILE
    path.write_bytes(path.read_bytes() + tail)
    assert store.metrics(run) == before
    assert store.summary(run).state is RunState.COMPLETED
    with fsio.AppendLog(path) as log:
        log.append({"event": "more"})
    assert store.metrics(run) == [*before, {"event": "more"}]


def test_a12_what_follows_a_failed_write_is_not_lost(tmp_path: Path) -> None:
    with fsio.AppendLog(tmp_path / "log") as log:
        log.append({"n": 1})
        os.write(log._file.fileno(), b'{"n": 2, "torn')
        log.append({"n": 3})
    assert fsio.read_log(tmp_path / "log")[0] == [{"n": 1}, {"n": 3}]


def test_a13_one_damaged_run_among_twenty_hides_none(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    runs = [make_run(store) for _ in range(20)]
    (store.folder(runs[7]) / "run.json").write_bytes(b"{}")
    (tmp_path / "runs" / "notes.txt").write_text("mine")
    summaries = store.summaries()
    assert [summary.run for summary in summaries] == runs
    assert [summary.run for summary in summaries if summary.state is RunState.DAMAGED] == [runs[7]]
    assert str(store.folder(runs[7]) / "run.json") in summaries[7].problem
    assert store.resolve("last") == runs[-1]


def test_a14_a_checkpoint_that_is_shortened_while_in_use_does_no_harm(tmp_path: Path) -> None:
    script = """
        import os, sys, torch
        from pathlib import Path
        from tlft_desktop.core.runs.checkpoint import load_newest, save_checkpoint
        from tlft_desktop.core.training.state import TrainerState
        folder = Path(sys.argv[1])
        save_checkpoint(folder, step=1, state=TrainerState({"w": torch.ones(300_000)}, {}))
        loaded = load_newest(folder)
        os.truncate(folder / "000000001" / "state.safetensors", 0)
        print(float(loaded.state.tensors["w"].sum()))
        """
    command = [sys.executable, "-c", textwrap.dedent(script), str(tmp_path / "checkpoints")]
    child = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (child.returncode, child.stdout.strip(), child.stderr) == (0, "300000.0", "")


# ---- A21, A23


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_a21_private_files_are_private_and_shared_ones_honour_the_umask(mask: int, tmp_path: Path) -> None:
    before = os.umask(mask)
    try:
        make_project(tmp_path / "p.tlft").close()
        store = RunStore(tmp_path / "p.tlft")
        save_checkpoint(store.checkpoints_folder(make_run(store)), step=1, state=state_of(1))
        save_settings(tmp_path / "config" / "settings.json", Settings())
    finally:
        os.umask(before)
    files = [path for path in (tmp_path / "p.tlft").rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"project.json", "run.json", "state.safetensors", "MANIFEST.json"}
    assert {path.stat().st_mode & 0o777 for path in files} == {0o666 & ~mask}
    assert (tmp_path / "config").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "config" / "settings.json").stat().st_mode & 0o777 == 0o600


def test_a23_a_deleted_run_comes_back_from_the_trash_to_the_byte(trained: Path) -> None:
    store = RunStore(trained)
    (run,) = store.ids()
    before = files_of(store.folder(run))
    store.move_to_trash(run)
    assert (store.ids(), store.trashed()) == ([], [run])
    store.restore(run)
    assert (store.ids(), store.trashed()) == ([run], [])
    assert files_of(store.folder(run)) == before
