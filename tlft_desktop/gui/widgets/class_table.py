"""The table of classes: names, numbers, bars and the first images; choosing a class filters the grid."""

from __future__ import annotations

from PySide6.QtCore import (
    QObject,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from tlft_desktop.gui.desks.picture_desk import PictureDesk
from tlft_desktop.gui.item_models.class_table_model import (
    EXAMPLES_ROLE,
    NUM_EXAMPLES,
    SPLIT_SHARES_ROLE,
    ClassTableModel,
)
from tlft_desktop.gui.item_models.table_model import SORT_ROLE, Index
from tlft_desktop.gui.theme import GRID, ThemeController
from tlft_desktop.gui.widgets.bars import BarDelegate
from tlft_desktop.gui.widgets.cells import draw_ground
from tlft_desktop.gui.widgets.tables import set_up_table

_SIDE = 24
_GAP = 2
_ROW = 32
_COUNTS, _BARS, _EXAMPLES = range(1, 5), 5, 6
_WIDTHS = (88, 64, 84, 52, 72, 104, NUM_EXAMPLES * (_SIDE + _GAP) + 2 * GRID)
_LEAST_EXAMPLES, _MOST_NAME = 2 * (_SIDE + _GAP) + 2 * GRID, 24 * GRID
_WIDE = 640
"""From this width on there is room for a column of each split."""


class ExamplesDelegate(QStyledItemDelegate):
    """Draws the first images of a class side by side."""

    def __init__(self, theme: ThemeController, pictures: PictureDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._pictures = theme, pictures

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        draw_ground(painter, option)
        ratio = painter.device().devicePixelRatioF()
        left = option.rect.left() + GRID
        top = option.rect.center().y() - _SIDE // 2
        for record in index.data(EXAMPLES_ROLE) or ():
            if left + _SIDE > option.rect.right():
                break
            place = QRect(left, top, _SIDE, _SIDE)
            pixmap = self._pictures.thumbnail(record, round(_SIDE * ratio))
            if pixmap is None:
                painter.fillRect(place, QColor(self._theme.tokens.sunken))
            else:
                target = QRect(0, 0, round(pixmap.width() / ratio), round(pixmap.height() / ratio))
                target.moveCenter(place.center())
                painter.drawPixmap(target, pixmap)
            left += _SIDE + _GAP

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(_WIDTHS[_EXAMPLES], _ROW)


class ClassTable(QTableView):
    """Shows the classes; in a narrow place the columns of the splits give way to the bar.

    Signals:
        class_chosen(name): The user wants to see a class.
    """

    class_chosen = Signal(str)

    def __init__(
        self, model: ClassTableModel, theme: ThemeController, pictures: PictureDesk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(model)
        self._proxy.setSortRole(SORT_ROLE)
        self._is_showing = False
        self.setAccessibleName(self.tr("Classes with their number of images"))
        self.setModel(self._proxy)
        set_up_table(self, row_height=_ROW)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._prepare_header()
        bars = BarDelegate(theme, SPLIT_SHARES_ROLE, tints=("train", "val", "test"), text_width=40, parent=self)
        self.setItemDelegateForColumn(_BARS, bars)
        self.setItemDelegateForColumn(_EXAMPLES, ExamplesDelegate(theme, pictures, self))
        pictures.loaded.connect(self._repaint)
        for changed in (self._proxy.modelReset, self._proxy.dataChanged):
            changed.connect(self._share_room)
        self.selectionModel().selectionChanged.connect(self._announce)

    def show_class(self, name: str) -> None:
        """Select a class, or none for an empty name, without telling anybody."""
        self._is_showing = True
        self.clearSelection()
        for row in range(self._proxy.rowCount()):
            if name and self._proxy.index(row, 0).data() == name:
                self.selectRow(row)
        self._is_showing = False

    def sizeHint(self) -> QSize:
        return QSize(42 * GRID, 24 * GRID)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.viewport().width() >= _WIDE
        for section in _COUNTS:
            self.setColumnHidden(section, not wide)
        self._share_room()

    def _prepare_header(self) -> None:
        header = self.horizontalHeader()
        header.setMinimumSectionSize(5 * GRID)
        for section, width in enumerate(_WIDTHS):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(section, width)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    @Slot()
    def _share_room(self) -> None:
        """Let the names be whole where fewer examples make that possible."""
        header = self.horizontalHeader()
        others = sum(header.sectionSize(section) for section in (*_COUNTS, _BARS))
        name = max(header.sectionSizeHint(0), min(self.sizeHintForColumn(0), _MOST_NAME))
        room = self.viewport().width() - others - name
        header.resizeSection(_EXAMPLES, max(_LEAST_EXAMPLES, min(_WIDTHS[_EXAMPLES], room)))

    @Slot()
    def _repaint(self) -> None:
        self.viewport().update()

    @Slot()
    def _announce(self) -> None:
        rows = self.selectionModel().selectedRows()
        if rows and not self._is_showing:
            self.class_chosen.emit(rows[0].data())
