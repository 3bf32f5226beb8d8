"""The frozen front of a phase, run once for each image and view; epochs train the rear on what it gave."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import torch
from torch import Tensor, fx

import psutil

from tlft_desktop.core import fsio
from tlft_desktop.core.data.image_source import BatchRequest, ImageSource
from tlft_desktop.core.errors import StorageError
from tlft_desktop.core.freezing.footprint import PlanMeter
from tlft_desktop.core.models.cut_points import CutPoint, deepest_cut, find_cuts
from tlft_desktop.core.models.folding import fold_norms
from tlft_desktop.core.models.recomputing import recomputed_network
from tlft_desktop.core.models.split import SplitNetwork, cut_values, split_network
from tlft_desktop.core.models.tracing import UntraceableError
from tlft_desktop.core.training.device import autocast, to_device
from tlft_desktop.core.training.features import (
    FeatureSpec,
    FeatureStore,
    ViewRows,
    fill_features,
    memory_features,
    spread_rows,
)
from tlft_desktop.core.training.part_clock import TimedImages
from tlft_desktop.core.training.setup import TrainingContext, TrainingSetup
from tlft_desktop.core.values.events import CacheProgress, Event, Notice
from tlft_desktop.core.values.parts import Part
from tlft_desktop.core.values.strategy import Phase

MISMATCH = 0.02
"""Largest difference between a kept row and a live one, by the row's largest value: 16 bits round to 0.0005 of it."""
MIN_FRONT_SHARE = 0.1
"""Share of the computation that must lie in the front for its outputs to be kept where there are fewer views than
epochs: by default that is so from `KEPT_FRONT_SHARE` on, below it where the user chose the views."""
MAX_BYTES = 16 << 30
_MEMORY_SHARE = 0.25
NO_FRONT = "-"
"""What the progress of a run holds where a phase trains on images."""
_SECONDS_BETWEEN_EVENTS = 0.1


def choose_front(context: TrainingContext) -> Generator[Event, None, FrozenFront | None]:
    """Decide whether a phase trains on kept outputs of its frozen front, and return that front; None for images.

    The decision is part of the run's progress: a run that is resumed trains on the same numbers. Keeping pays where
    there are more epochs than views and the front is a good part of the computation (Nautilus, SIGMOD 2022: outputs
    of frozen layers are materialised once and read in every epoch).
    """
    progress, setup = context.progress, context.setup
    if progress.front == NO_FRONT:
        return None
    try:
        cut = front_cut(setup, context.phase, name=progress.front)
        if cut is not None:
            assert context.applied is not None
            context.applied.train_mode()
            front = FrozenFront(context, cut, split_network(setup.model, cut))
            if front.num_bytes <= MAX_BYTES:
                progress.front = cut.name
                return front
            yield context.event(Notice, kind="cache", message=_too_large(front))
    except UntraceableError as error:
        message = f"The outputs of the frozen layers cannot be kept, so every epoch computes them again. {error}"
        yield context.event(Notice, kind="cache", message=message)
    progress.front = NO_FRONT
    return None


def describe_front(front: FrozenFront) -> dict[str, Any]:
    """Return what the events of a phase say about its front."""
    return {
        "boundary": front.boundary,
        "share_of_macs": front.share_of_macs,
        "bytes": front.num_bytes,
        "hit": front.is_complete,
    }


def front_cut(setup: TrainingSetup, phase: Phase, *, name: str = "") -> CutPoint | None:
    """Return where the network is cut for a phase whose front's outputs pay; None where they do not.

    Args:
        setup: Network and images.
        phase: One that trains batch by batch.
        name: Of the cut to take where there is one of that name.

    Raises:
        UntraceableError: If the network cannot be traced.
    """
    is_cheap = 1 <= phase.views < phase.epochs
    if not is_cheap or PlanMeter(setup.tree).measure(phase.plan).front_share < MIN_FRONT_SHARE:
        return None
    cuts = find_cuts(setup.model, image_size=setup.train.image_size)
    untouched = setup.tree.untouched(phase.plan)
    return next((cut for cut in cuts if cut.name == name), None) or deepest_cut(cuts, untouched)


def front_specs(setup: TrainingSetup, phase: Phase, cut: CutPoint) -> dict[str, FeatureSpec]:
    """Return which outputs of a front are kept for each split."""
    rows = {
        "train": ViewRows(len(setup.train), phase.views, phase.augmentation, phase.flip),
        "val": ViewRows(len(setup.val)),
    }
    return {name: FeatureSpec(name, cut.name, rows[name], cut.width) for name in rows}


