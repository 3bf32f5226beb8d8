"""Before a run: train for a moment in two numeric modes, on copies of its network, to see whether the other one pays.

The rule of `device.py` is right about most machines. Which type is faster in training differs between processors and
networks, though, so where a run is long enough its first steps are taken in two modes. Nothing of the run is touched:
both copies are thrown away, and torch's random state is as before.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import AbstractContextManager, closing, suppress
from dataclasses import dataclass, replace
from itertools import islice

import torch
from torch import Tensor, fx

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.image_source import BatchRequest
from tlft_desktop.core.errors import StoppedError, TlftError
from tlft_desktop.core.freezing.presets import is_head_only
from tlft_desktop.core.models.cut_points import CutPoint
from tlft_desktop.core.models.folding import fold_norms
from tlft_desktop.core.models.recomputing import recomputed_network
from tlft_desktop.core.models.split import cut_values, split_network
from tlft_desktop.core.models.tracing import UntraceableError
from tlft_desktop.core.training.device import applied_numerics, autocast, available_modes, to_device
from tlft_desktop.core.training.epochs import EpochLoop
from tlft_desktop.core.training.front import MAX_BYTES, front_cut, front_specs, kept_bytes
from tlft_desktop.core.training.inputs import WholeNetwork
from tlft_desktop.core.training.memory import PeakMemory
from tlft_desktop.core.training.progress import Progress
from tlft_desktop.core.training.setup import TrainingContext, TrainingSetup
from tlft_desktop.core.values.events import Notice
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.numerics import MODES, Numerics
from tlft_desktop.core.values.strategy import Phase, Strategy

MAX_SHARE = 0.03
"""Of the predicted run: the most that a check may take."""
MIN_GAIN = 1.15
"""How many times as fast the other mode must be: between float32 and bfloat16 the order changed from run to run on the
same processor, by less than that."""
MAX_DEVIATION = 0.05
"""Largest difference of the loss of a step to that of the rule's mode, as a share of it. Measured over six steps from
equal weights, bfloat16 against float32: up to 0.018 for EfficientNet-Lite0, up to 0.002 for ResNet-18, MobileNetV3,
ViT-Tiny and ConvNeXt-Tiny; what computes wrongly is off by far more."""
_WARM_UP, _TIMED = 3, 3
"""Steps of each mode. The first two or three take up to six times as long: memory is fresh, kernels are chosen."""
NUM_STEPS = 2 * (_WARM_UP + _TIMED)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a check found.

    Attributes:
        rule, other: The two modes.
        rule_seconds, other_seconds: Of a step where nothing disturbs it.
        deviation: Largest difference between the losses of the same step, as a share of that in the rule's mode.
    """

    rule: Numerics
    other: Numerics
    rule_seconds: float
    other_seconds: float
    deviation: float

    @property
    def gain(self) -> float:
        """How many times as fast the other mode is."""
        return self.rule_seconds / self.other_seconds if self.other_seconds > 0 else 0.0

    @property
    def chosen(self) -> Numerics:
        """The rule's mode, unless the other one is faster beyond doubt and learns the same."""
        return self.other if self.gain >= MIN_GAIN and self.deviation <= MAX_DEVIATION else self.rule


def other_mode(rule: Numerics) -> Numerics | None:
    """Return the mode that is compared with the rule's; None where the device has no other.

    The other type in the same layout, since the best layout is known for a kind of network and the best type is not;
    the other layout where the device has one type only.
    """
    pairs = [MODES[mode] for mode in available_modes(rule.device)]
    others = [pair for pair in pairs if pair != (rule.dtype, rule.memory_format)]
    if not others:
        return None
    dtype, memory_format = min(others, key=lambda pair: (pair[1] is not rule.memory_format, pair[0] is not rule.dtype))
    return replace(rule, dtype=dtype, memory_format=memory_format, bfloat16_features=False)


def checked_phase(strategy: Strategy, tree: LayerTree) -> Phase | None:
    """Return the phase for which the mode matters: the first that trains more than the head; None without one."""
    return next((phase for phase in strategy.phases if not is_head_only(tree, phase.plan)), None)


def is_long_enough(num_steps: int) -> bool:
    """Tell whether a check of a run's steps can be had for `MAX_SHARE` of them."""
    return num_steps * MAX_SHARE >= NUM_STEPS


def compare_modes(
    make_setup: Callable[[Numerics], TrainingSetup],
    rule: Numerics,
    other: Numerics,
    *,
    control: Control,
    clock: Callable[[], float] = time.monotonic,
) -> Comparison | None:
    """Take the first steps of a run in two modes, in turn.

    How long the run will be is predicted from the first steps in the rule's mode, which have to be taken anyway: they
    have its images, its plan and its machine as it is now. A front that the run fills first is left out of the
    prediction, which makes the check cheaper.

    Args:
        make_setup: Builds the run anew, for a mode; its first phase is the one that is checked.
        rule: The mode of the rule.
        other: The one that may replace it.
        control: Stop and pause requests, answered between two steps.
        clock: Tells seconds.

    Returns:
        What was found; None where the check would take more than its share, or one of the modes cannot be had.

    Raises:
        StoppedError: If a stop was requested.
    """
    watch = _Watch(clock, control)
    try:
        with _random_state_kept(rule), closing(_Trial(make_setup(rule), watch)) as first:
            warm_up = [first.step().seconds for _ in range(_WARM_UP)]
            watch.allow(MAX_SHARE * first.predicted(min(warm_up)))
            watch.require(sum(warm_up) + 2 * _TIMED * min(warm_up))
            with closing(_Trial(make_setup(other), watch)) as second:
                return _compare(first, second, watch)
    except StoppedError:
        raise
    except (_TooLongError, TlftError, MemoryError, RuntimeError):
        # Damaged images, too little memory, a type without kernels: what is wrong with the run itself, the run says.
        return None


