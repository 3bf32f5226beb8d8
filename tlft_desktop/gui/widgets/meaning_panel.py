"""What the ticks mean, in numbers and words; live at every tick."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QScrollArea, QVBoxLayout, QWidget

from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.plan_summary import PlanSummary, summarise
from tlft_desktop.gui.theme import ThemeController
from tlft_desktop.gui.widgets.layout import Card
from tlft_desktop.gui.widgets.text import plain_label, wrapped_label


class MeaningPanel(Card):
    """Trainable parameters, their share, the frozen front of the network, and what a tick does not save."""

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._theme = theme
        self.setFixedWidth(272)
        heading = self.tr("What this means")
        self.setAccessibleName(heading)
        self.body.addWidget(plain_label(heading, "heading"))
        self._trainable = plain_label("", "figure")
        self._of_total = wrapped_label("", "muted")
        self._share = QProgressBar()
        self._share.setRange(0, 1000)
        self._share.setTextVisible(False)
        self._share.setAccessibleName(self.tr("Share of the parameters that train"))
        self._layers = wrapped_label()
        self._front = wrapped_label()
        self.warning = wrapped_label("", "warning")
        inner = QWidget()
        inner.setObjectName("scroll_content")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._trainable, self._of_total, self._share, self._layers, self._front, self.warning):
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        area.viewport().setAutoFillBackground(False)
        self.body.addWidget(area, 1)

    def clear(self) -> None:
        """Show nothing."""
        for label in (self._trainable, self._of_total, self._layers, self._front, self.warning):
            label.setText("")
        self._share.setValue(0)

    def show_plan(self, tree: LayerTree, plan: FreezePlan) -> None:
        """Show what a plan means for a network."""
        summary = summarise(tree, plan)
        share = summary.trainable / summary.total if summary.total else 0.0
        self._trainable.setText(fmt.count(summary.trainable))
        self._of_total.setText(
            self.tr("of {total} parameters train ({share})").format(
                total=fmt.count(summary.total), share=fmt.percent(share, 1 if share >= 0.01 else 2)
            )
        )
        self._share.setValue(round(1000 * share))
        self._layers.setText(
            self.tr("{frozen} of {total} layers with parameters are frozen.").format(
                frozen=fmt.count(summary.num_frozen), total=fmt.count(summary.num_owners)
            )
        )
        self._front.setText(self._front_text(summary))
        self.warning.setText(self._warning_text(summary))

    def _front_text(self, summary: PlanSummary) -> str:
        if not summary.first_trained:
            return ""
        if summary.front_share <= 0:
            return self.tr("Gradients pass through the whole network: training costs about three times a prediction.")
        return self.tr(
            "About {share} of the computation lies in front of the first layer that trains ({layer}): no gradient "
            "passes there, and its outputs do not change from epoch to epoch."
        ).format(share=fmt.percent(summary.front_share, 0), layer=summary.first_trained)

    def _warning_text(self, summary: PlanSummary) -> str:
        if not summary.first_trained:
            return self.tr("Everything is frozen: nothing can be trained. Take the tick of at least one layer away.")
        if summary.late_frozen:
            return self.tr(
                "{count} ticks save almost nothing: a layer below ({layer}) still trains, so these layers must "
                "still be computed and back-propagated."
            ).format(count=fmt.count(len(summary.late_frozen)), layer=summary.first_trained)
        return ""
