"""Rows A2, A3, A5-A8, A10-A14, A21, A23 of the fault matrix: what the disk may do, and what must be left afterwards."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

import numpy as np
import pytest

from fault_loop import Scenario, check_errors, check_kills, failing, injected
from storage_samples import (
    epoch_events,
    files_of,
    fit_end,
    leftovers,
    make_config,
    make_manifest,
    make_project,
    make_run,
    make_run_config,
)
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, ResourceError, StorageError
from tlft_desktop.core.fsio import primitives
from tlft_desktop.core.project.edits import Edit, EditField, EditLog
from tlft_desktop.core.project.manifests import read_manifest, write_manifest
from tlft_desktop.core.project.project import create_project, open_project, open_project_read_only
from tlft_desktop.core.runs.checkpoint import load_newest, save_checkpoint
from tlft_desktop.core.runs.checkpoint_files import prune
from tlft_desktop.core.runs.feature_store import FeatureFile
from tlft_desktop.core.runs.predictions import Predictions, read_predictions, write_predictions
from tlft_desktop.core.runs.recorder import Recorder
from tlft_desktop.core.runs.status import read_status, write_status
from tlft_desktop.core.runs.store import METRICS_FILE, RunStore
from tlft_desktop.core.settings import Settings, Theme, load_settings, save_settings
from tlft_desktop.core.training.state import TrainerState
from tlft_desktop.core.values.events import Checkpoint
from tlft_desktop.core.values.run import RunState

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
RUN = "01JD8X3V2Q4N5P6R7S8T9VABCE"


def state_of(step: int) -> TrainerState:
    """Return a state that depends on the step."""
    return TrainerState(tensors={"weight": torch.full((3, 2), float(step))}, meta={"step": step})


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the waiting for the disk: what is injected comes before it, and a power cut is not what is tested."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


def no_state() -> TrainerState:
    raise AssertionError("only a checkpoint asks for the state")


# ---- the things that a program does to the disk


def _empty(root: Path) -> None:
    root.mkdir()


def _project(root: Path) -> None:
    make_project(root / "p.tlft").close()


def _rename_project(root: Path) -> None:
    with open_project(root / "p.tlft") as project:
        project.save(make_config(name="animals"))


def _project_name(root: Path) -> str:
    with open_project(root / "p.tlft") as project:
        assert leftovers(project.root) == []
        assert project.manifest == make_manifest()
        return project.config.name


def _new_project(root: Path) -> None:
    create_project(root / "new.tlft", make_config(), make_manifest()).close()


def _new_project_name(root: Path) -> str:
    if not (root / "new.tlft").exists():
        return ""
    with open_project(root / "new.tlft") as project:
        return f"{project.config.name} {len(project.manifest.records)}"


def _manifest(root: Path) -> int:
    written = (root / "manifests" / f"{make_manifest(9).digest}.jsonl").exists()
    return len(read_manifest(root, make_manifest(9).digest).records) if written else 0


def _edit(root: Path) -> None:
    EditLog(root).append([Edit(image="cat/001.png", field=EditField.EXCLUDED, old="", new="blurred")])


def _two_checkpoints(root: Path) -> None:
    root.mkdir()
    for step in (10, 20):
        save_checkpoint(root / "checkpoints", step=step, state=state_of(step))


def _newest_step(root: Path) -> tuple[int, float]:
    fsio.remove_temporaries(root / "checkpoints")
    loaded = load_newest(root / "checkpoints")
    assert loaded is not None
    assert loaded.damaged == []
    assert leftovers(root) == []
    return loaded.state.meta["step"], float(loaded.state.tensors["weight"][0, 0])


def _four_checkpoints(root: Path) -> None:
    root.mkdir()
    for step in (10, 20, 30, 40):
        save_checkpoint(root / "checkpoints", step=step, state=state_of(step))


def _prune(root: Path) -> None:
    prune(root / "checkpoints")


def _num_checkpoints(root: Path) -> int:
    assert _newest_step(root) == (40, 40.0)
    return len(list((root / "checkpoints").iterdir()))


def _run(root: Path) -> None:
    store = RunStore(root)
    folder = store.create(make_run_config(RUN))
    write_status(folder, replace(read_status(folder), state=RunState.STOPPED))


def _runs(root: Path) -> tuple[Any, ...]:
    store = RunStore(root)
    fsio.remove_temporaries(root / "runs")
    store.mark_interrupted()
    assert leftovers(root) == []
    summaries = store.summaries()
    assert all(summary.state is not RunState.DAMAGED for summary in summaries)
    return tuple(summary.name for summary in summaries), len(store.trashed())


def _finish_run(root: Path) -> None:
    recorder = Recorder(RunStore(root), RUN)
    with contextlib.closing(recorder):
        for event in epoch_events(1):
            recorder.record(event, no_state)
        recorder.record(Checkpoint(step=2, kind="best"), lambda: state_of(2))
        recorder.record(fit_end(), no_state)


def _run_result(root: Path) -> tuple[Any, ...]:
    store = RunStore(root)
    store.mark_interrupted()
    summary = store.summary(RUN)
    loaded = load_newest(store.checkpoints_folder(RUN))
    state = "open" if summary.state in (RunState.RUNNING, RunState.INTERRUPTED) else summary.state.value
    assert summary.state is not RunState.DAMAGED
    assert loaded is None or loaded.step == 2
    # Between the start and the end every combination is right; what must hold is that both can be read.
    return ("completed", 2) if state == "completed" and loaded else ("open", 0)


def _predictions_of(value: float) -> Predictions:
    return Predictions(np.full((2, 2), value, np.float32), np.array([0, 1]), ("a", "b"), ("cat", "dog"))


def _predictions(root: Path) -> None:
    root.mkdir()
    write_predictions(root, _predictions_of(1.0))


def _predict_again(root: Path) -> None:
    write_predictions(root, _predictions_of(2.0))


def _predicted(root: Path) -> float | None:
    predictions = read_predictions(root)
    return None if predictions is None else float(predictions.logits[0, 0])


def _features(root: Path) -> None:
    with FeatureFile(root, num_rows=6, width=3) as features:
        features.write([0, 1], np.ones((2, 3), np.float32))


def _more_features(root: Path) -> None:
    with FeatureFile(root, num_rows=6, width=3) as features:
        features.write([3], np.full((1, 3), 2, np.float32))


def _stored_features(root: Path) -> list[float]:
    with FeatureFile(root, num_rows=6, width=3) as features:
        rows = [row for row in range(6) if row not in features.missing()]
        return [float(value) for value in features.read(rows).sum(axis=1)]


def _settings(root: Path) -> None:
    save_settings(root / "settings.json", Settings())


def _log(root: Path) -> None:
    root.mkdir()
    with fsio.AppendLog(root / "log.jsonl") as log:
        log.append({"epoch": 1})


def _append(root: Path) -> None:
    with fsio.AppendLog(root / "log.jsonl") as log:
        log.append({"epoch": 2})
        log.sync()


def _epochs(root: Path) -> list[int]:
    return [record["epoch"] for record in fsio.read_log(root / "log.jsonl")[0]]


SCENARIOS = [
    Scenario("save a project", _project, _rename_project, _project_name),
    Scenario("create a project", _empty, _new_project, _new_project_name),
    Scenario("write a manifest", _empty, lambda r: write_manifest(r, make_manifest(9)) and None, _manifest),
    Scenario("append an edit", _empty, _edit, lambda root: EditLog(root).read()),
    Scenario("append metrics", _log, _append, _epochs),
    Scenario("prune checkpoints", _four_checkpoints, _prune, _num_checkpoints, (3,)),
    Scenario("create a run", _empty, lambda r: make_run(RunStore(r)) and None, _runs),
    Scenario("rename a run", _run, lambda r: RunStore(r).rename(RUN, "good one"), _runs),
    Scenario("delete a run", _run, lambda r: RunStore(r).move_to_trash(RUN), _runs),
    Scenario("finish a run", _run, _finish_run, _run_result),
    Scenario("write predictions", _predictions, _predict_again, _predicted, (None,)),
    Scenario("write features", _features, _more_features, _stored_features),
    Scenario("save settings", _settings, lambda r: save_settings(r / "settings.json", Settings(theme=Theme.DARK)),
             lambda r: load_settings(r / "settings.json")),
]  # fmt: skip
SAVE_CHECKPOINT = [
    Scenario(
        "save a checkpoint",
        _two_checkpoints,
        lambda root: save_checkpoint(root / "checkpoints", step=30, state=state_of(30)) and None,
        _newest_step,
    ),
    Scenario(
        "save a checkpoint again",
        _two_checkpoints,
        lambda root: save_checkpoint(root / "checkpoints", step=20, state=state_of(21)) and None,
        _newest_step,
    ),
]
by_name = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)


# ---- A2, A3, A5, A6, A7: every operation once


@pytest.mark.parametrize("scenario", SAVE_CHECKPOINT, ids=lambda scenario: scenario.name)
def test_a2_a_kill_while_a_checkpoint_is_saved_leaves_the_old_or_the_new_one(
    scenario: Scenario, tmp_path: Path
) -> None:
    assert check_kills(scenario, tmp_path) >= 10


@by_name
def test_a3_a_kill_leaves_the_old_or_the_new_state(scenario: Scenario, tmp_path: Path) -> None:
    assert check_kills(scenario, tmp_path) >= 3


@pytest.mark.parametrize("scenario", [*SAVE_CHECKPOINT, *SCENARIOS], ids=lambda scenario: scenario.name)
def test_a5_a_full_disk_leaves_the_old_or_the_new_state_and_trying_again_helps(
    scenario: Scenario, tmp_path: Path
) -> None:
    assert check_errors(scenario, tmp_path, number=None) >= 3


@pytest.mark.parametrize("number", [errno.EIO, errno.EDQUOT, errno.EROFS, errno.EACCES], ids=errno.errorcode.get)
@pytest.mark.parametrize(
    "scenario", [SAVE_CHECKPOINT[0], SCENARIOS[0], SCENARIOS[9]], ids=lambda scenario: scenario.name
)
def test_a6_any_error_of_the_disk_is_a_sentence_and_loses_nothing(
    scenario: Scenario, number: int, tmp_path: Path
) -> None:
    assert check_errors(scenario, tmp_path, number=number) >= 3


@pytest.mark.parametrize(
    "number", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES, errno.EMFILE, errno.ENOENT]
)
def test_a6_errors_name_the_path_and_show_no_trace(number: int, tmp_path: Path) -> None:
    with injected(1, failing(number)), pytest.raises(ResourceError) as caught:
        fsio.write_bytes(tmp_path / "file", b"data")
    error = fsio.classify(OSError(number, os.strerror(number)), tmp_path / "file")
    assert type(caught.value) is type(error)
    assert caught.value.args == (error.message,)
    assert number == errno.EMFILE or str(tmp_path / "file") in error.message


@pytest.mark.skipif(shutil.which("unshare") is None, reason="only Linux lets a test mount a small disk")
def test_a5_a_really_full_disk_stops_the_save_and_keeps_the_checkpoint_before(tmp_path: Path) -> None:
    script = """
        import sys, torch
        from pathlib import Path
        from tlft_desktop.core.errors import StorageError
        from tlft_desktop.core.runs.checkpoint import load_newest, save_checkpoint
        from tlft_desktop.core.training.state import TrainerState
        folder = Path(sys.argv[1]) / "checkpoints"
        save_checkpoint(folder, step=1, state=TrainerState({"w": torch.zeros(1000)}, {}))
        try:
            save_checkpoint(folder, step=2, state=TrainerState({"w": torch.zeros(1_000_000)}, {}))
        except StorageError as error:
            print(error)
        print([p.name for p in folder.iterdir()], load_newest(folder).step)
        """
    command = f'mount -t tmpfs -o size=2m none "$0" && exec "{sys.executable}" -c "$1" "$0"'
    child = subprocess.run(
        ["unshare", "-Urm", "sh", "-c", command, str(tmp_path), textwrap.dedent(script)],
        capture_output=True,
        text=True,
        check=False,
    )
    if "unshare" in child.stderr or "mount" in child.stderr:
        pytest.skip("this system does not let a test mount a small disk")
    assert child.returncode == 0, child.stderr
    assert "MB free" in child.stdout
    assert child.stdout.splitlines()[-1] == "['000000001'] 1"


def test_a7_a_failed_sync_counts_as_failed_and_the_next_try_uses_another_file(tmp_path: Path) -> None:
    created: list[Path] = []

    def operation(kind: str, path: Path) -> None:
        if kind == "open":
            created.append(path)
        if kind == "fsync" and len(created) == 1:
            raise OSError(errno.EIO, "input/output error")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(primitives, "operation", operation)
        with pytest.raises(StorageError):
            fsio.write_bytes(tmp_path / "file", b"new")
        fsio.write_bytes(tmp_path / "file", b"new")
    assert len(set(created)) == 2
    assert (tmp_path / "file").read_bytes() == b"new"
    assert leftovers(tmp_path) == []


# ---- A8: a file that another program holds


def _refuse(times: int, patch: pytest.MonkeyPatch) -> list[int]:
    replace, calls = os.replace, []

    def refusing(source: Path, target: Path) -> None:
        calls.append(1)
        if len(calls) <= times:
            raise PermissionError(errno.EACCES, "used by another process")
        replace(source, target)

    patch.setattr(os, "replace", refusing)
    patch.setattr(primitives, "_REFUSAL_MAY_PASS", True)
    patch.setattr(primitives, "_REPLACE_PAUSE_SECONDS", 0.0)
    return calls


def test_a8_a_file_that_a_scanner_holds_for_a_moment_is_replaced_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsio.write_bytes(tmp_path / "file", b"old")
    calls = _refuse(9, monkeypatch)
    fsio.write_bytes(tmp_path / "file", b"new")
    assert len(calls) == 10
    assert (tmp_path / "file").read_bytes() == b"new"


def test_a8_a_file_that_stays_held_is_an_error_that_names_the_kept_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsio.write_bytes(tmp_path / "file", b"old")
    _refuse(99, monkeypatch)
    with pytest.raises(StorageError) as caught:
        fsio.write_bytes(tmp_path / "file", b"new")
    (kept,) = leftovers(tmp_path)
    assert kept in caught.value.message
    assert (tmp_path / kept).read_bytes() == b"new"
    assert (tmp_path / "file").read_bytes() == b"old"


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
