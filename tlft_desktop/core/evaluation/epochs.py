"""What a run was worth after each of its epochs, by the answers that it stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.evaluated import Evaluated
from tlft_desktop.core.evaluation.run_evaluation import RunEvaluation, evaluate_epoch_answers
from tlft_desktop.core.evaluation.tries import num_rates_of
from tlft_desktop.core.runs.epoch_answers import read_epoch, read_epochs
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.runs.summaries import epoch_words
from tlft_desktop.core.values.events import EpochEnd, ValidationEnd
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.core.values.strategy import StrategyKind

_MAX_STRETCHES = 6
"""Stretches of epochs that are told; where epochs were thinned out each is one."""


def evaluate_epoch(store: RunStore, run: str, epoch: int) -> Evaluated:
    """Return what a run was worth on its validation images after one of its epochs, by the answers that it stored.

    Args:
        store: The runs of the project.
        run: Identifier of the run; it may be training.
        epoch: Over the whole run, from 1.

    Raises:
        InputError: If the run stored no answers of that epoch, or they are damaged.
    """
    summary, folder = store.summary(run), store.folder(run)
    stored, answers = read_epochs(folder), read_epoch(folder, epoch)
    if stored is None:
        raise InputError(
            f"The run '{summary.name}' has no answers of single epochs: none of its epochs has ended yet, or an "
            "earlier version of this program trained it.",
            remedy="Without an epoch the figures are those of its best one.",
        )
    if answers is None:
        raise InputError(
            f"The run '{summary.name}' has no answers of epoch {epoch}.",
            remedy=f"Stored are the epochs {epoch_numbers(stored.epochs)}.",
        )
    losses = [
        line.get("val_loss")
        for line in store.metrics(run)
        if line.get("event") == ValidationEnd.name and line.get("epoch") == epoch
    ]
    evaluation = evaluate_epoch_answers(answers, stored.images, log_loss=losses[-1] if losses else None)
    return validated(store, summary, evaluation, epoch)


def epoch_numbers(epochs: Sequence[int]) -> str:
    """Return rising epochs such as `1-7, 9, 11`; of many stretches the first ones and the last one."""
    stretches: list[list[int]] = []
    for epoch in epochs:
        if stretches and epoch == stretches[-1][-1] + 1:
            stretches[-1][1:] = [epoch]
        else:
            stretches.append([epoch])
    texts = ["-".join(map(str, stretch)) for stretch in stretches]
    if len(texts) > _MAX_STRETCHES:
        texts = [*texts[: _MAX_STRETCHES - 2], "...", texts[-1]]
    return ", ".join(texts)


def validated(store: RunStore, summary: RunSummary, evaluation: RunEvaluation, epoch: int | None) -> Evaluated:
    """Return figures of validation images with how often these judged the run."""
    num_epochs, has_solution = _choices(store.metrics(summary.run))
    best = summary.best_epoch
    is_other = epoch is not None and best is not None and epoch != best
    return Evaluated(
        summary.run,
        summary.name,
        Split.VAL,
        evaluation,
        num_judged=max(1, num_epochs + has_solution),
        has_solution=has_solution,
        num_rates=num_rates_of(store, summary.run),
        epoch_words=(epoch_words(summary, epoch or 0), epoch_words(summary, best or 0)) if is_other else None,
        is_head_alone=summary.is_head_solved and summary.strategy in (StrategyKind.TRANSFER, StrategyKind.CUSTOM),
        epoch=epoch,
        best_epoch=best,
    )


def _choices(metrics: Sequence[Mapping[str, Any]]) -> tuple[int, bool]:
    """Return among how many epochs validation images chose, and whether beside them stood a head that was solved.

    Its iterations are no choice: the last one is the solution, whatever they show.
    """
    # Only there no rate is learned with.
    solved = {line["phase"] for line in metrics if line["event"] == EpochEnd.name and line.get("learning_rates") == {}}
    judged = [line["phase"] for line in metrics if line["event"] == ValidationEnd.name]
    return sum(phase not in solved for phase in judged), not solved.isdisjoint(judged)
