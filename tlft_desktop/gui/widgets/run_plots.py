"""The two plots of the page Compare, side by side: accuracy against time, and the courses of the chosen runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.lazy_plots import make_run_plots
from tlft_desktop.gui.run_history import OverX, RunHistory
from tlft_desktop.gui.spots import run_spots
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.layout import Card, row
from tlft_desktop.gui.widgets.segmented import SegmentedControl
from tlft_desktop.gui.widgets.text import wrapped_label

if TYPE_CHECKING:
    from tlft_desktop.gui.plots.overlay_plot import OverlayPlot
    from tlft_desktop.gui.plots.scatter_plot import ScatterPlot


class RunPlots(QWidget):
    """Plots of runs; the plotting library loads when they are shown for the first time.

    Signals:
        run_clicked(run): The user clicked the point of a run.
    """

    run_clicked = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.over = SegmentedControl(self.tr("Validation curves over"))
        hint = self.tr("Draw the validation curves over epochs; a head that is solved exactly stands at 0")
        self.over.add("epochs", self.tr("Ep&ochs"), hint=hint)
        self.over.add("seconds", self.tr("Se&conds"), hint=self.tr("Draw the validation curves over time"))
        self.over.set_current("epochs")
        self.over.chosen.connect(self._show_over)
        self._left, self._right = Card(), Card()
        layout = row(self._left, self._right, spacing=2 * GRID)
        layout.setStretch(0, 1)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._plots: tuple[ScatterPlot, OverlayPlot] | None = None
        self._hint = wrapped_label("", "muted")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._curves = QStackedWidget()
        self._curves.addWidget(self._hint)
        self._right.body.addWidget(self._curves)

    def show_runs(
        self, runs: Sequence[RunSummary], chosen: Sequence[RunSummary], histories: Mapping[str, RunHistory]
    ) -> None:
        """Draw runs: a point for each, or for the chosen ones where several are; curves of the chosen ones.

        Args:
            runs: All runs of the project.
            chosen: The selected ones.
            histories: Courses by run, as far as they are known.
        """
        scatter, overlay = self._made()
        drawn = chosen if len(chosen) > 1 else runs
        scatter.show_spots(run_spots(runs, drawn), {run.run for run in chosen})
        overlay.show_runs(runs, chosen, histories)
        has_curves = any(histories.get(run.run) and histories[run.run].epochs for run in chosen)
        self._curves.setCurrentIndex(1 if has_curves else 0)
        self._hint.setText("" if has_curves else self._reason(chosen, histories))

    def _reason(self, chosen: Sequence[RunSummary], histories: Mapping[str, RunHistory]) -> str:
        if not chosen:
            return self.tr("Choose runs in the table: their validation curves are drawn here.")
        problems = [histories[run.run].problem for run in chosen if run.run in histories and histories[run.run].problem]
        if problems:
            return self.tr("The course cannot be read. {why}").format(why=problems[0])
        return self.tr("No epoch of these runs has been validated yet.")

    def _made(self) -> tuple[ScatterPlot, OverlayPlot]:
        if self._plots is None:
            scatter, overlay = make_run_plots(self._context)
            scatter.spot_clicked.connect(self.run_clicked)
            self._left.body.addWidget(scatter)
            self._curves.addWidget(overlay)
            self._plots = scatter, overlay
        return self._plots

    @Slot(str)
    def _show_over(self, over: str) -> None:
        self._made()[1].show_over(OverX(over))
