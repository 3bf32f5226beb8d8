"""The log of the training: what happened in plain words, with a filter and a way to copy it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QListView, QVBoxLayout, QWidget

from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.item_models.log_model import LogFilter, LogModel, LogRole
from tlft_desktop.gui.live_log import LogKind
from tlft_desktop.gui.live_run import LiveRun
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.text import icon_button, wrapped_label

LIST_HEIGHT = 64
"""At least; what is more is a scroll away."""


class LogList(QListView):
    """The rows; Ctrl+C copies the selected ones."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted(index.row() for index in self.selectedIndexes())
            copy_rows(self, rows)
            event.accept()
            return
        super().keyPressEvent(event)


def copy_rows(view: QListView, rows: list[int]) -> None:
    """Put rows on the clipboard as lines."""
    model = view.model()
    lines = [str(model.index(row, 0).data(LogRole.TEXT)) for row in rows]
    if lines:
        QGuiApplication.clipboard().setText("\n".join(lines))


class LogPanel(QWidget):
    """Shows the log of a run."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = LogModel(context.icons, self)
        self._filter = LogFilter(self)
        self._filter.setSourceModel(self.model)
        self.empty = wrapped_label(self.tr("What happens while training is told here in plain words."), "muted")
        self._make_list()
        self._make_choice()
        self.copy = icon_button(self.tr("Copy the shown entries"))
        context.icons.attach(self.copy, "copy", size=16)
        self.copy.clicked.connect(self._copy_all)
        side = QVBoxLayout()
        side.setSpacing(GRID // 2)
        side.addWidget(self.kind)
        side.addWidget(self.copy, alignment=Qt.AlignmentFlag.AlignRight)
        side.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID, 0, GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.view, 1)
        layout.addLayout(side)
        self.view.hide()

    def follow(self, live: LiveRun) -> None:
        """Show what is new; stay where the user scrolled to."""
        bar = self.view.verticalScrollBar()
        was_at_end = bar.value() >= bar.maximum() - GRID
        before = self.model.rowCount()
        self.model.follow(live)
        if self.model.rowCount() != before:
            self.view.setVisible(self.model.rowCount() > 0)
            self.empty.setVisible(self.model.rowCount() == 0)
            if was_at_end:
                self.view.scrollToBottom()

    def _make_list(self) -> None:
        self.view = LogList()
        self.view.setModel(self._filter)
        self.view.setAccessibleName(self.tr("Log of the training in plain words"))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setWordWrap(True)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setIconSize(QSize(16, 16))
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setMinimumHeight(LIST_HEIGHT)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def _make_choice(self) -> None:
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("Which entries the log shows"))
        self.kind.addItem(self.tr("Everything"), "")
        names = {
            LogKind.PHASE: self.tr("Phases"),
            LogKind.GATE: self.tr("Gates"),
            LogKind.NOTICE: self.tr("Notices"),
            LogKind.TROUBLE: self.tr("Trouble"),
        }
        for kind, name in names.items():
            self.kind.addItem(name, kind.value)
        self.kind.currentIndexChanged.connect(self._choose_kind)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.view.viewport().update()

    @Slot()
    def _choose_kind(self) -> None:
        self._filter.set_kind(str(self.kind.currentData()))

    @Slot()
    def _copy_all(self) -> None:
        copy_rows(self.view, list(range(self._filter.rowCount())))
