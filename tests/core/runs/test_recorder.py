"""The recorder: what a run leaves, and that a run that was interrupted leaves the same."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import torch

import pytest

from fault_loop import failing, injected
from storage_samples import epoch_events, files_of, fit_end, make_run, phase_start
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import StorageError
from tlft_desktop.core.runs.checkpoint import load_best, load_newest
from tlft_desktop.core.runs.checkpoint_files import best_step
from tlft_desktop.core.runs.recorder import Recorder
from tlft_desktop.core.runs.resources import run_resources
from tlft_desktop.core.runs.status import RunStatus
from tlft_desktop.core.runs.store import EVENTS_FILE, METRICS_FILE, TIMINGS_FILE, RunStore
from tlft_desktop.core.training.state import TrainerState
from tlft_desktop.core.values.events import BatchEnd, Checkpoint, EpochEnd, Event, Notice
from tlft_desktop.core.values.run import RunState


def no_state() -> TrainerState:
    raise AssertionError("only a checkpoint asks for the state")


def state_after(epoch: int) -> TrainerState:
    return TrainerState({"w": torch.full((2,), float(epoch))}, {"epoch": epoch})


@pytest.fixture
def store(tmp_path: Path) -> RunStore:
    """Return a project's runs, of which there are none."""
    return RunStore(tmp_path)


def record_epochs(recorder: Recorder, epochs: Iterable[int], *, seconds: float = 0.0) -> list[Event]:
    """Record epochs with a checkpoint each; the second is the best."""
    recorded = []
    for epoch in epochs:
        recorded += [recorder.record(event, no_state) for event in epoch_events(epoch, seconds=seconds)]
        checkpoint = Checkpoint(seconds=seconds, step=2 * epoch, kind="best" if epoch <= 2 else "last")
        recorded.append(recorder.record(checkpoint, lambda epoch=epoch: state_after(epoch)))  # type: ignore[misc]
    return recorded


def test_events_are_numbered_and_all_but_batches_are_written(store: RunStore) -> None:
    run = make_run(store)
    with contextlib.closing(Recorder(store, run)) as recorder:
        first = recorder.record(phase_start(), no_state)
        recorded = [first, *record_epochs(recorder, [1]), recorder.record(fit_end(), no_state)]
    assert [event.seq for event in recorded] == [1, 2, 3, 4, 5, 6]
    assert {event.run for event in recorded} == {run}
    checkpoint = recorded[4]
    assert isinstance(checkpoint, Checkpoint)
    assert checkpoint.bytes > 0
    assert store.events(run) == [event.to_json() for event in recorded if not isinstance(event, BatchEnd)]


def test_metrics_hold_deterministic_columns_only(store: RunStore) -> None:
    run = make_run(store)
    with contextlib.closing(Recorder(store, run)) as recorder:
        record_epochs(recorder, [1], seconds=3.25)
    validation, epoch = store.metrics(run)
    assert set(validation) == {
        "seq",
        "event",
        "phase",
        "epoch",
        "val_loss",
        "val_accuracy",
        "val_accuracy_low",
        "val_accuracy_high",
        "val_macro_f1",
    }
    assert set(epoch) == {
        "seq",
        "event",
        "step",
        "phase",
        "epoch",
        "phase_epoch",
        "train_loss",
        "train_accuracy",
        "learning_rates",
    }
    (timing,) = store.timings(run)
    assert timing == {
        "seq": 1,
        "epoch": 1,
        "seconds": 3.25,
        "epoch_seconds": 3.75,
        "images_per_second": 53.25,
        "peak_memory_bytes": 1000,
        "phase_peak_memory_bytes": 900,
    }


