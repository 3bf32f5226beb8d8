"""Rows of buttons for actions of the window's table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout

from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.action_button import icon_text_button


def action_row(actions: Mapping[str, QAction], keys: Iterable[str]) -> QHBoxLayout:
    """Return flat buttons for actions, side by side."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(GRID // 2)
    for key in keys:
        press = icon_text_button(actions[key], size=18)
        set_role(press, "flat")
        layout.addWidget(press)
    return layout
