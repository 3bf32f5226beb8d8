"""The head of a run on folds: from the cache, without it, and runs for which there are no folds."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import torch

import numpy as np
import pytest

from tests.project_files import rewrite
from tests.trained_project import Trained, make_trained, train
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError, StoppedError
from tlft_desktop.core.evaluation.head_folds import HeadFolds, HeadImages
from tlft_desktop.core.project.manifests import read_manifest, write_manifest
from tlft_desktop.core.project.project import open_project, open_project_read_only
from tlft_desktop.core.runs.predictions import read_predictions
from tlft_desktop.core.runs.status import read_status, write_status
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.training.head import choose_l2, solve_head
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.values.run import RunConfig
from tlft_desktop.core.values.seeds import derive_seed
from tlft_desktop.core.values.strategy import HeadSolver, StrategyKind
from tlft_desktop.core.workflows.experiment import TrainOptions, run_experiment
from tlft_desktop.core.workflows.folding import folded_head, kept_folds
from tlft_desktop.core.workflows.head_features import head_images
from tlft_desktop.paths import AppPaths

pytestmark = pytest.mark.slow
FEW = {"folds": 3, "repeats": 1}
_Value = TypeVar("_Value")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    return make_trained(tmp_path_factory.mktemp("folds"))


@pytest.fixture
def trained(made: Trained, tmp_path: Path) -> Trained:
    """Return a copy that a test may damage, with caches of its own; its images are the common ones."""
    home = tmp_path / "home"
    shutil.copytree(made.images.parent / "home", home)
    return replace(made, root=shutil.copytree(made.root, tmp_path / "copy.tlft"), paths=AppPaths.below(home))


def folds_of(
    trained: Trained, run: str = "", *, control: Control | None = None, **options: int
) -> tuple[list[str], HeadFolds]:
    """Return the stages that were told, each once, and the result."""
    steps = folded_head(
        open_project_read_only(trained.root),
        run or trained.run,
        paths=trained.paths,
        control=control or Control(),
        **(options or FEW),
    )
    *progress, found = steps
    assert isinstance(found, HeadFolds)
    assert all(isinstance(step, ProbeProgress) for step in progress)
    return list(dict.fromkeys(step.stage for step in progress if isinstance(step, ProbeProgress))), found


def result_of(steps: Generator[object, None, _Value]) -> _Value:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            value: _Value = end.value
            return value


def features_of(trained: Trained, config: RunConfig | None = None) -> HeadImages:
    project = open_project_read_only(trained.root)
    config = config or RunStore(trained.root).config(trained.run)
    return result_of(head_images(project, config, paths=trained.paths, control=Control()))


def test_the_head_of_the_run_is_found_again(trained: Trained) -> None:
    """Trained on the run's own training images it gives the run's own answers."""
    images, store = features_of(trained), RunStore(trained.root)
    config, stored = store.config(trained.run), read_predictions(store.folder(trained.run))
    assert stored is not None
    count = len(read_manifest(trained.root, config.manifest).used(Split.TRAIN))
    features, labels = images.features[:count], images.labels[:count]
    l2 = choose_l2(features, labels, seed=derive_seed("folds", config.seed), balance_classes=False)
    (phase,) = config.strategy.phases
    assert not phase.balance_classes
    *_, last = solve_head(
        features, labels, images.num_classes, l2=l2, balance_classes=False, max_iterations=phase.epochs
    )
    answers = images.features[count:] @ last.weight.T + last.bias
    assert answers.numpy() == pytest.approx(stored.logits, abs=1e-3)
    assert images.labels[count:].tolist() == stored.labels.tolist()


def test_figures_come_from_the_cache(trained: Trained) -> None:
    stages, found = folds_of(trained)
    assert stages == ["heads"], "neither images nor network were needed"
    manifest = open_project_read_only(trained.root).manifest
    num_val = len(manifest.used(Split.VAL))
    assert (found.num_images, found.num_val, len(found.scores)) == (42, num_val, 3)
    assert found.num_train == 28
    assert found.val_accuracy == RunStore(trained.root).summary(trained.run).val_accuracy
    assert (found.num_single, found.is_grouped, found.num_rivals) == (0, False, 1)
    assert folds_of(trained) == ([], found), "what was found is kept"


def test_what_is_kept_is_told_where_it_costs_nothing(trained: Trained) -> None:
    project = open_project_read_only(trained.root)
    assert kept_folds(project, trained.run, paths=trained.paths) is None
    _, found = folds_of(trained, folds=5, repeats=4)
    assert kept_folds(project, trained.run, paths=trained.paths) == found
    for path in (trained.paths.cache / "folds").iterdir():
        path.write_text("{}")
    assert kept_folds(project, trained.run, paths=trained.paths) is None


def test_a_cache_that_is_gone_or_damaged_changes_nothing(trained: Trained) -> None:
    _, found = folds_of(trained)
    shutil.rmtree(trained.paths.cache)
    stages, again = folds_of(trained)
    assert stages == ["read", "pass", "heads"]
    assert again == found
    shutil.rmtree(trained.paths.cache / "folds")
    for path in (trained.paths.cache / "features").rglob("*.f16"):
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 0xFF
        path.write_bytes(data)
    stages, again = folds_of(trained)
    assert stages == ["pass", "heads"]
    assert again == found


def test_a_disk_that_refuses_costs_time_only(trained: Trained) -> None:
    _, found = folds_of(trained)
    shutil.rmtree(trained.paths.cache / "folds")
    shutil.rmtree(trained.paths.cache / "features")
    (trained.paths.cache / "features").write_text("no folder")
    stages, again = folds_of(trained)
    assert stages == ["pass", "heads"]
    assert again == found


def test_a_project_that_was_moved_away_from_its_images(trained: Trained, tmp_path: Path) -> None:
    rewrite(trained.root, data_root=str(tmp_path / "nowhere"))
    moved = replace(trained, root=trained.root.rename(tmp_path / "moved.tlft"))
    stages, _ = folds_of(moved)
    assert stages == ["heads"]
    shutil.rmtree(moved.paths.cache)
    with pytest.raises(InputError, match="cannot be read any more"):
        folds_of(moved)


def test_a_device_that_is_not_here_is_replaced(trained: Trained) -> None:
    config = RunStore(trained.root).config(trained.run)
    here = features_of(trained)
    elsewhere = features_of(trained, replace(config, numerics=replace(config.numerics, device="cuda:7")))
    assert torch.allclose(here.features, elsewhere.features, atol=0.05)


def test_other_weights_are_refused(trained: Trained) -> None:
    config = RunStore(trained.root).config(trained.run)
    with pytest.raises(InputError, match="are not those that run"):
        features_of(trained, replace(config, weights_sha256="0" * 64))


def test_without_validation_images_the_training_images_are_folded(trained: Trained) -> None:
    config = RunStore(trained.root).config(trained.run)
    manifest = read_manifest(trained.root, config.manifest)
    records = tuple(replace(record, split=Split.TRAIN) for record in manifest.records)
    trained_only = replace(manifest, records=records)
    write_manifest(trained.root, trained_only)
    images = features_of(trained, replace(config, manifest=trained_only.digest))
    assert len(images.labels) == len(images.features) == 42


def test_groups_and_copies_belong_together(trained: Trained) -> None:
    config = RunStore(trained.root).config(trained.run)
    manifest = read_manifest(trained.root, config.manifest)
    records = tuple(
        replace(record, group=f"camera {place % 6}", split=(Split.TRAIN, Split.VAL)[place % 6 == 0])
        for place, record in enumerate(manifest.records)
    )
    grouped = replace(manifest, records=records)
    write_manifest(trained.root, grouped)
    images = features_of(trained, replace(config, manifest=grouped.digest))
    assert len(set(images.units)) == 6
    expected = [record.group for split in (Split.TRAIN, Split.VAL) for record in grouped.used(split)]
    assert len(set(zip(expected, images.units, strict=True))) == 6


def test_runs_that_train_more_are_refused(trained: Trained) -> None:
    with open_project(trained.root) as project:
        train(project, trained.paths, StrategyKind.HYBRID, epochs=1)
        hybrid = RunStore(project.root).resolve("last")
        options = TrainOptions(threads=1, device="cpu", epochs=1, head=HeadSolver.SGD)
        list(run_experiment(project, StrategyKind.TRANSFER, options=options, paths=trained.paths, control=Control()))
        stepwise = RunStore(project.root).resolve("last")
    with pytest.raises(InputError, match="trains more than the head, so folds would train the network 3 times"):
        folds_of(trained, hybrid)
    with pytest.raises(InputError, match="trained its head batch by batch"):
        folds_of(trained, stepwise)


def test_a_run_without_a_result_is_refused(trained: Trained) -> None:
    folder = RunStore(trained.root).folder(trained.run)
    write_status(folder, replace(read_status(folder), best=None))
    with pytest.raises(InputError, match="has no results"):
        folds_of(trained)
    assert kept_folds(open_project_read_only(trained.root), trained.run, paths=trained.paths) is None


def test_answers_of_the_run_are_not_needed(trained: Trained) -> None:
    for path in RunStore(trained.root).folder(trained.run).glob("predictions.*"):
        path.unlink()
    assert folds_of(trained)[1].val_accuracy > 0


def test_the_best_of_several_runs_is_called_validation_selected(trained: Trained) -> None:
    with open_project(trained.root) as project:
        train(project, trained.paths)
        other = RunStore(project.root).resolve("last")
    assert [folds_of(trained, run)[1].num_rivals for run in (trained.run, other)] == [2, 2], "both are equally good"
    folder = RunStore(trained.root).folder(other)
    status = read_status(folder)
    write_status(folder, replace(status, best={**(status.best or {}), "val_accuracy": 0.01}))
    assert folds_of(trained, trained.run)[1].is_validation_selected
    assert not folds_of(trained, other)[1].is_validation_selected


def test_a_stop_ends_it_and_nothing_half_is_kept(trained: Trained) -> None:
    shutil.rmtree(trained.paths.cache)
    for stage in ("read", "pass", "heads"):
        control = Control()
        steps = folded_head(
            open_project_read_only(trained.root), trained.run, paths=trained.paths, control=control, **FEW
        )
        with pytest.raises(StoppedError):  # noqa: PT012
            for step in steps:
                assert isinstance(step, ProbeProgress)
                if step.stage == stage:
                    control.request_stop()
    assert not (trained.paths.cache / "folds").exists()
    stages, found = folds_of(trained)
    assert stages == ["heads"], "the features are kept"
    assert np.isfinite(found.accuracy)
