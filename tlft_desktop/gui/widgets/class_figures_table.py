"""The table of a run's classes; in a narrow place its last columns give way."""

from __future__ import annotations

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from tlft_desktop.gui.item_models.class_figures_model import ClassFiguresModel
from tlft_desktop.gui.item_models.table_model import SORT_ROLE
from tlft_desktop.gui.widgets.tables import set_up_table

_ROW = 28
_WIDTHS = {1: 64, 2: 152, 3: 84, 4: 64, 5: 104}
_LEAST_NAME = 72
"""Below this width a name of a class tells nothing."""


class ClassFiguresTable(QTableView):
    """Shows a `ClassFiguresModel`."""

    def __init__(self, model: ClassFiguresModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Figures of each class"))
        order = QSortFilterProxyModel(self)
        order.setSourceModel(model)
        order.setSortRole(SORT_ROLE)
        self.setModel(order)
        set_up_table(self, row_height=_ROW)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAlternatingRowColors(True)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        header = self.horizontalHeader()
        room = self.viewport().width() - max(_LEAST_NAME, header.sectionSizeHint(0))
        for number, least in _WIDTHS.items():
            self.setColumnHidden(number, False)  # the hint of a hidden one is 0
            # A heading that is longer in another language, or in a larger font, must be read, too.
            width = max(least, header.sectionSizeHint(number))
            room -= width
            header.resizeSection(number, width)
            self.setColumnHidden(number, room < 0)
        super().resizeEvent(event)
