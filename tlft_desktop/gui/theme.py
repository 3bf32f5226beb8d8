"""Colours and sizes of the window, light and dark; the only module that sets style sheets."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from string import Template

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from tlft_desktop.core.settings import Theme
from tlft_desktop.paths import resource_path

GRID = 8
"""All distances are multiples of this many pixels."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by meaning; text colours keep a contrast of at least 4.5 to every surface they lie on (test).

    `series` are the colours of runs in tables and plots, told apart on `surface`; a shape always goes with them.
    """

    window: str
    surface: str
    sunken: str
    hover: str
    border: str
    text: str
    muted: str
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

_STYLE = Template("""
QToolTip { color: $text; background: $surface; border: 1px solid $border; padding: 4px; }
QMainWindow, QDialog { background: $window; }
QFrame#navigation { background: $sunken; border: none; border-right: 1px solid $border; }
QFrame#header { background: $surface; border: none; border-bottom: 1px solid $border; }
QStatusBar { background: $sunken; border-top: 1px solid $border; }
QStatusBar::item { border: none; }
QFrame[role="card"] { background: $surface; border: 1px solid $border; border-radius: 8px; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: 17pt; font-weight: 600; }
QLabel[role="heading"] { font-size: 12pt; font-weight: 600; }
QLabel[role="figure"] { font-size: 17pt; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="badge"] {
    background: $sunken; color: $text; border: 1px solid $border; border-radius: 10px; padding: 2px 8px;
}
QLabel[role="readout"] {
    background: $surface; color: $text; border: 1px solid $border; border-radius: 6px; padding: 4px 8px;
}
QToolButton[role="nav"] {
    color: $text; border: 2px solid transparent; border-radius: 6px; padding: 8px 10px; text-align: left;
    background: transparent;
}
QToolButton[role="nav"]:hover { background: $hover; }
QToolButton[role="nav"]:checked { background: $selection; font-weight: 600; }
QToolButton[role="nav"]:disabled { color: $muted; }
QToolButton[role="nav"]:focus { border-color: $accent; }
QToolButton[role="project"] {
    border: 2px solid transparent; border-radius: 6px; padding: 4px 6px; background: transparent; font-size: 12pt;
    font-weight: 600;
}
QToolButton[role="project"]:hover { background: $hover; }
QToolButton[role="project"]:focus { border-color: $accent; }
QToolButton[role="flat"] {
    border: 2px solid transparent; border-radius: 6px; padding: 4px; background: transparent;
}
QToolButton[role="flat"]:hover { background: $hover; }
QToolButton[role="flat"]:focus { border-color: $accent; }
QToolButton[role="menu"] {
    border: 2px solid transparent; border-radius: 6px; padding: 2px; background: transparent;
}
QToolButton[role="menu"]:hover, QToolButton[role="menu"]:pressed { background: $hover; }
QToolButton[role="menu"]:focus { border-color: $accent; }
QToolButton[role="menu"]::menu-indicator { image: none; }
QToolButton[role="text"] {
    color: $text; background: $surface; border: 1px solid $border; border-radius: 6px; padding: 5px 9px;
}
QToolButton[role="text"]:hover { background: $hover; }
QToolButton[role="text"]:focus { border: 2px solid $accent; padding: 4px 8px; }
QToolButton[role="text"]:disabled { color: $muted; background: $sunken; }
QPushButton {
    color: $text; background: $surface; border: 1px solid $border; border-radius: 6px; padding: 6px 14px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $selection; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 13px; }
