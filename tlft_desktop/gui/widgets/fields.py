"""Fields of forms with a name for screen readers; the wheel changes them only while they have the focus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

FIELD_HEIGHT = 28
_TEXT_MARGIN = 6
_LIST_CHROME = 16
"""Frame and scroll bar of a list of choices, in pixels."""
_ICON_SPACE = 4
"""That Qt leaves between the icon and the text of a choice, in pixels."""
Field = TypeVar("Field", bound=QWidget)


class ChoiceField(QComboBox):
    """A box of choices that leaves the wheel to the page while it has no focus; its list shows them whole."""

    def offer(self, choices: Sequence[tuple[str, object]], chosen: object) -> None:
        """Offer choices, each a text and its value, unless they are offered already; show the chosen one, or the first.

        An open list stays open while the same choices are offered.
        """
        shown = [(self.itemText(place), self.itemData(place)) for place in range(self.count())]
        if shown != list(choices):
            self.clear()
            for text, value in choices:
                self.addItem(text, value)
        places = [place for place, (_, value) in enumerate(choices) if value == chosen]
        self.setCurrentIndex(places[0] if places else 0 if choices else -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        # With a style sheet Qt cuts a text that is too long in the middle of a letter.
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        self.initStyleOption(option)
        painter.drawComplexControl(control, option)
        room = self.style().subControlRect(control, option, part, self).width()
        room -= 0 if option.currentIcon.isNull() else option.iconSize.width() + _ICON_SPACE
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def showPopup(self) -> None:
        # By default the list is as narrow as the box.
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + _LIST_CHROME)
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class WholeField(QSpinBox):
    """A whole number that leaves the wheel to the page while it has no focus."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class FractionField(QDoubleSpinBox):
    """A number that leaves the wheel to the page while it has no focus."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def whole_field(name: str, lowest: str, minimum: int, maximum: int) -> QSpinBox:
    """Return a field for a whole number; the lowest value is shown as `lowest`."""
    field = WholeField()
    field.setRange(minimum, maximum)
    field.setValue(minimum)
    field.setSpecialValueText(lowest)
    return _prepared(field, name)


def fraction_field(name: str, lowest: str, maximum: float, decimals: int) -> QDoubleSpinBox:
    """Return a field for a number from 0; the value 0 is shown as `lowest`."""
    field = FractionField()
    field.setRange(0.0, maximum)
    field.setDecimals(decimals)
    field.setSpecialValueText(lowest)
    return _prepared(field, name)


def choice_field(name: str, choices: Sequence[tuple[str, str]]) -> ChoiceField:
    """Return a box of choices, each a value and its text."""
    field = ChoiceField()
    for value, text in choices:
        field.addItem(text, value)
    return _prepared(field, name)


def flag_field(text: str, *, on: bool) -> QCheckBox:
    """Return a box to tick."""
    field = QCheckBox(text)
    field.setChecked(on)
    field.setAccessibleName(text)
    return field


def _prepared(field: Field, name: str) -> Field:
    field.setAccessibleName(name)
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.setMinimumHeight(FIELD_HEIGHT)
    if isinstance(field, QAbstractSpinBox):
        # Qt takes no padding from the style sheet for the text of these.
        field.lineEdit().setTextMargins(_TEXT_MARGIN, 0, 0, 0)
    return field
