"""How good the networks between a pretrained one and a run are, with the one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.blend_values import BlendFigure, BlendRow
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.format import tr
from tlft_desktop.gui.plots.base_plot import BasePlot, PlotText
from tlft_desktop.gui.plots.curves import Curve, CurveStyle
from tlft_desktop.gui.plots.legend import BOTTOM_RIGHT
from tlft_desktop.gui.plots.pens import line_pen


class BlendPlot(BasePlot):
    """Accuracy over the share of the run in the weights.

    Signals:
        row_clicked(place): The user clicked a blend.
    """

    row_clicked = Signal(int)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        self._rows: tuple[BlendRow, ...] = ()
        self._has_elsewhere = False
        self._chosen = pg.InfiniteLine(0.0, angle=90)
        text = PlotText(tr("Accuracy, %"), tr("share of the run in the weights, %"), stem="blend")
        super().__init__(context, text, parent)
        self.move_legend(BOTTOM_RIGHT)
        self.plot_item.addItem(self._chosen, ignoreBounds=True)
        self._validation = self.add_curve(
            Curve(tr("validation"), CurveStyle(lambda tokens: tokens.val, symbol="o"), number=_percent)
        )
        self._elsewhere = self.add_curve(
            Curve(
                tr("elsewhere"),
                CurveStyle(lambda tokens: tokens.test, line=Qt.PenStyle.DashLine, symbol="s"),
                number=_percent,
            ),
            in_legend=False,
        )
        self.set_ranges(x=_whole, y_limits=(0.0, 100.0))
        self.clicked.connect(self._take_click)

    def show_rows(self, rows: Sequence[BlendRow], best: int | None) -> None:
        """Draw blends by growing share; `best` is the place of the best one, None where it is not known yet."""
        if tuple(rows) == self._rows and best is None:
            return
        self._rows = tuple(rows)
        self._fill(self._validation, [(row.alpha, row.validation) for row in rows])
        far = [(row.alpha, row.elsewhere) for row in rows if row.elsewhere is not None]
        self._name_elsewhere(is_known=bool(far))
        self._fill(self._elsewhere, far)
        ringed = None if best is None else rows[best]
        self.set_ring(None if ringed is None else (100 * ringed.alpha, 100 * ringed.validation.accuracy))
        self.set_summary(". ".join(self._in_words(row) for row in rows))
        self.reset_view()

    def show_chosen(self, alpha: float | None) -> None:
        """Mark the blend that is chosen, or none."""
        self._chosen.setVisible(alpha is not None)
        self._chosen.setValue(100 * (alpha or 0.0))

    @Slot()
    def restyle(self) -> None:
        """Take the colours of the theme."""
        super().restyle()
        self._chosen.setPen(line_pen(QColor(self._context.theme.tokens.accent), 2, self.view.pixel_ratio))

    def _name_elsewhere(self, *, is_known: bool) -> None:
        """Name the curve of images from elsewhere where there are any."""
        if is_known is self._has_elsewhere:
            return
        self._has_elsewhere = is_known
        if is_known:
            self._legend.add_curve(self._elsewhere, self._elsewhere.name)
            self._legend.restyle(self._context.theme.tokens)
        else:
            self._legend.removeItem(self._elsewhere.item)

    @staticmethod
    def _fill(curve: Curve, points: Sequence[tuple[float, BlendFigure]]) -> None:
        curve.set_points(
            [100 * alpha for alpha, _figure in points],
            [100 * figure.accuracy for _alpha, figure in points],
            low=[100 * figure.low for _alpha, figure in points],
            high=[100 * figure.high for _alpha, figure in points],
        )

    def _in_words(self, row: BlendRow) -> str:
        figure = row.validation
        accuracy = fmt.accuracy(figure.accuracy, figure.low, figure.high)
        return self.tr("{share}: {accuracy}").format(share=fmt.percent(row.alpha, 0), accuracy=accuracy)

    @Slot(float, float)
    def _take_click(self, x: float, _y: float) -> None:
        if self._rows:
            places = range(len(self._rows))
            self.row_clicked.emit(min(places, key=lambda place: abs(100 * self._rows[place].alpha - x)))


def _whole() -> tuple[float, float]:
    return 0.0, 100.0


def _percent(value: float) -> str:
    return fmt.percent(value / 100)
