"""Whole runs with little room for features: they end alike, say what is kept where, and disturb nobody."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from tests.run_samples import end_of, metrics_of, new_project, run_all
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import StorageError
from tlft_desktop.core.freezing.presets import freeze_up_to
from tlft_desktop.core.project.cache import cache_entries, prune_entries
from tlft_desktop.core.project.cache_budget import make_room
from tlft_desktop.core.project.project import Project, open_project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.settings import Settings, save_settings
from tlft_desktop.core.values.events import Event, Notice, PhaseStart
from tlft_desktop.core.values.run import RunState
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.experiment import TrainOptions, run_experiment
from tlft_desktop.core.workflows.networks import layer_tree
from tlft_desktop.paths import AppPaths

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
ONE_THREAD = TrainOptions(threads=1)
KEPT_FRONT = TrainOptions(epochs=4, batch_size=8, threads=1, views=2)


@pytest.fixture
def project(profile: Path) -> Iterator[Project]:
    with new_project(profile) as made:
        yield made


def allow(profile: Path, num_bytes: int | None) -> None:
    save_settings(AppPaths.below(profile).settings_file, Settings(feature_bytes=num_bytes))


def features(profile: Path) -> list[Path]:
    return sorted(path for path in (profile / "cache" / "features").glob("*"))


def notices(events: list[Event]) -> str:
    return " ".join(event.message for event in events if isinstance(event, Notice) and event.kind == "cache")


def is_hit(events: list[Event]) -> bool:
    start = next(event for event in events if isinstance(event, PhaseStart))
    return bool(start.cache and start.cache["hit"])


def freeze_a_front(project: Project) -> None:
    """Let the plan of the project freeze a good part of the network, so that its outputs are kept."""
    config = project.config
    tree = layer_tree(config.backbone, len(project.manifest.classes), config.image_size)
    project.save(replace(config, plan=freeze_up_to(tree, config.plan, "blocks.4")))


@pytest.mark.parametrize(("num_bytes", "reason"), [(0, "allow no features on disk"), (5000, "can be freed for them")])
def test_without_room_a_run_ends_alike_and_leaves_nothing(
    project: Project, profile: Path, num_bytes: int, reason: str
) -> None:
    allow(profile, num_bytes)
    small = run_all(project, profile, StrategyKind.TRANSFER, options=ONE_THREAD)
    assert reason in notices(small)
    assert "kept in memory only" in notices(small)
    assert features(profile) == []
    allow(profile, None)
    whole = run_all(project, profile, StrategyKind.TRANSFER, options=ONE_THREAD)
    assert notices(whole) == ""
    assert len(features(profile)) == 2
    assert metrics_of(project, end_of(small).run) == metrics_of(project, end_of(whole).run)
    # What is there is read, whatever may be added.
    allow(profile, 0)
    again = run_all(project, profile, StrategyKind.TRANSFER, options=ONE_THREAD)
    assert (is_hit(again), notices(again)) == (True, "")


def test_without_room_the_outputs_of_a_front_are_kept_in_memory(project: Project, profile: Path) -> None:
    freeze_a_front(project)
    allow(profile, 5000)
    small = run_all(project, profile, StrategyKind.CUSTOM, options=KEPT_FRONT)
    assert "The outputs of the frozen layers are kept in memory only: They need" in notices(small)
    assert features(profile) == []
    allow(profile, None)
    whole = run_all(project, profile, StrategyKind.CUSTOM, options=KEPT_FRONT)
    assert notices(whole) == ""
    assert metrics_of(project, end_of(small).run) == metrics_of(project, end_of(whole).run)


def test_a_run_takes_the_place_of_what_was_not_used_for_longest(project: Project, profile: Path) -> None:
    run_all(project, profile, StrategyKind.TRANSFER, options=ONE_THREAD)
    transfer = set(features(profile))
    freeze_a_front(project)
    run_all(project, profile, StrategyKind.CUSTOM, options=KEPT_FRONT)
    front = set(features(profile)) - transfer
    pixels = list((profile / "cache" / "pixels").iterdir())
    entries = {entry.path: entry.num_bytes for entry in cache_entries(profile / "cache")}
    assert min(entries[path] for path in front) > 1000
    for path in transfer:
        shutil.rmtree(path)
    # Room for what the run needs and for its marks, not for anything else.
    allow(profile, sum(entries[path] for path in transfer) + 1000)
    events = run_all(project, profile, StrategyKind.TRANSFER, options=ONE_THREAD)
    assert notices(events) == ""
    assert transfer <= set(features(profile))
    assert not front & set(features(profile))
    assert list((profile / "cache" / "pixels").iterdir()) == pixels


def _delete(cache: Path) -> None:
    shutil.rmtree(cache / "features")


def _cut(cache: Path) -> None:
    for rows in (cache / "features").rglob("*.f16"):
        os.truncate(rows, 0)


def _tidy(cache: Path) -> None:
    with suppress(StorageError):
        make_room(cache, 1, limit=1)
    assert len(prune_entries(cache_entries(cache)).kept) == 3, "pixels and the features of two splits"


@pytest.mark.parametrize("disturb", [_delete, _cut, _tidy])
@pytest.mark.parametrize(
    ("kind", "options", "moment"),
    [
        (StrategyKind.TRANSFER, ONE_THREAD, "phase_start"),
        (StrategyKind.TRANSFER, ONE_THREAD, "cache_progress"),
        (StrategyKind.CUSTOM, KEPT_FRONT, "phase_start"),
        (StrategyKind.CUSTOM, KEPT_FRONT, "epoch_end"),
    ],
)
def test_a_run_goes_on_whatever_happens_to_its_features(
    project: Project,
    profile: Path,
    kind: StrategyKind,
    options: TrainOptions,
    moment: str,
    disturb: Callable[[Path], None],
) -> None:
    if kind is StrategyKind.CUSTOM:
        freeze_a_front(project)
    events: list[Event] = []
    paths = AppPaths.below(profile)
    is_disturbed = False
    for event in run_experiment(project, kind, options=options, paths=paths, control=Control()):
        events.append(event)
        if event.name == moment and features(profile) and not is_disturbed:
            is_disturbed = True
            disturb(paths.cache)
    assert is_disturbed
    assert end_of(events).state == "completed"
    whole = run_all(project, profile, kind, options=options)
    assert metrics_of(project, end_of(events).run) == metrics_of(project, end_of(whole).run)


@pytest.mark.parametrize("by_force", [False, True])
def test_another_program_makes_room_while_a_run_reads(project: Project, profile: Path, by_force: bool) -> None:
    project.close()
    command = [sys.executable, "-m", "tests.training_process", str(profile), str(project.root)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert "phase_start\n" in iter(process.stdout.readline, "")
    cache = AppPaths.below(profile).cache
    before = features(profile)
    with pytest.raises(StorageError):
        make_room(cache, 1, limit=1)
    assert features(profile) == before
    assert len(before) == 2
    if by_force:
        shutil.rmtree(cache / "features")
    words, _ = process.communicate(timeout=120)
    assert (process.returncode, words.split()[-1]) == (0, "fit_end")
    with open_project(project.root) as again:
        (run,) = RunStore(again.root).ids()
        assert RunStore(again.root).summary(run).state is RunState.COMPLETED
