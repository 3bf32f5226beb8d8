"""Where a project may lie, and that its own files are never taken for images."""

from __future__ import annotations

from pathlib import Path

import pytest

from image_files import encode, picture, write
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.sources.folders import scan_folder
from tlft_desktop.core.errors import InputError, UsageError
from tlft_desktop.core.workflows.create import NewProject, create, project_folder
from tlft_desktop.paths import AppPaths


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """Return a folder of two classes."""
    for number in range(8):
        write(tmp_path / "images" / ("cat", "dog")[number % 2] / f"{number}.png", encode(picture(number)))
    return tmp_path / "images"


def make(root: Path, source: Path, profile: Path) -> Path:
    """Make a project and return its folder."""
    new = NewProject(root=root, source=source, image_size=32, val_fraction=0.25)
    *_, project = create(new, paths=AppPaths.below(profile), control=Control())
    with project:  # type: ignore[union-attr]
        return project.root  # type: ignore[union-attr]


def test_a_project_within_its_images_is_never_scanned(images: Path, profile: Path) -> None:
    inside = make(images / "inside", images, profile)
    deeper = make(images / "cat" / "deeper", images, profile)
    write(inside / "runs" / "1.png", encode(picture(1)))
    write(deeper / "2.png", encode(picture(2)))
    found = scan_folder(images, control=Control())
    assert {image.label for image in found.images} == {"cat", "dog"}
    assert len(found.images) == 8
    (problem,) = found.problems
    assert (problem.kind, problem.paths) == ("project", ("cat/deeper.tlft", "inside.tlft"))
    assert "2 projects of this program" in problem.message


def test_a_project_is_no_folder_of_images_and_no_place_for_another(images: Path, profile: Path, tmp_path: Path) -> None:
    root = make(tmp_path / "first", images, profile)
    with pytest.raises(InputError, match="is a project of this program, not a folder of images"):
        make(tmp_path / "second", root, profile)
    with pytest.raises(InputError, match="would lie inside of the project"):
        make(root / "deep" / "second", images, profile)
    assert not (tmp_path / "second.tlft").exists()
    assert not (root / "deep").exists()


def test_parents_are_made_but_not_below_a_file(images: Path, profile: Path, tmp_path: Path) -> None:
    assert make(tmp_path / "a" / "b" / "c", images, profile) == tmp_path / "a" / "b" / "c.tlft"
    write(tmp_path / "file", b"precious")
    with pytest.raises(InputError, match="file' is a file, so nothing can be made below it"):
        make(tmp_path / "file" / "b" / "c", images, profile)
    assert (tmp_path / "file").read_bytes() == b"precious"


@pytest.mark.parametrize("name", [".", "..", "/", "a/..", " ", "a/ ", ".tlft", "a/.tlft", " .tlft"])
def test_a_project_needs_a_name(name: str) -> None:
    with pytest.raises(UsageError, match="does not say what the project is called"):
        project_folder(Path(name))
