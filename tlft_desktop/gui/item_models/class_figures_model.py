"""How good a run is at each class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.item_models.table_model import ColumnSpec, RowTableModel

if TYPE_CHECKING:
    from tlft_desktop.core.evaluation.metrics import ClassMetrics

    Table = RowTableModel[ClassMetrics]
else:
    # Its module loads scikit-learn.
    Table = RowTableModel

_UNKNOWN = -1.0
"""Sorts what is not defined below all that is."""


class ClassFiguresModel(Table):
    """Table of classes, in the order of the network's outputs."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), parent)
        self._columns = (
            ColumnSpec(self.tr("Class"), lambda row: row.name, lambda row: row.name.casefold()),
            ColumnSpec(self.tr("Images"), lambda row: fmt.count(row.support), lambda row: row.support, is_number=True),
            ColumnSpec(
                self.tr("Found"),
                lambda row: fmt.accuracy(row.recall, row.low, row.high),
                lambda row: _known(row.recall),
                self.tr("Recall: share of the images of the class that were recognised, with its 95 % interval"),
                is_number=True,
            ),
            ColumnSpec(
                self.tr("Precision"),
                lambda row: fmt.percent(row.precision),
                lambda row: _known(row.precision),
                self.tr("Share of the images taken for the class that are of it"),
                is_number=True,
            ),
            ColumnSpec(
                self.tr("F1"),
                lambda row: fmt.percent(row.f1),
                lambda row: _known(row.f1),
                self.tr("Harmonic mean of both: high only where both are"),
                is_number=True,
            ),
            ColumnSpec(
                self.tr("Taken for it"),
                lambda row: fmt.count(row.answered),
                lambda row: row.answered,
                self.tr("Images for which the network answered this class"),
                is_number=True,
            ),
        )


def _known(value: float | None) -> float:
    return _UNKNOWN if value is None else value
