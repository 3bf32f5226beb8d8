"""`tlft compare`: corrected p values, other figures than the accuracy, and strategies by all of their runs."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from command_line import Result, call, records, sentence
from prediction_samples import given
from storage_samples import make_config, make_manifest, make_run_config
from tlft_desktop.commands.compare_arguments import METRICS
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.evaluation.bootstrap import Metric
from tlft_desktop.core.project.project import create_project
from tlft_desktop.core.runs.predictions import write_predictions
from tlft_desktop.core.runs.store import RunStore

Caller = Callable[..., Result]
TRUTH = np.arange(60) % 2


@pytest.fixture
def run(profile: Path, capsys: pytest.CaptureFixture[str]) -> Caller:
    """Return a function that runs a command in this process."""
    return lambda *arguments: call(arguments, home=profile, capsys=capsys)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with three runs: all right, half, and half of which six are other ones."""
    with create_project(tmp_path / "pets.tlft", make_config(), make_manifest()) as opened:
        root = opened.root
    half = np.arange(60) < 30
    for right in (np.full(60, True), half, half ^ ((np.arange(60) >= 27) & (np.arange(60) < 33))):
        add(root, right)
    return root


def add(project: Path, right: np.ndarray) -> None:
    """Make a run that is right where it says so."""
    store = RunStore(project)
    config = make_run_config(store.new_id())
    store.create(config)
    answers = np.where(right, TRUTH, 1 - TRUTH)
    write_predictions(store.folder(config.run), given(2 * np.eye(2)[answers], TRUTH, ("cat", "dog")))


def test_several_pairs_are_corrected_in_words_and_lines(project: Path, run: Caller) -> None:
    lines = records(run("compare", project, "--json"))
    assert [line["p_value"] <= line["p_holm"] for line in lines] == [True] * 3
    assert lines[0]["p_holm"] == pytest.approx(3 * lines[0]["p_value"], rel=1e-6)
    *shown, gap, leading = run("compare", project).stdout.splitlines()
    assert (len(shown), gap) == (3, "")
    assert leading.startswith("Of 3 runs 'transfer 1' is right most often")
    assert leading.endswith("That is corrected for 3 comparisons (Holm).")
    assert all("Corrected for 3 comparisons (Holm): p" in line for line in shown)
    once = run("compare", project, "transfer 1", "transfer 2").stdout
    assert "Corrected" not in once


def test_what_the_correction_takes_away_is_said(project: Path, run: Caller) -> None:
    right = np.full(60, True)
    right[:6] = False
    add(project, right)
    (line,) = [
        line
        for line in run("compare", project, "transfer 1", "transfer 4", "transfer 3").stdout.splitlines()
        if line.startswith("transfer 1 is better than transfer 4 ")
    ]
    assert "p = 0.031" in line
    # The two other pairs are surer, so that this one is the last and stays as it is.
    assert line.endswith("(Holm): p = 0.031.")
    for _ in range(3):
        add(project, np.full(60, True))
    text = run("compare", project, "transfer 1", "transfer 4", "transfer 5", "transfer 6").stdout
    (line,) = [line for line in text.splitlines() if line.startswith("transfer 1 is ahead of transfer 4 ")]
    assert ", p = 0.031, which may be chance: corrected for 6 comparisons (Holm), p = 0.19." in line
    named = run("compare", project, "transfer 1", "transfer 4").stdout
    assert named.startswith("transfer 1 is better than transfer 4 ")


@pytest.mark.parametrize("metric", METRICS)
def test_other_figures(project: Path, run: Caller, metric: str) -> None:
    first, second, _ = records(run("compare", project, "--metric", metric, "--json"))
    assert first["metric"] == metric
    assert (first["method"], first["num_divisions"]) == ("exact" if metric == "accuracy" else "bootstrap", 1)
    assert first["difference_points"] == pytest.approx(first["points_a"] - first["points_b"])
    assert first["low"] <= first["difference_points"] <= first["high"]
    assert (first["difference_points"] > 0) == (metric != "calibration-error")
    assert all(value is None or not isinstance(value, float) or math.isfinite(value) for value in second.values())
    name = metric.replace("-", " ").replace("f1", "F1")
    assert first["sentence"].startswith(f"transfer 1 is better than transfer 2 in {name} by ")
    shown = first["sentence"].split("[")[1].split("]")[0].split(", ")
    assert [float(value) > 0 for value in shown] == [True, True]
    assert run("compare", project, "--metric", metric).returncode == ExitCode.DONE


def test_the_figures_of_the_help_are_those_of_the_core() -> None:
    assert tuple(Metric) == METRICS


def test_strategies_by_their_runs_need_two_recipes(project: Path, run: Caller) -> None:
    result = run("compare", project, "--pool")
    assert result.returncode == ExitCode.BAD_INPUT
    assert "All of these runs have one recipe" in sentence(result)


@pytest.mark.parametrize("metric", [(), ("--metric", "macro-f1")])
def test_many_runs_are_told_against_the_best_one_unless_they_are_named(
    project: Path, run: Caller, metric: tuple[str, ...]
) -> None:
    for share in (50, 52, 54, 56):
        add(project, np.arange(60) < share)
    num_more = 0 if metric else 2
    result = run("compare", project, *metric)
    assert len(result.stdout.splitlines()) == 6 + num_more
    assert "Of these 7 runs each is compared with the best one only; name runs" in result.stderr
    named = run("compare", project, *[f"transfer {number}" for number in range(1, 8)], *metric)
    assert len(named.stdout.splitlines()) == 21 + num_more
    assert "best one only" not in named.stderr
