"""Short facts below each other: what is told, and its value."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.text import plain_label, plain_tooltip, wrapped_label


class FactList(QWidget):
    """Names at the left, values at the right; each value is announced with its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID)
        self._grid.setColumnStretch(0, 1)
        self._names: dict[QLabel, str] = {}
        self._titles: dict[QLabel, QLabel] = {}

    def add(self, name: str, hint: str = "") -> QLabel:
        """Add a fact and return the label of its value."""
        line = self._grid.rowCount()
        title = wrapped_label(name, "muted")
        value = plain_label("", "strong")
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        for label in (title, value):
            label.setToolTip(plain_tooltip(hint))
        self._grid.addWidget(title, line, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, line, 1)
        self._names[value], self._titles[value] = name, title
        return value

    def set_shown(self, label: QLabel, is_shown: bool) -> None:
        """Show a fact, or leave it out."""
        for part in (label, self._titles[label]):
            part.setVisible(is_shown)

    def show_value(self, label: QLabel, text: str, hint: str = "") -> None:
        """Show the value of a fact."""
        label.setText(text)
        label.setAccessibleName(f"{self._names[label]}: {text}" if text else self._names[label])
        if hint:
            label.setToolTip(plain_tooltip(hint))
