"""The images of the project: classes, splits, problems."""

from __future__ import annotations

from PySide6.QtCore import QSortFilterProxyModel, Qt, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QListView, QTableView, QVBoxLayout, QWidget

from tlft_desktop.core.values.manifest import Split
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.icons import Tint
from tlft_desktop.gui.item_models.class_table_model import SPLIT_SHARES_ROLE, ClassTableModel
from tlft_desktop.gui.item_models.table_model import SORT_ROLE
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.bars import BarDelegate
from tlft_desktop.gui.widgets.layout import Card, row
from tlft_desktop.gui.widgets.text import plain_label, wrapped_label

MAX_NAMED_PATHS = 5
_BAR_COLUMN = 5
_WIDTHS = (136, 60, 88, 56, 78)
_QUIET_KINDS = frozenset({"note", "scaling"})


class DataPage(QWidget):
    """Shows the manifest; edits come with the next version of this page."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._model = ClassTableModel(self)
        self._figures = {key: plain_label("", "figure") for key in ("classes", "train", "val", "test", "excluded")}
        self._source = wrapped_label("", "muted")
        self._problems = QStandardItemModel(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        outer.setSpacing(2 * GRID)
        outer.addWidget(self._overview())
        lower = row(self._class_card(), self._problem_card(), spacing=2 * GRID)
        lower.setStretch(0, 3)
        lower.setStretch(1, 2)
        outer.addLayout(lower, 1)
        context.session.project_changed.connect(self.show_project)
        context.theme.changed.connect(self._show_problems)
        self.show_project()

    @property
    def class_model(self) -> ClassTableModel:
        """The table of classes."""
        return self._model

    @Slot()
    def show_project(self) -> None:
        """Show the images of the open project."""
        manifest, project = self._context.session.manifest, self._context.session.project
        self._model.set_manifest(manifest)
        self._show_problems()
        if manifest is None or project is None:
            return
        counts = {split: len(manifest.used(split)) for split in Split}
        excluded = sum(bool(record.excluded) for record in manifest.records)
        values = {
            "classes": len(manifest.classes),
            "train": counts[Split.TRAIN],
            "val": counts[Split.VAL],
            "test": counts[Split.TEST],
            "excluded": excluded,
        }
        for key, value in values.items():
            self._figures[key].setText(fmt.count(value))
        text = self.tr("Images from {source}, shown to the network at {size} x {size} pixels; originals never change.")
        self._source.setText(text.format(source=project.config.data_source, size=project.config.image_size))

    def _overview(self) -> Card:
        card = Card()
        titles = {
            "classes": self.tr("classes"),
            "train": self.tr("images to train on"),
            "val": self.tr("for validation"),
            "test": self.tr("for the last test"),
            "excluded": self.tr("left out"),
        }
        line = row(spacing=5 * GRID)
        for key, title in titles.items():
            block = QVBoxLayout()
            block.setSpacing(0)
            self._figures[key].setAccessibleName(title)
            block.addWidget(self._figures[key])
            block.addWidget(plain_label(title, "muted"))
            line.addLayout(block)
        line.addStretch(1)
        card.body.addLayout(line)
        card.body.addWidget(self._source)
        return card

    def _class_card(self) -> Card:
        card = Card(self.tr("Classes"))
        proxy = QSortFilterProxyModel(self)
        proxy.setSourceModel(self._model)
        proxy.setSortRole(SORT_ROLE)
        table = QTableView()
        table.setAccessibleName(self.tr("Classes with their number of images"))
        table.setModel(proxy)
        table.setSortingEnabled(True)
        table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(30)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(_BAR_COLUMN, QHeaderView.ResizeMode.Stretch)
        for section, width in enumerate(_WIDTHS):
            header.resizeSection(section, width)
        header.setHighlightSections(False)
        bars = BarDelegate(self._context.theme, SPLIT_SHARES_ROLE, tints=("train", "val", "test"), parent=table)
        table.setItemDelegateForColumn(_BAR_COLUMN, bars)
        card.body.addWidget(table, 1)
        return card

    def _problem_card(self) -> Card:
        card = Card(self.tr("What to know about these images"))
        view = QListView()
        view.setAccessibleName(self.tr("Problems of the images"))
        view.setModel(self._problems)
        view.setWordWrap(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setSpacing(2)
        card.body.addWidget(view, 1)
        return card

    @Slot()
    def _show_problems(self) -> None:
        self._problems.clear()
        session, icons = self._context.session, self._context.icons
        if session.manifest is None:
            return
        for problem in session.problems:
            paths = problem.paths[:MAX_NAMED_PATHS]
            named = "\n".join(f"    {path}" for path in paths)
            rest = len(problem.paths) - len(paths)
            if rest:
                named += "\n    " + self.tr("and {count} more").format(count=fmt.count(rest))
            text = f"{problem.message}\n{named}" if named else problem.message
            quiet = problem.kind in _QUIET_KINDS
            icon = icons.icon("info", Tint.ACCENT) if quiet else icons.icon("warning", Tint.WARNING)
            self._problems.appendRow(QStandardItem(icon, text))
        if not session.problems:
            text = self.tr("Nothing wrong was found: every image can be read, and no copies lie across splits.")
            self._problems.appendRow(QStandardItem(icons.icon("success", Tint.SUCCESS), text))
