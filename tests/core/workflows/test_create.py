"""Projects from folders, archives and samples; nothing is left behind when it does not work."""

from __future__ import annotations

import errno
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from fault_loop import Scenario, check_errors, check_kills
from storage_samples import make_config, make_manifest
from tests.image_files import write_classes
from tlft_desktop.cli import main
from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.import_images import ImportProgress, ImportResult
from tlft_desktop.core.errors import InputError, StoppedError, StorageError, UsageError
from tlft_desktop.core.freezing.presets import Preset, matching_preset
from tlft_desktop.core.project.backups import PROJECT_FILE
from tlft_desktop.core.project.config import ProjectConfig
from tlft_desktop.core.project.project import Project, open_project, open_project_read_only
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.workflows import create as create_module
from tlft_desktop.core.workflows.create import (
    SAMPLE_IMAGE_SIZE,
    NewProject,
    Sample,
    create,
    create_sample,
    free_project_folder,
    project_folder,
)
from tlft_desktop.core.workflows.networks import layer_tree_of
from tlft_desktop.paths import AppPaths


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    return AppPaths.below(tmp_path / "profile")


@pytest.fixture
def images(tmp_path: Path) -> Path:
    return write_classes(tmp_path / "images", {"cat": 4, "dog": 3})


@pytest.fixture
def new(tmp_path: Path, images: Path) -> NewProject:
    return NewProject(tmp_path / "projects" / "pets", images, image_size=32, val_fraction=0.34)


def make(new: NewProject, paths: AppPaths, control: Control | None = None) -> Project:
    *progress, project = create(new, paths=paths, control=control or Control())
    assert all(isinstance(item, ImportProgress) for item in progress)
    assert isinstance(project, Project)
    return project


def zipped(folder: Path) -> Path:
    archive = folder.with_suffix(".ZIP")
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted(folder.rglob("*.png")):
            file.write(path, path.relative_to(folder.parent))
    return archive


def left_behind(paths: AppPaths, new: NewProject) -> list[Path]:
    """Return what exists besides caches."""
    return [*paths.data.rglob("*.png"), *new.root.parent.glob("*")]


@pytest.mark.slow
def test_a_project_from_a_folder(new: NewProject, paths: AppPaths, images: Path) -> None:
    with make(replace(new, seed=5, group_by="[0-9]+"), paths) as project:
        config = project.config
        assert project.root == new.root.with_name("pets.tlft")
        assert (config.name, config.data_source, config.data_root) == ("pets", str(images), str(images.resolve()))
        assert (config.backbone, config.image_size, config.seed) == ("timm:tf_efficientnet_lite0", 32, 5)
        assert (config.val_fraction, config.test_fraction, config.group_by) == (0.34, 0.0, "[0-9]+")
        assert project.manifest.classes == ("cat", "dog")
        assert project.manifest.digest == config.manifest
        assert len(project.manifest.records) == 7
        assert project.manifest.used(Split.VAL)
        assert matching_preset(layer_tree_of(project), config.plan) is Preset.TRANSFER
        project.require_writable()
    with open_project(project.root) as again:
        assert again.config == config


@pytest.mark.slow
def test_the_size_of_the_weights_is_the_default(new: NewProject, paths: AppPaths) -> None:
    with make(replace(new, image_size=None, backbone="mobilenetv3_small_100"), paths) as project:
        assert project.config.image_size == 224
        assert project.config.backbone == "timm:mobilenetv3_small_100"


@pytest.mark.slow
def test_a_project_from_an_archive_keeps_the_extracted_images(new: NewProject, paths: AppPaths, images: Path) -> None:
    steps = create(replace(new, source=zipped(images)), paths=paths, control=Control())
    project = [*steps][-1]
    assert isinstance(project, Project)
    with project:
        root = project.data_folder
        assert project.config.data_root == "images/images"
        assert all((root / record.path).is_file() for record in project.manifest.records)


@pytest.mark.slow
def test_closing_after_the_project_came_keeps_it(new: NewProject, paths: AppPaths, images: Path) -> None:
    steps = create(replace(new, source=zipped(images)), paths=paths, control=Control())
    project = next(item for item in steps if isinstance(item, Project))
    steps.close()  # type: ignore[attr-defined]
    with project:
        assert (project.data_folder / project.manifest.records[0].path).is_file()