def kept_bytes(specs: Iterable[FeatureSpec]) -> int:
    """Return the size of all rows as 16-bit numbers."""
    return sum(2 * spec.width * len(spec.rows) for spec in specs)


def _too_large(front: FrozenFront) -> str:
    return (
        f"The outputs of the frozen layers would take {front.num_bytes / 2**30:.1f} GiB, so every epoch computes them "
        "again. Fewer views (`--views` on the command line) or a plan that freezes up to a later layer take less."
    )


class FrontMismatchError(ValueError):
    """Kept outputs of the front are not what the network computes now."""


class FrozenFront:
    """Outputs of the front for every image in every view that the phase trains on, and of the validation images.

    Args:
        context: Shared state of the run, with the plan of the phase applied.
        cut: Where the network is cut.
        split: Its two parts.
        stores: Where the outputs are, if they are there already.
    """

    def __init__(
        self,
        context: TrainingContext,
        cut: CutPoint,
        split: SplitNetwork,
        stores: dict[str, FeatureStore] | None = None,
    ) -> None:
        setup = context.setup
        self._context, self._cut, self._split = context, cut, split
        self._specs = front_specs(setup, context.phase, cut)
        self._rows = {name: spec.rows for name, spec in self._specs.items()}
        self._images = {"train": setup.train, "val": setup.val}
        self._stores = stores or {name: self._make_store(name) for name in self._rows}
        self._last_event = time.monotonic()
        self._folded: fx.GraphModule | None = None
        self._rear_train: Callable[[Tensor], Tensor] = split.rear_train

    @property
    def boundary(self) -> str:
        """Operation whose outputs are kept."""
        return self._cut.name

    @property
    def share_of_macs(self) -> float:
        """Share of the computation that the plan freezes in front; a cut that lies before its end takes out less."""
        return PlanMeter(self._context.setup.tree).measure(self._context.phase.plan).front_share

    @property
    def num_bytes(self) -> int:
        """Size of all rows as 16-bit numbers."""
        return kept_bytes(self._specs.values())

    @property
    def is_complete(self) -> bool:
        """Whether every row is there already."""
        return not any(store.missing() for store in self._stores.values())

    def use(self) -> Iterator[Event]:
        """Fill the stores and let the run train on them; a front that cannot be kept costs time, not the run.

        Raises:
            StoppedError: If a stop was requested; finished rows are kept.
        """
        context = self._context
        try:
            yield from self._fill()
        except FrontMismatchError as error:
            context.progress.front = NO_FRONT
            message = f"Every epoch computes the frozen layers again. {error}"
            yield context.event(Notice, kind="cache", message=message)
        else:
            context.inputs = self

    def for_trial(self, trial: TrainingContext) -> FrozenFront:
        """Return the same front for a copy of the network, which trains in `trial`."""
        assert trial.applied is not None
        trial.applied.train_mode()
        return FrozenFront(trial, self._cut, split_network(trial.model, self._cut), self._stores)

    def _fill(self) -> Iterator[Event]:
        """Compute what is missing and compare some rows with the network as it is."""
        total = sum(len(rows) for rows in self._rows.values())
        before = 0
        for name, rows in self._rows.items():
            yield from self._fill_split(name, before, total)
            before += len(rows)
        with self._context.parts.measure(Part.FROZEN):
            for name in self._rows:
                self._check(name)

    def training_batches(self, requests: Iterable[BatchRequest]) -> Generator[Tensor, None, None]:
        """Yield the front's outputs [B, ...] for each request, the next ones read ahead."""
        rows = self._rows["train"]
        yield from self._batches("train", (self._rows_of(rows, request) for request in requests))

    def validation_batches(self, requests: Iterable[BatchRequest]) -> Generator[Tensor, None, None]:
        """Yield the front's outputs [B, ...] of validation images for each request in order."""
        yield from self._batches("val", (request.indices for request in requests))

    def logits_in_training(self, values: Tensor) -> Tensor:
        """Return logits [B, C] of the rear in the modes of training."""
        return self._rear_train(values)

    def logits(self, values: Tensor) -> Tensor:
        """Return logits [B, C] of the rear in evaluation mode."""
        logits: Tensor = self._split.rear_eval(values)
        return logits

    def recompute_activations(self, frozen: frozenset[str]) -> None:
        """Keep less of the rear for the backward pass from now on."""
        setup = self._context.setup
        self._rear_train = recomputed_network(setup.model, frozen, image_size=setup.train.image_size, start=self._cut)

    def _make_store(self, name: str) -> FeatureStore:
        """Return the store of a split: one that outlives the run where the front is still as it was pretrained."""
        spec = self._specs[name]
        setup, progress = self._context.setup, self._context.progress
        earlier = setup.strategy.phases[: progress.phase]
        is_pristine = all(self._cut.owners <= setup.tree.untouched(phase.plan) for phase in earlier)
        return setup.features(spec) if is_pristine else memory_features(spec)

    @staticmethod
    def _rows_of(rows: ViewRows, request: BatchRequest) -> Sequence[int]:
        views = request.views or (0,) * len(request.indices)
        return [rows.row_of(image, view) for image, view in zip(request.indices, views, strict=True)]

    def _fill_split(self, name: str, before: int, total: int) -> Iterator[Event]:
        try:
            yield from self._compute_missing(name, before, total)
        except StorageError as error:
            rows = self._rows[name]
            needed, free = 4 * self._cut.width * len(rows), psutil.virtual_memory().available
            if needed > _MEMORY_SHARE * free:
                raise FrontMismatchError(f"Their outputs can be kept neither in memory nor on disk: {error}") from error
            message = f"The outputs of the frozen layers are kept in memory only: {error}"
            yield self._context.event(Notice, kind="cache", message=message)
            self._stores[name] = memory_features(self._specs[name])
            yield from self._compute_missing(name, before, total)

    def _compute_missing(self, name: str, before: int, total: int) -> Iterator[Event]:
        context = self._context
        filling = fill_features(
            self._stores[name],
            TimedImages(self._images[name], context.parts),
            self._extract,
            numerics=context.setup.numerics,
            control=context.control,
            views=self._rows[name],
        )
        for done in context.parts.each(Part.FROZEN, filling):
            now = time.monotonic()
            if now - self._last_event >= _SECONDS_BETWEEN_EVENTS or before + done == total:
                self._last_event = now
                yield context.event(CacheProgress, done=before + done, total=total)

    def _extract(self, images: Tensor) -> Tensor:
        if self._folded is None:
            self._folded = fold_norms(self._split.front)
        return cut_values(self._folded, images)

    def _check(self, name: str) -> None:
        """Compare rows spread over a store with a live forward pass.

        Raises:
            FrontMismatchError: If they differ by more than rounding.
        """
        rows, numerics = self._rows[name], self._context.setup.numerics
        chosen = spread_rows(len(rows))
        kept = self._read_whole(name, chosen).flatten(1)
        images: ImageSource = self._images[name]
        with autocast(numerics):
            live = cut_values(self._split.front, to_device(images.load(rows.request(chosen)), numerics))
        live = live.flatten(1).cpu()
        scale = live.abs().amax(dim=1).clamp_min(1e-6)
        if bool(((live - kept).abs().amax(dim=1) > MISMATCH * scale).any()):
            raise FrontMismatchError(f"The kept outputs of '{self._cut.name}' are not those of the network.")

    def _batches(self, name: str, requests: Iterable[Sequence[int]]) -> Generator[Tensor, None, None]:
        pending: deque[tuple[Sequence[int], Future[Tensor]]] = deque()
        pool = ThreadPoolExecutor(1, thread_name_prefix="front-reader")
        try:
            for rows in requests:
                pending.append((rows, pool.submit(self._read, name, rows)))
                if len(pending) > 1:
                    yield self._finish(name, *pending.popleft())
            while pending:
                yield self._finish(name, *pending.popleft())
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _finish(self, name: str, rows: Sequence[int], future: Future[Tensor]) -> Tensor:
        try:
            return future.result()
        except fsio.DamagedError:
            return self._read_whole(name, rows)

    def _read_whole(self, name: str, rows: Sequence[int]) -> Tensor:
        try:
            return self._read(name, rows)
        except fsio.DamagedError:
            # Somebody deleted or damaged the cache meanwhile: what is missing is computed again.
            for _ in self._compute_missing(name, 0, 0):
                pass
            return self._read(name, rows)

    def _read(self, name: str, rows: Sequence[int]) -> Tensor:
        values = self._stores[name].read(rows)
        return torch.from_numpy(values).view(len(rows), *self._cut.shape)
