"""Strategies by all of their runs: which are pooled, how they are compared, and what cannot be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from prediction_samples import given, hashes
from storage_samples import make_run_config
from tests.core.evaluation.test_standing import race_of_tries
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.answers import aligned
from tlft_desktop.core.evaluation.bootstrap import Metric, bootstrap_difference
from tlft_desktop.core.evaluation.chosen import chosen_runs
from tlft_desktop.core.evaluation.comparison import compare_runs
from tlft_desktop.core.evaluation.groups import (
    FEWEST_DIVISIONS,
    compare_groups,
    pooled_runs,
    single_runs,
    without_beaten_recipes,
)
from tlft_desktop.core.evaluation.resampled_t import corrected_resampled_t
from tlft_desktop.core.process import ProcessIdentity
from tlft_desktop.core.project.manifests import write_manifest
from tlft_desktop.core.runs.predictions import Predictions, read_predictions, write_predictions
from tlft_desktop.core.runs.status import RunStatus, write_status
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, Split
from tlft_desktop.core.values.run import RunState
from tlft_desktop.core.values.strategy import StrategyKind

CLASSES = ("cat", "dog")
NUM_IMAGES = 200
TRUTH = np.arange(NUM_IMAGES) % 2


class Runs:
    """A project in which runs are made up.

    Attributes:
        store: Its runs.
    """

    def __init__(self, root: Path) -> None:
        self.store = RunStore(root)
        self._generator = np.random.default_rng(0)

    def add(self, kind: StrategyKind, share: float, *, seed: int = 0, division: int = 0, extra: int = 0) -> str:
        """Make a run that is right for a share of its validation images, every fourth one by division."""
        manifest = self._manifest(division, extra)
        write_manifest(self.store.root, manifest)
        run = self.store.new_id()
        config = make_run_config(run)
        changed = replace(config, strategy=replace(config.strategy, kind=kind), seed=seed, manifest=manifest.digest)
        self.store.create(changed)
        judged = manifest.used(Split.VAL)
        truth = np.array([CLASSES.index(record.label) for record in judged])
        answers = np.where(self._generator.random(len(truth)) < share, truth, 1 - truth)
        found = Predictions(
            np.eye(2, dtype=np.float32)[answers], truth, tuple(record.sha256 for record in judged), CLASSES
        )
        write_predictions(self.store.folder(run), found)
        return run

    def answers(self, run: str) -> Predictions:
        """Return what a run answered."""
        found = read_predictions(self.store.folder(run))
        assert found is not None
        return aligned(found)

    @staticmethod
    def _manifest(division: int, extra: int) -> Manifest:
        records = tuple(
            ImageRecord(
                path=f"{number:03d}.png",
                sha256=key,
                label=CLASSES[number % 2],
                split=Split.VAL if number // 2 % 4 == division else Split.TRAIN,
                width=8,
                height=8,
                mode="RGB",
            )
            for number, key in enumerate(hashes(NUM_IMAGES + extra))
        )
        return Manifest(records, CLASSES)


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    return Runs(tmp_path)


def test_runs_are_pooled_by_recipe_and_one_seed_counts_once(runs: Runs) -> None:
    transfer = [runs.add(StrategyKind.TRANSFER, 0.9, seed=seed) for seed in (1, 2, 2)]
    tuned = [runs.add(StrategyKind.FINETUNE, 0.6, seed=seed) for seed in (1, 2, 3)]
    first, second = pooled_runs(runs.store, chosen_runs(runs.store))
    assert (first.name, first.ids) == ("transfer", [transfer[0], transfer[2]])
    assert (second.name, second.ids) == ("finetune", tuned)
    (found,) = compare_groups([first, second], Metric.ACCURACY, is_each_pair=True)
    expected = bootstrap_difference(
        [runs.answers(run) for run in first.ids], [runs.answers(run) for run in tuned], Metric.ACCURACY
    )
    assert (found.method, found.low, found.high, found.p_value) == (
        "bootstrap",
        expected.low,
        expected.high,
        expected.p_value,
    )
    assert found.p_holm == found.p_value


def test_divisions_of_the_same_images_are_compared_by_the_corrected_t_test(runs: Runs) -> None:
    for division in range(4):
        runs.add(StrategyKind.TRANSFER, 0.95, division=division)
    tuned = [runs.add(StrategyKind.FINETUNE, 0.6, division=division) for division in (2, 1, 0)]
    (found,) = compare_groups(pooled_runs(runs.store, chosen_runs(runs.store)), Metric.ACCURACY, is_each_pair=True)
    assert (found.method, found.num_divisions, len(found.runs_a)) == ("corrected t", 3, 3)
    assert set(found.runs_b) == set(tuned)
    by_division = {}
    for run in (*found.runs_a, *found.runs_b):
        answers = runs.answers(run)
        by_division.setdefault(answers.hashes, []).append((answers.logits.argmax(axis=1) == answers.labels).mean())
    differences = [float(one - other) for one, other in by_division.values()]
    expected = corrected_resampled_t(differences, test_by_train=1 / 3)
    assert (found.low, found.high, found.p_value) == pytest.approx(expected)


def test_what_cannot_be_compared_is_explained(runs: Runs) -> None:
    runs.add(StrategyKind.TRANSFER, 0.9)
    runs.add(StrategyKind.FINETUNE, 0.9, division=1)
    (few,) = compare_groups(pooled_runs(runs.store, chosen_runs(runs.store)), Metric.MACRO_F1, is_each_pair=True)
    assert f"of {FEWEST_DIVISIONS} divisions that are needed 0 have runs of both" in few.obstacle
    assert (few.value_a, few.low, few.p_value, few.p_holm) == (None,) * 4
    for division in range(3):
        runs.add(StrategyKind.TRANSFER, 0.9, division=division)
        runs.add(StrategyKind.FINETUNE, 0.9, division=division, extra=2 if division == 2 else 0)
    (other,) = compare_groups(pooled_runs(runs.store, chosen_runs(runs.store)), Metric.ACCURACY, is_each_pair=True)
    # Two of the runs of one division saw two more images.
    assert other.obstacle.endswith("which are not divisions of the same ones.")
    run = runs.add(StrategyKind.LAST_STAGE, 0.9)
    write_predictions(runs.store.folder(run), given(np.eye(2)[[0, 1]], [0, 1], ("cat", "<b>dog</b>")))
    found = compare_groups(pooled_runs(runs.store, chosen_runs(runs.store)), Metric.ACCURACY, is_each_pair=True)
    assert [item.obstacle.endswith("tell other classes apart.") for item in found] == [False, True, True]


def test_one_recipe_only_is_a_sentence(runs: Runs) -> None:
    for seed in (1, 2):
        runs.add(StrategyKind.TRANSFER, 0.9, seed=seed)
    with pytest.raises(InputError, match="All of these runs have one recipe"):
        pooled_runs(runs.store, chosen_runs(runs.store))
    assert [group.name for group in single_runs(runs.store, chosen_runs(runs.store))] == ["transfer 1", "transfer 2"]


def test_of_many_runs_each_is_compared_with_the_best(runs: Runs) -> None:
    ids = [runs.add(StrategyKind.TRANSFER, share) for share in (0.5, 0.6, 0.99, 0.5, 0.6, 0.7, 0.4)]
    groups = single_runs(runs.store, chosen_runs(runs.store))
    found = compare_groups(groups, Metric.BALANCED_ACCURACY, is_each_pair=False)
    assert len(found) == 6
    assert {item.runs_a for item in found} == {(ids[2],)}
    assert all(item.p_holm is not None and item.p_value is not None and item.p_holm >= item.p_value for item in found)


def test_one_run_each_is_compared_as_everywhere_else(runs: Runs) -> None:
    first, second = runs.add(StrategyKind.TRANSFER, 0.9), runs.add(StrategyKind.FINETUNE, 0.6)
    (found,) = compare_groups(pooled_runs(runs.store, chosen_runs(runs.store)), Metric.ACCURACY, is_each_pair=True)
    (pair,) = compare_runs(runs.store, [first, second])
    assert found.method == "exact"
    assert found.value_a is not None
    assert found.value_b is not None
    numbers = (found.low, found.high, found.p_value, found.value_a - found.value_b)
    assert pair.low is not None
    assert pair.high is not None
    assert pair.difference_points is not None
    assert numbers == pytest.approx((pair.low / 100, pair.high / 100, pair.p_value, pair.difference_points / 100))


def test_recipes_that_a_race_tried_and_never_chose_are_no_strategies(runs: Runs) -> None:
    once = [runs.add(StrategyKind.TRANSFER, 0.9, seed=seed) for seed in (0, 1)]
    # Tries of one strategy: kinds stand for its learning rates.
    kinds = (StrategyKind.FINETUNE, StrategyKind.LAST_STAGE, StrategyKind.GRADUAL)
    tries = [[runs.add(kind, 0.7, seed=seed) for kind in kinds] for seed in (0, 1)]
    for seed, best in enumerate((0, 2)):
        for place, run in enumerate(tries[seed]):
            best_of = {"epoch": 1, "val_accuracy": 0.9 if place == best else 0.1, "low": 0.0, "high": 1.0}
            status = RunStatus(RunState.COMPLETED, ProcessIdentity.current(), num_epochs=2, best=best_of)
            write_status(runs.store.folder(run), status)
    race_of_tries(runs.store.root, once, tries)
    chosen = without_beaten_recipes(runs.store, chosen_runs(runs.store, with_beaten=True))
    # What was best with one seed keeps its run with the other one, too.
    assert [group.name for group in pooled_runs(runs.store, chosen)] == ["transfer", "finetune", "gradual"]
    assert [len(group.runs) for group in pooled_runs(runs.store, chosen)] == [2, 2, 2]
    (said,) = chosen.left_out
    assert "left out (2 of the runs with results)" in said
    named = chosen_runs(runs.store, [tries[0][1], tries[0][0]])
    assert without_beaten_recipes(runs.store, named) is named


def test_classes_that_are_wholly_right_or_wrong_show_no_chance(runs: Runs) -> None:
    for kind, wrong in ((StrategyKind.TRANSFER, ()), (StrategyKind.FINETUNE, (1,))):
        run = runs.add(kind, 1.0)
        known = runs.answers(run)
        answers = np.where(np.isin(known.labels, wrong), 1 - known.labels, known.labels)
        write_predictions(runs.store.folder(run), replace(known, logits=np.eye(2, dtype=np.float32)[answers]))
    groups = single_runs(runs.store, chosen_runs(runs.store))
    (found,) = compare_groups(groups, Metric.BALANCED_ACCURACY, is_each_pair=True)
    assert found.obstacle.endswith("wholly right or wholly wrong, so that drawing images again shows no chance.")
    assert (found.low, found.p_value, found.p_holm) == (None, None, None)
    (same,) = compare_groups([groups[0], groups[0]], Metric.BALANCED_ACCURACY, is_each_pair=True)
    assert (same.obstacle, same.low, same.high) == ("", 0.0, 0.0)
