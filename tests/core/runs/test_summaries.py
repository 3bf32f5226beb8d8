"""What the row of a run says of the epoch that was kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from storage_samples import make_run_config
from tlft_desktop.core.fsio import AppendLog
from tlft_desktop.core.runs.status import read_status, write_status
from tlft_desktop.core.runs.store import METRICS_FILE, RunStore
from tlft_desktop.core.runs.summaries import epoch_words, how_kept, kept_words
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.core.values.strategy import HeadSolver, Phase, Strategy, StrategyKind

SOLVED = Phase(name="head", plan=FreezePlan(frozen=frozenset({"conv_stem"})), epochs=200, head=HeadSolver.CONVEX)
_BY_BATCHES = replace(SOLVED, head=HeadSolver.SGD)
TUNED = Phase(name="fine-tuning", plan=FreezePlan(), epochs=6)
_LAST = Phase(name="last", plan=FreezePlan(), epochs=4)
# What a phase does not say of itself while more than the head trains.
_IGNORED = replace(TUNED, head=HeadSolver.CONVEX)


def make_summary(
    root: Path, phases: tuple[Phase, ...], begun: tuple[str, ...], *, epoch: int | None, solver_steps: int | None = 0
) -> RunSummary:
    store = RunStore(root)
    config = replace(make_run_config(store.new_id()), strategy=Strategy(StrategyKind.CUSTOM, phases))
    folder = store.create(config)
    best = None if epoch is None else {"epoch": epoch, "val_accuracy": 0.9, "low": 0.8, "high": 1.0, "val_loss": 0.1}
    peaks = dict.fromkeys(begun, 1)
    status = replace(read_status(folder), best=best, phase_peak_memory_bytes=peaks, solver_steps=solver_steps)
    write_status(folder, status)
    write_results(folder)
    return store.summary(config.run)


def write_results(folder: Path, *, validated: bool = False) -> None:
    """Write what the epochs of a run with a head that was solved in 72 steps tell, as runs of any version do."""
    with AppendLog(folder / METRICS_FILE) as log:
        for epoch in range(1, 81):
            own, rates = (epoch, {}) if epoch <= 72 else (epoch - 72, {"head": 0.1})
            told = {"epoch": epoch, "phase": "head" if epoch <= 72 else "fine-tuning"}
            log.append({"event": "epoch_end", **told, "phase_epoch": own, "learning_rates": rates})
            if validated:
                log.append({"event": "validation_end", **told})


@pytest.mark.parametrize(
    ("phases", "begun", "epoch", "words"),
    [
        ((SOLVED,), ("head",), 72, "solved (72 steps)"),
        ((SOLVED,), ("head",), 1, "solved (1 step)"),
        ((SOLVED,), (), 72, "solved (72 steps)"),
        ((SOLVED,), (), None, ""),
        ((_BY_BATCHES,), ("head",), 12, "12 of 200"),
        ((_IGNORED,), ("fine-tuning",), 4, "4 of 6"),
        ((SOLVED, TUNED), ("head",), 72, "solved (72 steps)"),
        ((SOLVED, TUNED), ("head", "fine-tuning"), 72, "solved (72 steps)"),
        ((SOLVED, TUNED), ("head", "fine-tuning"), 78, "6 of 6"),
        ((SOLVED, TUNED, _LAST), ("head", "fine-tuning", "last"), 80, "8 of 10"),
        ((SOLVED, TUNED), (), 78, "6 of 6"),
    ],
)
@pytest.mark.parametrize("solver_steps", [72, None])
def test_steps_of_a_solver_are_no_epochs(
    tmp_path: Path,
    phases: tuple[Phase, ...],
    begun: tuple[str, ...],
    epoch: int | None,
    words: str,
    solver_steps: int | None,
) -> None:
    assert kept_words(make_summary(tmp_path, phases, begun, epoch=epoch, solver_steps=solver_steps)) == words


def test_an_epoch_behind_a_solved_head_is_told_with_its_number_over_the_whole_run(tmp_path: Path) -> None:
    hybrid = make_summary(tmp_path, (SOLVED, TUNED), ("head", "fine-tuning"), epoch=74, solver_steps=72)
    said = [epoch_words(hybrid, epoch) for epoch in (3, 72, 74)]
    assert said == ["step 3 of the head", "step 72 of the head", "epoch 2 (74 with the steps of the head)"]
    assert how_kept(hybrid) == "at epoch 2 (74 with the steps of the head), which is kept"
    assert how_kept(replace(hybrid, best_epoch=72)) == "with the head solved in 72 steps"
    tuned = make_summary(tmp_path, (TUNED,), ("fine-tuning",), epoch=4)
    assert epoch_words(tuned, 4) == "epoch 4"