def test_steps_of_a_solver_are_counted_and_go_on_counting(store: RunStore) -> None:
    run = make_run(store)

    def record(recorder: Recorder, epoch: int, rates: dict[str, float]) -> None:
        own = epoch if not rates else epoch - 2
        for event in epoch_events(epoch):
            if isinstance(event, EpochEnd):
                event = replace(event, learning_rates=rates, phase_epoch=own)
            recorder.record(event, no_state)
        recorder.record(Checkpoint(step=2 * epoch, kind="last"), lambda: state_after(epoch))

    with contextlib.closing(Recorder(store, run)) as recorder:
        record(recorder, 1, {})
    checkpoint = load_newest(store.checkpoints_folder(run))
    with contextlib.closing(Recorder(store, run, resume_from=checkpoint)) as recorder:
        record(recorder, 2, {})
        record(recorder, 3, {"head": 0.1})
    assert store.status(run).solver_steps == 2
    # What an earlier version wrote says nothing of them.
    data = store.status(run).to_json()
    del data["solver_steps"]
    assert RunStatus.from_json(data).solver_steps is None


@pytest.mark.parametrize("lost", [0, 1, 3])
def test_after_a_kill_and_resume_the_metrics_are_equal_to_the_byte(store: RunStore, lost: int) -> None:
    whole, broken = make_run(store), make_run(store)
    with contextlib.closing(Recorder(store, whole)) as recorder:
        record_epochs(recorder, [1, 2, 3])
    # The process is killed `lost` events behind the checkpoint of epoch 2: nothing is closed, nothing is ended.
    killed = Recorder(store, broken)
    record_epochs(killed, [1, 2], seconds=50.0)
    for event in epoch_events(3)[:lost]:
        killed.record(event, no_state)
    checkpoint = load_newest(store.checkpoints_folder(broken))
    assert checkpoint is not None
    assert checkpoint.state.meta == {"epoch": 2}
    with contextlib.closing(Recorder(store, broken, resume_from=checkpoint)) as recorder:
        assert recorder.problems == ()
        notice = recorder.record(Notice(kind="resumed", message="Resumed from step 4."), no_state)
        record_epochs(recorder, [3], seconds=70.0)
        recorder.record(fit_end(), no_state)
    killed.close()
    metrics = [(store.folder(run) / METRICS_FILE).read_bytes() for run in (whole, broken)]
    assert metrics[0] == metrics[1]
    assert metrics[0].count(b"\n") == 6
    numbers = [event["seq"] for event in store.events(broken)]
    assert numbers == sorted(set(numbers))
    assert notice.seq == 9
    names = [event["event"] for event in store.events(broken)]
    assert names == [
        *["validation_end", "epoch_end", "checkpoint"] * 2,
        "notice",
        "validation_end",
        "epoch_end",
        "checkpoint",
        "fit_end",
    ]
    assert [timing["seq"] for timing in store.timings(broken)] == [1, 2, 3]


def test_a_stopped_run_goes_on_as_if_it_had_not_stopped(store: RunStore) -> None:
    run = make_run(store)
    with contextlib.closing(Recorder(store, run)) as recorder:
        recorder.record(phase_start(), no_state)
        record_epochs(recorder, [1, 2], seconds=4.0)
        recorder.record(fit_end("stopped", total_seconds=4.5), no_state)
    stopped = store.summary(run)
    assert (stopped.state, stopped.resumable, stopped.epoch) == (RunState.STOPPED, True, 2)
    with contextlib.closing(Recorder(store, run, resume_from=load_newest(store.checkpoints_folder(run)))) as recorder:
        running = store.summary(run)
        assert (running.state, running.epoch, running.best_epoch, running.resumable) == (RunState.RUNNING, 2, 2, False)
        record_epochs(recorder, [3], seconds=6.0)
        recorder.record(fit_end(best={"epoch": 2, "val_accuracy": 0.75, "val_loss": 0.5}), no_state)
    summary = store.summary(run)
    assert (summary.state, summary.resumable, summary.epoch, summary.num_epochs) == (RunState.COMPLETED, False, 3, 3)
    assert (summary.best_epoch, summary.val_accuracy) == (2, 0.75)
    assert summary.low == pytest.approx(0.65)
    assert (summary.total_seconds, summary.peak_memory_bytes) == (12.5, 3000)
    assert list(summary.phase_peak_memory_bytes.values()) == [2700]
    assert summary.to_json()["phase_peak_memory_bytes"] == summary.phase_peak_memory_bytes
    assert (summary.trainable_parameters, summary.frozen_proof) == (2562, "verified")


