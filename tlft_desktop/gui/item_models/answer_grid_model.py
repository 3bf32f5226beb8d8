"""Images with what runs answered for them, as a list for the grid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from tlft_desktop.core.values.manifest import ImageRecord
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.image_looks import ShownAnswer, ShownImage
from tlft_desktop.gui.item_models.image_grid_model import RECORD_ROLE
from tlft_desktop.gui.item_models.table_model import Index
from tlft_desktop.gui.widgets.text import plain_tooltip

SHOWN_ROLE = RECORD_ROLE + 20
"""The `ShownImage` of a row."""
_NO_PARENT = QModelIndex()


def describe_answer(answer: ShownAnswer) -> str:
    """Return an answer in words, such as `dog, 81.0 %`."""
    return f"{answer.name}, {fmt.percent(answer.probability)}" if answer.name else fmt.tr("no number as answer")


def describe_shown(image: ShownImage) -> str:
    """Return an image in words: class, answers, and what changed since."""
    parts = [fmt.tr("true class {label}").format(label=image.label)]
    for answer in image.answers:
        words = fmt.tr("right: {answer}") if answer.is_right else fmt.tr("wrong: {answer}")
        parts.append(words.format(answer=describe_answer(answer)))
    return "; ".join([*parts, image.since] if image.since else parts)


class AnswerGridModel(QAbstractListModel):
    """Shows rows of a table of answers.

    What stands in a row is asked for when it is painted: of 100,000 rows that are the few in sight.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[int, ...] = ()
        self._record_of: Callable[[int], ImageRecord | None] = lambda _row: None
        self._image_of: Callable[[int], ShownImage] = lambda _row: ShownImage("", ())

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows of the table of answers, in their order here."""
        return self._rows

    def show_rows(
        self,
        rows: Sequence[int],
        record_of: Callable[[int], ImageRecord | None],
        image_of: Callable[[int], ShownImage],
    ) -> None:
        """Show rows of a table.

        Args:
            rows: Their numbers in the table; each has an image in the project.
            record_of: Returns the image of a row.
            image_of: Returns what is known of it.
        """
        new = tuple(rows)
        if new == self._rows:
            self._record_of, self._image_of = record_of, image_of
            if new:
                self.dataChanged.emit(self.index(0), self.index(len(new) - 1))
            return
        self.beginResetModel()
        self._rows, self._record_of, self._image_of = new, record_of, image_of
        self.endResetModel()

    def record(self, row: int) -> ImageRecord:
        """Return the image of a row of the grid."""
        found = self._record_of(self._rows[row])
        if found is None:
            raise LookupError(f"row {row} has no image")
        return found

    def rows_of(self, paths: frozenset[str]) -> list[int]:
        """Return the rows of images that are shown."""
        return [row for row in range(len(self._rows)) if self.record(row).path in paths] if paths - {""} else []

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        if role == RECORD_ROLE:
            return self.record(index.row())
        if role == SHOWN_ROLE:
            return self._image_of(self._rows[index.row()])
        if role == Qt.ItemDataRole.DisplayRole:
            return self.record(index.row()).path.rpartition("/")[2]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            name = self.record(index.row()).path.rpartition("/")[2]
            return f"{name}; {describe_shown(self._image_of(self._rows[index.row()]))}"
        if role == Qt.ItemDataRole.ToolTipRole:
            words = describe_shown(self._image_of(self._rows[index.row()])).replace("; ", "\n")
            return plain_tooltip(f"{words}\n{self.record(index.row()).path}")
        return None
