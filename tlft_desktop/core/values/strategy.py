"""What is trained, in which order: phases with a freeze plan each, and the gate between them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.plan import FreezePlan


class StrategyKind(StrEnum):
    """The ways to a classifier that the program compares."""

    TRANSFER = "transfer"
    FINETUNE = "finetune"
    HYBRID = "hybrid"
    GRADUAL = "gradual"
    LAST_STAGE = "last-stage"
    NORM_BIAS = "norm-bias"
    LORA = "lora"
    CUSTOM = "custom"


HEAD_PHASE = "head"
"""Name of a phase in which nothing but the head trains."""


class HeadSolver(StrEnum):
    """How a phase that trains the head only finds its weights."""

    CONVEX = "convex"
    """Multinomial logistic regression on the features, solved by L-BFGS."""
    SGD = "sgd"
    """The ordinary loop over batches, with the optimiser of the phase."""


def is_head_solved(phase: Mapping[str, Any]) -> bool:
    """Tell of a phase as JSON whether its head is solved exactly, so that its epochs are steps of the solver.

    A head is solved only where nothing else trains, and such a phase has its name.
    """
    return phase.get("name") == HEAD_PHASE and phase.get("head") == HeadSolver.CONVEX


class OptimizerKind(StrEnum):
    """Optimisers of the ordinary loop."""

    ADAMW = "adamw"
    SGD = "sgd"


def resolved_flip(asked: bool | None, answer: bool | None) -> bool:
    """Return whether images are mirrored: as asked for a training, else as the project says, else yes."""
    return next((value for value in (asked, answer) if value is not None), True)


class Augmentation(StrEnum):
    """How strongly training images are varied."""

    NONE = "none"
    LIGHT = "light"
    """Random crop of at least 70 % of the image and, unless orientation is the label, a flip."""
    STANDARD = "standard"
    """Random crop of at least 50 %, flip, mild changes of brightness, contrast and saturation."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of training with one freeze plan.

    Attributes:
        name: Shown to the user; unique in its strategy.
        plan: What is frozen.
        epochs: Passes over the training images; for a convex head the most L-BFGS iterations.
        head: How a head-only phase is solved; ignored where more than the head trains.
        optimizer: Optimiser of the ordinary loop.
        learning_rate: Peak rate of the last layers before the head.
        head_learning_rate: Peak rate of the head.
        layer_decay: Factor on the rate from one stage to the stage before it; 1 for equal rates. The factors of the
            plan multiply these three.
        weight_decay: Decay of the weights, decoupled from the gradient with AdamW; never of biases and norm parameters.
        warmup_share: Share of the steps in which the rate rises linearly; a cosine to zero follows.
        label_smoothing: Share of the target spread over all classes.
        balance_classes: Whether the loss weighs classes by the inverse of their size.
        augmentation: How training images are varied.
        views: Variants per image; 0 for a new one in each epoch, 1 for the evaluation view only.
        patience: Epochs without a lower validation loss before the phase ends early; 0 for never.
        flip: Whether mirrored images mean the same.
        mixup: Both parameters of the Beta distribution from which the share of a second image in each training image
            is drawn, at most 1; 0 for images that are not mixed. Without a meaning for a convex head.
        continues: Whether this phase goes on where the one before it ended: no gate stands between them, the weights
            are the last ones instead of the best, and what trained already keeps the state of its optimiser. The
            learning rate rises and falls in each phase anew.
    """

    name: str
    plan: FreezePlan
    epochs: int
    head: HeadSolver = HeadSolver.SGD
    optimizer: OptimizerKind = OptimizerKind.ADAMW
    learning_rate: float = 1e-4
    head_learning_rate: float = 1e-3
    layer_decay: float = 1.0
    weight_decay: float = 0.01
    warmup_share: float = 0.05
    label_smoothing: float = 0.0
    balance_classes: bool = False
    augmentation: Augmentation = Augmentation.NONE
    views: int = 1
    patience: int = 0
    flip: bool = True
    mixup: float = 0.0
    continues: bool = False

    def __post_init__(self) -> None:
        allowed = {
            "epochs": self.epochs >= 1,
            "learning_rate": 0 < self.learning_rate < math.inf,
            "head_learning_rate": 0 < self.head_learning_rate < math.inf,
            "layer_decay": 0 < self.layer_decay <= 1,
            "weight_decay": 0 <= self.weight_decay < math.inf,
            "warmup_share": 0 <= self.warmup_share < 1,
            "label_smoothing": 0 <= self.label_smoothing < 1,
            "views": self.views >= 0,
            "patience": self.patience >= 0,
            "mixup": 0 <= self.mixup <= 1,
        }
        wrong = next((name for name, in_range in allowed.items() if not in_range), None)
        if wrong is not None:
            raise InputError(f"'{wrong}' of phase '{self.name}' is out of range: {getattr(self, wrong)}.")

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        data = {key: value.value if isinstance(value, StrEnum) else value for key, value in asdict(self).items()}
        return {**data, "plan": self.plan.to_json()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Phase:
        """Read what `to_json` wrote; missing optional values take their defaults.

        Raises:
            InputError: If a value is unknown, missing or out of range.
        """
        try:
            _refuse_unknown(data, known={item.name for item in fields(cls)})
            return cls(**{name: _read(name, value) for name, value in data.items()})
        except (TypeError, ValueError, OverflowError) as error:
            raise InputError(f"A phase of the strategy cannot be read: {error}.") from error


def _refuse_unknown(data: Mapping[str, Any], *, known: set[str]) -> None:
    if not isinstance(data, Mapping):
        raise TypeError(f"expected an object, got {type(data).__name__}")
    unknown = set(data) - known
    if unknown:
        raise ValueError(f"unknown settings {sorted(map(str, unknown))}")


def _read(name: str, value: Any) -> Any:
    return _CONVERT[name](value) if name in _CONVERT else _number(value)


def _exactly(kind: type, words: str) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        # Not isinstance: True is an int for Python.
        if type(value) is not kind:
            raise ValueError(f"expected {words}, got {str(value)[:40]!r}")
        return value

    return check


def _number(value: Any) -> float:
    if type(value) not in (int, float):
        raise ValueError(f"expected a number, got {str(value)[:40]!r}")
    return float(value)


_text = _exactly(str, "a text")
_whole_number = _exactly(int, "a whole number")
_flag = _exactly(bool, "true or false")

_CONVERT: dict[str, Callable[[Any], Any]] = {
    "name": _text,
    "plan": FreezePlan.from_json,
    "epochs": _whole_number,
    "head": HeadSolver,
    "optimizer": OptimizerKind,
    "balance_classes": _flag,
    "augmentation": Augmentation,
    "views": _whole_number,
    "patience": _whole_number,
    "flip": _flag,
    "continues": _flag,
}
"""How a setting is read from JSON; those not named are numbers."""


@dataclass(frozen=True, slots=True)
class Strategy:
    """Phases in order; before each phase that does not continue another a gate decides whether it is worth it.

    Attributes:
        kind: Which way this is.
        phases: At least one.
        target: Validation accuracy (fraction) that is good enough to stop at a gate; None for the statistical rule.
    """

    kind: StrategyKind
    phases: tuple[Phase, ...]
    target: float | None = None

    def __post_init__(self) -> None:
        if not self.phases:
            raise InputError("A strategy needs at least one phase.")
        if len({phase.name for phase in self.phases}) < len(self.phases):
            raise InputError("Two phases of the strategy have the same name.")
        if self.phases[0].continues:
            raise InputError(f"Phase '{self.phases[0].name}' is the first one: there is none that it could continue.")
        if self.target is not None and not 0 < self.target <= 1:
            raise InputError(f"The target accuracy must lie between 0 and 1, got {self.target}.")

    @property
    def mirrors(self) -> bool:
        """Whether a phase trains with mirrored images: where they are varied at all, and may be mirrored."""
        return any(phase.flip and phase.augmentation is not Augmentation.NONE for phase in self.phases)

    def to_json(self) -> dict[str, Any]:
        """Return plain types; readable and editable as a file."""
        return {
            "schema": 1,
            "kind": self.kind.value,
            "phases": [phase.to_json() for phase in self.phases],
            "target": self.target,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Strategy:
        """Read what `to_json` wrote.

        Raises:
            InputError: If the data is not a strategy.
        """
        try:
            _refuse_unknown(data, known={"schema", *(item.name for item in fields(cls))})
            if _whole_number(data["schema"]) != 1:
                raise ValueError(f"it has schema {data['schema']}, this version reads schema 1")
            target = data.get("target")
            return cls(
                kind=StrategyKind(data["kind"]),
                phases=tuple(Phase.from_json(phase) for phase in data["phases"]),
                target=None if target is None else _number(target),
            )
        except KeyError as error:
            raise InputError(f"The strategy cannot be read: {error} is missing.") from error
        except (TypeError, ValueError, OverflowError) as error:
            raise InputError(f"The strategy cannot be read: {error}.") from error
