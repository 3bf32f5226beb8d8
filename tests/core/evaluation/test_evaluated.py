"""What is said beside the figures of a run: among what its validation images chose, and which epoch they are of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from prediction_samples import drawn
from tests.core.evaluation.test_standing import add_run, race_of_tries
from tests.core.runs.test_summaries import SOLVED, TUNED, make_summary, write_results
from tlft_desktop.core.evaluation.epochs import validated
from tlft_desktop.core.evaluation.evaluated import Evaluated
from tlft_desktop.core.evaluation.run_evaluation import evaluate_predictions
from tlft_desktop.core.evaluation.tries import num_rates_of
from tlft_desktop.core.runs.store import METRICS_FILE, RunStore
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.strategy import StrategyKind

_BEHIND = "chosen by these very images, so other images may be answered less well."
FIGURES = Evaluated("R", "fine-tuning 1", Split.VAL, evaluate_predictions(drawn(20, 2), None), epoch=3, best_epoch=3)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        ({"num_judged": 3}, f"Validation-selected: one of 3 epochs was {_BEHIND}"),
        ({"num_rates": 2}, f"Validation-selected: one of 2 learning rates was {_BEHIND}"),
        (
            {"num_judged": 3, "num_rates": 2},
            f"Validation-selected: one of 3 epochs and of 2 learning rates was {_BEHIND}",
        ),
        (
            {"num_judged": 3, "has_solution": True},
            f"Validation-selected: one of 3 networks (the solved head and one for each epoch after it) was {_BEHIND}",
        ),
        (
            {"num_judged": 3, "has_solution": True, "num_rates": 2},
            "Validation-selected: one of 3 networks (the solved head and one for each epoch after it) and of 2 "
            f"learning rates was {_BEHIND}",
        ),
        ({"num_judged": 3, "num_rates": 2, "epoch": 2, "epoch_words": ("epoch 2", "epoch 3")},
         "These are the answers of epoch 2; the run kept the network of epoch 3."),
    ],
)  # fmt: skip
def test_what_these_images_chose_is_said(changes: dict[str, Any], words: str) -> None:
    assert replace(FIGURES, **changes).caution == words


def test_figures_of_a_hybrid_count_a_solved_head_once(tmp_path: Path) -> None:
    summary = make_summary(tmp_path, (SOLVED, TUNED), ("head", "fine-tuning"), epoch=78, solver_steps=72)
    store = RunStore(tmp_path)
    write_results(store.folder(summary.run), validated=True)
    found = validated(store, summary, FIGURES.evaluation, 78)
    assert (found.num_judged, found.has_solution, found.num_rates) == (9, True, 1)
    earlier = validated(store, summary, FIGURES.evaluation, 3)
    assert earlier.caution == (
        "These are the answers of step 3 of the head; the run kept the network of epoch 6 (78 with the steps of the "
        "head)."
    )


def test_the_best_of_several_tries_says_so_and_no_other_run(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    once = add_run(store, StrategyKind.TRANSFER, 60)
    tries = [add_run(store, StrategyKind.FINETUNE, hits) for hits in (70, 90)]
    equal = [add_run(store, StrategyKind.FINETUNE, 80) for _ in range(2)]
    alone = add_run(store, StrategyKind.FINETUNE, 99)
    race_of_tries(tmp_path, [once, alone], [tries, equal])
    assert [num_rates_of(store, run) for run in (once, *tries, *equal, alone)] == [1, 1, 2, 1, 1, 1]
    (store.folder(tries[1]) / METRICS_FILE).unlink()
    found = validated(store, store.summary(tries[1]), FIGURES.evaluation, 2)
    assert (found.num_rates, found.is_validation_selected) == (2, True)
