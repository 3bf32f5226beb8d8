"""The layer tree as a Qt item model; a tick means frozen, and every tick is computed from the freeze plan."""

from __future__ import annotations

from enum import IntEnum
from itertools import accumulate
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from tlft_desktop.core.values.layer_node import LayerNode, LayerTree
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.widgets.text import plain_tooltip

Index = QModelIndex | QPersistentModelIndex
SHARE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""Fraction of all parameters in the subtree: drawn as a bar."""
PATH_ROLE = int(Qt.ItemDataRole.UserRole) + 2


class Column(IntEnum):
    """Columns of the layer tree."""

    NAME = 0
    TYPE = 1
    SHAPE = 2
    PARAMETERS = 3
    MACS = 4
    SHARE = 5


_CHECKED, _PARTLY, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.PartiallyChecked, Qt.CheckState.Unchecked
_NUMBERS = (Column.PARAMETERS, Column.MACS)


class LayerTreeModel(QAbstractItemModel):
    """Adapts a `LayerTree` and a `FreezePlan`.

    Nodes are named by integers: a stale index is a failed look-up, never a dangling pointer.

    Signals:
        plan_edited(FreezePlan): The user ticked or unticked a node; the model shows the new plan already.
    """

    plan_edited = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan = FreezePlan()
        self._editable = True
        self._states: list[Qt.CheckState | None] = []
        self._load(None)

    @property
    def plan(self) -> FreezePlan:
        """The plan that the ticks show."""
        return self._plan

    def set_tree(self, tree: LayerTree | None, plan: FreezePlan) -> None:
        """Show another network."""
        self.beginResetModel()
        self._plan = plan
        self._load(tree)
        self.endResetModel()

    def set_editable(self) -> None:
        """Let the user change ticks."""
        self._editable = True

    def set_read_only(self) -> None:
        """Show ticks that cannot be changed."""
        self._editable = False

    def set_plan(self, plan: FreezePlan) -> None:
        """Show another plan; announces exactly the nodes whose tick changed."""
        if plan == self._plan:
            return
        self._plan = plan
        before, self._states = self._states, self._computed_states()
        changed = [node for node, state in enumerate(self._states) if state != before[node]]
        self._announce(changed)

    def index_of(self, path: str) -> QModelIndex:
        """Return the index of the node at the dotted `path`; an invalid one where there is none."""
        node = self._by_path.get(path)
        return QModelIndex() if node is None else self._index(node, Column.NAME)

    # Qt's interface

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        siblings = self._children[parent.internalId()] if parent.isValid() else self._top
        return self.createIndex(row, column, siblings[row])

    def parent(self, child: Index) -> QModelIndex:  # type: ignore[override]
        if not child.isValid() or child.internalId() >= len(self._nodes):
            return QModelIndex()
        above = self._parents[child.internalId()]
        return QModelIndex() if above < 0 else self._index(above, Column.NAME)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._top)
        if parent.column() != Column.NAME:
            return 0
        return len(self._children[parent.internalId()])

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == Column.NAME and self._editable and self._states[index.internalId()] is not None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.internalId() >= len(self._nodes):
            return None
        node, column = self._nodes[index.internalId()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(node, column)
        if role == Qt.ItemDataRole.CheckStateRole and column is Column.NAME:
            return self._states[index.internalId()]
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._hint(node))
        if role == Qt.ItemDataRole.AccessibleTextRole and column is Column.NAME:
            return self._spoken(node, self._states[index.internalId()])
        if role == SHARE_ROLE and column is Column.SHARE:
            return node.parameters / self._total if self._total else 0.0
        return node.path if role == PATH_ROLE else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not self.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        start, end = self._ranges[index.internalId()]
        owners = self._owners[start:end]
        # Qt hands over an int, Python code an enum.
        wanted = value if isinstance(value, Qt.CheckState) else Qt.CheckState(value)
        plan = self._plan.unfreeze(owners) if wanted == _UNCHECKED else self._plan.freeze(owners)
        self.set_plan(plan)
        self.plan_edited.emit(plan)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section in _NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    # Inside

    def _load(self, tree: LayerTree | None) -> None:
        self._nodes: list[LayerNode] = []
        self._parents: list[int] = []
        self._children: list[list[int]] = []
        self._rows: list[int] = []
        self._ranges: list[tuple[int, int]] = []
        self._owners: tuple[str, ...] = tree.owners if tree else ()
        self._top: list[int] = []
        self._total = tree.root.parameters if tree else 0
        if tree:
            self._top = [self._add(tree.root, -1, 0, 0)]
        self._by_path = {node.path: number for number, node in enumerate(self._nodes)}
        self._states = self._computed_states()

    def _add(self, node: LayerNode, parent: int, row: int, start: int) -> int:
        """Number a subtree in execution order; its owners lie side by side, from `start` on."""
        number = len(self._nodes)
        self._nodes.append(node)
        self._parents.append(parent)
        self._rows.append(row)
        self._children.append([])
        self._ranges.append((start, start))
        end = start + int(node.is_owner)
        for child_row, child in enumerate(node.children):
            child_number = self._add(child, number, child_row, end)
            self._children[number].append(child_number)
            end = self._ranges[child_number][1]
        self._ranges[number] = (start, end)
        return number

    def _computed_states(self) -> list[Qt.CheckState | None]:
        """Return the tick of every node; None for a subtree without parameters, which gets no tick box."""
        frozen = self._plan.frozen
        sums = [0, *accumulate(int(owner in frozen) for owner in self._owners)]
        states: list[Qt.CheckState | None] = []
        for start, end in self._ranges:
            num_frozen = sums[end] - sums[start]
            if start == end:
                states.append(None)
            elif num_frozen == 0:
                states.append(_UNCHECKED)
            else:
                states.append(_CHECKED if num_frozen == end - start else _PARTLY)
        return states

    def _announce(self, changed: list[int]) -> None:
        rows: dict[int, tuple[int, int]] = {}
        for node in changed:
            first, last = rows.get(self._parents[node], (node, node))
            rows[self._parents[node]] = (min(first, node), max(last, node))
        roles = [Qt.ItemDataRole.CheckStateRole]
        for first, last in rows.values():
            self.dataChanged.emit(self._index(first, Column.NAME), self._index(last, Column.NAME), roles)

    def _index(self, node: int, column: Column) -> QModelIndex:
        return self.createIndex(self._rows[node], column, node)

    def _text(self, node: LayerNode, column: Column) -> str:
        if column is Column.NAME:
            return node.name
        if column is Column.TYPE:
            return node.type
        if column is Column.SHAPE:
            return fmt.shape(node.output_shape)
        if column is Column.PARAMETERS:
            return fmt.count(node.parameters) if node.parameters else ""
        if column is Column.MACS:
            return fmt.short_count(node.macs) if node.macs else ""
        return fmt.percent(node.parameters / self._total) if self._total and node.parameters else ""

    def _hint(self, node: LayerNode) -> str:
        if not node.parameters:
            return self.tr("{path}: no parameters, nothing to freeze").format(path=node.path or node.name)
        return self.tr("{path} · stage {stage}").format(path=node.path or node.name, stage=node.stage or "—")

    def _spoken(self, node: LayerNode, state: Qt.CheckState | None) -> str:
        words = {
            _CHECKED: self.tr("frozen"),
            _UNCHECKED: self.tr("trains"),
            _PARTLY: self.tr("partly frozen"),
            None: self.tr("no parameters"),
        }
        return f"{node.name}, {node.type}, {words[state]}"

    def _titles(self) -> tuple[str, ...]:
        return (
            self.tr("Layer (tick = frozen)"),
            self.tr("Type"),
            self.tr("Output"),
            self.tr("Parameters"),
            self.tr("MACs"),
            self.tr("Share of parameters"),
        )
