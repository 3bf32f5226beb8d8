"""The heat of a run as its file tells it: written beside the events, and whatever happens to the file is told."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest

from storage_samples import epoch_events, make_run
from tlft_desktop.core.fsio import AppendLog
from tlft_desktop.core.runs.checkpoint import load_newest
from tlft_desktop.core.runs.heat import epoch_heat_of, read_heat
from tlft_desktop.core.runs.recorder import Recorder
from tlft_desktop.core.runs.store import HEAT_FILE, RunStore
from tlft_desktop.core.training.state import TrainerState
from tlft_desktop.core.values.events import Checkpoint, EpochEnd, LayerHeat
from tlft_desktop.core.values.heat import EpochHeat, Heat

NORMS = [0.5, 1.0, 0.25, 2.0]
LINE: dict[str, Any] = {"phase": "tuning", "epoch": 1, "owners": {"conv1": NORMS}}


def no_state() -> TrainerState:
    return TrainerState({}, {})


@pytest.fixture
def store(tmp_path: Path) -> RunStore:
    """Return a project's runs, of which there are none."""
    return RunStore(tmp_path)


def heat_of(epoch: int) -> LayerHeat:
    return LayerHeat(phase="tuning", epoch=epoch, owners={"conv1": [float(epoch), 1.0, 0.25, 2.0]})


def written(store: RunStore, *lines: dict[str, Any]) -> str:
    run = make_run(store)
    with AppendLog(store.folder(run) / HEAT_FILE) as log:
        for line in lines:
            log.append(line)
    return run


def test_heat_has_a_file_of_its_own(store: RunStore) -> None:
    run = make_run(store)
    with contextlib.closing(Recorder(store, run)) as recorder:
        recorded = recorder.record(heat_of(1), no_state)
    assert (recorded.run, recorded.seq) == (run, 1)
    assert store.events(run) == []
    assert store.heat_lines(run) == [{"phase": "tuning", "epoch": 1, "owners": {"conv1": [1.0, 1.0, 0.25, 2.0]}}]
    assert read_heat(store, run).epochs == (EpochHeat("tuning", 1, {"conv1": Heat(1.0, 1.0, 0.25, 2.0)}),)


def test_after_a_kill_and_resume_the_heat_is_equal_to_the_byte(store: RunStore) -> None:
    whole, broken = make_run(store), make_run(store)
    with contextlib.closing(Recorder(store, whole)) as recorder:
        for epoch in (1, 2, 3):
            recorder.record(heat_of(epoch), no_state)
    killed = Recorder(store, broken)
    killed.record(heat_of(1), no_state)
    killed.record(Checkpoint(step=2, kind="last"), no_state)
    killed.record(heat_of(2), no_state)
    checkpoint = load_newest(store.checkpoints_folder(broken))
    with contextlib.closing(Recorder(store, broken, resume_from=checkpoint)) as recorder:
        for epoch in (2, 3):
            recorder.record(heat_of(epoch), no_state)
    killed.close()
    files = [(store.folder(run) / HEAT_FILE).read_bytes() for run in (whole, broken)]
    assert files[0] == files[1]


def test_a_file_that_was_deleted_is_named_when_the_run_goes_on(store: RunStore) -> None:
    run = make_run(store)
    with contextlib.closing(Recorder(store, run)) as recorder:
        recorder.record(heat_of(1), no_state)
        recorder.record(Checkpoint(step=2, kind="last"), no_state)
    (store.folder(run) / HEAT_FILE).unlink()
    checkpoint = load_newest(store.checkpoints_folder(run))
    with contextlib.closing(Recorder(store, run, resume_from=checkpoint)) as recorder:
        (problem,) = recorder.problems
        assert HEAT_FILE in problem


