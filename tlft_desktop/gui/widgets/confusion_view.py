"""The confusion matrix: cells coloured by their share of the row with their number, chosen by mouse or arrows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from tlft_desktop.gui.item_models.confusion_model import CELL_ROLE, IS_RIGHT_ROLE, SHARE_ROLE, ConfusionModel
from tlft_desktop.gui.item_models.table_model import Index
from tlft_desktop.gui.theme import GRID, ThemeController, Tokens

CELL_WIDTH, CELL_HEIGHT = (30, 72), (24, 40)
"""Smallest and largest size of a cell, in pixels: few classes share the room, many scroll."""
_LARGEST_HEAD = 11 * GRID
"""Longest side of a class name in the heads, in pixels."""
_HEAD_SHARE = 3
"""The names above the columns take at most one of so many parts of the height."""
_FAINTEST, _STRONGEST = 0.1, 0.44
"""How much of the colour a cell takes at the smallest and at the largest share: the number stays readable."""
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


def cell_colour(tokens: Tokens, share: float, *, is_right: bool) -> QColor:
    """Return the ground of a cell.

    Args:
        tokens: Colours of the theme.
        share: Of the images of the true class, in [0, 1]; 0 is the ground of the view.
        is_right: Whether the cell holds right answers.
    """
    ground, tint = QColor(tokens.surface), QColor(tokens.success if is_right else tokens.error)
    weight = _FAINTEST + (_STRONGEST - _FAINTEST) * share if share > 0 else 0.0

    def mixed(below: int, above: int) -> int:
        return round((1 - weight) * below + weight * above)

    return QColor(
        mixed(ground.red(), tint.red()), mixed(ground.green(), tint.green()), mixed(ground.blue(), tint.blue())
    )


class ConfusionDelegate(QStyledItemDelegate):
    """Paints cells."""

    def __init__(self, theme: ThemeController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens, cell = self._theme.tokens, QRect(option.rect)
        is_right = bool(index.data(IS_RIGHT_ROLE))
        painter.save()
        painter.fillRect(cell.adjusted(1, 1, 0, 0), cell_colour(tokens, index.data(SHARE_ROLE), is_right=is_right))
        if is_right:
            # A frame tells the right answers apart for those who cannot see the colours.
            painter.setPen(QColor(tokens.muted))
            painter.drawRect(cell.adjusted(1, 1, -1, -1))
        painter.setPen(QColor(tokens.text))
        painter.drawText(cell.adjusted(2, 0, -1, 0), Qt.AlignmentFlag.AlignCenter, index.data())
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus):
            painter.setPen(QPen(QColor(tokens.accent), 3 if option.state & QStyle.StateFlag.State_HasFocus else 2))
            painter.drawRect(cell.adjusted(2, 2, -2, -2))
        painter.restore()


class ClassHeader(QHeaderView):
    """Names of classes beside their rows or above their columns: there upright where they have no room side by side."""

    def __init__(self, orientation: Qt.Orientation, theme: ThemeController, view: QWidget) -> None:
        super().__init__(orientation, view)
        self._theme, self._view = theme, view
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @property
    def stands(self) -> bool:
        """Whether the names stand upright."""
        is_above = self.orientation() == Qt.Orientation.Horizontal
        return is_above and self.count() > 0 and self.defaultSectionSize() < min(_LARGEST_HEAD, self._longest() + GRID)

    def sizeHint(self) -> QSize:
        lying = self.fontMetrics().height() + GRID
        along = min(_LARGEST_HEAD, self._longest() + 2 * GRID)
        if self.orientation() == Qt.Orientation.Vertical:
            return QSize(along, lying)
        # In a low view the cells need the room more than long names do.
        standing = max(3 * GRID, min(along, self._view.height() // _HEAD_SHARE))
        return QSize(along, standing if self.stands else lying)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        name = self.model().headerData(section, self.orientation())
        painter.save()
        painter.setPen(QColor(self._theme.tokens.muted))
        flags = Qt.AlignmentFlag.AlignVCenter
        if self.stands:
            painter.translate(rect.left(), rect.bottom())
            painter.rotate(-90)
            area = QRect(GRID // 2, 0, rect.height() - GRID, rect.width())
        elif self.orientation() == Qt.Orientation.Vertical:
            area = rect.adjusted(GRID // 2, 0, -GRID // 2, 0)
            flags |= Qt.AlignmentFlag.AlignRight
        else:
            area = rect.adjusted(2, 0, -2, 0)
            flags |= Qt.AlignmentFlag.AlignHCenter
        short = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(flags), short)
        painter.restore()

    def _longest(self) -> int:
        # Of thousands the first are enough: longer ones are shortened anyway.
        names = (self.model().headerData(place, self.orientation()) for place in range(min(self.count(), 40)))
        return max((self.fontMetrics().horizontalAdvance(name) for name in names if name), default=0)


class ConfusionView(QTableView):
    """Shows the matrix; only cells in sight are painted, so thousands of classes scroll as quickly as ten.

    Signals:
        cell_chosen(truth, answer): The user wants the images of a cell, by the numbers of its classes.
        cell_named(text): Another cell is under the keyboard or the pointer, in words; empty for none.
    """

    cell_chosen = Signal(int, int)
    cell_named = Signal(str)

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix = ConfusionModel(self)
        self.setAccessibleName(self.tr("Confusion matrix: rows are true classes, columns are answers"))
        self.setItemDelegate(ConfusionDelegate(theme, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        for mode in (self.setHorizontalScrollMode, self.setVerticalScrollMode):
            mode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalHeader(ClassHeader(Qt.Orientation.Horizontal, theme, self))
        self.setVerticalHeader(ClassHeader(Qt.Orientation.Vertical, theme, self))
        self.setModel(self.matrix)
        self.matrix.modelReset.connect(self._fit_cells)
        self.matrix.dataChanged.connect(self._name_current)
        self.clicked.connect(self._choose)
        self.entered.connect(self._name)
        self.viewport().installEventFilter(self)
        self.selectionModel().currentChanged.connect(self._name)
        theme.changed.connect(self.viewport().update)

    def set_cell(self, truth: int, answer: int) -> None:
        """Put the keyboard on a cell and show it as chosen."""
        index = self.matrix.index_of(truth, answer)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def clear_cell(self) -> None:
        """Show no cell as chosen; the keyboard stays where it is."""
        self.clearSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _KEYS and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_cells()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.viewport() and event.type() is QEvent.Type.Leave:
            self._name_current()
        return super().eventFilter(watched, event)

    @Slot()
    def _fit_cells(self) -> None:
        """Share the room out among the cells; the heads take theirs first."""
        number, columns, rows = max(1, self.matrix.rowCount()), self.horizontalHeader(), self.verticalHeader()
        room = self.width() - rows.sizeHint().width() - 2 * self.frameWidth() - GRID
        columns.setDefaultSectionSize(min(max(room // number, CELL_WIDTH[0]), CELL_WIDTH[1]))
        # Whether the names above stand upright depends on the width of the columns.
        room = self.height() - columns.sizeHint().height() - 2 * self.frameWidth() - GRID
        rows.setDefaultSectionSize(min(max(room // number, CELL_HEIGHT[0]), CELL_HEIGHT[1]))
        self.updateGeometries()

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        cell = index.data(CELL_ROLE)
        if cell is not None:
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.cell_chosen.emit(*cell)

    @Slot(QModelIndex)
    def _name(self, index: QModelIndex) -> None:
        self.cell_named.emit(self.matrix.describe(index))

    @Slot()
    def _name_current(self) -> None:
        self._name(self.currentIndex())
