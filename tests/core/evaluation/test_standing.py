"""How strategies stand: the numbers of their runs, means over seeds, and what ended them, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from storage_samples import make_run_config
from tests.core.runs.test_races import make_race
from tlft_desktop.core.evaluation.standing import standing_of
from tlft_desktop.core.fsio import AppendLog
from tlft_desktop.core.project.process import ProcessIdentity
from tlft_desktop.core.runs.predictions import Predictions, write_predictions
from tlft_desktop.core.runs.races import Race, RaceEntry, RaceStore
from tlft_desktop.core.runs.status import RunStatus, write_status
from tlft_desktop.core.runs.store import EVENTS_FILE, METRICS_FILE, TIMINGS_FILE, RunStore
from tlft_desktop.core.stats import wilson_interval
from tlft_desktop.core.values.race import Place
from tlft_desktop.core.values.run import RunState
from tlft_desktop.core.values.strategy import StrategyKind

NUM_VAL = 100
NUM_TRAIN = 64


def add_run(
    store: RunStore,
    kind: StrategyKind,
    hits: int,
    *,
    state: RunState = RunState.COMPLETED,
    seconds: float = 10.0,
    steps: Sequence[int] = (8, 16),
    budget: str = "",
    notice: str = "",
) -> str:
    """Write a run that gets the first `hits` of `NUM_VAL` images right and ended its epochs after `steps`."""
    run = store.new_id()
    config = make_run_config(run)
    folder = store.create(replace(config, strategy=replace(config.strategy, kind=kind)))
    low, high = wilson_interval(hits, NUM_VAL)
    best = {"epoch": len(steps), "val_accuracy": hits / NUM_VAL, "low": low, "high": high, "val_loss": 0.5}
    process = ProcessIdentity.current()
    write_status(folder, RunStatus(state, process, num_epochs=2, best=best, total_seconds=seconds))
    truth = np.zeros(NUM_VAL, dtype=np.int64)
    answers = np.eye(2, dtype=np.float32)[(np.arange(NUM_VAL) >= hits).astype(int)]
    hashes = tuple(f"{number:064x}" for number in range(NUM_VAL))
    write_predictions(folder, Predictions(answers, truth, hashes, ("cat", "dog")))
    events: list[dict[str, Any]] = [
        {"event": "fit_start", "num_train": NUM_TRAIN, "num_val": NUM_VAL, "numerics": {"batch": 8}},
        *({"event": "epoch_end", "phase": "tuning", "step": step} for step in steps),
        *([{"event": "notice", "kind": "budget", "message": notice}] if notice else []),
        {"event": "fit_end", "budget": {"seconds": 20.0, "message": budget} if budget else None},
    ]
    write_lines(folder / EVENTS_FILE, events)
    results = [{"event": "validation_end", "epoch": epoch, "val_accuracy": 0.5} for epoch in range(1, len(steps) + 1)]
    write_lines(folder / METRICS_FILE, results)
    write_lines(folder / TIMINGS_FILE, [{"epoch": line["epoch"], "seconds": 3.0 * line["epoch"]} for line in results])
    return run


def write_lines(path: Path, lines: Sequence[dict[str, Any]]) -> None:
    with AppendLog(path) as log:
        for line in lines:
            log.append(line)


def race_of(root: Path, *runs: tuple[int, int, str], **changes: Any) -> Race:
    """Return a race with the runs of (strategy, seed)."""
    entries = tuple(RaceEntry(strategy, seed, run, begun=bool(run)) for strategy, seed, run in runs)
    return make_race(RaceStore(root), entries=entries, **changes)


def test_the_numbers_are_those_of_the_runs_and_the_words_those_of_the_comparison(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    quick = add_run(store, StrategyKind.TRANSFER, 60, seconds=4.0)
    good = add_run(store, StrategyKind.FINETUNE, 90, seconds=20.4, budget="The time budget of 20 s ended the run.")
    standing = standing_of(store, race_of(tmp_path, (0, 0, quick), (1, 0, good)))
    first, second = standing.places
    low, high = wilson_interval(60, NUM_VAL)
    assert first == Place(
        strategy="transfer",
        state="completed",
        num_results=1,
        accuracy=0.6,
        low=low,
        high=high,
        lowest=0.6,
        highest=0.6,
        seconds=4.0,
        best_seconds=6.0,
        runs=(quick,),
        remarks=("transfer 1 was done before its budget of 20 s was used up: after 4.0 s.",),
    )
    assert second.remarks == ("fine-tuning 2: The time budget of 20 s ended the run.",)
    (comparison,) = standing.comparisons
    assert (comparison.a, comparison.b, comparison.difference_points) == (quick, good, -30.0)
    assert standing.sentences == (comparison.sentence,)
    assert comparison.sentence.startswith("fine-tuning 2 is better than transfer 1 by 30.0 points")


def test_over_several_seeds_accuracies_are_means_with_their_range(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    runs = [
        (strategy, seed, add_run(store, kind, hits[seed]))
        for seed in (0, 1)
        for strategy, kind, hits in ((0, StrategyKind.TRANSFER, (60, 70)), (1, StrategyKind.FINETUNE, (90, 72)))
    ]
    standing = standing_of(store, race_of(tmp_path, *runs))
    tuned = standing.places[1]
    assert (tuned.num_results, tuned.accuracy, tuned.lowest, tuned.highest) == (2, pytest.approx(0.81), 0.72, 0.9)
    assert (tuned.low, tuned.high) == wilson_interval(81, NUM_VAL), "the images are the same for every seed"
    assert [(item.a, item.b) for item in standing.comparisons] == [(runs[0][2], runs[1][2]), (runs[2][2], runs[3][2])]
    assert standing.sentences == (
        "Of 2 seeds, fine-tuning is measurably better than transfer with 1 and measurably worse with 0; it is ahead by "
        "16.0 points on average (2.0 to 30.0).",
    )


def test_what_is_not_whole_is_said(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    stopped = add_run(store, StrategyKind.TRANSFER, 60, state=RunState.STOPPED)
    deleted = store.new_id()
    standing = standing_of(store, race_of(tmp_path, (0, 0, stopped), (1, 0, deleted), (1, 1, "")))
    assert [place.state for place in standing.places] == ["stopped", "waiting"]
    assert standing.places[1] == Place("finetune", "waiting", remarks=(f"The run {deleted} was deleted.",))
    assert standing.comparisons == ()
    damaged = add_run(store, StrategyKind.FINETUNE, 60)
    (store.folder(damaged) / "status.json").write_bytes(b"{}")
    place = standing_of(store, race_of(tmp_path, (0, 0, stopped), (1, 0, damaged))).places[1]
    assert (place.state, place.accuracy) == ("damaged", None)
    assert "status.json" in place.remarks[0]


@pytest.mark.parametrize(("steps", "is_short"), [((3,), True), ((7,), True), ((8,), False), ((8, 9), False)])
def test_a_budget_below_an_epoch_is_said(steps: Sequence[int], is_short: bool, tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    run = add_run(store, StrategyKind.TRANSFER, 60, steps=steps, budget="The time budget of 20 s ended the run.")
    remarks = standing_of(store, race_of(tmp_path, (0, 0, run), (1, 0, ""))).places[0].remarks
    assert remarks[0] == "transfer 1: The time budget of 20 s ended the run."
    assert ["not enough for one epoch of phase 'tuning'" in remark for remark in remarks[1:]] == [True] * is_short


def test_a_run_that_could_not_be_cut_short_says_so(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    run = add_run(store, StrategyKind.TRANSFER, 60, seconds=31.0, notice="Phase 'head' cannot be cut short.")
    race = race_of(tmp_path, (0, 0, run), (1, 0, ""))
    assert standing_of(store, race).places[0].remarks == ("transfer 1: Phase 'head' cannot be cut short.",)
    without = replace(race, budget_seconds=None)
    assert standing_of(store, without).places[0].remarks == ()
