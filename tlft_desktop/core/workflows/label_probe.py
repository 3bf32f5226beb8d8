"""Labels of training images, judged by a probe that has not learned them.

A network that was trained on an image says nothing about its label: it has learned that label, be it right or wrong.
So the training images of a run go through the network as it was pretrained, and logistic regression on its features
answers each of them after it learned from others only.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Sequence

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.advice.folds import can_be_folded
from tlft_desktop.core.advice.logistic_probe import LogisticFolds, LogisticProbe
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.edit_images import units_of
from tlft_desktop.core.errors import InputError, StorageError
from tlft_desktop.core.evaluation.chosen import RunAnswers
from tlft_desktop.core.evaluation.probe_answers import stored_probe
from tlft_desktop.core.fsio import make_folder
from tlft_desktop.core.project.manifests import read_manifest
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.predictions import PROBE_FOLDER, Predictions, write_predictions
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.manifest import ImageRecord, Split
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.values.run import RunConfig
from tlft_desktop.core.values.seeds import derive_seed
from tlft_desktop.core.workflows.head_features import head_images
from tlft_desktop.paths import AppPaths


def probe_training_labels(
    project: Project, run: str, *, paths: AppPaths, control: Control
) -> Generator[ProbeProgress | RunAnswers, None, None]:
    """Yield progress, and at the end what the probe answers for the training images of a run.

    These are the images that the run learned from, with the classes of then. Images of a group and copies of an image
    are held out together. Features that a run kept on the disk are read, others computed and kept. The answers are kept
    beside the run where the project can be written: asked again, nothing is computed.

    Args:
        project: Open in any way.
        run: Identifier of the run; it need not have ended.
        paths: Folders of the program.
        control: Asked between batches and between folds.

    Raises:
        InputError: If there is no such run, its list of images cannot be read, or no class can be learned from one
            image and tested with another.
        TlftError: If the weights are not on this machine, or an image cannot be read.
        StoppedError: If a stop was requested; features that are done are kept.
    """
    store = RunStore(project.root)
    known = stored_probe(store, run)
    if known is not None:
        yield known
        return
    summary, config = store.summary(run), store.config(run)
    manifest = read_manifest(project.root, config.manifest)
    records = manifest.used(Split.TRAIN)
    labels = np.array([manifest.label_index(record) for record in records], dtype=np.int64)
    units = _units(records)
    _require_foldable(labels, units)
    values = yield from _features(project, config, paths=paths, control=control)
    yield ProbeProgress("folds", 0, 1)
    seed = derive_seed("folds", config.data_seed)
    num_classes = len(manifest.classes)
    folds = LogisticFolds(values, labels, num_classes=num_classes, seed=seed, units=units, control=control)
    probe = yield from _probed(folds, control)
    hashes = tuple(record.sha256 for record in records)
    predictions = Predictions(_logits(probe, labels), labels, hashes, manifest.classes)
    _keep(project, store, run, predictions)
    yield RunAnswers(summary, predictions)


def _units(records: Sequence[ImageRecord]) -> tuple[str, ...]:
    """Return for each image the name of what must be held out together."""
    names = units_of(records)
    return tuple(names[record.path] for record in records)


def _require_foldable(labels: NDArray[np.int64], units: Sequence[str]) -> None:
    if not len(labels):
        raise InputError(
            "The run has no training images whose labels could be doubted.",
            remedy="Train with images on the page Data.",
        )
    if not can_be_folded(labels, units):
        raise InputError(
            "The labels of the training images of this run cannot be doubted: a probe learns a class from some of its "
            "images and judges the others, so it needs two classes, one of them with two images that are no copies of "
            "each other and of no common group.",
            remedy="Bring more images into the project and train again.",
        )


def _features(
    project: Project, config: RunConfig, *, paths: AppPaths, control: Control
) -> Generator[ProbeProgress, None, NDArray[np.float32]]:
    """Yield progress and return what enters the head of the pretrained network, float32 [N, D]."""
    images = yield from head_images(project, config, splits=(Split.TRAIN,), paths=paths, control=control)
    values: NDArray[np.float32] = images.features.numpy()
    if not np.isfinite(values).all():
        raise InputError(
            "The pretrained network gives numbers that are not finite for these images, so that no probe can learn "
            "from them.",
            remedy="Choose another backbone.",
        )
    return values


def _probed(folds: LogisticFolds, control: Control) -> Generator[ProbeProgress, None, LogisticProbe]:
    steps = folds.probe_steps(control)
    while True:
        try:
            done, total = next(steps)
        except StopIteration as end:
            probe: LogisticProbe = end.value
            return probe
        yield ProbeProgress("folds", done, total)


def _logits(probe: LogisticProbe, labels: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the answers as logits, [N, C]; no answer for an image whose class was not learned when it was held out."""
    own = probe.probability[np.arange(len(labels)), labels]
    with np.errstate(divide="ignore"):
        logits = np.log(probe.probability).astype(np.float32)
    logits[own == 0] = -np.inf
    return logits


def _keep(project: Project, store: RunStore, run: str, predictions: Predictions) -> None:
    # A run that was thrown away meanwhile must not come back as a folder of answers.
    if project.read_only or not store.folder(run).is_dir():
        return
    # What cannot be kept is computed again.
    with contextlib.suppress(StorageError):
        folder = store.folder(run) / PROBE_FOLDER
        make_folder(folder)
        write_predictions(folder, predictions)
