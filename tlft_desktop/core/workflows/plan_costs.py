"""What strategies and ticks will cost on this machine: measured once for a network, and kept in the cache."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

import numpy as np

from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.transforms import augmented_view
from tlft_desktop.core.errors import InputError, StorageError, TlftError
from tlft_desktop.core.freezing.strategies import StrategyOptions
from tlft_desktop.core.models.builder import build_network
from tlft_desktop.core.models.catalog import BackboneEntry, find_backbone
from tlft_desktop.core.models.cut_points import CutPoint, find_cuts
from tlft_desktop.core.models.tracing import UntraceableError
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.training.device import choose_device, default_numerics, describe_device, place_model
from tlft_desktop.core.training.micro_run import MachineTimes, measure_machine
from tlft_desktop.core.training.time_model import PlanCost, TimeModel, Work
from tlft_desktop.core.values.manifest import Manifest, Split
from tlft_desktop.core.values.numerics import Numerics
from tlft_desktop.core.values.strategy import Augmentation, Phase, StrategyKind
from tlft_desktop.core.workflows.experiment import default_batch, require_images, strategy_for
from tlft_desktop.core.workflows.networks import is_convolutional, layer_tree
from tlft_desktop.paths import AppPaths

_FOLDER = "times"
_VERSION = 1
_MAX_BYTES = 4 << 20
_SAMPLES = 8


@dataclass(frozen=True)
class MachineCosts:
    """What is needed to tell the costs of phases on this machine.

    Attributes:
        model: Predicts.
        load: Seconds of all cores to load and augment an image.
        device: In words.
    """

    model: TimeModel
    load: float
    device: str

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
        )
        return self.model.predict(phase.plan, work)


@dataclass(frozen=True, slots=True)
class StrategyCost:
    """What a strategy with its defaults would cost for a project; all of it estimated.

    Attributes:
        strategy: Which way.
        total: Seconds of all phases; a hybrid goes through all of them.
        epoch: Seconds of an epoch of the last phase.
        memory: Most bytes that a phase holds at once.
        cache: Bytes of kept outputs.
    """

    strategy: StrategyKind
    total: float
    epoch: float
    memory: int
    cache: int

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return {
            "strategy": self.strategy.value,
            "total_seconds": round(self.total, 3),
            "epoch_seconds": round(self.epoch, 3),
            "memory_bytes": self.memory,
            "cache_bytes": self.cache,
        }


def strategy_costs(project: Project, *, paths: AppPaths, control: Control) -> list[StrategyCost]:
    """Return what each strategy with its defaults, and the project's own plan, would cost; measures if need be.

    Raises:
        InputError: If the catalogue does not know the backbone, or there are no images to train on.
        StoppedError: If a stop was requested.
    """
    config, manifest = project.config, project.edited_manifest
    require_images(manifest)
    entry, batch = find_backbone(config.backbone), default_batch(manifest)
    costs = machine_costs(
        entry.name, len(manifest.classes), config.image_size, batch=batch, paths=paths, control=control
    )
    found = []
    for kind in StrategyKind:
        try:
            strategy = strategy_for(
                kind, entry, manifest, config.image_size, plan=config.plan, options=StrategyOptions()
            )
        except TlftError:
            if kind is not StrategyKind.CUSTOM:
                raise
            # Ticks that train nothing are no strategy yet.
            continue
        phases = [costs.of_phase(phase, manifest, batch=batch) for phase in strategy.phases]
        found.append(
            StrategyCost(
                strategy=kind,
                total=sum(phase.total for phase in phases),
                epoch=phases[-1].epoch,
                memory=max(phase.memory for phase in phases),
                cache=sum(phase.cache for phase in phases),
            )
        )
    return found


def machine_costs(
    backbone: str, num_classes: int, image_size: int, *, batch: int, paths: AppPaths, control: Control
) -> MachineCosts:
    """Return the costs of a network on this machine; the first call for it takes seconds, later ones read the cache.

    Raises:
        InputError: If the catalogue does not know the backbone, or its operations cannot be told apart.
        StoppedError: If a stop was requested.
    """
    entry = find_backbone(backbone)
    numerics = default_numerics(device=choose_device(), is_convolutional=is_convolutional(entry), batch=batch)
    model = build_network(entry, num_classes=num_classes, seed=0, image_size=image_size)
    path = paths.cache / _FOLDER / f"{_key(entry, num_classes, image_size, numerics)}.json"
    try:
        cuts = find_cuts(model, image_size=image_size)
        times = _read(path)
        if times is None:
            times = measure_machine(place_model(model, numerics), numerics, image_size=image_size, control=control)
            _write(path, times)
    except UntraceableError as error:
        raise InputError(f"What '{backbone}' costs cannot be told in advance. {error}") from error
    return _costs(times, cuts, entry, num_classes, image_size, numerics)


def _costs(
    times: MachineTimes,
    cuts: Sequence[CutPoint],
    entry: BackboneEntry,
    num_classes: int,
    image_size: int,
    numerics: Numerics,
) -> MachineCosts:
    model = TimeModel(times, layer_tree(entry.name, num_classes, image_size), cuts)
    load = _loading_seconds(entry, image_size) / numerics.threads
    return MachineCosts(model, load, describe_device(numerics.device))


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


def _key(entry: BackboneEntry, num_classes: int, image_size: int, numerics: Numerics) -> str:
    parts = (_VERSION, entry.name, num_classes, image_size, sorted(numerics.to_json().items()), torch.__version__)
    machine = describe_device(numerics.device), torch.backends.cpu.get_cpu_capability()
    return hashlib.sha256(repr((parts, machine)).encode()).hexdigest()[:32]


def _read(path: Path) -> MachineTimes | None:
    try:
        return MachineTimes.from_json(json.loads(fsio.read_bytes(path, max_bytes=_MAX_BYTES)))
    except (InputError, KeyError, TypeError, ValueError):
        # Measured anew.
        return None


def _write(path: Path, times: MachineTimes) -> None:
    try:
        fsio.make_folder(path.parent)
        fsio.write_bytes(path, json.dumps(times.to_json()).encode())
    except StorageError:
        # What cannot be kept is measured again the next time.
        return
