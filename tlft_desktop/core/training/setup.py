"""What the trainer is given, and what all of its parts share while it runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

import torch
from torch import nn

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.image_source import BatchRequest, ImageSource
from tlft_desktop.core.errors import TlftError
from tlft_desktop.core.freezing.apply import AppliedPlan, apply_plan
from tlft_desktop.core.models.builder import is_norm
from tlft_desktop.core.models.low_rank import merge_adapters, merged_state, set_adapters
from tlft_desktop.core.training.batches import num_batches
from tlft_desktop.core.training.device import autocast, to_device
from tlft_desktop.core.training.energy import EnergyMeter
from tlft_desktop.core.training.features import PARTITION, FeatureSpec, FeatureStore, memory_features
from tlft_desktop.core.training.inputs import Inputs, WholeNetwork
from tlft_desktop.core.training.memory import PeakMemory
from tlft_desktop.core.training.metrics import Evaluation, evaluate_logits
from tlft_desktop.core.training.micro_batch import is_convex
from tlft_desktop.core.training.part_clock import PartClock
from tlft_desktop.core.training.progress import BestResult, Progress
from tlft_desktop.core.values.events import Checkpoint, Event, ValidationEnd
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.numerics import Numerics
from tlft_desktop.core.values.parts import Part
from tlft_desktop.core.values.seeds import derive_seed
from tlft_desktop.core.values.strategy import Augmentation, Phase, Strategy

E = TypeVar("E", bound=Event)
FeatureStoreFactory = Callable[[FeatureSpec], FeatureStore]


class DivergedError(TlftError):
    """The loss or a gradient is no longer a finite number."""

    def __init__(self, step: int) -> None:
        super().__init__(
            f"Training diverged at step {step}: the loss is no longer a finite number. The last good state is kept.",
            remedy="Start again with a lower learning rate.",
        )


class UnusableOutputsError(TlftError):
    """The frozen network gives numbers that are not finite: no head can be fitted to them."""

    def __init__(self) -> None:
        super().__init__(
            "The network gives numbers that are not finite for these images, so that no head can be fitted to them.",
            remedy=(
                "Train in the numeric mode 'reference' (`--numeric reference` on the command line), or choose another "
                "backbone; going on would end the same way."
            ),
        )


@dataclass(frozen=True)
class TrainingSetup:
    """Everything a run needs.

    Attributes:
        model: The network with its new head, on the device and in the memory layout of `numerics`.
        tree: Its layer tree.
        strategy: Phases and gate.
        train, val: Images of the two splits.
        numerics: How to compute.
        seed: Of order, dropout and view choice.
        manifest: Digest, for the events.
        features: Makes a store for features of the network as it was pretrained.
        budget_seconds: Active seconds that the run may take; None for as long as its epochs take.
    """

    model: nn.Module
    tree: LayerTree
    strategy: Strategy
    train: ImageSource
    val: ImageSource
    numerics: Numerics
    seed: int
    manifest: str
    features: FeatureStoreFactory = memory_features
    budget_seconds: float | None = None


class ActiveClock:
    """Seconds of work: pauses are left out, a resumed run goes on counting."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._since = time.monotonic()

    def read(self) -> float:
        """Return the active seconds so far."""
        return self._seconds + time.monotonic() - self._since

    def skip(self, seconds: float) -> None:
        """Leave out a pause."""
        self._since += seconds


@dataclass
class Save:
    """How long a checkpoint took, in seconds, and how large it was."""

    seconds: float
    num_bytes: int


