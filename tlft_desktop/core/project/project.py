"""An open project: its choices, its images, and the right to change them."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, StorageError
from tlft_desktop.core.hints import quoted
from tlft_desktop.core.project import migrations
from tlft_desktop.core.project.backups import (
    BACKUPS_FOLDER,
    PROJECT_FILE,
    keep_backup,
    newest_good_backup,
    put_back,
    thin_backups,
)
from tlft_desktop.core.project.config import CONFIG_KEYS, ProjectConfig
from tlft_desktop.core.project.edits import EditLog, apply_edits
from tlft_desktop.core.project.lock import ProjectLock, acquire_lock
from tlft_desktop.core.project.manifests import MANIFESTS_FOLDER, read_manifest, write_manifest
from tlft_desktop.core.project.own_folders import require_own
from tlft_desktop.core.project.safe_path import resolve_data_root
from tlft_desktop.core.values.manifest import Manifest

RACES_FOLDER = "races"
RUNS_FOLDER = "runs"
TRASH_FOLDER = "trash"
ASKED_FOR = "asked for."
"""Why a project is read-only that was opened so on purpose."""
_Result = TypeVar("_Result")
_FOLDERS = (BACKUPS_FOLDER, MANIFESTS_FOLDER, RUNS_FOLDER, TRASH_FOLDER)
_BOOKKEEPING = frozenset({"format", "schema", "seq", "sha256"})


class Project:
    """A project that is open; a context manager that gives the lock back.

    Attributes:
        root: The folder, links followed.
        config: The choices as saved last.
        read_only: Why nothing can be changed; empty for a project that can be.
    """

    def __init__(self, root: Path, data: dict[str, Any], *, lock: ProjectLock | None, read_only: str) -> None:
        self.root = root
        self.config = ProjectConfig.from_json(data)
        self.read_only = read_only
        self._seq = _seq_of(data)
        self._unknown = {key: value for key, value in data.items() if key not in CONFIG_KEYS | _BOOKKEEPING}
        self._lock = lock
        self._manifest: Manifest | None = None

    @property
    def manifest(self) -> Manifest:
        """The images as they were frozen last, without later edits; read when first asked for.

        Raises:
            InputError: If the list is missing or damaged.
        """
        if self._manifest is None or self._manifest.digest != self.config.manifest:
            self._manifest = read_manifest(self.root, self.config.manifest)
        return self._manifest

    @property
    def edited_manifest(self) -> Manifest:
        """The images with all edits applied: what the user sees and what the next run trains on.

        Raises:
            InputError: If the list or the edits cannot be read.
        """
        return apply_edits(self.manifest, self.edits.read())

    @property
    def edits(self) -> EditLog:
        """The relabelled, excluded and moved images."""
        return EditLog(self.root)

    @property
    def data_folder(self) -> Path:
        """Folder that the paths of the images are relative to.

        Raises:
            InputError: If the project names a network share or leads out of itself.
        """
        return resolve_data_root(self.root, self.config.data_root)

    @property
    def runs_folder(self) -> Path:
        """Folder of the runs."""
        return self.root / RUNS_FOLDER

    @property
    def trash_folder(self) -> Path:
        """Folder of what was deleted and can be brought back."""
        return self.root / TRASH_FOLDER

    def save(self, config: ProjectConfig) -> None:
        """Save new choices; the file as it was is kept as a backup first.

        Raises:
            InputError: If the project is open for reading only, or another program saved it meanwhile.
            StorageError: If it cannot be written; the old choices are intact.
        """
        self.require_writable()
        self._check_unchanged()
        data = _file_content(config, seq=self._seq + 1, unknown=self._unknown)
        fsio.write_json(self.root / PROJECT_FILE, data, seal=True)
        self._seq += 1
        self.config = config
        thin_backups(self.root)

    def freeze_edits(self) -> Manifest:
        """Return the images with all edits as a list that a run can name; a new one is saved only if they changed.

        Raises:
            InputError, StorageError: See `edited_manifest` and `save`.
        """
        edited = self.edited_manifest
        if edited.digest != self.config.manifest:
            write_manifest(self.root, edited)
            self.save(replace(self.config, manifest=edited.digest))
            self._manifest = edited
        return edited

    def moved_to(self) -> Path | None:
        """Return where the folder lies now if it was renamed or moved since it was opened for changing; else None.

        None as well where it was deleted, and where the system does not tell.
        """
        place = None if self._lock is None else self._lock.folder
        if place is None or not place.exists() or (self.root.exists() and place.samefile(self.root)):
            return None
        return place

    def require_writable(self) -> None:
        """Check that the project may be changed.

        Raises:
            InputError: If it is open for reading only.
        """
        if self.read_only:
            raise InputError(f"The project '{self.root}' is open for reading only: {self.read_only}")

    def close(self) -> None:
        """Give the project back; closing twice is harmless."""
        if self._lock is not None:
            self._lock.release()
        self.read_only = self.read_only or "it was closed."

    def __enter__(self) -> Project:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _check_unchanged(self) -> None:
        path = self.root / PROJECT_FILE
        try:
            on_disk = _seq_of(fsio.read_json(path, sealed=True))
        except FileNotFoundError as error:
            raise StorageError(
                f"The project '{self.root}' is gone: its folder was moved, deleted or unmounted."
            ) from error
        except InputError:
            # The choices in memory are good: they replace the damaged file, whose copy stays for inspection.
            fsio.copy_file(path, self.root / BACKUPS_FOLDER / "damaged-project.json")
            return
        if on_disk != self._seq:
            raise InputError(
                f"Another program saved the project '{self.root}' meanwhile; nothing was overwritten.",
                remedy="Open the project again.",
            )
        keep_backup(self.root, self._seq)


def create_project(root: Path, config: ProjectConfig, manifest: Manifest, *, aside: Path | None = None) -> Project:
    """Make a project in a folder of its own and open it; built aside, so that it appears complete or not at all.

    Args:
        root: The folder; not there yet, or empty.
        config: The choices.
        manifest: The images.
        aside: Becomes the folder, with what lies in it already; has a temporary name beside `root`. Gone if this fails.

    Raises:
        InputError: If something is at `root` already, or the manifest has unusable paths.
        StorageError: If it cannot be written.
    """
    root = Path(os.path.abspath(root))
    if root.exists() and not (root.is_dir() and not any(root.iterdir())):
        raise InputError(f"'{root}' exists already and is not overwritten.", remedy="Choose another name.")
    fsio.make_folder(root.parent)
    aside = aside or fsio.temporary_name(root)
    try:
        fsio.make_folder(aside)
        for name in _FOLDERS:
            fsio.make_folder(aside / name)
        write_manifest(aside, manifest)
        content = _file_content(replace(config, manifest=manifest.digest), seq=1, unknown={})
        fsio.write_json(aside / PROJECT_FILE, content, seal=True)
        if root.exists():
            fsio.remove_tree(root)
        fsio.move(aside, root)
    except BaseException:
        with contextlib.suppress(StorageError):
            fsio.remove_tree(aside)
        raise
    try:
        return open_project(root)
    except StorageError:
        # Its name is taken now: trying again would be refused.
        with contextlib.suppress(StorageError):
            fsio.remove_tree(root)
        raise


def open_project(root: Path) -> Project:
    """Open a project for changing it: takes the lock, migrates old files, removes what a killed program left.

    A project of a newer version, or on a disk that cannot be written, opens for reading only.

    Raises:
        ProjectLockedError: If somebody else has it open.
        InputError: If it is no project or damaged; the message names the newest backup that can be brought back.
    """
    root = _existing_root(root)
    data = _read_project_file(root)
    if migrations.schema_of(data) > migrations.SCHEMA:
        return _open_newer(root, data)
    try:
        lock = acquire_lock(root)
    except StorageError as error:
        if not _is_read_only_disk(error):
            raise
        return Project(root, migrations.migrate(data), lock=None, read_only="the folder cannot be written.")
    try:
        # Read again: until the lock was ours another program could save.
        data = _migrate_file(root, _read_project_file(root))
        project = Project(root, data, lock=lock, read_only="")
        for folder in (root, *(root / name for name in _FOLDERS)):
            fsio.remove_temporaries(folder)
    except BaseException:
        lock.release()
        raise
    return project


def open_project_read_only(root: Path) -> Project:
    """Open a project for looking only: takes no lock and changes nothing.

    Raises:
        InputError: If it is no project or damaged.
    """
    root = _existing_root(root)
    data = _read_project_file(root)
    if migrations.schema_of(data) > migrations.SCHEMA:
        return _open_newer(root, data)
    return _explaining_damage(root, lambda: Project(root, migrations.migrate(data), lock=None, read_only=ASKED_FOR))


def require_own_folders(root: Path) -> None:
    """Check that the folders of a project lie in it.

    Raises:
        DamagedError: If one is a link.
    """
    require_own(root, (*_FOLDERS, RACES_FOLDER))


def restore_backup(root: Path) -> Path:
    """Bring the newest good backup of `project.json` back and return the backup used.

    Raises:
        InputError: If there is no good backup, or the project is open elsewhere.
        StorageError: If it cannot be written.
    """
    root = _existing_root(root)
    lock = acquire_lock(root)
    try:
        return put_back(root)
    finally:
        lock.release()


def _existing_root(root: Path) -> Path:
    resolved = root.resolve()
    if not resolved.is_dir():
        raise InputError(f"There is no project folder '{root}'.")
    require_own_folders(resolved)
    if not (resolved / PROJECT_FILE).exists() and newest_good_backup(resolved) is None:
        raise InputError(f"'{root}' is not a project: it has no {PROJECT_FILE}.")
    return resolved


def _read_project_file(root: Path) -> dict[str, Any]:
    def read() -> dict[str, Any]:
        try:
            data = fsio.read_json(root / PROJECT_FILE, sealed=True)
        except FileNotFoundError as error:
            raise InputError(f"'{root / PROJECT_FILE}' is missing.") from error
        if migrations.schema_of(data) <= migrations.SCHEMA:
            ProjectConfig.from_json(migrations.migrate(data))
        return data

    return _explaining_damage(root, read)


def _explaining_damage(root: Path, action: Callable[[], _Result]) -> _Result:
    try:
        return action()
    except InputError as error:
        backup = newest_good_backup(root)
        remedy = (
            f"The newest good backup is '{backup}': `tlft check {quoted(str(root))} --repair` or the window's offer "
            "brings it back."
            if backup
            else "There is no backup that can be opened."
        )
        raise InputError(f"The project '{root}' cannot be opened. {error.message}", remedy=remedy) from error


def _open_newer(root: Path, data: dict[str, Any]) -> Project:
    version = str(data.get("app_version", "unknown"))[:40]
    reason = f"it was made by a newer version of this program ({version}); update to change it."
    try:
        return Project(root, data, lock=None, read_only=reason)
    except InputError as error:
        raise InputError(f"The project '{root}' cannot be shown: {reason}") from error


def _migrate_file(root: Path, data: dict[str, Any]) -> dict[str, Any]:
    if migrations.schema_of(data) == migrations.SCHEMA:
        return data
    migrated = migrations.migrate(data)
    keep_backup(root, _seq_of(data))
    fsio.write_json(root / PROJECT_FILE, migrated, seal=True)
    return migrated


def _file_content(config: ProjectConfig, *, seq: int, unknown: dict[str, Any]) -> dict[str, Any]:
    return {"format": migrations.FORMAT, "schema": migrations.SCHEMA, "seq": seq, **config.to_json(), **unknown}


def _seq_of(data: dict[str, Any]) -> int:
    seq = data.get("seq")
    if isinstance(seq, bool) or not isinstance(seq, int) or not 0 <= seq < 10**9:
        raise InputError("The project file lacks the number of its save ('seq').")
    return seq


def _is_read_only_disk(error: StorageError) -> bool:
    cause = error.__cause__
    return isinstance(cause, OSError) and cause.errno in (errno.EROFS, errno.EACCES, errno.EPERM)
