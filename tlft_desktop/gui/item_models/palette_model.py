"""The entries of the command palette: what, and with which keys or why not now."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from tlft_desktop.gui.format import tr
from tlft_desktop.gui.icons import IconSet, Tint
from tlft_desktop.gui.item_models.table_model import ColumnSpec, Index, RowTableModel
from tlft_desktop.gui.palette_search import Entry


class Col(IntEnum):
    """Columns."""

    TEXT = 0
    PLACE = 1
    KEYS = 2


class PaletteModel(RowTableModel[Entry]):
    """Shows entries; those that cannot be chosen now say why in place of their keys."""

    def __init__(self, icons: IconSet, parent: QObject | None = None) -> None:
        columns = (
            ColumnSpec[Entry](tr("Command"), lambda entry: entry.text, lambda entry: entry.text),
            ColumnSpec[Entry](tr("Place"), lambda entry: entry.place, lambda entry: entry.place),
            ColumnSpec[Entry](
                tr("Keys, or why not now"), lambda e: e.reason or e.shortcut, lambda e: e.shortcut, is_number=True
            ),
        )
        super().__init__(columns, parent)
        self._icons = icons

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self.rows[index.row()].reason:
            return flags & ~(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DecorationRole and index.isValid() and index.column() == Col.TEXT:
            entry = self.rows[index.row()]
            return self._icons.icon(entry.icon or "command", Tint.MUTED if entry.reason else Tint.TEXT)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.isValid():
            entry = self.rows[index.row()]
            return ", ".join(part for part in (entry.text, entry.place, entry.reason or entry.shortcut) if part)
        return super().data(index, role)
