"""Heat over epochs, a curve for each stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.format import tr
from tlft_desktop.gui.heat_measures import HeatMeasure
from tlft_desktop.gui.item_models.layer_heat import heat_text
from tlft_desktop.gui.plots.base_plot import BasePlot, PlotText
from tlft_desktop.gui.plots.curves import Curve, CurveStyle
from tlft_desktop.gui.run_colours import colour_at
from tlft_desktop.gui.theme import Tokens

Points = tuple[Sequence[int], Sequence[float]]
_LINES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)


class HeatPlot(BasePlot):
    """One measure of the stages; what draws them is told beside the plot, since a legend would hide narrow curves.

    Args:
        context: Parts of the program.
        measure: Relative gradient or relative change.

    Signals:
        epoch_clicked(epoch): The user clicked an epoch.
    """

    epoch_clicked = Signal(int)

    def __init__(self, context: AppContext, measure: HeatMeasure, parent: QWidget | None = None) -> None:
        title = tr("Gradient by weights") if measure is HeatMeasure.GRADIENT else tr("Change of weights")
        text = PlotText(title, tr("epoch"), stem=f"heat-{measure.value}", counts_x=True)
        super().__init__(context, text, parent)
        self._by_stage: dict[str, Curve] = {}
        self.clicked.connect(self._take_click)

    def show_curves(self, curves: Mapping[str, Points]) -> None:
        """Draw the epochs and values of each stage; stages in execution order."""
        is_other = list(curves) != list(self._by_stage)
        if is_other:
            for curve in self._by_stage.values():
                self.remove_curve(curve)
            self._by_stage = {
                stage: self.add_curve(_curve(place, stage), in_legend=False) for place, stage in enumerate(curves)
            }
        changed = [self._by_stage[stage].set_points(x, y) for stage, (x, y) in curves.items()]
        self.set_summary(
            ". ".join(
                self.tr("{stage}: {value} in epoch {epoch}").format(stage=stage, value=heat_text(y[-1]), epoch=x[-1])
                for stage, (x, y) in curves.items()
            )
        )
        if is_other:
            self.reset_view()
        elif any(changed):
            self.refit()

    @Slot(float, float)
    def _take_click(self, x: float, _y: float) -> None:
        if self._by_stage:
            self.epoch_clicked.emit(max(1, round(x)))


def _curve(place: int, stage: str) -> Curve:
    def colour(tokens: Tokens) -> str:
        return colour_at(place, tokens)

    return Curve(stage, CurveStyle(colour, _LINES[place % len(_LINES)], symbol="o"), number=heat_text)
