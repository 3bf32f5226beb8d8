"""Verify every hash of a project and name what is damaged; repair what can be repaired without guessing."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.probe import read_regular_file
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.project import migrations
from tlft_desktop.core.project.backups import BACKUPS_FOLDER, PROJECT_FILE, list_backups, newest_good_backup
from tlft_desktop.core.project.config import ProjectConfig
from tlft_desktop.core.project.edits import EDITS_FILE
from tlft_desktop.core.project.lock import acquire_lock
from tlft_desktop.core.project.manifests import MANIFESTS_FOLDER, read_manifest
from tlft_desktop.core.project.own_folders import require_no_links
from tlft_desktop.core.project.project import (
    RACES_FOLDER,
    RUNS_FOLDER,
    TRASH_FOLDER,
    require_own_folders,
    restore_backup,
)
from tlft_desktop.core.project.safe_path import resolve_data_root
from tlft_desktop.core.project.ulid import is_ulid, new_ulid
from tlft_desktop.core.runs.checkpoint_files import BEST_FILE, CHECKPOINTS_FOLDER, FINAL_FOLDER, newest_first
from tlft_desktop.core.runs.epoch_answers import ANSWERS_FILE, check_epochs
from tlft_desktop.core.runs.marks import NAME_FILE
from tlft_desktop.core.runs.openings import OPENINGS_FILE, TEST_FOLDER
from tlft_desktop.core.runs.predictions import NAMES_FILE, PROBE_FOLDER, read_predictions
from tlft_desktop.core.runs.races import MAX_RACE_BYTES
from tlft_desktop.core.runs.status import STATUS_FILE, read_status
from tlft_desktop.core.runs.store import CONFIG_FILE, EVENTS_FILE, HEAT_FILE, METRICS_FILE, TIMINGS_FILE
from tlft_desktop.core.values.manifest import ImageRecord
from tlft_desktop.core.values.run import RunConfig

_LOGS = (METRICS_FILE, TIMINGS_FILE, EVENTS_FILE, HEAT_FILE)
_MAX_CONFIG_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Damage:
    """Something that is not what was written.

    Attributes:
        path: The file or folder.
        problem: What is wrong, in a sentence.
        repaired: What a repair did about it; empty if nothing.
    """

    path: Path
    problem: str
    repaired: str = ""


@dataclass(frozen=True, slots=True)
class CheckProgress:
    """How far a check is: files and folders verified, and what comes next."""

    checked: int
    path: Path


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The end of a check.

    Attributes:
        checked: Files and folders verified.
        damaged: Those that were found damaged.
        repaired: Those of them that a repair dealt with.
    """

    checked: int
    damaged: int
    repaired: int = 0


CheckItem = Damage | CheckProgress | CheckResult


@dataclass(frozen=True, slots=True)
class _Item:
    """One file or folder to verify; `verify` raises if it is damaged."""

    path: Path
    verify: Callable[[], object]
    may_vanish: bool = False


def check_project(root: Path, *, control: Control) -> Iterator[CheckItem]:
    """Verify a project without changing anything; the last item is the result.

    Raises:
        InputError: If there is no project at `root`.
        StoppedError: If `control` asks to stop.
    """
    checked = damaged = 0
    for item in _items(_existing(root)):
        control.raise_if_stopped()
        yield CheckProgress(checked, item.path)
        checked += 1
        problem = _problem(item)
        if problem:
            damaged += 1
            yield Damage(item.path, problem)
    yield CheckResult(checked, damaged)


def repair_project(root: Path, *, control: Control) -> Iterator[CheckItem]:
    """Verify a project, bring the newest good backup of `project.json` back and set damaged checkpoints aside.

    Nothing is deleted: what was damaged is kept under another name.

    Raises:
        InputError: If there is no project at `root`, or it is open elsewhere.
        StorageError: If the disk refuses.
        StoppedError: If `control` asks to stop.
    """
    root = _existing(root)
    project_file = _Item(root / PROJECT_FILE, partial(_read_config, root / PROJECT_FILE))
    problem = _problem(project_file)
    repaired = 0
    if problem and newest_good_backup(root) is not None:
        backup = restore_backup(root)
        repaired = 1
        yield Damage(project_file.path, problem, repaired=f"The backup '{backup.name}' was brought back.")
    damaged_before = repaired
    with contextlib.ExitStack() as stack:
        stack.callback(acquire_lock(root).release)
        for item in check_project(root, control=control):
            if isinstance(item, CheckResult):
                yield replace(item, damaged=item.damaged + damaged_before, repaired=repaired)
            elif isinstance(item, Damage) and item.path.parent.name == CHECKPOINTS_FOLDER:
                repaired += 1
                yield replace(item, repaired=_set_aside(item.path))
            else:
                yield item


def _set_aside(checkpoint: Path) -> str:
    aside = checkpoint.with_name(f".damaged-{checkpoint.name}-{new_ulid()}")
    fsio.move(checkpoint, aside)
    return f"It was set aside as '{aside.name}'; the run goes on from the one before."


def _existing(root: Path) -> Path:
    resolved = root.resolve()
    if not resolved.is_dir():
        raise InputError(f"There is no project folder '{root}'.")
    require_own_folders(resolved)
    if not (resolved / PROJECT_FILE).exists() and not (resolved / BACKUPS_FOLDER).is_dir():
        raise InputError(f"'{root}' is not a project: it has no {PROJECT_FILE}.")
    return resolved


