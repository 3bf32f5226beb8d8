"""What strategies and ticks will cost on this machine: measured once for a network, and kept in the cache."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from torch import nn

import numpy as np

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.transforms import augmented_view
from tlft_desktop.core.errors import InputError, TlftError
from tlft_desktop.core.models.builder import build_network
from tlft_desktop.core.models.catalog import BackboneEntry, find_backbone
from tlft_desktop.core.models.cut_points import find_cuts
from tlft_desktop.core.models.tracing import UntraceableError
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.training.device import choose_device, default_numerics, place_model
from tlft_desktop.core.training.memory import free_memory, release_memory
from tlft_desktop.core.training.micro_batch import fitting_numerics
from tlft_desktop.core.training.micro_run import MachineTimes, measure_machine
from tlft_desktop.core.training.time_model import PlanCost, TimeModel, Work
from tlft_desktop.core.values.costs import StrategyCost
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.manifest import Manifest, Split
from tlft_desktop.core.values.numerics import Numerics
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import Augmentation, HeadSolver, Phase, Strategy, StrategyKind
from tlft_desktop.core.values.thaw import ThawSchedule
from tlft_desktop.core.workflows.experiment import (
    TrainOptions,
    batch_of,
    require_images,
    strategy_for,
    strategy_options,
)
from tlft_desktop.core.workflows.measured_figures import figures_file, keep_figures, read_figures
from tlft_desktop.core.workflows.networks import is_convolutional, layer_tree
from tlft_desktop.paths import AppPaths

_FOLDER = "times"
_VERSION = 3
_HAD_ENOUGH = 0.7
"""A measurement that got less of the processor was made beside other programs: it is not kept."""
_SAMPLES = 8
_TIMED_PIXELS = 32 * 128**2
_FEWEST_TIMED, _MOST_TIMED = 8, 32
_USABLE_SHARE = 0.5
"""Of the free memory: nobody asked for a measurement, so it must not come near the end of it."""


@dataclass(frozen=True)
class MachineCosts:
    """What is needed to tell the costs of phases on this machine.

    Attributes:
        entry: The network.
        image_size: Side of the images in pixels.
        model: Predicts.
        load: Seconds of all cores to load and augment an image.
        was_disturbed: Whether other programs took the processor while the network was measured.
    """

    entry: BackboneEntry
    image_size: int
    model: TimeModel
    load: float
    was_disturbed: bool

    def of_strategy(
        self,
        kind: StrategyKind,
        manifest: Manifest,
        *,
        plan: FreezePlan,
        options: TrainOptions,
        thaw: ThawSchedule | None = None,
    ) -> StrategyCost:
        """Return what a strategy will cost with the images of a manifest; takes milliseconds.

        Args:
            kind: Which way.
            manifest: Its images in use and its classes count.
            plan: The plan of a custom strategy; ignored by the others.
            options: What the user wants different.
            thaw: When the stages of a custom strategy begin to train.

        Raises:
            UsageError: If an option does not fit the strategy.
            InputError: If the plan or the schedule does not fit the network, the plan trains nothing, or there are no
                images to train on.
        """
        require_images(manifest)
        strategy = strategy_for(
            kind, self.entry, manifest, self.image_size, plan=plan, thaw=thaw, options=strategy_options(options)
        )
        batch = batch_of(manifest, options)
        phases = [self.of_phase(phase, manifest, batch=batch) for phase in strategy.phases]
        return StrategyCost(
            strategy=kind,
            total=min(sum(phase.total for phase in phases), options.budget_seconds or math.inf),
            epoch=phases[-1].epoch,
            memory=max(phase.memory for phase in phases),
            cache=sum(phase.cache for phase in phases),
        )

    def of_phase(self, phase: Phase, manifest: Manifest, *, batch: int) -> PlanCost:
        """Return what a phase will cost with the images of a manifest."""
        work = Work(
            num_train=len(manifest.used(Split.TRAIN)),
            num_val=len(manifest.used(Split.VAL)),
            num_classes=len(manifest.classes),
            epochs=phase.epochs,
            views=phase.views,
            batch=batch,
            load=self.load if phase.augmentation is not Augmentation.NONE else 0.0,
            solves_head=phase.head is HeadSolver.CONVEX,
        )
        return self.model.predict(phase.plan, work)


def strategy_costs(project: Project, *, paths: AppPaths, control: Control) -> tuple[list[StrategyCost], bool]:
    """Return what each strategy with its defaults, and the project's own plan, would cost; measures if need be.

    The second value tells whether other programs disturbed the measurement.

    Raises:
        InputError: If the catalogue does not know the backbone, or there are no images to train on.
        StoppedError: If a stop was requested.
    """
    config, manifest = project.config, project.edited_manifest
    require_images(manifest)
    costs = machine_costs(config.backbone, len(manifest.classes), config.image_size, paths=paths, control=control)
    found = []
    for kind in StrategyKind:
        try:
            found.append(costs.of_strategy(kind, manifest, plan=config.plan, thaw=config.thaw, options=TrainOptions()))
        except TlftError:
            if kind is not StrategyKind.CUSTOM:
                raise
            # Ticks that train nothing are no strategy yet.
    return found, costs.was_disturbed


def machine_costs(
    backbone: str,
    num_classes: int,
    image_size: int,
    *,
    device: str = "auto",
    paths: AppPaths,
    control: Control,
) -> MachineCosts:
    """Return the costs of a network on this machine; the first call for it takes seconds, later ones read the cache.

    Args:
        backbone: Name in the catalogue.
        num_classes: Outputs of its head.
        image_size: Side of the images in pixels.
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`.
        paths: Folders of the program.
        control: Asked between two passes.

    Raises:
        InputError: If the catalogue does not know the backbone, its operations cannot be told apart, or the device is
            not there.
        StoppedError: If a stop was requested.
    """
    entry = find_backbone(backbone)
    tree = layer_tree(entry.name, num_classes, image_size)
    numerics = default_numerics(
        device=choose_device(device), is_convolutional=is_convolutional(entry), batch=_timed_images(image_size)
    )
    network = build_network(entry, num_classes=num_classes, seed=0, image_size=image_size)
    parts = {
        "version": _VERSION,
        "backbone": entry.name,
        "classes": num_classes,
        "image_size": image_size,
        "numerics": numerics.to_json(),
    }
    path = figures_file(paths.cache / _FOLDER, numerics.device, parts)
    try:
        cuts = find_cuts(network, image_size=image_size)
        kept = read_figures(path)
        if kept is not None:
            times = MachineTimes.from_json(kept)
        else:
            times = _measure(network, tree, numerics, image_size=image_size, control=control)
            if times.had >= _HAD_ENOUGH:
                keep_figures(path, times.to_json())
    except UntraceableError as error:
        raise InputError(f"What '{backbone}' costs cannot be told in advance. {error}") from error
    load = _loading_seconds(entry, image_size) / numerics.threads
    return MachineCosts(entry, image_size, TimeModel(times, tree, cuts), load, was_disturbed=times.had < _HAD_ENOUGH)


def _timed_images(image_size: int) -> int:
    """Return how many images are timed at once: more of small ones, whose operations would be over too soon."""
    return max(_FEWEST_TIMED, min(_MOST_TIMED, _TIMED_PIXELS // image_size**2))


def _measure(
    network: nn.Module, tree: LayerTree, numerics: Numerics, *, image_size: int, control: Control
) -> MachineTimes:
    """Time a network with as many images at once as a small part of the free memory holds; give all of it back."""
    free = int(_USABLE_SHARE * free_memory(numerics.device))
    everything = Strategy(StrategyKind.FINETUNE, (Phase("timing", FreezePlan(), epochs=1),))
    fitting = fitting_numerics(numerics, tree, everything, free_bytes=free)
    try:
        return measure_machine(place_model(network, fitting), fitting, image_size=image_size, control=control)
    finally:
        release_memory(numerics.device)


def _loading_seconds(entry: BackboneEntry, image_size: int) -> float:
    """Return the seconds that a core needs to make an augmented view of an image."""
    preprocessing = entry.preprocessing.at_size(image_size)
    side = preprocessing.resize_side
    pixels = np.random.default_rng(0).integers(0, 256, (side, side, 3), dtype=np.uint8)
    taken = []
    for number in range(_SAMPLES):
        started = time.monotonic()
        augmented_view(
            pixels, preprocessing, seed=0, image=str(number), view=2, augmentation=Augmentation.STANDARD, flip=True
        )
        taken.append(time.monotonic() - started)
    return min(taken)
