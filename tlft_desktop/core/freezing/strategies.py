"""The ways to a classifier and the custom one, with settings that fit the number of images."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from tlft_desktop.core.errors import UsageError
from tlft_desktop.core.freezing.footprint import PlanMeter
from tlft_desktop.core.freezing.presets import Preset, is_head_only, preset_plan, require_trainable
from tlft_desktop.core.freezing.thawing import gradual_thaw, is_gradual, thawing_phases
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.strategy import (
    HEAD_PHASE,
    Augmentation,
    HeadSolver,
    OptimizerKind,
    Phase,
    Strategy,
    StrategyKind,
)
from tlft_desktop.core.values.thaw import ThawSchedule

_T = TypeVar("_T")

_HEAD_ITERATIONS = 200
_HEAD_EPOCHS = 20
_HEAD_RATE = 1e-3


@dataclass(frozen=True, slots=True)
class StrategyOptions:
    """What the user wants different from the defaults; None leaves a default.

    Attributes:
        epochs: Of every phase that is not solved as a convex problem; of the head alone, the most iterations.
        learning_rate: Peak rate of the layers before the head in fine-tuning, of the head where only it trains.
        optimizer: Optimiser of the ordinary loop.
        head: How a phase that trains the head only is solved.
        target: Validation accuracy at which the hybrid stops after its first phase.
        views: Variants per image; by default a new one in each epoch, or a few where a frozen front makes them cheap.
        flip: Whether mirrored images mean the same.
        balance_classes: Whether the loss weighs classes equally.
        mixup: How strongly training images are mixed in pairs, above 0 and at most 1; None for not at all, the best
            choice below 2,000 training images.
    """

    epochs: int | None = None
    learning_rate: float | None = None
    optimizer: OptimizerKind | None = None
    head: HeadSolver | None = None
    target: float | None = None
    views: int | None = None
    flip: bool = True
    balance_classes: bool = False
    mixup: float | None = None


@dataclass(frozen=True, slots=True)
class _Defaults:
    """A row of the table of settings by number of training images."""

    below: float
    epochs: int
    tuned_epochs: int
    rate: float
    augmentation: Augmentation
    smoothing: float
    norm: NormPolicy
    patience: int
    batch: int


# Settings for convolutional networks with AdamW. `tuned_epochs` are those of fine-tuning that starts from a fitted
# head. Running statistics stay as pretrained below 2,000 images, where an epoch has too few batches to estimate them.
# Sources: Kornblith et al. 2019 (augmentation), the Keras guide (BatchNorm). The rate is measured with EfficientNet-
# Lite0 at 96 pixels: with 150 images of colours, gratings, positions and shapes 3e-4 reached 97 to 100 %, 1e-4 73 to
# 93 %. So few images end no training early: the loss of 9 validation images said so while positions stood at 12 %,
# where 15 epochs reach 37 %. And few images make few steps: of 5 images a class in batches of 32 fine-tuning learned
# 63 % on the mean of eight kinds of images, in batches of 16 68 %, of 8 64 %; of 20 a class counting to 52, 68, 76 %.
_BY_SIZE = (
    _Defaults(200, 15, 20, 3e-4, Augmentation.LIGHT, 0.0, NormPolicy.AFFINE, 0, 16),
    _Defaults(2_000, 30, 20, 3e-4, Augmentation.STANDARD, 0.1, NormPolicy.AFFINE, 8, 32),
    _Defaults(20_000, 20, 15, 3e-4, Augmentation.STANDARD, 0.1, NormPolicy.FULL, 6, 32),
    _Defaults(float("inf"), 12, 10, 3e-4, Augmentation.STANDARD, 0.1, NormPolicy.FULL, 5, 32),
)


@dataclass(frozen=True, slots=True)
class _Way:
    """A way that trains more than the head from the start.

    Attributes:
        phase: Name of its one phase.
        preset: What it trains.
        rate: Factor on the rate of fine-tuning for what is not the head.
    """

    phase: str
    preset: Preset
    rate: float = 1.0

    @property
    def trains_few(self) -> bool:
        """Whether few parameters train in each layer, which take larger steps than all of its weights could."""
        return self.rate > 1

    def head_rate(self, rate: float) -> float:
        """Return the rate of a new head, which starts from nothing: it learns faster than what is pretrained."""
        return rate * 10 / self.rate


_WAYS = {
    StrategyKind.FINETUNE: _Way("fine-tuning", Preset.FINETUNE),
    StrategyKind.LAST_STAGE: _Way("last stage", Preset.LAST_STAGE),
    StrategyKind.NORM_BIAS: _Way("norms and biases", Preset.NORM_BIAS, rate=30.0),
    StrategyKind.LORA: _Way("adapters", Preset.LORA, rate=10.0),
    StrategyKind.CUSTOM: _Way("custom", Preset.FINETUNE),
}
# Views per image where the outputs of a frozen front are kept: each costs a pass of the front, and disk.
_KEPT_VIEWS = 4
_THAWING = (StrategyKind.GRADUAL, StrategyKind.CUSTOM)
_LAYER_DECAY = 0.8
_TRANSFORMER_LAYER_DECAY = 0.75
_TRANSFORMER_RATE_FACTOR = 0.1
_RATE_FACTOR = {OptimizerKind.ADAMW: 1.0, OptimizerKind.SGD: 10.0}
_WEIGHT_DECAY = {OptimizerKind.ADAMW: 0.01, OptimizerKind.SGD: 5e-4}


def tuning_epochs(num_train: int) -> int:
    """Return for how many epochs layers before the head train by default, by the number of training images."""
    return _defaults_for(num_train).epochs


def usual_batch(num_train: int) -> int:
    """Return at how many images an optimiser step looks by default, by the number of training images."""
    return _defaults_for(num_train).batch


def tuning_augmentation(num_train: int) -> Augmentation:
    """Return how strongly fine-tuning varies images by default, which depends on the number of training images."""
    return _defaults_for(num_train).augmentation


def build_strategy(
    kind: StrategyKind,
    tree: LayerTree,
    *,
    num_train: int,
    is_convolutional: bool,
    plan: FreezePlan | None = None,
    thaw: ThawSchedule | None = None,
    options: StrategyOptions | None = None,
) -> Strategy:
    """Return the phases of a way to a classifier.

    Args:
        kind: Which way.
        tree: Layer tree of the network.
        num_train: Number of training images, which decides epochs, rates and augmentation.
        is_convolutional: Transformers get a tenth of the rate.
        plan: The plan of a custom strategy; ignored by the others.
        thaw: When the stages of a custom strategy begin to train; ignored by the others.
        options: What the user wants different.

    Raises:
        UsageError: If an option does not fit the strategy.
        InputError: If the plan or the schedule does not fit the network, or a value is out of range.
    """
    wanted = options or StrategyOptions()
    defaults = _defaults_for(num_train)
    head_plan = preset_plan(tree, Preset.TRANSFER)
    way = _WAYS.get(kind, _WAYS[StrategyKind.FINETUNE])
    tuned_plan = preset_plan(tree, way.preset, norm=defaults.norm)
    if kind is StrategyKind.CUSTOM:
        tuned_plan = require_trainable(tree, plan or tuned_plan)
    trains_head_only = kind is StrategyKind.TRANSFER or is_head_only(tree, tuned_plan)
    _check_options(kind, wanted, head_only=trains_head_only)
    if trains_head_only:
        phases: tuple[Phase, ...] = (_head_phase(tuned_plan if kind is StrategyKind.CUSTOM else head_plan, wanted),)
    else:
        phases = (_tuning_phase(way, tuned_plan, defaults, wanted, is_convolutional=is_convolutional),)
    if kind is StrategyKind.GRADUAL:
        thaw = gradual_thaw(tree, tuned_plan, phases[0].epochs)
    if kind in _THAWING and thaw is not None and is_gradual(tree, tuned_plan, thaw):
        phases = thawing_phases(tree, _with_layer_decay(phases[0], is_convolutional=is_convolutional), thaw)
    if kind is StrategyKind.HYBRID:
        own = replace(wanted, epochs=None, learning_rate=None, optimizer=None, views=None, mixup=None)
        first = _head_phase(head_plan, own)
        second = _after_head(phases[0], defaults, wanted)
        phases = (first, second)
    if wanted.views is None:
        phases = tuple(_with_kept_views(phase, tree) for phase in phases)
    return Strategy(kind, phases, target=wanted.target)


def tuned_phases(strategy: Strategy) -> tuple[Phase, ...]:
    """Return the phases that the options of a training are about: the last one, and those that it continues."""
    first = max(place for place, phase in enumerate(strategy.phases) if not phase.continues)
    return strategy.phases[first:]


def peak_rate(strategy: Strategy) -> float | None:
    """Return the rate that `--lr` sets: of the head where only it trains, else of the layers before it.

    None where there is none, since all that trains is a head that is solved exactly.
    """
    last = strategy.phases[-1]
    if last.head is HeadSolver.CONVEX:
        return None
    return last.head_learning_rate if last.name == HEAD_PHASE else last.learning_rate


def at_rate(strategy: Strategy, rate: float) -> Strategy:
    """Return a strategy of default settings as `build_strategy` makes it with another peak rate (`--lr`)."""
    tuned = tuned_phases(strategy)
    phases = [*strategy.phases[: -len(tuned)], *(_at_rate(strategy.kind, phase, rate) for phase in tuned)]
    return replace(strategy, phases=tuple(phases))


def _at_rate(kind: StrategyKind, phase: Phase, rate: float) -> Phase:
    if phase.name == HEAD_PHASE:
        return replace(phase, head_learning_rate=rate)
    way = _WAYS.get(kind, _WAYS[StrategyKind.FINETUNE])
    head_rate = rate if kind is StrategyKind.HYBRID else way.head_rate(rate)
    return replace(phase, learning_rate=rate, head_learning_rate=head_rate)


def _defaults_for(num_train: int) -> _Defaults:
    return next(row for row in _BY_SIZE if num_train < row.below)


def _with_kept_views(phase: Phase, tree: LayerTree) -> Phase:
    """Return a phase with few views where most of the network is frozen in front.

    The outputs of the front can then be kept for every view instead of being computed in every epoch. Two of the views
    are the image and its mirror image, the others random.
    """
    pays = PlanMeter(tree).measure(phase.plan).keeps_front and phase.epochs > _KEPT_VIEWS
    return replace(phase, views=_KEPT_VIEWS) if pays and phase.views == 0 else phase


def _check_options(kind: StrategyKind, options: StrategyOptions, *, head_only: bool) -> None:
    loop_only = {
        "--lr": options.learning_rate,
        "--optimizer": options.optimizer,
        "--views": options.views,
        "--mixup": options.mixup,
    }
    given = [name for name, value in loop_only.items() if value is not None]
    if head_only and options.head is not HeadSolver.SGD and given:
        raise UsageError(
            "Learning rate, optimizer, views and mixup have no meaning for a head that is solved exactly "
            f"({', '.join(given)}).",
            remedy="Choose to train the head batch by batch (`--head sgd` on the command line).",
        )
    if options.mixup is not None and not 0 < options.mixup <= 1:
        raise UsageError(f"Mixup must be a number above 0 and up to 1, got {options.mixup:g}.")
    if options.target is not None and kind is not StrategyKind.HYBRID:
        raise UsageError(
            "The target accuracy (`--target` on the command line) belongs to the hybrid: it decides whether "
            "fine-tuning follows."
        )
    if options.head is not None and not head_only and kind is not StrategyKind.HYBRID:
        raise UsageError(
            "How the head is trained (`--head` on the command line) cannot be chosen here: it trains with other "
            "layers, batch by batch."
        )


def _head_phase(plan: FreezePlan, options: StrategyOptions) -> Phase:
    if options.head is HeadSolver.SGD:
        views = _or(options.views, 1)
        optimizer = _or(options.optimizer, OptimizerKind.ADAMW)
        return Phase(
            name=HEAD_PHASE,
            plan=plan,
            epochs=_or(options.epochs, _HEAD_EPOCHS),
            head=HeadSolver.SGD,
            optimizer=optimizer,
            head_learning_rate=_or(options.learning_rate, _HEAD_RATE * _RATE_FACTOR[optimizer]),
            weight_decay=_WEIGHT_DECAY[optimizer],
            augmentation=Augmentation.NONE if views == 1 else Augmentation.LIGHT,
            views=views,
            balance_classes=options.balance_classes,
            flip=options.flip,
            mixup=options.mixup or 0.0,
        )
    return Phase(
        name=HEAD_PHASE,
        plan=plan,
        epochs=_or(options.epochs, _HEAD_ITERATIONS),
        head=HeadSolver.CONVEX,
        balance_classes=options.balance_classes,
    )


def _tuning_phase(
    way: _Way, plan: FreezePlan, defaults: _Defaults, options: StrategyOptions, *, is_convolutional: bool
) -> Phase:
    optimizer = _or(options.optimizer, OptimizerKind.ADAMW)
    factor = (1.0 if is_convolutional else _TRANSFORMER_RATE_FACTOR) * _RATE_FACTOR[optimizer]
    rate = _or(options.learning_rate, defaults.rate * factor * way.rate)
    views = _or(options.views, 0)
    return Phase(
        name=way.phase,
        plan=plan,
        epochs=_or(options.epochs, defaults.epochs),
        optimizer=optimizer,
        learning_rate=rate,
        head_learning_rate=way.head_rate(rate),
        layer_decay=1.0 if is_convolutional or way.trains_few else _TRANSFORMER_LAYER_DECAY,
        weight_decay=_WEIGHT_DECAY[optimizer],
        label_smoothing=defaults.smoothing,
        balance_classes=options.balance_classes,
        augmentation=Augmentation.NONE if views == 1 else defaults.augmentation,
        views=views,
        patience=defaults.patience,
        flip=options.flip,
        mixup=options.mixup or 0.0,
    )


def _after_head(phase: Phase, defaults: _Defaults, options: StrategyOptions) -> Phase:
    """Return the phase that goes on from a fitted head, which learns no faster than the rest then.

    Source: Kumar et al. (2022), arXiv:2202.10054, for the fitted head. Lower rates than those of fine-tuning, falling
    from the last stage to the first, were worse wherever they were measured: 90 and 92 % instead of 100 % with 300
    images of colours and positions (EfficientNet-Lite0 at 96 pixels).
    """
    epochs = _or(options.epochs, defaults.tuned_epochs)
    return replace(phase, epochs=epochs, head_learning_rate=phase.learning_rate)


def _with_layer_decay(phase: Phase, *, is_convolutional: bool) -> Phase:
    """Return a phase in which the first stages, of which less is to change, learn more slowly than the last."""
    return replace(phase, layer_decay=_LAYER_DECAY if is_convolutional else _TRANSFORMER_LAYER_DECAY)


def _or(wanted: _T | None, default: _T) -> _T:
    # Not the operator: an impossible 0 must be refused, not replaced.
    return default if wanted is None else wanted
