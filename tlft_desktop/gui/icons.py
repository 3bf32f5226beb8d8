"""Our own icons: one line style on a 24 px grid, drawn in the colours of the theme at the device's resolution."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

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
def _source(name: str) -> str:
    return resource_path(f"icons/{name}.svg").read_text(encoding="utf-8")


def draw(name: str, colour: str, pixels: int) -> QPixmap:
    """Return an icon as a square picture of `pixels` device pixels.

    Raises:
        TlftError: If there is no such icon.
    """
    return _draw(_renderer(name, colour), pixels)


def make_icon(name: str, colour: str, disabled_colour: str) -> QIcon:
    """Return an icon that is sharp at the usual sizes and scale factors."""
    icon = QIcon()
    for mode, shade in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled_colour)):
        renderer = _renderer(name, shade)
        for size in SIZES:
            icon.addPixmap(_draw(renderer, size), mode)
    return icon


def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))


def _draw(renderer: QSvgRenderer, pixels: int) -> QPixmap:
    picture = QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return picture


class IconSet(QObject):
    """Gives icons to actions, buttons and labels, and draws them anew when the theme changes."""

    def __init__(self, theme: ThemeController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._targets: dict[Target, tuple[str, Tint, int]] = {}
        self._cache: dict[tuple[str, str, str], QIcon] = {}
        theme.changed.connect(self._redraw)

    def attach(self, target: Target, name: str, *, tint: Tint = Tint.TEXT, size: int = 20) -> None:
        """Show the icon `name` on `target`, in place of the one it had."""
        if target not in self._targets:
            target.destroyed.connect(self._prune)
        self._targets[target] = (name, tint, size)
        self._show(target)

    def icon(self, name: str, tint: Tint = Tint.TEXT) -> QIcon:
        """Return an icon in the colours of the moment."""
        # Icons of the other theme stay in the cache: two sets are small, and a change of theme is seen at once.
        key = (name, str(getattr(self._theme.tokens, tint.value)), self._theme.tokens.disabled)
        if key not in self._cache:
            self._cache[key] = make_icon(*key)
        return self._cache[key]

    def _show(self, target: Target) -> None:
        name, tint, size = self._targets[target]
        icon = self.icon(name, tint)
        if isinstance(target, QLabel):
            target.setPixmap(icon.pixmap(size, size))
        else:
            target.setIcon(icon)

    @Slot()
    def _redraw(self) -> None:
        self._prune()
        for target in self._targets:
            self._show(target)

    @Slot()
    def _prune(self) -> None:
        self._targets = {target: value for target, value in self._targets.items() if isValid(target)}
