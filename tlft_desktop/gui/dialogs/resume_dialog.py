"""Several runs were interrupted: which one goes on?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.item_models.run_table_model import name_of
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.text import wrapped_label


class ResumeDialog(QDialog):
    """A list of runs, the latest first.

    Signals:
        chosen(run): ULID of the run that goes on.
    """

    chosen = Signal(str)

    def __init__(self, runs: Sequence[RunSummary], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Interrupted runs"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Interrupted runs, the latest first"))
        for run in reversed(runs):
            item = QListWidgetItem(self._words(run))
            item.setData(Qt.ItemDataRole.UserRole, run.run)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(self.accept)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._resume = buttons.addButton(self.tr("&Resume"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(self._announce)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        text = self.tr("Each goes on from its last checkpoint. The others stay as they are and can be resumed later.")
        layout.addWidget(wrapped_label(text))
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)
        self.resize(60 * GRID, 36 * GRID)

    def _words(self, run: RunSummary) -> str:
        text = self.tr("{name}: epoch {epoch} of {total}, started {when}").format(
            name=name_of(run), epoch=run.epoch, total=run.num_epochs, when=fmt.date_time(run.started)
        )
        if run.val_accuracy is None:
            return text
        return f"{text}, {fmt.accuracy(run.val_accuracy, run.low, run.high)}"

    @Slot()
    def _announce(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))
