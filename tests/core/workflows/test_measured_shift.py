"""The distance of a project's images to the source, by what batch norms keep and by photographs in their place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from torch import nn

import pytest
from PIL import Image

from tests.run_samples import new_project
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.reference import reference_crops
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.workflows import measured_shift
from tlft_desktop.core.workflows.create import NewProject, create
from tlft_desktop.core.workflows.measured_shift import MeasuredShift, measure_shift
from tlft_desktop.core.workflows.probe_subject import ProbeSubject, open_subject
from tlft_desktop.paths import AppPaths


@pytest.fixture
def project(profile: Path) -> Iterator[Project]:
    with new_project(profile) as made:
        yield made


@pytest.fixture
def no_batch_norms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measured_shift, "source_moments", lambda _model: {})


def shift_of(project: Project, profile: Path) -> MeasuredShift:
    """Measure once."""
    opened: list[ProbeSubject] = []

    def opening(stack: ExitStack) -> Iterator[object]:
        paths = AppPaths.below(profile)
        opened.append(
            (yield from open_subject(project, stack, what="A test", device="cpu", paths=paths, control=Control()))
        )

    with ExitStack() as stack:
        list(opening(stack))
        return measure_shift(opened[0], Control())


def photographs_project(profile: Path) -> Project:
    """Make a project of crops of photographs, in two classes."""
    for number, pixels in enumerate(reference_crops(40, 64, seed=7)):
        path = profile / "photographs" / f"class {number % 2}" / f"{number}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(path)
    new = NewProject(profile / "photographs.tlft", profile / "photographs", image_size=64)
    *_, project = create(new, paths=AppPaths.below(profile), control=Control())
    assert isinstance(project, Project)
    return project


def test_batch_norms_tell_without_photographs(project: Project, profile: Path) -> None:
    found = shift_of(project, profile)
    assert found.shift is not None
    assert not found.is_by_photographs


@pytest.mark.usefixtures("no_batch_norms")
def test_photographs_stand_for_the_source_of_other_networks(project: Project, profile: Path) -> None:
    plain = shift_of(project, profile)
    with photographs_project(profile) as photographs:
        near = shift_of(photographs, profile)
    assert plain.is_by_photographs
    assert plain.shift is not None
    assert near.shift is not None
    assert near.shift.overall < 0.05
    assert plain.shift.overall > 0.3, "images of one colour are no photographs"


@pytest.mark.usefixtures("no_batch_norms")
def test_without_any_norm_layer_nothing_can_be_told(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measured_shift, "is_norm", lambda module: isinstance(module, nn.Bilinear))
    assert shift_of(project, profile).shift is None
