"""The images of a project as a list for the grid; pictures are the delegate's affair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from tlft_desktop.core.values.manifest import ImageRecord, Split
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.item_models.image_filter import ImageFilter
from tlft_desktop.gui.item_models.table_model import Index
from tlft_desktop.gui.widgets.text import plain_tooltip

RECORD_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_NO_PARENT = QModelIndex()


def split_name(split: Split) -> str:
    """Return a split in the user's language."""
    names = {Split.TRAIN: fmt.tr("train"), Split.VAL: fmt.tr("validation"), Split.TEST: fmt.tr("test")}
    return names[split]


def short_split_name(split: Split) -> str:
    """Return a split in few letters, where its name has no room."""
    names = {Split.TRAIN: fmt.tr("train"), Split.VAL: fmt.tr("val."), Split.TEST: fmt.tr("test")}
    return names[split]


def describe_image(record: ImageRecord) -> str:
    """Return an image in words: name, class, split or the reason why it is left out."""
    name = record.path.rpartition("/")[2]
    if record.excluded:
        return fmt.tr("{name}, class {label}, left out: {why}").format(
            name=name, label=record.label, why=fmt.from_core(record.excluded)
        )
    return fmt.tr("{name}, class {label}, {split}").format(
        name=name, label=record.label, split=split_name(record.split)
    )


class ImageGridModel(QAbstractListModel):
    """Shows the images that pass a filter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[ImageRecord, ...] = ()
        self._filter = ImageFilter()
        self._shown: tuple[ImageRecord, ...] = ()

    @property
    def filter(self) -> ImageFilter:
        """What is shown."""
        return self._filter

    @property
    def shown(self) -> tuple[ImageRecord, ...]:
        """The images that pass the filter, in their order."""
        return self._shown

    @property
    def num_all(self) -> int:
        """Number of images without a filter."""
        return len(self._all)

    def set_records(self, records: Sequence[ImageRecord]) -> None:
        """Take the images of a project; where the same ones are shown as before, places in the view stay."""
        self._all = tuple(records)
        self._show()

    def set_filter(self, wanted: ImageFilter) -> None:
        """Show other images."""
        if wanted != self._filter:
            self._filter = wanted
            self._show()

    def record(self, row: int) -> ImageRecord:
        """Return the image of a row."""
        return self._shown[row]

    def rows_of(self, paths: frozenset[str]) -> list[int]:
        """Return the rows of images that are shown."""
        return [row for row, record in enumerate(self._shown) if record.path in paths]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._shown):
            return None
        record = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return record.path.rpartition("/")[2]
        if role == RECORD_ROLE:
            return record
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return describe_image(record)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{describe_image(record)}\n{record.path}")
        return None

    def _show(self) -> None:
        shown = self._filter.apply(self._all)
        if [record.path for record in shown] == [record.path for record in self._shown]:
            # By identity: an edit makes new records of the images that it changes, and of no others.
            changed = [row for row, (old, new) in enumerate(zip(self._shown, shown, strict=True)) if old is not new]
            self._shown = shown
            if changed:
                self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
            return
        self.beginResetModel()
        self._shown = shown
        self.endResetModel()
