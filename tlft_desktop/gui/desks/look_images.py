"""Which image networks look at: one of the project's validation images, or any file."""

from __future__ import annotations

import random
from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.manifest import ImageRecord, Split
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.format import from_core


class LookImages(QObject):
    """Walks through the images of the open project.

    Signals:
        changed(): Another image is chosen, or none, or there are other images.
    """

    changed = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._records: tuple[ImageRecord, ...] = ()
        self._record: ImageRecord | None = None
        self._file: Path | None = None
        self._place = 0
        context.session.images_changed.connect(self._follow)

    @property
    def record(self) -> ImageRecord | None:
        """The chosen image where it is one of the project."""
        return self._record

    @property
    def path(self) -> Path | None:
        """The file of the chosen image; None where there is none, or the project's folder must not be read."""
        if self._file is not None:
            return self._file
        project = self._context.session.project
        if project is None or self._record is None:
            return None
        try:
            return project.data_folder / self._record.path
        except InputError:
            return None

    @property
    def problem(self) -> str:
        """Why there is no image to look at: a sentence; empty where there is one."""
        project = self._context.session.project
        if project is None or self.path is not None:
            return ""
        if self._record is None:
            return self.tr("The project has no images that are in use. Choose another image.")
        try:
            _folder = project.data_folder
        except InputError as error:
            return from_core(str(error))
        return ""

    @property
    def num_images(self) -> int:
        """How many images there are to walk through."""
        return len(self._records)

    @property
    def place(self) -> int:
        """Number of the chosen image among them, from 1; of the one before, where the chosen one is none of them."""
        return self._place + 1

    @property
    def is_listed(self) -> bool:
        """Whether the chosen image is one of those that are walked through."""
        return self._record is not None and self._record in self._records[self._place : self._place + 1]

    def begin_anew(self) -> None:
        """Take the images of another project, or none."""
        self._record, self._file, self._place = None, None, 0
        self._follow()

    def step(self, direction: int) -> None:
        """Choose the next (1) or the previous (-1) image; from one that is not listed back to where it was left."""
        if not self._records:
            return
        place = self._place + direction if self.is_listed else self._place
        self._choose(self._records[max(0, min(len(self._records) - 1, place))])

    def show_path(self, path: Path) -> None:
        """Choose an image by its file, or by its path as the project lists it."""
        record = self._record_of(path)
        if record is not None:
            self._choose(record)
        elif path != self._file:
            self._record, self._file = None, path
            self.changed.emit()

    def show_any_of(self, hashes: Collection[str]) -> bool:
        """Choose one of the images with these SHA-256 by chance, another one than now; return whether there is any."""
        found = [record for record in self._records if record.sha256 in hashes]
        others = [record for record in found if record is not self._record]
        if others:
            self._choose(random.choice(others))
        return bool(found)

    def _choose(self, record: ImageRecord) -> None:
        if record is self._record:
            return
        self._record, self._file = record, None
        if record in self._records:
            self._place = self._records.index(record)
        self.changed.emit()

    def _record_of(self, path: Path) -> ImageRecord | None:
        session = self._context.session
        if session.manifest is None or session.project is None:
            return None
        name = path.as_posix()
        if path.is_absolute():
            try:
                folder = session.project.data_folder
            except InputError:
                return None
            if not path.is_relative_to(folder):
                return None
            name = path.relative_to(folder).as_posix()
        return next((record for record in session.manifest.records if record.path == name), None)

    @Slot()
    def _follow(self) -> None:
        """Take the images as they are now; the chosen one stays chosen where it is still there."""
        manifest = self._context.session.manifest
        used = () if manifest is None else manifest.used(Split.VAL)
        if manifest is not None and not used:
            used = tuple(record for record in manifest.records if not record.excluded)
        self._records = used
        if self._file is None:
            before = self._record.path if self._record is not None else ""
            all_records = () if manifest is None else manifest.records
            kept = next((record for record in all_records if record.path == before), None)
            self._record = kept or (used[min(self._place, len(used) - 1)] if used else None)
            if self._record in used:
                self._place = used.index(self._record)
        self.changed.emit()