@pytest.mark.slow
def test_a_stop_leaves_nothing_behind(new: NewProject, paths: AppPaths, images: Path) -> None:
    control = Control()
    steps = create(replace(new, source=zipped(images)), paths=paths, control=control)
    next(iter(steps))
    assert list(new.root.parent.glob(".tmp-*"))
    control.request_stop()
    with pytest.raises(StoppedError):
        list(steps)
    assert left_behind(paths, new) == []


def test_abandoning_leaves_nothing_behind(new: NewProject, paths: AppPaths, images: Path) -> None:
    steps = create(replace(new, source=zipped(images)), paths=paths, control=Control())
    next(iter(steps))
    steps.close()  # type: ignore[attr-defined]
    assert left_behind(paths, new) == []


def test_an_archive_that_cannot_be_used_leaves_nothing_behind(tmp_path: Path, new: NewProject, paths: AppPaths) -> None:
    one_class = zipped(write_classes(tmp_path / "single", {"cat": 2}))
    with pytest.raises(InputError, match="class"):
        make(replace(new, source=one_class), paths)
    assert left_behind(paths, new) == []


@pytest.mark.slow
def test_a_disk_that_refuses_the_project_keeps_no_images(
    new: NewProject, paths: AppPaths, images: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, aside: Path) -> Project:
        raise StorageError(f"The disk is full: '{aside / 'project.json'}' could not be written.")

    monkeypatch.setattr(create_module, "create_project", refuse)
    with pytest.raises(StorageError, match=f"full: '{project_folder(new.root) / 'project.json'}' could"):
        make(replace(new, source=zipped(images)), paths)
    assert left_behind(paths, new) == []


def test_what_is_there_is_not_overwritten(new: NewProject, paths: AppPaths) -> None:
    place = new.root.with_name("pets.tlft")
    place.mkdir(parents=True)
    (place / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="is not overwritten"):
        make(new, paths)
    file = new.root.with_name("file.tlft")
    file.write_text("mine")
    with pytest.raises(InputError, match="is not overwritten"):
        make(replace(new, root=file), paths)
    assert (place / "thesis.txt").read_text() == file.read_text() == "mine"


@pytest.mark.slow
def test_an_empty_folder_may_be_used(new: NewProject, paths: AppPaths) -> None:
    new.root.with_name("pets.tlft").mkdir(parents=True)
    make(new, paths).close()


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        ({"backbone": "resnet19"}, InputError, "resnet"),
        ({"image_size": 0}, UsageError, "between 32 and 1024"),
        ({"image_size": 31}, UsageError, "got 31"),
        ({"image_size": 1025}, UsageError, "got 1025"),
        ({"backbone": "torchvision:vit_b_16", "image_size": 100}, InputError, "images of 100 pixels"),
        (
            {"source": Path("/nowhere/at/all")},
            InputError,
            "There is no '/nowhere/at/all'. Name a folder of images, a zip file or a CSV",
        ),
        ({"val_fraction": 0.7, "test_fraction": 0.5}, InputError, "below 1 together"),
    ],
    ids=str,
)
def test_impossible_wishes(
    new: NewProject, paths: AppPaths, change: dict[str, object], kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind, match=words):
        make(replace(new, **change), paths)  # type: ignore[arg-type]
    assert left_behind(paths, new) == []


