"""How good a run is: figures of all classes and of each, and plots of how far it can be believed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.figures_desk import FiguresDesk
from tlft_desktop.gui.desks.folds_desk import FoldsDesk
from tlft_desktop.gui.dialogs.file_chooser import file_chooser
from tlft_desktop.gui.figure_views import ONLY_TWO_CLASSES, FigureView
from tlft_desktop.gui.item_models.class_figures_model import ClassFiguresModel
from tlft_desktop.gui.item_models.run_table_model import name_of
from tlft_desktop.gui.lazy_plots import make_figure_plots
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.buttons import ToolButton
from tlft_desktop.gui.widgets.class_figures_table import ClassFiguresTable
from tlft_desktop.gui.widgets.fields import ChoiceField
from tlft_desktop.gui.widgets.figure_facts import FigureFacts
from tlft_desktop.gui.widgets.focus_keeping import handing_on
from tlft_desktop.gui.widgets.layout import EmptyState, row
from tlft_desktop.gui.widgets.run_panel import RunPanel
from tlft_desktop.gui.widgets.segmented import SegmentedControl
from tlft_desktop.gui.widgets.text import button, plain_tooltip, wrapped_label

if TYPE_CHECKING:
    from tlft_desktop.core.evaluation.evaluated import Evaluated
    from tlft_desktop.gui.plots.figure_plots import FigurePlot

_NONE, _FIGURES = 0, 1
_PLOT_WIDTH = 43 * GRID
"""In less of it the legend covers the curves; the table then leaves columns out."""


class FiguresPanel(RunPanel):
    """Figures of one of the chosen runs, on its validation images or on its test images.

    Args:
        context: Parts of the program.
        desk: Knows the figures.
        folds: Knows more of heads that few images judged.
    """

    def __init__(self, context: AppContext, desk: FiguresDesk, folds: FoldsDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self.desk, self.folds = context, desk, folds
        self._chosen: tuple[RunSummary, ...] = ()
        self._plots: dict[FigureView, FigurePlot] = {}
        self.runs = ChoiceField()
        self.runs.setAccessibleName(self.tr("Run whose figures are shown"))
        self.splits = self._make_splits()
        self.views = self._make_views()
        self.costs = button(self.tr("&Costs…"), hint=self.tr("Count mistakes by a table of what each one costs"))
        self.forget_costs = button(self.tr("&Without costs"), hint=self.tr("All mistakes are equally bad again"))
        self.open_test = button(self.tr("L&ook at the test images"))
        self.stop = button(self.tr("Cancel"))
        self.ask_folds = self._make_ask_folds()
        self.facts = FigureFacts()
        self.model = ClassFiguresModel(self)
        self.table = ClassFiguresTable(self.model)
        self._plot_stack = QStackedWidget()
        self.caution = wrapped_label("", "muted")
        self.folds_words = wrapped_label("", "muted")
        self.empty = EmptyState("", "")
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def show_chosen(self, chosen: Sequence[RunSummary]) -> None:
        """Offer the chosen runs; the one that was shown stays where it is among them."""
        self._chosen = tuple(chosen)
        offers = [(name_of(run), run.run) for run in chosen]
        self.runs.offer(offers, self.runs.currentData())
        self.runs.setVisible(len(offers) > 1)
        self._choose_run()

    # Parts

    def _make_splits(self) -> SegmentedControl:
        splits = SegmentedControl(self.tr("Images that the figures are of"))
        splits.add(Split.VAL, self.tr("Validatio&n"), hint=self.tr("The images by which the best epoch was chosen"))
        splits.add(Split.TEST, self.tr("Test"), hint=self.tr("Images held back for the end; each look is counted"))
        splits.set_current(Split.VAL)
        return splits

    def _make_views(self) -> SegmentedControl:
        views = SegmentedControl(self.tr("What is drawn"))
        views.add(
            FigureView.RELIABILITY,
            self.tr("Reliability"),
            hint=self.tr("How often answers are right that are about equally sure"),
        )
        views.add(FigureView.COVERAGE, self.tr("Coverage"), hint=self.tr("What a threshold for “not sure” would do"))
        views.add(FigureView.ROC, self.tr("ROC"), hint=self.tr("Found against wrongly taken for it"))
        views.add(FigureView.PRECISION, self.tr("Precision"), hint=self.tr("Precision against recall"))
        views.set_current(FigureView.RELIABILITY)
        return views

    def _make_ask_folds(self) -> ToolButton:
        press = ToolButton()
        press.setText(self.tr("&On folds"))
        press.setAccessibleName(self.tr("Judge the head on folds"))
        press.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(press, "flat")
        return press

    def _lay_out(self) -> None:
        # What comes and goes stands at the left of what stays, which keeps its place at the right end.
        offers = (self.stop, self.ask_folds, self.forget_costs, self.costs, self.open_test)
        head = row(self.runs, self.splits, self.caution, *offers)
        head.setStretch(2, 1)
        right = QWidget()
        right.setMinimumWidth(_PLOT_WIDTH)
        drawn = QVBoxLayout(right)
        drawn.setContentsMargins(0, 0, 0, 0)
        drawn.setSpacing(GRID)
        switches = row(self.views)
        switches.addStretch(1)
        drawn.addLayout(switches)
        drawn.addWidget(self._plot_stack, 1)
        content = QWidget()
        parts = row(self.facts, self.table, right, spacing=GRID)
        parts.setStretch(1, 3)
        parts.setStretch(2, 2)
        content.setLayout(parts)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self.folds_words)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.runs.activated.connect(self._choose_run)
        self.splits.chosen.connect(self._choose_split)
        self.views.chosen.connect(self._draw)
        self.costs.clicked.connect(self._choose_costs)
        self.forget_costs.clicked.connect(self._forget_costs)
        self.open_test.clicked.connect(self.desk.open_test)
        self.ask_folds.clicked.connect(self.folds.ask)
        self.stop.clicked.connect(self.desk.cancel)
        self.stop.clicked.connect(self.folds.cancel)
        self.desk.changed.connect(self.show_figures)
        self.folds.changed.connect(self._show_folds)

    # What is shown

    @Slot()
    def show_figures(self) -> None:
        """Show what the desk knows."""
        with handing_on(self, self._heirs):
            self._show_figures()

    def _show_figures(self) -> None:
        desk, found = self.desk, self.desk.found
        is_test = desk.split is Split.TEST
        self.splits.set_current(desk.split)
        self.open_test.setVisible(is_test)
        self.open_test.setEnabled(not desk.reason)
        self.open_test.setToolTip(plain_tooltip(desk.reason))
        self.costs.setEnabled(desk.run is not None)
        self.forget_costs.setVisible(desk.costs is not None)
        self.caution.setText(fmt.from_core(found.caution) if found is not None else "")
        self._stack.setCurrentIndex(_NONE if found is None else _FIGURES)
        if found is None:
            self.empty.heading.setText(self._heading())
            self.empty.text.setText(self._words())
        elif self.isVisible():
            self._fill(found)
        if self.isVisible():
            self.folds.show_run(found)
        self._show_offers()

    def _heirs(self) -> tuple[QWidget, ...]:
        """Return who gets the focus from a button that is gone; looking at test images again is to be on purpose."""
        again = () if self.desk.found is not None else (self.open_test,)
        return (self.stop, self.ask_folds, *again, self.splits.button_of(self.splits.current))

    def _fill(self, found: Evaluated) -> None:
        evaluation = found.evaluation
        self.facts.show_figures(evaluation)
        self.model.set_rows(evaluation.metrics.classes)
        has_two = evaluation.curves is not None
        for view in ONLY_TWO_CLASSES:
            self.views.button_of(view).setVisible(has_two)
        if not has_two and self.views.current in ONLY_TWO_CLASSES:
            self.views.set_current(FigureView.RELIABILITY)
        self._draw()

    @Slot()
    def _show_folds(self) -> None:
        with handing_on(self, self._heirs):
            self._show_offers()

    def _show_offers(self) -> None:
        found, problem, reason = self.folds.found, self.folds.problem, self.folds.reason
        self.stop.setVisible(self.desk.is_measuring or self.folds.is_asked)
        # Its place stays empty meanwhile: a second press must not hit what would take it.
        policy = self.ask_folds.sizePolicy()
        policy.setRetainSizeWhenHidden(self.folds.is_asked)
        self.ask_folds.setSizePolicy(policy)
        self.ask_folds.setVisible(self.folds.is_offered)
        self.ask_folds.setEnabled(not reason)
        self.ask_folds.setToolTip(plain_tooltip(reason or self._folds_hint()))
        text, hint = "", ""
        if found is not None:
            text = " ".join(fmt.from_core(words) for words in (found.sentence, found.caution) if words)
            hint = fmt.from_core(found.method)
        elif problem:
            text = self.tr("Folds of all images cannot tell more: {reason}").format(reason=problem)
        self.folds_words.setText(text)
        self.folds_words.setToolTip(plain_tooltip(hint))
        self.folds_words.setAccessibleDescription(hint)
        self.folds_words.setVisible(bool(text))

    @Slot()
    def _draw(self) -> None:
        found = self.desk.found
        if found is None:
            return
        if not self._plots:
            self._plots = make_figure_plots(self._context)
            for plot in self._plots.values():
                self._plot_stack.addWidget(plot)
        plot = self._plots[FigureView(self.views.current)]
        plot.show_figures(found.evaluation)
        self._plot_stack.setCurrentWidget(plot)

    def _folds_hint(self) -> str:
        return self.tr(
            "Train and judge the head again on folds of all training and validation images: tells more than the "
            "validation images alone, and takes longer with many images"
        )

    def _heading(self) -> str:
        desk = self.desk
        if desk.run is None:
            return self.tr("No run is chosen")
        if desk.problem:
            return self.tr("No figures")
        return self.tr("The test images") if desk.split is Split.TEST else self.tr("Reading the answers of the run")

    def _words(self) -> str:
        desk = self.desk
        if desk.run is None:
            return self.tr("Choose a run in the table: its figures are shown here, class by class.")
        if desk.problem:
            return desk.problem
        if desk.run.val_accuracy is None:
            return self.tr("The run has no result yet.")
        if desk.is_measuring:
            return self.tr("The test images go through the network.")
        if desk.split is Split.TEST and not desk.has_test_images:
            return desk.reason
        if desk.split is Split.TEST:
            return self.tr(
                "Test images tell how good the network is on images that chose nothing: look at them once, when all is "
                "decided. Each look is counted in the project."
            )
        return ""

    # What the user does

    @Slot()
    def _choose_run(self) -> None:
        run = self.runs.currentData()
        self.desk.show_run(next((each for each in self._chosen if each.run == run), None))

    @Slot(str)
    def _choose_split(self, key: str) -> None:
        self.desk.choose_split(Split(key))

    @Slot()
    def _choose_costs(self) -> None:
        dialog = file_chooser(
            self, self.tr("Table of what mistakes cost"), QFileDialog.FileMode.ExistingFile, self._context.state
        )
        dialog.setNameFilter(self.tr("CSV table (*.csv)"))
        dialog.fileSelected.connect(self._take_costs)
        dialog.open()

    @Slot(str)
    def _take_costs(self, path: str) -> None:
        self.desk.choose_costs(Path(path))

    @Slot()
    def _forget_costs(self) -> None:
        self.desk.choose_costs(None)