def test_no_phase_took_more_memory_than_its_run(store: RunStore) -> None:
    """Between the last epoch and the end there may be more."""
    run = make_run(store)
    with contextlib.closing(Recorder(store, run)) as recorder:
        record_epochs(recorder, [1])
        recorder.record(fit_end(phase_peak_memory_bytes={"fine-tuning": 5000}), no_state)
    summary = store.summary(run)
    assert (summary.peak_memory_bytes, summary.phase_peak_memory_bytes["fine-tuning"]) == (5000, 5000)


def test_what_a_run_took_is_told_of_it(store: RunStore) -> None:
    run = make_run(store)
    parts = {"training": 10.0, "other": 2.5}
    with contextlib.closing(Recorder(store, run)) as recorder:
        recorder.record(phase_start(), no_state)
        record_epochs(recorder, [1])
        recorder.record(fit_end(seconds_by_part=parts, energy_joules=99.5, energy_of="processor"), no_state)
    summary = store.summary(run)
    assert (summary.seconds_by_part, summary.energy_joules, summary.energy_of) == (parts, 99.5, "processor")
    taken = run_resources(store, run)
    assert taken.size_bytes == sum(len(data) for data in files_of(store.folder(run)).values())
    assert (taken.trainable_parameters, taken.trainable_share) == (2562, None)
    assert {**summary.to_json(), **taken.to_json()} == {
        **summary.to_json(),
        "trainable_share": None,
        "size_bytes": taken.size_bytes,
    }


def test_a_run_of_an_earlier_version_does_not_say_what_it_took(store: RunStore) -> None:
    folder = store.folder(make_run(store))
    kept = fsio.read_json(folder / "status.json", sealed=True)
    for key in ("seconds_by_part", "energy_joules", "energy_of"):
        del kept[key]
    fsio.write_json(folder / "status.json", kept, seal=True)
    taken = run_resources(store, folder.name)
    assert (taken.seconds_by_part, taken.energy_joules, taken.energy_of) == ({}, None, "")


def test_a_run_that_starts_again_from_its_beginning_keeps_nothing_of_the_first_try(store: RunStore) -> None:
    run = make_run(store)
    with contextlib.closing(Recorder(store, run)) as recorder:
        record_epochs(recorder, [1, 2], seconds=9.0)
    before = store.metrics(run)
    with contextlib.closing(Recorder(store, run)) as recorder:
        summary = store.summary(run)
        assert (summary.epoch, summary.best_epoch, summary.total_seconds, summary.num_epochs) == (0, None, 0.0, 3)
        record_epochs(recorder, [1, 2])
    assert store.metrics(run) == before


def test_a_run_whose_work_was_abandoned_is_interrupted(store: RunStore) -> None:
    run = make_run(store)
    recorder = Recorder(store, run)
    record_epochs(recorder, [1])
    recorder.close()
    recorder.close()
    summary = store.summary(run)
    assert (summary.state, summary.resumable, summary.epoch) == (RunState.INTERRUPTED, True, 1)


def test_a_failed_run_says_why_and_whether_it_can_go_on(store: RunStore) -> None:
    for resumable in (True, False):
        run = make_run(store)
        failure = {"kind": "storage", "title": "Disk full", "message": "The disk is full.", "resumable": resumable}
        with contextlib.closing(Recorder(store, run)) as recorder:
            record_epochs(recorder, [1])
            recorder.record(fit_end("failed", failure=failure), no_state)
        summary = store.summary(run)
        assert (summary.state, summary.problem, summary.resumable) == (RunState.FAILED, "The disk is full.", resumable)


