"""What the recorder keeps of answers: for the kept network and for each epoch, also where a run goes on."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import torch

import pytest

from storage_samples import make_run
from tests.core.runs.test_recorder import record_epochs
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.runs.checkpoint import load_newest
from tlft_desktop.core.runs.epoch_answers import ANSWERS_FILE, read_epochs
from tlft_desktop.core.runs.predictions import read_predictions
from tlft_desktop.core.runs.recorder import Recorder
from tlft_desktop.core.runs.store import RunStore


@pytest.fixture
def store(tmp_path: Path) -> RunStore:
    """Return a project's runs, of which there are none."""
    return RunStore(tmp_path)


def test_predictions_come_back_with_their_images(store: RunStore) -> None:
    run = make_run(store)
    assert read_predictions(store.folder(run)) is None
    logits = torch.randn(3, 2)
    with contextlib.closing(Recorder(store, run)) as recorder:
        recorder.write_predictions(logits, torch.tensor([0, 1, 1]), ["x", "y", "z"])
        with pytest.raises(ValueError, match="do not fit"):
            recorder.write_predictions(logits, torch.tensor([0]), ["x"])
    predictions = read_predictions(store.folder(run))
    assert predictions is not None
    assert torch.equal(torch.from_numpy(predictions.logits.copy()), logits)
    assert predictions.labels.tolist() == [0, 1, 1]
    assert (predictions.hashes, predictions.classes) == (("x", "y", "z"), ("cat", "dog"))


def write_answers(recorder: Recorder, epochs: Iterable[int]) -> None:
    """Store the answers of epochs, each with its checkpoint."""
    for epoch in epochs:
        logits = torch.tensor([[float(epoch), 0.0], [0.0, 1.0]])
        recorder.write_answers(epoch, logits, torch.tensor([0, 1]), ["x", "y"])
        record_epochs(recorder, [epoch])


def test_answers_of_epochs_that_are_trained_again_are_replaced(store: RunStore) -> None:
    whole, run = make_run(store), make_run(store)
    with contextlib.closing(Recorder(store, whole)) as recorder:
        write_answers(recorder, [1, 2, 3])
    killed = Recorder(store, run)
    write_answers(killed, [1, 2])
    killed.write_answers(3, torch.zeros(2, 2), torch.tensor([0, 1]), ["x", "y"])
    with contextlib.closing(Recorder(store, run, resume_from=load_newest(store.checkpoints_folder(run)))) as recorder:
        found = read_epochs(store.folder(run))
        assert found is not None
        assert found.epochs == (1, 2)
        write_answers(recorder, [3])
    killed.close()
    assert (store.folder(run) / ANSWERS_FILE).read_bytes() == (store.folder(whole) / ANSWERS_FILE).read_bytes()
    # Without a checkpoint the run begins anew.
    Recorder(store, run).close()
    assert read_epochs(store.folder(run)) is None


def test_damaged_answers_are_kept_and_named_when_the_run_goes_on(store: RunStore) -> None:
    run = make_run(store)
    with contextlib.closing(Recorder(store, run)) as recorder:
        write_answers(recorder, [1, 2])
    path = store.folder(run) / ANSWERS_FILE
    path.write_bytes(b"\0" + path.read_bytes()[1:])
    checkpoint = load_newest(store.checkpoints_folder(run))
    with contextlib.closing(Recorder(store, run, resume_from=checkpoint)) as recorder:
        (problem,) = recorder.problems
        write_answers(recorder, [3])
    assert "The answers of earlier epochs are lost; the file is kept as" in problem
    assert path.with_name(f"{ANSWERS_FILE}.damaged-1").exists()
    found = read_epochs(store.folder(run))
    assert found is not None
    assert found.epochs == (3,)


def test_damaged_predictions_are_refused(store: RunStore) -> None:
    run = make_run(store)
    with contextlib.closing(Recorder(store, run)) as recorder:
        recorder.write_predictions(torch.zeros(1, 2), torch.tensor([0]), ["x"])
    path = store.folder(run) / "predictions.safetensors"
    whole: Any = path.read_bytes()
    path.write_bytes(whole[:-1] + b"\1")
    with pytest.raises(InputError, match="damaged"):
        read_predictions(store.folder(run))
