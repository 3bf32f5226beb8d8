"""The layer tree as a view: several rows at once, all by keyboard, columns that stay as they were left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QByteArray, QModelIndex, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAction, QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTreeView, QWidget

from tlft_desktop.gui.item_models.layer_tree_model import (
    HEAT_ROLE,
    OWN_NORM_ROLE,
    OWN_RATE_ROLE,
    PATH_ROLE,
    SHARE_ROLE,
    STAGE_ROLE,
    Column,
)
from tlft_desktop.gui.item_models.table_model import Index
from tlft_desktop.gui.theme import GRID, ThemeController
from tlft_desktop.gui.widgets.badges import BadgeDelegate, MarkedDelegate, NameDelegate
from tlft_desktop.gui.widgets.bars import BarDelegate
from tlft_desktop.gui.window_state import WindowState

_KEY = "columns/layers"
_FITTED, _OWN = "4:fitted:", "4:own:"
"""Before the remembered columns: whether the width of the types follows the view, or the user chose it."""
_INDENT = int(1.5 * GRID)
_LEAST_TYPE, _MOST_TYPE = 116, 22 * GRID
_TYPE_SHARE = 7
_HEAT_TEXT = 44
_LEAST_NAME = 144
_BY_CONTENT = (Column.STAGE, Column.SHAPE, Column.PARAMETERS, Column.MACS, Column.SHARE, Column.NORM)
"""Columns that show their heading and their texts whole, and are no wider."""
_SLACK = GRID // 2
"""That the style asks for in a heading beside its padding."""
_SIGNS = GRID
"""That it forgets between the signs before a name."""
_HIDDEN_AT_FIRST = (Column.RATE, Column.HEAT)
"""Empty in most projects, where they would take room from the others."""
_WIDTHS: Mapping[Column, int] = {
    Column.STAGE: 56,
    Column.TYPE: _LEAST_TYPE,
    Column.SHAPE: 104,
    Column.PARAMETERS: 70,
    Column.MACS: 60,
    Column.SHARE: 48,
    Column.NORM: 64,
    Column.RATE: 58,
    Column.HEAT: 104,
}


class LayerTreeView(QTreeView):
    """Shows a layer tree; the name takes what the other columns leave, so that nothing scrolls sideways.

    Signals:
        toggle_asked(): Space was pressed: tick or untick what is selected.
        menu_asked(QPoint): A context menu is wanted, at a place on the screen.
    """

    toggle_asked = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, theme: ThemeController, state: WindowState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._fits_type, self._is_fitting = True, False
        self._is_fit_due = False
        self._content: dict[Column, int] = {}
        self._revealed: set[Column] = set()
        self.setAccessibleName(self.tr("Layers in execution order; a tick means frozen"))
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setIndentation(_INDENT)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegateForColumn(Column.NAME, NameDelegate(self))
        self.setItemDelegateForColumn(Column.STAGE, BadgeDelegate(theme, STAGE_ROLE, self))
        self.setItemDelegateForColumn(Column.SHARE, BarDelegate(theme, SHARE_ROLE, text_width=0, parent=self))
        self.setItemDelegateForColumn(Column.NORM, MarkedDelegate(theme, OWN_NORM_ROLE, self))
        self.setItemDelegateForColumn(Column.RATE, MarkedDelegate(theme, OWN_RATE_ROLE, self))
        heat = BarDelegate(theme, HEAT_ROLE, tints=("accent", "warning"), text_width=_HEAT_TEXT, parent=self)
        self.setItemDelegateForColumn(Column.HEAT, heat)

    def set_up_columns(self) -> None:
        """Give the columns their widths, those of the last time where there was one; call it with a model set."""
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(48)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in _WIDTHS.items():
            header.resizeSection(column, width)
        for column in _HIDDEN_AT_FIRST:
            self.setColumnHidden(column, True)
        saved = self._state.value(_KEY)
        for kind in (_FITTED, _OWN):
            if saved.startswith(kind) and header.restoreState(_state_of(saved.removeprefix(kind))):
                self._fits_type = kind == _FITTED
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionsMovable(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_column_menu)
        header.sectionResized.connect(self._follow_resizing)
        for changed in (self.model().modelReset, self.expanded):
            changed.connect(self._fit_soon)
        self._state.collecting.connect(self._remember_columns)

    def reveal(self, column: Column) -> None:
        """Show a column that has something to show, once: whoever hides it after that does not want it."""
        if column not in self._revealed:
            self._revealed.add(column)
            self.setColumnHidden(column, False)
            for less_needed in (Column.SHAPE, Column.MACS):
                # The menu of the heading brings it back.
                if self.columnWidth(Column.NAME) < _LEAST_NAME:
                    self.setColumnHidden(less_needed, True)

    def selected_paths(self) -> list[str]:
        """Return the paths of the selected layers from top to bottom; the current one where none is selected."""
        rows = self.selectionModel().selectedRows(Column.NAME) if self.selectionModel() else []
        if not rows and self.currentIndex().isValid():
            rows = [self.currentIndex().siblingAtColumn(Column.NAME)]
        rows.sort(key=self._place)
        return [str(row.data(PATH_ROLE)) for row in rows]

    def selected_rows(self) -> list[QModelIndex]:
        """Return the selected layers, in no order."""
        return self.selectionModel().selectedRows(Column.NAME) if self.selectionModel() else []

    def collapse_below(self, index: Index) -> None:
        """Close a layer and everything below it."""
        model = self.model()
        for number in range(model.rowCount(index)):
            child = model.index(number, 0, index)
            if self.isExpanded(child):
                self.collapse_below(child)
        self.collapse(index)

    def column_menu(self) -> QMenu:
        """Return a menu that shows and hides columns; it deletes itself."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in _WIDTHS:
            title = str(self.model().headerData(column, Qt.Orientation.Horizontal))
            action = QAction(title, menu)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(column))
            action.setData(int(column))
            action.toggled.connect(self._toggle_column)
            menu.addAction(action)
        return menu

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        # Qt looks for the place of every row in each range: a tick on the root of a large network would take a tenth
        # of a second. Rows are of one height and have no editors, so painting what is visible is all there is to do,
        # but for a screen reader, which must hear of each change.
        if QAccessible.isActive():
            super().dataChanged(first, last, list(roles))
        else:
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select) and not event.modifiers():
            self.toggle_asked.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            # Qt names the middle of the view, where the current row need not be.
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        elif not self.indexAt(event.pos()).isValid():
            return
        self.menu_asked.emit(place)
        event.accept()

    def _place(self, index: Index) -> tuple[int, ...]:
        rows = []
        while index.isValid():
            rows.append(index.row())
            index = index.parent()
        return tuple(reversed(rows))

    @Slot(QPoint)
    def _show_column_menu(self, place: QPoint) -> None:
        self.column_menu().popup(self.header().mapToGlobal(place))

    @Slot(bool)
    def _toggle_column(self, shown: bool) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.setColumnHidden(int(action.data()), not shown)
            self._remember_columns()

    @Slot()
    def _fit_soon(self) -> None:
        # Once for all rows that open together.
        if not self._is_fit_due:
            self._is_fit_due = True
            QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        """Measure the texts of the columns, and give them their room."""
        self._is_fit_due = False
        root = self.model().index(0, Column.NAME)
        if not root.isValid():
            return
        # Bars are as long as they may be; only their heading wants its room.
        texts = {column: self.sizeHintForColumn(column) for column in (*_BY_CONTENT, Column.TYPE)} | {Column.SHARE: 0}
        heading = self.header().sectionSizeHint
        self._content = {column: max(text, heading(column) - _SLACK) for column, text in texts.items()}
        self._content[Column.NAME] = self.indentation() + self.sizeHintForIndex(root).width() + _SIGNS
        self._share_out()

    def _share_out(self) -> None:
        """Let the type take what the name of the network and the other columns leave, as far as its words go."""
        if not self._fits_type or self.header().count() <= Column.HEAT:
            return
        self._is_fitting = True
        for column in _BY_CONTENT:
            if not self.isColumnHidden(column):
                self.setColumnWidth(column, self._content.get(column, _WIDTHS[column]))
        width = self.viewport().width()
        name = max(_LEAST_NAME, self._content.get(Column.NAME, 0))
        others = sum(self.columnWidth(column) for column in Column if column not in (Column.NAME, Column.TYPE))
        wanted = max(self._content.get(Column.TYPE, 0), min(_MOST_TYPE, width // _TYPE_SHARE))
        self.setColumnWidth(Column.TYPE, max(_LEAST_TYPE, min(wanted, width - others - name)))
        self._is_fitting = False

    @Slot(int, int, int)
    def _follow_resizing(self, section: int, old: int, new: int) -> None:
        # A column that is hidden or shown is none that somebody drags.
        if section != Column.NAME and not self._is_fitting and old and new:
            self._fits_type = False
        self._remember_columns()

    @Slot()
    def _remember_columns(self) -> None:
        kind = _FITTED if self._fits_type else _OWN
        self._state.set_value(_KEY, kind + self.header().saveState().toBase64().toStdString())


def _state_of(saved: str) -> QByteArray:
    return QByteArray(QByteArray.fromBase64(saved.encode()))
