"""A list view of equal cells in rows: places are computed from numbers, so that 100,000 cells cost no more than ten."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from tlft_desktop.gui.item_models.table_model import Index
from tlft_desktop.gui.theme import GRID, ThemeController

_SCROLL_SHARE = 3
_STEPS = {
    QAbstractItemView.CursorAction.MoveLeft: -1,
    QAbstractItemView.CursorAction.MovePrevious: -1,
    QAbstractItemView.CursorAction.MoveRight: 1,
    QAbstractItemView.CursorAction.MoveNext: 1,
}


class TileView(QListView):
    """Lays cells out by itself: Qt's own layout asks the model for every item, at each change of size again.

    It is a `QListView` for those who read the screen, and for the keys and clicks that select.

    Args:
        theme: Colours of the rubber band.
    """

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cell = QSize(100, 100)
        self._band = QRect()
        self._words_if_empty = ""
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: a bar that comes and goes would change the number of columns back and forth.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setMouseTracking(True)

    # Places

    @property
    def cell(self) -> QSize:
        """Size of each cell."""
        return QSize(self._cell)

    @property
    def num_columns(self) -> int:
        """Cells side by side."""
        return max(1, self.viewport().width() // self._cell.width())

    def set_cell(self, size: QSize) -> None:
        """Give all cells another size."""
        if size != self._cell:
            self._cell = QSize(size)
            self.updateGeometries()
            self.viewport().update()

    def say_if_empty(self, words: str) -> None:
        """Say why there is nothing, where there is nothing."""
        if words != self._words_if_empty:
            self._words_if_empty = words
            self.setAccessibleDescription(words)
            self.viewport().update()

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid():
            return QRect()
        row, column = divmod(index.row(), self.num_columns)
        place = QPoint(column * self._cell.width(), row * self._cell.height() - self.verticalOffset())
        return QRect(place, self._cell)

    def indexAt(self, point: QPoint) -> QModelIndex:
        column, row = point.x() // self._cell.width(), (point.y() + self.verticalOffset()) // self._cell.height()
        number = row * self.num_columns + column
        if not 0 <= column < self.num_columns or not 0 <= number < self._count():
            return QModelIndex()
        return self.model().index(number, 0)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        # Otherwise the bar would not know yet how far it goes.
        self.executeDelayedItemsLayout()
        rect, bar, height = self.visualRect(index), self.verticalScrollBar(), self.viewport().height()
        if not index.isValid():
            return
        if hint is QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - height // 2)
        elif rect.top() < 0 or hint is QAbstractItemView.ScrollHint.PositionAtTop:
            bar.setValue(bar.value() + rect.top())
        elif rect.bottom() >= height or hint is QAbstractItemView.ScrollHint.PositionAtBottom:
            bar.setValue(bar.value() + rect.bottom() + 1 - height)

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def doItemsLayout(self) -> None:
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        QAbstractItemView.updateGeometries(self)
        num_rows = -(-self._count() // self.num_columns)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, num_rows * self._cell.height() - height))
        bar.setPageStep(height)
        bar.setSingleStep(max(1, self._cell.height() // _SCROLL_SHARE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        QAbstractItemView.resizeEvent(self, event)
        self.updateGeometries()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(dx, dy)

    # Keys and mouse

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        count, now, columns = self._count(), self.currentIndex().row(), self.num_columns
        if not count:
            return QModelIndex()
        if now < 0:
            return self.model().index(0, 0)
        moves = QAbstractItemView.CursorAction
        page = columns * max(1, self.viewport().height() // self._cell.height())
        steps = {moves.MoveUp: -columns, moves.MoveDown: columns, moves.MovePageUp: -page, moves.MovePageDown: page}
        wanted = now + {**_STEPS, **steps}.get(action, 0)
        if action is moves.MoveHome:
            wanted = 0
        elif action is moves.MoveEnd:
            wanted = count - 1
        elif action in (moves.MovePageUp, moves.MovePageDown):
            wanted = min(max(wanted, now % columns), count - 1)
        return self.model().index(wanted if 0 <= wanted < count else now, 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        selection = QItemSelection()
        if self.state() == QAbstractItemView.State.DragSelectingState and rect.size() != QSize(1, 1):
            self._select_below(rect.normalized(), selection)
        else:
            # From the first to the last as one reads: the rectangle goes from one place to another, in any direction.
            ends = sorted(self._number_near(place) for place in (rect.topLeft(), rect.bottomRight()))
            if self._count():
                selection.select(*(self.model().index(number, 0) for number in ends))
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        # All that is in sight: Qt would ask for every image, which takes half a second when 20,000 are selected.
        return QRegion(self.viewport().rect())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._band = QRect(event.position().toPoint() + QPoint(0, self.verticalOffset()), QSize())
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self.state() == QAbstractItemView.State.DragSelectingState:
            self._band.setBottomRight(event.position().toPoint() + QPoint(0, self.verticalOffset()))
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._band = QRect()
        self.viewport().update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        state = option.state
        hovered = self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos())).row()
        for number in self._numbers_in(event.rect()):
            index = self.model().index(number, 0)
            option.rect = self.visualRect(index)
            option.state = state | self._state_of(index, is_hovered=number == hovered)
            self.itemDelegate().paint(painter, option, index)
        self._draw_band(painter)
        if not self._count():
            painter.setPen(QColor(self._theme.tokens.muted))
            place = self.viewport().rect().adjusted(GRID, GRID, -GRID, -GRID)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words_if_empty)
        painter.end()

    def _state_of(self, index: QModelIndex, *, is_hovered: bool) -> QStyle.StateFlag:
        flags = QStyle.StateFlag.State_None
        if self.selectionModel().isSelected(index):
            flags |= QStyle.StateFlag.State_Selected
        if index == self.currentIndex() and self.hasFocus():
            flags |= QStyle.StateFlag.State_HasFocus
        if is_hovered and self.viewport().underMouse():
            flags |= QStyle.StateFlag.State_MouseOver
        return flags

    def _draw_band(self, painter: QPainter) -> None:
        band = self._band.normalized()
        if self.state() != QAbstractItemView.State.DragSelectingState or band.isEmpty():
            return
        colour = QColor(self._theme.tokens.accent)
        painter.setPen(QPen(colour, 1))
        colour.setAlpha(40)
        painter.setBrush(colour)
        painter.drawRect(band.translated(0, -self.verticalOffset()))

    # Numbers of cells

    def _count(self) -> int:
        model = self.model()
        return model.rowCount() if model is not None else 0

    def _numbers_in(self, area: QRect) -> range:
        """Return the cells of all rows that an area touches."""
        columns, top = self.num_columns, self.verticalOffset()
        first = max(0, area.top() + top) // self._cell.height()
        last = max(0, area.bottom() + top) // self._cell.height()
        return range(min(self._count(), first * columns), min(self._count(), (last + 1) * columns))

    def _number_near(self, place: QPoint) -> int:
        """Return the cell at a place, or the nearest one."""
        column = min(max(0, place.x() // self._cell.width()), self.num_columns - 1)
        row = max(0, (place.y() + self.verticalOffset()) // self._cell.height())
        return min(row * self.num_columns + column, self._count() - 1)

    def _select_below(self, area: QRect, selection: QItemSelection) -> None:
        """Add the cells that an area touches, row by row."""
        left = min(max(0, area.left() // self._cell.width()), self.num_columns)
        right = min(area.right() // self._cell.width(), self.num_columns - 1)
        numbers = self._numbers_in(area)
        for first in range(numbers.start, numbers.stop, self.num_columns):
            last = min(first + right, self._count() - 1)
            if first + left <= last:
                selection.select(self.model().index(first + left, 0), self.model().index(last, 0))
