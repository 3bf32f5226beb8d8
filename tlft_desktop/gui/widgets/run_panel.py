"""What the panels below the table of runs have in common, and the switch between them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QWidget

from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui.widgets.segmented import SegmentedControl


class RunPanel(QWidget):
    """Shows something of the chosen runs."""

    @abstractmethod
    def show_chosen(self, chosen: Sequence[RunSummary]) -> None:
        """Take the runs whose rows are selected, from top to bottom; called only while the panel is in front.

        Called again with the same runs when one of them changed.
        """


class RunPanels(QStackedWidget):
    """One panel at a time.

    Attributes:
        switch: Chooses it; to be placed by the page.

    Signals:
        panel_changed(): The user brought another panel to the front.
    """

    panel_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: list[str] = []
        self.switch = SegmentedControl(self.tr("What is shown below the table"))
        self.switch.chosen.connect(self._show)

    def add(self, key: str, panel: QWidget, text: str, *, hint: str) -> None:
        """Add a panel behind those that are there; the first one is shown.

        Args:
            key: Its name.
            panel: Its widget; a `RunPanel` is told of the chosen runs.
            text: On the switch, with a mnemonic.
            hint: What it shows, in a few words.
        """
        self._keys.append(key)
        self.addWidget(panel)
        self.switch.add(key, text, hint=hint)
        if len(self._keys) == 1:
            self.switch.set_current(key)

    @property
    def current(self) -> str:
        """Name of the panel in front."""
        return self.switch.current

    def button_of(self, key: str) -> QAbstractButton:
        """Return the button that brings a panel to the front."""
        return self.switch.button_of(key)

    def show_panel(self, key: str) -> None:
        """Bring a panel to the front."""
        self.switch.set_current(key)
        self._show(key)

    def show_chosen(self, chosen: Sequence[RunSummary]) -> None:
        """Hand the selected runs to the panel in front."""
        panel = self.currentWidget()
        if isinstance(panel, RunPanel):
            panel.show_chosen(chosen)

    @Slot(str)
    def _show(self, key: str) -> None:
        self.setCurrentIndex(self._keys.index(key))
        self.panel_changed.emit()
