"""The menu bar, made of the table of actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from tlft_desktop.gui.actions import MENUS, TABLE, translated
from tlft_desktop.gui.layer_actions import SUBMENUS
from tlft_desktop.gui.preferences import Preferences
from tlft_desktop.gui.widgets.dock_area import DockArea
from tlft_desktop.gui.widgets.text import escaped_ampersands, plain_tooltip

MAX_RECENT = 8
_NEW_GROUP = frozenset(
    {
        "close",
        "quit",
        "theme_system",
        "preferences",
        "predict",
        "about",
        "freeze_layers",
        "tick_shown",
        "norm_inherited",
        "expand_below",
    }
)


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


class ProjectMenu(QMenu):
    """What can be done with the project as a whole, and the projects that were open last.

    Args:
        actions: Of the table, by id.
        preferences: Knows the projects.

    Signals:
        project_chosen(path): One of the projects.
    """

    project_chosen = Signal(str)

    def __init__(self, actions: Mapping[str, QAction], preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions, self._preferences = actions, preferences
        self.setTitle(self.tr("Project"))
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    @Slot()
    def fill(self) -> None:
        """List what can be chosen now."""
        self.clear()
        for key in ("project_folder", "close"):
            self.addAction(self._actions[key])
        self.addSection(self.tr("Open another project"))
        for path in self._preferences.settings.recent_projects[:MAX_RECENT]:
            entry = self.addAction(escaped_ampersands(Path(path).stem))
            entry.setToolTip(plain_tooltip(path))
            entry.setData(path)
            entry.triggered.connect(self._choose)
        for key in ("open", "new"):
            self.addAction(self._actions[key])

    @Slot()
    def _choose(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.project_chosen.emit(sender.data())


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
            if spec.id == "expand_below":
                for inner in SUBMENUS:
                    menus[inner] = menu.addMenu(translated(inner))
                    menus[inner].addActions([actions[item.id] for item in TABLE if item.menu == inner])
                menu.addSeparator()
            if spec.id == "reset_panels":
                menu.addSeparator()
                menu.addMenu(PanelsMenu(current_area, bar))
            menu.addAction(actions[spec.id])
    return menus