def _compare(first: _Trial, second: _Trial, watch: _Watch) -> Comparison:
    for _ in range(_WARM_UP):
        watch.require(0)
        second.step()
    # In turn, so that what else the machine does meets both.
    for _ in range(_TIMED):
        for trial in (first, second):
            watch.require(0)
            trial.step()
    pairs = zip(first.steps, second.steps, strict=True)
    deviation = max(abs(step.loss - other.loss) / max(abs(step.loss), 1e-9) for step, other in pairs)
    return Comparison(first.numerics, second.numerics, first.step_seconds, second.step_seconds, deviation)


class _TooLongError(Exception):
    """The check would take more than its share."""


class _Watch:
    """Counts the time of a check, pauses left out."""

    def __init__(self, clock: Callable[[], float], control: Control) -> None:
        self.now, self.control = clock, control
        self._started = clock()
        self._allowed = math.inf

    def allow(self, seconds: float) -> None:
        """Set what the whole check may take."""
        self._allowed = seconds

    def require(self, seconds: float) -> None:
        """Give the check up if it cannot go on for that long."""
        if self.now() - self._started + seconds > self._allowed:
            raise _TooLongError

    def wait_while_paused(self) -> None:
        """Leave out a pause; raise after a stop request."""
        paused = self.now()
        self.control.raise_if_stopped()
        self._started += self.now() - paused


@dataclass(frozen=True, slots=True)
class _Step:
    loss: float
    seconds: float


class _Trial:
    """A copy of the run that takes a few steps in one mode."""

    def __init__(self, setup: TrainingSetup, watch: _Watch) -> None:
        # Without its budget: what is measured must not be cut by it.
        self._budget = setup.budget_seconds
        setup = replace(setup, budget_seconds=None)
        self.numerics, self._watch = setup.numerics, watch
        self.steps: list[_Step] = []
        self._context = TrainingContext(setup, watch.control, Progress(), PeakMemory(setup.numerics.device))
        self._context.apply_phase_plan()
        self._items = self._take_steps()
        self.close = self._items.close

    @property
    def step_seconds(self) -> float:
        """Of the quickest step after the warm-up: what other programs do meanwhile only ever makes a step longer."""
        return min(step.seconds for step in self.steps[_WARM_UP:])

    def predicted(self, step_seconds: float) -> float:
        """Return how long the run will take, as far as it is known before its front is filled and its gates passed."""
        return min(step_seconds * self._context.all_steps, self._budget or math.inf)

    def step(self) -> _Step:
        """Take the next step.

        Raises:
            StoppedError: If a stop was requested.
            DivergedError, MemoryError, RuntimeError: If it cannot be taken in this mode.
        """
        watch = self._watch
        watch.wait_while_paused()
        with applied_numerics(self.numerics):
            started = watch.now()
            loss = next(self._items)
            self.steps.append(_Step(loss, watch.now() - started))
        return self.steps[-1]

    def _take_steps(self) -> Generator[float, None, None]:
        context = self._context
        self._put_behind_front()
        loop = EpochLoop(context, {})
        while True:
            for item in loop.steps():
                if isinstance(item, Notice):
                    raise MemoryError(item.message)
                yield item[0]
            if context.control.stop_requested:
                raise StoppedError("Stopped on request.")
            # The same epoch again where it has fewer steps than the check: both modes must see the same batches.
            context.progress.start_epoch()

    def _put_behind_front(self) -> None:
        """Let the steps be those that the run takes where it keeps the outputs of its frozen front."""
        context, setup = self._context, self._context.setup
        assert context.applied is not None
        with suppress(UntraceableError):
            cut = front_cut(setup, context.phase)
            if cut is not None and kept_bytes(front_specs(setup, context.phase, cut).values()) <= MAX_BYTES:
                context.applied.train_mode()
                context.inputs = _BehindFront(context, cut)
        with suppress(UntraceableError):
            context.recompute_activations()


class _BehindFront(WholeNetwork):
    """The rear of a network, on outputs of its front that are computed before the first step."""

    def __init__(self, context: TrainingContext, cut: CutPoint) -> None:
        setup = context.setup
        super().__init__(setup.model, setup.train, setup.val)
        self._setup, self._cut = setup, cut
        split = split_network(setup.model, cut)
        self._in_training = split.rear_train
        self._front: fx.GraphModule = fold_norms(split.front)

    def training_batches(self, requests: Iterable[BatchRequest]) -> Generator[Tensor, None, None]:
        """Yield the front's outputs [B, ...] for as many requests as a check has steps."""
        with closing(super().training_batches(islice(requests, _WARM_UP + _TIMED))) as batches:
            outputs = [self._outputs(images) for images in batches]
        yield from outputs

    def recompute_activations(self, frozen: frozenset[str]) -> None:
        """Keep less of the rear for the backward pass from now on."""
        setup = self._setup
        size = setup.train.image_size
        self._in_training = recomputed_network(setup.model, frozen, image_size=size, start=self._cut)

    def _outputs(self, images: Tensor) -> Tensor:
        numerics = self._setup.numerics
        with autocast(numerics):
            return cut_values(self._front, to_device(images, numerics)).cpu()


def _random_state_kept(numerics: Numerics) -> AbstractContextManager[None]:
    on_cuda = numerics.device.startswith("cuda")
    return torch.random.fork_rng(devices=[torch.device(numerics.device)] if on_cuda else [])
