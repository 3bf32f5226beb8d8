"""Runs on disk for the pages Compare and Use: made by the store, with curves and results but without training."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from tlft_desktop.core.fsio import AppendLog
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.epoch_answers import EpochAnswersWriter, EpochImages, answers_in
from tlft_desktop.core.runs.predictions import Predictions, write_predictions
from tlft_desktop.core.runs.status import read_status, write_status
from tlft_desktop.core.runs.store import METRICS_FILE, TIMINGS_FILE, RunStore
from tlft_desktop.core.stats import wilson_interval
from tlft_desktop.core.values.numerics import DataType, MemoryFormat, Numerics
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.run import RunConfig, RunState
from tlft_desktop.core.values.strategy import Phase, Strategy, StrategyKind

NUM_VAL = 120


def make_run(
    project: Project,
    accuracy: float | None,
    *,
    kind: StrategyKind = StrategyKind.TRANSFER,
    seconds: float = 10.0,
    epochs: int = 4,
    plans: tuple[FreezePlan, ...] = (FreezePlan(frozenset({"stem"})),),
    state: RunState = RunState.COMPLETED,
    run: str = "",
) -> str:
    """Write a run and return its identifier, which may be given; without an accuracy it has no result."""
    store = RunStore(project.root)
    run = run or store.new_id()
    phases = tuple(Phase(f"phase {number}", plan, epochs=epochs) for number, plan in enumerate(plans, start=1))
    is_new = not store.folder(run).exists()
    folder = store.create(_config(project, run, Strategy(kind, phases))) if is_new else store.folder(run)
    best = None
    if accuracy is not None:
        low, high = wilson_interval(round(accuracy * NUM_VAL), NUM_VAL)
        best = {"epoch": epochs, "val_accuracy": accuracy, "low": low, "high": high, "val_loss": 0.5}
        _write_curves(store, run, accuracy, seconds, epochs)
    status = replace(
        read_status(folder),
        state=state,
        best=best,
        epoch=epochs if best else 0,
        total_seconds=seconds if best else 0.0,
        peak_memory_bytes=800_000_000 if best else 0,
        trainable_parameters=27 if kind is StrategyKind.TRANSFER else 2579,
        total_parameters=2579,
        frozen_proof="verified" if best else "",
    )
    write_status(folder, status)
    return run


def _config(project: Project, run: str, strategy: Strategy) -> RunConfig:
    return RunConfig(
        run=run,
        strategy=strategy,
        backbone=project.config.backbone,
        weights_sha256="0" * 64,
        image_size=project.config.image_size,
        manifest=project.config.manifest,
        classes=("cat", "dog"),
        seed=0,
        data_seed=0,
        numerics=Numerics("cpu", 1, 1, DataType.FLOAT32, MemoryFormat.CONTIGUOUS, 8, 8),
        versions={},
        started="2026-11-24T08:00:00+00:00",
    )


def _write_curves(store: RunStore, run: str, accuracy: float, seconds: float, epochs: int) -> None:
    metrics = AppendLog(store.folder(run) / METRICS_FILE)
    timings = AppendLog(store.folder(run) / TIMINGS_FILE)
    for epoch in range(1, epochs + 1):
        value = accuracy * (1 - 0.5 ** (epoch + 1)) if epoch < epochs else accuracy
        low, high = wilson_interval(round(value * NUM_VAL), NUM_VAL)
        result = {"val_accuracy": value, "val_accuracy_low": low, "val_accuracy_high": high, "val_loss": 1 - value}
        metrics.append({"seq": epoch, "event": "validation_end", "epoch": epoch, **result})
        timings.append({"seq": epoch, "epoch": epoch, "seconds": seconds * epoch / epochs})
    metrics.close()
    timings.close()


Images = Mapping[str, tuple[str, Mapping[str, float]]]


def write_answers(project: Project, run: str, images: Images, classes: Sequence[str]) -> None:
    """Store what a run answers for validation images.

    Args:
        project: Which knows the images.
        run: Identifier of the run.
        images: For each image, by its path or, where the project does not know it, by any name: its true class and the
            probabilities of classes; those that are not named share the rest.
        classes: In the order of the outputs.
    """
    write_predictions(RunStore(project.root).folder(run), _predictions(project, images, classes))


def write_epochs(project: Project, run: str, epochs: Mapping[int, Images], classes: Sequence[str]) -> None:
    """Store what a run answers after each of some epochs; see `write_answers`."""
    writer = None
    for epoch, images in epochs.items():
        found = _predictions(project, images, classes)
        if writer is None:
            shared = EpochImages(found.labels, found.hashes, found.classes)
            writer = EpochAnswersWriter(RunStore(project.root).folder(run), shared)
        writer.append(answers_in(epoch, found.logits, found.labels))
    if writer is not None:
        writer.close()


def _predictions(project: Project, images: Images, classes: Sequence[str]) -> Predictions:
    known = {record.path: record.sha256 for record in project.manifest.records}
    rows = []
    for _, shares in images.values():
        rest = (1 - sum(shares.values())) / max(1, len(classes) - len(shares))
        rows.append([shares.get(name, rest) for name in classes])
    return Predictions(
        np.log(np.maximum(np.array(rows), 1e-9)).astype(np.float32),
        np.array([classes.index(label) for label, _ in images.values()]),
        tuple(known.get(path, hashlib.sha256(path.encode()).hexdigest()) for path in images),
        tuple(classes),
    )
