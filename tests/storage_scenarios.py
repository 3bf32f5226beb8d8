"""Everything that the program does to the disk, as scenarios in which each operation can fail or be the last."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

import numpy as np

from fault_loop import Scenario
from storage_samples import (
    epoch_events,
    fit_end,
    leftovers,
    make_config,
    make_manifest,
    make_project,
    make_run,
    make_run_config,
)
from tlft_desktop.core import fsio
from tlft_desktop.core.project.edits import Edit, EditField, EditLog
from tlft_desktop.core.project.manifests import read_manifest, write_manifest
from tlft_desktop.core.project.project import create_project, open_project
from tlft_desktop.core.runs.checkpoint import load_newest, save_checkpoint
from tlft_desktop.core.runs.checkpoint_files import prune
from tlft_desktop.core.runs.epoch_answers import (
    EpochAnswers,
    EpochAnswersWriter,
    EpochImages,
    cut_epochs,
    read_epoch,
    read_epochs,
)
from tlft_desktop.core.runs.feature_store import FeatureFile
from tlft_desktop.core.runs.predictions import Predictions, read_predictions, write_predictions
from tlft_desktop.core.runs.recorder import Recorder
from tlft_desktop.core.runs.status import read_status, write_status
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.settings import Settings, Theme, load_settings, save_settings
from tlft_desktop.core.training.state import TrainerState
from tlft_desktop.core.values.events import Checkpoint
from tlft_desktop.core.values.run import RunState

_EPOCH_BYTES = 36
"""What an epoch with two images takes."""
RUN = "01JD8X3V2Q4N5P6R7S8T9VABCE"


def state_of(step: int) -> TrainerState:
    """Return a state that depends on the step."""
    return TrainerState(tensors={"weight": torch.full((3, 2), float(step))}, meta={"step": step})


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


def _edit_several(root: Path) -> None:
    images = ("cat/001.png", "cat/003.png", "cat/005.png")
    EditLog(root).append([Edit(image=image, field=EditField.LABEL, old="cat", new="dog") for image in images])


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
    root.mkdir()
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


def _store_epochs(root: Path, *epochs: int, most: int = 100) -> None:
    images = EpochImages(np.array([0, 1]), ("a", "b"), ("cat", "dog"))
    with contextlib.closing(EpochAnswersWriter(root, images, max_bytes=most * _EPOCH_BYTES)) as writer:
        for epoch in epochs:
            shares = np.full(2, 1 / epoch, np.float16)
            writer.append(EpochAnswers(epoch, np.array([0, epoch % 2]), shares, shares))
        writer.sync()


def _three_epochs(root: Path) -> None:
    root.mkdir()
    _store_epochs(root, 1, 2, 3)


def _fourth_epoch(root: Path) -> None:
    if _last_epoch(root) < 4:
        _store_epochs(root, 4)


def _thinner_epochs(root: Path) -> None:
    """Add an epoch of which only every second has room."""
    if _last_epoch(root) < 5:
        _store_epochs(root, 5, most=3)


def _go_back(root: Path) -> None:
    cut_epochs(root, 1)
    _store_epochs(root, 5)


def _last_epoch(root: Path) -> int:
    stored = read_epochs(root)
    return stored.epochs[-1] if stored else 0


def _first_epoch(root: Path) -> None:
    if not _last_epoch(root):
        _store_epochs(root, 1)


def _stored_epochs(root: Path) -> list[tuple[int, list[int]]]:
    fsio.remove_temporaries(root)
    assert leftovers(root) == []
    stored = read_epochs(root)
    found = [read_epoch(root, epoch) for epoch in stored.epochs] if stored else []
    return [(item.epoch, item.answers.tolist()) for item in found if item is not None]


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
    Scenario("edit several images", _empty, _edit_several, lambda root: EditLog(root).read()),
    Scenario("append metrics", _log, _append, _epochs),
    Scenario("prune checkpoints", _four_checkpoints, _prune, _num_checkpoints, (3,)),
    Scenario("create a run", _empty, lambda r: make_run(RunStore(r)) and None, _runs),
    Scenario("rename a run", _run, lambda r: RunStore(r).rename(RUN, "good one"), _runs),
    Scenario("delete a run", _run, lambda r: RunStore(r).move_to_trash(RUN), _runs),
    Scenario("finish a run", _run, _finish_run, _run_result),
    Scenario("write predictions", _predictions, _predict_again, _predicted, (None,)),
    Scenario("store the first epoch", _empty, _first_epoch, _stored_epochs),
    Scenario("store an epoch", _three_epochs, _fourth_epoch, _stored_epochs),
    Scenario("thin epochs out", _three_epochs, _thinner_epochs, _stored_epochs, ([(1, [0, 1]), (3, [0, 1])],)),
    Scenario("go back to an epoch", _three_epochs, _go_back, _stored_epochs, ([(1, [0, 1])],)),
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
