"""A confusion matrix: rows true classes, columns answers; and the pairs of classes that are confused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.item_models.table_model import ColumnSpec, Index, RowTableModel
from tlft_desktop.gui.widgets.text import plain_tooltip

if TYPE_CHECKING:
    from tlft_desktop.gui.lazy_mistakes import RunImages

SHARE_ROLE = int(Qt.ItemDataRole.UserRole) + 31
"""Share of the images of the true class, in [0, 1]."""
IS_RIGHT_ROLE = SHARE_ROLE + 1
"""Whether the cell holds right answers."""
CELL_ROLE = SHARE_ROLE + 2
"""True class and answer, by the numbers of the classes."""
_NO_PARENT = QModelIndex()


class ConfusionModel(QAbstractTableModel):
    """Shows the classes that have images or were answered; a cell is counted when it is asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images: RunImages | None = None
        self._classes: list[int] = []

    def show_images(self, images: RunImages | None) -> None:
        """Show the answers of a run, or nothing; where the classes stay, the current cell stays too."""
        classes = images.shown_classes if images is not None else []
        names = images.classes if images is not None else ()
        if classes and classes == self._classes and self._images is not None and names == self._images.classes:
            self._images = images
            self.dataChanged.emit(self.index(0, 0), self.index(len(classes) - 1, len(classes) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(classes) - 1)
            return
        self.beginResetModel()
        self._images, self._classes = images, classes
        self.endResetModel()

    def index_of(self, truth: int, answer: int) -> QModelIndex:
        """Return the cell of two classes; an invalid index where they are not shown."""
        if truth not in self._classes or answer not in self._classes:
            return QModelIndex()
        return self.index(self._classes.index(truth), self._classes.index(answer))

    def describe(self, index: Index) -> str:
        """Return a cell in words; empty for none."""
        if self._images is None or not index.isValid():
            return ""
        images, (truth, answer) = self._images, self._cell(index)
        if truth == answer:
            text = self.tr("{count} of {images} of {label} were answered rightly ({share})")
        else:
            text = self.tr("{count} of {images} of {label} were taken for {answer} ({share})")
        return text.format(
            count=fmt.count(images.count(truth, answer)),
            images=fmt.num_images(images.support(truth)),
            label=images.classes[truth],
            answer=images.classes[answer],
            share=fmt.percent(images.share(truth, answer)),
        )

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._classes)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._classes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._images is None or not index.isValid():
            return None
        truth, answer = self._cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            count = self._images.count(truth, answer)
            return fmt.count(count) if count else ""
        if role == SHARE_ROLE:
            return self._images.share(truth, answer)
        if role == IS_RIGHT_ROLE:
            return truth == answer
        if role == CELL_ROLE:
            return truth, answer
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.describe(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self.describe(index))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._images is None or not 0 <= section < len(self._classes):
            return None
        number = self._classes[section]
        name = self._images.classes[number]
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.ToolTipRole:
            if orientation == Qt.Orientation.Horizontal:
                return plain_tooltip(self.tr("answered: {name}").format(name=name))
            words = self.tr("true class: {name}, {images}")
            return plain_tooltip(words.format(name=name, images=fmt.num_images(self._images.support(number))))
        return None

    def _cell(self, index: Index) -> tuple[int, int]:
        return self._classes[index.row()], self._classes[index.column()]


@dataclass(frozen=True, slots=True)
class ConfusedPair:
    """Two classes.

    Attributes:
        truth, answer: Their numbers.
        label, taken_for: Their names.
        count: Images of the first that were taken for the second.
        share: Of the images of the first.
    """

    truth: int
    answer: int
    label: str
    taken_for: str
    count: int
    share: float


class PairTableModel(RowTableModel[ConfusedPair]):
    """The pairs of classes that are confused, the most frequent first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), parent)
        self._columns = (
            ColumnSpec(self.tr("True class"), lambda row: row.label, lambda row: row.label.casefold()),
            ColumnSpec(self.tr("Answer"), lambda row: row.taken_for, lambda row: row.taken_for.casefold()),
            ColumnSpec(
                self.tr("Images"),
                lambda row: fmt.count(row.count),
                lambda row: row.count,
                hint=self.tr("Images of the class that were taken for the other one"),
                is_number=True,
            ),
            ColumnSpec(
                self.tr("Share"),
                lambda row: fmt.percent(row.share),
                lambda row: row.share,
                hint=self.tr("Share of the images of the true class"),
                is_number=True,
            ),
        )

    def show_images(self, images: RunImages | None) -> None:
        """Show the pairs of a run, or none."""
        if images is None:
            self.set_rows(())
            return
        self.set_rows(
            tuple(
                ConfusedPair(
                    truth, answer, images.classes[truth], images.classes[answer], count, images.share(truth, answer)
                )
                for truth, answer, count in images.pairs()
            )
        )
