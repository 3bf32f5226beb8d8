"""The style sheet of the window; `$names` are the tokens of `theme.py`, `$images` the folder of its small pictures."""

from __future__ import annotations

from string import Template

STYLE = Template("""
QToolTip { color: $text; background: $surface; border: 1px solid $border; padding: 4px; }
QMainWindow, QDialog { background: $window; }
QFrame#navigation { background: $sunken; border: none; border-right: 1px solid $border; }
QFrame#header { background: $surface; border: none; border-bottom: 1px solid $border; }
QStatusBar { background: $sunken; border-top: 1px solid $border; }
QStatusBar::item { border: none; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; } /* Those of the style do not follow our theme. */
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
QPushButton[role="choice"]:focus { border: 2px solid $text; padding: 0; }
QPushButton[role="choice"]:checked { background: $selection; border: 2px solid $accent; padding: 0; }
QPushButton[role="choice"]:checked:focus { border: 2px solid $text; padding: 0; }
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
QTabBar::tab { color: $muted; background: transparent; border: 2px solid transparent; padding: 4px 5px; }
QTabBar::tab:left, QTabBar::tab:right { padding: 8px 4px; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:left:selected { border-color: transparent; border-right-color: $accent; }
QTabBar::tab:right:selected { border-color: transparent; border-left-color: $accent; }
QTabBar::tab:hover { background: $hover; }
QTabBar::tab:focus, QTabBar::tab:left:selected:focus, QTabBar::tab:right:selected:focus { border-color: $accent; }
QFrame[role="message"] { border-radius: 6px; border: 1px solid $border; }
QFrame[role="message"][kind="info"] { background: $info_surface; }
QFrame[role="message"][kind="success"] { background: $success_surface; }
QFrame[role="message"][kind="warning"] { background: $warning_surface; }
QFrame[role="message"][kind="error"] { background: $error_surface; }
QTreeView, QTableView, QListView, QPlainTextEdit, QTextBrowser {
    color: $text; background: $surface; border: 1px solid $border; border-radius: 6px;
    selection-background-color: $selection; selection-color: $text; alternate-background-color: $window; outline: none;
}
QTreeView, QTableView, QListView, QPlainTextEdit { padding: 1px; } /* Room for the wider frame of focus. */
QTreeView:focus, QTableView:focus, QListView:focus, QPlainTextEdit:focus { border: 2px solid $accent; padding: 0; }
QGraphicsView { border: 2px solid transparent; border-radius: 6px; }
QGraphicsView:focus { border-color: $accent; }
QTreeView::item, QTableView::item { padding: 3px 6px; border: none; }
QTreeView::item:selected, QTableView::item:selected { background: $selection; color: $text; }
QTreeView::indicator {
    width: 14px; height: 14px; border: 1px solid $muted; border-radius: 3px; background: $surface;
}
QTreeView::indicator:checked { background: $accent; border-color: $accent; image: url("$images/tick.svg"); }
QTreeView::indicator:indeterminate { background: $muted; border-color: $muted; image: url("$images/dash.svg"); }
QHeaderView, QTableCornerButton::section { background: $surface; border: none; }
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
QComboBox {
    color: $text; background: $surface; border: 1px solid $border; border-radius: 6px; padding: 4px 8px;
    combobox-popup: 0; /* A list below the box: Fusion's menu over it frames its rows badly and may cut off the last. */
}
QComboBox QAbstractItemView, QComboBox QAbstractItemView:focus {
    border: 1px solid $border; border-radius: 0; padding: 0;
}
QComboBox QAbstractItemView::item { padding: 4px 7px; border: none; }
QComboBox QAbstractItemView::item:selected { background: $selection; color: $text; }
QComboBox:hover { background: $hover; }
QComboBox:focus { border: 2px solid $accent; padding: 3px 7px; }
QComboBox:disabled { color: $muted; background: $sunken; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url("$images/down.svg"); width: 12px; height: 12px; }
QAbstractSpinBox {
    color: $text; background: $surface; border: 1px solid $border; border-radius: 6px; padding: 4px 6px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QAbstractSpinBox:hover { background: $hover; }
QAbstractSpinBox:focus { border: 2px solid $accent; padding: 3px 5px; }
QAbstractSpinBox:disabled { color: $muted; background: $sunken; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    subcontrol-origin: border; width: 22px; height: 13px; border: none; background: transparent;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-arrow { image: url("$images/up.svg"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$images/down.svg"); width: 10px; height: 10px; }
QAbstractSpinBox::up-arrow:off, QAbstractSpinBox::up-arrow:disabled { image: url("$images/up-off.svg"); }
QAbstractSpinBox::down-arrow:off, QAbstractSpinBox::down-arrow:disabled { image: url("$images/down-off.svg"); }
QCheckBox { border: 2px solid transparent; border-radius: 6px; padding: 2px; spacing: 8px; }
QCheckBox:focus { border-color: $accent; }
QCheckBox:disabled { color: $muted; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid $muted; border-radius: 3px; background: $surface; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$images/tick.svg"); }
QCheckBox::indicator:indeterminate { background: $muted; border-color: $muted; image: url("$images/dash.svg"); }
QCheckBox::indicator:checked:disabled { background: $muted; border-color: $muted; }
QSlider:horizontal { border: 2px solid transparent; border-radius: 6px; min-height: 20px; }
QSlider:horizontal:focus { border-color: $accent; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $border; margin: 0 4px; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; margin: 0 4px; }
QSlider::add-page:horizontal { height: 4px; border-radius: 2px; background: $border; margin: 0 4px; }
QSlider::handle:horizontal {
    width: 12px; margin: -6px 0; border-radius: 8px; background: $surface; border: 2px solid $accent;
}
QSlider::handle:horizontal:disabled { border-color: $muted; }
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
