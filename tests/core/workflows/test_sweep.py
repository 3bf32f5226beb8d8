"""Networks and sizes compared on a project: on the same images, with what cannot be measured named."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tests.run_samples import new_project
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError, StoppedError, TlftError
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.values.sweep import Candidate, Over, Sweep, SweepPoint
from tlft_desktop.core.workflows.sweep import (
    _compared,
    backbones_here,
    candidates_over,
    image_sizes,
    sweep_networks,
    with_whole_progress,
)
from tlft_desktop.paths import AppPaths

LITE0 = "timm:tf_efficientnet_lite0"
BUNDLED = [f"timm:tf_efficientnet_lite{depth}" for depth in range(3)]


@pytest.fixture
def project(profile: Path) -> Iterator[Project]:
    with new_project(profile) as made:
        yield made


def swept(project: Project, profile: Path, candidates: list[Candidate]) -> tuple[list[SweepPoint], Sweep]:
    *steps, sweep = sweep_networks(project, candidates, paths=AppPaths.below(profile), control=Control())
    assert isinstance(sweep, Sweep)
    points = [step for step in steps if isinstance(step, SweepPoint)]
    assert all(isinstance(step, (SweepPoint, ProbeProgress)) for step in steps)
    return points, sweep


def test_sizes_are_compared_on_the_same_images_and_nothing_changes(project: Project, profile: Path) -> None:
    config = project.config
    before = sorted(path.name for path in project.root.rglob("*"))
    candidates = image_sizes(project, (48, 64))
    assert [item.image_size for item in candidates] == sorted({48, 64, config.image_size})
    points, sweep = swept(project, profile, candidates)
    assert sweep.points == tuple(points)
    assert [point.candidate for point in points] == candidates
    for point in points:
        assert point.problem == ""
        assert 0 <= point.low <= point.accuracy <= point.high <= 1
        assert point.image_seconds > 0
    assert len({point.parameters for point in points}) == 1
    assert points[sweep.best].accuracy == max(point.accuracy for point in points)
    assert project.config == config
    assert sorted(path.name for path in project.root.rglob("*")) == before


def test_a_candidate_without_weights_is_named_and_the_others_are_measured(project: Project, profile: Path) -> None:
    size = project.config.image_size
    points, sweep = swept(project, profile, [Candidate("torchvision:resnet18", size), Candidate(LITE0, size)])
    assert "resnet18" in points[0].problem
    assert points[1].problem == ""
    assert (sweep.best, sweep.enough) == (1, 1)


def test_where_nothing_can_be_measured_the_reason_is_told(project: Project, profile: Path) -> None:
    with pytest.raises(TlftError, match="resnet18"):
        swept(project, profile, [Candidate("torchvision:resnet18", project.config.image_size)])


def test_only_networks_on_this_machine_are_candidates(project: Project, profile: Path) -> None:
    found = backbones_here(project, paths=AppPaths.below(profile))
    assert found == [Candidate(name, project.config.image_size) for name in BUNDLED]


def test_the_bundled_networks_are_compared_offline(project: Project, profile: Path) -> None:
    points, sweep = swept(project, profile, backbones_here(project, paths=AppPaths.below(profile)))
    assert [point.problem for point in points] == ["", "", ""]
    assert len({point.parameters for point in points}) == 3
    assert points[sweep.best].accuracy == max(point.accuracy for point in points)


def test_the_quickest_that_is_not_measurably_worse_is_enough() -> None:
    hits = [np.arange(100) < number for number in (97, 95, 60)]
    points = tuple(
        SweepPoint(Candidate(str(place), 96), accuracy=right.mean(), image_seconds=seconds)
        for place, (right, seconds) in enumerate(zip(hits, (0.3, 0.2, 0.1), strict=True))
    )
    assert _compared(points, dict(enumerate(hits))) == Sweep(points, best=0, enough=1)


def test_no_candidate_is_refused(project: Project, profile: Path) -> None:
    with pytest.raises(InputError, match="nothing to compare"):
        list(sweep_networks(project, [], paths=AppPaths.below(profile), control=Control()))


def test_a_stop_is_answered(project: Project, profile: Path) -> None:
    control = Control()
    assert len(project.edited_manifest.used(Split.TRAIN)) > 0

    def go_on(steps: Generator[ProbeProgress | SweepPoint | Sweep, None, None]) -> None:
        for step in steps:
            if isinstance(step, ProbeProgress) and step.stage == "pass":
                control.request_stop()

    candidates = image_sizes(project, (48,))
    with (
        closing(sweep_networks(project, candidates, paths=AppPaths.below(profile), control=control)) as steps,
        pytest.raises(StoppedError),
    ):
        go_on(steps)


def test_what_a_sweep_goes_over_decides_its_candidates(project: Project, profile: Path) -> None:
    paths = AppPaths.below(profile)
    assert candidates_over(project, Over.BACKBONE, paths=paths) == backbones_here(project, paths=paths)
    assert candidates_over(project, Over.IMAGE_SIZE, paths=paths) == image_sizes(project)


def test_progress_is_that_of_the_whole_and_never_falls() -> None:
    first, second = SweepPoint(Candidate("a", 96)), SweepPoint(Candidate("b", 96))
    steps = [
        ProbeProgress("read", 5, 10),
        ProbeProgress("read", 10, 10),
        ProbeProgress("pass", 2, 4),
        ProbeProgress("pass", 4, 4),
        first,
        ProbeProgress("pass", 0, 0),
        ProbeProgress("pass", 1, 4),
        ProbeProgress("pass", 4, 4),
        second,
        Sweep((first, second), 0, 0),
    ]
    found = list(with_whole_progress(steps, 2))
    assert [item.done for item in found if isinstance(item, ProbeProgress)] == [25, 50, 75, 100, 100, 125, 200]
    assert {item.total for item in found if isinstance(item, ProbeProgress)} == {200}
    assert [item for item in found if not isinstance(item, ProbeProgress)] == [first, second, steps[-1]]
