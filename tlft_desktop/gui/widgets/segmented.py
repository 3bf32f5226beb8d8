"""A row of buttons of which exactly one is down."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from tlft_desktop.gui.theme import set_property
from tlft_desktop.gui.widgets.text import button, plain_tooltip


class ChoiceFocus(QObject):
    """Keeps the focus of a group of choices on the one that is down.

    Qt does that where the user clicks. After a plain `setChecked`, or on a page that is shown again, the focus would
    stand on another choice, from where an arrow key chooses a neighbour of what is not seen as chosen.

    Args:
        group: Its buttons are handed to `watch`.
    """

    def __init__(self, group: QButtonGroup) -> None:
        super().__init__(group)
        self._group = group

    def watch(self, choice: QAbstractButton) -> None:
        """Look after a button of the group."""
        choice.installEventFilter(self)

    def check(self, wanted: QAbstractButton) -> None:
        """Put a button down; the focus follows if it is in the group."""
        had_focus = any(each.hasFocus() for each in self._group.buttons())
        wanted.setChecked(True)
        if wanted.focusPolicy() is Qt.FocusPolicy.NoFocus:
            return
        for each in self._group.buttons():
            if each.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each is wanted else Qt.FocusPolicy.ClickFocus)
        if had_focus:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        down = self._group.checkedButton()
        if isinstance(event, QFocusEvent) and event.gotFocus() and down is not None and down is not watched:
            is_click = event.reason() is Qt.FocusReason.MouseFocusReason
            if not is_click and down.isEnabled() and down.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                down.setFocus(event.reason())
                return True
        return super().eventFilter(watched, event)


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
        self._focus = ChoiceFocus(self._group)
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
        self._focus.watch(segment)
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
        self._focus.check(self.button_of(key))

    def button_of(self, key: str) -> QAbstractButton:
        """Return the button of a choice."""
        return self._group.button(self._keys.index(key))

    @Slot(QAbstractButton)
    def _announce(self, pressed: QAbstractButton) -> None:
        pressed.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(self._keys[self._group.id(pressed)])
