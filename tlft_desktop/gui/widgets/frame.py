"""The frame of the window: navigation column and header."""

from __future__ import annotations

import math
import time
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tlft_desktop.gui.icons import IconSet, Tint
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.buttons import ToolButton
from tlft_desktop.gui.widgets.elided_button import ElidedButton
from tlft_desktop.gui.widgets.text import button, icon_button, plain_label, plain_tooltip

STOP = "stop"
SETTLE_S = 0.7


class StepState(StrEnum):
    """Where a step of the work stands; each has a shape of its own."""

    EMPTY = "empty"
    READY = "ready"
    RUNNING = "running"
    ATTENTION = "attention"


_TINTS = {
    StepState.EMPTY: Tint.MUTED,
    StepState.READY: Tint.SUCCESS,
    StepState.RUNNING: Tint.ACCENT,
    StepState.ATTENTION: Tint.WARNING,
}


class NavigationColumn(QFrame):
    """The steps of the work, below each other, with a state beside each.

    Signals:
        chosen(page): The user wants another page.
    """

    chosen = Signal(str)

    def __init__(self, icons: IconSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAccessibleName(self.tr("Steps"))
        self._icons = icons
        self._buttons: dict[str, QToolButton] = {}
        self._dots: dict[str, QLabel] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(GRID, 2 * GRID, GRID, GRID)
        self._layout.setSpacing(4)
        self._layout.addStretch(1)
        self.setFixedWidth(22 * GRID)

    def add(self, key: str, text: str, icon: str, *, hint: str) -> None:
        """Add a step below the others."""
        step = ToolButton()
        set_role(step, "nav")
        step.setText(f"  {text}")
        step.setAccessibleName(text.replace("&", ""))
        step.setToolTip(plain_tooltip(hint))
        step.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        step.setIconSize(QSize(20, 20))
        step.setCheckable(True)
        step.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        step.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        step.setObjectName(key)
        step.clicked.connect(self._announce)
        self._icons.attach(step, icon)
        dot = QLabel(step)
        dot.setFixedSize(16, 16)
        dot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QHBoxLayout(step)
        inside.setContentsMargins(0, 0, GRID, 0)
        inside.addStretch(1)
        inside.addWidget(dot)
        self._buttons[key], self._dots[key] = step, dot
        self._layout.insertWidget(len(self._buttons) - 1, step)
        self.set_state(key, StepState.EMPTY, "")

    def set_current(self, key: str) -> None:
        """Show which page is open."""
        # Not Qt's own exclusiveness: it takes all steps but one out of the order of Tab.
        for name, step in self._buttons.items():
            step.setChecked(name == key)

    def set_state(self, key: str, state: StepState, description: str) -> None:
        """Show where a step stands; the description says it in words."""
        self._icons.attach(self._dots[key], f"state-{state.value}", tint=_TINTS[state], size=16)
        self._buttons[key].setAccessibleDescription(description)

    def button_of(self, key: str) -> QToolButton:
        """Return the button of a step."""
        return self._buttons[key]

    @Slot()
    def _announce(self) -> None:
        sender = self.sender()
        if sender is not None:
            # A click on the current step would uncheck it.
            self.set_current(sender.objectName())
            self.chosen.emit(sender.objectName())


class Header(QFrame):
    """Project, device, undo, redo, and the one primary action of the page.

    Args:
        icons: Icons of the window.
        project_menu: Shown below the name of the project.
    """

    def __init__(self, icons: IconSet, project_menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self._icons, self._menu = icons, project_menu
        self._action: QAction | None = None
        self._stop_left_at = -math.inf
        self.project = ElidedButton("project", max_width=60 * GRID)
        icons.attach(self.project, "down", tint=Tint.MUTED, size=16)
        self.project.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.project.clicked.connect(self._open_menu)
        self.read_only = plain_label(self.tr("reading only"), "badge")
        self.read_only.hide()
        self.device = plain_label("", "muted")
        self.device.setAccessibleName(self.tr("Device"))
        self._chip = QLabel()
        icons.attach(self._chip, "chip", tint=Tint.MUTED, size=18)
        self.undo, self.redo = icon_button(self.tr("Undo")), icon_button(self.tr("Redo"))
        for tool in (self.undo, self.redo):
            tool.setIconSize(QSize(20, 20))
        self.primary: QPushButton = button("", "primary")
        self.primary.setIconSize(QSize(18, 18))
        self.primary.clicked.connect(self._trigger)
        self.primary.installEventFilter(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, 2 * GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.project)
        layout.addWidget(self.read_only)
        layout.addStretch(1)
        for widget in (self._chip, self.device, self.undo, self.redo, self.primary):
            layout.addWidget(widget)
        self.setFixedHeight(7 * GRID)

    def set_project(self, name: str, hint: str, *, read_only: str) -> None:
        """Show the name of the project; `read_only` says why it cannot be changed, or is empty."""
        self.project.set_full_text(name)
        self.project.setAccessibleName(self.tr("Project {name}, menu").format(name=name))
        self.project.setToolTip(plain_tooltip(hint))
        self.read_only.setVisible(bool(read_only))
        self.read_only.setToolTip(plain_tooltip(read_only))

    @Slot()
    def _open_menu(self) -> None:
        self._menu.popup(self.project.mapToGlobal(self.project.rect().bottomLeft()))

    def set_device(self, text: str, hint: str) -> None:
        """Show the device that trains."""
        self.device.setText(text)
        self._chip.setVisible(bool(text))
        self.device.setToolTip(plain_tooltip(hint))

    def set_primary(self, action: QAction | None, icon: str = "") -> None:
        """Show another primary action; None for none."""
        if self._action is not None:
            self._action.changed.disconnect(self._follow)
        if self._action is not None and action is not self._action and self._action.objectName() == STOP:
            self._stop_left_at = time.monotonic()
        self._action = action
        self.primary.setVisible(action is not None)
        if action is not None:
            action.changed.connect(self._follow)
            self._icons.attach(self.primary, icon, tint=Tint.ON_ACCENT, size=18)
            self._follow()

    @Slot()
    def _follow(self) -> None:
        if self._action is not None:
            self.primary.setText(self._action.text())
            self.primary.setAccessibleName(self._action.text().replace("&", ""))
            self.primary.setToolTip(plain_tooltip(self._action.toolTip()))
            self.primary.setEnabled(self._action.isEnabled())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A double click is one press: its second half would stop what the first has started.
        return event.type() is QEvent.Type.MouseButtonDblClick or super().eventFilter(watched, event)

    @property
    def is_settled(self) -> bool:
        """Whether a press counts: who wanted to stop a training that ended a moment ago must not start the next."""
        return time.monotonic() - self._stop_left_at >= SETTLE_S

    @Slot()
    def _trigger(self) -> None:
        if self._action is not None and self.is_settled:
            self._action.trigger()