class TrainingContext:
    """What the phases of one run share."""

    def __init__(self, setup: TrainingSetup, control: Control, progress: Progress, memory: PeakMemory) -> None:
        self.setup = setup
        self.control = control
        self.progress = progress
        self.memory = memory
        self.clock = ActiveClock(progress.seconds)
        self.parts = PartClock(progress.part_seconds)
        # None in trials, whose energy is that of the run around them.
        self.energy: EnergyMeter | None = None
        self.best_tensors: dict[str, torch.Tensor] | None = None
        self.logits: dict[str, torch.Tensor] = {}
        self.last_logits: torch.Tensor | None = None
        self.optimizer: torch.optim.Optimizer | None = None
        # Pretrained parameters, and what the epoch in work has measured so far; see `HeatMeter`.
        self.start: dict[str, torch.Tensor] = {}
        # What else training changes, as it was at the start of the run: the head and running statistics.
        self.fresh = _fresh(setup.model, setup.tree.head_path)
        self.heat: torch.Tensor | None = None
        self.applied: AppliedPlan | None = None
        self.inputs: Inputs
        self.use_whole_network()
        # What the last checkpoint cost; a state that was not saved yet leaves its size here.
        self.last_save: Save | None = None
        self.state_bytes = 0
        # False while a phase reports what it cannot go on from: an abandoned run then keeps its checkpoint before it.
        self.between_steps = True

    @property
    def model(self) -> nn.Module:
        """The network."""
        return self.setup.model

    @property
    def phase(self) -> Phase:
        """The phase in work."""
        return self.setup.strategy.phases[self.progress.phase]

    @property
    def num_outputs(self) -> int:
        """Classes of the head."""
        return int(self.model.get_submodule(self.setup.tree.head_path).get_parameter("weight").shape[0])

    def use_whole_network(self) -> None:
        """Train and evaluate on images from here on."""
        self.inputs = WholeNetwork(self.model, self.setup.train, self.setup.val)

    @property
    def batches_per_epoch(self) -> int:
        """Optimiser steps of an epoch."""
        return num_batches(len(self.setup.train), self.setup.numerics.batch)

    @property
    def micro_batch(self) -> int:
        """Images that pass through the network at once: those of the numerics, or fewer since memory ran out."""
        return self.progress.micro_batch or self.setup.numerics.micro_batch

    @property
    def all_steps(self) -> int:
        """Optimiser steps of all epochs of the phase in work, whatever the time budget says."""
        return self.phase.epochs * self.batches_per_epoch

    @property
    def num_steps(self) -> int:
        """The most optimiser steps of the phase in work: those that were planned for its time, or all."""
        return self.all_steps if self.progress.num_steps is None else self.progress.num_steps

    def is_convex(self, phase: Phase) -> bool:
        """Tell whether a phase solves its head exactly."""
        return is_convex(self.setup.tree, phase)

    @property
    def is_out_of_time(self) -> bool:
        """Whether the time budget is used up; never without one."""
        budget = self.setup.budget_seconds
        return budget is not None and self.clock.read() >= budget

    def save(self, kind: str) -> Iterator[Event]:
        """Yield the event upon which the state is saved, and take the time of it."""
        started = time.monotonic()
        yield self.event(Checkpoint, step=self.progress.step, kind=kind)
        self.last_save = Save(time.monotonic() - started, self.state_bytes)

    def event(self, kind: type[E], /, **fields: object) -> E:
        """Make an event with the active seconds of the run."""
        self.progress.seconds = self.clock.read()
        self.progress.peak_memory_bytes = self.memory.read()
        self.progress.phase_peaks[self.phase.name] = self.memory.phase_peak_bytes
        if self.energy is not None:
            self.energy.follow()
            self.progress.energy_joules = self.energy.joules
        return kind(seconds=round(self.progress.seconds, 3), **fields)  # type: ignore[arg-type]

    def wait_while_paused(self) -> None:
        """Block while somebody wants a pause; the time does not count."""
        started, is_paused = time.monotonic(), self.control.paused
        if is_paused and self.energy is not None:
            self.energy.read()
        self.control.wait_while_paused()
        self.clock.skip(time.monotonic() - started)
        if is_paused and self.energy is not None:
            self.energy.skip()

    def apply_phase_plan(self) -> AppliedPlan:
        """Freeze what the plan of the phase in work says, and give its adapters to what it freezes."""
        self.set_adapters()
        self.applied = apply_plan(self.model, self.phase.plan, is_norm=is_norm)
        return self.applied

    def set_adapters(self) -> None:
        """Let the network have the adapters of the phase in work; those of a phase before it are merged."""
        seed = derive_seed("adapters", self.setup.seed, self.progress.phase)
        set_adapters(self.model, self.setup.tree.adapters(self.phase.plan), seed=seed)

    def recompute_activations(self) -> None:
        """Keep less for the backward pass of the phase in work, where the numerics say so.

        Raises:
            UntraceableError: If that is not possible; everything is kept then.
        """
        if self.setup.numerics.checkpoint_activations:
            assert self.applied is not None
            self.applied.train_mode()
            self.inputs.recompute_activations(self.setup.tree.untouched(self.phase.plan))

    def evaluate(self) -> Evaluation:
        """Classify the validation images with the network as it is."""
        with self.parts.measure(Part.VALIDATION):
            logits = self._outputs(evaluation_requests(len(self.setup.val)))
            return evaluate_logits(logits, self.setup.val.labels)

    def evaluate_part(self, most_batches: int) -> float:
        """Classify the first batches of the validation images, and return which share of the images they are."""
        part = list(islice(evaluation_requests(len(self.setup.val)), most_batches))
        num_images = len(self._outputs(part))
        return num_images / len(self.setup.val)

    def _outputs(self, requests: Iterable[BatchRequest]) -> torch.Tensor:
        self.model.eval()
        logits = []
        batches = self.inputs.validation_batches(requests)
        with torch.inference_mode(), closing(batches):
            for batch in batches:
                with autocast(self.setup.numerics):
                    logits.append(self.inputs.logits(to_device(batch, self.setup.numerics)).float().cpu())
        return torch.cat(logits)

    def validation_event(self, evaluation: Evaluation) -> ValidationEnd:
        """Return the event of a validation, whose outputs are `last_logits` from then on."""
        self.last_logits = evaluation.logits
        low, high = evaluation.interval
        return self.event(
            ValidationEnd,
            phase=self.phase.name,
            epoch=self.progress.epoch,
            val_loss=evaluation.loss,
            val_accuracy=evaluation.accuracy,
            val_accuracy_low=low,
            val_accuracy_high=high,
            val_macro_f1=evaluation.macro_f1,
        )

    def note_result(self, evaluation: Evaluation, *, settles: bool = False) -> bool:
        """Compare a result with the best ones and keep the state if it is the best of the run; tell whether it is.

        `settles` as in `Progress.note_result`.
        """
        progress = self.progress
        result = BestResult(
            progress.phase, progress.epoch, evaluation.accuracy, evaluation.loss, evaluation.num_correct
        )
        is_best_of_phase, is_best = progress.note_result(result, num_images=len(self.setup.val), settles=settles)
        if is_best_of_phase:
            self.logits["phase_best"] = evaluation.logits
        if not is_best:
            return False
        self.logits["best"] = evaluation.logits
        state = {name: tensor.detach().cpu().clone() for name, tensor in self.model.state_dict().items()}
        # Without adapters, whose phase may be over when it is needed.
        self.best_tensors = merged_state(state)
        return True

    def start_again(self, *, rate_scale: float) -> None:
        """Begin the phase in work anew with a part of its rates, from the best state or else from where it began."""
        if self.best_tensors is not None:
            self.load_best()
        else:
            current = self.model.state_dict()
            with torch.no_grad():
                for name, tensor in (self.start | self.fresh).items():
                    current[name].copy_(tensor)
        self.optimizer = self.heat = None
        self.progress.start_again(rate_scale=rate_scale)
        self.between_steps = True

    def load_best(self) -> None:
        """Put the network into the best state of the run, without adapters."""
        merge_adapters(self.model)
        if self.best_tensors is not None:
            self.model.load_state_dict(self.best_tensors)


def _fresh(model: nn.Module, head_path: str) -> dict[str, torch.Tensor]:
    own = model.get_submodule(head_path).named_parameters(prefix=head_path)
    return {name: tensor.detach().cpu().clone() for name, tensor in (*own, *model.named_buffers())}


def evaluation_requests(num_images: int) -> Iterator[BatchRequest]:
    """Yield the batches in which images are classified: a fixed size, so that results do not depend on training."""
    for start in range(0, num_images, PARTITION):
        indices = tuple(range(start, min(start + PARTITION, num_images)))
        yield BatchRequest(indices, None, Augmentation.NONE, flip=False)
