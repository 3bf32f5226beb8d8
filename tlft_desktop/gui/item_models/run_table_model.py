"""The runs of a project."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from tlft_desktop.core.values.run import FrozenProof, RunState, RunSummary
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.item_models.table_model import ColumnSpec, RowTableModel

RUN_ROLE = int(Qt.ItemDataRole.UserRole) + 12
"""The summary itself."""
STAR_ROLE = int(Qt.ItemDataRole.UserRole) + 13


class RunTableModel(RowTableModel[RunSummary]):
    """Table of runs, newest last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), parent)
        self._columns = (*self._result_columns(), *self._cost_columns())

    def _result_columns(self) -> tuple[ColumnSpec[RunSummary], ...]:
        name_roles = ((RUN_ROLE, lambda row: row), (STAR_ROLE, lambda row: row.starred))
        return (
            ColumnSpec(
                self.tr("Run"), self._name, lambda row: (not row.starred, row.name.casefold()), roles=name_roles
            ),
            ColumnSpec(self.tr("Strategy"), lambda row: self.strategy_text(row.strategy), lambda row: row.strategy),
            ColumnSpec(self.tr("State"), self.state_text, lambda row: row.state.value),
            ColumnSpec(
                self.tr("Accuracy [95 %]"),
                lambda row: fmt.accuracy(row.val_accuracy, row.low, row.high),
                lambda row: -1.0 if row.val_accuracy is None else row.val_accuracy,
                hint=self.tr("Best validation accuracy with its 95 % interval"),
                is_number=True,
            ),
            ColumnSpec(
                self.tr("Best epoch"),
                lambda row: "—" if row.best_epoch is None else fmt.count(row.best_epoch),
                lambda row: row.best_epoch or 0,
                is_number=True,
            ),
        )

    def _cost_columns(self) -> tuple[ColumnSpec[RunSummary], ...]:
        return (
            ColumnSpec(self.tr("Epochs"), self._epochs, lambda row: row.epoch, is_number=True),
            ColumnSpec(
                self.tr("Time"),
                lambda row: fmt.duration(row.total_seconds),
                lambda row: row.total_seconds,
                is_number=True,
            ),
            ColumnSpec(
                self.tr("Parameters"),
                lambda row: fmt.short_count(row.trainable_parameters),
                lambda row: row.trainable_parameters,
                hint=self.tr("Most parameters that trained in one phase"),
                is_number=True,
            ),
            ColumnSpec(
                self.tr("Frozen layers"),
                lambda row: self.proof_text(row.frozen_proof),
                lambda row: row.frozen_proof,
                hint=self.tr("Whether the frozen layers are bit by bit what they were before training"),
            ),
            ColumnSpec(self.tr("Started"), lambda row: fmt.date_time(row.started), lambda row: row.started),
        )

    def state_text(self, row: RunSummary) -> str:
        """Return the state in words; a failed or damaged run says why."""
        words = {
            RunState.RUNNING: self.tr("running"),
            RunState.COMPLETED: self.tr("completed"),
            RunState.STOPPED: self.tr("stopped, kept"),
            RunState.INTERRUPTED: self.tr("interrupted"),
            RunState.FAILED: self.tr("failed"),
            RunState.DAMAGED: self.tr("damaged"),
        }
        text = words[row.state]
        return f"{text}: {row.problem}" if row.problem else text

    def strategy_text(self, kind: str) -> str:
        """Return the name of a strategy in words."""
        words = {
            "transfer": self.tr("Transfer"),
            "finetune": self.tr("Fine-tune"),
            "hybrid": self.tr("Hybrid"),
            "custom": self.tr("Custom"),
        }
        return words.get(kind, kind)

    def proof_text(self, proof: str) -> str:
        """Return the outcome of the freeze proof in words."""
        words = {
            FrozenProof.VERIFIED.value: self.tr("unchanged, verified"),
            FrozenProof.VIOLATED.value: self.tr("CHANGED"),
            FrozenProof.NONE_FROZEN.value: self.tr("none frozen"),
        }
        return words.get(proof, "—")

    @staticmethod
    def _name(row: RunSummary) -> str:
        return row.name or row.run

    @staticmethod
    def _epochs(row: RunSummary) -> str:
        return f"{row.epoch} / {row.num_epochs}" if row.num_epochs else fmt.count(row.epoch)
