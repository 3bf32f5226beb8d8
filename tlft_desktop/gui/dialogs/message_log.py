"""The last messages with their time; what went wrong can be read and copied after its bar is closed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from tlft_desktop.gui.icons import IconSet
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.layout import row
from tlft_desktop.gui.widgets.messages import MESSAGE_TINTS, LoggedMessage, MessageArea, kind_name
from tlft_desktop.gui.widgets.text import button


class MessageLog(QDialog):
    """Shows the messages of this session, the newest first; follows new ones while it is open."""

    def __init__(self, messages: MessageArea, icons: IconSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Messages"))
        self._messages, self._icons = messages, icons
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Messages of this session"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._show_details)
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(self.tr("The message with its details"))
        self.copy = button(self.tr("&Copy"), hint=self.tr("Copy message and details"))
        self.copy.clicked.connect(self._copy)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        line = row(self.copy, buttons)
        line.setStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.list, 3)
        layout.addWidget(self.details, 2)
        layout.addLayout(line)
        self.resize(84 * GRID, 60 * GRID)
        messages.logged.connect(self.fill)
        self.fill()

    @Slot()
    def fill(self) -> None:
        """List the messages of the moment."""
        self.list.clear()
        for logged in self._shown():
            kind = logged.message.kind
            item = QListWidgetItem(
                self._icons.icon(kind.value, MESSAGE_TINTS[kind]), f"{logged.time}  {logged.message.text}"
            )
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{kind_name(kind)}, {logged.time}: {logged.message.text}")
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._show_details(self.list.currentRow())

    def _shown(self) -> list[LoggedMessage]:
        return list(reversed(self._messages.history))

    @Slot(int)
    def _show_details(self, number: int) -> None:
        shown = self._shown()
        self.details.setPlainText(shown[number].text if 0 <= number < len(shown) else "")
        self.copy.setEnabled(0 <= number < len(shown))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
