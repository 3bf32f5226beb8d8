"""Chosen runs in words: the best one, who is worse beyond chance, and who is as good in less time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from storage_samples import make_run_config
from tests.core.evaluation.test_standing import add_run
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.chosen import MAX_RUNS_ALL_PAIRS, chosen_runs
from tlft_desktop.core.evaluation.comparison import compare_chosen, compare_runs
from tlft_desktop.core.evaluation.leading import leading_words, verdict_on
from tlft_desktop.core.runs.predictions import read_predictions, write_predictions
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.strategy import StrategyKind

TRANSFER, FINETUNE, HYBRID = StrategyKind.TRANSFER, StrategyKind.FINETUNE, StrategyKind.HYBRID


def words_of(store: RunStore) -> str:
    chosen = chosen_runs(store)
    return leading_words(compare_chosen(chosen), {item.summary.run: item.summary for item in chosen.answers})


def test_the_best_the_worse_and_the_quickest_are_named(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    for kind, hits, seconds in ((TRANSFER, 60, 1.0), (FINETUNE, 95, 30.0), (HYBRID, 94, 20.0), (TRANSFER, 50, 2.0)):
        add_run(store, kind, hits, seconds=seconds)
    assert words_of(store) == (
        "Of 4 runs 'fine-tuning 2' is right most often: 95.0 %. Worse beyond chance: 'transfer 1' (60.0 %), "
        "'transfer 4' (50.0 %). Not told apart from it: 'hybrid 3' (94.0 %). The quickest of these is 'hybrid 3': "
        "20.0 s. That is corrected for 6 comparisons (Holm)."
    )


def test_two_runs_have_their_own_sentence_only(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    runs = [add_run(store, TRANSFER, 60), add_run(store, FINETUNE, 95)]
    assert words_of(store) == ""
    assert verdict_on(store, runs) == (compare_runs(store, runs)[0].sentence, True)
    with pytest.raises(InputError):
        verdict_on(store, runs[:1])


def test_of_many_runs_the_best_stands_against_all(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    for place in range(MAX_RUNS_ALL_PAIRS + 2):
        # Two are equally good; the later one is quicker, but all were compared with the earlier one.
        add_run(store, TRANSFER, 60 + 5 * min(place, MAX_RUNS_ALL_PAIRS), seconds=20.0 - place)
    said = words_of(store)
    assert said.startswith("Of 8 runs 'transfer 7' is right most often: 90.0 %.")
    assert "Not told apart from it: 'transfer 8' (90.0 %)" in said
    assert "The quickest of these is 'transfer 8': 13.0 s." in said


def test_a_pair_is_corrected_for_all_pairs_of_the_project(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    runs = [add_run(store, TRANSFER, 60), add_run(store, FINETUNE, 66)]
    alone = verdict_on(store, runs)[0]
    assert " is better than " in alone
    runs.append(add_run(store, HYBRID, 63))
    among_three = verdict_on(store, runs[:2])[0]
    assert ", which may be chance: corrected for 3 comparisons (Holm), p = 0.094." in among_three
    assert verdict_on(store, runs)[0].startswith("Of 3 runs 'fine-tuning 2' is right most often: 66.0 %. Not told")


def test_of_several_runs_those_without_results_are_left_out(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    runs = [add_run(store, TRANSFER, 60), add_run(store, FINETUNE, 95), add_run(store, HYBRID, 94)]
    pair, three = verdict_on(store, runs[:2])[0], verdict_on(store, runs)[0]
    empty = store.new_id()
    store.create(make_run_config(empty))
    said = " Left out, being without results: 'transfer 4'."
    assert verdict_on(store, [*runs, empty]) == (f"{three}{said}", True)
    assert verdict_on(store, [*runs[:2], empty]) == (f"{pair}{said}", True)
    for few in ([runs[0], empty], [runs[0], empty, empty]):
        with pytest.raises(InputError, match="'transfer 4' has no results"):
            verdict_on(store, few)


def test_runs_on_other_images_are_no_runs_among_others(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    runs = [add_run(store, TRANSFER, hits) for hits in (60, 70, 80)]
    answers = read_predictions(store.folder(runs[2]))
    assert answers is not None
    others = tuple(f"{number:064x}" for number in range(1_000, 1_000 + len(answers.hashes)))
    write_predictions(store.folder(runs[2]), replace(answers, hashes=others))
    assert words_of(store) == ""
    sentence, is_possible = verdict_on(store, runs)
    assert not is_possible
    assert "they were validated on different images" in sentence
