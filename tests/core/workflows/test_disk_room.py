"""Room on the disk before a training: about what its checkpoints and networks take."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.run_samples import new_project
from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import ExitCode, StorageError
from tlft_desktop.core.hints import quoted
from tlft_desktop.core.runs.races import RaceStore
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import EpochEnd
from tlft_desktop.core.values.run import RunState
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.disk_room import run_bytes
from tlft_desktop.core.workflows.experiment import TrainOptions, require_startable, resume_experiment, run_experiment
from tlft_desktop.core.workflows.networks import layer_tree_of
from tlft_desktop.core.workflows.race import RaceOptions, run_race
from tlft_desktop.paths import AppPaths


def test_what_would_not_fit_on_the_disk_is_refused_before_it_starts(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = (StrategyKind.TRANSFER, StrategyKind.FINETUNE)
    paths, control = AppPaths.below(profile), Control()
    with new_project(profile) as project:
        tree = layer_tree_of(project)
        weights = 4 * tree.root.parameters
        transfer, finetune = (run_bytes(require_startable(project, kind, TrainOptions()), tree) for kind in kinds)
        assert transfer == 3 * weights, "two checkpoints and the network"
        assert finetune == 13 * weights, "three checkpoints with the best state and two moments each, and the network"
        monkeypatch.setattr(fsio.files, "free_space", lambda _path: finetune - 1)
        for events in (
            run_experiment(project, kinds[1], options=TrainOptions(), paths=paths, control=control),
            run_race(project, kinds, options=RaceOptions(), paths=paths, control=control),
        ):
            with pytest.raises(StorageError, match=r"was not started: .* MiB are needed") as refused:
                next(events)
            assert refused.value.exit_code == ExitCode.OUT_OF_RESOURCE
            assert f"`tlft run empty-trash {quoted(str(project.root))}`" in refused.value.remedy
        assert (RunStore(project.root).ids(), RaceStore(project.root).ids()) == ([], [])


@pytest.mark.slow
def test_a_training_that_goes_on_needs_only_the_room_of_what_is_left(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths, control = AppPaths.below(profile), Control()
    options = TrainOptions(epochs=2, threads=1, device="cpu")
    with new_project(profile) as project:
        for event in run_experiment(project, StrategyKind.FINETUNE, options=options, paths=paths, control=control):
            if isinstance(event, EpochEnd):
                control.request_stop()
        store = RunStore(project.root)
        (run,) = store.ids()
        assert store.status(run).state is RunState.STOPPED
        there = fsio.folder_bytes(store.checkpoints_folder(run))
        assert there > 0
        left = run_bytes(store.config(run).strategy, layer_tree_of(project)) - there
        # A disk that nothing else fills: only what the preflight asks for decides.
        monkeypatch.setattr(fsio.files, "free_space", lambda _path: left - 1)
        with pytest.raises(StorageError, match="was not started"):
            next(resume_experiment(project, run, paths=paths, control=Control()))
        assert store.status(run).state is RunState.STOPPED
        monkeypatch.setattr(fsio.files, "free_space", lambda _path: left)
        list(resume_experiment(project, run, paths=paths, control=Control()))
        assert store.status(run).state is RunState.COMPLETED
