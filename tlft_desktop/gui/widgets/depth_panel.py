"""The depth curve beside the layer tree: what it is, the way to measure it, and what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tlft_desktop.core.freezing.borders import DepthScale
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.depth_desk import DepthDesk
from tlft_desktop.gui.lazy_plots import make_depth_plot
from tlft_desktop.gui.theme import GRID, set_role
from tlft_desktop.gui.widgets.layout import row
from tlft_desktop.gui.widgets.text import button, escaped_ampersands, plain_tooltip, wrapped_label

if TYPE_CHECKING:
    from tlft_desktop.core.advice.depth_curve import DepthCurve
    from tlft_desktop.gui.plots.depth_plot import DepthPlot

PLOT_HEIGHT = 288
LEAST_WIDTH = 31 * GRID
"""As wide as the panel that it lies behind at first, so that nothing moves when one takes the place of the other."""


class DepthPanel(QWidget):
    """Shows the curve of a desk.

    Signals:
        depth_chosen(position): The user wants the network frozen up to a position of the depth slider.
    """

    depth_chosen = Signal(int)

    def __init__(self, context: AppContext, desk: DepthDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Depth curve"))
        self.setMinimumWidth(LEAST_WIDTH)
        self._context, self._desk = context, desk
        self._scale: DepthScale | None = None
        self._shown: DepthCurve | None = None
        self._depth, self._can_freeze = 0, False
        self._plot: DepthPlot | None = None
        self.text = wrapped_label("", "muted")
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.measure = button(self.tr("Mea&sure"))
        self.measure.clicked.connect(desk.measure)
        self.freeze = button("")
        self.freeze.clicked.connect(self._freeze_to_knee)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        self._layout.setSpacing(GRID)
        self._layout.addWidget(self.text)
        buttons = row(self.measure, self.freeze)
        buttons.addStretch(1)
        self._layout.addLayout(buttons)
        self._layout.addStretch(1)
        desk.changed.connect(self.show_curve)
        self.show_curve()

    @property
    def plot(self) -> DepthPlot | None:
        """The plot; None before there is a curve."""
        return self._plot

    def set_scale(self, scale: DepthScale | None, *, can_freeze: bool) -> None:
        """Take the positions of the depth slider, and whether ticks may be changed."""
        self._scale, self._can_freeze = scale, can_freeze
        self.show_curve()

    def show_depth(self, position: int) -> None:
        """Mark up to where the network is frozen."""
        self._depth = position
        if self._plot is not None:
            self._plot.show_depth(position)

    @Slot()
    def show_curve(self) -> None:
        """Show what the desk knows."""
        desk, curve = self._desk, self._desk.curve
        self.text.setText(self._words(curve))
        set_role(self.text, "warning" if desk.problem else "muted")
        self.measure.setVisible(curve is None)
        self.measure.setEnabled(not desk.reason)
        self.measure.setToolTip(plain_tooltip(desk.reason))
        knee = curve.points[curve.knee].place.cut if curve is not None else ""
        self.freeze.setVisible(bool(knee))
        self.freeze.setEnabled(self._can_freeze)
        self.freeze.setText(escaped_ampersands(self.tr("Freeze up to {layer}").format(layer=knee)))
        if curve is not None and curve is not self._shown and self._scale is not None:
            self._made().show_curve(curve, self._positions(curve, self._scale))
        self._shown = curve
        if self._plot is not None:
            self._plot.setVisible(curve is not None)
            self._plot.show_depth(self._depth)

    def _words(self, curve: DepthCurve | None) -> str:
        if self._desk.problem:
            return self._desk.problem
        if self._desk.is_measuring:
            return self.tr("The training images go through the network once, then every depth is probed.")
        if curve is None:
            return self.tr(
                "How well does each depth of the pretrained network separate your classes? One pass over the training "
                "images tells: seconds for some hundred images. Nothing is trained."
            )
        best, last = curve.points[curve.best], curve.points[-1]
        knee = curve.points[curve.knee]
        text = self.tr("As good as anywhere from {layer} on: {accuracy}, at best {best}.").format(
            layer=knee.place.cut or self.tr("the input of the head"),
            accuracy=fmt.accuracy(knee.accuracy, knee.low, knee.high),
            best=fmt.percent(best.accuracy),
        )
        if curve.loses:
            text += " " + self.tr("The last layers lose some of it ({accuracy}): training them may pay.").format(
                accuracy=fmt.percent(last.accuracy)
            )
        return text

    def _positions(self, curve: DepthCurve, scale: DepthScale) -> list[int]:
        by_owners = {border.num_owners: position for position, border in enumerate(scale.borders)}
        return [by_owners[point.place.num_owners] for point in curve.points]

    def _made(self) -> DepthPlot:
        if self._plot is None:
            self._plot = make_depth_plot(self._context)
            self._plot.setMinimumHeight(PLOT_HEIGHT)
            self._plot.depth_clicked.connect(self._choose)
            self._layout.insertWidget(0, self._plot, 1)
        return self._plot

    @Slot(int)
    def _choose(self, position: int) -> None:
        if self._can_freeze:
            self.depth_chosen.emit(position)

    @Slot()
    def _freeze_to_knee(self) -> None:
        curve, scale = self._desk.curve, self._scale
        if curve is not None and scale is not None:
            self.depth_chosen.emit(self._positions(curve, scale)[curve.knee])
