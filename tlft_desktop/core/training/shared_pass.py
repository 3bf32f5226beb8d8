"""Outputs of the frozen fronts of several runs in one pass: each image is loaded once, each layer computed once.

Runs of one project that are started together freeze the same network up to different places. What the shallower fronts
give is met on the way to the deepest one (Nautilus, SIGMOD 2022: frozen layers of several candidates are one query).
Every row is what the run alone would compute, to the bit: where it would compute otherwise (features of a head in
bfloat16, a norm that is folded in one front and not in the other) it is computed for itself, on the same loaded images.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field

import torch
from torch import Tensor, fx

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.image_source import BatchRequest, ImageSource
from tlft_desktop.core.errors import StorageError
from tlft_desktop.core.models.folding import fold_norms
from tlft_desktop.core.models.split import network_before, split_network
from tlft_desktop.core.models.taps import place_in, with_taps
from tlft_desktop.core.models.tracing import UntraceableError
from tlft_desktop.core.training.device import autocast, to_device
from tlft_desktop.core.training.features import (
    FeatureSpec,
    FeatureStore,
    MemoryFeatures,
    padded,
    row_groups,
)
from tlft_desktop.core.training.front import MAX_BYTES, front_cut, front_specs, kept_bytes
from tlft_desktop.core.training.head_phase import head_features
from tlft_desktop.core.training.memory import PeakMemory
from tlft_desktop.core.training.progress import Progress
from tlft_desktop.core.training.setup import TrainingContext, TrainingSetup
from tlft_desktop.core.values.numerics import DataType, Numerics
from tlft_desktop.core.values.strategy import Augmentation, Phase


@dataclass(frozen=True, eq=False)
class Need:
    """Outputs of a front that a run reads in its first phase.

    Attributes:
        spec: Which they are.
        numerics: How the run computes them.
        front: What the run computes them with: maps images [B, 3, S, S] to the kept tensor [B, ...].
        store: Where they go.
    """

    spec: FeatureSpec
    numerics: Numerics
    front: fx.GraphModule
    store: FeatureStore


def front_key(phase: Phase) -> object:
    """Return what of a phase decides which outputs it reads."""
    return phase.plan, phase.head, phase.views, phase.views < phase.epochs, phase.augmentation, phase.flip


def needs_of(setup: TrainingSetup) -> list[Need]:
    """Return what the first phase of a run reads; nothing where it trains on images, or the network cannot be traced.

    Later phases are left out: a gate may end the run before them.
    """
    context = TrainingContext(setup, Control(), Progress(), PeakMemory(setup.numerics.device))
    with suppress(UntraceableError):
        needs = _of_head(context) if context.is_convex(context.phase) else _of_front(context)
        # Rows in memory would be gone with this pass.
        return [need for need in needs if not isinstance(need.store, MemoryFeatures)]
    return []


def _of_head(context: TrainingContext) -> list[Need]:
    setup = context.setup
    fronts: dict[DataType, fx.GraphModule] = {}
    needs = []
    # Those of validation are computed as the network answers; what the head learns from may be rounded.
    pairs = (("train", setup.train, setup.numerics.for_features), ("val", setup.val, setup.numerics))
    for name, images, numerics in pairs:
        if numerics.dtype not in fronts:
            dtype = torch.bfloat16 if numerics.dtype is DataType.BFLOAT16 else torch.float32
            fronts[numerics.dtype] = fold_norms(network_before(setup.model, setup.tree.head_path), dtype)
        spec = head_features(context, name, images)
        needs.append(Need(spec, numerics, fronts[numerics.dtype], setup.features(spec)))
    return needs


def _of_front(context: TrainingContext) -> list[Need]:
    setup, phase = context.setup, context.phase
    cut = front_cut(setup, phase)
    if cut is None:
        return []
    specs = front_specs(setup, phase, cut)
    if kept_bytes(specs.values()) > MAX_BYTES:
        return []
    context.apply_phase_plan().train_mode()
    front = fold_norms(split_network(setup.model, cut).front)
    return [Need(spec, setup.numerics, front, setup.features(spec)) for spec in specs.values()]


def fill_together(
    needs: Sequence[Need], images: Mapping[str, ImageSource], *, also_unshared: bool = False, control: Control
) -> Iterator[tuple[int, int]]:
    """Compute what is missing of several needs and yield how many images of how many went through the network.

    Does nothing where no batch would serve two of the needs: a run fills its own as quickly; unless `also_unshared`.
    Rows that cannot be stored are left to their run, too.

    Args:
        needs: Of networks that share their parameters, in evaluation mode; each `spec` once.
        images: The splits by name.
        also_unshared: Whether to compute what serves one need only, too.
        control: Asked before every batch.

    Raises:
        StoppedError: If a stop was requested; finished rows are kept.
    """
    lost: set[Need] = set()
    # Twice: a value too large for float16 makes a store forget the rows before it, and then it keeps float32.
    for _ in range(2):
        passes = [_Pass([need for need in needs if need.spec.split == name and need not in lost]) for name in images]
        if not (also_unshared or any(item.is_shared for item in passes)):
            return
        total, done = sum(item.num_images for item in passes), 0
        for item, source in zip(passes, images.values(), strict=True):
            for number in item.run(source, lost, control):
                done += number
                yield done, total


@dataclass
class _Job:
    """A batch of images, and the rows that are computed of it: the need, its group, and what is missing of that."""

    request: BatchRequest
    parts: list[tuple[Need, list[int], list[int]]] = field(default_factory=list)

    @property
    def num_images(self) -> int:
        return max(len(group) for _, group, _ in self.parts)


class _Pass:
    """One pass over the images of a split."""

    def __init__(self, needs: Sequence[Need]) -> None:
        missing = {need: rows for need in needs if (rows := need.store.missing())}
        self._needs = set(missing)
        self._chains = _chains(list(missing))
        self._jobs: dict[object, _Job] = {}
        for need, rows in missing.items():
            wanted = set(rows)
            for group in row_groups(rows, len(need.spec.rows)):
                request = need.spec.rows.request(padded(group))
                job = self._jobs.setdefault(_pictures(request), _Job(request))
                job.parts.append((need, group, [row for row in group if row in wanted]))

    @property
    def is_shared(self) -> bool:
        return any(len(job.parts) > 1 for job in self._jobs.values())

    @property
    def num_images(self) -> int:
        return sum(job.num_images for job in self._jobs.values())

    def run(self, source: ImageSource, lost: set[Need], control: Control) -> Iterator[int]:
        """Yield how many images each batch had."""
        jobs = list(self._jobs.values())
        with closing(source.batches(job.request for job in jobs)) as batches:
            for job, batch in zip(jobs, batches, strict=True):
                control.raise_if_stopped()
                if lost >= self._needs:
                    return
                for chain in self._chains:
                    wanted = [part for part in job.parts if part[0] in chain.places and part[0] not in lost]
                    outputs = chain.outputs([need for need, _, _ in wanted], batch)
                    for (need, group, rows), values in zip(wanted, outputs, strict=True):
                        _store(need, group, rows, values, lost)
                yield job.num_images


class _Chain:
    """Fronts that lie on the way to the deepest one of them.

    Args:
        deepest: Of the deepest front.
        places: Where the outputs of each need are met in it.
    """

    def __init__(self, deepest: Need, places: dict[Need, fx.Node]) -> None:
        self.places = places
        self._deepest = deepest
        self._graphs: dict[tuple[fx.Node, ...], fx.GraphModule] = {}

    def outputs(self, needs: Sequence[Need], images: Tensor) -> list[Tensor]:
        """Return the kept tensors [B, ...] of some needs, float32, for images [B, 3, S, S]."""
        if not needs:
            return []
        nodes, numerics = tuple(self.places[need] for need in needs), self._deepest.numerics
        if nodes not in self._graphs:
            self._graphs[nodes] = with_taps(self._deepest.front, nodes)
        with autocast(numerics), torch.inference_mode():
            return list(self._graphs[nodes](to_device(images, numerics)))


def _chains(needs: Sequence[Need]) -> list[_Chain]:
    left = sorted(needs, key=lambda need: len(need.front.graph.nodes), reverse=True)
    chains = []
    while left:
        deepest = left[0]
        found = {need: place_in(need.front, deepest.front) for need in left if need.numerics == deepest.numerics}
        places = {need: place for need, place in found.items() if place is not None}
        chains.append(_Chain(deepest, places))
        left = [need for need in left if need not in places]
    return chains


def _store(need: Need, group: list[int], rows: list[int], values: Tensor, lost: set[Need]) -> None:
    try:
        need.store.write(rows, values[[row - group[0] for row in rows]].flatten(1).float().cpu().numpy())
    except StorageError:
        # There is no room for it: its run says so, and keeps it in memory.
        lost.add(need)


def _pictures(request: BatchRequest) -> object:
    """Return what tells equal batches apart: view 0 is the evaluation view, however strong the others are."""
    views = request.views or (0,) * len(request.indices)
    if request.augmentation is Augmentation.NONE or not any(views):
        return request.indices
    return request.indices, views, request.augmentation, request.flip
