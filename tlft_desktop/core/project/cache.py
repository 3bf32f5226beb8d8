"""Housekeeping of what can be computed again: how large it is, who uses it, and deleting the least recently used."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, StorageError
from tlft_desktop.core.process import ProcessIdentity

PIXELS_FOLDER, FEATURES_FOLDER = "pixels", "features"
ROW_KEYS_PREFIX = ".keys-"
_LEASE_PREFIX = ".in-use-"
_MANIFEST_PREFIX = ".of-"
_OWN_NAMES = re.compile(
    r"\d+x\d+\.f(16|32)(\.valid)?|\d+-[0-9a-f]+\.(pixels|log)|\.(in-use|of|keys|tmp)-.*"
    r"|\.DS_Store|Thumbs\.db|desktop\.ini"
)
"""Files of the stores of features and pixels and of this module, and what file managers leave in every folder."""
_CLOCK_TOLERANCE_SECONDS = 3600.0


class CacheLease:
    """A mark that this process uses a folder of the cache, so that nobody tidies it away; a context manager.

    The mark of a process that is gone does not count. Where it cannot be written the folder is used without. Setting it
    and taking it away note when the folder was used last, so nothing needs to be written for each read.

    Args:
        folder: A folder of the cache; made if it is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._path: Path | None = folder / f"{_LEASE_PREFIX}{os.getpid()}-{secrets.token_hex(4)}.json"
        try:
            fsio.make_folder(folder)
            fsio.create_exclusive(self._path, fsio.json_bytes(ProcessIdentity.current().to_json()))
        except StorageError:
            self._path = None

    def release(self) -> None:
        """Take the mark away; releasing twice is harmless."""
        path, self._path = self._path, None
        if path is not None:
            with contextlib.suppress(StorageError):
                fsio.remove_file(path)

    def __enter__(self) -> CacheLease:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


@dataclass(frozen=True, slots=True)
class CacheEntry:
    """One folder of the cache, such as the features of one project.

    Attributes:
        path: The folder.
        num_bytes: Size of its files.
        last_used: When somebody began or ceased to use it last, seconds since 1970; 0 where that lies in the future:
            the clock was set back since, so everything used after that was used later.
        in_use: Whether a living process has marked it.
        is_foreign: Whether it holds something that this program did not write, or cannot be looked into.
    """

    path: Path
    num_bytes: int
    last_used: float
    in_use: bool
    is_foreign: bool = False

    @property
    def kind(self) -> str:
        """What is kept: `PIXELS_FOLDER` or `FEATURES_FOLDER`."""
        return self.path.parent.name

    @property
    def may_go(self) -> bool:
        """Whether it can be deleted without harm to anybody."""
        return not self.in_use and not self.is_foreign


@dataclass(frozen=True, slots=True)
class PruneResult:
    """What tidying did.

    Attributes:
        num_bytes: Bytes freed.
        num_bytes_left: Bytes that are still there.
        kept: Folders that were to go but are in use, hold files of others, or could not be deleted.
    """

    num_bytes: int
    num_bytes_left: int
    kept: tuple[Path, ...]


def mark_manifest(folder: Path, digest: str) -> None:
    """Note which list of images a folder of the cache was made for; where that cannot be written nothing is lost."""
    with contextlib.suppress(StorageError, FileExistsError):
        fsio.create_exclusive(folder / f"{_MANIFEST_PREFIX}{digest}", b"")


def marked_manifests(folder: Path) -> frozenset[str]:
    """Return the digests of the lists of images that a folder of the cache was made for, as far as they are noted."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return frozenset()
    return frozenset(name.removeprefix(_MANIFEST_PREFIX) for name in names if name.startswith(_MANIFEST_PREFIX))


def cache_entries(cache_dir: Path) -> tuple[CacheEntry, ...]:
    """Return the folders `cache_dir/KIND/KEY`, the least recently used first."""
    entries = [_entry(path) for kind in _folders(cache_dir) for path in _folders(kind)]
    return tuple(sorted(entries, key=lambda entry: (entry.last_used, str(entry.path))))


def prune_entries(entries: Sequence[CacheEntry], *, max_bytes: int = 0) -> PruneResult:
    """Delete folders, the first ones first, until at most `max_bytes` are left; see `remove_entry` for what stays."""
    before = left = sum(entry.num_bytes for entry in entries)
    kept: list[Path] = []
    for entry in entries:
        if left <= max_bytes:
            break
        if remove_entry(entry):
            left -= entry.num_bytes
        else:
            kept.append(entry.path)
    return PruneResult(num_bytes=before - left, num_bytes_left=left, kept=tuple(kept))


def remove_entry(entry: CacheEntry) -> bool:
    """Delete a folder unless a living process uses it or it holds files of others; return whether it is gone.

    A kill half-way leaves it whole, or under a name by which nobody finds it and the next one to make room deletes it.
    """
    # Looked at again: somebody may have begun to use it since it was listed.
    if not entry.may_go or not _entry(entry.path).may_go:
        return False
    try:
        fsio.remove_tree(entry.path)
    except StorageError:
        return False
    return True


def remove_if_empty(folder: Path) -> None:
    """Delete a folder of the cache in which nothing was kept, unless somebody else uses it."""
    entry = _entry(folder)
    if entry.num_bytes == 0:
        remove_entry(entry)


def _folders(path: Path) -> list[Path]:
    try:
        return [child for child in path.iterdir() if child.is_dir() and not child.is_symlink()]
    except OSError:
        return []


def _entry(path: Path) -> CacheEntry:
    num_bytes, in_use = 0, False
    refusals: list[OSError] = []
    is_foreign = False
    for place, folders, names in os.walk(path, onerror=refusals.append):
        # The stores have no folders inside.
        is_foreign = is_foreign or bool(folders) or not all(map(_OWN_NAMES.fullmatch, names))
        for file in (Path(place, name) for name in names):
            with contextlib.suppress(OSError):
                num_bytes += file.lstat().st_size
            in_use = in_use or (file.name.startswith(_LEASE_PREFIX) and _is_held(file))
    is_foreign = is_foreign or any(not isinstance(refusal, FileNotFoundError) for refusal in refusals)
    return CacheEntry(path, num_bytes, _last_used(path), in_use=in_use, is_foreign=is_foreign)


def _last_used(path: Path) -> float:
    # A folder changes when a mark of use is set or taken away; the files in it may bear any time.
    try:
        used = path.stat().st_mtime
    except OSError:
        return 0.0
    return used if used <= time.time() + _CLOCK_TOLERANCE_SECONDS else 0.0


def _is_held(lease: Path) -> bool:
    try:
        owner = ProcessIdentity.from_json(fsio.read_json(lease))
    except InputError as error:
        # Damaged, it is of a process that was killed while it wrote; where reading is refused nothing is known.
        return isinstance(error.__cause__, OSError)
    except (OSError, KeyError, TypeError, ValueError, OverflowError):
        return False
    # Of a process of another machine (the cache may lie on a network) nothing is known: it counts as alive.
    return owner.is_alive or not owner.is_this_machine
