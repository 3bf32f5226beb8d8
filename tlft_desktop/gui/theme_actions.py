"""The actions that choose the colours of the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from tlft_desktop.core.settings import Theme
from tlft_desktop.gui.preferences import Preferences
from tlft_desktop.gui.theme import ThemeController


class ThemeActions(QObject):
    """Keeps the theme and the setting equal, whoever changes the setting."""

    def __init__(self, theme: ThemeController, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._preferences = theme, preferences
        preferences.changed.connect(self._follow)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what is called for each action."""
        return {"theme_system": self._use_system, "theme_light": self._use_light, "theme_dark": self._use_dark}

    @Slot()
    def _use_system(self) -> None:
        self._choose(Theme.SYSTEM)

    @Slot()
    def _use_light(self) -> None:
        self._choose(Theme.LIGHT)

    @Slot()
    def _use_dark(self) -> None:
        self._choose(Theme.DARK)

    def _choose(self, theme: Theme) -> None:
        self._preferences.set_settings(replace(self._preferences.settings, theme=theme))

    @Slot()
    def _follow(self) -> None:
        wanted = self._preferences.settings.theme
        if wanted is not self._theme.choice:
            self._theme.apply(wanted)