QPushButton:disabled { color: $muted; background: $sunken; }
QPushButton[role="primary"] { color: $on_accent; background: $accent; border: 1px solid $accent; font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $text; padding: 5px 13px; }
QPushButton[role="primary"]:disabled { color: $muted; background: $sunken; border-color: $border; }
QPushButton[role="segment"] { border-radius: 0; margin: 0; padding: 6px 12px; }
QPushButton[role="segment"][place="first"] { border-top-left-radius: 6px; border-bottom-left-radius: 6px; }
QPushButton[role="segment"][place="last"] { border-top-right-radius: 6px; border-bottom-right-radius: 6px; }
QPushButton[role="segment"]:checked {
    color: $on_accent; background: $accent; border-color: $accent;
}
QPushButton[role="segment"]:focus { border: 2px solid $text; padding: 5px 11px; }
QPushButton[role="toggle"] { padding: 5px 9px; }
QPushButton[role="toggle"]:checked { color: $on_accent; background: $accent; border-color: $accent; }
QPushButton[role="toggle"]:focus { border: 2px solid $text; padding: 4px 8px; }
QPushButton[role="chip"] { padding: 3px 10px; border-radius: 8px; }
QPushButton[role="chip"]:checked { background: $selection; border-color: $accent; }
QPushButton[role="chip"]:focus { border: 2px solid $accent; padding: 2px 9px; }
QPushButton[role="choice"] { text-align: left; border-radius: 8px; padding: 0; }
QPushButton[role="choice"]:focus { border: 2px solid $accent; padding: 0; }
QPushButton[role="choice"]:checked { background: $selection; border: 2px solid $accent; padding: 0; }
QFrame[role="drop"] { background: $surface; border: 2px dashed $muted; border-radius: 8px; }
QFrame[role="drop"][state="target"] { background: $selection; border: 2px solid $accent; }
QFrame[role="drop-overlay"] { background: $info_surface; border: 2px dashed $accent; border-radius: 8px; }
QPushButton[role="recent"] { text-align: left; background: transparent; border: 2px solid transparent; padding: 0; }
QPushButton[role="recent"]:hover { background: $hover; }
QPushButton[role="recent"]:focus { border: 2px solid $accent; padding: 0; }
QTreeView::item:disabled { color: $muted; }
QFrame[role="overlay"] { background: $surface; border: 1px solid $muted; border-radius: 8px; }
QMainWindow::separator { background: transparent; width: 8px; height: 8px; }
QMainWindow::separator:hover { background: $hover; }
QFrame[role="panel-title"] {
    background: $surface; border: 1px solid $border; border-bottom: none; border-top-left-radius: 8px;
    border-top-right-radius: 8px;
}
QFrame[role="panel"] {
    background: $surface; border: 1px solid $border; border-top: none; border-bottom-left-radius: 8px;
    border-bottom-right-radius: 8px;
}
QTabBar::tab { color: $muted; background: transparent; border: 2px solid transparent; padding: 4px 10px; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:hover { background: $hover; }
QTabBar::tab:focus { border-color: $accent; }
QFrame[role="message"] { border-radius: 6px; border: 1px solid $border; }
QFrame[role="message"][kind="info"] { background: $info_surface; }
QFrame[role="message"][kind="success"] { background: $success_surface; }
QFrame[role="message"][kind="warning"] { background: $warning_surface; }
QFrame[role="message"][kind="error"] { background: $error_surface; }
QTreeView, QTableView, QListView, QPlainTextEdit, QTextBrowser {
    color: $text; background: $surface; border: 1px solid $border; border-radius: 6px;
    selection-background-color: $selection; selection-color: $text; alternate-background-color: $window; outline: none;
}
QTreeView:focus, QTableView:focus, QListView:focus, QPlainTextEdit:focus { border: 2px solid $accent; }
QTreeView::item, QTableView::item { padding: 3px 6px; border: none; }
QTreeView::item:selected, QTableView::item:selected { background: $selection; color: $text; }
QTreeView::indicator {
    width: 14px; height: 14px; border: 1px solid $muted; border-radius: 3px; background: $surface;
}
QTreeView::indicator:checked { background: $accent; border-color: $accent; image: url("$images/tick.svg"); }
QTreeView::indicator:indeterminate { background: $muted; border-color: $muted; image: url("$images/dash.svg"); }
QHeaderView { background: $surface; border: none; }
QHeaderView::section {
    background: $surface; color: $muted; border: none; border-bottom: 1px solid $border; padding: 6px 9px;
    font-weight: 600;
}
QLineEdit {
    color: $text; background: $surface; border: 1px solid $border; border-radius: 6px; padding: 4px 6px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus {
    border: 2px solid $accent; padding: 3px 5px;
}
QLineEdit[state="bad"], QLineEdit[state="bad"]:focus { border: 2px solid $error; padding: 3px 5px; }
QProgressBar { border: none; border-radius: 4px; background: $hover; max-height: 8px; min-height: 8px; }
QProgressBar::chunk { border-radius: 4px; background: $accent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 4px; margin: 2px; min-height: 24px; min-width: 24px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSlider[role="depth"] { min-width: 28px; border: 2px solid transparent; border-radius: 6px; }
QSlider[role="depth"]:focus { border-color: $accent; }
QSlider[role="depth"]::groove:vertical { width: 8px; border-radius: 4px; background: $hover; margin: 4px 0; }
QSlider[role="depth"]::sub-page:vertical { width: 8px; border-radius: 4px; background: $accent; margin: 4px 0; }
QSlider[role="depth"]::add-page:vertical { width: 8px; border-radius: 4px; background: $hover; margin: 4px 0; }
QSlider[role="depth"][kind="custom"]::sub-page:vertical { background: $muted; }
QSlider[role="depth"]::handle:vertical {
    height: 14px; margin: 0 -6px; border-radius: 7px; background: $surface; border: 2px solid $accent;
}
QSlider[role="depth"][kind="custom"]::handle:vertical { border-color: $muted; }
QSlider[role="depth"]::handle:vertical:disabled { border-color: $border; }
QSplitter::handle { background: transparent; }
QScrollArea { border: none; background: transparent; }
QWidget#scroll_content { background: transparent; }
""")


def style_sheet(tokens: Tokens) -> str:
    """Return the style sheet of the whole program."""
    images = resource_path(f"themes/{'dark' if tokens is DARK else 'light'}")
    return _STYLE.substitute(asdict(tokens), images=images.as_posix())


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
