"""What a trained network says about images, growing while it works."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QSortFilterProxyModel, Qt

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.engine import Answer
from tlft_desktop.gui.item_models.table_model import SORT_ROLE, Index
from tlft_desktop.gui.widgets.text import plain_tooltip

ANSWER_ROLE = int(Qt.ItemDataRole.UserRole) + 14
"""The answer itself."""
VERDICT_ROLE = int(Qt.ItemDataRole.UserRole) + 15
DEFAULT_THRESHOLD = 0.5
"""At one half the likeliest class is likelier than all others together."""
NUM_TOP = 3


class Verdict(StrEnum):
    """What an answer is worth."""

    SURE = "sure"
    UNSURE = "unsure"
    """The probability is below the threshold."""
    UNREAD = "unread"
    """The image could not be read."""


class AnswerColumn(IntEnum):
    """Columns of the table of answers."""

    IMAGE = 0
    ANSWER = 1
    TOP = 2


class AnswerTableModel(QAbstractTableModel):
    """Table of answers, in the order of the images."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answers: list[Answer] = []
        self._threshold = DEFAULT_THRESHOLD

    @property
    def answers(self) -> tuple[Answer, ...]:
        """All answers so far."""
        return tuple(self._answers)

    @property
    def threshold(self) -> float:
        """Probability below which an answer is `not sure`."""
        return self._threshold

    def set_threshold(self, threshold: float) -> None:
        """Judge all answers by another threshold."""
        if threshold != self._threshold:
            self._threshold = threshold
            if self._answers:
                last = self.index(len(self._answers) - 1, len(AnswerColumn) - 1)
                self.dataChanged.emit(self.index(0, 0), last)

    def clear(self) -> None:
        """Forget all answers."""
        self.beginResetModel()
        self._answers = []
        self.endResetModel()

    def append(self, answers: Sequence[Answer]) -> None:
        """Add answers at the end."""
        if answers:
            first = len(self._answers)
            self.beginInsertRows(QModelIndex(), first, first + len(answers) - 1)
            self._answers += answers
            self.endInsertRows()

    def verdict_of(self, answer: Answer) -> Verdict:
        """Return what an answer is worth."""
        if not answer.top:
            return Verdict.UNREAD
        return Verdict.SURE if answer.probability >= self._threshold else Verdict.UNSURE

    def counts(self) -> dict[Verdict, int]:
        """Return how many answers there are of each kind."""
        counts = dict.fromkeys(Verdict, 0)
        for answer in self._answers:
            counts[self.verdict_of(answer)] += 1
        return counts

    # Qt's interface

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._answers)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(AnswerColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._answers):
            return None
        answer, column = self._answers[index.row()], AnswerColumn(index.column())
        if role == ANSWER_ROLE:
            return answer
        if role == VERDICT_ROLE:
            return self.verdict_of(answer)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(answer, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._hint(answer, column))
        if role == Qt.ItemDataRole.AccessibleTextRole and self._says_sure(answer, column):
            return self._sure_text(answer)
        if role == SORT_ROLE:
            return self._key(answer, column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(AnswerColumn):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Image"), self.tr("Answer"), self.tr("Likeliest classes"))[section]
        if role == Qt.ItemDataRole.ToolTipRole and section == AnswerColumn.TOP:
            return self.tr("Sorted by the probability of the likeliest class")
        return None

    # Inside

    def _text(self, answer: Answer, column: AnswerColumn) -> str:
        if column is AnswerColumn.IMAGE:
            return Path(answer.path).name
        if column is AnswerColumn.ANSWER:
            return {
                Verdict.SURE: answer.class_name,
                Verdict.UNSURE: self.tr("not sure"),
                Verdict.UNREAD: self.tr("not read: {why}").format(why=fmt.from_core(answer.error)),
            }[self.verdict_of(answer)]
        return ", ".join(f"{name} {fmt.percent(probability)}" for name, probability in answer.top[:NUM_TOP])

    def _says_sure(self, answer: Answer, column: AnswerColumn) -> bool:
        return column is AnswerColumn.ANSWER and self.verdict_of(answer) is Verdict.SURE

    def _sure_text(self, answer: Answer) -> str:
        share = fmt.percent(answer.probability, 0)
        return self.tr("{answer}, {share} sure").format(answer=answer.class_name, share=share)

    def _hint(self, answer: Answer, column: AnswerColumn) -> str:
        if column is AnswerColumn.IMAGE:
            return answer.path
        if not self._says_sure(answer, column):
            return self._text(answer, column)
        warning = self.tr(
            "The network is sure. That does not mean that it is right: it can be sure and wrong, above all about an "
            "image unlike those of the training."
        )
        return f"{self._sure_text(answer)}\n{warning}"

    def _key(self, answer: Answer, column: AnswerColumn) -> Any:
        if column is AnswerColumn.IMAGE:
            return answer.path.casefold()
        if column is AnswerColumn.ANSWER:
            return self._text(answer, column).casefold()
        return answer.probability


class VerdictFilter(QSortFilterProxyModel):
    """Shows all answers, or those of one kind."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: Verdict | None = None
        self.setSortRole(SORT_ROLE)

    def show_only(self, wanted: Verdict | None) -> None:
        """Show answers of one kind; None shows all."""
        self._wanted = wanted
        # `invalidateFilter` is deprecated in newer versions of Qt, its successor is missing in older ones.
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        if self._wanted is None:
            return True
        return bool(self.sourceModel().index(row, 0, parent).data(VERDICT_ROLE) == self._wanted)
