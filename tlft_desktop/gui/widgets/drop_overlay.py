"""Says what dropping would do, over the whole window, while something is dragged above it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from tlft_desktop.gui.icons import IconSet, Tint
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.text import plain_label, wrapped_label

WIDTH = 48 * GRID


class DropOverlay(QFrame):
    """A card in the lower middle of the window; takes no mouse events, so that the window gets the drop."""

    def __init__(self, icons: IconSet, window: QWidget) -> None:
        super().__init__(window)
        self._below = window
        set_role(self, "drop-overlay")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        picture = QLabel()
        icons.attach(picture, "drop", tint=Tint.ACCENT, size=32)
        self._heading = plain_label(self.tr("Drop it"), "heading")
        self._text = wrapped_label()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        for label in (picture, self._heading, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def show_text(self, text: str) -> None:
        """Say what dropping would do."""
        self._text.setText(text)
        layout, room = self.layout(), self._below.size()
        assert layout is not None
        height = layout.totalHeightForWidth(WIDTH)
        self.setGeometry((room.width() - WIDTH) // 2, room.height() - height - 8 * GRID, WIDTH, height)
        self.show()
        self.raise_()
