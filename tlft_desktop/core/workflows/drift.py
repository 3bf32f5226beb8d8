"""What a run rewrote: features of validation images in the pretrained network and in the trained one, compared."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import fx, nn

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.image_source import ImageSource
from tlft_desktop.core.errors import InputError, StoppedError, TlftError
from tlft_desktop.core.evaluation.drift import MIN_IMAGES, Drift, linear_cka
from tlft_desktop.core.models.builder import build_network, build_pretrained
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.cut_points import CutPoint, deepest_cut, find_cuts
from tlft_desktop.core.models.split import network_with_taps
from tlft_desktop.core.models.tracing import UntraceableError
from tlft_desktop.core.models.weights import WeightsStore
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
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.numerics import Numerics
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.values.run import RunConfig
from tlft_desktop.core.workflows.depth import pooled
from tlft_desktop.core.workflows.measured_figures import figures_file, keep_figures, read_figures
from tlft_desktop.core.workflows.networks import is_convolutional, layer_tree
from tlft_desktop.core.workflows.prediction import load_run
from tlft_desktop.core.workflows.run_images import open_run_images
from tlft_desktop.paths import AppPaths

MAX_IMAGES = 256
_FOLDER = "drift"
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError)


def measured_drift(
    project: Project, run: str, *, device: str = "auto", paths: AppPaths, control: Control
) -> Generator[ProbeProgress | Drift, None, None]:
    """Yield progress, and at the end how far the best state of a run has drifted from the pretrained network.

    Up to `MAX_IMAGES` of the run's validation images go through both networks once. The result is kept in the cache:
    asked again, it is there at once. What stands in the way is said in the result.

    Args:
        project: Open in any way: nothing of it is changed.
        run: Identifier of a run.
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`.
        paths: Folders of the program.
        control: Asked between batches.

    Raises:
        StoppedError: If a stop was requested.
    """
    try:
        with ExitStack() as stack:
            yield (yield from _measure(project, run, stack, device=device, paths=paths, control=control))
    except StoppedError:
        raise
    except TlftError as error:
        yield Drift({}, problem=f"The drift cannot be measured. {error.message}")


def _measure(
    project: Project, run: str, stack: ExitStack, *, device: str, paths: AppPaths, control: Control
) -> Generator[ProbeProgress, None, Drift]:
    store = RunStore(project.root)
    config = store.config(run)
    path = _kept_at(store, config, device, paths)
    kept = _read(path)
    if kept is not None:
        return kept
    before, after = _networks(project, config, paths)
    images = yield from open_run_images(
        project, config, stack, split=Split.VAL, at_most=MAX_IMAGES, paths=paths, control=control
    )
    if len(images) < MIN_IMAGES:
        return Drift({}, problem=f"The drift needs {MIN_IMAGES} validation images at least.")
    tree = layer_tree(config.backbone, len(config.classes), config.image_size)
    try:
        stages = _stage_ends(before, tree, config.image_size)
    except UntraceableError as error:
        return Drift({}, problem=f"The stages of '{config.backbone}' cannot be told apart. {error}")
    cuts = [cut for _, cut in stages if cut is not None]
    numerics = _numerics(config, device)
    found = []
    for place, model in enumerate((before, after)):
        network = network_with_taps(place_model(model.eval(), numerics), tree.head_path, cuts, pooled)
        steps = _Pass(network, images, numerics, control)
        for done in steps.run():
            yield ProbeProgress("pass", place * len(images) + done, 2 * len(images))
        found.append(steps.values)
    similarities = [linear_cka(*values) for values in zip(*found, strict=True)]
    names = [stage for stage, _ in stages]
    drift = Drift(
        {name: None if math.isnan(value) else round(value, 9) for name, value in zip(names, similarities, strict=True)},
        len(images),
    )
    keep_figures(path, drift.to_json())
    return drift


def _kept_at(store: RunStore, config: RunConfig, device: str, paths: AppPaths) -> Path:
    parts = {
        "run": config.run,
        # The best state of a run that goes on may become another one.
        "best_epoch": store.summary(config.run).best_epoch,
        "weights": config.weights_sha256,
        "manifest": config.manifest,
    }
    return figures_file(paths.cache / _FOLDER, choose_device(device), parts)


def _read(path: Path) -> Drift | None:
    figures = read_figures(path)
    if figures is None:
        return None
    try:
        return Drift.from_json(figures)
    except _UNREADABLE:
        return None


def _networks(project: Project, config: RunConfig, paths: AppPaths) -> tuple[nn.Module, nn.Module]:
    """Return the network as it was pretrained, and in the best state of the run."""
    entry, num_classes = find_backbone(config.backbone), len(config.classes)
    weights = WeightsStore(paths.models_folder, paths.site_weights).load(entry)
    before = build_pretrained(
        entry, num_classes=num_classes, weights=weights, seed=config.seed, image_size=config.image_size
    )
    after = build_network(entry, num_classes=num_classes, seed=config.seed, image_size=config.image_size)
    try:
        after.load_state_dict(load_run(project, config.run).state)
    except RuntimeError as error:
        raise InputError("The trained network of this run does not have the layers of its backbone.") from error
    return before, after


def _numerics(config: RunConfig, device: str) -> Numerics:
    return default_numerics(
        device=choose_device(device), is_convolutional=is_convolutional(find_backbone(config.backbone)), batch=PARTITION
    )


def _stage_ends(model: nn.Module, tree: LayerTree, image_size: int) -> list[tuple[str, CutPoint | None]]:
    """Return the stages in front of the head, each with the last cut in it; the last with None: the head's input.

    A stage without a cut of its own is left out.

    Raises:
        UntraceableError: If the network cannot be traced.
    """
    cuts = find_cuts(model, image_size=image_size)
    ends = {tree.node(owner).stage: number for number, owner in enumerate(tree.owners, start=1)}
    stages = [stage for stage in tree.stages if stage in ends and stage != tree.node(tree.head_path).stage]
    found: list[tuple[str, CutPoint | None]] = []
    for stage in stages[:-1]:
        cut = deepest_cut(cuts, frozenset(tree.owners[: ends[stage]]))
        if cut is not None and cut not in [other for _, other in found]:
            found.append((stage, cut))
    return [*found, *((stage, None) for stage in stages[-1:])]


@dataclass
class _Pass:
    """Images through a network that returns features of several places.

    Attributes:
        values: Of each place, [N, D], when `run` is done.
    """

    network: fx.GraphModule
    images: ImageSource
    numerics: Numerics
    control: Control
    values: Sequence[NDArray[np.float32]] = ()

    def run(self) -> Iterator[int]:
        """Yield how many images are done.

        Raises:
            StoppedError: If a stop was requested.
        """
        parts: list[list[NDArray[np.float32]]] = []
        done = 0
        with applied_numerics(self.numerics), torch.inference_mode():
            for batch in self.images.batches(list(evaluation_requests(len(self.images)))):
                self.control.raise_if_stopped()
                with autocast(self.numerics):
                    outputs = self.network(to_device(batch, self.numerics))
                parts.append([value.cpu().numpy() for value in outputs])
                done += len(batch)
                yield done
        self.values = [np.concatenate(column) for column in zip(*parts, strict=True)]
