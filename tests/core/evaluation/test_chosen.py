"""Which runs are compared when nobody names any: those with results, without tries that a race did not choose."""

from __future__ import annotations

from pathlib import Path

from tests.core.evaluation.test_standing import RATES, add_run, add_tries, race_of_tries
from tlft_desktop.core.evaluation.chosen import MAX_RUNS_ALL_PAIRS, chosen_runs
from tlft_desktop.core.evaluation.comparison import compare_chosen
from tlft_desktop.core.evaluation.tries import beaten_tries
from tlft_desktop.core.runs.races import RaceStore
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.strategy import StrategyKind


def test_tries_that_another_one_beat_are_left_out_and_told(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    once, tries, later = add_run(store, StrategyKind.TRANSFER, 60), add_tries(store, 70, 90, 80), add_tries(store, 95)
    race_of_tries(tmp_path, [once], [tries])
    assert beaten_tries(store).runs == {tries[0], tries[2]}
    chosen = chosen_runs(store)
    assert [item.summary.run for item in chosen.answers] == [once, tries[1], *later]
    assert (chosen.is_each_pair, chosen.num_beaten) == (True, 2)
    (remark,) = chosen.remarks
    assert "left out (2 of the runs with results); name runs to compare them, too." in remark
    assert [item.p_holm is not None for item in compare_chosen(chosen)] == [True] * 3


def test_named_runs_and_pools_have_all_tries(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    once, tries = add_run(store, StrategyKind.TRANSFER, 60), add_tries(store, 70, 90, 80)
    race_of_tries(tmp_path, [once], [tries])
    named = chosen_runs(store, [tries[0], tries[1]])
    assert [item.summary.run for item in named.answers] == tries[:2]
    assert named.remarks == ()
    assert len(chosen_runs(store, with_beaten=True).answers) == 4


def test_a_try_counts_in_its_own_seed(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    once = [add_run(store, StrategyKind.TRANSFER, 60) for _ in range(2)]
    tries = [add_tries(store, 70, 90, 80), add_tries(store, 95, 60, 80)]
    race_of_tries(tmp_path, once, tries)
    assert beaten_tries(store).runs == {tries[0][0], tries[0][2], *tries[1][1:]}


def test_where_one_run_would_be_left_all_are_compared(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    race_of_tries(tmp_path, [""], [add_tries(store, 70, 90, 80)])
    chosen = chosen_runs(store)
    assert (len(chosen.answers), chosen.remarks) == (3, ())


def test_a_damaged_race_leaves_nothing_out(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    race = race_of_tries(tmp_path, [add_run(store, StrategyKind.TRANSFER, 60)], [add_tries(store, *[70] * len(RATES))])
    RaceStore(tmp_path).path(race.race).write_bytes(b"damaged")
    assert beaten_tries(store).runs == frozenset()
    (said,) = chosen_runs(store).remarks
    assert said.startswith("Races that cannot be read: 1; learning rates that they tried count as runs like others.")


def test_of_many_runs_it_is_said_that_only_the_best_is_compared(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    runs = add_tries(store, *range(70, 70 + MAX_RUNS_ALL_PAIRS))
    assert chosen_runs(store).remarks == ()
    runs += add_tries(store, 60)
    (remark,) = chosen_runs(store).remarks
    assert remark.startswith(f"Of these {len(runs)} runs each is compared with the best one only; name runs")
    named = chosen_runs(store, runs)
    assert (named.is_each_pair, named.remarks) == (True, ())
    assert len(compare_chosen(named)) == len(runs) * (len(runs) - 1) // 2
