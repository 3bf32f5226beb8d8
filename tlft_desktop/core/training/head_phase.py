"""A phase that trains the head only, on features that are computed once."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Iterator

import torch
from torch import nn

from tlft_desktop.core import fsio
from tlft_desktop.core.data.image_source import ImageSource
from tlft_desktop.core.errors import StoppedError, StorageError
from tlft_desktop.core.models.folding import quickest_features
from tlft_desktop.core.models.head_boundary import HeadFeatures
from tlft_desktop.core.training.device import autocast, to_device
from tlft_desktop.core.training.features import (
    FeatureSpec,
    FeatureStore,
    ViewRows,
    fill_features,
    memory_features,
    spread_rows,
)
from tlft_desktop.core.training.head import HeadStep, choose_l2, solve_head
from tlft_desktop.core.training.metrics import Evaluation, evaluate_logits
from tlft_desktop.core.training.part_clock import TimedImages
from tlft_desktop.core.training.setup import TrainingContext, UnusableOutputsError
from tlft_desktop.core.values.events import BatchEnd, CacheProgress, EpochEnd, Event, Notice
from tlft_desktop.core.values.numerics import DataType
from tlft_desktop.core.values.parts import Part
from tlft_desktop.core.values.seeds import derive_seed

_SECONDS_BETWEEN_EVENTS = 0.1
_CACHE_TRIES = 3
_ROUNDING = {DataType.FLOAT32: 0.02, DataType.BFLOAT16: 0.1}
"""Distance of a kept row to a live one, by the length of the row, that rounding does not make in most rows. Rounding to
bfloat16 in 46 of 49 convolutions made 0.03 of it at the median for digits and photographs, 0.05 for smooth images."""
_OF_ONE = 3.0
"""How much more it may make in one row: 0.14 was the most of 1,800; rows of two images are 0.3 apart, mostly more."""

Extractor = Callable[[torch.Tensor], torch.Tensor]


class HeadPhase:
    """Solve the head on the features of the frozen network.

    The iterations are reported when the optimum is found: a stop or a kill before that starts the phase again from
    the features, which are kept, and leaves no half of it in the record.

    Args:
        context: Shared state of the run.
        train_store, val_store: Where the features are kept.
    """

    def __init__(self, context: TrainingContext, train_store: FeatureStore, val_store: FeatureStore) -> None:
        self._context = context
        self._stores: dict[str, FeatureStore] = {"train": train_store, "val": val_store}
        self._values: dict[str, torch.Tensor] = {}
        self._head = context.model.get_submodule(context.setup.tree.head_path)
        self._last_event = time.monotonic()
        self._started = time.monotonic()
        self._l2 = 0.0
        # What the head learns from may be rounded; validation tells what the network answers, and computes as it does.
        numerics = context.setup.numerics
        self._numerics = {"train": numerics.for_features, "val": numerics}
        self._exact = HeadFeatures(context.model, context.setup.tree.head_path)
        self._extractors: dict[str, Extractor] = {}

    def run(self) -> Iterator[Event]:
        """Yield the events of the phase; returns when it is done or a stop was requested.

        Raises:
            UnusableOutputsError: If the features are not finite numbers.
        """
        try:
            yield from self._fill()
            steps = yield from self._solve()
        except StoppedError:
            return
        yield from self._report(steps)

    def _fill(self) -> Iterator[Event]:
        yield from self._fill_both()
        context = self._context
        with context.parts.measure(Part.FROZEN):
            is_mismatch = self._is_mismatch()
        if is_mismatch:
            message = "The kept features are not those of the network, so they are computed again and kept in memory."
            yield context.event(Notice, kind="cache", message=message)
            for name, images in (("train", context.setup.train), ("val", context.setup.val)):
                self._extractors[name], self._numerics[name] = self._exact, context.setup.numerics
                self._stores[name] = memory_features(head_features(context, name, images))
            yield from self._fill_both()

    def _fill_both(self) -> Iterator[Event]:
        setup = self._context.setup
        total = len(setup.train) + len(setup.val)
        yield from self._fill_split("train", setup.train, before=0, total=total)
        yield from self._fill_split("val", setup.val, before=len(setup.train), total=total)

    def _is_mismatch(self) -> bool:
        """Compare rows spread over the training images with a live forward pass of the network as it is."""
        images, numerics = self._context.setup.train, self._context.setup.numerics
        rows = spread_rows(len(images))
        with autocast(numerics):
            live = self._exact(to_device(images.load(ViewRows(len(images)).request(rows)), numerics)).cpu()
        kept = self._values["train"][rows]
        return differs(live, kept, self._numerics["train"].dtype)

    def _fill_split(self, name: str, images: ImageSource, *, before: int, total: int) -> Iterator[Event]:
        """Compute the features of a split and read them; a cache that fails costs time, never the run."""
        context = self._context
        for _ in range(_CACHE_TRIES):
            try:
                yield from self._compute_missing(name, images, before=before, total=total)
                self._values[name] = self._read(name)
                return
            except fsio.DamagedError:
                # Rows that are damaged, or were rounded before a value needed float32, are missing now.
                continue
            except StorageError as error:
                message = f"The features are kept in memory only: {error}"
                yield context.event(Notice, kind="cache", message=message)
                break
        self._stores[name] = memory_features(head_features(context, name, images))
        yield from self._compute_missing(name, images, before=before, total=total)
        self._values[name] = self._read(name)

    def _compute_missing(self, name: str, images: ImageSource, *, before: int, total: int) -> Iterator[Event]:
        context, store, parts = self._context, self._stores[name], self._context.parts
        with parts.measure(Part.FROZEN):
            extract = self._extractor(name) if store.missing() else self._exact
        timed, numerics = TimedImages(images, parts), self._numerics[name]
        filling = fill_features(store, timed, extract, numerics=numerics, control=context.control)
        for done in parts.each(Part.FROZEN, filling):
            if self._is_due() or before + done == total:
                yield context.event(CacheProgress, done=before + done, total=total)

    def _extractor(self, name: str) -> Extractor:
        """Return what computes the features of a split; made when a row is missing, not before."""
        if name not in self._extractors:
            head_path = self._context.setup.tree.head_path
            dtype = torch.bfloat16 if self._numerics[name].dtype is DataType.BFLOAT16 else torch.float32
            self._extractors[name] = quickest_features(self._context.model, head_path, dtype)
        return self._extractors[name]

    def _is_due(self) -> bool:
        due = time.monotonic() - self._last_event >= _SECONDS_BETWEEN_EVENTS
        if due:
            self._last_event = time.monotonic()
        return due

    def _read(self, name: str) -> torch.Tensor:
        # A copy in torch's own memory: how matrix products round depends on the alignment, and numpy's is arbitrary.
        with self._context.parts.measure(Part.LOADING):
            features = torch.from_numpy(self._stores[name].read_all()).clone()
        if not bool(torch.isfinite(features).all()):
            raise UnusableOutputsError
        return features

    def _solve(self) -> Generator[Event, None, list[HeadStep]]:
        context, phase = self._context, self._context.phase
        features, labels = self._values["train"], context.setup.train.labels
        seed = derive_seed("folds", context.setup.seed)
        with context.parts.measure(Part.TRAINING):
            l2 = choose_l2(features, labels, seed=seed, balance_classes=phase.balance_classes)
        self._l2 = l2
        steps: list[HeadStep] = []
        assert isinstance(self._head, nn.Linear)
        solver = solve_head(
            features,
            labels,
            self._head.out_features,
            l2=l2,
            balance_classes=phase.balance_classes,
            max_iterations=phase.epochs,
        )
        for step in context.parts.each(Part.TRAINING, solver):
            context.control.raise_if_stopped()
            steps.append(step)
            if self._is_due():
                rate = len(labels) / max(time.monotonic() - self._started, 1e-9)
                yield context.event(
                    BatchEnd,
                    step=context.progress.step + step.iteration,
                    loss=step.loss,
                    learning_rates={},
                    images_per_second=round(rate, 1),
                )
        return steps

    def _report(self, steps: list[HeadStep]) -> Iterator[Event]:
        context, progress = self._context, self._context.progress
        train, val = self._values["train"], self._values["val"]
        seconds = (time.monotonic() - self._started) / len(steps)
        evaluation: Evaluation | None = None
        context.between_steps = False
        message = f"The penalty on the head's weights is {self._l2:.3g}, chosen on folds of the training images."
        yield context.event(Notice, kind="l2", message=message)
        for step in steps:
            progress.epoch += 1
            progress.phase_epoch += 1
            progress.step += 1
            progress.phase_step += 1
            with context.parts.measure(Part.VALIDATION):
                fitted = evaluate_logits(train @ step.weight.T + step.bias, context.setup.train.labels)
                evaluation = evaluate_logits(val @ step.weight.T + step.bias, context.setup.val.labels)
            if not math.isfinite(step.loss):
                raise UnusableOutputsError
            yield context.event(
                EpochEnd,
                phase=context.phase.name,
                epoch=progress.epoch,
                phase_epoch=progress.phase_epoch,
                train_loss=step.loss,
                train_accuracy=fitted.accuracy,
                epoch_seconds=round(seconds, 4),
                images_per_second=round(len(train) / max(seconds, 1e-9), 1),
                peak_memory_bytes=context.memory.read(),
                phase_peak_memory_bytes=context.memory.phase_peak_bytes,
                learning_rates={},
                step=progress.step,
            )
            yield context.validation_event(evaluation)
        assert evaluation is not None
        self._set_head(steps[-1])
        is_best = context.note_result(evaluation)
        context.between_steps = True
        yield from context.save("best" if is_best else "last")

    def _set_head(self, step: HeadStep) -> None:
        assert isinstance(self._head, nn.Linear)
        with torch.no_grad():
            self._head.weight.copy_(step.weight)
            self._head.bias.copy_(step.bias)


def feature_width(model: nn.Module, head_path: str) -> int:
    """Return the width of the features that enter the head."""
    head = model.get_submodule(head_path)
    assert isinstance(head, nn.Linear)
    return head.in_features


def open_stores(context: TrainingContext, train: ImageSource, val: ImageSource) -> tuple[FeatureStore, FeatureStore]:
    """Return the stores of the two splits for a phase whose network is still as it was pretrained."""
    make = context.setup.features
    return make(head_features(context, "train", train)), make(head_features(context, "val", val))


def head_features(context: TrainingContext, split: str, images: ImageSource) -> FeatureSpec:
    """Return which features a split has in front of the head."""
    head_path = context.setup.tree.head_path
    return FeatureSpec(split, head_path, ViewRows(len(images)), feature_width(context.model, head_path))


def differs(live: torch.Tensor, kept: torch.Tensor, dtype: DataType) -> bool:
    """Tell whether features are others than those of the network, by more than rounding.

    Args:
        live: As the network computes them, [N, D].
        kept: As they are kept, [N, D].
        dtype: In which the kept ones were computed.
    """
    distance = (live - kept).norm(dim=1) / live.norm(dim=1).clamp_min(1e-6)
    limit = _ROUNDING[dtype]
    return bool(distance.median() > limit or distance.max() > _OF_ONE * limit)
