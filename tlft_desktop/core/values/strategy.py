"""What is trained, in which order: phases with a freeze plan each, and the gate between them."""

from __future__ import annotations

from collections.abc import Mapping
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
    CUSTOM = "custom"


class HeadSolver(StrEnum):
    """How a phase that trains the head only finds its weights."""

    CONVEX = "convex"
    """Multinomial logistic regression on the features, solved by L-BFGS."""
    SGD = "sgd"
    """The ordinary loop over batches, with the optimiser of the phase."""


class OptimizerKind(StrEnum):
    """Optimisers of the ordinary loop."""

    ADAMW = "adamw"
    SGD = "sgd"


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
        layer_decay: Factor on the rate from one stage to the stage before it; 1 for equal rates.
        weight_decay: Decoupled decay; never applied to biases and norm parameters.
        warmup_share: Share of the steps in which the rate rises linearly; a cosine to zero follows.
        label_smoothing: Share of the target spread over all classes.
        balance_classes: Whether the loss weighs classes by the inverse of their size.
        augmentation: How training images are varied.
        views: Variants per image; 0 for a new one in each epoch, 1 for the evaluation view only.
        patience: Epochs without a lower validation loss before the phase ends early; 0 for never.
        flip: Whether mirrored images mean the same.
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

    def __post_init__(self) -> None:
        rates = (self.learning_rate, self.head_learning_rate)
        if self.epochs < 1 or self.views < 0 or self.patience < 0 or not all(0 < rate < float("inf") for rate in rates):
            raise InputError(f"Phase '{self.name}' needs at least one epoch and learning rates above zero.")
        if not (0 < self.layer_decay <= 1 and 0 <= self.warmup_share < 1 and 0 <= self.label_smoothing < 1):
            raise InputError(f"Phase '{self.name}' has a layer decay, warm-up or smoothing outside of its range.")

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        data = asdict(self)
        data["plan"] = self.plan.to_json()
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Phase:
        """Read what `to_json` wrote; missing optional values take their defaults.

        Raises:
            InputError: If a value is unknown, missing or out of range.
        """
        known = {item.name: item for item in fields(cls)}
        unknown = set(data) - set(known)
        if unknown:
            raise InputError(f"A phase has unknown settings: {', '.join(sorted(unknown))}.")
        try:
            values: dict[str, Any] = {name: _CONVERT.get(name, float)(data[name]) for name in known if name in data}
            return cls(**values)
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(f"A phase of the strategy cannot be read: {error}.") from error


def _strict_bool(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"expected true or false, got {value!r}")
    return value


_CONVERT: dict[str, Any] = {
    "name": str,
    "plan": FreezePlan.from_json,
    "epochs": int,
    "head": HeadSolver,
    "optimizer": OptimizerKind,
    "balance_classes": _strict_bool,
    "augmentation": Augmentation,
    "views": int,
    "patience": int,
    "flip": _strict_bool,
}


@dataclass(frozen=True, slots=True)
class Strategy:
    """Phases in order; after each phase but the last a gate decides whether the next one is worth it.

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
        if self.target is not None and not 0 < self.target <= 1:
            raise InputError(f"The target accuracy must lie between 0 and 1, got {self.target}.")

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
            if data["schema"] != 1:
                raise InputError(f"This strategy has schema {data['schema']}; this version reads schema 1.")
            target = data.get("target")
            return cls(
                kind=StrategyKind(data["kind"]),
                phases=tuple(Phase.from_json(phase) for phase in data["phases"]),
                target=None if target is None else float(target),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError(f"The strategy cannot be read: {error}.") from error
