"""The queue of runs: what waits, in which order, and how to change that."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QVBoxLayout, QWidget

from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.run_queue import RunQueue
from tlft_desktop.gui.item_models.queue_model import QueueModel
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.action_button import icon_text_button
from tlft_desktop.gui.widgets.text import icon_button, wrapped_label

LIST_HEIGHT = 40
"""At least; what is more is a scroll away."""


class QueueList(QListView):
    """The rows; Delete removes, Alt with the arrows moves."""

    def __init__(self, panel: QueuePanel) -> None:
        super().__init__()
        self._panel = panel

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Delete:
            self._panel.remove_selected()
        elif is_alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._panel.move_selected(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)
            return
        event.accept()


class QueuePanel(QWidget):
    """Shows a `RunQueue`."""

    def __init__(
        self,
        context: AppContext,
        queue: RunQueue,
        model: QueueModel,
        actions: dict[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._queue, self.model = queue, model
        self.empty = wrapped_label(
            self.tr("No run waits. “Add to queue” puts the strategy and settings of the moment here."), "muted"
        )
        self._make_list()
        self._make_buttons(context)
        start = icon_text_button(actions["queue_start"])
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(start)
        below.addStretch(1)
        for press in (self.up, self.down, self.delete):
            below.addWidget(press)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, 0, GRID, GRID // 2)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.view, 1)
        layout.addLayout(below)
        queue.changed.connect(self._follow)
        self.view.selectionModel().selectionChanged.connect(self._show_buttons)
        self._follow()

    def _make_list(self) -> None:
        self.view = QueueList(self)
        self.view.setModel(self.model)
        self.view.setAccessibleName(self.tr("Queue of runs, the next one first"))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setWordWrap(True)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setMinimumHeight(LIST_HEIGHT)

    def _make_buttons(self, context: AppContext) -> None:
        self.up, self.down, self.delete = (
            icon_button(text) for text in (self.tr("Earlier"), self.tr("Later"), self.tr("Remove from the queue"))
        )
        for press, icon in ((self.up, "up"), (self.down, "down"), (self.delete, "trash")):
            context.icons.attach(press, icon, size=16)
        self.up.clicked.connect(self._move_up)
        self.down.clicked.connect(self._move_down)
        self.delete.clicked.connect(self.remove_selected)

    @Slot()
    def remove_selected(self) -> None:
        """Take the selected runs out."""
        row = min(self._rows(), default=0)
        self._queue.remove([self.model.run_at(row).number for row in self._rows()])
        self._select(min(row, self.model.rowCount() - 1))

    def move_selected(self, distance: int) -> None:
        """Move the selected run; of several, the first one."""
        rows = self._rows()
        if rows:
            self._select(self._queue.move(self.model.run_at(rows[0]).number, distance))

    @Slot()
    def _move_up(self) -> None:
        self.move_selected(-1)

    @Slot()
    def _move_down(self) -> None:
        self.move_selected(1)

    def _rows(self) -> list[int]:
        return sorted(index.row() for index in self.view.selectedIndexes())

    def _select(self, row: int) -> None:
        if 0 <= row < self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(row, 0))

    @Slot()
    def _follow(self) -> None:
        self.model.show_runs(self._queue.runs)
        has_runs = bool(self._queue.runs)
        self.view.setVisible(has_runs)
        self.empty.setVisible(not has_runs)
        self._show_buttons()

    @Slot()
    def _show_buttons(self) -> None:
        rows, last = self._rows(), self.model.rowCount() - 1
        self.up.setEnabled(bool(rows) and rows[0] > 0)
        self.down.setEnabled(bool(rows) and rows[0] < last)
        self.delete.setEnabled(bool(rows))
