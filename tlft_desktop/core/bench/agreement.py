"""Training on kept outputs of a frozen front against training that computes the front in every epoch."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core.bench.assembled import assembled
from tlft_desktop.core.bench.rows import Bound, Row
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import TlftError
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.stats import mcnemar_exact, paired_difference_interval
from tlft_desktop.core.training.device import applied_numerics
from tlft_desktop.core.training.epochs import EpochLoop
from tlft_desktop.core.training.front import NO_FRONT, FrozenFront, choose_front
from tlft_desktop.core.training.memory import PeakMemory
from tlft_desktop.core.training.progress import Progress
from tlft_desktop.core.training.setup import TrainingContext, TrainingSetup
from tlft_desktop.core.training.trainer import Trainer
from tlft_desktop.core.values.events import EpochEnd, Event, Notice
from tlft_desktop.core.values.strategy import Strategy
from tlft_desktop.paths import AppPaths

MOST_LOSS_DIFFERENCE = 1e-3
LEAST_P = 0.05


@dataclass(frozen=True)
class Trained:
    """What one training gave.

    Attributes:
        first_loss: Mean loss of its first batch.
        right: Which validation images its best state classifies rightly, bool, [N].
        epoch_seconds: Of the training part of each epoch.
    """

    first_loss: float
    right: NDArray[np.bool_]
    epoch_seconds: tuple[float, ...]

    @property
    def accuracy(self) -> float:
        """Share of the validation images, 0 to 1."""
        return float(self.right.mean())


@dataclass(frozen=True)
class Agreement:
    """Both ways to train the same plan, with the same views, order and numerics.

    Attributes:
        kept: On kept outputs of the front.
        live: On images.
    """

    kept: Trained
    live: Trained

    @property
    def loss_difference(self) -> float:
        """Between the losses of the first batch."""
        return abs(self.kept.first_loss - self.live.first_loss)

    @property
    def discordant(self) -> tuple[int, int]:
        """Validation images that only training on kept outputs gets right, and only training on images."""
        kept, live = self.kept.right, self.live.right
        return int((kept & ~live).sum()), int((live & ~kept).sum())

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of accuracy(kept) - accuracy(live) on the same images, as fractions."""
        return paired_difference_interval(*self.discordant, len(self.kept.right))


def train_both_ways(project: Project, strategy: Strategy, *, paths: AppPaths, seed: int) -> Agreement:
    """Train a strategy of one phase twice.

    Args:
        project: Open, with its pixels in the cache.
        strategy: Its phase freezes a front and has fewer views than epochs.
        paths: Folders of the program.
        seed: Of order, dropout, view choice and the head's first weights.

    Raises:
        TlftError: If the program would not keep the outputs of this front: there is nothing to compare.
    """
    return Agreement(*(_train(project, strategy, paths=paths, seed=seed, is_kept=is_kept) for is_kept in (True, False)))


def summary(found: Sequence[Agreement]) -> dict[str, float]:
    """Return the largest difference of first losses of several seeds, and how many answers differ in all."""
    only_kept, only_live = (sum(counts) for counts in zip(*(item.discordant for item in found), strict=True))
    return {
        "loss_difference": max(item.loss_difference for item in found),
        "only_kept": only_kept,
        "only_live": only_live,
    }


def agreement_rows(plan: str, figures: Mapping[str, float]) -> tuple[Row, Row]:
    """Return rows of a `summary`: the difference of the losses, and whether the accuracies differ.

    The answers of all seeds that only one of the two ways gets right count together. Each seed classifies the same
    images, which makes the p value rather too small than too large.
    """
    only_kept, only_live = int(figures["only_kept"]), int(figures["only_live"])
    loss = Row(
        5,
        f"kept outputs, {plan}: first loss differs by",
        figures["loss_difference"],
        MOST_LOSS_DIFFERENCE,
        unit="",
        bound=Bound.AT_MOST,
        reference="none kept",
    )
    unit = f"({only_kept} to {only_live} answers)"
    what, p_value = f"kept outputs, {plan}: p of equal accuracy", mcnemar_exact(only_kept, only_live)
    return loss, Row(5, what, p_value, LEAST_P, unit=unit, reference="none kept")


def _train(project: Project, strategy: Strategy, *, paths: AppPaths, seed: int, is_kept: bool) -> Trained:
    # The first step changes the network, so the run gets another one.
    with assembled(project, strategy, paths=paths, seed=seed) as setup:
        loss = _first_loss(setup, is_kept=is_kept)
    seconds: list[float] = []
    with assembled(project, strategy, paths=paths, seed=seed) as setup:
        trainer = Trainer(setup, Control())
        if not is_kept:
            trainer.progress.front = NO_FRONT
        with closing(trainer.fit()) as events:
            for event in events:
                if isinstance(event, EpochEnd):
                    seconds.append(event.epoch_seconds)
        assert trainer.best_logits is not None
        right = (trainer.best_logits.argmax(dim=1) == setup.val.labels).numpy()
    return Trained(loss, right, tuple(seconds))


def _first_loss(setup: TrainingSetup, *, is_kept: bool) -> float:
    """Return the mean loss of the first batch of a run, to the last digit: events of steps are ten a second at most."""
    progress = Progress(front="" if is_kept else NO_FRONT)
    context = TrainingContext(setup, Control(), progress, PeakMemory(setup.numerics.device))
    with applied_numerics(setup.numerics):
        context.apply_phase_plan()
        front = _result(choose_front(context))
        if is_kept != (front is not None):
            raise TlftError("The outputs of this front are not kept, so there is nothing to compare.")
        for _ in front.use() if front else ():
            pass
        return next(item[0] for item in EpochLoop(context, {}).steps() if not isinstance(item, Notice))


def _result(events: Generator[Event, None, FrozenFront | None]) -> FrozenFront | None:
    while True:
        try:
            next(events)
        except StopIteration as end:
            front: FrozenFront | None = end.value
            return front
