"""The three ways and the custom one, with settings that fit the number of images."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tlft_desktop.core.errors import UsageError
from tlft_desktop.core.freezing.presets import Preset, is_head_only, preset_plan, require_trainable
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.strategy import Augmentation, HeadSolver, OptimizerKind, Phase, Strategy, StrategyKind

_HEAD_ITERATIONS = 200


@dataclass(frozen=True, slots=True)
class StrategyOptions:
    """What the user wants different from the defaults; None leaves a default.

    Attributes:
        epochs: Of every phase that is not solved as a convex problem; of the head alone, the most iterations.
        learning_rate: Peak rate of the layers before the head in fine-tuning, of the head where only it trains.
        optimizer: Optimiser of the ordinary loop.
        head: How a phase that trains the head only is solved.
        target: Validation accuracy at which the hybrid stops after its first phase.
        views: Variants per image.
        flip: Whether mirrored images mean the same.
        balance_classes: Whether the loss weighs classes equally.
    """

    epochs: int | None = None
    learning_rate: float | None = None
    optimizer: OptimizerKind | None = None
    head: HeadSolver | None = None
    target: float | None = None
    views: int | None = None
    flip: bool = True
    balance_classes: bool = False


@dataclass(frozen=True, slots=True)
class _Defaults:
    """A row of the table of settings by number of training images."""

    below: float
    epochs: int
    tuned_epochs: int
    rate: float
    tuned_rate: float
    augmentation: Augmentation
    smoothing: float
    norm: NormPolicy
    patience: int


# Settings for convolutional networks with AdamW. `tuned_*` is fine-tuning that starts from a fitted head. Running
# statistics stay as pretrained below 2,000 images, where an epoch has too few batches to estimate them.
# Sources: Kornblith et al. 2019 (augmentation), Kumar et al. 2022 (fitted head first), the Keras guide (BatchNorm).
_BY_SIZE = (
    _Defaults(200, 15, 15, 1e-4, 1e-4, Augmentation.LIGHT, 0.0, NormPolicy.AFFINE, 5),
    _Defaults(2_000, 30, 20, 3e-4, 1e-4, Augmentation.STANDARD, 0.1, NormPolicy.AFFINE, 8),
    _Defaults(20_000, 20, 15, 3e-4, 1e-4, Augmentation.STANDARD, 0.1, NormPolicy.FULL, 6),
    _Defaults(float("inf"), 12, 10, 3e-4, 2e-4, Augmentation.STANDARD, 0.1, NormPolicy.FULL, 5),
)
_LAYER_DECAY = 0.8
_TRANSFORMER_LAYER_DECAY = 0.75
_TRANSFORMER_RATE_FACTOR = 0.1
_SGD_RATE_FACTOR = 10.0


def build_strategy(
    kind: StrategyKind,
    tree: LayerTree,
    *,
    num_train: int,
    is_convolutional: bool,
    plan: FreezePlan | None = None,
    options: StrategyOptions | None = None,
) -> Strategy:
    """Return the phases of a way to a classifier.

    Args:
        kind: Which way.
        tree: Layer tree of the network.
        num_train: Number of training images, which decides epochs, rates and augmentation.
        is_convolutional: Transformers get a tenth of the rate.
        plan: The plan of a custom strategy; ignored by the others.
        options: What the user wants different.

    Raises:
        UsageError: If an option does not fit the strategy.
        InputError: If the plan does not fit the network, or a value is out of range.
    """
    wanted = options or StrategyOptions()
    _check_options(kind, wanted)
    defaults = next(row for row in _BY_SIZE if num_train < row.below)
    head_plan = preset_plan(tree, Preset.TRANSFER)
    full_plan = preset_plan(tree, Preset.FINETUNE, norm=defaults.norm)
    if kind is StrategyKind.TRANSFER:
        phases: tuple[Phase, ...] = (_head_phase(head_plan, wanted),)
    elif kind is StrategyKind.FINETUNE:
        phases = (_tuning_phase("fine-tuning", full_plan, defaults, wanted, is_convolutional=is_convolutional),)
    elif kind is StrategyKind.HYBRID:
        first = _head_phase(head_plan, replace(wanted, epochs=None, learning_rate=None, optimizer=None, views=None))
        second = _tuning_phase("fine-tuning", full_plan, defaults, wanted, is_convolutional=is_convolutional)
        phases = (first, _after_head(second, defaults, wanted, is_convolutional=is_convolutional))
    else:
        custom = require_trainable(tree, plan or full_plan)
        if is_head_only(tree, custom):
            phases = (_head_phase(custom, wanted),)
        else:
            phases = (_tuning_phase("custom", custom, defaults, wanted, is_convolutional=is_convolutional),)
    return Strategy(kind, phases, target=wanted.target)


def _check_options(kind: StrategyKind, options: StrategyOptions) -> None:
    convex = kind is StrategyKind.TRANSFER and options.head is not HeadSolver.SGD
    loop_only = {"--lr": options.learning_rate, "--optimizer": options.optimizer, "--views": options.views}
    given = [name for name, value in loop_only.items() if value is not None]
    if convex and given:
        raise UsageError(
            f"{', '.join(given)} has no meaning for a head that is solved exactly.",
            remedy="Add `--head sgd` to train it batch by batch.",
        )
    if options.target is not None and kind is not StrategyKind.HYBRID:
        raise UsageError("`--target` belongs to the hybrid: it decides whether fine-tuning follows.")
    if options.head is not None and kind is StrategyKind.FINETUNE:
        raise UsageError("`--head` has no meaning for fine-tuning: the head trains with everything else.")


def _head_phase(plan: FreezePlan, options: StrategyOptions) -> Phase:
    if options.head is HeadSolver.SGD:
        views = 1 if options.views is None else options.views
        return Phase(
            name="head",
            plan=plan,
            epochs=options.epochs or 20,
            head=HeadSolver.SGD,
            optimizer=options.optimizer or OptimizerKind.ADAMW,
            head_learning_rate=options.learning_rate or 1e-3,
            augmentation=Augmentation.NONE if views == 1 else Augmentation.LIGHT,
            views=views,
            balance_classes=options.balance_classes,
            flip=options.flip,
        )
    return Phase(
        name="head",
        plan=plan,
        epochs=options.epochs or _HEAD_ITERATIONS,
        head=HeadSolver.CONVEX,
        balance_classes=options.balance_classes,
    )


def _tuning_phase(
    name: str, plan: FreezePlan, defaults: _Defaults, options: StrategyOptions, *, is_convolutional: bool
) -> Phase:
    optimizer = options.optimizer or OptimizerKind.ADAMW
    factor = (1.0 if is_convolutional else _TRANSFORMER_RATE_FACTOR) * (
        _SGD_RATE_FACTOR if optimizer is OptimizerKind.SGD else 1.0
    )
    rate = options.learning_rate or defaults.rate * factor
    views = 0 if options.views is None else options.views
    return Phase(
        name=name,
        plan=plan,
        epochs=options.epochs or defaults.epochs,
        optimizer=optimizer,
        learning_rate=rate,
        # A new head starts from nothing: it learns faster than what is pretrained.
        head_learning_rate=rate * 10,
        layer_decay=1.0 if is_convolutional else _TRANSFORMER_LAYER_DECAY,
        weight_decay=5e-4 if optimizer is OptimizerKind.SGD else 0.01,
        label_smoothing=defaults.smoothing,
        balance_classes=options.balance_classes,
        augmentation=Augmentation.NONE if views == 1 else defaults.augmentation,
        views=views,
        patience=defaults.patience,
        flip=options.flip,
    )


def _after_head(phase: Phase, defaults: _Defaults, options: StrategyOptions, *, is_convolutional: bool) -> Phase:
    """Return the phase that goes on from a fitted head: lower rates, the head no faster than the rest, layer-wise."""
    rate = options.learning_rate or phase.learning_rate * defaults.tuned_rate / defaults.rate
    return replace(
        phase,
        epochs=options.epochs or defaults.tuned_epochs,
        learning_rate=rate,
        head_learning_rate=rate,
        layer_decay=_LAYER_DECAY if is_convolutional else _TRANSFORMER_LAYER_DECAY,
    )
