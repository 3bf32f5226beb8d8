"""The table of runs."""

from __future__ import annotations

import errno
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from storage_samples import make_run, make_run_config
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, StorageError, UsageError
from tlft_desktop.core.process import ProcessIdentity
from tlft_desktop.core.runs.marks import NAME_FILE, marks_content
from tlft_desktop.core.runs.status import read_status, write_status
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.run import RunState


@pytest.fixture
def store(tmp_path: Path) -> RunStore:
    """Return a project's runs, of which there are none."""
    return RunStore(tmp_path)


def end(store: RunStore, run: str, *, accuracy: float | None = None) -> str:
    """Give a run an end, and a result if asked for."""
    folder = store.folder(run)
    best = (
        None if accuracy is None else {"epoch": 1, "val_accuracy": accuracy, "low": 0.1, "high": 0.9, "val_loss": 1.0}
    )
    write_status(folder, replace(read_status(folder), state=RunState.COMPLETED, best=best))
    return run


def test_a_run_comes_back_as_it_was_configured(store: RunStore) -> None:
    run = store.new_id()
    config = make_run_config(run, epochs=4)
    assert store.create(config) == store.folder(run)
    assert store.config(run) == config
    summary = store.summary(run)
    assert (summary.run, summary.name, summary.strategy, summary.state) == (
        run,
        "transfer 1",
        "transfer",
        RunState.RUNNING,
    )
    assert (summary.num_epochs, summary.started, summary.val_accuracy) == (4, config.started, None)


def test_a_run_is_never_written_over(store: RunStore) -> None:
    run = make_run(store)
    with pytest.raises(InputError, match="exists already"):
        store.create(make_run_config(run))


def test_without_runs_the_table_is_empty(store: RunStore) -> None:
    assert (store.summaries(), store.ids(), store.trashed(), store.mark_interrupted()) == ([], [], [], [])
    for ref in ("last", "best", "01"):
        with pytest.raises(InputError):
            store.resolve(ref)


def test_runs_are_found_by_what_people_type(store: RunStore) -> None:
    runs = [end(store, make_run(store), accuracy=accuracy) for accuracy in (0.5, 0.9, None, 0.7)]
    store.rename(runs[2], "Good One")
    assert store.resolve("last") == runs[3]
    assert store.resolve("best") == runs[1]
    assert store.resolve(runs[0]) == runs[0]
    assert store.resolve(runs[0].lower()) == runs[0]
    assert store.resolve("good one") == runs[2]
    assert store.resolve("transfer 1") == runs[0]
    others = [run for run in runs if run != runs[0]]
    unique = next(runs[0][:n] for n in range(1, 27) if not any(other.startswith(runs[0][:n]) for other in others))
    assert store.resolve(unique) == runs[0]
    with pytest.raises(InputError, match="more than one") as caught:
        store.resolve(runs[0][:3])
    assert all(run in caught.value.message for run in runs)
    with pytest.raises(InputError, match="no run 'nothing'") as caught:
        store.resolve("nothing")
    assert "Good One" in caught.value.remedy


def test_the_last_and_the_best_run_are_those_whatever_others_are_called(store: RunStore) -> None:
    worst, best = (end(store, make_run(store), accuracy=accuracy) for accuracy in (0.5, 0.9))
    store.rename(worst, "Best of all")
    for word in ("best", "Best", "BEST"):
        assert store.resolve(word) == best
    assert store.resolve("Best o") == worst
    # Refused where somebody types it, but the file can be edited.
    fsio.write_json(store.folder(worst) / NAME_FILE, marks_content("last", number=1, starred=False))
    assert store.resolve("LAST") == best


def test_the_beginning_of_a_name_is_enough_where_it_is_unique(store: RunStore) -> None:
    runs = [end(store, make_run(store)) for _ in range(4)]
    for run, name in zip(runs, ("transfer, small", "Grün", "transfer", "lasting"), strict=True):
        store.rename(run, name)
    assert store.resolve("TRANSFER,") == runs[0]
    assert store.resolve("gr") == runs[1]
    assert store.resolve("GRU\u0308") == runs[1], "an accent in two forms"
    assert store.resolve("Transfer") == runs[2], "a whole name comes before beginnings"
    assert store.resolve("last") == runs[3]
    assert store.resolve("lasti") == runs[3]
    with pytest.raises(InputError) as caught:
        store.resolve("trans")
    assert caught.value.message == (
        f"'trans' means more than one run: {runs[0]} (transfer, small), {runs[2]} (transfer)."
    )
    with pytest.raises(InputError, match="No run has a validation result"):
        store.resolve("best")
    for nothing in ("", "fer", "transfers"):
        with pytest.raises(InputError, match="There is no run"):
            store.resolve(nothing)


def test_a_whole_name_comes_before_the_beginning_of_an_identifier(store: RunStore) -> None:
    first, second = make_run(store), make_run(store)
    # Was free when the name was given: the identifiers of then began otherwise.
    fsio.write_json(store.folder(first) / NAME_FILE, marks_content("01", number=1, starred=False))
    assert store.resolve("01") == first
    assert store.resolve(second.lower()) == second


