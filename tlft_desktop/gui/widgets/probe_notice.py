"""What stands in place of training images whose labels were not judged yet: what it takes, and the way to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.layout import EmptyState, row
from tlft_desktop.gui.widgets.text import button, plain_tooltip


class ProbeNotice(QWidget):
    """Explains the probe.

    Signals:
        wanted(): The user wants the images judged.
        unwanted(): The user wants that no more.
    """

    wanted = Signal()
    unwanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_asking = False
        self.empty = EmptyState(self.tr("Doubtful training labels"), "", self)
        for label in (self.empty.heading, self.empty.text):
            label.setMinimumWidth(30 * GRID)
        self.press = button("")
        self.press.clicked.connect(self._press)
        buttons = row(self.press)
        buttons.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, GRID)
        layout.addWidget(self.empty, 1)
        layout.addLayout(buttons)
        self.show_state(is_asking=False, problem="", reason="")

    def show_state(self, *, is_asking: bool, problem: str, reason: str) -> None:
        """Show how it stands.

        Args:
            is_asking: Whether the answers are on their way.
            problem: Why there are none: a sentence; empty where nobody asked yet.
            reason: Why nobody can ask now: a sentence; empty where one can.
        """
        self._is_asking = is_asking
        self.empty.text.setText(problem or (self._while_asking() if is_asking else self._before()))
        set_role(self.empty.text, "warning" if problem else "muted")
        self.press.setText(self.tr("Stop &judging") if is_asking else self.tr("&Judge the labels"))
        self.press.setEnabled(is_asking or not reason)
        self.press.setToolTip("" if is_asking else plain_tooltip(reason))

    def _before(self) -> str:
        return self.tr(
            "The run has learned these images, so it tells nothing about their labels. A probe that has not learned "
            "them can: the images go through the pretrained network once, unless a run kept what that gives, and each "
            "is judged by what was learned from the others. Nothing is trained, and no image is changed."
        )

    def _while_asking(self) -> str:
        return self.tr(
            "The training images go through the pretrained network, then each is judged by what was learned from the "
            "others."
        )

    @Slot()
    def _press(self) -> None:
        (self.unwanted if self._is_asking else self.wanted).emit()
