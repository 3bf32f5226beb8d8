"""Kept outputs of the frozen front under every mishap: training goes on correctly, and never on a wrong row."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.image_files import encode, picture, write, write_classes
from tests.run_samples import end_of, metrics_of, new_project, run_all
from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.edit_images import exclude
from tlft_desktop.core.project.project import Project, open_project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import EpochEnd, Event, PhaseStart
from tlft_desktop.core.values.strategy import HeadSolver, StrategyKind
from tlft_desktop.core.workflows.experiment import TrainOptions, run_experiment
from tlft_desktop.paths import AppPaths

REPOSITORY = Path(__file__).parents[2]
OPTIONS = TrainOptions(threads=1)
TRANSFER = StrategyKind.TRANSFER


def features_below(home: Path) -> Path:
    return home / "cache" / "features"


def fresh_metrics(project: Project, home: Path) -> bytes:
    """Return what a run records that finds no features, and leave none behind."""
    shutil.rmtree(features_below(home), ignore_errors=True)
    metrics = metrics_of(project, end_of(run_all(project, home, TRANSFER, options=OPTIONS)).run)
    shutil.rmtree(features_below(home))
    return metrics


def run_with(
    project: Project, home: Path, options: TrainOptions, mishap: Callable[[Event], None]
) -> tuple[list[Event], bytes]:
    """Train while something happens to the cache; return the events and what the run records."""
    events = []
    for event in run_experiment(project, TRANSFER, options=options, paths=AppPaths.below(home), control=Control()):
        mishap(event)
        events.append(event)
    assert end_of(events).state == "completed"
    return events, metrics_of(project, end_of(events).run)


@pytest.mark.parametrize("code", [errno.EROFS, errno.EIO])
def test_a_cache_that_cannot_be_written_costs_time_only(
    profile: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(kind: str, path: Path) -> None:
        if "features" in path.parts:
            raise OSError(code, os.strerror(code))

    with new_project(profile) as project:
        expected = fresh_metrics(project, profile)
        monkeypatch.setattr(fsio.primitives, "operation", refuse)
        events, metrics = run_with(project, profile, OPTIONS, lambda _event: None)
        assert metrics == expected
        assert end_of(events).best is not None


def test_a_file_in_the_place_of_the_cache_stays_and_costs_time_only(profile: Path) -> None:
    with new_project(profile) as project:
        expected = fresh_metrics(project, profile)
        features_below(profile).write_bytes(b"somebody's")
        assert run_with(project, profile, OPTIONS, lambda _event: None)[1] == expected
    assert features_below(profile).read_bytes() == b"somebody's"


@pytest.mark.parametrize(
    ("moment", "head"), [(PhaseStart, HeadSolver.CONVEX), (PhaseStart, HeadSolver.SGD), (EpochEnd, HeadSolver.SGD)]
)
def test_a_cache_that_is_deleted_in_mid_run(profile: Path, moment: type[Event], head: HeadSolver) -> None:
    options = TrainOptions(threads=1, head=head, epochs=3)
    with new_project(profile) as project:
        first = end_of(run_all(project, profile, TRANSFER, options=options)).run
        expected = metrics_of(project, first)

        def delete(event: Event) -> None:
            if isinstance(event, moment):
                shutil.rmtree(features_below(profile), ignore_errors=True)

        assert run_with(project, profile, options, delete)[1] == expected


@pytest.mark.parametrize("where", [0.0, 0.7])
def test_rows_that_are_cut_or_overwritten_are_computed_again(profile: Path, where: float) -> None:
    with new_project(profile) as project:
        expected = metrics_of(project, end_of(run_all(project, profile, TRANSFER, options=OPTIONS)).run)
        for file in sorted(features_below(profile).rglob("*.f*")):
            data = bytearray(file.read_bytes())
            place = round(where * (len(data) - 1))
            if file.suffix == ".valid":
                data = bytearray(b"\1" * len(data))
            else:
                data[place] ^= 0x55
                data = data[: max(1, round(0.9 * len(data)))]
            file.write_bytes(data)
        assert run_with(project, profile, OPTIONS, lambda _event: None)[1] == expected


def test_a_row_of_another_image_in_its_place_is_not_believed(profile: Path) -> None:
    with new_project(profile) as project:
        expected = metrics_of(project, end_of(run_all(project, profile, TRANSFER, options=OPTIONS)).run)
        rows = max(features_below(profile).rglob("*.f16"), key=lambda file: file.stat().st_size)
        data = rows.read_bytes()
        stride = len(data) // int(rows.name.partition("x")[0])
        rows.write_bytes(data[stride : 2 * stride] + data[:stride] + data[2 * stride :])
        assert run_with(project, profile, OPTIONS, lambda _event: None)[1] == expected


def test_images_that_were_left_out_or_replaced_bring_no_wrong_row(profile: Path) -> None:
    with new_project(profile) as project:
        run_all(project, profile, TRANSFER, options=OPTIONS)
        record = project.edited_manifest.records[0]
        project.edits.append(exclude(project.edited_manifest, [record.path]))
        with_cache = metrics_of(project, end_of(run_all(project, profile, TRANSFER, options=OPTIONS)).run)
        assert with_cache == fresh_metrics(project, profile)
    # The same names with other pixels: a project of its own whose rows must not be those of the first.
    source = profile / "images" / "others"
    write_classes(source, {"class 0": 9, "class 1": 9, "class 2": 9})
    for number, file in enumerate(sorted(source.rglob("*.png"))):
        write(file, encode(picture(9000 + number)))
    with new_project(profile, name="others") as other:
        with_cache = metrics_of(other, end_of(run_all(other, profile, TRANSFER, options=OPTIONS)).run)
        assert with_cache == fresh_metrics(other, profile)


def start(home: Path, root: Path, *fatal_write: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.feature_process", str(home), str(root), *map(str, fatal_write)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(
        command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def finished_run(root: Path) -> bytes:
    with open_project(root) as project:
        run = next(run for run in RunStore(root).ids() if RunStore(root).status(run).state == "completed")
        return metrics_of(project, run)


@pytest.mark.skipif(sys.platform == "win32", reason="kills itself by a signal")
@pytest.mark.parametrize("write", [1, 3])
def test_a_kill_while_rows_are_written(profile: Path, write: int) -> None:
    with new_project(profile, per_class=60) as project:
        expected = fresh_metrics(project, profile)
        root = project.root
    shutil.rmtree(root / "runs")
    process = start(profile, root, write)
    process.communicate(timeout=300)
    assert process.returncode == -signal.SIGKILL
    process = start(profile, root)
    _, problems = process.communicate(timeout=300)
    assert (process.returncode, problems) == (0, "")
    assert finished_run(root) == expected


def test_two_runs_fill_the_same_rows_at_once(profile: Path) -> None:
    with new_project(profile, per_class=60) as project:
        expected, first = fresh_metrics(project, profile), project.root
    shutil.rmtree(first / "runs")
    second = first.with_name("twin")
    shutil.copytree(first, second)
    processes = [start(profile, root) for root in (first, second)]
    for process in processes:
        _, problems = process.communicate(timeout=300)
        assert (process.returncode, problems) == (0, "")
    assert finished_run(first) == finished_run(second) == expected
