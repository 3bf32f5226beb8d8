"""Filter of the layer tree: rows that match, with everything above and below them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel

from tlft_desktop.gui.item_models.layer_tree_model import PATH_ROLE, Column

Index = QModelIndex | QPersistentModelIndex


class LayerFilter(QSortFilterProxyModel):
    """Shows layers whose path or type contains a text, whatever its case."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setRecursiveFilteringEnabled(True)
        self.setAutoAcceptChildRows(True)

    def set_text(self, text: str) -> None:
        """Show only what contains `text`; everything for an empty one."""
        self._text = text.strip().casefold()
        # `invalidateFilter` is deprecated in newer versions of Qt, its successor is missing in older ones.
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        if not self._text:
            return True
        model = self.sourceModel()
        name = model.index(source_row, Column.NAME, source_parent)
        kind = model.index(source_row, Column.TYPE, source_parent)
        path = name.data(PATH_ROLE)
        return self._text in str(path).casefold() or self._text in str(kind.data()).casefold()
