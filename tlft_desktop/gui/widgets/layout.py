"""Frames and layouts on the grid of the theme."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.text import plain_label, wrapped_label


class Card(QFrame):
    """A surface with a heading; `body` takes the content."""

    def __init__(self, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(2 * GRID, int(1.5 * GRID), 2 * GRID, int(1.5 * GRID))
        self.body.setSpacing(GRID)
        if heading:
            self.setAccessibleName(heading)
            self.body.addWidget(plain_label(heading, "heading"))


def column(*items: QWidget | QHBoxLayout | QVBoxLayout, spacing: int = GRID) -> QVBoxLayout:
    """Return items below each other."""
    layout = QVBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    _fill(layout, items)
    return layout


def row(*items: QWidget | QHBoxLayout | QVBoxLayout, spacing: int = GRID) -> QHBoxLayout:
    """Return items side by side."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    _fill(layout, items)
    return layout


def scrollable(content: QVBoxLayout, *, width: int) -> QScrollArea:
    """Return a column of fixed width that scrolls where the window is low."""
    inner = QWidget()
    inner.setLayout(content)
    area = scroll_area(inner)
    area.setFixedWidth(width)
    return area


def scroll_area(content: QWidget, area: QScrollArea | None = None) -> QScrollArea:
    """Return content as wide as its place that scrolls up and down where the window is low; `area` may be given."""
    area = QScrollArea() if area is None else area
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    # The style leaves it without a background.
    content.setObjectName("scroll_content")
    area.setWidget(content)
    area.viewport().setAutoFillBackground(False)
    return area


class EmptyState(QWidget):
    """What a page shows before there is anything: the next step in words."""

    def __init__(self, heading: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = plain_label(heading, "heading")
        self.text: QLabel = wrapped_label(text, "muted")
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        for label in (self.heading, self.text):
            label.setMinimumWidth(360)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addLayout(_centred(label))
        layout.addStretch(3)


def _centred(widget: QWidget) -> QHBoxLayout:
    layout = QHBoxLayout()
    layout.addStretch(1)
    layout.addWidget(widget, 2)
    layout.addStretch(1)
    return layout


def _fill(layout: QHBoxLayout | QVBoxLayout, items: tuple[QWidget | QHBoxLayout | QVBoxLayout, ...]) -> None:
    for item in items:
        if isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)
