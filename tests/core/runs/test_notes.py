"""What the user writes beside a run, and the list of the trash."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from storage_samples import make_run
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, UsageError
from tlft_desktop.core.runs.marks import MAX_NOTE_LENGTH, NAME_FILE
from tlft_desktop.core.runs.recorder import Recorder
from tlft_desktop.core.runs.status import read_status, write_status
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import FitStart
from tlft_desktop.core.values.run import RunState


@pytest.fixture
def store(tmp_path: Path) -> RunStore:
    return RunStore(tmp_path)


def test_a_note_is_one_line_and_leaves_name_and_mark(store: RunStore) -> None:
    run = make_run(store)
    store.rename(run, "north field")
    store.star(run)
    store.set_note(run, "  blurred\n images \t of May ")
    summary = store.summary(run)
    assert (summary.note, summary.name, summary.starred) == ("blurred images of May", "north field", True)
    store.set_note(run, " ")
    assert store.summary(run).note == ""


@pytest.mark.parametrize("text", ["x" * (MAX_NOTE_LENGTH + 1), "bell \a", "half of a pair \ud800", "right\u202eleft"])
def test_a_note_that_cannot_be_kept_changes_nothing(store: RunStore, text: str) -> None:
    run = make_run(store)
    store.set_note(run, "before")
    with pytest.raises(UsageError, match="note"):
        store.set_note(run, text)
    assert store.summary(run).note == "before"


def test_a_run_of_an_earlier_version_has_no_note(store: RunStore) -> None:
    run = make_run(store)
    old = {key: value for key, value in fsio.read_json(store.folder(run) / NAME_FILE).items() if key != "note"}
    fsio.write_json(store.folder(run) / NAME_FILE, old)
    assert store.summary(run).note == ""


def test_a_given_name_differs_from_a_derived_one(store: RunStore) -> None:
    run = make_run(store)
    assert (store.given_name(run), store.summary(run).name) == ("", "transfer 1")
    store.rename(run, "mine")
    assert store.given_name(run) == "mine"
    with pytest.raises(InputError, match="There is no run"):
        store.given_name(store.new_id())


def test_the_trash_is_listed_with_names_even_where_a_run_is_damaged(store: RunStore) -> None:
    runs = [make_run(store) for _ in range(2)]
    for run in runs:
        write_status(store.folder(run), replace(read_status(store.folder(run)), state=RunState.COMPLETED))
        store.move_to_trash(run)
    fsio.write_bytes(store.root / "trash" / runs[1] / "run.json", b"{")
    first, second = store.trashed_summaries()
    assert (first.name, first.state) == ("transfer 1", RunState.COMPLETED)
    assert second.state is RunState.DAMAGED
    assert "run.json" in second.problem


def test_the_size_of_the_network_is_recorded(store: RunStore) -> None:
    run = make_run(store)
    recorder = Recorder(store, run)
    start = FitStart(
        strategy="transfer",
        phases=(),
        backbone="timm:tf_efficientnet_lite0",
        num_classes=2,
        num_train=4,
        num_val=2,
        device="cpu",
        numerics={},
        seed=0,
        trainable_parameters=27,
        total_parameters=2579,
        manifest="0" * 64,
    )
    recorder.record(start, lambda: pytest.fail("no checkpoint"))
    recorder.close()
    assert store.summary(run).total_parameters == 2579
