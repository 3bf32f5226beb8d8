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
from tlft_desktop.core.evaluation.standing import entries_left, race_end, standing_of
from tlft_desktop.core.evaluation.tries import SELECTED_FOR_COMPARISON
from tlft_desktop.core.fsio import AppendLog
from tlft_desktop.core.process import ProcessIdentity
from tlft_desktop.core.runs.predictions import Predictions, write_predictions
from tlft_desktop.core.runs.races import Race, RaceEntry, RaceStore
from tlft_desktop.core.runs.status import RunStatus, write_status
from tlft_desktop.core.runs.store import EVENTS_FILE, METRICS_FILE, TIMINGS_FILE, RunStore
from tlft_desktop.core.stats import wilson_interval
from tlft_desktop.core.values.race import Place, RaceState, Try
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
    planned: int | None = None,
) -> str:
    """Write a run that gets the first `hits` of `NUM_VAL` images right and ended its epochs after `steps`.

    It says how many epochs were planned where `planned` says it.
    """
    run = store.new_id()
    config = make_run_config(run)
    folder = store.create(replace(config, strategy=replace(config.strategy, kind=kind)))
    low, high = wilson_interval(hits, NUM_VAL)
    best = {"epoch": len(steps), "val_accuracy": hits / NUM_VAL, "low": low, "high": high, "val_loss": 0.5}
    process = ProcessIdentity.current()
    write_status(folder, RunStatus(state, process, num_epochs=2, epoch=len(steps), best=best, total_seconds=seconds))
    truth = np.zeros(NUM_VAL, dtype=np.int64)
    answers = np.eye(2, dtype=np.float32)[(np.arange(NUM_VAL) >= hits).astype(int)]
    hashes = tuple(f"{number:064x}" for number in range(NUM_VAL))
    write_predictions(folder, Predictions(answers, truth, hashes, ("cat", "dog")))
    events: list[dict[str, Any]] = [
        {
            "event": "fit_start",
            "num_train": NUM_TRAIN,
            "num_val": NUM_VAL,
            "numerics": {"batch": 8},
            **({} if planned is None else {"phases": [{"name": "tuning", "epochs": planned}]}),
        },
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


@pytest.mark.parametrize(("planned", "is_short"), [(None, False), (8, False), (9, True), (30, True)])
def test_a_budget_below_a_quarter_of_the_plan_is_said(planned: int | None, is_short: bool, tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    run = add_run(store, StrategyKind.TRANSFER, 60, planned=planned, budget="The time budget of 20 s ended the run.")
    remarks = standing_of(store, race_of(tmp_path, (0, 0, run), (1, 0, ""))).places[0].remarks
    said = "That is less than a quarter of what was planned: with more time transfer 1 could reach more."
    assert remarks == ("transfer 1: The time budget of 20 s ended the run.", *[said] * is_short)


def test_a_run_that_could_not_be_cut_short_says_so(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    run = add_run(store, StrategyKind.TRANSFER, 60, seconds=31.0, notice="Phase 'head' cannot be cut short.")
    race = race_of(tmp_path, (0, 0, run), (1, 0, ""))
    assert standing_of(store, race).places[0].remarks == ("transfer 1: Phase 'head' cannot be cut short.",)
    without = replace(race, budget_seconds=None)
    assert standing_of(store, without).places[0].remarks == ()


RATES = (3e-4, 1e-4, 9e-4)


def race_of_tries(root: Path, once: Sequence[str], tries: Sequence[Sequence[str]], **changes: Any) -> Race:
    """Return a race of a strategy that trains once and of one with three tries; the runs of each seed."""
    entries = []
    for seed, (own, others) in enumerate(zip(once, tries, strict=True)):
        entries.append(RaceEntry(0, seed, own, begun=bool(own)))
        entries += [
            RaceEntry(1, seed, run, begun=bool(run), attempt=attempt, learning_rate=RATES[attempt])
            for attempt, run in enumerate(others)
        ]
    return make_race(RaceStore(root), entries=tuple(entries), num_tries=3, **changes)


def add_tries(store: RunStore, *hits: int, seconds: float = 20.0) -> list[str]:
    return [add_run(store, StrategyKind.FINETUNE, each, seconds=seconds) for each in hits]


def test_of_several_tries_the_best_counts_and_all_their_time_is_told(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    once = add_run(store, StrategyKind.TRANSFER, 60, seconds=4.0)
    tries = add_tries(store, 70, 90, 80)
    race = race_of_tries(tmp_path, [once], [tries], budget_seconds=None)
    standing = standing_of(store, race)
    transfer, tuned = standing.places
    assert (transfer.num_tries, transfer.tries, transfer.tries_seconds) == (1, (), None)
    assert transfer.remarks == (
        "transfer trains once with each seed: its head is solved exactly, without a learning rate, and its penalty was "
        "already chosen on folds of the training images.",
    )
    low, high = wilson_interval(90, NUM_VAL)
    assert tuned == Place(
        strategy="finetune",
        state="completed",
        num_results=1,
        accuracy=0.9,
        low=low,
        high=high,
        lowest=0.9,
        highest=0.9,
        seconds=20.0,
        best_seconds=6.0,
        runs=(tries[1],),
        remarks=(
            "fine-tuning: the learning rate 0.0001 is the best of 3 on the validation images, so its accuracy is "
            "validation-selected and tends to be too high; all tries together took 60.0 s.",
        ),
        num_tries=3,
        tries_seconds=60.0,
        tries=tuple(
            Try(0, place, RATES[place], run, "completed", hits, 20.0, counts=place == 1)
            for place, (run, hits) in enumerate(zip(tries, (0.7, 0.9, 0.8), strict=True))
        ),
    )
    (comparison,) = standing.comparisons
    assert (comparison.a, comparison.b) == (once, tries[1])
    assert standing.sentences == (comparison.sentence, SELECTED_FOR_COMPARISON)
    assert (tuned.num_tried, tuned.has_tried_all) == (3, True)
    end = race_end(store, race)
    assert end.seconds == 64.0
    assert tuple(map(Place.from_json, end.standing)) == standing.places


def test_of_equal_tries_the_earlier_one_counts(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    once, tries = add_run(store, StrategyKind.TRANSFER, 60), add_tries(store, 80, 90, 90)
    assert standing_of(store, race_of_tries(tmp_path, [once], [tries])).places[1].runs == (tries[1],)


def test_nothing_is_selected_from_tries_that_are_all_the_same(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    once, tries = add_run(store, StrategyKind.TRANSFER, 60), add_tries(store, 80, 80, 80)
    standing = standing_of(store, race_of_tries(tmp_path, [once], [tries], budget_seconds=None))
    assert standing.places[1].remarks == (
        "fine-tuning: the 3 learning rates are equally good on the validation images, so the first one counts and "
        "nothing was selected; all tries together took 60.0 s with a seed.",
    )
    assert (standing.places[1].runs, len(standing.sentences)) == ((tries[0],), 1)


def test_each_seed_has_its_own_best_try(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    once = [add_run(store, StrategyKind.TRANSFER, hits) for hits in (60, 70)]
    tries = [add_tries(store, 90, 80, 70), add_tries(store, 50, 60, 72)]
    standing = standing_of(store, race_of_tries(tmp_path, once, tries, budget_seconds=None))
    tuned = standing.places[1]
    assert (tuned.num_results, tuned.accuracy, tuned.lowest, tuned.highest) == (2, pytest.approx(0.81), 0.72, 0.9)
    assert tuned.runs == (tries[0][0], tries[1][2])
    assert (tuned.seconds, tuned.tries_seconds) == (20.0, 60.0)
    assert tuned.remarks == (
        "fine-tuning: with each seed the best of 3 learning rates on the validation images counts (0.0003, 0.0009), so "
        "its accuracies are validation-selected and tend to be too high; all tries together took 60.0 s with a seed.",
    )
    assert [(item.a, item.b) for item in standing.comparisons] == [(once[0], tries[0][0]), (once[1], tries[1][2])]
    assert "Of 2 seeds, fine-tuning is measurably better than transfer with 1" in standing.sentences[0]
    assert standing.sentences[1:] == (SELECTED_FOR_COMPARISON,)


def test_a_try_that_failed_is_passed_over_and_named(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    once, tries = add_run(store, StrategyKind.TRANSFER, 60), add_tries(store, 80, 70)
    failed = add_run(store, StrategyKind.FINETUNE, 95, state=RunState.FAILED)
    race = race_of_tries(tmp_path, [once], [[*tries, failed]])
    place = standing_of(store, race).places[1]
    assert (place.state, place.accuracy, place.runs) == ("completed", 0.8, (tries[0],))
    assert place.tries[2].state == "failed"
    assert (place.num_tried, place.has_tried_all) == (3, True)
    assert any(remark.startswith("fine-tuning 4 failed") for remark in place.remarks)
    assert entries_left(store, race) == ()


def test_tries_that_are_left_wait_and_nothing_was_selected_from_one(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    once, (first,) = add_run(store, StrategyKind.TRANSFER, 60), add_tries(store, 80)
    stopped = add_run(store, StrategyKind.FINETUNE, 90, state=RunState.STOPPED)
    deleted = store.new_id()
    race = race_of_tries(tmp_path, [once], [[first, "", ""]], budget_seconds=None)
    standing = standing_of(store, race)
    place = standing.places[1]
    assert (place.state, place.runs, place.remarks) == ("waiting", (first,), ())
    assert (place.num_tries, place.num_tried, place.has_tried_all) == (3, 1, False)
    assert len(standing.sentences) == 2
    assert standing.sentences[1] == "Not every run of the race is trained to its end: this is how they stand so far."
    race = race_of_tries(tmp_path, [once], [[first, stopped, deleted]], budget_seconds=None)
    place = standing_of(store, race).places[1]
    assert (place.state, place.runs) == ("stopped", (first,)), "what is complete counts before what is not"
    assert place.remarks[0] == f"The run {deleted} was deleted."
    assert "is the best of 2 on the validation images" in place.remarks[1]
    assert entries_left(store, race) == (2, 3)


@pytest.mark.parametrize(
    ("epochs", "is_cut", "is_said"),
    [((3, 1), (True, True), True), ((3, 2), (True, True), False), ((3, 1), (True, False), False),
     ((1, 2), (True, False), True), ((2, 2), (True, True), False)],
)  # fmt: skip
def test_tries_that_came_unequally_far_in_their_time_are_said(
    epochs: tuple[int, int], is_cut: tuple[bool, bool], is_said: bool, tmp_path: Path
) -> None:
    store = RunStore(tmp_path)
    once = add_run(store, StrategyKind.TRANSFER, 60)
    tries = [
        add_run(store, StrategyKind.FINETUNE, 80, steps=range(8, 8 * count + 1, 8), budget="It ended." if cut else "")
        for count, cut in zip(epochs, is_cut, strict=True)
    ]
    remark = standing_of(store, race_of_tries(tmp_path, [once], [[*tries]])).places[1].remarks[-1]
    said = (
        f"The tries of fine-tuning came to between {min(epochs)} and {max(epochs)} epochs in the same time, so which "
        "learning rate is best may be chance: race on a machine that does nothing else, or with more time."
    )
    assert (remark == said) is is_said


def test_what_lies_in_the_trash_of_a_completed_race_is_named_and_not_waited_for(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    once, tries = add_run(store, StrategyKind.TRANSFER, 60), add_tries(store, 70, 90)
    race = race_of_tries(tmp_path, [once], [tries], budget_seconds=None, state=RaceState.COMPLETED)
    store.move_to_trash(tries[0])
    place = standing_of(store, race).places[1]
    assert (place.state, place.runs) == ("completed", (tries[1],))
    assert (place.num_tried, place.has_tried_all, place.tries_seconds) == (2, True, 40.0)
    assert [found.state for found in place.tries] == ["in the trash", "completed"]
    assert place.remarks[0] == "fine-tuning 2 lies in the trash of the project."
    assert "the learning rate 0.0001 is the best of 2 on the validation images" in place.remarks[1]
    assert entries_left(store, race) == (1,), "it can be trained anew"
    running = replace(race, state=RaceState.RUNNING)
    assert standing_of(store, running).places[1].state == "waiting"


def test_a_winner_in_the_trash_is_not_told_as_beaten(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    once, tries = add_run(store, StrategyKind.TRANSFER, 60), add_tries(store, 70, 90, 60)
    race = race_of_tries(tmp_path, [once], [tries], budget_seconds=None, state=RaceState.COMPLETED)
    store.move_to_trash(tries[1])
    place = standing_of(store, race).places[1]
    assert (place.runs, place.num_tried, place.tries[1].accuracy) == ((tries[0],), 2, None)
    assert "is the best of 2 on the validation images" in place.remarks[1]


def test_what_was_deleted_from_a_completed_race_is_not_waited_for(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    once, (first,) = add_run(store, StrategyKind.TRANSFER, 60), add_tries(store, 80)
    gone = store.new_id()
    completed = {"budget_seconds": None, "state": RaceState.COMPLETED}
    place = standing_of(store, race_of_tries(tmp_path, [once], [[first, gone]], **completed)).places[1]
    assert (place.state, place.tries[1].state, place.has_tried_all) == ("completed", "deleted", True)
    assert place.remarks == (f"The run {gone} was deleted.",)
    alone = standing_of(store, race_of(tmp_path, (0, 0, once), (1, 0, gone), **completed)).places[1]
    assert (alone.state, alone.remarks) == ("deleted", (f"The run {gone} was deleted.",))
