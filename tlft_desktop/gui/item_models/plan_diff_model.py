"""Two freeze plans side by side in one tree."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QSortFilterProxyModel, Qt

from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.icons import IconSet, Tint
from tlft_desktop.gui.item_models.layer_rates import rate_text
from tlft_desktop.gui.item_models.table_model import Index
from tlft_desktop.gui.run_plans import Freezing, NodePair, compare_plans
from tlft_desktop.gui.widgets.text import plain_tooltip

DIFFERS_ROLE = int(Qt.ItemDataRole.UserRole) + 20
"""Whether the two plans treat a layer of the subtree differently."""


class DiffColumn(IntEnum):
    """Columns of the tree."""

    NAME = 0
    PARAMETERS = 1
    FIRST = 2
    SECOND = 3
    DIFFERENCE = 4


class PlanDiffModel(QAbstractItemModel):
    """The layers of a network, with what each of two plans does to them; nodes are named by integers."""

    def __init__(self, icons: IconSet, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._titles = ("", "")
        self._pairs: list[NodePair] = []
        self._parents: list[int] = []
        self._children: list[list[int]] = []
        self._rows: list[int] = []

    @property
    def num_differing(self) -> int:
        """Layers with parameters that the plans treat differently."""
        return self._pairs[0].num_differing if self._pairs else 0

    def set_plans(self, tree: LayerTree | None, plans: tuple[FreezePlan, FreezePlan], titles: tuple[str, str]) -> None:
        """Show two plans of a network; without a network nothing is shown."""
        self.beginResetModel()
        self._titles = titles
        self._pairs, self._parents, self._children, self._rows = [], [], [], []
        if tree is not None:
            self._add(tree.root.path, compare_plans(tree, *plans), -1, 0)
        self.endResetModel()

    # Qt's interface

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self._children[parent.internalId()][row] if parent.isValid() else 0)

    def parent(self, child: Index) -> QModelIndex:  # type: ignore[override]
        if not child.isValid() or child.internalId() >= len(self._pairs):
            return QModelIndex()
        above = self._parents[child.internalId()]
        return QModelIndex() if above < 0 else self.createIndex(self._rows[above], 0, above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return min(1, len(self._pairs))
        return len(self._children[parent.internalId()]) if parent.column() == DiffColumn.NAME else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(DiffColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.internalId() >= len(self._pairs):
            return None
        pair, column = self._pairs[index.internalId()], DiffColumn(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(pair, column)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(pair, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(pair.node.path or pair.node.name)
        if role == Qt.ItemDataRole.TextAlignmentRole and column is DiffColumn.PARAMETERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole and column is DiffColumn.NAME:
            states = zip(self._titles, (self._state(pair, 0), self._state(pair, 1)), strict=True)
            return ", ".join((pair.node.name, *(f"{title}: {words}" for title, words in states)))
        return pair.num_differing > 0 if role == DIFFERS_ROLE else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(DiffColumn):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Layer"), self.tr("Parameters"), *self._titles, self.tr("Difference"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section == DiffColumn.PARAMETERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    # Inside

    def _add(self, path: str, pairs: dict[str, NodePair], parent: int, row: int) -> int:
        number = len(self._pairs)
        self._pairs.append(pairs[path])
        self._parents.append(parent)
        self._rows.append(row)
        self._children.append([])
        for child_row, child in enumerate(pairs[path].node.children):
            self._children[number].append(self._add(child.path, pairs, number, child_row))
        return number

    def _text(self, pair: NodePair, column: DiffColumn) -> str:
        if column is DiffColumn.NAME:
            return pair.node.name
        if column is DiffColumn.PARAMETERS:
            return fmt.count(pair.node.parameters) if pair.node.parameters else ""
        if column is DiffColumn.FIRST:
            return self._state(pair, 0)
        if column is DiffColumn.SECOND:
            return self._state(pair, 1)
        if not pair.num_differing:
            return ""
        if pair.node.is_owner and not pair.node.children:
            return self.tr("differs")
        if pair.num_differing == 1:
            return self.tr("1 layer differs")
        return self.tr("{number} layers differ").format(number=fmt.count(pair.num_differing))

    def _icon(self, pair: NodePair, column: DiffColumn) -> Any:
        if column is DiffColumn.DIFFERENCE:
            return self._icons.icon("differs", Tint.WARNING) if pair.num_differing else None
        if column not in (DiffColumn.FIRST, DiffColumn.SECOND):
            return None
        freezing = pair.first if column is DiffColumn.FIRST else pair.second
        if freezing is Freezing.EMPTY:
            return None
        name = {Freezing.FROZEN: "frozen", Freezing.PARTLY: "frozen-partly", Freezing.TRAINS: "train"}[freezing]
        return self._icons.icon(name, Tint.MUTED if freezing is Freezing.TRAINS else Tint.ACCENT)

    def _state(self, pair: NodePair, place: int) -> str:
        """Return in words what a plan does to a node: the first (0) or the second (1)."""
        freezing, factor = (pair.first, pair.second)[place], pair.rates[place]
        words = self._words(freezing)
        if pair.ranks[place]:
            return self.tr("{state}, adapter of rank {rank}").format(state=words, rank=fmt.count(pair.ranks[place]))
        if factor == 1 or freezing not in (Freezing.TRAINS, Freezing.PARTLY):
            return words
        return f"{words}, {rate_text(factor, is_own=True)}"

    def _words(self, freezing: Freezing) -> str:
        return {
            Freezing.FROZEN: self.tr("frozen"),
            Freezing.PARTLY: self.tr("partly frozen"),
            Freezing.TRAINS: self.tr("trains"),
            Freezing.EMPTY: "",
        }[freezing]


class DifferenceFilter(QSortFilterProxyModel):
    """Shows everything, or only what differs."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_only = False

    def show_all(self) -> None:
        """Show every layer."""
        self._set(False)

    def show_differences(self) -> None:
        """Show only layers that differ, and what they lie in."""
        self._set(True)

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        return not self._is_only or bool(self.sourceModel().index(row, 0, parent).data(DIFFERS_ROLE))

    def _set(self, only: bool) -> None:
        self._is_only = only
        # `invalidateFilter` is deprecated in newer versions of Qt, its successor is missing in older ones.
        self.invalidate()
