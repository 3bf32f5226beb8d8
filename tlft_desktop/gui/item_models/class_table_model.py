"""The classes of a project with the number of images in each split."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt

from tlft_desktop.core.values.manifest import ImageRecord, Manifest, Split
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.item_models.table_model import ColumnSpec, RowTableModel

SPLIT_SHARES_ROLE = int(Qt.ItemDataRole.UserRole) + 11
"""Images of the three splits as fractions of the largest class: drawn as a bar."""
EXAMPLES_ROLE = SPLIT_SHARES_ROLE + 1
"""The first images of a class that are used: drawn as small pictures."""
NUM_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class with its counts.

    Attributes:
        name: As the user wrote it.
        train, val, test: Images that are used.
        excluded: Images that are left out.
        largest: Images in the largest class of the project.
        examples: The first images that are used.
    """

    name: str
    train: int
    val: int
    test: int
    excluded: int
    largest: int
    examples: tuple[ImageRecord, ...] = ()

    @property
    def used(self) -> int:
        """Images that are used."""
        return self.train + self.val + self.test

    @property
    def shares(self) -> tuple[float, float, float]:
        """Lengths of the bar's parts: train, val, test."""
        whole = max(1, self.largest)
        return self.train / whole, self.val / whole, self.test / whole


def count_classes(manifest: Manifest) -> tuple[ClassRow, ...]:
    """Return a row for each class, in the order of the network's outputs."""
    used: Counter[tuple[str, Split]] = Counter()
    excluded: Counter[str] = Counter()
    examples: dict[str, list[ImageRecord]] = {name: [] for name in manifest.classes}
    for record in manifest.records:
        if record.excluded:
            excluded[record.label] += 1
        else:
            used[record.label, record.split] += 1
            if len(examples[record.label]) < NUM_EXAMPLES:
                examples[record.label].append(record)
    totals = {name: sum(used[name, split] for split in Split) for name in manifest.classes}
    largest = max(totals.values(), default=0)
    return tuple(
        ClassRow(
            name,
            used[name, Split.TRAIN],
            used[name, Split.VAL],
            used[name, Split.TEST],
            excluded[name],
            largest,
            tuple(examples[name]),
        )
        for name in manifest.classes
    )


class ClassTableModel(RowTableModel[ClassRow]):
    """Table of classes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), parent)
        self._columns = (
            ColumnSpec(self.tr("Class"), lambda row: row.name, lambda row: row.name.casefold()),
            self._counted(self.tr("Train"), "train", self.tr("Images the network learns from")),
            self._counted(self.tr("Validation"), "val", self.tr("Images that measure accuracy while training")),
            self._counted(self.tr("Test"), "test", self.tr("Images kept aside for the last measurement")),
            self._counted(
                self.tr("Excluded"), "excluded", self.tr("Images that are left out, such as unreadable files")
            ),
            ColumnSpec(
                self.tr("Images"),
                lambda row: fmt.count(row.used),
                lambda row: row.used,
                roles=((SPLIT_SHARES_ROLE, lambda row: row.shares),),
                tip=self._describe_counts,
            ),
            ColumnSpec(
                self.tr("Examples"),
                lambda _row: "",
                lambda row: row.name.casefold(),
                hint=self.tr("The first images of the class"),
                roles=((EXAMPLES_ROLE, lambda row: row.examples),),
            ),
        )

    def set_manifest(self, manifest: Manifest | None) -> None:
        """Show the classes of a project."""
        self.set_rows(count_classes(manifest) if manifest else ())

    def _describe_counts(self, row: ClassRow) -> str:
        text = self.tr("train {train}, validation {val}, test {test}, left out {excluded}")
        numbers = {name: fmt.count(getattr(row, name)) for name in ("train", "val", "test", "excluded")}
        return text.format(**numbers)

    @staticmethod
    def _counted(title: str, name: str, hint: str) -> ColumnSpec[ClassRow]:
        return ColumnSpec(
            title, lambda row: fmt.count(getattr(row, name)), lambda row: getattr(row, name), hint=hint, is_number=True
        )
