"""The table of a race: a row for each strategy with the marks of its runs; in a narrow place some columns give way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from tlft_desktop.gui.item_models.race_table_model import MARKS_ROLE, RaceColumn, RaceRow, RaceTableModel
from tlft_desktop.gui.item_models.table_model import Index
from tlft_desktop.gui.theme import GRID, ThemeController
from tlft_desktop.gui.widgets.run_table import Swatches
from tlft_desktop.gui.widgets.tables import set_up_table

_ROW = 30
_FEW = 1
"""So many rows are seen at least; the others are a scroll away where the window is low."""
_MARK, _GAP = 14, 2
_REMARK = 200
"""Width of the remarks; other columns are as wide as what stands in them."""
_WIDE, _WIDEST = 520, 760
"""From these widths on there is room for the time of the best result, beside tries for states as well, and for remarks,
which stand below, too."""
_SCALE = 4
"""Marks are drawn so many times as large, to be sharp on any screen."""


class MarksDelegate(QStyledItemDelegate):
    """Draws the marks of the runs of a strategy, as in the plot, in front of its name."""

    def __init__(self, theme: ThemeController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._swatches = Swatches(theme)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        marks = index.data(MARKS_ROLE)
        if marks:
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.icon = self._icon(marks)
            option.decorationSize = QSize(len(marks) * (_MARK + _GAP) - _GAP, _MARK)

    def _icon(self, marks: Sequence[int | None]) -> QIcon:
        if len(marks) == 1:
            return self._swatches.icon_at(marks[0])
        side, step = _SCALE * _MARK, _SCALE * (_MARK + _GAP)
        picture = QPixmap(len(marks) * step - _SCALE * _GAP, side)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        for number, mark in enumerate(marks):
            self._swatches.icon_at(mark).paint(painter, number * step, 0, side, side)
        painter.end()
        icon = QIcon(picture)
        icon.addPixmap(picture, QIcon.Mode.Selected)
        return icon


class RaceTable(QTableView):
    """Shows how the strategies stand."""

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = RaceTableModel(self)
        self._has_seeds = self._has_tries = False
        self.setModel(self._rows)
        self.setAccessibleName(self.tr("How the strategies stand"))
        self.setItemDelegateForColumn(RaceColumn.STRATEGY, MarksDelegate(theme, self))
        # In the order in which they train.
        set_up_table(self, row_height=_ROW, sorts=False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(RaceColumn.REMARK, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(RaceColumn.REMARK, _REMARK)
        self._show_columns()

    @property
    def rows(self) -> tuple[RaceRow, ...]:
        """What the table shows."""
        return self._rows.rows

    def show_rows(self, rows: Sequence[RaceRow], *, has_seeds: bool, has_tries: bool = False) -> None:
        """Show strategies; several seeds have a column of their own, and several tries, too."""
        self._has_seeds, self._has_tries = has_seeds, has_tries
        self._rows.set_rows(rows)
        self._show_columns()
        self.setMinimumHeight(self._height_of(min(_FEW, len(rows))))
        self.setMaximumHeight(self._height_of(len(rows)))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height_of(len(self.rows)))

    def _height_of(self, num_rows: int) -> int:
        scroll = self.horizontalScrollBar()
        more = scroll.sizeHint().height() if scroll.maximum() else 0
        height = self.horizontalHeader().sizeHint().height() + _ROW * max(1, num_rows)
        return height + 2 * self.frameWidth() + GRID // 2 + more

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._show_columns()
        super().resizeEvent(event)

    def _show_columns(self) -> None:
        self.setColumnHidden(RaceColumn.SEEDS, not self._has_seeds)
        self.setColumnHidden(RaceColumn.TRIES, not self._has_tries)
        # What trains now stands above the table, and the state of a strategy in its tool tip.
        self.setColumnHidden(RaceColumn.STATE, self._has_tries and self.width() < _WIDE)
        self.setColumnHidden(RaceColumn.BEST, self.width() < _WIDE)
        self.setColumnHidden(RaceColumn.REMARK, self.width() < _WIDEST)
        # The last column takes what is left, and less than its texts need where nothing is.
        self.horizontalHeader().setStretchLastSection(self._needed_width() <= self.viewport().width())

    def _needed_width(self) -> int:
        """Return how wide the columns that are shown are with all of their texts."""
        header = self.horizontalHeader()
        shown = [column for column in RaceColumn if not self.isColumnHidden(column)]
        return sum(
            max(header.sectionSizeHint(column), self.sizeHintForColumn(column))
            if column is not RaceColumn.REMARK
            else header.minimumSectionSize()
            for column in shown
        )
