"""Whether the images of a project may be mirrored while training, as a field."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.fields import ChoiceField
from tlft_desktop.gui.widgets.text import plain_label, plain_tooltip


class MirrorField(QWidget):
    """A label and a box of choices.

    Signals:
        chosen(answer): The user answered: True, False, or None to leave it open.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = ChoiceField()
        name = self.tr("Images may be mirrored")
        hint = self.tr(
            "Whether training also shows the network images with left and right swapped. No for letters, spectrograms, "
            "or where it counts on which side something lies; without an answer they are mirrored"
        )
        self.choice.setAccessibleName(name)
        self.choice.setAccessibleDescription(hint)
        self.choice.setToolTip(plain_tooltip(hint))
        self.choice.offer(
            ((self.tr("not answered"), None), (self.tr("yes"), True), (self.tr("no"), False)),
            None,
        )
        label = plain_label(name, "muted")
        label.setBuddy(self.choice)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(label)
        layout.addWidget(self.choice)
        self.choice.activated.connect(self._announce)

    def show_answer(self, answer: bool | None) -> None:
        """Show an answer, without telling anybody."""
        self.choice.setCurrentIndex((None, True, False).index(answer))

    @Slot()
    def _announce(self) -> None:
        self.chosen.emit(self.choice.currentData())
