"""Older states of `project.json`: kept before each save, thinned out, and brought back when the file is damaged."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from pathlib import Path

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, StorageError
from tlft_desktop.core.project.config import ProjectConfig
from tlft_desktop.core.project.migrations import migrate

PROJECT_FILE = "project.json"
BACKUPS_FOLDER = "backups"
KEEP_NEWEST = 20
KEEP_DAYS = 60
_NAME = re.compile(r"project-(\d{9})\.json")
_SECONDS_PER_DAY = 86_400


def keep_backup(root: Path, seq: int) -> None:
    """Copy `project.json` into the backups, under the number of its save.

    Raises:
        StorageError: If it cannot be written.
    """
    fsio.make_folder(root / BACKUPS_FOLDER)
    fsio.copy_file(root / PROJECT_FILE, root / BACKUPS_FOLDER / f"project-{seq:09d}.json")


def thin_backups(root: Path) -> None:
    """Delete backups that are old and not the last of their day; never fails, since the save itself is done."""
    with contextlib.suppress(OSError, StorageError):
        ages = [(seq, int(path.stat().st_mtime // _SECONDS_PER_DAY)) for seq, path in list_backups(root)]
        for seq in superfluous(ages):
            fsio.remove_file(root / BACKUPS_FOLDER / f"project-{seq:09d}.json")


def superfluous(backups: Iterable[tuple[int, int]]) -> set[int]:
    """Return the numbers of the backups to delete, given pairs (number of the save, day of the file).

    The newest stay by number. Of the others the last of each day stays, for the latest days in the order of the
    saves: a clock that was wrong for a while makes odd days, not lost backups.
    """
    ordered = sorted(backups, reverse=True)
    last_of_day: dict[int, int] = {}
    for seq, day in ordered[KEEP_NEWEST:]:
        last_of_day.setdefault(day, seq)
    kept = sorted(last_of_day.values(), reverse=True)[:KEEP_DAYS]
    return {seq for seq, _ in ordered[KEEP_NEWEST:]} - set(kept)


def list_backups(root: Path) -> list[tuple[int, Path]]:
    """Return the backups as pairs (number of the save, path), the newest first."""
    folder = root / BACKUPS_FOLDER
    is_there = folder.is_dir() and not fsio.is_link(folder)
    names = sorted((path.name for path in folder.iterdir()), reverse=True) if is_there else []
    return [(int(match[1]), folder / match[0]) for name in names if (match := _NAME.fullmatch(name))]


def newest_good_backup(root: Path) -> Path | None:
    """Return the newest backup that can be opened; None if there is none."""
    for _, path in list_backups(root):
        with contextlib.suppress(InputError, OSError):
            ProjectConfig.from_json(migrate(fsio.read_json(path, sealed=True)))
            return path
    return None


def put_back(root: Path) -> Path:
    """Make the newest good backup the project file again; the file that is there is kept beside the backups.

    Raises:
        InputError: If no backup can be opened.
        StorageError: If it cannot be written.
    """
    backup = newest_good_backup(root)
    if backup is None:
        raise InputError(f"'{root}' has no backup of {PROJECT_FILE} that can be opened.")
    if (root / PROJECT_FILE).exists():
        fsio.copy_file(root / PROJECT_FILE, root / BACKUPS_FOLDER / "damaged-project.json")
    fsio.copy_file(backup, root / PROJECT_FILE)
    return backup