def test_checkpoints_are_pruned_and_the_best_is_kept(store: RunStore) -> None:
    run = make_run(store)
    with contextlib.closing(Recorder(store, run)) as recorder:
        record_epochs(recorder, range(1, 7))
    folder = store.checkpoints_folder(run)
    assert sorted(path.name for path in folder.iterdir()) == ["000000004", "000000010", "000000012"]
    best = load_best(folder)
    assert best is not None
    assert best.state.meta == {"epoch": 2}


def test_a_save_that_fails_is_an_error_and_leaves_the_checkpoint_before(store: RunStore) -> None:
    run = make_run(store)
    with contextlib.closing(Recorder(store, run)) as recorder:
        record_epochs(recorder, [1])
        before = store.events(run)
        with injected(8, failing(28)), pytest.raises(StorageError, match="full"):
            recorder.record(Checkpoint(step=4, kind="last"), lambda: state_after(2))
        assert store.events(run) == before
        recorder.record(fit_end("failed", failure={"kind": "storage", "message": "full", "resumable": True}), no_state)
    loaded = load_newest(store.checkpoints_folder(run))
    assert loaded is not None
    assert loaded.step == 2
    assert store.summary(run).resumable


def test_a_log_that_cannot_be_written_does_not_leave_a_run_that_looks_alive(store: RunStore) -> None:
    run = make_run(store)
    with contextlib.closing(Recorder(store, run)) as recorder:
        with injected(1, failing(5)), pytest.raises(StorageError):
            recorder.record(fit_end("failed", failure={"kind": "x", "message": "y", "resumable": False}), no_state)
        assert store.summary(run).state is RunState.FAILED


def test_falling_back_past_a_damaged_checkpoint_goes_back_with_everything(store: RunStore) -> None:
    whole, run = make_run(store), make_run(store)
    with contextlib.closing(Recorder(store, whole)) as recorder:
        record_epochs(recorder, [1, 2, 3])
    with contextlib.closing(Recorder(store, run)) as recorder:
        record_epochs(recorder, [1, 2])
    folder = store.checkpoints_folder(run)
    (folder / "000000004" / "state.safetensors").write_bytes(b"garbage")
    checkpoint = load_newest(folder)
    assert checkpoint is not None
    with contextlib.closing(Recorder(store, run, resume_from=checkpoint)) as recorder:
        (problem,) = recorder.problems
        assert checkpoint.damaged[0] in problem
        assert best_step(folder) == 2
        record_epochs(recorder, [2, 3])
    assert (store.folder(run) / METRICS_FILE).read_bytes() == (store.folder(whole) / METRICS_FILE).read_bytes()


@pytest.mark.parametrize("name", [METRICS_FILE, TIMINGS_FILE, EVENTS_FILE])
def test_a_log_that_was_deleted_is_named_when_the_run_goes_on(name: str, store: RunStore) -> None:
    run = make_run(store)
    with contextlib.closing(Recorder(store, run)) as recorder:
        record_epochs(recorder, [1])
    (store.folder(run) / name).unlink()
    checkpoint = load_newest(store.checkpoints_folder(run))
    with contextlib.closing(Recorder(store, run, resume_from=checkpoint)) as recorder:
        (problem,) = recorder.problems
        assert name in problem
        record_epochs(recorder, [2])


def test_a_run_with_many_quick_epochs_does_not_wait_for_the_disk_in_each(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    syncs: list[int] = []
    monkeypatch.setattr(os, "fsync", syncs.append)
    recorder = Recorder(store, make_run(store))
    syncs.clear()
    start = time.monotonic()
    for epoch in range(1, 101):
        for event in epoch_events(epoch):
            recorder.record(event, no_state)
    assert len(syncs) <= 5 * (time.monotonic() - start + 1)
    recorder.close()
