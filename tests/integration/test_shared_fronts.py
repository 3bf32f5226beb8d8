"""Several runs started together, with the real network: one pass, and the files and results of each run alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil
from pathlib import Path

import pytest

from tests.run_samples import end_of, metrics_of, new_project, run_all, weights_hash
from tests.training_samples import StopAt
from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.image_source import BatchRequest, ImageSource
from tlft_desktop.core.errors import UsageError
from tlft_desktop.core.freezing.presets import freeze_up_to
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import CacheProgress, Event, FitEnd, PhaseStart
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.numerics import NumericMode
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.experiment import PlannedRun, TrainOptions, require_startable, run_experiment
from tlft_desktop.core.workflows.networks import layer_tree_of
from tlft_desktop.core.workflows.own_plan import split_options
from tlft_desktop.paths import AppPaths

pytestmark = pytest.mark.slow
OPTIONS = TrainOptions(threads=1, batch_size=8, epochs=3, views=2)
HEAD = TrainOptions(threads=1)


@pytest.fixture
def project(profile: Path) -> Iterator[Project]:
    with new_project(profile, per_class=15) as made:
        yield made


def planned(project: Project, *, numeric: NumericMode = NumericMode.AUTO) -> list[PlannedRun]:
    """Return a transfer run and two custom runs that freeze up to different depths."""
    tree = layer_tree_of(project)
    runs = [PlannedRun(StrategyKind.TRANSFER, replace(HEAD, numeric=numeric))]
    for path in ("blocks.2", "blocks.4"):
        plan = freeze_up_to(tree, FreezePlan(), path)
        runs.append(PlannedRun(*split_options(project, plan, replace(OPTIONS, numeric=numeric))))
    return runs


def start(
    project: Project, home: Path, run: PlannedRun, following: list[PlannedRun], control: Control | None = None
) -> list[Event]:
    paths = AppPaths.below(home)
    events = run_experiment(
        project,
        run.strategy,
        options=run.options,
        paths=paths,
        control=control or Control(),
        following=following,
    )
    return list(events)


def cache_files(home: Path) -> dict[str, bytes]:
    """Return the rows of all features, and which of them are valid, by their place in the cache."""
    folder = home / "cache" / "features"
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (path.suffix in (".f16", ".f32") or path.name.endswith(".valid"))
    }


def forget(home: Path) -> None:
    fsio.remove_tree(home / "cache" / "features")


def is_hit(events: list[Event]) -> bool:
    start = next(event for event in events if isinstance(event, PhaseStart))
    assert start.cache is not None
    return bool(start.cache["hit"])


@pytest.mark.parametrize("numeric", [NumericMode.AUTO, NumericMode.FP32_CHANNELS_LAST, NumericMode.REFERENCE])
def test_files_and_results_are_those_of_each_run_alone(project: Project, profile: Path, numeric: NumericMode) -> None:
    runs = planned(project, numeric=numeric)
    alone = [end_of(start(project, profile, run, [])).run for run in runs]
    expected = cache_files(profile)
    forget(profile)
    together = [start(project, profile, run, runs[place + 1 :] if not place else []) for place, run in enumerate(runs)]
    assert cache_files(profile) == expected
    assert [is_hit(events) for events in together] == [True, True, True], "nothing is left to compute"
    for one, other in zip(alone, map(end_of, together), strict=True):
        assert weights_hash(project, one) == weights_hash(project, other.run)
        assert metrics_of(project, one) == metrics_of(project, other.run)


def test_each_image_is_loaded_once_and_the_progress_bears_the_name_of_the_first_run(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs, loaded = planned(project, numeric=NumericMode.FP32_CHANNELS_LAST), []
    load = ImageSource._load_pixels

    def counting(source: ImageSource, request: BatchRequest) -> object:
        loaded.append(request)
        return load(source, request)

    events = run_experiment(
        project,
        runs[0].strategy,
        options=runs[0].options,
        paths=AppPaths.below(profile),
        control=Control(),
        following=runs[1:],
    )
    monkeypatch.setattr(ImageSource, "_load_pixels", counting)
    seen = []
    for event in events:
        if event.name == "fit_start":
            break
        seen.append(event)
    assert event.name == "fit_start"
    num_train, num_val = (len(project.manifest.used(split)) for split in (Split.TRAIN, Split.VAL))
    # Both views of the training images, the first view padded for the head alone, and the validation images.
    assert len(loaded) == ceil(2 * num_train / 32) + (num_train % 32 > 0) + ceil(num_val / 32)
    assert seen
    assert all(isinstance(item, CacheProgress) and item.run == event.run for item in seen)
    last = seen[-1]
    assert isinstance(last, CacheProgress)
    assert last.done == last.total
    events.close()  # type: ignore[attr-defined]


def test_a_stop_within_the_pass_keeps_the_first_run_and_finished_rows(project: Project, profile: Path) -> None:
    runs = planned(project)
    events = start(project, profile, runs[0], runs[1:], StopAt(2))
    end = end_of(events)
    assert end.state == "stopped"
    assert RunStore(project.root).summary(end.run).resumable
    assert cache_files(profile)
    for run in runs:
        assert end_of(start(project, profile, run, [])).state == "completed"


def test_what_cannot_be_shared_is_left_to_its_run(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = planned(project)
    own = replace(runs[1], options=replace(runs[1].options, use_cache=False))
    other = replace(runs[2], options=replace(runs[2].options, numeric=NumericMode.REFERENCE))
    impossible = PlannedRun(StrategyKind.TRANSFER, TrainOptions(batch_size=4))
    events = start(project, profile, runs[0], [own, other, impossible])
    first = next(place for place, event in enumerate(events) if event.name == "fit_start")
    assert first == 0, "no pass"
    assert not is_hit(start(project, profile, other, []))


def test_a_cache_without_room_costs_time_and_no_run(project: Project, profile: Path) -> None:
    runs = planned(project)
    settings = AppPaths.below(profile).settings_file
    fsio.make_folder(settings.parent)
    fsio.write_json(settings, {"schema": 1, "feature_bytes": 1})
    together = [start(project, profile, run, runs[place + 1 :] if not place else []) for place, run in enumerate(runs)]
    assert [end_of(events).state for events in together] == ["completed"] * 3


def test_a_damaged_row_is_computed_again(project: Project, profile: Path) -> None:
    runs = planned(project)
    start(project, profile, runs[0], runs[1:])
    expected = cache_files(profile)
    for path in (profile / "cache" / "features").rglob("*.f16"):
        with open(path, "r+b") as file:
            file.write(b"\xff" * 40)
    for run in runs:
        assert end_of(start(project, profile, run, [])).state == "completed"
    assert cache_files(profile) == expected


def test_a_second_pass_computes_nothing(project: Project, profile: Path) -> None:
    runs = planned(project)
    start(project, profile, runs[0], runs[1:])
    again = start(project, profile, runs[0], runs[1:])
    assert again[0].name == "fit_start"


def test_a_run_that_cannot_start_is_known_before(project: Project) -> None:
    require_startable(project, StrategyKind.TRANSFER, HEAD)
    with pytest.raises(UsageError, match="batch size"):
        require_startable(project, StrategyKind.TRANSFER, replace(HEAD, batch_size=8))
    with pytest.raises(UsageError, match="time budget"):
        require_startable(project, StrategyKind.FINETUNE, TrainOptions(budget_seconds=0.0))


def test_a_hybrid_shares_what_its_head_reads(project: Project, profile: Path) -> None:
    runs = [PlannedRun(StrategyKind.HYBRID, TrainOptions(threads=1, epochs=1, target=0.1)), planned(project)[1]]
    events = start(project, profile, runs[0], runs[1:])
    assert isinstance(events[0], CacheProgress)
    assert isinstance(events[-1], FitEnd)
    assert is_hit(run_all(project, profile, StrategyKind.TRANSFER, options=HEAD))
