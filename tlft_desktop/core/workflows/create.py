"""Make a project from a folder, an archive, a table, or the samples that come with packages."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from tlft_desktop import __version__
from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.import_images import ImportProgress, ImportResult, import_images
from tlft_desktop.core.data.samples import write_digits, write_photos
from tlft_desktop.core.data.sources.archive import extract_zip
from tlft_desktop.core.errors import InputError, StorageError, TlftError, UsageError
from tlft_desktop.core.freezing.presets import Preset, preset_plan
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE, find_backbone
from tlft_desktop.core.project.backups import PROJECT_FILE
from tlft_desktop.core.project.config import ProjectConfig
from tlft_desktop.core.project.project import Project, create_project
from tlft_desktop.core.project.safe_path import PROJECT_SUFFIX
from tlft_desktop.core.project.ulid import new_ulid
from tlft_desktop.core.values.manifest import Manifest
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.preprocessing import Preprocessing
from tlft_desktop.core.workflows.networks import layer_tree
from tlft_desktop.paths import AppPaths

_SMALLEST_SIZE, _LARGEST_SIZE = 32, 1024
_LONGEST_NAME = 200
_NOT_IN_NAMES = frozenset('<>:"/\\|?*')
"""Of files, on one system or another."""
_IMAGES_FOLDER = "images"
_MAX_PATHS_KEPT = 20


class Sample(StrEnum):
    """Image sets that come with packages."""

    DIGITS = "digits"
    """Handwritten digits of scikit-learn: far from ImageNet."""
    PHOTOS = "photos"
    """Tiles of the photographs of scikit-image: near to ImageNet."""

    @property
    def flip(self) -> bool:
        """Whether its images may be mirrored: a mirrored digit is none."""
        return self is not Sample.DIGITS


SAMPLE_IMAGE_SIZE = 96


@dataclass(frozen=True, slots=True)
class NewProject:
    """What is asked for.

    Attributes:
        root: Folder of the project; `.tlft` is added where it is missing.
        source: Folder of class folders, zip of it, or CSV.
        backbone: Catalogue name.
        image_size: Side of the network input; None for what the weights were made for.
        val_fraction, test_fraction: Shares where the source does not say.
        group_by: Regular expression on paths that names groups; empty for none.
        seed: Of the split.
        flip: Whether the images may be mirrored while training; None to leave that open.
    """

    root: Path
    source: Path
    backbone: str = DEFAULT_BACKBONE
    image_size: int | None = None
    val_fraction: float = 0.2
    test_fraction: float = 0.0
    group_by: str = ""
    seed: int = 0
    flip: bool | None = None


def create(new: NewProject, *, paths: AppPaths, control: Control) -> Iterator[ImportProgress | Project]:
    """Import the images and make the project; the last item is the project, open for writing.

    The images of an archive lie in the project. Nothing is left behind but cached pixels when it fails or is stopped; a
    kill leaves a temporary folder that the next call for a project beside it removes.

    Raises:
        TlftError: If the images, the backbone or the place cannot be used.
    """
    paths.policy.require_source(new.source)
    yield from _created(new, paths, control)


def _created(new: NewProject, paths: AppPaths, control: Control) -> Iterator[ImportProgress | Project]:
    root = project_folder(new.root)
    _check_place(root)
    entry = find_backbone(new.backbone)
    image_size = _checked_size(entry.preprocessing.input_size if new.image_size is None else new.image_size)
    # Fails for an image size that the backbone cannot work with, before minutes of reading.
    layer_tree(entry.name, 2, image_size)
    _check_source(new.source)
    fsio.remove_temporaries(root.parent.resolve(), own=False)
    aside = fsio.temporary_name(root)
    try:
        source = new.source
        if _is_zip(source):
            source = extract_zip(source, aside / _IMAGES_FOLDER, control=control)
        result = yield from _import(source, new, entry.preprocessing.at_size(image_size), paths, control)
        config = _config(replace(new, root=root, image_size=image_size), result)
        if source != new.source:
            config = replace(config, data_root=result.root.relative_to(aside).as_posix())
        project = create_project(root, config, result.manifest, aside=aside)
    except BaseException as error:
        if isinstance(error, TlftError):
            # The temporary folder is nobody's place.
            error.message = error.message.replace(str(aside), str(root))
        if aside.exists():
            # What happened first is what is told.
            with suppress(StorageError):
                fsio.remove_tree(aside)
        raise
    yield project


def _import(
    source: Path, new: NewProject, preprocessing: Preprocessing, paths: AppPaths, control: Control
) -> Generator[ImportProgress, None, ImportResult]:
    steps = import_images(
        source,
        preprocessing=preprocessing,
        cache_dir=paths.cache,
        val=new.val_fraction,
        test=new.test_fraction,
        group_by=new.group_by,
        seed=new.seed,
        control=control,
    )
    with closing(steps):
        for item in steps:
            if isinstance(item, ImportResult):
                return item
            yield item
    raise InputError(f"Nothing was imported from '{new.source}'.")


def create_sample(
    sample: Sample, *, paths: AppPaths, control: Control, root: Path | None = None
) -> Iterator[ImportProgress | Project]:
    """Write a sample's images into the profile and make a project of them; the last item is the open project.

    Raises:
        TlftError: If the sample's package is missing or the disk refuses.
    """
    control.raise_if_stopped()
    folder = paths.data / "samples" / sample.value
    source = write_digits(folder) if sample is Sample.DIGITS else write_photos(folder)
    place = root or free_project_folder(paths.projects_folder, sample.value)
    new = NewProject(root=place, source=source, image_size=SAMPLE_IMAGE_SIZE, val_fraction=0.3, flip=sample.flip)
    # Images that come with packages are nobody's data: a policy on where data lie does not mean them.
    yield from _created(new, paths, control)


def project_folder(root: Path) -> Path:
    """Return the folder of a project by the name that the user gave.

    Raises:
        UsageError: If the name is empty or too long for a file system.
    """
    absolute = Path(os.path.abspath(root))
    if len(os.fsencode(absolute.name)) > _LONGEST_NAME:
        raise UsageError(f"The project's name is too long: it has more than {_LONGEST_NAME} bytes.")
    if not absolute.name.removesuffix(PROJECT_SUFFIX).strip() or root.name in ("", ".."):
        raise UsageError(f"'{root}' does not say what the project is called.", remedy="Name it, such as 'flowers'.")
    return absolute if absolute.suffix == PROJECT_SUFFIX else absolute.with_name(absolute.name + PROJECT_SUFFIX)


def free_project_folder(parent: Path, name: str) -> Path:
    """Return a folder for a new project that does not exist yet, such as `parent/name-2.tlft`."""
    plain = "".join(each if each.isprintable() and each not in _NOT_IN_NAMES else "_" for each in name)
    plain = plain.strip(" .")[:80] or "project"
    candidate, number = parent / f"{plain}{PROJECT_SUFFIX}", 2
    while candidate.exists():
        candidate, number = parent / f"{plain}-{number}{PROJECT_SUFFIX}", number + 1
    return candidate


def _checked_size(size: int) -> int:
    if not _SMALLEST_SIZE <= size <= _LARGEST_SIZE:
        raise UsageError(f"The image size must lie between {_SMALLEST_SIZE} and {_LARGEST_SIZE} pixels, got {size}.")
    return size


def _check_place(root: Path) -> None:
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise InputError(f"'{root}' exists already and is not overwritten.", remedy="Choose another name.")
    for parent in root.parents:
        if (parent / PROJECT_FILE).exists():
            raise InputError(f"'{root}' would lie inside of the project '{parent}'.", remedy="Choose another place.")
        if parent.exists() and not parent.is_dir():
            raise InputError(f"'{parent}' is a file, so nothing can be made below it.", remedy="Choose another place.")


def _check_source(source: Path) -> None:
    try:
        is_there, is_project = source.exists(), (source / PROJECT_FILE).exists()
    except OSError as error:
        raise InputError(f"'{str(source)[:500]}' cannot be read: {error.strerror or error}.") from error
    if not is_there:
        raise InputError(f"There is no '{source}'.", remedy="Name a folder of images, a zip file or a CSV file.")
    if is_project:
        raise InputError(f"'{source}' is a project of this program, not a folder of images.", remedy="Choose another.")


def _is_zip(source: Path) -> bool:
    return source.is_file() and source.suffix.lower() == ".zip"


def _config(new: NewProject, result: ImportResult) -> ProjectConfig:
    assert new.image_size is not None
    return ProjectConfig(
        id=new_ulid(),
        name=new.root.stem,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        app_version=__version__,
        data_root=str(result.root.resolve()),
        data_source=str(new.source),
        val_fraction=new.val_fraction,
        test_fraction=new.test_fraction,
        group_by=new.group_by,
        seed=new.seed,
        backbone=find_backbone(new.backbone).name,
        image_size=new.image_size,
        manifest=result.manifest.digest,
        plan=_first_plan(new.backbone, result.manifest, new.image_size),
        findings=tuple(replace(finding, paths=finding.paths[:_MAX_PATHS_KEPT]) for finding in result.findings),
        flip=new.flip,
    )


def _first_plan(backbone: str, manifest: Manifest, image_size: int) -> FreezePlan:
    """Return the plan that a new project shows: transfer learning, the quick way to a first answer."""
    tree = layer_tree(find_backbone(backbone).name, len(manifest.classes), image_size)
    return preset_plan(tree, Preset.TRANSFER)
