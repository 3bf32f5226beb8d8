"""The table of runs: swatches, stars, names and notes edited in place, columns that can be hidden."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QRectF,
    QSortFilterProxyModel,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QColor, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.icons import Tint
from tlft_desktop.gui.item_models.run_table_model import RUN_ROLE, RunColumn, RunTableModel
from tlft_desktop.gui.item_models.table_model import SORT_ROLE, Index
from tlft_desktop.gui.run_colours import Shape, colour_at, place_of, shape_at, shape_path
from tlft_desktop.gui.theme import GRID, ThemeController
from tlft_desktop.gui.widgets.cells import draw_ground
from tlft_desktop.gui.widgets.tables import set_up_table

ROW_HEIGHT = 32
_HIDDEN_KEY = "compare/hidden_columns"
_HIDDEN_AT_FIRST, _NOTHING = RunColumn.STARTED.name, "-"
_WIDTHS = {
    RunColumn.NAME: 138,
    RunColumn.STAR: 36,
    RunColumn.STRATEGY: 88,
    RunColumn.TRAINED: 80,
    RunColumn.ACCURACY: 156,
    RunColumn.TIME: 92,
    RunColumn.MEMORY: 84,
    RunColumn.EPOCH: 96,
    RunColumn.PROOF: 88,
    RunColumn.STATE: 104,
    RunColumn.STARTED: 120,
    RunColumn.NOTE: 108,
}
_NOTE_FIELD = 40 * GRID
"""Width in which a note is typed, in pixels."""
_SWATCH = 14
_PIXELS = 4 * _SWATCH


def swatch(shape: Shape, colour: str) -> QIcon:
    """Return the mark of a run as an icon, sharp up to four times its size."""
    picture = QPixmap(_PIXELS, _PIXELS)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(_PIXELS / 2, _PIXELS / 2)
    painter.scale(_PIXELS, _PIXELS)
    painter.fillPath(shape_path(shape), QColor(colour))
    painter.end()
    icon = QIcon(picture)
    # Without this a selected row would tint it, and the colour would no longer be the one of the plot.
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon


class Swatches:
    """Icons by colour and shape, drawn once."""

    def __init__(self, theme: ThemeController) -> None:
        self._theme = theme
        self._icons: dict[tuple[Shape, str], QIcon] = {}

    def icon(self, run: str, runs: Sequence[RunSummary]) -> QIcon:
        """Return the mark of a run among all runs of its project."""
        return self.icon_at(place_of(run, runs))

    def icon_at(self, place: int | None) -> QIcon:
        """Return the mark at a place in the order of colours and shapes."""
        key = shape_at(place), colour_at(place, self._theme.tokens)
        if key not in self._icons:
            self._icons[key] = swatch(*key)
        return self._icons[key]


class RunNameDelegate(QStyledItemDelegate):
    """Draws the mark of a run in front of its name."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = context.session
        self._swatches = Swatches(context.theme)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        run = index.data(RUN_ROLE)
        if isinstance(run, RunSummary):
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.icon = self._swatches.icon(run.run, self._session.runs)
            option.decorationSize.setWidth(_SWATCH)
            option.decorationSize.setHeight(_SWATCH)


class StarDelegate(QStyledItemDelegate):
    """Draws a tick box as a star; a click or Space sets it."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons = context.icons

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        is_on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        self.initStyleOption(option, index)
        option.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
        draw_ground(painter, option)
        icon = self._icons.icon("star-filled", Tint.WARNING) if is_on else self._icons.icon("star", Tint.MUTED)
        side = 16.0
        area = QRectF(0, 0, side, side)
        area.moveCenter(QRectF(option.rect).center())
        icon.paint(painter, area.toAlignedRect())

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index) -> bool:
        is_click = event.type() is QEvent.Type.MouseButtonRelease
        is_key = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if is_key and Qt.Key(event.key()) not in (Qt.Key.Key_Space, Qt.Key.Key_Select):  # type: ignore[attr-defined]
            return False
        if not (is_click or is_key) or not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        is_on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        wanted = Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked
        return bool(index.model().setData(index, wanted, Qt.ItemDataRole.CheckStateRole))


class NoteDelegate(QStyledItemDelegate):
    """Lets a note be typed in a field that is wider than its cell, which is the last one and narrow."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        area.setLeft(max(0, min(area.left(), area.right() - _NOTE_FIELD)))
        editor.setGeometry(area)


