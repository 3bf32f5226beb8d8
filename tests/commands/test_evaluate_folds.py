"""`tlft evaluate --folds`: figures, what cannot be folded, and the hint where few images judged."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from command_line import Result, World, records, sentence
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.evaluation.evaluated import Evaluated

pytestmark = pytest.mark.slow
Caller = Callable[..., Result]
KEYS = {
    *("run", "name", "folds", "repeats", "num_images", "num_train", "accuracy", "low", "high", "fold_accuracies"),
    *("val_accuracy", "val_low", "val_high", "num_val", "validation_selected", "best_of_runs", "sentence", "caution"),
}


def test_lines_for_programs(world: World, run: Caller) -> None:
    (line,) = records(run("evaluate", world.project, "transfer 1", "--folds", "3", "--repeats", "2", "--json"))
    assert set(line) >= KEYS
    (shown,) = [item for item in records(run("runs", world.project, "--json")) if item["run"] == line["run"]]
    assert (line["val_accuracy"], line["val_low"]) == (
        pytest.approx(shown["val_accuracy"]),
        pytest.approx(shown["low"]),
    )
    assert (line["folds"], line["repeats"], line["num_images"], line["num_train"]) == (3, 2, 42, 28)
    assert len(line["fold_accuracies"]) == 6
    assert line["accuracy"] == pytest.approx(np.mean(line["fold_accuracies"]))
    assert 0 <= line["low"] <= line["accuracy"] <= line["high"] <= 1


def test_figures_in_words(world: World, run: Caller) -> None:
    result = run("evaluate", world.project, "transfer 1", "--folds")
    assert result.returncode == 0, result.stderr
    assert "20 heads were trained as that of the run (folds: 5, repeats: 4)" in result.stdout
    assert "validation images of the run" in result.stdout
    (line,) = records(run("evaluate", world.project, "transfer 1", "--folds", "--json"))
    selected = "validation-selected: it is the best of " in result.stdout
    assert selected == line["validation_selected"] != ("No epoch was chosen by the validation images" in result.stdout)


def test_few_validation_images_name_the_command(world: World, run: Caller) -> None:
    told = run("evaluate", world.project, "transfer 1").stdout.splitlines()[-1]
    assert told.startswith("Only ")
    assert told.endswith("'transfer 1' --folds")
    assert "--folds" not in run("evaluate", world.project, "fine-tuning 2").stdout
    assert "--folds" not in run("--quiet", "evaluate", world.project, "transfer 1").stdout
    assert "--folds" not in run("evaluate", world.project, "transfer 1", "--json").stdout


def test_many_validation_images_need_no_folds(world: World, run: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tlft_desktop.core.evaluation.evaluated.FEW_IMAGES", 5)
    assert Evaluated.is_worth_folds
    assert "--folds" not in run("evaluate", world.project, "transfer 1").stdout


def test_a_head_is_no_choice_among_epochs(world: World, run: Caller) -> None:
    """Its iterations are validated one after the other, but the last one is taken whatever they show."""
    (head,) = records(run("evaluate", world.project, "transfer 1", "--json"))
    (tuned,) = records(run("evaluate", world.project, "fine-tuning 2", "--json"))
    assert (head["epochs_judged"], head["validation_selected"], head["caution"]) == (1, False, "")
    assert (tuned["epochs_judged"], tuned["validation_selected"]) == (2, True)


def test_what_cannot_be_folded_is_said(world: World, run: Caller) -> None:
    tuned = run("evaluate", world.project, "fine-tuning 2", "--folds")
    assert tuned.returncode == ExitCode.BAD_INPUT
    assert "trains more than the head, so folds would train the network 20 times" in sentence(tuned)
    for options in (("--split", "test"), ("--epoch", 1), ("--mistakes",), ("--suspects",), ("--confusions",)):
        refused = run("evaluate", world.project, "transfer 1", "--folds", *options)
        assert refused.returncode == ExitCode.USAGE
        assert str(options[0]) in sentence(refused)
    assert run("evaluate", world.project, "transfer 1", "--repeats", 2).returncode == ExitCode.USAGE
    assert run("evaluate", world.project, "transfer 1", "--folds", 1).returncode == ExitCode.USAGE
    assert run("evaluate", world.project, "no such run", "--folds").returncode == ExitCode.BAD_INPUT
