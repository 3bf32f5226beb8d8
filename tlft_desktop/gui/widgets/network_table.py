"""The table of compared networks: sorted by any column; in a narrow place some of them give way."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from tlft_desktop.gui.item_models.network_table_model import (
    NETWORK_ROLE,
    NetworkOrder,
    NetworkRow,
    NetworkTableModel,
)
from tlft_desktop.gui.item_models.table_model import Index
from tlft_desktop.gui.theme import GRID, ThemeController
from tlft_desktop.gui.widgets.run_table import Swatches
from tlft_desktop.gui.widgets.tables import set_up_table

_ROW = 42
_MOST_ROWS = 6
_MARK = 12
_LINEAR, _TIME, _NEAR = 1, 2, 3
_WIDTHS = {_LINEAR: 96, _TIME: 56, _NEAR: 72}
_WIDE = 330
"""From this width on there is room for time and nearest neighbours."""


class NetworkDelegate(QStyledItemDelegate):
    """Draws the mark of a network, as in the plot, in front of its name."""

    def __init__(self, theme: ThemeController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._swatches = Swatches(theme)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        row = index.data(NETWORK_ROLE)
        if isinstance(row, NetworkRow) and row.accuracy is not None:
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.icon = self._swatches.icon_at(row.place)
            option.decorationSize = QSize(_MARK, _MARK)


class NetworkTable(QTableView):
    """Shows networks.

    Signals:
        chosen_changed(): Another row is selected, or none.
        use_asked(): The user pressed Enter, or clicked twice, on a row.
    """

    chosen_changed = Signal()
    use_asked = Signal()

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Compared networks"))
        self._rows = NetworkTableModel(self)
        self._order = NetworkOrder(self._rows, self)
        self.setModel(self._order)
        self.setItemDelegateForColumn(0, NetworkDelegate(theme, self))
        set_up_table(self, row_height=_ROW)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            header.resizeSection(column, width)
        self.doubleClicked.connect(self.use_asked)
        self.selectionModel().selectionChanged.connect(self.chosen_changed)

    @property
    def chosen(self) -> NetworkRow | None:
        """The selected network."""
        rows = self.selectionModel().selectedRows()
        return rows[0].data(NETWORK_ROLE) if rows else None

    def show_rows(self, rows: list[NetworkRow]) -> None:
        """Show networks; the selected one stays selected where it is among them."""
        chosen = self.chosen
        self._rows.set_rows(rows)
        if chosen is not None:
            self.choose(chosen.key)
        height = self.horizontalHeader().sizeHint().height() + _ROW * min(_MOST_ROWS, max(1, len(rows)))
        self.setFixedHeight(height + 2 * self.frameWidth() + GRID // 2)

    @Slot(str)
    def choose(self, key: str) -> None:
        """Select a network."""
        row = self._rows.row_of(key)
        if row >= 0:
            index = self._order.mapFromSource(self._rows.index(row, 0))
            self.setCurrentIndex(index)
            self.selectRow(index.row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        for column in (_TIME, _NEAR):
            self.setColumnHidden(column, self.width() < _WIDE)
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.use_asked.emit()
        else:
            super().keyPressEvent(event)