def test_names_and_marks_stay(store: RunStore) -> None:
    run = make_run(store)
    store.star(run)
    store.rename(run, "  mine ")
    assert (store.summary(run).name, store.summary(run).starred) == ("mine", True)
    store.unstar(run)
    store.rename(run, "")
    assert (store.summary(run).name, store.summary(run).starred) == ("transfer 1", False)


def test_numbers_are_not_given_twice(store: RunStore) -> None:
    first, second = make_run(store), make_run(store)
    end(store, second)
    store.move_to_trash(second)
    third = make_run(store)
    assert [store.summary(run).name for run in (first, third)] == ["transfer 1", "transfer 3"]
    store.restore(second)
    assert store.summary(second).name == "transfer 2"


def test_a_run_that_trains_is_not_deleted(store: RunStore) -> None:
    run = make_run(store)
    with pytest.raises(UsageError, match="training"):
        store.move_to_trash(run)
    end(store, run)
    store.move_to_trash(run)
    with pytest.raises(InputError):
        store.move_to_trash(run)
    store.restore(run)
    with pytest.raises(InputError):
        store.restore(run)


def test_restoring_never_merges_into_another_run(store: RunStore) -> None:
    run = end(store, make_run(store))
    store.move_to_trash(run)
    store.create(make_run_config(run))
    with pytest.raises(StorageError, match="there already"):
        store.restore(run)


def test_the_trash_is_emptied_also_where_the_disk_has_no_room_for_a_name(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, *thrown = (end(store, make_run(store)) for _ in range(3))
    for run in thrown:
        store.move_to_trash(run)
    size = fsio.folder_bytes(store.root / "trash")

    def full(kind: str, _path: Path) -> None:
        if kind != "unlink":
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(fsio.primitives, "operation", full)
    assert store.empty_trash() == size > 0
    assert (store.ids(), store.trashed(), list((store.root / "trash").iterdir())) == ([kept], [], [])
    assert store.empty_trash() == 0


def test_runs_of_processes_that_are_gone_become_interrupted(store: RunStore) -> None:
    alive, gone, done = make_run(store), make_run(store), end(store, make_run(store))
    dead = replace(ProcessIdentity.current(), started=1.0)
    write_status(store.folder(gone), replace(read_status(store.folder(gone)), process=dead, epoch=2))
    (store.checkpoints_folder(gone) / "000000009").mkdir()
    (summary,) = store.mark_interrupted()
    assert (summary.run, summary.state, summary.epoch, summary.resumable) == (gone, RunState.INTERRUPTED, 2, True)
    assert store.summary(alive).state is RunState.RUNNING
    assert store.summary(done).state is RunState.COMPLETED
    assert store.mark_interrupted() == []


def test_an_interrupted_run_without_a_checkpoint_can_start_again(store: RunStore) -> None:
    run = make_run(store)
    dead = replace(ProcessIdentity.current(), boot_id="another start")
    write_status(store.folder(run), replace(read_status(store.folder(run)), process=dead))
    (summary,) = store.mark_interrupted()
    assert (summary.state, summary.resumable) == (RunState.INTERRUPTED, True)


def test_a_run_whose_name_is_damaged_is_not_a_damaged_run(store: RunStore) -> None:
    run = end(store, make_run(store))
    (store.folder(run) / "name.json").write_bytes(b"{")
    assert store.summary(run).state is RunState.COMPLETED
    store.rename(run, "new")
    assert store.summary(run).name == "new"


def test_a_config_of_another_run_is_damaged(store: RunStore) -> None:
    first, second = make_run(store), make_run(store)
    fsio.copy_file(store.folder(first) / "run.json", store.folder(second) / "run.json")
    with pytest.raises(InputError, match="belongs to"):
        store.config(second)


def test_a_thousand_runs_are_listed_at_once(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    import os
    import shutil

    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    run = make_run(store)
    newest = run
    start = time.perf_counter()
    for _ in range(999):
        newest = store.new_id() if newest == run else _next(newest)
        shutil.copytree(store.folder(run), store.folder(newest))
    copying = time.perf_counter() - start
    start = time.perf_counter()
    assert len(store.summaries()) == 1000
    # A third of it on two shared cores; a busy machine slows down both.
    assert time.perf_counter() - start < 3 * copying


def _next(run: str) -> str:
    from tlft_desktop.core.project.ulid import new_ulid

    return new_ulid(after=run)


def test_the_table_of_runs_loads_no_torch() -> None:
    code = "import sys; import tlft_desktop.core.runs.store; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_run_is_not_made_where_the_project_was_deleted(tmp_path: Path) -> None:
    gone = tmp_path / "gone.tlft"
    with pytest.raises(StorageError, match="is gone"):
        RunStore(gone).create(make_run_config(RunStore(gone).new_id()))
    assert not gone.exists()
