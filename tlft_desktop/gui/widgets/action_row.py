"""Buttons for actions of the window's table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton

from tlft_desktop.gui.theme import GRID, set_role


def action_button(action: QAction) -> QToolButton:
    """Return a button with icon and text for an action; it is enabled as the action is."""
    press = QToolButton()
    set_role(press, "flat")
    press.setDefaultAction(action)
    press.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    press.setIconSize(QSize(18, 18))
    press.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    press.setAccessibleName(action.text().replace("&", "").rstrip("…"))
    return press


def action_row(actions: Mapping[str, QAction], keys: Iterable[str]) -> QHBoxLayout:
    """Return a row of buttons for actions."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(GRID // 2)
    for key in keys:
        layout.addWidget(action_button(actions[key]))
    return layout
