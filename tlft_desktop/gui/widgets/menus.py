"""The menu bar, made of the table of actions."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenuBar

from tlft_desktop.gui.actions import MENUS, TABLE, translated

_NEW_GROUP = frozenset({"close", "quit", "theme_system", "predict", "about"})


def build_menus(bar: QMenuBar, actions: Mapping[str, QAction]) -> None:
    """Fill a menu bar."""
    for title in MENUS:
        menu = bar.addMenu(translated(title))
        for spec in TABLE:
            if spec.menu == title:
                if spec.id in _NEW_GROUP:
                    menu.addSeparator()
                menu.addAction(actions[spec.id])
