"""The ordinary loop: epochs over batches of images."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import closing

import torch
from torch import nn
from torch.nn import functional

from tlft_desktop.core.data.image_source import BatchRequest
from tlft_desktop.core.random_state import RANDOM_STATE
from tlft_desktop.core.training.batches import epoch_order, split_batches, view_of
from tlft_desktop.core.training.dead_network import is_dead, may_start_again
from tlft_desktop.core.training.device import autocast, to_device
from tlft_desktop.core.training.head import class_weights
from tlft_desktop.core.training.heat import HeatMeter
from tlft_desktop.core.training.memory import is_out_of_memory, release_memory
from tlft_desktop.core.training.micro_batch import StepUndo, halved, least_part
from tlft_desktop.core.training.mixup import draw_mixture
from tlft_desktop.core.training.optim import build_optimizer, load_optimizer_tensors, param_groups, set_rates
from tlft_desktop.core.training.setup import DivergedError, TrainingContext
from tlft_desktop.core.values.events import BatchEnd, EpochEnd, Event, LayerHeat, Notice
from tlft_desktop.core.values.parts import Part
from tlft_desktop.core.values.seeds import derive_seed

_MAX_GRADIENT_NORM = 1.0
_SECONDS_BETWEEN_BATCH_EVENTS = 0.1
_SECONDS_BETWEEN_CHECKPOINTS = 300.0


class EpochLoop:
    """Train a phase batch by batch.

    Args:
        context: Shared state of the run.
        optimizer_tensors: State of the optimiser when the phase is resumed; empty at its start.

    Attributes:
        has_died: Whether the phase ended because it is to be started again with a lower rate.
    """

    def __init__(self, context: TrainingContext, optimizer_tensors: dict[str, torch.Tensor]) -> None:
        self.has_died = False
        self._context = context
        self._phase = context.phase
        setup = context.setup
        assert context.applied is not None
        self._applied = context.applied
        groups = param_groups(context.model, setup.tree, self._phase, trainable=self._applied.trainable)
        self._parameters = [parameter for group in groups for parameter in group["params"]]
        names = [name for group in groups for name in group["names"]]
        self._heat = HeatMeter(context.model, names, context.start, context.heat)
        context.heat = self._heat.sums
        self._optimizer = context.optimizer = build_optimizer(self._phase, groups)
        load_optimizer_tensors(self._optimizer, optimizer_tensors)
        self._labels = setup.train.labels
        weights = class_weights(self._labels, num_classes=context.num_outputs)
        self._class_weights = weights.to(setup.numerics.device) if self._phase.balance_classes else None
        self._num_steps = context.num_steps
        self._rates: dict[str, float] = {}
        self._last_batch_event = self._last_checkpoint = time.monotonic()

    def run(self) -> Iterator[Event]:
        """Yield the events of the phase; returns when it is done, its network died, or a stop was requested.

        Raises:
            DivergedError: If the loss or a gradient is no longer finite; the weights still are.
        """
        progress = self._context.progress
        # An epoch whose batches are done but whose end was not reached before a stop goes on here.
        while not self.has_died and (progress.batch or (progress.phase_step < self._num_steps and not self._is_over())):
            yield from self._train_epoch()
            if self._context.control.stop_requested:
                return
            # The clock may end the phase between two epochs.
            if progress.batch:
                yield from self._end_epoch()

    def _is_over(self) -> bool:
        return self._context.progress.out_of_time or self._out_of_patience()

    def _out_of_patience(self) -> bool:
        return 0 < self._phase.patience <= self._context.progress.epochs_without_gain

    def _train_epoch(self) -> Iterator[Event]:
        for item in self.steps():
            if isinstance(item, Notice):
                yield item
                # A run that is killed right behind it keeps to the smaller parts.
                yield from self._context.save("last")
            else:
                yield from self._after_step(*item)

    def steps(self) -> Iterator[tuple[float, float] | Notice]:
        """Take the steps of the epoch in work, each when it is asked for: its loss, and the images per second.

        Where memory ran out, a notice comes first: the step is done again in smaller parts. Ends early when a stop was
        requested or the time budget is used up.
        """
        context, progress = self._context, self._context.progress
        self._applied.train_mode()
        setup, undo = context.setup, StepUndo(context.model)
        order = epoch_order(len(setup.train), seed=setup.seed, epoch=progress.epoch)
        batches = split_batches(order, setup.numerics.batch)[progress.batch :]
        batches = batches[: self._num_steps - progress.phase_step]
        waited_for = context.parts.each(Part.LOADING, context.inputs.training_batches(map(self._request, batches)))
        with closing(waited_for) as loaded:
            for batch in batches:
                context.wait_while_paused()
                if context.control.stop_requested or self._is_out_of_time():
                    return
                started = time.monotonic()
                images, labels = next(loaded), self._labels[batch]
                while (loss := self._timed_step(images, labels, undo)) is None:
                    progress.epoch_seconds += time.monotonic() - started
                    yield self._halve(len(batch))
                    if context.control.stop_requested:
                        return
                    started = time.monotonic()
                elapsed = time.monotonic() - started
                progress.epoch_seconds += elapsed
                yield loss, len(batch) / max(elapsed, 1e-9)

    def _is_out_of_time(self) -> bool:
        progress = self._context.progress
        # A run without any result would be no use.
        if progress.phase_step or progress.best is not None:
            progress.out_of_time = progress.out_of_time or self._context.is_out_of_time
        return progress.out_of_time

    def _request(self, indices: list[int]) -> BatchRequest:
        phase, progress, seed = self._phase, self._context.progress, self._context.setup.seed
        views = tuple(view_of(index, seed=seed, epoch=progress.epoch, views=phase.views) for index in indices)
        return BatchRequest(tuple(indices), views, phase.augmentation, phase.flip)

    def _timed_step(self, images: torch.Tensor, labels: torch.Tensor, undo: StepUndo) -> float | None:
        with self._context.parts.measure(Part.TRAINING):
            return self._step(images, labels, undo)

    def _step(self, images: torch.Tensor, labels: torch.Tensor, undo: StepUndo) -> float | None:
        """Take one optimiser step and return the mean loss of the batch.

        Returns None where the memory was not enough for it, but may be for smaller parts: all is as before the step.
        """
        progress, size = self._context.progress, min(self._context.micro_batch, len(labels))
        undo.keep()
        try:
            with RANDOM_STATE:
                loss_sum, num_correct = self._gradients(images, labels, size)
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error) or size <= least_part(self._context.model):
                raise
        else:
            # What runs out of memory from here on is not tried again: some weights may have changed.
            self._optimizer.step()
            self._heat.count()
            mean_loss = loss_sum / self._weight_of(labels)
            progress.step += 1
            progress.phase_step += 1
            progress.batch += 1
            progress.loss_sum += mean_loss * len(labels)
            progress.num_correct += num_correct
            progress.num_seen += len(labels)
            return mean_loss
        # Not before the error is gone: it holds what was computed up to it.
        self._optimizer.zero_grad(set_to_none=True)
        undo.restore()
        release_memory(self._context.setup.numerics.device)
        return None

    def _gradients(self, images: torch.Tensor, labels: torch.Tensor, size: int) -> tuple[float, int]:
        """Add up the gradients of a batch in parts of `size`; return the sum of its losses and the number of hits."""
        progress, setup = self._context.progress, self._context.setup
        # Dropout draws from the global generator: seeding every step makes it a function of the step.
        torch.manual_seed(derive_seed("step", setup.seed, progress.step))
        self._rates = set_rates(
            self._optimizer,
            self._phase,
            step=progress.phase_step,
            num_steps=self._num_steps,
            scale=progress.rate_scale,
        )
        self._optimizer.zero_grad(set_to_none=True)
        # Drawn for the whole batch: its parts learn what it would learn at once.
        alpha, mixture = self._phase.mixup, None
        if alpha:
            mixture = draw_mixture(len(labels), alpha=alpha, seed=setup.seed, step=progress.step)
        total_weight = self._weight_of(labels)
        loss_sum, num_correct = 0.0, 0
        for part in split_batches(list(range(len(labels))), size):
            first, end = part[0], part[-1] + 1
            targets = labels[first:end].to(setup.numerics.device)
            inputs = images[first:end] if mixture is None else mixture.of(images, first, end)
            with autocast(setup.numerics):
                logits = self._context.inputs.logits_in_training(to_device(inputs, setup.numerics)).float()
            loss = self._summed_loss(logits, targets)
            if mixture is not None:
                others = labels[mixture.partners[first:end]].to(setup.numerics.device)
                loss = mixture.share * loss + (1 - mixture.share) * self._summed_loss(logits, others)
            (loss / total_weight).backward()  # type: ignore[no-untyped-call]
            loss_sum += float(loss.detach())
            # A mixture is right where the class of its larger share is.
            num_correct += int((logits.detach().argmax(dim=1) == targets).sum())
        norm = self._heat.gradient_norm()
        nn.utils.clip_grads_with_norm_(self._parameters, _MAX_GRADIENT_NORM, norm)
        if not math.isfinite(loss_sum) or not math.isfinite(float(norm)):
            raise DivergedError(progress.step + 1)
        return loss_sum, num_correct

    def _summed_loss(self, logits: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        return functional.cross_entropy(
            logits,
            targets,
            weight=self._class_weights,
            label_smoothing=self._phase.label_smoothing,
            reduction="sum",
        )

    def _halve(self, num_images: int) -> Notice:
        """Let fewer images pass through the network at once, from here to the end of the run."""
        context, model = self._context, self._context.model
        tried = min(context.micro_batch, num_images)
        context.progress.micro_batch = max(least_part(model), tried // 2)
        message = halved(
            tried,
            context.micro_batch,
            context.setup.numerics,
            step=context.progress.step + 1,
            model=model,
        )
        return context.event(Notice, kind="memory", message=message)

    def _weight_of(self, labels: torch.Tensor) -> float:
        return float(len(labels)) if self._class_weights is None else float(self._class_weights.cpu()[labels].sum())

    def _after_step(self, loss: float, images_per_second: float) -> Iterator[Event]:
        context, now = self._context, time.monotonic()
        if now - self._last_batch_event >= _SECONDS_BETWEEN_BATCH_EVENTS:
            self._last_batch_event = now
            yield context.event(
                BatchEnd,
                step=context.progress.step,
                loss=loss,
                learning_rates=self._rates,
                images_per_second=round(images_per_second, 1),
            )
        if now - self._last_checkpoint >= _SECONDS_BETWEEN_CHECKPOINTS:
            self._last_checkpoint = now
            yield from context.save("last")

    def _end_epoch(self) -> Iterator[Event]:
        context, progress = self._context, self._context.progress
        progress.epoch += 1
        progress.phase_epoch += 1
        context.between_steps = False
        yield context.event(
            EpochEnd,
            phase=self._phase.name,
            epoch=progress.epoch,
            phase_epoch=progress.phase_epoch,
            train_loss=progress.loss_sum / progress.num_seen,
            train_accuracy=progress.num_correct / progress.num_seen,
            epoch_seconds=round(progress.epoch_seconds, 3),
            images_per_second=round(progress.num_seen / max(progress.epoch_seconds, 1e-9), 1),
            peak_memory_bytes=context.memory.read(),
            phase_peak_memory_bytes=context.memory.phase_peak_bytes,
            learning_rates=self._rates,
            step=progress.step,
        )
        yield self._heat_event()
        progress.start_epoch()
        evaluation = context.evaluate()
        if not math.isfinite(evaluation.loss):
            raise DivergedError(progress.step)
        if may_start_again(context) and is_dead(evaluation.logits):
            self.has_died = True
            yield context.validation_event(evaluation)
            return
        if progress.lowest_val_loss is None or evaluation.loss < progress.lowest_val_loss:
            progress.lowest_val_loss, progress.epochs_without_gain = evaluation.loss, 0
        else:
            progress.epochs_without_gain += 1
        is_best = context.note_result(evaluation, settles=not self._phase.patience)
        context.between_steps = True
        yield context.validation_event(evaluation)
        self._last_checkpoint = time.monotonic()
        yield from context.save("best" if is_best else "last")

    def _heat_event(self) -> LayerHeat:
        owners = {owner: heat.to_json() for owner, heat in self._heat.end_epoch().items()}
        return self._context.event(LayerHeat, phase=self._phase.name, epoch=self._context.progress.epoch, owners=owners)
