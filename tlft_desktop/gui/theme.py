"""Colours and sizes of the window, light and dark; the only module that sets style sheets.

The text of the style sheet lies in `style.py`.
"""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from tlft_desktop.core.settings import Theme
from tlft_desktop.gui.style import STYLE
from tlft_desktop.paths import resource_path

GRID = 8
"""All distances are multiples of this many pixels."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by meaning; text colours keep a contrast of at least 4.5 to every surface they lie on (test).

    `disabled` is the exception: for icons of what cannot be chosen, which must not look as if it could.
    `series` are the colours of runs in tables and plots, told apart on `surface`; a shape always goes with them.
    """

    window: str
    surface: str
    sunken: str
    hover: str
    border: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    success: str
    warning: str
    error: str
    success_surface: str
    warning_surface: str
    error_surface: str
    info_surface: str
    train: str
    val: str
    test: str
    series: tuple[str, ...]


LIGHT = Tokens(
    window="#f5f6f8",
    surface="#ffffff",
    sunken="#eaedf1",
    hover="#dfe4ea",
    border="#cfd6de",
    text="#1b2027",
    muted="#505a66",
    disabled="#a9b2bd",
    accent="#0f5fbf",
    accent_hover="#0b4f9f",
    on_accent="#ffffff",
    selection="#d5e5f8",
    success="#176b31",
    warning="#7a4d00",
    error="#a8231b",
    success_surface="#e4f3e8",
    warning_surface="#fbf0d9",
    error_surface="#fbe6e4",
    info_surface="#e2edfa",
    train="#0f5fbf",
    val="#b04a00",
    test="#6b4fa3",
    series=("#0f5fbf", "#b04a00", "#1c7a3a", "#7a3fa8", "#b3246b", "#00707a", "#7a5c00", "#4f5a66"),
)
DARK = Tokens(
    window="#1d2126",
    surface="#25292f",
    sunken="#181b1f",
    hover="#323840",
    border="#3d444d",
    text="#e8ebef",
    muted="#a9b2bd",
    disabled="#596370",
    accent="#6fb3ff",
    accent_hover="#93c6ff",
    on_accent="#0a1c30",
    selection="#24425f",
    success="#6fcf8c",
    warning="#e8b95a",
    error="#ff9a92",
    success_surface="#1d3325",
    warning_surface="#3a2f17",
    error_surface="#442422",
    info_surface="#1f3044",
    train="#6fb3ff",
    val="#ffab66",
    test="#bfa6f0",
    series=("#6fb3ff", "#ffab66", "#7fd79a", "#c9a6f5", "#ff94c2", "#5fd0d8", "#d9c06a", "#b5bfca"),
)


def style_sheet(tokens: Tokens) -> str:
    """Return the style sheet of the whole program."""
    images = resource_path(f"themes/{'dark' if tokens is DARK else 'light'}")
    return STYLE.substitute(asdict(tokens), images=images.as_posix())


def palette_of(tokens: Tokens) -> QPalette:
    """Return the palette for everything that the style sheet leaves to the style."""
    palette = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.window,
        role.Text: tokens.text,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.error,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Link: tokens.accent,
        role.Light: tokens.surface,
        role.Midlight: tokens.hover,
        role.Mid: tokens.border,
        role.Dark: tokens.border,
        role.Shadow: tokens.border,
    }
    for name, colour in colours.items():
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.muted))
    return palette


class ThemeController(QObject):
    """Applies a theme and follows the system where the user wants that.

    Signals:
        changed(): Other tokens hold; icons and plots draw themselves anew.
    """

    changed = Signal()

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._choice = Theme.SYSTEM
        self._tokens = LIGHT
        self._system_is_dark = app.palette().color(QPalette.ColorRole.Window).lightness() < 128
        if sys.platform.startswith("linux"):
            app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def tokens(self) -> Tokens:
        """The colours in use."""
        return self._tokens

    @property
    def choice(self) -> Theme:
        """What the user wants."""
        return self._choice

    def apply(self, choice: Theme) -> None:
        """Use a theme from now on."""
        self._choice = choice
        schemes = {Theme.LIGHT: Qt.ColorScheme.Light, Theme.DARK: Qt.ColorScheme.Dark}
        # Window frames and native dialogs follow this. Some Linux desktops ignore it and stay at Unknown, therefore our
        # own palette is set in any case.
        self._app.styleHints().setColorScheme(schemes.get(choice, Qt.ColorScheme.Unknown))
        self._use(DARK if self._is_dark() else LIGHT)

    def _is_dark(self) -> bool:
        if self._choice is not Theme.SYSTEM:
            return self._choice is Theme.DARK
        scheme = self._app.styleHints().colorScheme()
        return self._system_is_dark if scheme is Qt.ColorScheme.Unknown else scheme is Qt.ColorScheme.Dark

    def _use(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._app.setPalette(palette_of(tokens))
        self._app.setStyleSheet(style_sheet(tokens))
        self.changed.emit()

    @Slot()
    def _follow_system(self) -> None:
        wanted = DARK if self._is_dark() else LIGHT
        if self._choice is Theme.SYSTEM and wanted is not self._tokens:
            self._use(wanted)


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget a look of the style sheet, such as `primary` or `muted`."""
    set_property(widget, "role", role)


def set_property(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet selects by, and let it take effect."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
