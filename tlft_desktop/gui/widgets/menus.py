"""The menu bar, made of the table of actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from tlft_desktop.gui.actions import MENUS, TABLE, translated
from tlft_desktop.gui.widgets.dock_area import DockArea

_NEW_GROUP = frozenset({"close", "quit", "theme_system", "preferences", "predict", "about", "freeze_layers", "tick_shown", "norm_inherited", "expand_below"})


class PanelsMenu(QMenu):
    """The panels of the page that is shown; a tick hides or shows one.

    Args:
        current_area: Returns the area with panels of that page; None for a page without.
    """

    def __init__(self, current_area: Callable[[], DockArea | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current_area = current_area
        self.setTitle(self.tr("&Panels"))
        self.aboutToShow.connect(self.fill)

    @Slot()
    def fill(self) -> None:
        """List the panels of the moment."""
        self.clear()
        area = self._current_area()
        actions = area.panel_actions() if area is not None else []
        for action in actions:
            self.addAction(action)
        if not actions:
            self.addAction(self.tr("This page has no panels")).setEnabled(False)


def build_menus(
    bar: QMenuBar, actions: Mapping[str, QAction], current_area: Callable[[], DockArea | None]
) -> dict[str, QMenu]:
    """Fill a menu bar and return its menus by their title in the table."""
    menus = {}
    for title in MENUS:
        menu = bar.addMenu(translated(title))
        menus[title] = menu
        for spec in TABLE:
            if spec.menu != title:
                continue
            if spec.id in _NEW_GROUP:
                menu.addSeparator()
            if spec.id == "reset_panels":
                menu.addSeparator()
                menu.addMenu(PanelsMenu(current_area, bar))
            menu.addAction(actions[spec.id])
    return menus
