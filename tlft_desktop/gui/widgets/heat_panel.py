"""The heat of layers beside the layer tree: which run and measure, its course over epochs, and the plan it suggests."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from tlft_desktop.core.freezing.auto_rgn import STRAINING, PlanProposal
from tlft_desktop.core.values.run import RunState
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.heat_desk import BEFORE, HeatDesk
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.heat_measures import HeatMeasure
from tlft_desktop.gui.item_models.run_table_model import name_of
from tlft_desktop.gui.lazy_plots import make_heat_plot
from tlft_desktop.gui.run_colours import colour_at
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.fields import ChoiceField
from tlft_desktop.gui.widgets.layout import row
from tlft_desktop.gui.widgets.segmented import SegmentedControl
from tlft_desktop.gui.widgets.text import button, plain_tooltip, wrapped_label

if TYPE_CHECKING:
    from tlft_desktop.gui.plots.heat_plot import HeatPlot

PLOT_HEIGHT = 216
LEAST_WIDTH = 31 * GRID


class HeatPanel(QScrollArea):
    """Shows the heat of a desk.

    Args:
        context: Parts of the program.
        desk: Knows the heat.

    Signals:
        plan_chosen(FreezePlan): The user wants the proposed plan.
    """

    plan_chosen = Signal(object)

    def __init__(self, context: AppContext, desk: HeatDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._desk = context, desk
        self._plots: dict[HeatMeasure, HeatPlot] = {}
        self._proposal: PlanProposal | None = None
        self._is_asked = False
        self.setAccessibleName(self.tr("Heat"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(LEAST_WIDTH)
        self.runs = ChoiceField()
        self.runs.setAccessibleName(self.tr("Run whose heat is shown"))
        self.measures = self._make_measures()
        self.text = wrapped_label("", "muted")
        self.measure = button("")
        self.last = button(self.tr("Last epoch"), hint=self.tr("Show the last epoch in the tree again"))
        self.propose = button(
            self.tr("&Propose a plan"), hint=self.tr("Which stages to train and which to freeze, by these gradients")
        )
        self.legend = wrapped_label("")
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        self.legend.setAccessibleName(self.tr("Colours of the stages"))
        self.words = wrapped_label("")
        self.use = button(self.tr("&Use it"), "primary", hint=self.tr("Tick the layers as proposed; can be undone"))
        self._build()
        self._connect()
        self.show_heat()

    @property
    def plot(self) -> HeatPlot | None:
        """The plot of the measure that is shown; None before somebody saw a curve of it."""
        return self._plots.get(self._desk.kind)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Docks that lie behind others are shown for a moment before they are hidden.
        QTimer.singleShot(0, self._begin_to_watch)

    @Slot()
    def _begin_to_watch(self) -> None:
        if self.isVisible():
            self._desk.watch()
            self.show_heat()

    @Slot()
    def show_heat(self) -> None:
        """Show what the desk knows."""
        desk, curves = self._desk, self._desk.curves()
        self._fill_runs()
        self.measures.set_current(desk.kind)
        self.text.setText(self._words())
        set_role(self.text, "warning" if desk.problem else "muted")
        self._show_measuring()
        epochs = desk.epochs
        self.last.setVisible(bool(epochs) and desk.epoch is not epochs[-1])
        self.propose.setEnabled(bool(epochs) and desk.kind is not HeatMeasure.DRIFT)
        # Making a plot takes a while, and the first heat of a training comes while another page is in sight.
        if curves and self.isVisible():
            self._plot_of(desk.kind).show_curves(curves)
        has_course = bool(curves) and desk.run != BEFORE
        for measure, plot in self._plots.items():
            plot.setVisible(has_course and measure is desk.kind)
        self.legend.setVisible(has_course)
        self._show_legend()
        self._show_proposal()

    @Slot()
    def _show_legend(self) -> None:
        """Name the stages beside the colours of their curves, and beside the values under the pointer."""
        tokens, stages = self._context.theme.tokens, list(self._desk.curves())
        self.legend.setText(
            " ".join(
                f'<span style="color:{colour_at(place, tokens)}">\u25cf</span>\u00a0{escape(stage)}'
                for place, stage in enumerate(stages)
            )
        )

    def _fill_runs(self) -> None:
        runs = [run for run in reversed(self._context.session.runs) if run.state is not RunState.DAMAGED]
        offers = [(name_of(run), run.run) for run in runs]
        if self._desk.run not in {BEFORE, *(run for _, run in offers)}:
            offers.insert(0, (self.tr("the run that trains"), self._desk.run))
        offers.append((self.tr("Before training"), BEFORE))
        self.runs.offer(offers, self._desk.run)

    def _show_measuring(self) -> None:
        desk = self._desk
        is_drift = desk.kind is HeatMeasure.DRIFT
        before = desk.run == BEFORE
        self.measure.setVisible(before is not is_drift)
        text = self.tr("&Measure the drift") if is_drift else self.tr("&Measure")
        self.measure.setText(text)
        self.measure.setEnabled(not desk.reason)
        self.measure.setToolTip(plain_tooltip(desk.reason))

    def _words(self) -> str:
        desk = self._desk
        if desk.problem:
            return desk.problem
        if desk.is_measuring:
            return self.tr("Images go through the network. The result appears here and in the tree.")
        if desk.kind is HeatMeasure.DRIFT:
            return self._drift_words()
        epoch = desk.epoch
        if epoch is None:
            return self._empty_words()
        if desk.run == BEFORE:
            if desk.kind is HeatMeasure.CHANGE:
                return self.tr("Nothing has moved before training.")
            return self.tr(
                "Where the gradient of the training images would pull, with the best head for the untouched network."
            )
        text = {
            HeatMeasure.GRADIENT: self.tr("Epoch {epoch}: size of the gradient by the size of the weights."),
            HeatMeasure.CHANGE: self.tr("Epoch {epoch}: distance from the pretrained weights, by their size."),
        }[desk.kind]
        return text.format(epoch=fmt.count(epoch.epoch)) + " " + self.tr("A click in the plot shows another epoch.")

    def _empty_words(self) -> str:
        if self._desk.why_none:
            return self._desk.why_none
        if self._desk.run != BEFORE:
            return self.tr("The heat of this run appears after its first epoch.")
        return self.tr(
            "How strongly does training pull at each layer? Each epoch of a fine-tuning tells it here and in the tree. "
            "Before anything is trained one pass over the training images tells where it would pull: choose Measure."
        )

    def _drift_words(self) -> str:
        drift = self._desk.drift
        if self._desk.run == BEFORE:
            return self.tr("Nothing has drifted before training: choose a run.")
        if drift is None:
            return self.tr(
                "How much did training rewrite what each stage sees? Up to 256 validation images go through the "
                "pretrained and the trained network, and the outputs of each stage are compared."
            )
        if drift.problem:
            return from_core(drift.problem)
        values = [f"{stage}: {fmt.number(drift.of(stage) or 0.0, 2)}" for stage in drift.similarity]
        text = self.tr("1 - CKA for {count} validation images, 0 where nothing changed. {values}.")
        return text.format(count=fmt.count(drift.num_images), values=", ".join(values))

    # Proposal

    @Slot()
    def _propose(self) -> None:
        self._is_asked = True
        self._show_proposal()

    def _show_proposal(self) -> None:
        self._proposal = self._desk.proposal() if self._is_asked else None
        self.words.setVisible(self._is_asked)
        can_use = self._proposal is not None and not self._proposal.changes_nothing
        self.use.setVisible(can_use)
        self.use.setEnabled(self._context.session.is_writable)
        if self._is_asked:
            self.words.setText(self._proposal_words(self._proposal))

    def _proposal_words(self, proposal: PlanProposal | None) -> str:
        if proposal is None:
            return self.tr("Nothing can be proposed: no layer but the head was trained.")
        lines = [self.tr("Straining, so train: {stages}.").format(stages=_listed(proposal.straining, proposal))]
        if proposal.still:
            text = self.tr("Still, so freeze: {stages}; below {limit} of the strongest stage.")
            limit = fmt.percent(STRAINING, 0)
            lines.append(text.format(stages=_listed(proposal.still, proposal), limit=limit))
        if proposal.unmeasured:
            text = self.tr("Not measured, and left as they are: {stages}.")
            lines.append(text.format(stages=", ".join(proposal.unmeasured)))
        if proposal.changes_nothing:
            lines.append(self.tr("The ticks are like that already."))
        for text, stages in (
            (self.tr("That would let train: {stages}."), proposal.thawed),
            (self.tr("That would freeze: {stages}."), proposal.frozen),
        ):
            if stages:
                lines.append(text.format(stages=", ".join(stages)))
        return "\n".join(lines)

    @Slot()
    def _use(self) -> None:
        if self._proposal is not None and self._context.session.is_writable:
            self.plan_chosen.emit(self._proposal.plan)

    # Parts

    def _make_measures(self) -> SegmentedControl:
        measures = SegmentedControl(self.tr("What is shown of each layer"))
        measures.add(
            HeatMeasure.GRADIENT, self.tr("Gradient"), hint=self.tr("Size of the gradient by the size of the weights")
        )
        measures.add(
            HeatMeasure.CHANGE, self.tr("Change"), hint=self.tr("Distance from the pretrained weights, by their size")
        )
        measures.add(
            HeatMeasure.DRIFT,
            self.tr("Drift"),
            hint=self.tr("How much the outputs of a stage were rewritten (1 - CKA)"),
        )
        return measures

    def _build(self) -> None:
        inner = QWidget()
        inner.setObjectName("scroll_content")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        self._column.setSpacing(GRID)
        for widget in (self.runs, self.measures, self.text, self.legend):
            self._column.addWidget(widget)
        buttons = row(self.measure, self.last, self.propose)
        buttons.addStretch(1)
        self._column.addLayout(buttons)
        self._column.addWidget(self.words)
        using = row(self.use)
        using.addStretch(1)
        self._column.addLayout(using)
        self._column.addStretch(1)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)

    def _connect(self) -> None:
        self.runs.activated.connect(self._choose_run)
        self.measures.chosen.connect(self._choose_kind)
        self.measure.clicked.connect(self._desk.measure)
        self.last.clicked.connect(self._show_last)
        self.propose.clicked.connect(self._propose)
        self.use.clicked.connect(self._use)
        self._desk.changed.connect(self.show_heat)
        self._context.theme.changed.connect(self._show_legend)
        session = self._context.session
        session.freeze_plan_changed.connect(self._show_proposal)
        session.project_changed.connect(self._forget)

    def _plot_of(self, measure: HeatMeasure) -> HeatPlot:
        if measure not in self._plots:
            plot = self._plots[measure] = make_heat_plot(self._context, measure)
            plot.setMinimumHeight(PLOT_HEIGHT)
            plot.epoch_clicked.connect(self._desk.choose_epoch)
            self._column.insertWidget(self._column.indexOf(self.legend), plot, 1)
        return self._plots[measure]

    @Slot(int)
    def _choose_run(self, _place: int) -> None:
        self._is_asked = False
        self._desk.choose_run(str(self.runs.currentData()))

    @Slot(str)
    def _choose_kind(self, key: str) -> None:
        self._desk.choose_kind(HeatMeasure(key))

    @Slot()
    def _show_last(self) -> None:
        self._desk.choose_epoch(0)

    @Slot()
    def _forget(self) -> None:
        self._is_asked = False
        self.show_heat()


def _listed(stages: Sequence[str], proposal: PlanProposal) -> str:
    # A number and its unit stay in one line.
    return ", ".join(
        f"{stage}\u00a0({fmt.percent(proposal.strain[stage], 0)})".replace(" ", "\u00a0") for stage in stages
    )
