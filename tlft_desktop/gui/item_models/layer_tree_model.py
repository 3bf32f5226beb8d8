"""The layer tree as a Qt item model; a tick means frozen, and every tick is computed from the freeze plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import IntEnum
from itertools import accumulate
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QIcon

from tlft_desktop.core.values.layer_node import LayerNode, LayerTree
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.heat_measures import ShownHeat
from tlft_desktop.gui.item_models import layer_rates as rates
from tlft_desktop.gui.item_models import layer_texts as texts
from tlft_desktop.gui.item_models.layer_heat import HeatColumn, cell_text, stage_starts
from tlft_desktop.gui.item_models.table_model import Index
from tlft_desktop.gui.widgets.text import plain_tooltip

SHARE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""Fraction of all parameters in the subtree: drawn as a bar."""
PATH_ROLE = int(Qt.ItemDataRole.UserRole) + 2
STAGE_ROLE = int(Qt.ItemDataRole.UserRole) + 3
"""Number of the stage where one begins, else -1: drawn as a badge."""
OWN_NORM_ROLE = int(Qt.ItemDataRole.UserRole) + 4
"""Whether the node has a norm policy of its own."""
OWN_RATE_ROLE = int(Qt.ItemDataRole.UserRole) + 5
"""Whether the node has a factor on the learning rate of its own."""
HEAT_ROLE = int(Qt.ItemDataRole.UserRole) + 6
"""How hot a node is by the strongest stage, as two bars of which one is seen: still, and straining."""


class Column(IntEnum):
    """Columns of the layer tree."""

    NAME = 0
    STAGE = 1
    TYPE = 2
    SHAPE = 3
    PARAMETERS = 4
    MACS = 5
    SHARE = 6
    NORM = 7
    RATE = 8
    HEAT = 9


