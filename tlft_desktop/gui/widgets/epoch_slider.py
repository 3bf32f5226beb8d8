"""A slider over the epochs of a run: what is shown follows while it is dragged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.text import plain_label, plain_tooltip

_PAGE_SHARE = 10


class EpochSlider(QWidget):
    """Goes through epochs, which may have gaps; without epochs it says why.

    Signals:
        chosen(epoch): The user wants to see an epoch; emitted with every step of a drag.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._epochs: tuple[int, ...] = ()
        self._kept = self._num_steps = 0
        self.text = plain_label("", "muted")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("Epoch after which the run answered so"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self.text)
        self.fix("")
        self.slider.valueChanged.connect(self._choose)

    def set_epochs(
        self, epochs: Sequence[int], current: int, *, kept: int, num_steps: int = 0, why_none: str = ""
    ) -> None:
        """Offer epochs.

        Args:
            epochs: Rising; with fewer than two there is nothing to choose.
            current: The one that is shown.
            kept: The one whose network the run kept; 0 where that is not known.
            num_steps: How many of them, from the first on, are steps towards a head that is solved.
            why_none: Why there are no epochs: a sentence.
        """
        self._epochs, self._kept, self._num_steps = tuple(epochs), kept, num_steps
        has_choice = len(epochs) > 1
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, max(0, len(epochs) - 1))
            self.slider.setPageStep(max(1, len(epochs) // _PAGE_SHARE))
            if current in self._epochs:
                self.slider.setValue(self._epochs.index(current))
        self.slider.setVisible(has_choice)
        self.setToolTip(plain_tooltip(why_none))
        self.setVisible(has_choice or bool(why_none))
        if has_choice:
            self._say()
        else:
            self.text.setText(self.tr("Single epochs cannot be shown."))
            self.text.setAccessibleDescription(why_none)

    def fix(self, reason: str) -> None:
        """Keep the slider where it is, or let it go: a sentence why, empty for no reason."""
        self.slider.setEnabled(not reason)
        hint = reason or self.tr("Matrix, images and the heat of the layers follow")
        self.slider.setToolTip(plain_tooltip(hint))

    def _say(self) -> None:
        epoch, last = self._epochs[self.slider.value()], max(self._epochs[-1], self._kept)
        text = self._words(epoch, last, is_kept=epoch == self._kept)
        self.text.setText(text)
        # As wide as it gets: the handle must not slip away from the pointer while it is dragged.
        widest = (self._words(each, last, is_kept=True) for each in {min(self._num_steps, last) or last, last})
        self.text.setMinimumWidth(max(map(self.text.fontMetrics().horizontalAdvance, widest)))
        self.slider.setAccessibleDescription(text)

    def _words(self, epoch: int, last: int, *, is_kept: bool) -> str:
        """Say which one of its kind it is: epochs behind a head that was solved are counted from there."""
        kept, other = self.tr("Epoch {epoch} of {last}, kept"), self.tr("Epoch {epoch} of {last}")
        before = self._num_steps
        if epoch <= before:
            kept, other = self.tr("Step {epoch} of {last}, kept"), self.tr("Step {epoch} of {last}")
            before, last = 0, min(last, before)
        return (kept if is_kept else other).format(epoch=fmt.count(epoch - before), last=fmt.count(last - before))

    @Slot(int)
    def _choose(self, place: int) -> None:
        if place < len(self._epochs):
            self._say()
            self.chosen.emit(self._epochs[place])