def test_a_folder_that_may_not_be_entered_is_said_to_be(
    new: NewProject, paths: AppPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    exists = Path.exists

    def refuses(path: Path) -> bool:
        if path == new.source / PROJECT_FILE:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return exists(path)

    monkeypatch.setattr(Path, "exists", refuses)
    with pytest.raises(InputError, match=f"'{new.source}' cannot be read: Permission denied"):
        make(new, paths)


def test_names_of_project_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert project_folder(Path("a/../pets")) == tmp_path / "pets.tlft"
    assert project_folder(Path("pets.tlft")) == tmp_path / "pets.tlft"
    assert project_folder(Path("v1.2")) == tmp_path / "v1.2.tlft"


def test_free_folders_are_numbered_and_safe(tmp_path: Path) -> None:
    assert free_project_folder(tmp_path, "pets") == tmp_path / "pets.tlft"
    (tmp_path / "pets.tlft").mkdir()
    (tmp_path / "pets-2.tlft").mkdir()
    assert free_project_folder(tmp_path, "pets") == tmp_path / "pets-3.tlft"
    for plain in ("My Cells (2026)", "Zellen, 2. Färbung [neu] & mehr"):
        assert free_project_folder(tmp_path, plain) == tmp_path / f"{plain}.tlft"
    assert free_project_folder(tmp_path, 'a<b>c:d"e|f?g*h\udc80\u202e').name == "a_b_c_d_e_f_g_h__.tlft"
    for odd in ("../../etc", "a/b", "a\\b", "..", "", " . ", "nul\0", "x" * 500):
        place = free_project_folder(tmp_path, odd)
        assert place.parent == tmp_path
        assert len(place.name) < 100


@pytest.mark.slow
def test_the_digits_sample(paths: AppPaths) -> None:
    project = [*create_sample(Sample.DIGITS, paths=paths, control=Control())][-1]
    assert isinstance(project, Project)
    with project:
        assert project.root == paths.projects_folder / "digits.tlft"
        assert project.manifest.classes == tuple("0123456789")
        assert project.config.image_size == SAMPLE_IMAGE_SIZE
        assert project.config.val_fraction == 0.3
        assert project.config.flip is False, "a mirrored digit is none"


def test_a_sample_can_be_stopped(paths: AppPaths, tmp_path: Path) -> None:
    control = Control()
    control.request_stop()
    with pytest.raises(StoppedError):
        list(create_sample(Sample.DIGITS, paths=paths, control=control, root=tmp_path / "mine"))
    assert not (tmp_path / "mine.tlft").exists()
    assert not paths.data.exists()


def test_what_the_search_passed_over_is_kept_with_the_project(
    new: NewProject, paths: AppPaths, images: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (images / "cat" / "gone.png").symlink_to("nowhere.png")
    (images / "loop").symlink_to("loop")
    (images / "empty").mkdir()
    for number in range(50):
        (images / "dog" / f".hidden {number}").touch()
    make(new, paths).close()
    assert main(["data", str(project_folder(new.root)), "--json"]) == 0
    problems = json.loads(capsys.readouterr().out.splitlines()[-1])["problems"]
    told = {problem["kind"]: (problem["message"], len(problem["paths"])) for problem in problems}
    assert told["broken_link"] == ("2 links lead nowhere and were skipped.", 2)
    assert told["hidden"] == ("50 hidden or system files were ignored.", 20)
    assert told["empty_class"] == ("The class folder 'empty' holds no image and was left out.", 1)
    with open_project_read_only(project_folder(new.root)) as project:
        assert ProjectConfig.from_json(project.config.to_json()) == project.config


@pytest.mark.parametrize("findings", [1, [1], [{"kind": "hidden"}], [{"kind": "a", "message": "b", "paths": [1]}]])
def test_findings_that_are_none_are_refused(findings: object) -> None:
    with pytest.raises(InputError):
        ProjectConfig.from_json(make_config().to_json() | {"findings": findings})


@pytest.mark.parametrize("check", [partial(check_errors, number=errno.ENOSPC), check_kills], ids=["full", "killed"])
def test_a_project_of_an_archive_is_there_with_its_images_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: Callable[[Scenario, Path], int]
) -> None:
    def found(source: Path, *_: object) -> Iterator[ImportResult]:
        yield from ()
        return ImportResult(make_manifest(), (), source)

    def prepare(root: Path) -> None:
        zipped(write_classes(root / "in" / "images", {"cat": 1, "dog": 1}))

    def change(root: Path) -> None:
        wanted = NewProject(root / "out" / "pets", root / "in" / "images.ZIP", image_size=32)
        make(wanted, AppPaths.below(root / "profile")).close()

    def observe(root: Path) -> list[str]:
        fsio.remove_temporaries(root / "out")
        places = list((root / "out").glob("*"))
        for place in places:
            open_project(place).close()
        return sorted(str(path.relative_to(root)) for place in places for path in place.rglob("*.png"))

    monkeypatch.setattr(create_module, "_import", found)
    assert check(Scenario("archive", prepare, change, observe), tmp_path) > 20