_CHECKED, _PARTLY, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.PartiallyChecked, Qt.CheckState.Unchecked
_NUMBERS = (Column.PARAMETERS, Column.MACS)
_NUM_COLUMNS = len(Column)
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_CHECKABLE = _PLAIN | Qt.ItemFlag.ItemIsUserCheckable
# Plain integers: comparing members of an enumeration takes as long as everything else here.
_NAME = int(Column.NAME)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ROLES = frozenset(
    {
        _DISPLAY, int(Qt.ItemDataRole.CheckStateRole), int(Qt.ItemDataRole.DecorationRole),
        int(Qt.ItemDataRole.TextAlignmentRole), int(Qt.ItemDataRole.ToolTipRole),
        int(Qt.ItemDataRole.AccessibleTextRole), SHARE_ROLE, PATH_ROLE, STAGE_ROLE, OWN_NORM_ROLE, OWN_RATE_ROLE,
        HEAT_ROLE,
    }
)  # fmt: skip


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
        self._icons: dict[Qt.CheckState, QIcon] = {}
        self.generation = 0
        """Grows with every other network: what was computed for an older one is void."""
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

    def set_icons(self, *, frozen: QIcon, partly: QIcon, trains: QIcon) -> None:
        """Show what is frozen by more than the tick; `trains` keeps the names in line."""
        self._icons = {_CHECKED: frozen, _PARTLY: partly, _UNCHECKED: trains}

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
        old, self._plan = self._plan, plan
        before, self._states = self._states, self._computed_states()
        changed = [node for node, state in enumerate(self._states) if state != before[node]]
        self._announce(changed, Column.NAME, Qt.ItemDataRole.CheckStateRole)
        if (old.norm, old.norm_overrides) != (plan.norm, plan.norm_overrides):
            norms = [node for node, has_norm in enumerate(self._have_norm) if has_norm]
            self._announce(norms, Column.NORM, Qt.ItemDataRole.DisplayRole)
        if old.adapters or plan.adapters:
            self._texts.clear()
            self._announce(list(range(len(self._nodes))), Column.TYPE, Qt.ItemDataRole.DisplayRole)
        if old.rate_factors != plan.rate_factors:
            self._rates = rates.rates_of(self._nodes, self._parents, plan)
            self._announce(list(range(len(self._nodes))), Column.RATE, Qt.ItemDataRole.DisplayRole)

    def set_heat(self, shown: ShownHeat) -> None:
        """Show how hot layers were; until another network or another heat is shown."""
        paths = (node.path for node in self._nodes)
        self._heat = HeatColumn(shown, self._owners, dict(zip(paths, self._ranges, strict=True)))
        self._announce(list(range(len(self._nodes))), Column.HEAT, Qt.ItemDataRole.DisplayRole)

    def index_of(self, path: str) -> QModelIndex:
        """Return the index of the node at the dotted `path`; an invalid one where there is none."""
        node = self._by_path.get(path)
        return QModelIndex() if node is None else self._index(node, Column.NAME)

    def owners_below(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Return the parameter owners at or below some nodes, in execution order and once each."""
        places: set[int] = set()
        for path in paths:
            places.update(range(*self._ranges[self._by_path[path]]))
        return tuple(self._owners[place] for place in sorted(places))

    def has_norm(self, path: str) -> bool:
        """Tell whether a node is a norm layer or has one below it."""
        return self._have_norm[self._by_path[path]]

    def matching(self, accepts: Callable[[LayerNode], bool]) -> tuple[frozenset[int], tuple[str, ...]]:
        """Return the numbers of the nodes to show for a search, and the paths of those that match themselves.

        Shown are matches, what lies below them, and the way to them from the root.
        """
        shown: set[int] = set()
        paths = []
        for number, node in enumerate(self._nodes):
            if not accepts(node):
                continue
            paths.append(node.path)
            shown.update(range(number, self._ends[number]))
            above = self._parents[number]
            while above >= 0 and above not in shown:
                shown.add(above)
                above = self._parents[above]
        return frozenset(shown), tuple(paths)

    # Qt's interface

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        # Not `hasIndex`: it asks back for rows and columns, which a tick on the root would do thousands of times.
        if not parent.isValid():
            siblings = self._top
        elif parent.column() == _NAME and parent.internalId() < len(self._nodes):
            siblings = self._children[parent.internalId()]
        else:
            return QModelIndex()
        if not (0 <= row < len(siblings) and 0 <= column < _NUM_COLUMNS):
            return QModelIndex()
        return self.createIndex(row, column, siblings[row])

    def parent(self, child: Index) -> QModelIndex:  # type: ignore[override]
        if not child.isValid() or child.internalId() >= len(self._nodes):
            return QModelIndex()
        above = self._parents[child.internalId()]
        return QModelIndex() if above < 0 else self._index(above, Column.NAME)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._top)
        if parent.column() != _NAME:
            return 0
        return len(self._children[parent.internalId()])

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return _NUM_COLUMNS

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or index.internalId() >= len(self._nodes):
            return Qt.ItemFlag.NoItemFlags
        if index.column() == _NAME and self._editable and self._states[index.internalId()] is not None:
            return _CHECKABLE
        return _PLAIN

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        # A view asks for about ten roles of each cell that it paints: most of them end here.
        if role not in _ROLES or not index.isValid() or index.internalId() >= len(self._nodes):
            return None
        number, column = index.internalId(), index.column()
        if role == _DISPLAY:
            return self._cached_text(number, column)
        return self._other_data(number, Column(column), role)

    def _other_data(self, number: int, column: Column, role: int) -> Any:
        node = self._nodes[number]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._hint(node, column))
        if role == PATH_ROLE:
            return node.path
        if column is Column.NAME:
            return self._name_data(node, self._states[number], role)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == SHARE_ROLE and column is Column.SHARE:
            return node.parameters / self._total if self._total else 0.0
        if role == STAGE_ROLE and column is Column.STAGE:
            return self._stage_starts.get(number, -1)
        if role == HEAT_ROLE and column is Column.HEAT:
            return self._heat.bars(self._heat_of(number))
        if role == OWN_NORM_ROLE and column is Column.NORM:
            return self._has_own_norm(node)
        if role == OWN_RATE_ROLE and column is Column.RATE:
            return rates.has_own_rate(self._plan, node.path)
        return None

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
            return texts.titles()[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(texts.explanations()[section])
        if role == Qt.ItemDataRole.TextAlignmentRole and section in _NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _load(self, tree: LayerTree | None) -> None:
        self._nodes: list[LayerNode] = []
        self._texts: dict[tuple[int, int], str] = {}
        self._parents: list[int] = []
        self._children: list[list[int]] = []
        self._rows: list[int] = []
        self._ends: list[int] = []
        self._have_norm: list[bool] = []
        self._ranges: list[tuple[int, int]] = []
        self._owners: tuple[str, ...] = tree.owners if tree else ()
        self._top: list[int] = []
        self._total = tree.root.parameters if tree else 0
        if tree:
            self._top = [self._add(tree.root, -1, 0, 0)]
        self._by_path = {node.path: number for number, node in enumerate(self._nodes)}
        self._stages = {name: number for number, name in enumerate(tree.stages)} if tree else {}
        self._stage_starts = stage_starts(self._nodes, self._stages)
        self.generation += 1
        self._states = self._computed_states()
        self._rates = rates.rates_of(self._nodes, self._parents, self._plan)
        self._heat = HeatColumn(ShownHeat(), self._owners, {})

    def _add(self, node: LayerNode, parent: int, row: int, start: int) -> int:
        """Number a subtree in execution order; its owners lie side by side, from `start` on."""
        number = len(self._nodes)
        self._nodes.append(node)
        self._parents.append(parent)
        self._rows.append(row)
        self._children.append([])
        self._ranges.append((start, start))
        self._ends.append(number + 1)
        self._have_norm.append(node.is_norm and node.parameters > 0)
        end = start + int(node.is_owner)
        for child_row, child in enumerate(node.children):
            child_number = self._add(child, number, child_row, end)
            self._children[number].append(child_number)
            end = self._ranges[child_number][1]
            self._have_norm[number] = self._have_norm[number] or self._have_norm[child_number]
        self._ends[number] = len(self._nodes)
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

    def _announce(self, changed: list[int], column: Column, role: Qt.ItemDataRole) -> None:
        rows: dict[int, tuple[int, int]] = {}
        for node in changed:
            first, last = rows.get(self._parents[node], (node, node))
            rows[self._parents[node]] = (min(first, node), max(last, node))
        for first, last in rows.values():
            self.dataChanged.emit(self._index(first, column), self._index(last, column), [role])

    def _index(self, node: int, column: Column) -> QModelIndex:
        return self.createIndex(self._rows[node], column, node)

    def _name_data(self, node: LayerNode, state: Qt.CheckState | None, role: int) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole:
            return state
        if role == Qt.ItemDataRole.DecorationRole and state is not None:
            return self._icons.get(state)
        return texts.spoken(node, state, self._plan) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _cached_text(self, number: int, column: int) -> str:
        if column == Column.NORM:
            return self._norm_text(self._nodes[number])
        if column == Column.RATE:
            return self._rate_text(number)
        if column == Column.HEAT:
            return cell_text(self._heat_of(number))
        key = (number, column)
        if key not in self._texts:
            self._texts[key] = self._text(self._nodes[number], Column(column))
        return self._texts[key]

    def _text(self, node: LayerNode, column: Column) -> str:
        if column is Column.NAME:
            # The library stands in the chooser of networks and in the hint; here it would hide the name of the root.
            return node.name if node.path else node.name.rpartition(":")[2]
        if column is Column.STAGE:
            return texts.stage_text(self._stages.get(node.stage), len(self._stages))
        if column is Column.TYPE:
            return texts.type_text(node, self._plan)
        if column is Column.SHAPE:
            return fmt.shape(node.output_shape)
        if column is Column.PARAMETERS:
            return fmt.short_count(node.parameters) if node.parameters else ""
        if column is Column.MACS:
            return fmt.short_count(node.macs) if node.macs else ""
        return fmt.percent(node.parameters / self._total) if self._total and node.parameters else ""

    def _norm_text(self, node: LayerNode) -> str:
        if not self._have_norm[self._by_path[node.path]]:
            return ""
        policy = self._plan.norm_policy_of(node.path).value
        # The word says it as well as the look: brackets mean that the policy comes from above.
        return policy if self._has_own_norm(node) else f"({policy})"

    def _rate_text(self, number: int) -> str:
        path = self._nodes[number].path
        start, end = self._ranges[number]
        return rates.rate_text(self._rates[number], is_own=rates.has_own_rate(self._plan, path)) if start < end else ""

    def _heat_of(self, number: int) -> float | None:
        return self._heat.value(self._ranges[number], self._nodes[number].stage if number in self._stage_starts else "")

    def _has_own_norm(self, node: LayerNode) -> bool:
        return not node.path or any(path == node.path for path, _ in self._plan.norm_overrides)

    def _hint(self, node: LayerNode, column: Column) -> str:
        path = node.path or node.name
        if column is Column.NORM and self._norm_text(node):
            return texts.norm_hint(self._plan.norm_policy_of(node.path), is_own=self._has_own_norm(node))
        if column is Column.RATE and self._rate_text(self._by_path[node.path]):
            return rates.rate_hint(self._plan.rate_of(node.path), is_own=rates.has_own_rate(self._plan, node.path))
        if column is Column.HEAT and node.parameters:
            return self._heat.hint(path, self._heat_of(self._by_path[node.path]))
        if column in (Column.PARAMETERS, Column.SHARE) and node.parameters:
            return texts.size_hint(node, self._total)
        if column in (Column.TYPE, Column.SHAPE) and self._text(node, column):
            return f"{path}: {self._text(node, column)}"
        return texts.place_hint(node)
