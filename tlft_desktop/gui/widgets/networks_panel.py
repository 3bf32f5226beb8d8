"""Networks, or sizes of the images, compared beside the layer tree: how well, how fast, and the way to use one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.values.sweep import Over, Sweep, SweepPoint
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.backbone_desk import BackboneDesk
from tlft_desktop.gui.desks.sweep_desk import SweepDesk
from tlft_desktop.gui.format import from_core, number
from tlft_desktop.gui.item_models.network_table_model import NetworkRow
from tlft_desktop.gui.lazy_plots import make_network_plot
from tlft_desktop.gui.spots import Spot
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.layout import row
from tlft_desktop.gui.widgets.network_table import NetworkTable
from tlft_desktop.gui.widgets.segmented import SegmentedControl
from tlft_desktop.gui.widgets.text import button, plain_tooltip, wrapped_label

if TYPE_CHECKING:
    from tlft_desktop.gui.plots.scatter_plot import ScatterPlot

PLOT_HEIGHT = 216
LEAST_WIDTH = 31 * GRID


class NetworksPanel(QScrollArea):
    """Shows the comparison of a desk.

    Args:
        context: Parts of the program.
        desk: Compares.
        backbones: Gives the project another network.
    """

    def __init__(
        self, context: AppContext, desk: SweepDesk, backbones: BackboneDesk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._desk, self._backbones = context, desk, backbones
        self._plot: ScatterPlot | None = None
        self._shown: Sweep | None = None
        self._refusal = ""
        self.setAccessibleName(self.tr("Networks"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(LEAST_WIDTH)
        self.over = SegmentedControl(self.tr("What is compared"))
        self.over.add(
            Over.BACKBONE, self.tr("Backbones"), hint=self.tr("The networks whose weights are on this machine")
        )
        self.over.add(Over.IMAGE_SIZE, self.tr("Image sizes"), hint=self.tr("The project's network at several sizes"))
        self.over.set_current(desk.over)
        self.text = wrapped_label("", "muted")
        self.measure = button(self.tr("Com&pare"))
        self.more = button(self.tr("More…"), hint=self.tr("Open the catalogue: download weights, or take a file"))
        self.table = NetworkTable(context.theme)
        self.detail = wrapped_label("")
        self.use = button(self.tr("&Use this"), "primary")
        self._build()
        self._connect()
        self.show_networks()

    @property
    def plot(self) -> ScatterPlot | None:
        """The plot; None before there is a network to draw."""
        return self._plot

    @Slot()
    def show_networks(self) -> None:
        """Show what the desk knows."""
        desk = self._desk
        rows = self._rows()
        self.over.set_current(desk.over)
        self.text.setText(self._words())
        set_role(self.text, "warning" if desk.problem else "muted")
        again = desk.sweep is not None
        name = self.tr("Compare again") if again else self.tr("Compare")
        self.measure.setAccessibleName(name)
        self.measure.setEnabled(not desk.reason)
        self.measure.setToolTip(plain_tooltip(desk.reason or name))
        self.more.setVisible(desk.over is Over.BACKBONE)
        self.table.setVisible(bool(rows))
        self.table.show_rows(rows)
        if desk.sweep is not None and desk.sweep is not self._shown:
            self.table.choose(rows[desk.sweep.enough].key)
        self._shown = desk.sweep
        self._show_chosen()

    def _rows(self) -> list[NetworkRow]:
        session, desk = self._context.session, self._desk
        return [
            NetworkRow(
                backbone=point.candidate.backbone,
                image_size=point.candidate.image_size,
                title=_title(point.candidate.backbone),
                over=desk.over,
                place=place,
                accuracy=None if point.problem else point.accuracy,
                low=point.low,
                high=point.high,
                knn_accuracy=point.knn_accuracy,
                milliseconds=1000 * point.image_seconds,
                parameters=point.parameters,
                is_current=(point.candidate.backbone, point.candidate.image_size)
                == (session.backbone, session.image_size),
                verdict=self._verdict(place),
                problem=from_core(point.problem),
            )
            for place, point in enumerate(desk.points)
        ]

    def _verdict(self, place: int) -> str:
        sweep = self._desk.sweep
        if sweep is None or len(sweep.points) == 1:
            return ""
        if place == sweep.best == sweep.enough:
            return self.tr("The best, and none that is quicker is as good.")
        if place == sweep.best:
            return self.tr("The best.")
        return self.tr("As good as the best, and quickest of those.") if place == sweep.enough else ""

    def _words(self) -> str:
        desk = self._desk
        if desk.problem:
            return desk.problem
        if desk.is_on_its_way:
            return self.tr("The training images go through one after the other. What is found appears here.")
        if desk.sweep is not None:
            return self._conclusion(desk.sweep)
        if desk.points:
            return self.tr("The comparison was stopped: this is what it found until then.")
        if desk.over is Over.BACKBONE:
            return self.tr(
                "Which pretrained network separates your classes best? Each one whose weights are on this machine sees "
                "the training images once, at the size of the project. Nothing is trained."
            )
        return self.tr(
            "Which size of the images is worth its time? The network of the project sees the training images at 128, "
            "224, 320 pixels and its own size. Nothing is trained."
        )

    def _conclusion(self, sweep: Sweep) -> str:
        best, enough = sweep.points[sweep.best], sweep.points[sweep.enough]
        if len(sweep.points) == 1:
            return self.tr("Only this network is on this machine. Get the weights of others to compare them.")
        if best is enough:
            return self.tr("{name} is best: none that is quicker separates these classes as well.").format(
                name=self._name(best)
            )
        return self.tr("{name} is not measurably worse than the best, and {factor} times as quick.").format(
            name=self._name(enough), factor=number(best.image_seconds / enough.image_seconds, 2)
        )

    def _name(self, point: SweepPoint) -> str:
        if self._desk.over is Over.BACKBONE:
            return _title(point.candidate.backbone)
        return self.tr("{size} px").format(size=point.candidate.image_size)

    @Slot()
    def _show_chosen(self) -> None:
        chosen = self.table.chosen
        self.detail.setText(self._refusal or (chosen.in_words if chosen is not None else ""))
        set_role(self.detail, "warning" if self._refusal else "")
        self.detail.setVisible(bool(self.detail.text()))
        reason = self._why_not(chosen)
        self.use.setVisible(chosen is not None)
        self.use.setEnabled(not reason)
        self.use.setToolTip(plain_tooltip(reason or self.tr("Choose this network and size; can be undone")))
        self._draw(chosen)

    def _why_not(self, chosen: NetworkRow | None) -> str:
        if chosen is None:
            return self.tr("No network is chosen in the table.")
        if chosen.is_current:
            return self.tr("The project uses this network already.")
        try:
            entry = find_backbone(chosen.backbone)
        except InputError as error:
            return from_core(str(error))
        if self._backbones.is_busy:
            return self.tr("Something is being read. Wait for it.")
        return self._backbones.why_not(entry, chosen.image_size)

    def _draw(self, chosen: NetworkRow | None) -> None:
        spots = [
            Spot(each.key, each.label, each.milliseconds, each.accuracy, each.low, each.high, each.place)
            for each in self._rows()
            if each.accuracy is not None
        ]
        if spots:
            self._made().show_spots(spots, {chosen.key} if chosen is not None else ())
        if self._plot is not None:
            self._plot.setVisible(bool(spots))

    def _made(self) -> ScatterPlot:
        if self._plot is None:
            self._plot = make_network_plot(self._context)
            self._plot.setFixedHeight(PLOT_HEIGHT)
            self._plot.spot_clicked.connect(self.table.choose)
            self._column.insertWidget(self._column.indexOf(self.detail), self._plot)
        return self._plot

    def _build(self) -> None:
        inner = QWidget()
        inner.setObjectName("scroll_content")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(3 * GRID // 2, GRID, 3 * GRID // 2, 2 * GRID)
        self._column.setSpacing(GRID)
        kinds = row(self.over)
        buttons = row(self.measure, self.more)
        for line in (kinds, buttons):
            line.addStretch(1)
        self._column.addLayout(kinds)
        self._column.addWidget(self.text)
        self._column.addLayout(buttons)
        for widget in (self.table, self.detail):
            self._column.addWidget(widget)
        uses = row(self.use)
        uses.addStretch(1)
        self._column.addLayout(uses)
        self._column.addStretch(1)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)

    def _connect(self) -> None:
        self.over.chosen.connect(self._choose_over)
        self.measure.clicked.connect(self._desk.measure)
        self.more.clicked.connect(self._backbones.show_chooser)
        self.table.chosen_changed.connect(self._show_other)
        self.table.use_asked.connect(self._use)
        self.use.clicked.connect(self._use)
        self._desk.changed.connect(self.show_networks)
        self._context.session.layer_tree_changed.connect(self.show_networks)
        self._context.controller.state_changed.connect(self._show_chosen)
        self._backbones.work_changed.connect(self._show_chosen)
        self._backbones.told.connect(self._show_told)

    @Slot(str)
    def _choose_over(self, key: str) -> None:
        self._desk.set_over(Over(key))

    @Slot()
    def _show_other(self) -> None:
        self._refusal = ""
        self._show_chosen()

    @Slot(str)
    def _show_told(self, text: str) -> None:
        # The catalogue shows it itself while it is open.
        self._refusal = text if self._backbones.dialog is None else ""
        self._show_chosen()

    @Slot()
    def _use(self) -> None:
        chosen = self.table.chosen
        if chosen is not None and not self._why_not(chosen):
            self._backbones.use(find_backbone(chosen.backbone), chosen.image_size)


def _title(backbone: str) -> str:
    try:
        return find_backbone(backbone).title
    except InputError:
        return backbone
