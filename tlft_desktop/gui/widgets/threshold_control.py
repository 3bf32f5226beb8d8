"""The probability below which an answer is `not sure`, and what that means on the validation images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSlider, QVBoxLayout, QWidget

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.item_models.answer_table_model import DEFAULT_THRESHOLD
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.layout import row
from tlft_desktop.gui.widgets.text import plain_label, wrapped_label

if TYPE_CHECKING:
    from tlft_desktop.core.evaluation.reliability import Reliability

_STEPS = 100


class ThresholdControl(QWidget):
    """A slider with its value and an explanation.

    Signals:
        changed(threshold): The user chose another probability, 0 to 1.
    """

    changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reliability: Reliability | None = None
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("Probability below which an answer is not sure, in percent"))
        self.slider.setRange(0, _STEPS)
        self.slider.setValue(round(DEFAULT_THRESHOLD * _STEPS))
        self.slider.setPageStep(10)
        self.slider.setFixedWidth(24 * GRID)
        self._value = plain_label("")
        self._value.setMinimumWidth(5 * GRID)
        self.meaning = wrapped_label("", "muted")
        label = plain_label(self.tr("Not sure below"))
        label.setBuddy(self.slider)
        line = row(label, self.slider, self._value, self.meaning)
        line.setStretch(3, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        self.slider.valueChanged.connect(self._take)
        self._explain()

    @property
    def threshold(self) -> float:
        """The chosen probability, 0 to 1."""
        return self.slider.value() / _STEPS

    def set_threshold(self, threshold: float) -> None:
        """Show another probability."""
        self.slider.setValue(round(threshold * _STEPS))

    def show_reliability(self, reliability: Reliability | None) -> None:
        """Take how right the network was on its validation images; None where that is not known."""
        self._reliability = reliability
        self._explain()

    @Slot(int)
    def _take(self, _value: int) -> None:
        self._explain()
        self.changed.emit(self.threshold)

    def _explain(self) -> None:
        self._value.setText(fmt.percent(self.threshold, 0))
        self.meaning.setText(self._measured() or self._general())

    def _measured(self) -> str:
        """Say what the threshold does to answers whose truth is known."""
        if self._reliability is None or not self._reliability.probabilities:
            return ""
        sure, right, total = self._reliability.at(self.threshold)
        if not sure:
            return self.tr("Of the {total} validation images none would get an answer.").format(total=fmt.count(total))
        text = self.tr(
            "Of the {total} validation images {sure} would get an answer, and {share} of these answers are right."
        )
        return text.format(total=fmt.count(total), sure=fmt.count(sure), share=fmt.percent(right / sure))

    def _general(self) -> str:
        if self.threshold == DEFAULT_THRESHOLD:
            return self.tr("At 50 % the likeliest class is likelier than all others together.")
        return self.tr("A probability is what the network says of itself; it is not the share of right answers.")
