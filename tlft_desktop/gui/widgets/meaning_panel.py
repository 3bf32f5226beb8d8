"""What the ticks mean, in numbers and words; live at every tick."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from tlft_desktop.core.freezing.footprint import Footprint
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.desks.cost_desk import CostDesk, CostState
from tlft_desktop.gui.icons import IconSet, Tint
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.facts import FactList
from tlft_desktop.gui.widgets.layout import row
from tlft_desktop.gui.widgets.text import button, plain_label, wrapped_label


class MeaningPanel(QScrollArea):
    """Parameters, computation, time and memory of a plan, and what a tick does not save.

    Args:
        icons: Draws the sign of the warning.
        costs: Tells what the network costs on this machine.
    """

    def __init__(self, icons: IconSet, costs: CostDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._costs = costs
        self._shown: tuple[StrategyKind, FreezePlan] | None = None
        self.setAccessibleName(self.tr("What this means"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(31 * GRID)
        self._trainable = plain_label("", "figure")
        self._of_total = wrapped_label("", "muted")
        self._share = QProgressBar()
        self._share.setRange(0, 1000)
        self._share.setTextVisible(False)
        self._share.setAccessibleName(self.tr("Share of the parameters that train"))
        self._facts = FactList()
        self._add_facts()
        self._front = wrapped_label()
        self._cost_note = wrapped_label("", "muted")
        self.measure = button(self.tr("Measure a&gain"))
        self.measure.clicked.connect(costs.measure_again)
        self.warning = wrapped_label("", "warning")
        self._sign = QLabel()
        icons.attach(self._sign, "warning", tint=Tint.WARNING, size=20)
        self._build()
        costs.add_viewer(self)
        costs.changed.connect(self._show_cost)
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self._shown = None
        for label in (self._trainable, self._of_total, self._front):
            label.setText("")
        for fact in (self._layers, self._trained, self._passed, *self._cost_facts):
            self._facts.show_value(fact, "")
        self._facts.hide()
        self._cost_note.hide()
        self.measure.hide()
        self._share.setValue(0)
        self._warn("")

    def show_plan(self, plan: Footprint, kind: StrategyKind, ticks: FreezePlan) -> None:
        """Show what a plan means.

        Args:
            plan: Its measure.
            kind: The strategy that would train with it.
            ticks: The plan itself.
        """
        share = plan.trainable / plan.total if plan.total else 0.0
        self._trainable.setText(fmt.count(plan.trainable))
        is_hybrid = kind is StrategyKind.HYBRID
        of_total = (
            self.tr("of {total} parameters train first ({share}), then all")
            if is_hybrid
            else self.tr("of {total} parameters train ({share})")
        )
        self._of_total.setText(of_total.format(total=fmt.count(plan.total), share=_unbroken(self._share_text(share))))
        self._share.setValue(round(1000 * share))
        show = self._facts.show_value
        show(
            self._layers,
            self.tr("{frozen} of {total}").format(frozen=fmt.count(plan.num_frozen), total=fmt.count(plan.num_owners)),
        )
        show(self._trained, fmt.percent(plan.trained_share, 0))
        show(self._passed, fmt.percent(plan.front_share, 0))
        self._facts.show()
        self._front.setText(self._hybrid_text() if is_hybrid else self._front_text(plan))
        # Where biases or adapters of frozen layers train, the ticks are not there to save.
        is_meant = bool(plan.first_trained) and (ticks.biases or bool(ticks.adapters))
        self._warn("" if is_meant else self._warning_text(plan))
        self._shown = kind, ticks
        self._show_cost()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._costs.look()

    @Slot()
    def _show_cost(self) -> None:
        """Show what the ticks cost on this machine, or why nobody knows."""
        if self._shown is None:
            return
        cost = self._costs.of(*self._shown)
        show, unknown = self._facts.show_value, self._unknown()
        if cost is None:
            for fact in self._cost_facts:
                show(fact, unknown)
        else:
            about = self.tr("about {value}")
            whole = self._costs.of(StrategyKind.FINETUNE, FreezePlan())
            share = fmt.percent(cost.epoch / whole.epoch, 0) if whole is not None and whole.epoch else ""
            show(self._epoch, about.format(value=fmt.rough_duration(cost.epoch)))
            show(self._relative, about.format(value=share) if share else unknown)
            show(self._total, about.format(value=fmt.rough_duration(cost.total)))
            show(self._memory, about.format(value=fmt.num_bytes(cost.memory)))
            show(self._kept, about.format(value=fmt.num_bytes(cost.cache)) if cost.cache else self.tr("nothing"))
        note = self._note()
        self._cost_note.setText(note)
        self._cost_note.setVisible(bool(note))
        is_open = self._costs.state in (CostState.CANCELLED, CostState.FAILED)
        self.measure.setVisible(is_open or self._costs.was_disturbed)

    def _unknown(self) -> str:
        return "…" if self._costs.state is CostState.MEASURING else self.tr("unknown")

    def _note(self) -> str:
        return {
            CostState.MEASURING: self.tr("Being measured: each operation of the network is timed on a few images."),
            CostState.WAITING: self.tr("What layers cost on this machine is measured when nothing trains."),
            CostState.CANCELLED: self.tr("The measurement was cancelled."),
            CostState.FAILED: self._costs.problem,
            CostState.KNOWN: self.tr("Other programs were working while this was measured: times may be too long.")
            if self._costs.was_disturbed
            else "",
        }.get(self._costs.state, "")

    def _add_facts(self) -> None:
        add = self._facts.add
        self._total = add(
            self.tr("Whole training"),
            self.tr(
                "With the settings of the page Train, from the first pass to the last epoch. It may end earlier: when "
                "validation stops improving, or when the head of a hybrid is good enough."
            ),
        )
        self._epoch = add(
            self.tr("Epoch on this machine"),
            self.tr(
                "From the times of the network's operations, measured here. Where only the head trains: all its steps; "
                "of a hybrid: an epoch of its last phase."
            ),
        )
        self._relative = add(
            self.tr("Epoch, against full fine-tuning"),
            self.tr("Outputs of a frozen front that are kept for later epochs cost nothing in them"),
        )
        self._memory = add(
            self.tr("Memory for training"),
            self.tr(
                "Weights, gradients, AdamW, and outputs kept for the backward pass. The program with its libraries "
                "needs half a gigabyte to a gigabyte more."
            ),
        )
        self._kept = add(
            self.tr("Kept on disk"), self.tr("Outputs of the frozen front, for the next epochs and for later runs")
        )
        self._layers = add(self.tr("Layers frozen"), self.tr("Of the layers that have parameters"))
        self._trained = add(
            self.tr("Computation in layers that train"), self.tr("Share of the multiply-accumulate operations (MACs)")
        )
        self._passed = add(
            self.tr("Computation in the frozen front"),
            self.tr("Share of the MACs in front of the first layer that trains: no gradient passes there"),
        )
        self._cost_facts = (self._epoch, self._relative, self._total, self._memory, self._kept)

    def _build(self) -> None:
        inner = QWidget()
        inner.setObjectName("scroll_content")
        column = QVBoxLayout(inner)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for widget in (self._trainable, self._of_total, self._share, self._facts, self._cost_note, self._front):
            column.addWidget(widget)
        column.insertWidget(column.indexOf(self._front), self.measure, 0, Qt.AlignmentFlag.AlignLeft)
        notice = row(self._sign)
        notice.setAlignment(self._sign, Qt.AlignmentFlag.AlignTop)
        notice.addWidget(self.warning, 1)
        column.addLayout(notice)
        column.addStretch(1)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)

    def _warn(self, text: str) -> None:
        self.warning.setText(text)
        self._sign.setVisible(bool(text))

    def _share_text(self, share: float) -> str:
        if 0 < share < 0.0001:
            return self.tr("below {share}").format(share=fmt.percent(0.0001, 2))
        return fmt.percent(share, 1 if share >= 0.01 or not share else 2)

    def _hybrid_text(self) -> str:
        return self.tr(
            "First only the head trains: everything before it is computed once for each image and kept. Then all "
            "layers train, unless the head is nearly always right: an epoch of that passes through the whole network."
        )

    def _front_text(self, plan: Footprint) -> str:
        if not plan.first_trained:
            return ""
        if plan.is_head_only:
            return self.tr(
                "Only the head trains: everything before it is computed once for each image and kept, so that epochs "
                "after the first take next to no time."
            )
        if plan.front_share <= 0:
            return self.tr("Gradients pass through the whole network: training costs about three times a prediction.")
        if plan.keeps_front:
            return self.tr(
                "The first layer that trains is {layer}. What lies in front of it is computed once for a few variants "
                "of each image and kept: epochs compute only what lies behind."
            ).format(layer=plan.first_trained)
        return self.tr(
            "The first layer that trains is {layer}. In front of it no gradient passes, and outputs do not change from "
            "epoch to epoch."
        ).format(layer=plan.first_trained)

    def _warning_text(self, plan: Footprint) -> str:
        if not plan.first_trained:
            return self.tr("Everything is frozen: nothing can be trained. Take the tick of at least one layer away.")
        if not plan.late_frozen:
            return ""
        if len(plan.late_frozen) == 1:
            return self.tr(
                "The tick on {layer} saves almost nothing: a layer below still trains ({first}), so it must still be "
                "computed and back-propagated."
            ).format(layer=plan.late_frozen[0], first=plan.first_trained)
        return self.tr(
            "{count} ticks save almost nothing ({layer} is the first): a layer below still trains ({first}), so these "
            "layers must still be computed and back-propagated."
        ).format(count=fmt.count(len(plan.late_frozen)), layer=plan.late_frozen[0], first=plan.first_trained)


def _unbroken(text: str) -> str:
    """Keep a number and its unit on one line."""
    return text.replace(" ", "\u00a0")
