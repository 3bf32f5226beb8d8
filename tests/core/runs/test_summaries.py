"""What the row of a run says of the epoch that was kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from storage_samples import make_run_config
from tlft_desktop.core.runs.status import read_status, write_status
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.runs.summaries import kept_words
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.core.values.strategy import HeadSolver, Phase, Strategy, StrategyKind

_SOLVED = Phase(name="head", plan=FreezePlan(frozen=frozenset({"conv_stem"})), epochs=200, head=HeadSolver.CONVEX)
_BY_BATCHES = replace(_SOLVED, head=HeadSolver.SGD)
_TUNED = Phase(name="fine-tuning", plan=FreezePlan(), epochs=6)
# What a phase does not say of itself while more than the head trains.
_IGNORED = replace(_TUNED, head=HeadSolver.CONVEX)


def make_summary(root: Path, phases: tuple[Phase, ...], begun: tuple[str, ...], *, epoch: int | None) -> RunSummary:
    store = RunStore(root)
    config = replace(make_run_config(store.new_id()), strategy=Strategy(StrategyKind.CUSTOM, phases))
    folder = store.create(config)
    best = None if epoch is None else {"epoch": epoch, "val_accuracy": 0.9, "low": 0.8, "high": 1.0, "val_loss": 0.1}
    write_status(folder, replace(read_status(folder), best=best, phase_peak_memory_bytes=dict.fromkeys(begun, 1)))
    return store.summary(config.run)


@pytest.mark.parametrize(
    ("phases", "begun", "epoch", "words"),
    [
        ((_SOLVED,), ("head",), 72, "solved (72 steps)"),
        ((_SOLVED,), ("head",), 1, "solved (1 step)"),
        ((_SOLVED,), (), 72, "solved (72 steps)"),
        ((_SOLVED,), (), None, ""),
        ((_BY_BATCHES,), ("head",), 12, "12 of 200"),
        ((_IGNORED,), ("fine-tuning",), 4, "4 of 6"),
        ((_SOLVED, _TUNED), ("head",), 72, "solved (72 steps)"),
        ((_SOLVED, _TUNED), ("head", "fine-tuning"), 78, "78 of 206"),
        ((_SOLVED, _TUNED), (), 78, "78 of 206"),
    ],
)
def test_steps_of_a_solver_are_no_epochs(
    tmp_path: Path, phases: tuple[Phase, ...], begun: tuple[str, ...], epoch: int | None, words: str
) -> None:
    assert kept_words(make_summary(tmp_path, phases, begun, epoch=epoch)) == words
