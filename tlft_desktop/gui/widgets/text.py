"""Labels and buttons that never interpret what they show: a class may be named `<img src=...>`."""

from __future__ import annotations

import html

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from tlft_desktop.gui.theme import set_role
from tlft_desktop.gui.widgets.buttons import PushButton, ToolButton

_FILLED, _FILLED_WHILE_DOWN = "primary", ("segment", "toggle")
_RING = 2
"""Width of a ring of focus, in pixels."""


class _PushButton(PushButton):
    """Shows its focus by a second ring where it is filled: that of the style sheet is hard to see on the accent."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        role = self.property("role")
        if not self.hasFocus() or not (role == _FILLED or (role in _FILLED_WHILE_DOWN and self.isChecked())):
            return
        # Inside of the other one, in the colour of the text, which keeps its distance to the accent.
        edge = 1.5 * _RING
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.HighlightedText), _RING))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), 4, 4)
        painter.end()


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
    result = _PushButton(text)
    result.setAccessibleName(text.replace("&", ""))
    result.setAutoDefault(False)
    if role:
        set_role(result, role)
    if hint:
        result.setToolTip(plain_tooltip(hint))
    return result


def icon_button(name: str) -> QToolButton:
    """Return a button that shows only an icon; `name` says aloud what it does."""
    result = ToolButton()
    result.setAccessibleName(name)
    result.setToolTip(plain_tooltip(name))
    result.setAutoRaise(True)
    result.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    set_role(result, "flat")
    return result


def plain_tooltip(text: str) -> str:
    """Return text of one or several lines for a tool tip, which Qt would render as HTML if it looked like HTML."""
    return f"<qt>{html.escape(text).replace(chr(10), '<br>')}</qt>" if text else ""


def escaped_ampersands(text: str) -> str:
    """Return text for a button or menu in which `&` is only a character."""
    return text.replace("&", "&&")
