"""With which settings an advised way is trained: those that it has by default for so many images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tlft_desktop.core.values.strategy import Augmentation, HeadSolver, OptimizerKind, Strategy

_VARIED = {
    Augmentation.NONE: "images as they are",
    Augmentation.LIGHT: "light augmentation (crops of at least 70 %{flip})",
    Augmentation.STANDARD: "standard augmentation (crops of at least half of the image{flip}, mild changes of colour)",
}
_OPTIMIZERS = {OptimizerKind.ADAMW: "AdamW", OptimizerKind.SGD: "SGD"}


@dataclass(frozen=True, slots=True)
class AdvisedSettings:
    """Settings of the last phase of a way; None where it has no such thing, since its head is solved exactly.

    Attributes:
        learning_rate, head_learning_rate: Peak rates of the layers before the head, and of the head.
        epochs: At most.
        patience: Epochs without a lower validation loss after which it ends; 0 for never.
        optimizer: Which one.
        augmentation: How strongly images are varied.
        flip: Whether mirrored images mean the same.
        batch_size: Images per step.
        solves_head_first: Whether a phase before it solves the head.
    """

    learning_rate: float | None = None
    head_learning_rate: float | None = None
    epochs: int | None = None
    patience: int = 0
    optimizer: OptimizerKind | None = None
    augmentation: Augmentation = Augmentation.NONE
    flip: bool = True
    batch_size: int | None = None
    solves_head_first: bool = False

    @classmethod
    def of(cls, strategy: Strategy, *, batch_size: int) -> AdvisedSettings:
        """Return the settings of a strategy."""
        last = strategy.phases[-1]
        if last.head is HeadSolver.CONVEX:
            return cls()
        return cls(
            learning_rate=last.learning_rate,
            head_learning_rate=last.head_learning_rate,
            epochs=last.epochs,
            patience=last.patience,
            optimizer=last.optimizer,
            augmentation=last.augmentation,
            flip=last.flip,
            batch_size=batch_size,
            solves_head_first=len(strategy.phases) > 1,
        )

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return {
            "learning_rate": self.learning_rate,
            "head_learning_rate": self.head_learning_rate,
            "epochs": self.epochs,
            "patience": self.patience,
            "optimizer": None if self.optimizer is None else self.optimizer.value,
            "augmentation": self.augmentation.value,
            "flip": self.flip,
            "batch_size": self.batch_size,
            "head": "sgd" if self.epochs is not None and not self.solves_head_first else "convex",
        }

    def in_words(self) -> str:
        """Return a sentence or two."""
        if self.optimizer is None or self.learning_rate is None:
            return (
                "Its settings: the head is solved exactly, so no learning rate, epochs or augmentation have to be "
                "chosen."
            )
        first = "the head is solved exactly first; then " if self.solves_head_first else ""
        early = f", fewer where {self.patience} of them bring no lower validation loss" if self.patience else ""
        varied = _VARIED[self.augmentation].format(flip=", mirrored" if self.flip else ", not mirrored")
        return (
            f"Its settings: {first}at most {self.epochs} epochs{early}; {_OPTIMIZERS[self.optimizer]} at a learning "
            f"rate of {self.learning_rate:g}, {self.head_learning_rate:g} for the head; batches of {self.batch_size}; "
            f"{varied}."
        )
