"""Chooses the network that answers: a run of the project, the best first, or a bundle."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.engine import ModelSource
from tlft_desktop.gui.item_models.run_table_model import name_of
from tlft_desktop.gui.widgets.run_table import Swatches

WIDTH = 288


class ModelChooser(QComboBox):
    """Box of networks.

    Signals:
        source_changed(): Another network will answer.
    """

    source_changed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._icons = context.session, context.icons
        self._swatches = Swatches(context.theme)
        self._bundle: Path | None = None
        self._chosen: ModelSource | None = None
        self._last: ModelSource | None = None
        self.setAccessibleName(self.tr("Run that answers"))
        self.setMinimumSize(WIDTH, 32)
        self.setIconSize(QSize(14, 14))
        self.activated.connect(self._note_choice)
        context.theme.changed.connect(self.fill)

    @property
    def source(self) -> ModelSource | None:
        """The network that answers; None where there is none."""
        source = self.currentData()
        return source if isinstance(source, ModelSource) else None

    def choose_bundle(self, path: Path) -> None:
        """Offer a bundle and choose it."""
        self._bundle = path
        self._chosen = ModelSource(bundle=path)
        self.fill()

    def forget(self) -> None:
        """Forget what was chosen for another project."""
        self._bundle = self._chosen = None
        self.fill()

    @Slot()
    def fill(self) -> None:
        """Offer what there is now; the choice stays where it is still there, else the best run is chosen."""
        self.clear()
        for run in _best_first(self._session.finished_runs):
            words = f"{name_of(run)} · {fmt.percent(run.val_accuracy)}"
            self.addItem(self._swatches.icon(run.run, self._session.runs), words, ModelSource(run=run.run))
        if self._bundle is not None:
            name = self.tr("Bundle {name}").format(name=self._bundle.name)
            self.addItem(self._icons.icon("folder"), name, ModelSource(bundle=self._bundle))
        places = [number for number in range(self.count()) if self.itemData(number) == self._chosen]
        self.setCurrentIndex(places[0] if places else 0 if self.count() else -1)
        self._announce()

    @Slot(int)
    def _note_choice(self, _index: int) -> None:
        self._chosen = self.source
        self._announce()

    def _announce(self) -> None:
        if self.source != self._last:
            self._last = self.source
            self.source_changed.emit()


def _best_first(runs: Sequence[RunSummary]) -> list[RunSummary]:
    return sorted(runs, key=lambda run: (-(run.val_accuracy or 0.0), run.total_seconds))