class RunTable(QTableView):
    """Table of runs; several rows may be chosen.

    Signals:
        chosen_changed(): Other rows are chosen.
        trash_requested(): The user pressed Delete.
    """

    chosen_changed = Signal()
    trash_requested = Signal()

    def __init__(self, context: AppContext, model: RunTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = context.state
        self._source = model
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(model)
        self._proxy.setSortRole(SORT_ROLE)
        self.setModel(self._proxy)
        self.setAccessibleName(self.tr("Runs of this project"))
        set_up_table(self, row_height=ROW_HEIGHT)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setAlternatingRowColors(True)
        self.setItemDelegateForColumn(RunColumn.NAME, RunNameDelegate(context, self))
        self.setItemDelegateForColumn(RunColumn.STAR, StarDelegate(context, self))
        self.setItemDelegateForColumn(RunColumn.NOTE, NoteDelegate(self))
        self._set_up_header()
        self._restore_columns()
        self.selectionModel().selectionChanged.connect(self._announce)

    @property
    def chosen(self) -> tuple[RunSummary, ...]:
        """The runs whose rows are selected, from top to bottom."""
        rows = sorted(self.selectionModel().selectedRows(), key=QModelIndex.row)
        return tuple(run for index in rows if isinstance(run := index.data(RUN_ROLE), RunSummary))

    def choose(self, runs: Sequence[str]) -> None:
        """Select the rows of runs, the last one as the current row."""
        flags = QItemSelectionModel.SelectionFlag
        selection = QItemSelection()
        last = QModelIndex()
        for run in runs:
            index = self._index_of(run)
            if index.isValid():
                selection.select(index, index)
                last = index
        model = self.selectionModel()
        if last.isValid():
            model.setCurrentIndex(last, flags.NoUpdate)
            self.scrollTo(last)
        model.select(selection, flags.ClearAndSelect | flags.Rows)

    def edit_name(self) -> None:
        """Let the user type a name for the current run."""
        self._edit(RunColumn.NAME)

    def edit_note(self) -> None:
        """Let the user type a note for the current run."""
        self.setColumnHidden(RunColumn.NOTE, False)
        self._edit(RunColumn.NOTE)

    def columns_menu(self, parent: QWidget) -> QMenu:
        """Return a menu that shows and hides columns; the caller pops it up."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in RunColumn:
            if column is RunColumn.NAME:
                continue
            title = self._proxy.headerData(column, Qt.Orientation.Horizontal) or self.tr("Star")
            action = QAction(str(title).replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(column))
            action.setData(int(column))
            action.toggled.connect(self._toggle_column)
            menu.addAction(action)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Delete and not event.modifiers():
            self.trash_requested.emit()
        elif key == Qt.Key.Key_F2 and self.currentIndex().column() not in (RunColumn.NAME, RunColumn.NOTE):
            self.edit_name()
        else:
            super().keyPressEvent(event)

    def _edit(self, column: RunColumn) -> None:
        index = self.currentIndex().siblingAtColumn(column)
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.setCurrentIndex(index)
            self.edit(index)

    def _index_of(self, run: str) -> QModelIndex:
        row = self._source.row_of(run)
        return self._proxy.mapFromSource(self._source.index(row, 0)) if row >= 0 else QModelIndex()

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(_WIDTHS[RunColumn.STAR])
        for column, width in _WIDTHS.items():
            header.resizeSection(column, width)
        # Stretching the last section keeps its old width where a vertical scroll bar takes some of the room.
        header.setSectionResizeMode(RunColumn.NOTE, QHeaderView.ResizeMode.Stretch)
        header.setSectionsClickable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_columns)

    def _restore_columns(self) -> None:
        names = (self._state.value(_HIDDEN_KEY) or _HIDDEN_AT_FIRST).split()
        for column in RunColumn:
            self.setColumnHidden(column, column.name in names and column is not RunColumn.NAME)

    @Slot(QPoint)
    def _show_columns(self, place: QPoint) -> None:
        self.columns_menu(self).popup(self.horizontalHeader().mapToGlobal(place))

    @Slot(bool)
    def _toggle_column(self, is_shown: bool) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.setColumnHidden(sender.data(), not is_shown)
            hidden = [column.name for column in RunColumn if self.isColumnHidden(column)]
            self._state.set_value(_HIDDEN_KEY, " ".join(hidden) or _NOTHING)

    @Slot(QItemSelection, QItemSelection)
    def _announce(self, _chosen: QItemSelection, _left: QItemSelection) -> None:
        self.chosen_changed.emit()
