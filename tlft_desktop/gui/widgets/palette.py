"""The command palette: everything that can be done, found by typing a part of its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QTreeView, QVBoxLayout, QWidget

from tlft_desktop.gui.icons import IconSet
from tlft_desktop.gui.item_models.palette_model import Col, PaletteModel
from tlft_desktop.gui.palette_search import Entry, find
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.leaving import LeaveWatcher
from tlft_desktop.gui.widgets.text import plain_label

WIDTH, HEIGHT = 92 * GRID, 52 * GRID
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_CHOICES = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

_ALL_ROWS = -1
_WIDEST = {Col.TEXT: 40 * GRID, Col.PLACE: 22 * GRID}
"""The folder of a project may be long; the rest is for the keys, or for a sentence that says why not now."""


class CommandPalette(QFrame):
    """Lies over the window; closes with Escape, with a choice, or when the focus leaves it.

    Args:
        entries: Called when it opens: what can be chosen at this moment, or why it cannot.
        icons: Icons of the entries.
        window: It lies over this one.
    """

    def __init__(self, entries: Callable[[], Sequence[Entry]], icons: IconSet, window: QWidget) -> None:
        super().__init__(window)
        self._make_entries, self._entries = entries, tuple[Entry, ...]()
        self._below = window
        self._watcher = LeaveWatcher(self)
        set_role(self, "overlay")
        self.setAccessibleName(self.tr("Command palette"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("What do you want to do?"))
        self.search.setAccessibleName(self.tr("Find a command, a page or a project"))
        self.search.setClearButtonEnabled(False)
        self.search.textChanged.connect(self._find)
        self.search.installEventFilter(self)
        self.model = PaletteModel(icons, self)
        self.view = self._make_view()
        self._nothing = plain_label(self.tr("Nothing has this name. Try another word."), "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        for widget in (self.search, self.view, self._nothing):
            layout.addWidget(widget)
        self.hide()

    def open(self) -> None:
        """Show everything that can be chosen now."""
        self._entries = tuple(self._make_entries())
        self.search.clear()
        self._find()
        room = self._below.size()
        width, height = min(WIDTH, room.width() - 4 * GRID), min(HEIGHT, room.height() - 16 * GRID)
        self.setGeometry((room.width() - width) // 2, 8 * GRID, width, height)
        for column, widest in _WIDEST.items():
            self.view.header().resizeSection(column, min(self.view.sizeHintForColumn(column), widest))
        self._watcher.show(self.search)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() in _CHOICES:
            self._choose(self.view.currentIndex())
        elif event.key() in _MOVES:
            QApplication.sendEvent(self.view, event)
        else:
            return False
        return True

    def _make_view(self) -> QTreeView:
        view = QTreeView()
        view.setModel(self.model)
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setHeaderHidden(True)
        view.setAllColumnsShowFocus(True)
        view.setIconSize(QSize(18, 18))
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName(self.tr("What was found"))
        view.header().setResizeContentsPrecision(_ALL_ROWS)
        view.clicked.connect(self._choose)
        view.selectionModel().currentChanged.connect(self._say_current)
        return view

    @Slot()
    def _find(self) -> None:
        found = find(self._entries, self.search.text())
        self.model.set_rows(found)
        self.view.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self.view.setCurrentIndex(self.model.index(0, 0) if found and not found[0].reason else QModelIndex())
        self.view.scrollToTop()

    @Slot()
    def _say_current(self) -> None:
        # The focus stays in the search box: a screen reader hears through it what the arrow keys chose.
        said = self.view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
        self.search.setAccessibleDescription(said or "")

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        if not index.isValid() or self.model.rows[index.row()].reason:
            return
        entry = self.model.rows[index.row()]
        self._watcher.close()
        entry.act()
