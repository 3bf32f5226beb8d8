"""Filter of the layer tree: rows that match, with everything above and below them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRegularExpression, QSortFilterProxyModel

from tlft_desktop.core.values.layer_node import LayerNode
from tlft_desktop.gui.item_models.layer_tree_model import Column, LayerTreeModel
from tlft_desktop.gui.item_models.table_model import Index

# Some expressions take longer than the age of the universe on a name of 40 letters: the engine gives up instead.
_LIMIT = "(*LIMIT_MATCH=20000)"


@dataclass(frozen=True, slots=True)
class LayerQuery:
    """What is searched for in path, name and type of a layer.

    Attributes:
        text: Plain text whatever its case, or a regular expression.
        is_regex: Which of the two.
    """

    text: str
    is_regex: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether everything matches."""
        return not self.text


def parse_query(text: str, *, is_regex: bool) -> LayerQuery:
    """Return the query of a search box; `/…/` is a regular expression in any case."""
    stripped = text.strip()
    if len(stripped) > 2 and stripped.startswith("/") and stripped.endswith("/"):
        return LayerQuery(stripped[1:-1], is_regex=True)
    return LayerQuery(stripped, is_regex=is_regex)


def error_of(query: LayerQuery) -> str:
    """Return what is wrong with a regular expression, as its engine says it; empty if nothing is."""
    if not query.is_regex:
        return ""
    expression = QRegularExpression(query.text)
    return "" if expression.isValid() else expression.errorString()


def predicate(query: LayerQuery) -> Callable[[LayerNode], bool]:
    """Return what tells whether a layer matches."""
    if query.is_regex:
        option = QRegularExpression.PatternOption.CaseInsensitiveOption
        expression = QRegularExpression(_LIMIT + query.text, option)
        return lambda node: any(expression.match(text).hasMatch() for text in (node.path, node.type))
    wanted = query.text.casefold()
    return lambda node: any(wanted in text.casefold() for text in (node.path, node.name, node.type))


class LayerFilter(QSortFilterProxyModel):
    """Shows the layers that match a query; an invalid expression changes nothing."""

    def __init__(self, model: LayerTreeModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._query = LayerQuery("")
        self._shown: frozenset[int] = frozenset()
        self._matches: tuple[str, ...] = ()
        self._generation = -1
        # Ticks change no row's place: asking for every one again would make a tick on the root slow.
        self.setDynamicSortFilter(False)
        self.setSourceModel(model)

    @property
    def query(self) -> LayerQuery:
        """What is searched for."""
        return self._query

    @property
    def matches(self) -> tuple[str, ...]:
        """Paths of the layers that match themselves; none without a query."""
        self._refresh()
        return self._matches

    def set_query(self, query: LayerQuery) -> str:
        """Show only what matches; return why not, for an expression that is none."""
        problem = error_of(query)
        if not problem and query != self._query:
            self._query = query
            self._generation = -1
            # `invalidateFilter` is deprecated in newer versions of Qt, its successor is missing in older ones.
            self.invalidate()
        return problem

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        if self._query.is_empty:
            return True
        self._refresh()
        return self._model.index(source_row, Column.NAME, source_parent).internalId() in self._shown

    def _refresh(self) -> None:
        if self._generation == self._model.generation:
            return
        self._generation = self._model.generation
        if self._query.is_empty:
            self._shown, self._matches = frozenset(), ()
        else:
            self._shown, self._matches = self._model.matching(predicate(self._query))
