"""Cells in rows: where they are, keys and clicks that walk and select, and that only those in sight are asked for."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.widgets.tile_view import TileView

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CELL, COLUMNS = 50, 5
SHIFT, CTRL, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier(0)
LEFT = Qt.MouseButton.LeftButton


class Numbers(QAbstractListModel):
    """As many items as wanted; counts which ones are asked for."""

    def __init__(self, count: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.count, self.asked = count, set[int]()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # type: ignore[override]  # noqa: B008
        return 0 if parent.isValid() else self.count

    def data(self, index: QModelIndex, role: int = 0) -> Any:  # type: ignore[override]
        self.asked.add(index.row())
        return str(index.row()) if role == Qt.ItemDataRole.DisplayRole else None

    def set_count(self, count: int) -> None:
        self.beginResetModel()
        self.count = count
        self.endResetModel()


@pytest.fixture
def view(context: AppContext, window: QWidget, qtbot: Any) -> TileView:
    view = TileView(context.theme, window)
    view.setModel(Numbers(100_000, view))
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    layout = window.layout()
    assert layout is not None
    layout.addWidget(view)
    view.set_cell(QSize(CELL, CELL))
    bar = view.verticalScrollBar().sizeHint().width() + 2 * view.frameWidth()
    view.setFixedSize(COLUMNS * CELL + bar + 6, 4 * CELL + 6)
    qtbot.waitUntil(lambda: view.isVisible() and view.num_columns == COLUMNS)
    view.setFocus()
    return view


def selected(view: TileView) -> list[int]:
    return sorted(index.row() for index in view.selectionModel().selectedIndexes())


def middle(view: TileView, number: int) -> QPoint:
    return view.visualRect(view.model().index(number, 0)).center()


def click(view: TileView, number: int, keys: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(view.viewport(), LEFT, keys, middle(view, number))


def test_only_what_is_in_sight_is_asked_for(view: TileView) -> None:
    model: Any = view.model()
    model.asked.clear()
    view.scrollToBottom()
    view.viewport().repaint()
    assert model.asked
    assert min(model.asked) > 99_970
    model.asked.clear()
    view.set_cell(QSize(CELL, CELL + 1))
    view.viewport().repaint()
    assert len(model.asked) < 60


def test_places_and_cells_belong_together(view: TileView) -> None:
    for number in (0, 4, 5, 12):
        assert view.indexAt(middle(view, number)).row() == number
    assert not view.indexAt(QPoint(COLUMNS * CELL + 1, 5)).isValid(), "right of the last column"
    model: Any = view.model()
    model.set_count(7)
    assert not view.indexAt(QPoint(3 * CELL, CELL + 5)).isValid(), "behind the last cell"
    QApplication.processEvents()
    assert view.verticalScrollBar().maximum() == 0
    assert view.visualRect(QModelIndex()).isEmpty()


@pytest.mark.parametrize(
    ("keys", "number"),
    [
        ((Qt.Key.Key_Right,), 1),
        ((Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left), 0),
        ((Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up), COLUMNS),
        ((Qt.Key.Key_Up,), 0),
        ((Qt.Key.Key_End,), 99_999),
        ((Qt.Key.Key_End, Qt.Key.Key_Down, Qt.Key.Key_Right), 99_999),
        ((Qt.Key.Key_End, Qt.Key.Key_Home), 0),
        ((Qt.Key.Key_PageDown,), 4 * COLUMNS),
        ((Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp), 1),
    ],
)
def test_keys_walk_and_what_is_current_is_in_sight(view: TileView, keys: tuple[Qt.Key, ...], number: int) -> None:
    view.setCurrentIndex(view.model().index(0, 0))
    for key in keys:
        QTest.keyClick(view, key)
    assert view.currentIndex().row() == number
    assert selected(view) == [number]
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()).center())


def test_the_focus_goes_to_the_first_cell_and_an_empty_view_has_none(view: TileView) -> None:
    assert view.currentIndex().row() == 0
    model: Any = view.model()
    model.set_count(0)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.mouseClick(view.viewport(), LEFT, NONE, QPoint(5, 5))
    assert not view.currentIndex().isValid()
    view.selectAll()
    assert selected(view) == []


def test_shift_selects_as_one_reads(view: TileView) -> None:
    click(view, 3)
    QTest.keyClick(view, Qt.Key.Key_Down, SHIFT)
    assert selected(view) == list(range(3, 9))
    click(view, 1, SHIFT)
    assert selected(view) == [1, 2, 3]
    view.scrollToBottom()
    click(view, 99_999, SHIFT)
    assert len(selected(view)) == 99_997


def test_control_adds_and_takes_away(view: TileView) -> None:
    click(view, 2)
    click(view, 7, CTRL)
    click(view, 9, CTRL)
    click(view, 7, CTRL)
    assert selected(view) == [2, 9]


def test_a_click_beside_the_cells_selects_nothing(view: TileView) -> None:
    model: Any = view.model()
    model.set_count(7)
    click(view, 2)
    QTest.mouseClick(view.viewport(), LEFT, NONE, QPoint(4 * CELL, CELL + 20))
    assert selected(view) == []


def test_a_rubber_band_selects_the_cells_that_it_touches(view: TileView) -> None:
    model: Any = view.model()
    model.set_count(13)
    viewport, start = view.viewport(), QPoint(4 * CELL + 20, 2 * CELL + 30)
    QTest.mousePress(viewport, LEFT, NONE, start)
    for place in (start - QPoint(30, 10), QPoint(2 * CELL + 5, CELL + 5)):
        QTest.mouseMove(viewport, place)
    assert view.state() == QAbstractItemView.State.DragSelectingState
    assert selected(view) == [7, 8, 9, 12]
    image = viewport.grab().toImage()
    QTest.mouseRelease(viewport, LEFT, NONE, QPoint(2 * CELL + 5, CELL + 5))
    assert image != viewport.grab().toImage(), "the band is seen"
    assert selected(view) == [7, 8, 9, 12]


def test_scrolling_keeps_what_is_current_where_it_is_and_hints_are_followed(view: TileView) -> None:
    index = view.model().index(500, 0)
    hints = QAbstractItemView.ScrollHint
    view.scrollTo(index, hints.PositionAtTop)
    assert view.visualRect(index).top() == 0
    view.scrollTo(index, hints.PositionAtBottom)
    assert view.visualRect(index).bottom() + 1 == view.viewport().height()
    view.scrollTo(index, hints.PositionAtCenter)
    assert abs(view.visualRect(index).center().y() - view.viewport().height() // 2) <= 1
    before = view.verticalScrollBar().value()
    view.scrollTo(index)
    assert view.verticalScrollBar().value() == before, "it is in sight"
    model: Any = view.model()
    model.set_count(200_000)
    view.scrollTo(view.model().index(199_999, 0))
    assert view.visualRect(view.model().index(199_999, 0)).bottom() < view.viewport().height()


def test_those_who_read_the_screen_find_a_list_of_cells(view: TileView) -> None:
    reader = QAccessible.queryAccessibleInterface(view)
    assert reader.role() == QAccessible.Role.List
    assert reader.childCount() == 100_000
    assert reader.child(3).text(QAccessible.Text.Name) == "3"
