"""Our own icons: one line style on a 24 px grid, drawn in the colours of the theme at the device's resolution."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Slot
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel
from shiboken6 import isValid

from tlft_desktop.gui.theme import ThemeController
from tlft_desktop.paths import resource_path

SIZES = (16, 18, 20, 24, 32, 36, 40, 48, 64, 72)
Target = QAction | QAbstractButton | QLabel


class Tint(StrEnum):
    """Which colour of the theme an icon takes."""

    TEXT = "text"
    MUTED = "muted"
    ACCENT = "accent"
    ON_ACCENT = "on_accent"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"


@cache
def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def draw(name: str, colour: str, pixels: int) -> QPixmap:
    """Return an icon as a square picture of `pixels` device pixels.

    Raises:
        TlftError: If there is no such icon.
    """
    svg = _source(resource_path(f"icons/{name}.svg")).replace("currentColor", colour)
    picture = QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return picture


def make_icon(name: str, colour: str, disabled_colour: str) -> QIcon:
    """Return an icon that is sharp at the usual sizes and scale factors."""
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(draw(name, colour, size))
        icon.addPixmap(draw(name, disabled_colour, size), QIcon.Mode.Disabled)
    return icon


class IconSet(QObject):
    """Gives icons to actions, buttons and labels, and draws them anew when the theme changes."""

    def __init__(self, theme: ThemeController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._targets: dict[Target, tuple[str, Tint, int]] = {}
        self._cache: dict[tuple[str, str], QIcon] = {}
        theme.changed.connect(self._redraw)

    def attach(self, target: Target, name: str, *, tint: Tint = Tint.TEXT, size: int = 20) -> None:
        """Show the icon `name` on `target`, in place of the one it had."""
        if target not in self._targets:
            target.destroyed.connect(self._prune)
        self._targets[target] = (name, tint, size)
        self._show(target)

    def icon(self, name: str, tint: Tint = Tint.TEXT) -> QIcon:
        """Return an icon in the colours of the moment."""
        colour = str(getattr(self._theme.tokens, tint.value))
        if (name, colour) not in self._cache:
            self._cache[name, colour] = make_icon(name, colour, self._theme.tokens.muted)
        return self._cache[name, colour]

    def _show(self, target: Target) -> None:
        name, tint, size = self._targets[target]
        icon = self.icon(name, tint)
        if isinstance(target, QLabel):
            target.setPixmap(icon.pixmap(size, size))
        else:
            target.setIcon(icon)

    @Slot()
    def _redraw(self) -> None:
        self._cache.clear()
        self._prune()
        for target in self._targets:
            self._show(target)

    @Slot()
    def _prune(self) -> None:
        self._targets = {target: value for target, value in self._targets.items() if isValid(target)}
