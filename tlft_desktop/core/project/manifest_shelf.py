"""The lists of images of a project, each read once however many ask for it."""

from __future__ import annotations

from functools import cached_property

from tlft_desktop.core.project.manifests import read_manifest
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.manifest import Manifest


class ManifestShelf:
    """What was read of the lists of images of a project; for as long as one piece of work lasts.

    Args:
        project: Open in any way.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._read: dict[str, Manifest] = {}

    def read(self, digest: str) -> Manifest:
        """Return the list of images with this hash.

        Raises:
            InputError: If it is missing or damaged.
        """
        if digest not in self._read:
            is_own = digest == self._project.config.manifest
            self._read[digest] = self._project.manifest if is_own else read_manifest(self._project.root, digest)
        return self._read[digest]

    @cached_property
    def digest_now(self) -> str:
        """Hash of the list that the next run would train on: that of the project with all edits.

        Raises:
            InputError: If the list or the edits cannot be read.
        """
        return self._project.edited_manifest.digest
