"""The runs of the project: compare, resume, name, star, throw away."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QModelIndex, QSortFilterProxyModel, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QInputDialog,
    QPushButton,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.run_desk import RunDesk
from tlft_desktop.gui.desks.training_desk import TrainingDesk
from tlft_desktop.gui.icons import Tint
from tlft_desktop.gui.item_models.run_table_model import RUN_ROLE, STAR_ROLE, RunTableModel
from tlft_desktop.gui.item_models.table_model import SORT_ROLE
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.layout import EmptyState, row
from tlft_desktop.gui.widgets.text import button, wrapped_label

_WIDTHS = (112, 80, 104, 148, 96, 76, 66, 104, 146)


class StarDelegate(QStyledItemDelegate):
    """Draws a star in front of the name of a marked run."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = context.icons

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        super().initStyleOption(option, index)
        if index.data(STAR_ROLE):
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.icon = self._icons.icon("star-filled", Tint.WARNING)


class ComparePage(QWidget):
    """Table of runs with what can be done to the chosen one."""

    def __init__(
        self, context: AppContext, runs: RunDesk, training: TrainingDesk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._runs, self._training = context, runs, training
        self.model = RunTableModel(self)
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(self.model)
        self._proxy.setSortRole(SORT_ROLE)
        self.table = self._make_table()
        self._buttons = self._make_buttons()
        self._note = wrapped_label("", "muted")
        self._stack = QStackedLayout()
        self._stack.addWidget(
            EmptyState(
                self.tr("No runs yet"),
                self.tr(
                    "Each training is kept here with its accuracy, its time and the proof that frozen layers did not "
                    "change. Press Start training; then try another strategy and compare."
                ),
            )
        )
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        line = row(*self._buttons.values())
        line.addStretch(1)
        layout.addLayout(line)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._note)
        self._stack.addWidget(content)
        self.setLayout(self._stack)
        context.session.run_changed.connect(self.show_runs)
        context.controller.state_changed.connect(self._enable)
        self.show_runs()

    @property
    def chosen(self) -> RunSummary | None:
        """The run whose row is selected."""
        rows = self.table.selectionModel().selectedRows()
        run = rows[0].data(RUN_ROLE) if rows else None
        return run if isinstance(run, RunSummary) else None

    @Slot()
    def show_runs(self) -> None:
        """Show the runs of the open project; the selection stays with its run."""
        chosen = self.chosen
        runs, before = self._context.session.runs, self.model.rows
        self.model.set_rows(runs)
        self._stack.setCurrentIndex(1 if runs else 0)
        is_new = len(runs) > len(before)
        wanted = chosen.run if chosen and not is_new else runs[-1].run if runs else ""
        for number, run in enumerate(self.model.rows):
            if run.run == wanted:
                self.table.selectRow(self._proxy.mapFromSource(self.model.index(number, 0)).row())
        self._enable()

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setAccessibleName(self.tr("Runs of this project"))
        table.setModel(self._proxy)
        table.setSortingEnabled(True)
        table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setTabKeyNavigation(False)
        table.setItemDelegateForColumn(0, StarDelegate(self._context, table))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(32)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, width)
        table.selectionModel().selectionChanged.connect(self._take_selection)
        return table

    def _make_buttons(self) -> dict[str, QPushButton]:
        specs = (
            ("resume", self.tr("&Resume"), "resume", self._resume, self.tr("Go on from the last checkpoint")),
            ("rename", self.tr("Re&name…"), "rename", self._rename, self.tr("Give the run a name")),
            ("star", self.tr("S&tar"), "star", self._star, self.tr("Mark the run, or take the mark away")),
            ("trash", self.tr("&Move to trash"), "trash", self._trash, self.tr("It can be brought back")),
        )
        buttons = {}
        for key, text, icon, slot, hint in specs:
            press = button(text, hint=hint)
            self._context.icons.attach(press, icon)
            press.clicked.connect(slot)
            buttons[key] = press
        return buttons

    @Slot(QItemSelection, QItemSelection)
    def _take_selection(self, _chosen: QItemSelection, _left: QItemSelection) -> None:
        self._enable()

    @Slot()
    def _enable(self) -> None:
        run, writable = self.chosen, self._context.session.is_writable
        is_live = run is not None and self._context.controller.is_active and run.run == self._training.live.run
        for key in ("rename", "star", "trash"):
            self._buttons[key].setEnabled(run is not None and writable and not (is_live and key == "trash"))
        can_resume = run is not None and run.resumable and writable and not self._context.controller.is_active
        self._buttons["resume"].setEnabled(can_resume)
        self._note.setText(run.problem if run is not None else "")
        self._note.setVisible(bool(self._note.text()))

    @Slot()
    def _resume(self) -> None:
        if self.chosen:
            self._training.resume(self.chosen.run)

    @Slot()
    def _rename(self) -> None:
        run = self.chosen
        if run is None:
            return
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Rename the run"))
        dialog.setLabelText(self.tr("Name of the run:"))
        dialog.setTextValue(run.name)
        dialog.setProperty("run", run.run)
        dialog.textValueSelected.connect(self._take_name)
        dialog.open()

    @Slot(str)
    def _take_name(self, name: str) -> None:
        dialog = self.sender()
        if dialog is not None:
            self._runs.rename(dialog.property("run"), name.strip())

    @Slot()
    def _star(self) -> None:
        if self.chosen:
            self._runs.toggle_star(self.chosen)

    @Slot()
    def _trash(self) -> None:
        if self.chosen:
            self._runs.move_to_trash(self.chosen)
