"""The most that kept features may take on disk, and room for new ones: what was not used for longest goes first.

Only features count: pixels are needed whole by every run of their project. Pixels of others go where the disk itself is
too full for the features of a run.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import StorageError
from tlft_desktop.core.project.cache import FEATURES_FOLDER, PIXELS_FOLDER, CacheEntry, cache_entries, remove_entry

DEFAULT_BYTES = 20 << 30
DISK_SHARE = 0.5
"""Largest share that features take of what they and the free space of the disk are together."""
_PIXELS_STAY_SECONDS = 600.0
"""Pixels that somebody used just now stay: between reading them and the start of a run nobody marks them."""


@dataclass(frozen=True, slots=True)
class FeatureBudget:
    """What features take and may take.

    Attributes:
        num_bytes: Bytes of all features.
        free_bytes: Free bytes of the disk.
        limit: The most that the user allows.
    """

    num_bytes: int
    free_bytes: int
    limit: int

    @property
    def max_bytes(self) -> int:
        """The most that features may take: never more than a share of the disk."""
        return min(self.limit, self._disk_bytes)

    @property
    def is_disk_short(self) -> bool:
        """Whether the disk and not the user sets the limit."""
        return self._disk_bytes < self.limit

    def fits(self, num_bytes: int) -> bool:
        """Tell whether so many bytes may be added."""
        return self.num_bytes + num_bytes <= self.max_bytes

    def without(self, entry: CacheEntry) -> FeatureBudget:
        """Return what holds once a folder is deleted."""
        features = entry.num_bytes if entry.kind == FEATURES_FOLDER else 0
        return replace(self, num_bytes=self.num_bytes - features, free_bytes=self.free_bytes + entry.num_bytes)

    @property
    def _disk_bytes(self) -> int:
        return int(DISK_SHARE * (self.num_bytes + self.free_bytes))


def feature_budget(cache_dir: Path, entries: Sequence[CacheEntry], limit: int | None) -> FeatureBudget:
    """Return what features take and may take.

    Args:
        cache_dir: Folder of the caches.
        entries: All that is in it.
        limit: The most that the user allows, in bytes; None for the default.
    """
    num_bytes = sum(entry.num_bytes for entry in entries if entry.kind == FEATURES_FOLDER)
    limit = DEFAULT_BYTES if limit is None else limit
    try:
        free = fsio.free_space(cache_dir)
    except OSError:
        # A disk that does not say how full it is sets no limit; that it is full will be seen when it is.
        free = 2 * limit
    return FeatureBudget(num_bytes, free, limit)


def make_room(cache_dir: Path, num_bytes: int, *, limit: int | None, keep: Collection[Path] = ()) -> None:
    """Delete what was not used for longest until new features fit; nothing where they would not fit even then.

    Two processes that make room at the same time may exceed the limit by what one of them needs, until the next one.

    Args:
        cache_dir: Folder of the caches.
        num_bytes: What the new features need.
        limit: The most that features may take, in bytes; None for the default.
        keep: Folders that the run itself needs.

    Raises:
        StorageError: If there is no room.
    """
    for kind in (FEATURES_FOLDER, PIXELS_FOLDER):
        fsio.remove_temporaries(cache_dir / kind)
    entries = cache_entries(cache_dir)
    budget = feature_budget(cache_dir, entries, limit)
    candidates = [entry for entry in entries if _is_candidate(entry) and entry.path not in keep]
    best = budget
    for entry in candidates:
        best = best.without(entry) if _helps(best, entry) else best
    if not best.fits(num_bytes):
        raise _no_room(num_bytes, best)
    for entry in candidates:
        if budget.fits(num_bytes):
            return
        if _helps(budget, entry) and remove_entry(entry):
            budget = budget.without(entry)
    if not budget.fits(num_bytes):
        raise _no_room(num_bytes, budget)


def _is_candidate(entry: CacheEntry) -> bool:
    is_recent = entry.kind == PIXELS_FOLDER and abs(time.time() - entry.last_used) < _PIXELS_STAY_SECONDS
    return entry.may_go and not is_recent


def _helps(budget: FeatureBudget, entry: CacheEntry) -> bool:
    return entry.kind == FEATURES_FOLDER or (entry.kind == PIXELS_FOLDER and budget.is_disk_short)


def _no_room(num_bytes: int, budget: FeatureBudget) -> StorageError:
    if budget.limit == 0:
        return StorageError("The preferences or the policy of this computer allow no features on disk.")
    left = max(0, budget.max_bytes - budget.num_bytes)
    message = f"They need {num_bytes / 2**20:,.1f} MiB, and at most {left / 2**20:,.1f} MiB can be freed for them."
    if budget.is_disk_short:
        return StorageError(message, remedy="The disk is too full.")
    return StorageError(message, remedy="The preferences can allow more, unless the policy of this computer fixes it.")
