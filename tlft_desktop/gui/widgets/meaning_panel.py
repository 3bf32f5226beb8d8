"""What the ticks mean, in numbers and words; live at every tick."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from tlft_desktop.core.freezing.footprint import Footprint
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.icons import IconSet, Tint
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.widgets.facts import FactList
from tlft_desktop.gui.widgets.layout import row
from tlft_desktop.gui.widgets.text import plain_label, wrapped_label


class MeaningPanel(QScrollArea):
    """Parameters, computation, time and memory of a plan, and what a tick does not save."""

    def __init__(self, icons: IconSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        self.warning = wrapped_label("", "warning")
        self._sign = QLabel()
        icons.attach(self._sign, "warning", tint=Tint.WARNING, size=20)
        self._build()
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        for label in (self._trainable, self._of_total, self._front):
            label.setText("")
        for fact in (self._layers, self._trained, self._passed, self._epoch, self._seconds, self._memory):
            self._facts.show_value(fact, "")
        self._facts.hide()
        self._share.setValue(0)
        self._warn("")

    def show_plan(self, plan: Footprint, *, batch: int, seconds: float | None) -> None:
        """Show what a plan means.

        Args:
            plan: Its measure.
            batch: Images per step that the memory is estimated for.
            seconds: An epoch, scaled from a measured one; None where nothing was measured.
        """
        share = plan.trainable / plan.total if plan.total else 0.0
        self._trainable.setText(fmt.count(plan.trainable))
        self._of_total.setText(
            self.tr("of {total} parameters train ({share})").format(
                total=fmt.count(plan.total), share=_unbroken(self._share_text(share))
            )
        )
        self._share.setValue(round(1000 * share))
        show = self._facts.show_value
        show(
            self._layers,
            self.tr("{frozen} of {total}").format(frozen=fmt.count(plan.num_frozen), total=fmt.count(plan.num_owners)),
        )
        show(self._trained, fmt.percent(plan.trained_share, 0))
        show(self._passed, fmt.percent(plan.front_share, 0))
        words = self.tr("about {share}, once") if plan.is_head_only else self.tr("about {share}")
        show(self._epoch, words.format(share=fmt.percent(plan.epoch_share, 0)))
        known = (
            self.tr("about {time}").format(time=fmt.duration(seconds)) if seconds is not None else self.tr("unknown")
        )
        show(self._seconds, known)
        show(self._memory, self._memory_text(plan), self._memory_hint(plan, batch))
        self._facts.show()
        self._front.setText(self._front_text(plan))
        self._warn(self._warning_text(plan))

    def _add_facts(self) -> None:
        add = self._facts.add
        self._layers = add(self.tr("Layers frozen"), self.tr("Of the layers that have parameters"))
        self._trained = add(
            self.tr("Computation in layers that train"), self.tr("Share of the multiply-accumulate operations (MACs)")
        )
        self._passed = add(
            self.tr("Computation in the frozen front"),
            self.tr("Share of the MACs in front of the first layer that trains: no gradient passes there"),
        )
        self._epoch = add(
            self.tr("Epoch, against full fine-tuning"),
            self.tr(
                "From the MACs: the frozen front counts once (forward) or, where its outputs are kept, not at all; "
                "layers that train count three times (forward, and the gradients of inputs and weights)"
            ),
        )
        self._seconds = add(
            self.tr("Epoch on this machine"), self.tr("Scaled from the epochs of the newest run of this network")
        )
        self._memory = add(self.tr("Memory for training"))

    def _build(self) -> None:
        inner = QWidget()
        inner.setObjectName("scroll_content")
        column = QVBoxLayout(inner)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for widget in (self._trainable, self._of_total, self._share, self._facts, self._front):
            column.addWidget(widget)
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

    def _memory_text(self, plan: Footprint) -> str:
        return self.tr("about {size}").format(size=fmt.num_bytes(plan.memory.total))

    def _memory_hint(self, plan: Footprint, batch: int) -> str:
        memory = plan.memory
        return self.tr(
            "Weights {weights}, gradients {gradients}, AdamW {optimizer}, outputs kept for the backward pass "
            "{activations} (batches of {batch} images). The libraries themselves need some hundred megabytes more."
        ).format(
            weights=fmt.num_bytes(memory.weights),
            gradients=fmt.num_bytes(memory.gradients),
            optimizer=fmt.num_bytes(memory.optimizer),
            activations=fmt.num_bytes(memory.activations),
            batch=fmt.count(batch),
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
