"""The queue of runs as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.item_models.table_model import Index
from tlft_desktop.gui.training_memory import QueuedRun
from tlft_desktop.gui.training_options import differences_in_words
from tlft_desktop.gui.widgets.text import plain_tooltip

_ROOT = QModelIndex()


class QueueModel(QAbstractListModel):
    """Shows waiting runs, the next one first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[QueuedRun, ...] = ()

    def show_runs(self, runs: Sequence[QueuedRun]) -> None:
        """Show other runs."""
        self.beginResetModel()
        self._runs = tuple(runs)
        self.endResetModel()

    def run_at(self, row: int) -> QueuedRun:
        """Return the run of a row."""
        return self._runs[row]

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._runs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._runs):
            return None
        run = self._runs[index.row()]
        text = f"{index.row() + 1}. {fmt.strategy_name(run.kind)}: {differences_in_words(run.settings)}"
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return text
        return plain_tooltip(text) if role == Qt.ItemDataRole.ToolTipRole else None
