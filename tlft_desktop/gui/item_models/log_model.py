"""The log of the training as rows with an icon each."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QSortFilterProxyModel, Qt

from tlft_desktop.gui.icons import IconSet, Tint
from tlft_desktop.gui.item_models.table_model import Index
from tlft_desktop.gui.live_log import LogEntry, LogKind
from tlft_desktop.gui.live_run import LiveRun
from tlft_desktop.gui.widgets.text import plain_tooltip

_ROOT = QModelIndex()
_ICONS = {
    LogKind.PHASE: ("flag", Tint.ACCENT),
    LogKind.GATE: ("gate", Tint.ACCENT),
    LogKind.NOTICE: ("info", Tint.MUTED),
    LogKind.TROUBLE: ("warning", Tint.WARNING),
    LogKind.END: ("success", Tint.SUCCESS),
}


class LogRole(IntEnum):
    """What a view may ask for besides the text."""

    KIND = Qt.ItemDataRole.UserRole + 1
    TEXT = Qt.ItemDataRole.UserRole + 2


class LogModel(QAbstractListModel):
    """Follows the log of a live run; only what is new becomes new rows."""

    def __init__(self, icons: IconSet, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._entries: list[LogEntry] = []
        self._live: LiveRun | None = None
        self._starts = self._num_lost = 0

    def follow(self, live: LiveRun) -> None:
        """Show what the log of a run holds now."""
        if live is not self._live or live.log_starts != self._starts:
            self.beginResetModel()
            self._live, self._starts, self._num_lost = live, live.log_starts, live.num_log_lost
            self._entries = list(live.log)
            self.endResetModel()
            return
        lost = min(live.num_log_lost - self._num_lost, len(self._entries))
        if lost > 0:
            self.beginRemoveRows(_ROOT, 0, lost - 1)
            del self._entries[:lost]
            self.endRemoveRows()
        self._num_lost = live.num_log_lost
        new = live.log[len(self._entries) :]
        if new:
            self.beginInsertRows(_ROOT, len(self._entries), len(self._entries) + len(new) - 1)
            self._entries += new
            self.endInsertRows()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        clock = entry.clock or self.tr("earlier")
        line = f"{clock}  {entry.text}"
        match role:
            case Qt.ItemDataRole.DisplayRole | LogRole.TEXT:
                return line
            case Qt.ItemDataRole.DecorationRole:
                name, tint = _ICONS[entry.kind]
                return self._icons.icon(name, tint)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.name_of(entry.kind)}: {line}"
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tooltip(self.name_of(entry.kind))
            case LogRole.KIND:
                return entry.kind.value
        return None

    def name_of(self, kind: LogKind) -> str:
        """Return what a kind of entry is called."""
        return {
            LogKind.PHASE: self.tr("Phase"),
            LogKind.GATE: self.tr("Gate: the decision between two phases"),
            LogKind.NOTICE: self.tr("Notice"),
            LogKind.TROUBLE: self.tr("Trouble"),
            LogKind.END: self.tr("End"),
        }[kind]


class LogFilter(QSortFilterProxyModel):
    """Shows entries of one kind, or all."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kind = ""

    def set_kind(self, kind: str) -> None:
        """Show entries of a kind only; empty for all."""
        self._kind = kind
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        if not self._kind:
            return True
        return bool(self.sourceModel().index(row, 0, parent).data(LogRole.KIND) == self._kind)
