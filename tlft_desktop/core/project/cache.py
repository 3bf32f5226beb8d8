"""Housekeeping of what can be computed again: how large it is, who uses it, and deleting the least recently used."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, StorageError
from tlft_desktop.core.project.process import ProcessIdentity

_LEASE_PREFIX = ".in-use-"
_MANIFEST_PREFIX = ".of-"


class CacheLease:
    """A mark that this process uses a folder of the cache, so that nobody tidies it away; a context manager.

    The mark of a process that is gone does not count. Where it cannot be written the folder is used without.
    """

    def __init__(self, folder: Path) -> None:
        self._path: Path | None = folder / f"{_LEASE_PREFIX}{os.getpid()}-{secrets.token_hex(4)}.json"
        try:
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
        last_used: Latest change of the folder or a file in it, seconds since 1970; using an entry changes it.
        in_use: Whether a living process has marked it.
    """

    path: Path
    num_bytes: int
    last_used: float
    in_use: bool


@dataclass(frozen=True, slots=True)
class PruneResult:
    """What tidying did.

    Attributes:
        num_bytes: Bytes freed.
        num_bytes_left: Bytes that are still there.
        kept: Folders that were to go but are in use or could not be deleted.
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
    """Delete folders, the first ones first, until at most `max_bytes` are left; never what a living process uses."""
    before = left = sum(entry.num_bytes for entry in entries)
    kept: list[Path] = []
    for entry in entries:
        if left <= max_bytes:
            break
        if not entry.in_use and _delete(entry.path):
            left -= entry.num_bytes
        else:
            kept.append(entry.path)
    return PruneResult(num_bytes=before - left, num_bytes_left=left, kept=tuple(kept))


def _delete(path: Path) -> bool:
    try:
        fsio.remove_tree(path)
    except StorageError:
        return False
    return True


def _folders(path: Path) -> list[Path]:
    try:
        return [child for child in path.iterdir() if child.is_dir() and not child.is_symlink()]
    except OSError:
        return []


def _entry(path: Path) -> CacheEntry:
    num_bytes, last_used, in_use = 0, _modified(path), False
    for child in path.rglob("*"):
        with contextlib.suppress(OSError):
            status = child.lstat()
            num_bytes += 0 if child.is_dir() else status.st_size
            last_used = max(last_used, status.st_mtime)
        in_use = in_use or (child.name.startswith(_LEASE_PREFIX) and _is_held(child))
    return CacheEntry(path=path, num_bytes=num_bytes, last_used=last_used, in_use=in_use)


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _is_held(lease: Path) -> bool:
    try:
        owner = ProcessIdentity.from_json(fsio.read_json(lease))
    except (OSError, InputError, KeyError, TypeError, ValueError, OverflowError):
        return False
    # Of a process of another machine (the cache may lie on a network) nothing is known: it counts as alive.
    return owner.is_alive or not owner.is_this_machine
