"""A run judged on the test images, where every look counts; `evaluation.stored` judges by stored answers."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.costs import read_costs
from tlft_desktop.core.evaluation.evaluated import Evaluated
from tlft_desktop.core.evaluation.stored import evaluation_of, stored_test_answers
from tlft_desktop.core.fsio import make_folder
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.project.manifests import read_manifest
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.openings import TEST_FOLDER, Opening, OpeningLog
from tlft_desktop.core.runs.predictions import Predictions, write_predictions
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.training.device import choose_device, default_numerics, place_model
from tlft_desktop.core.training.features import PARTITION
from tlft_desktop.core.training.setup import evaluation_requests
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.workflows.networks import is_convolutional
from tlft_desktop.core.workflows.prediction import load_run, network_of
from tlft_desktop.core.workflows.run_images import answers, open_run_images
from tlft_desktop.paths import AppPaths


def evaluate_test(
    project: Project, run: str, *, costs: Path | None = None, device: str = "auto", paths: AppPaths, control: Control
) -> Generator[ProbeProgress | Evaluated, None, None]:
    """Yield progress, and at the end what the best network of a run is worth on its test images; the look is counted.

    The images are those that were test images when the run was trained, with the classes of then. The answers are
    stored: asked again, the network is not run again. No answer is yielded before the look is in the log.

    Args:
        project: Open for writing.
        run: Identifier of the run.
        costs: CSV file with what each answer costs; None where all mistakes are equally bad.
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`.
        paths: Folders of the program.
        control: Asked between batches.

    Raises:
        InputError: If the run has no test images or no trained network, an image is not what it was, or the project
            cannot be written.
        StorageError: If the disk refuses.
        StoppedError: If a stop was requested; then the images were not looked at.
    """
    project.require_writable()
    store = RunStore(project.root)
    summary = store.summary(run)
    if costs is not None:
        read_costs(costs, store.config(run).classes)
    log = OpeningLog(project.root)
    predictions = stored_test_answers(store, log, summary)
    is_stored = predictions is not None
    if predictions is None:
        predictions = yield from _answer(project, run, device=device, paths=paths, control=control)
        make_folder(store.folder(run) / TEST_FOLDER)
        write_predictions(store.folder(run) / TEST_FOLDER, predictions)
    evaluation = evaluation_of(predictions, costs)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    log.append(Opening(run, summary.best_epoch, len(predictions.hashes), now, is_stored))
    yield Evaluated(
        run,
        summary.name,
        Split.TEST,
        evaluation,
        num_openings=log.count(),
        num_opened_runs=len({opening.run for opening in log.read()}),
        is_stored=is_stored,
        epoch=summary.best_epoch,
        best_epoch=summary.best_epoch,
    )


def _answer(
    project: Project, run: str, *, device: str, paths: AppPaths, control: Control
) -> Generator[ProbeProgress, None, Predictions]:
    config = RunStore(project.root).config(run)
    if not read_manifest(project.root, config.manifest).used(Split.TEST):
        raise InputError(
            "The run has no test images: none were held back when it was trained.",
            remedy="Move images to the test split, or make the project with a share for the test, and train again.",
        )
    bundle = load_run(project, run)
    entry = find_backbone(bundle.backbone)
    numerics = default_numerics(device=choose_device(device), is_convolutional=is_convolutional(entry), batch=PARTITION)
    network = place_model(network_of(bundle), numerics)
    rows = []
    with ExitStack() as stack:
        images = yield from open_run_images(project, config, stack, split=Split.TEST, paths=paths, control=control)
        batches = images.batches(evaluation_requests(len(images)))
        for logits in answers(network, batches, numerics, control):
            rows.append(logits.numpy())
            yield ProbeProgress("pass", min(len(images), len(rows) * PARTITION), len(images))
    return Predictions(np.concatenate(rows), images.labels.numpy(), images.keys, bundle.classes)
