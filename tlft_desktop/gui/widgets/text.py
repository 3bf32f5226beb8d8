"""Labels and buttons that never interpret what they show: a class may be named `<img src=...>`."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from tlft_desktop.gui.theme import set_role


def plain_label(text: str = "", role: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a label for plain text; `role` names a look of the style sheet."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    if role:
        set_role(label, role)
    return label


def wrapped_label(text: str = "", role: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a label for plain text of several lines."""
    label = plain_label(text, role, parent)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


def button(text: str, role: str = "", *, hint: str = "") -> QPushButton:
    """Return a push button; the text may mark a mnemonic with `&`."""
    result = QPushButton(text)
    result.setAccessibleName(text.replace("&", ""))
    result.setAutoDefault(False)
    if role:
        set_role(result, role)
    if hint:
        result.setToolTip(plain_tooltip(hint))
    return result


def icon_button(name: str) -> QToolButton:
    """Return a button that shows only an icon; `name` says aloud what it does."""
    result = QToolButton()
    result.setAccessibleName(name)
    result.setToolTip(plain_tooltip(name))
    result.setAutoRaise(True)
    result.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    set_role(result, "flat")
    return result


def plain_tooltip(text: str) -> str:
    """Return text for a tool tip, which Qt would render as HTML if it looked like HTML."""
    return f"<qt>{html.escape(text)}</qt>" if text else ""


def escaped_ampersands(text: str) -> str:
    """Return text for a button or menu in which `&` is only a character."""
    return text.replace("&", "&&")
