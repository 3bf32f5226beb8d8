"""Projects with imaginary runs for tests of reports: nothing is trained, and no image is there."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from html_check import Page
from storage_samples import epoch_events, fit_end, make_config, make_run_config
from tlft_desktop.core.control import Control
from tlft_desktop.core.project.project import create_project, open_project_read_only
from tlft_desktop.core.report.writing import Report, make_report
from tlft_desktop.core.runs.predictions import Predictions, write_predictions
from tlft_desktop.core.runs.recorder import Recorder
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.stats import wilson_interval
from tlft_desktop.core.training.state import TrainerState
from tlft_desktop.core.values.events import Event
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, Split
from tlft_desktop.paths import AppPaths


def manifest_of(classes: Sequence[str], *, train: int = 2, val: int = 2, first: int = 0) -> Manifest:
    """Return so many images of each class; their hashes count up from `first`."""
    records, number = [], first
    for label in classes:
        for split, count in ((Split.TRAIN, train), (Split.VAL, val)):
            for _ in range(count):
                records.append(ImageRecord(f"{number:06d}.png", f"{number:064x}", label, split, 40, 30, "RGB"))
                number += 1
    return Manifest(tuple(records), tuple(classes))


def answers_for(manifest: Manifest, right: float = 0.75, *, seed: int = 0) -> Predictions:
    """Return answers for the validation images, of which about such a share is right."""
    records = manifest.used(Split.VAL)
    index = {name: place for place, name in enumerate(manifest.classes)}
    labels = np.array([index[record.label] for record in records], dtype=np.int64)
    generator = np.random.default_rng(seed)
    shift = np.where(generator.random(len(labels)) < right, 0, 1)
    logits = generator.normal(0, 0.3, (len(labels), len(index))).astype(np.float32)
    logits[np.arange(len(labels)), (labels + shift) % len(index)] += 3
    return Predictions(logits, labels, tuple(record.sha256 for record in records), tuple(manifest.classes))


def new_root(folder: Path, manifest: Manifest, **config: Any) -> Path:
    """Make a project of these images and return its folder."""
    with create_project(folder / "p.tlft", make_config(**config), manifest) as project:
        return project.root


def add_run(
    root: Path,
    manifest: Manifest,
    predictions: Predictions | None,
    *,
    name: str = "",
    note: str = "",
    epochs: int = 2,
    events: Sequence[Event] = (),
    state: str = "completed",
    failure: dict[str, Any] | None = None,
    **config: Any,
) -> str:
    """Make a run of this list of images with these answers and return its identifier."""
    store = RunStore(root)
    run = store.new_id()
    made = replace(make_run_config(run), manifest=manifest.digest, classes=manifest.classes, **config)
    store.create(made)
    best = None
    if predictions is not None:
        num_right, total = int((predictions.logits.argmax(axis=1) == predictions.labels).sum()), len(predictions.labels)
        low, high = wilson_interval(num_right, total)
        best = {"epoch": epochs, "val_accuracy": num_right / total, "low": low, "high": high, "val_loss": 0.5}
    with contextlib.closing(Recorder(store, run)) as recorder:
        told = [event for epoch in range(1, epochs + 1) for event in epoch_events(epoch, seconds=3.0 * epoch)]
        for event in (*told, *events, fit_end(state, best=best, failure=failure)):
            recorder.record(event, lambda: TrainerState({}, {}))
    if predictions is not None:
        write_predictions(store.folder(run), predictions)
    if name:
        store.rename(run, name)
    if note:
        store.set_note(run, note)
    return run


def report_of(root: Path, *refs: str) -> tuple[str, Page]:
    """Return the report about runs of a project, as text and as a page that was looked at strictly."""
    steps = make_report(
        open_project_read_only(root), refs, paths=AppPaths.below(root.parent / "home"), control=Control()
    )
    *_, report = steps
    assert isinstance(report, Report)
    text = report.data.decode("utf-8")
    return text, Page(text)
