"""Our own icons: one line style on a 24 px grid, drawn in the colours of the theme at the device's resolution."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QAction, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel
from shiboken6 import isValid

from tlft_desktop.gui.theme import ThemeController
from tlft_desktop.paths import resource_path

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
    return _draw(_svg(name, colour), pixels)


def make_icon(name: str, colour: str, disabled_colour: str) -> QIcon:
    """Return an icon that is drawn when it is shown: sharp at every size and scale factor.

    Raises:
        TlftError: If there is no such icon.
    """
    return QIcon(_IconEngine(_svg(name, colour), _svg(name, disabled_colour)))


class _IconEngine(QIconEngine):
    """Draws a picture for each size that is asked for, once.

    Most of the icons of a start belong to pages and menus that are not shown yet.
    """

    def __init__(self, svg: bytes, disabled_svg: bytes) -> None:
        super().__init__()
        self._svg, self._disabled_svg = svg, disabled_svg
        self._pictures: dict[tuple[int, bool], QPixmap] = {}

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon in `size`, in pixels of the device."""
        pixels, is_disabled = min(size.width(), size.height()), mode is QIcon.Mode.Disabled
        if (pixels, is_disabled) not in self._pictures:
            svg = self._disabled_svg if is_disabled else self._svg
            self._pictures[pixels, is_disabled] = _draw(svg, pixels)
        return self._pictures[pixels, is_disabled]

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paint the icon into `rect`, for the rare control that does not ask for a picture."""
        svg = self._disabled_svg if mode is QIcon.Mode.Disabled else self._svg
        QSvgRenderer(QByteArray(svg)).render(painter, QRectF(rect))

    def clone(self) -> QIconEngine:
        """Return a copy; Qt asks for one when an icon is changed, which nothing here does."""
        copy = _IconEngine(self._svg, self._disabled_svg)
        _CLONES.append(copy)
        return copy


# Qt owns a clone without telling Python, which would delete it at once.
_CLONES: list[_IconEngine] = []


def _svg(name: str, colour: str) -> bytes:
    return _source(name).replace("currentColor", colour).encode()


def _draw(svg: bytes, pixels: int) -> QPixmap:
    picture = QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, pixels, pixels))
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
        key = (name, str(getattr(self._theme.tokens, tint.value)), self._theme.tokens.muted)
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
