"""Compared networks as a table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QSortFilterProxyModel, Qt

from tlft_desktop.core.values.sweep import Over
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.format import tr
from tlft_desktop.gui.item_models.table_model import SORT_ROLE, ColumnSpec, Index, RowTableModel

NETWORK_ROLE = int(Qt.ItemDataRole.UserRole) + 13
"""The row itself."""


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """A network at a size, and what probes found of it.

    Attributes:
        backbone: Name in the catalogue.
        image_size: Side of its input in pixels.
        title: Name for people.
        over: What the rows of the table differ in.
        place: In the order in which they were found: decides colour and shape.
        accuracy, low, high: Of the linear probe; None where it could not be measured.
        knn_accuracy: Of the nearest neighbours.
        milliseconds: That an image takes.
        parameters: Of the network.
        is_current: Whether the project uses it.
        verdict: What the comparison says of it: a sentence; empty for nothing.
        problem: Why it could not be measured: a sentence; empty where it could.
    """

    backbone: str
    image_size: int
    title: str
    over: Over
    place: int
    accuracy: float | None
    low: float
    high: float
    knn_accuracy: float
    milliseconds: float
    parameters: int
    is_current: bool
    verdict: str
    problem: str

    @property
    def key(self) -> str:
        """Identifies it among the others."""
        return f"{self.backbone} {self.image_size}"

    @property
    def name(self) -> str:
        """What tells it from the others."""
        return self.title if self.over is Over.BACKBONE else tr("{size} px").format(size=self.image_size)

    @property
    def label(self) -> str:
        """Name in a plot."""
        return tr("{name}, in use").format(name=self.name) if self.is_current else self.name

    @property
    def in_words(self) -> str:
        """All that is known of it, in sentences."""
        name = tr("{name} at {size} px").format(name=self.title, size=self.image_size)
        if self.accuracy is None:
            return tr("{name} could not be measured. {why}").format(name=name, why=self.problem)
        told = tr(
            "{name}: linear probe {accuracy}, nearest neighbours {neighbours}, {time} ms an image, {count} parameters."
        )
        text = told.format(
            name=name,
            accuracy=fmt.accuracy(self.accuracy, self.low, self.high),
            neighbours=fmt.percent(self.knn_accuracy),
            time=fmt.number(self.milliseconds),
            count=fmt.short_count(self.parameters),
        )
        return f"{text} {self.verdict}".strip()


class NetworkTableModel(RowTableModel[NetworkRow]):
    """One row for each network."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_columns(), parent)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == NETWORK_ROLE and index.isValid() and 0 <= index.row() < len(self.rows):
            return self.rows[index.row()]
        return super().data(index, role)

    def row_of(self, key: str) -> int:
        """Return the row of a network; -1 where there is none."""
        return next((number for number, row in enumerate(self.rows) if row.key == key), -1)


class NetworkOrder(QSortFilterProxyModel):
    """Sorts by plain values; what could not be measured comes last where the best come first."""

    def __init__(self, model: NetworkTableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSortRole(SORT_ROLE)
        self.setSourceModel(model)


def _columns() -> Sequence[ColumnSpec[NetworkRow]]:
    return (
        ColumnSpec(tr("Network"), _name, _order_of_name, tip=lambda r: r.in_words),
        ColumnSpec(
            tr("Linear"), _accuracy, lambda r: -1.0 if r.accuracy is None else r.accuracy,
            hint=tr("Accuracy of a linear probe with its 95 % interval"), is_number=True, tip=lambda r: r.in_words,
        ),
        ColumnSpec(
            tr("ms"), lambda r: _known(r, fmt.number(r.milliseconds)),
            lambda r: math.inf if r.accuracy is None else r.milliseconds,
            hint=tr("Milliseconds that an image takes on this machine"), is_number=True, tip=lambda r: r.in_words,
        ),
        ColumnSpec(
            tr("Near"), lambda r: _known(r, fmt.percent(r.knn_accuracy)), lambda r: r.knn_accuracy,
            hint=tr("Accuracy of the nearest neighbours"), is_number=True, tip=lambda r: r.in_words,
        ),
    )  # fmt: skip


def _name(row: NetworkRow) -> str:
    time = tr("{time} ms").format(time=fmt.number(row.milliseconds)) if row.accuracy is not None else ""
    parts = [time, *([tr("in use")] if row.is_current else [])]
    return f"{row.name}\n{', '.join(filter(None, parts))}".rstrip()


def _order_of_name(row: NetworkRow) -> Any:
    return row.title.casefold() if row.over is Over.BACKBONE else row.image_size


def _accuracy(row: NetworkRow) -> str:
    if row.accuracy is None:
        return tr("not\nmeasured")
    return fmt.accuracy(row.accuracy, row.low, row.high).replace(" [", "\n[")


def _known(row: NetworkRow, text: str) -> str:
    return "—" if row.accuracy is None else text
