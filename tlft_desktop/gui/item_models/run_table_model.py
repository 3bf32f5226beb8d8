"""The runs of a project."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from tlft_desktop.core.values.run import FrozenProof, RunState, RunSummary
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.item_models.table_model import ColumnSpec, Index, RowTableModel

RUN_ROLE = int(Qt.ItemDataRole.UserRole) + 12
"""The summary itself."""


class RunColumn(IntEnum):
    """Columns of the table of runs."""

    NAME = 0
    STAR = 1
    STRATEGY = 2
    TRAINED = 3
    ACCURACY = 4
    TIME = 5
    MEMORY = 6
    EPOCH = 7
    PROOF = 8
    STATE = 9
    STARTED = 10
    NOTE = 11


_EDITABLE = (RunColumn.NAME, RunColumn.NOTE)


class RunTableModel(RowTableModel[RunSummary]):
    """Table of runs, newest last.

    Name and note are edited in place. What was typed is only announced: the table shows it when it is on disk.

    Signals:
        name_edited(run, text): The user typed a name for the run of this identifier.
        note_edited(run, text): The user typed a note.
        star_toggled(run): The user clicked the star.
    """

    name_edited = Signal(str, str)
    note_edited = Signal(str, str)
    star_toggled = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), parent)
        self._is_editable = False
        # Every cell knows its run: a view asks the cell under the pointer.
        self._columns = (*self._result_columns(), *self._cost_columns(), *self._history_columns())

    def set_editable(self) -> None:
        """Let the user change names, notes and stars."""
        self._is_editable = True

    def set_read_only(self) -> None:
        """Show what cannot be changed."""
        self._is_editable = False

    def row_of(self, run: str) -> int:
        """Return the row of a run; -1 where there is none."""
        return next((number for number, row in enumerate(self.rows) if row.run == run), -1)

    # Qt's interface

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == RUN_ROLE:
            return row
        if role == Qt.ItemDataRole.EditRole and index.column() in _EDITABLE:
            return row.note if index.column() == RunColumn.NOTE else name_of(row)
        if index.column() == RunColumn.STAR:
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if row.starred else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return self.tr("marked with a star") if row.starred else self.tr("no star")
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == RunColumn.NAME:
            return f"{name_of(row)}, {self.state_text(row)}"
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if self._is_editable and index.isValid():
            if index.column() in _EDITABLE:
                flags |= Qt.ItemFlag.ItemIsEditable
            if index.column() == RunColumn.STAR:
                flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or not self._is_editable or not 0 <= index.row() < len(self.rows):
            return False
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == RunColumn.STAR:
            self.star_toggled.emit(row.run)
            return True
        if role != Qt.ItemDataRole.EditRole or column not in _EDITABLE:
            return False
        text = str(value).strip()
        if text == self.data(index, Qt.ItemDataRole.EditRole):
            return False
        signal = self.name_edited if column == RunColumn.NAME else self.note_edited
        signal.emit(row.run, text)
        return True

    # Words

    def state_text(self, row: RunSummary) -> str:
        """Return the state in words."""
        return {
            RunState.RUNNING: self.tr("running"),
            RunState.COMPLETED: self.tr("completed"),
            RunState.STOPPED: self.tr("stopped, kept"),
            RunState.INTERRUPTED: self.tr("interrupted"),
            RunState.FAILED: self.tr("failed"),
            RunState.DAMAGED: self.tr("damaged"),
        }[row.state]

    def strategy_text(self, kind: str) -> str:
        """Return the name of a strategy in words."""
        return fmt.strategy_name(StrategyKind(kind)) if kind in set(StrategyKind) else kind or "—"

    def proof_text(self, proof: str) -> str:
        """Return the outcome of the freeze proof in words."""
        words = {
            FrozenProof.VERIFIED.value: self.tr("unchanged"),
            FrozenProof.VIOLATED.value: self.tr("CHANGED"),
            FrozenProof.NONE_FROZEN.value: self.tr("none"),
        }
        return words.get(proof, "—")

    # Inside

    def _result_columns(self) -> tuple[ColumnSpec[RunSummary], ...]:
        return (
            ColumnSpec(self.tr("Run"), name_of, lambda row: row.name.casefold()),
            ColumnSpec(
                "", lambda _row: "", lambda row: row.starred, hint=self.tr("Star: runs that you want to find again")
            ),
            ColumnSpec(self.tr("Strategy"), lambda row: self.strategy_text(row.strategy), lambda row: row.strategy),
            ColumnSpec(
                self.tr("Trained"),
                self._trained,
                lambda row: row.trainable_parameters,
                hint=self.tr("Largest share of the parameters that trained in one phase"),
                is_number=True,
            ),
            ColumnSpec(
                self.tr("Accuracy [95 %]"),
                lambda row: fmt.accuracy(row.val_accuracy, row.low, row.high),
                lambda row: -1.0 if row.val_accuracy is None else row.val_accuracy,
                hint=self.tr("Validation accuracy of the epoch that was kept, with its 95 % interval"),
                is_number=True,
            ),
        )

    def _cost_columns(self) -> tuple[ColumnSpec[RunSummary], ...]:
        return (
            ColumnSpec(
                self.tr("Time"),
                _or_dash(lambda row: row.total_seconds, fmt.duration),
                lambda row: row.total_seconds,
                hint=self.tr("Time in which the run was training, without pauses"),
                is_number=True,
            ),
            ColumnSpec(
                self.tr("Memory"),
                _or_dash(lambda row: row.peak_memory_bytes, fmt.num_bytes),
                lambda row: row.peak_memory_bytes,
                hint=self.tr("Most memory that the program held while it trained"),
                is_number=True,
            ),
            ColumnSpec(
                self.tr("Best epoch"),
                self._epochs,
                lambda row: row.kept_epoch,
                hint=self.tr(
                    "Epoch of the best validation result, of the epochs that were planned; a head that is solved "
                    "exactly has none, but steps"
                ),
                is_number=True,
                tip=self._epochs_tip,
            ),
            ColumnSpec(
                self.tr("Frozen"),
                lambda row: self.proof_text(row.frozen_proof),
                lambda row: row.frozen_proof,
                hint=self.tr("Whether the frozen layers are bit by bit what they were before training"),
            ),
        )

    def _history_columns(self) -> tuple[ColumnSpec[RunSummary], ...]:
        return (
            ColumnSpec(self.tr("State"), self.state_text, lambda row: row.state.value),
            ColumnSpec(self.tr("Started"), lambda row: fmt.date_time(row.started), lambda row: row.started),
            ColumnSpec(
                self.tr("Note"), lambda row: row.note or fmt.from_core(row.problem), lambda row: row.note.casefold()
            ),
        )

    @staticmethod
    def _trained(row: RunSummary) -> str:
        if not row.trainable_parameters:
            return "—"
        if not row.total_parameters:
            return fmt.short_count(row.trainable_parameters)
        share = row.trainable_parameters / row.total_parameters
        return fmt.percent(share, 0 if share == 1 else 1)

    def _epochs(self, row: RunSummary) -> str:
        if row.best_epoch is None:
            return "—"
        if row.is_solution_kept:
            return self.tr("solved")
        texts = {"best": fmt.count(row.kept_epoch), "planned": fmt.count(row.planned_epochs)}
        return self.tr("{best} of {planned}").format(**texts)

    def _epochs_tip(self, row: RunSummary) -> str:
        if row.best_epoch is None or not row.is_solution_kept:
            return self._epochs(row)
        return self.tr("The head was solved exactly; steps: {steps}.").format(steps=fmt.count(row.best_epoch))


def _or_dash(read: Callable[[RunSummary], float], words: Callable[[Any], str]) -> Callable[[RunSummary], str]:
    return lambda row: words(read(row)) if read(row) else "—"


def name_of(run: RunSummary) -> str:
    """Return what a run is called."""
    return run.name or run.run


def best_of(runs: Sequence[RunSummary]) -> RunSummary | None:
    """Return the run with the highest accuracy; of equal ones the quicker; None without a result."""
    judged = [run for run in runs if run.val_accuracy is not None]
    return max(judged, key=lambda run: (run.val_accuracy or 0.0, -run.total_seconds), default=None)
