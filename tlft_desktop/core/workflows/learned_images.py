"""Whether a run has learned from an image: what it says of one that it has learned tells little about others."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from tlft_desktop.core import fsio
from tlft_desktop.core.data.byte_lru import ByteLru
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.project.manifests import read_manifest
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.manifest import Split

_KEPT_BYTES = 64 << 20
_HASH_BYTES = 160
"""Of a hash as text in a set."""


class LearnedImages:
    """Knows images by the bytes of their files, so that a copy with another name is the same image.

    Not to be called from several threads at once.

    Args:
        project: Open in any way; the runs are its.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._kept: ByteLru[str, frozenset[str]] = ByteLru(_KEPT_BYTES, lambda hashes: _HASH_BYTES * len(hashes))

    def has(self, run: str, path: Path) -> bool | None:
        """Tell whether the image in a file is among the training images of a run.

        None where its list of images, or the file, cannot be read.

        Args:
            run: Identifier of the run.
            path: The file.
        """
        with suppress(InputError, OSError):
            learned = self._learned(RunStore(self._project.root).config(run).manifest)
            with fsio.open_regular(path, follow_links=True) as file:
                return hashlib.file_digest(file, "sha256").hexdigest() in learned
        return None

    def _learned(self, manifest: str) -> frozenset[str]:
        """Return the hashes of the training images of a list of images."""
        kept = self._kept.get(manifest)
        if kept is None:
            records = read_manifest(self._project.root, manifest).used(Split.TRAIN)
            kept = frozenset(record.sha256 for record in records)
            self._kept.put(manifest, kept)
        return kept
