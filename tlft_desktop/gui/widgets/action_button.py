"""Buttons that show an action of the window with its text."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton

from tlft_desktop.gui.theme import set_role
from tlft_desktop.gui.widgets.buttons import ToolButton


def text_button(action: QAction) -> QToolButton:
    """Return a button for an action: text, tool tip and whether it can be pressed follow the action."""
    result = ToolButton()
    result.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    result.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    result.setDefaultAction(action)
    result.setAccessibleName(action.text().replace("&", ""))
    set_role(result, "text")
    return result


def icon_text_button(action: QAction, *, size: int = 16) -> QToolButton:
    """Return a button for an action with its icon beside its text."""
    result = text_button(action)
    result.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    result.setIconSize(QSize(size, size))
    return result
