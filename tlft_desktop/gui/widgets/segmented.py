"""A row of buttons of which exactly one is down."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from tlft_desktop.gui.theme import set_property
from tlft_desktop.gui.widgets.text import button, plain_tooltip


class SegmentedControl(QWidget):
    """Choices side by side.

    Signals:
        chosen(key): The user chose; not emitted by `set_current`.
    """

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._keys: list[str] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._group.buttonClicked.connect(self._announce)

    def add(self, key: str, text: str, *, hint: str = "") -> QAbstractButton:
        """Add a choice at the right end."""
        segment = button(text, "segment")
        segment.setCheckable(True)
        segment.setToolTip(plain_tooltip(hint))
        segment.setAccessibleDescription(hint)
        self._group.addButton(segment, len(self._keys))
        self._keys.append(key)
        self._layout.addWidget(segment)
        buttons = self._group.buttons()
        for place, each in enumerate(buttons):
            set_property(each, "place", "first" if place == 0 else "last" if place == len(buttons) - 1 else "middle")
        return segment

    @property
    def current(self) -> str:
        """Key of the choice that is down; empty for none."""
        number = self._group.checkedId()
        return self._keys[number] if number >= 0 else ""

    def set_current(self, key: str) -> None:
        """Show a choice."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def button_of(self, key: str) -> QAbstractButton:
        """Return the button of a choice."""
        return self._group.button(self._keys.index(key))

    @Slot(QAbstractButton)
    def _announce(self, pressed: QAbstractButton) -> None:
        pressed.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(self._keys[self._group.id(pressed)])
