"""Edits of the images: an overlay that is written as they happen and undone by writing the opposite."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, StorageError
from tlft_desktop.core.project.ulid import new_ulid
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, Split

EDITS_FILE = "edits.jsonl"


class EditField(StrEnum):
    """What of an image is changed."""

    LABEL = "label"
    EXCLUDED = "excluded"
    """The reason why the image is left out; empty takes it in again."""
    SPLIT = "split"
    CONFIRMED = "confirmed"
    """The class that somebody found right although a network doubts it; empty takes that back. Changes no image."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of one image.

    Attributes:
        image: Path below the data folder, as in the manifest.
        field: What changes.
        old, new: The value before and after.
    """

    image: str
    field: EditField
    old: str
    new: str

    def __post_init__(self) -> None:
        if self.field is EditField.LABEL and not self.new:
            raise InputError(f"The image '{self.image}' needs a class.")
        if self.field is EditField.SPLIT and self.new not in set(Split):
            raise InputError(f"'{self.new}' is none of the splits {', '.join(Split)}.")

    @property
    def inverse(self) -> Edit:
        """The edit that undoes this one."""
        return Edit(image=self.image, field=self.field, old=self.new, new=self.old)

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return {"image": self.image, "field": self.field.value, "old": self.old, "new": self.new}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Edit:
        """Read what `to_json` wrote.

        Raises:
            InputError: If the data is not an edit.
        """
        try:
            values = {key: data[key] for key in ("image", "old", "new")}
            if not all(isinstance(value, str) for value in values.values()):
                raise ValueError("image, old and new are texts")
            return cls(field=EditField(data["field"]), **values)
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(f"An edit cannot be read: {error}.") from error


class EditLog:
    """The edits of a project, oldest first; one line holds what was changed at once."""

    def __init__(self, root: Path) -> None:
        self.path = root / EDITS_FILE

    def read(self) -> tuple[Edit, ...]:
        """Return all edits up to the first line that is damaged or is no edit; see `damage`.

        Raises:
            DamagedError: If the file cannot be read at all.
        """
        return self._scan()[0]

    def damage(self) -> str:
        """Return in words what cannot be read of the file; empty for nothing. A line that a kill tore is no damage.

        Raises:
            DamagedError: If the file cannot be read at all.
        """
        edits, _, is_damaged = self._scan()
        if not is_damaged:
            return ""
        return (
            f"The list of changed images '{self.path}' is damaged: the first {len(edits)} changes hold, what was "
            "changed after them is not applied. The damaged file is kept when you change the next image."
        )

    def append(self, edits: Iterable[Edit]) -> None:
        """Write edits so that they survive a power cut; a kill leaves all of them or none.

        Raises:
            StorageError: If they cannot be written; then none of them is.
        """
        together = tuple(edits)
        if not together:
            return
        _, offset, is_damaged = self._scan()
        if is_damaged:
            # Behind a damaged line good ones may follow: the log goes on before it, the whole file stays beside it.
            fsio.copy_file(self.path, self.path.with_name(f"edits.damaged-{new_ulid()}.jsonl"))
        try:
            with fsio.AppendLog(self.path, truncate_to=offset) as log:
                log.append(_record(together))
                log.sync()
        except StorageError:
            # A change that was refused must not come up at the next start.
            with contextlib.suppress(StorageError):
                fsio.AppendLog(self.path, truncate_to=offset).close()
            raise

    def undo(self, edits: Iterable[Edit]) -> None:
        """Write the opposite of `edits`, the last one first.

        Raises:
            StorageError: If it cannot be written.
        """
        self.append(edit.inverse for edit in reversed(tuple(edits)))

    def _scan(self) -> tuple[tuple[Edit, ...], int, bool]:
        """Return the edits, the offset behind the last one, and whether what follows is more than a torn line."""
        try:
            records, offset = fsio.read_log(self.path)
        except FileNotFoundError:
            return (), 0, False
        edits: list[Edit] = []
        for num_lines, record in enumerate(records):
            try:
                edits += _edits_of(record)
            except InputError:
                # A whole line that is no edit, such as one of another program: nothing behind it is trusted either.
                with fsio.open_regular(self.path) as file:
                    offset = sum(len(file.readline()) for _ in range(num_lines))
                break
        with fsio.open_regular(self.path) as file:
            file.seek(offset)
            return tuple(edits), offset, b"\n" in file.read()


def _record(edits: tuple[Edit, ...]) -> dict[str, Any]:
    """Return one line: an edit of one image as it always was, several of them in a list."""
    return edits[0].to_json() if len(edits) == 1 else {"edits": [edit.to_json() for edit in edits]}


def _edits_of(record: Mapping[str, Any]) -> list[Edit]:
    together = record.get("edits", [record])
    if not isinstance(together, list):
        raise InputError("An edit cannot be read: 'edits' is no list.")
    return [Edit.from_json(item) for item in together]


def apply_edits(manifest: Manifest, edits: Iterable[Edit]) -> Manifest:
    """Return the manifest with `edits` applied in order; edits of images that it does not have are passed over.

    Applying the same edits again changes nothing. A class that loses its last image disappears; a new one is put
    in by name.
    """
    changes: dict[str, dict[str, str]] = {}
    for edit in edits:
        if edit.field is not EditField.CONFIRMED:
            changes.setdefault(edit.image, {})[edit.field.value] = edit.new
    if not changes:
        return manifest
    records = tuple(
        _apply(record, changes[record.path]) if record.path in changes else record for record in manifest.records
    )
    return Manifest(records=records, classes=_classes(manifest, records), scaling=manifest.scaling)


def confirmed_labels(edits: Iterable[Edit]) -> dict[str, str]:
    """Return the class that was confirmed last for each image; it says nothing about a class that came after it."""
    found: dict[str, str] = {}
    for edit in edits:
        if edit.field is EditField.CONFIRMED:
            found[edit.image] = edit.new
    return {image: label for image, label in found.items() if label}


def _apply(record: ImageRecord, change: Mapping[str, str]) -> ImageRecord:
    return replace(
        record,
        label=change.get(EditField.LABEL, record.label),
        excluded=change.get(EditField.EXCLUDED, record.excluded),
        split=Split(change.get(EditField.SPLIT, record.split)),
    )


def _classes(manifest: Manifest, records: tuple[ImageRecord, ...]) -> tuple[str, ...]:
    labels = {record.label for record in records}
    lost = {record.label for record in manifest.records} - labels
    kept = [name for name in manifest.classes if name not in lost]
    new = sorted(labels - set(kept))
    in_order = list(manifest.classes) == sorted(manifest.classes)
    return tuple(sorted(kept + new) if in_order else kept + new)