def _problem(item: _Item) -> str:
    try:
        item.verify()
    except (InputError, *fsio.UNREADABLE) as error:
        if item.may_vanish and not os.path.lexists(item.path):
            return ""
        if isinstance(error, InputError):
            return error.message
        reason = error.strerror if isinstance(error, OSError) and error.strerror else f"{type(error).__name__}: {error}"
        return f"'{item.path}' cannot be used: {reason}."
    return ""


def _items(root: Path) -> Iterator[_Item]:
    yield _Item(root / PROJECT_FILE, partial(_read_config, root / PROJECT_FILE))
    for _, path in list_backups(root):
        yield _Item(path, partial(_read_config, path), may_vanish=True)
    config = _usable_config(root)
    digests = {path.stem for path in _children(root / MANIFESTS_FOLDER) if path.suffix == ".jsonl"}
    for digest in sorted(digests | ({config.manifest} if config else set())):
        yield _Item(root / MANIFESTS_FOLDER / f"{digest}.jsonl", partial(read_manifest, root, digest))
    for name in (EDITS_FILE, OPENINGS_FILE):
        yield from _log_item(root / name)
    for race in _children(root / RACES_FOLDER):
        if is_ulid(race.stem):
            # Not read any further: one of a newer version is whole.
            yield _Item(race, partial(fsio.read_json, race, max_bytes=MAX_RACE_BYTES, sealed=True))
    for folder in (root / RUNS_FOLDER, root / TRASH_FOLDER):
        yield from _unlisted(folder)
        for run in _children(folder):
            if is_ulid(run.name):
                yield from _run_items_or_problem(run)
    if config:
        yield from _original_items(root, config)


def _unlisted(folder: Path) -> Iterator[_Item]:
    """Yield a folder that hides what is in it: nobody can say that this is well."""
    try:
        os.listdir(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        yield _Item(folder, partial(_raise, error))


def _raise(error: Exception) -> None:
    raise error


def _run_items_or_problem(run: Path) -> Iterator[_Item]:
    try:
        require_no_links(run)
        items = [*_unlisted(run), *_run_items(run), *_unlisted(run / CHECKPOINTS_FOLDER)]
    except (InputError, OSError) as error:
        items = [_Item(run, partial(_raise, error))]
    yield from items


def _run_items(run: Path) -> Iterator[_Item]:
    yield _Item(run / CONFIG_FILE, partial(_read_run_config, run / CONFIG_FILE))
    yield _Item(run / STATUS_FILE, partial(read_status, run))
    for name, is_sealed in ((NAME_FILE, False), (BEST_FILE, True)):
        if (run / name).exists():
            yield _Item(run / name, partial(fsio.read_json, run / name, sealed=is_sealed), may_vanish=True)
    for name in _LOGS:
        yield from _log_item(run / name)
    if (run / ANSWERS_FILE).exists():
        yield _Item(run / ANSWERS_FILE, partial(check_epochs, run), may_vanish=True)
    for checkpoint in newest_first(run / CHECKPOINTS_FOLDER):
        # A run that trains meanwhile deletes its older ones.
        yield _Item(checkpoint, partial(fsio.read_folder, checkpoint), may_vanish=True)
    for folder in (run, run / TEST_FOLDER, run / PROBE_FOLDER):
        if (folder / NAMES_FILE).exists():
            yield _Item(folder / NAMES_FILE, partial(read_predictions, folder), may_vanish=True)
    final = fsio.surviving_folder(run / FINAL_FOLDER)
    if final.exists():
        yield _Item(final, partial(fsio.read_folder, final))


def _log_item(path: Path) -> Iterator[_Item]:
    if os.path.lexists(path):
        yield _Item(path, partial(_check_log, path), may_vanish=True)


def _original_items(root: Path, config: ProjectConfig) -> Iterator[_Item]:
    try:
        records = read_manifest(root, config.manifest).records
        data_folder = resolve_data_root(root, config.data_root)
    except (InputError, *fsio.UNREADABLE):
        return  # the list itself is named as damaged already
    for record in records:
        if record.sha256 and not record.excluded:
            yield _Item(data_folder / record.path, partial(_check_original, data_folder, record))


def _children(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _usable_config(root: Path) -> ProjectConfig | None:
    for path in (root / PROJECT_FILE, newest_good_backup(root)):
        if path is not None:
            with contextlib.suppress(InputError, *fsio.UNREADABLE):
                return _read_config(path)
    return None


def _read_config(path: Path) -> ProjectConfig:
    try:
        data = fsio.read_json(path, sealed=True)
    except FileNotFoundError as error:
        raise fsio.DamagedError(f"'{path}' is missing.") from error
    is_newer = migrations.schema_of(data) > migrations.SCHEMA
    return ProjectConfig.from_json(data if is_newer else migrations.migrate(data))


def _read_run_config(path: Path) -> RunConfig:
    try:
        return RunConfig.from_json(fsio.read_json(path, max_bytes=_MAX_CONFIG_BYTES, sealed=True))
    except FileNotFoundError as error:
        raise fsio.DamagedError(f"'{path}' is missing.") from error


def _check_log(path: Path) -> None:
    """Check that no whole line is damaged; a torn last one is what a kill leaves, and is dropped when read."""
    offset = fsio.read_log(path)[1]
    with fsio.open_regular(path) as file:
        file.seek(offset)
        if b"\n" in file.read():
            raise fsio.DamagedError(f"'{path}' is damaged from byte {offset} on; what follows is not read.")


def _check_original(data_folder: Path, record: ImageRecord) -> None:
    path = data_folder / record.path
    try:
        data = read_regular_file(str(path))
    except FileNotFoundError as error:
        raise InputError(f"The image '{path}' is missing.") from error
    if hashlib.sha256(data).hexdigest() != record.sha256:
        raise InputError(f"The image '{path}' has changed since it was imported.")
