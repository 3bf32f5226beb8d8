"""Validation images of runs as maps: each image a point, near those that the network finds alike."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack

import torch

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.image_source import ImageSource
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.embedding import (
    laid_over,
    map_points,
    neighbour_share,
    require_method,
)
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.head_boundary import HeadFeatures
from tlft_desktop.core.project.manifests import read_manifest
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.training.device import (
    applied_numerics,
    autocast,
    choose_device,
    default_numerics,
    place_model,
    to_device,
)
from tlft_desktop.core.training.features import PARTITION
from tlft_desktop.core.training.setup import evaluation_requests
from tlft_desktop.core.values.image_map import MAX_RUNS, ImageMap, MapMethod, RunMap
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.values.run import RunConfig, RunSummary
from tlft_desktop.core.workflows.networks import is_convolutional
from tlft_desktop.core.workflows.prediction import load_run, network_of
from tlft_desktop.core.workflows.run_images import open_run_images, run_records
from tlft_desktop.paths import AppPaths

MAX_IMAGES = 5_000
"""More points than this lie over each other; of each class as large a share is taken."""


def image_map(
    project: Project,
    runs: Sequence[str],
    *,
    method: MapMethod = MapMethod.PCA,
    device: str = "auto",
    paths: AppPaths,
    control: Control,
) -> Generator[ProbeProgress | ImageMap, None, None]:
    """Yield progress, and at the end the maps of runs that have the same validation images.

    Args:
        project: Open in any way: nothing of it is changed.
        runs: Identifiers, one to `MAX_RUNS`.
        method: How features become points.
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`.
        paths: Folders of the program.
        control: Asked between batches.

    Raises:
        InputError: If runs have other images or classes, one has no network, or there are too few images.
        StoppedError: If a stop was requested.
    """
    require_method(method)
    store = RunStore(project.root)
    configs = [store.config(run) for run in runs]
    _require_same_images(configs)
    first = configs[0]
    manifest = read_manifest(project.root, first.manifest)
    records = run_records(manifest, first, split=Split.VAL, at_most=MAX_IMAGES)
    labels = np.array([first.classes.index(record.label) for record in records], dtype=np.int64)
    maps: list[RunMap] = []
    for place, config in enumerate(configs):
        with ExitStack() as stack:
            images = yield from open_run_images(
                project, config, stack, split=Split.VAL, at_most=MAX_IMAGES, paths=paths, control=control
            )
            features = _FeaturePass(project, config, images, device, control)
            for done in features.run():
                yield ProbeProgress("pass", place * len(images) + done, len(configs) * len(images))
        maps.append(_map_of(store.summary(config.run), features, labels, method, maps))
        control.raise_if_stopped()
    yield ImageMap(
        method=method,
        classes=first.classes,
        images=tuple(record.path for record in records),
        hashes=tuple(record.sha256 for record in records),
        labels=labels,
        maps=tuple(maps),
        num_left_out=len(manifest.used(Split.VAL)) - len(records),
    )


def _map_of(
    run: RunSummary, features: _FeaturePass, labels: NDArray[np.int64], method: MapMethod, others: Sequence[RunMap]
) -> RunMap:
    points, explained = map_points(features.values, method)
    if others:
        points = laid_over(others[0].points, points)
    share = neighbour_share(features.values, labels)
    return RunMap(run.run, run.name, points, features.predicted, share, explained)


class _FeaturePass:
    """Images through the network of a run, up to its head and through it.

    Attributes:
        values: What enters the head, float32 [N, D], when `run` is done.
        predicted: The likeliest class of each image, int64 [N].
    """

    def __init__(self, project: Project, config: RunConfig, images: ImageSource, device: str, control: Control) -> None:
        entry = find_backbone(config.backbone)
        self._images, self._control = images, control
        self._numerics = default_numerics(
            device=choose_device(device), is_convolutional=is_convolutional(entry), batch=PARTITION
        )
        model = place_model(network_of(load_run(project, config.run)), self._numerics)
        self._features, self._head = HeadFeatures(model, entry.head), model.get_submodule(entry.head)
        self.values: NDArray[np.float32] = np.empty((0, 0), dtype=np.float32)
        self.predicted: NDArray[np.int64] = np.empty(0, dtype=np.int64)

    def run(self) -> Iterator[int]:
        """Yield how many images are done.

        Raises:
            InputError: If the head does not take one vector for each image.
            StoppedError: If a stop was requested.
        """
        values, predicted = [], []
        done = 0
        with applied_numerics(self._numerics), torch.inference_mode():
            for batch in self._images.batches(list(evaluation_requests(len(self._images)))):
                self._control.raise_if_stopped()
                with autocast(self._numerics):
                    features = self._input_of_head(to_device(batch, self._numerics))
                    logits = self._head(features)
                values.append(features.cpu().numpy())
                predicted.append(logits.argmax(dim=1).cpu().numpy())
                done += len(batch)
                yield done
        if values:
            self.values, self.predicted = np.concatenate(values), np.concatenate(predicted).astype(np.int64)

    def _input_of_head(self, images: torch.Tensor) -> torch.Tensor:
        try:
            return self._features(images)
        except ValueError as error:
            raise InputError(f"There is no map of this network: {error}.") from error


def _require_same_images(configs: Sequence[RunConfig]) -> None:
    if not 1 <= len(configs) <= MAX_RUNS:
        raise InputError(f"A map shows one to {MAX_RUNS} runs, got {len(configs)}.")
    first = configs[0]
    for other in configs[1:]:
        if (other.manifest, other.classes, other.data_seed) != (first.manifest, first.classes, first.data_seed):
            raise InputError(
                f"The runs '{first.run}' and '{other.run}' do not have the same images, classes and division, so their "
                "maps cannot be laid over each other.",
                remedy="Make a map of each of them.",
            )
