"""The runs that were thrown away, to bring them back or to delete them for good."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QModelIndex, Signal, Slot
from PySide6.QtWidgets import QStackedLayout, QTableView, QVBoxLayout, QWidget

from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.item_models.run_table_model import RUN_ROLE, RunColumn, RunTableModel
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.layout import EmptyState, row
from tlft_desktop.gui.widgets.run_table import ROW_HEIGHT
from tlft_desktop.gui.widgets.tables import set_up_table
from tlft_desktop.gui.widgets.text import button, wrapped_label

_SHOWN = (RunColumn.NAME, RunColumn.STRATEGY, RunColumn.ACCURACY, RunColumn.TIME, RunColumn.STARTED, RunColumn.NOTE)


class TrashPanel(QWidget):
    """List of the trash with buttons that bring runs back and delete all of them.

    Signals:
        restore_requested(runs): The user wants these runs back; a list of identifiers.
        empty_requested(): The user wants the trash emptied; nothing was asked yet.
    """

    restore_requested = Signal(list)
    empty_requested = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = context.session
        self.model = RunTableModel(self)
        self.table = self._make_table()
        self.restore = button(self.tr("Brin&g back"), hint=self.tr("Bring the chosen runs back into the table"))
        context.icons.attach(self.restore, "restore")
        self.restore.clicked.connect(self._ask)
        self.empty = button(self.tr("Empt&y the trash…"), hint=self.tr("Delete all runs in the trash for good"))
        context.icons.attach(self.empty, "trash")
        self.empty.clicked.connect(self.empty_requested)
        note = self.tr("Thrown-away runs stay in the folder 'trash' of the project until you empty the trash.")
        head = row(self.restore, self.empty, wrapped_label(note, "muted"))
        head.setStretch(2, 1)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        self._stack = QStackedLayout(self)
        empty = self.tr("Runs that you throw away lie here until you bring them back.")
        self._stack.addWidget(EmptyState(self.tr("The trash is empty"), empty))
        self._stack.addWidget(content)
        self._enable()

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """Show what lies in the trash."""
        self.model.set_rows(runs)
        self._stack.setCurrentIndex(1 if runs else 0)
        self._enable()

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setAccessibleName(self.tr("Runs in the trash"))
        table.setModel(self.model)
        set_up_table(table, row_height=ROW_HEIGHT, sorts=False)
        table.setAlternatingRowColors(True)
        table.horizontalHeader().setStretchLastSection(True)
        for column in RunColumn:
            table.setColumnHidden(column, column not in _SHOWN)
        for column, width in zip(_SHOWN, (200, 104, 152, 96, 136), strict=False):
            table.setColumnWidth(column, width)
        table.selectionModel().selectionChanged.connect(self._take_selection)
        table.activated.connect(self._take_activated)
        return table

    def _chosen(self) -> list[str]:
        return [index.data(RUN_ROLE).run for index in self.table.selectionModel().selectedRows()]

    def _enable(self) -> None:
        self.restore.setEnabled(self._session.is_writable and bool(self._chosen()))
        self.empty.setEnabled(self._session.is_writable)

    @Slot(QItemSelection, QItemSelection)
    def _take_selection(self, _chosen: QItemSelection, _left: QItemSelection) -> None:
        self._enable()

    @Slot(QModelIndex)
    def _take_activated(self, _index: QModelIndex) -> None:
        self._ask()

    @Slot()
    def _ask(self) -> None:
        if self._session.is_writable and self._chosen():
            self.restore_requested.emit(self._chosen())