def test_a_checkpoint_of_an_earlier_version_has_no_heat_to_go_on_from(store: RunStore) -> None:
    run = make_run(store)
    with contextlib.closing(Recorder(store, run)) as recorder:
        recorder.record(Checkpoint(step=2, kind="last"), no_state)
    (store.folder(run) / HEAT_FILE).unlink()
    checkpoint = load_newest(store.checkpoints_folder(run))
    assert checkpoint is not None
    del checkpoint.record["offsets"][HEAT_FILE]
    with contextlib.closing(Recorder(store, run, resume_from=checkpoint)) as recorder:
        assert recorder.problems == ()
        recorder.record(heat_of(2), no_state)
    assert [epoch.epoch for epoch in read_heat(store, run).epochs] == [2]


def test_a_repeated_epoch_counts_as_its_last_repetition(store: RunStore) -> None:
    again = {**LINE, "owners": {"conv1": [9.0, 1.0, 0.25, 2.0]}}
    epochs = read_heat(store, written(store, {**LINE, "epoch": 2}, LINE, again)).epochs
    assert [(epoch.epoch, epoch.owners["conv1"].gradient) for epoch in epochs] == [(1, 9.0), (2, 0.5)]


@pytest.mark.parametrize(
    "change",
    [
        {"phase": None}, {"phase": 3}, {"epoch": 0}, {"epoch": -1}, {"epoch": "1"}, {"epoch": True}, {"epoch": 1.5},
        {"owners": None}, {"owners": [NORMS]}, {"owners": {"conv1": NORMS[:3]}}, {"owners": {"conv1": "hot"}},
        {"owners": {"conv1": [1.0, 2.0, -3.0, 4.0]}}, {"owners": {"conv1": [10**400, 1.0, 1.0, 1.0]}},
        {"owners": {"conv1": None}},
    ],
)  # fmt: skip
def test_a_line_that_is_no_heat_is_left_out(change: dict[str, Any], store: RunStore) -> None:
    assert epoch_heat_of({**LINE, **change}) is None
    epochs = read_heat(store, written(store, {**LINE, **change}, {**LINE, "epoch": 7})).epochs
    assert [epoch.epoch for epoch in epochs] == [7]


def test_unknown_keys_and_names_are_kept_out_of_the_way() -> None:
    line = {**LINE, "later": 1, "owners": {"": NORMS, "ü.🌡": NORMS}}
    found = epoch_heat_of(line)
    assert found is not None
    assert set(found.owners) == {"", "ü.🌡"}


def test_a_damaged_or_missing_file_is_no_heat_in_words(store: RunStore) -> None:
    run = written(store, LINE, {**LINE, "epoch": 2})
    path = store.folder(run) / HEAT_FILE
    data = path.read_bytes()
    path.write_bytes(data[: len(data) - 5])
    assert [epoch.epoch for epoch in read_heat(store, run).epochs] == [1]
    path.write_bytes(b"\x00\xff" * 4000)
    assert "none of its epochs has ended" in read_heat(store, run).problem
    path.unlink()
    path.mkdir()
    assert "cannot be read" in read_heat(store, run).problem
    assert "cannot be read" in read_heat(store, "01JD8X3V2Q4N5P6R7S8T9VABCD").problem


@pytest.mark.parametrize(("rates", "words"), [({}, "solved exactly"), ({"head": 0.1}, "earlier version")])
def test_why_there_is_none(rates: dict[str, float], words: str, store: RunStore) -> None:
    run = make_run(store)
    (end,) = (event for event in epoch_events(1) if isinstance(event, EpochEnd))
    with contextlib.closing(Recorder(store, run)) as recorder:
        recorder.record(EpochEnd(**{name: getattr(end, name) for name in FIELDS} | {"learning_rates": rates}), no_state)
    assert words in read_heat(store, run).problem


FIELDS = (
    "phase", "epoch", "phase_epoch", "train_loss", "train_accuracy", "epoch_seconds", "images_per_second",
    "peak_memory_bytes", "step",
)  # fmt: skip
