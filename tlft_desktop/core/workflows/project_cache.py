"""What of the cache belongs to one project: the caches are shared by content, so some of it serves others, too."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tlft_desktop.core.data.pixel_store import PixelStore
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.project.cache import (
    FEATURES_FOLDER,
    PIXELS_FOLDER,
    CacheEntry,
    cache_entries,
    marked_manifests,
)
from tlft_desktop.core.project.manifests import MANIFESTS_FOLDER, read_manifest
from tlft_desktop.core.project.project import Project


@dataclass(frozen=True, slots=True)
class ProjectCache:
    """The folders of the cache that a project uses, the least recently used first.

    Attributes:
        own: Those that hold nothing but what this project uses.
        shared: Those that hold images or features of others as well.
    """

    own: tuple[CacheEntry, ...]
    shared: tuple[CacheEntry, ...]


def project_cache(project: Project, cache_dir: Path) -> ProjectCache:
    """Find what of the cache belongs to a project.

    Features that an earlier version computed are marked for no project until a run uses them again.
    """
    digests = frozenset(path.stem for path in (project.root / MANIFESTS_FOLDER).glob("*.jsonl"))
    images = _images(project, digests)
    own: list[CacheEntry] = []
    shared: list[CacheEntry] = []
    for entry in cache_entries(cache_dir):
        if entry.kind == PIXELS_FOLDER:
            is_used, is_alone = _pixels(entry.path, images)
        elif entry.kind == FEATURES_FOLDER:
            marked = marked_manifests(entry.path)
            is_used, is_alone = bool(marked & digests), marked <= digests
        else:
            continue
        if is_used:
            (own if is_alone else shared).append(entry)
    return ProjectCache(own=tuple(own), shared=tuple(shared))


def _images(project: Project, digests: frozenset[str]) -> frozenset[str]:
    """Return the hashes of the images in every list of the project that can be read."""
    images: set[str] = set()
    for digest in digests:
        with suppress(InputError):
            images.update(record.sha256 for record in read_manifest(project.root, digest).records)
    return frozenset(images)


def _pixels(folder: Path, images: frozenset[str]) -> tuple[bool, bool]:
    """Tell whether a store holds some of the images, and whether it holds nothing else."""
    with PixelStore(folder) as store:
        num_own = sum(sha256 in store for sha256 in images)
        return num_own > 0, num_own == len(store)
