"""Figures of a run that are curves: can its probabilities be believed, what does a threshold do."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.figure_views import FigureView
from tlft_desktop.gui.format import tr
from tlft_desktop.gui.plots.base_plot import BasePlot, PlotText
from tlft_desktop.gui.plots.curves import Curve, CurveStyle
from tlft_desktop.gui.plots.legend import BOTTOM_LEFT, BOTTOM_RIGHT

if TYPE_CHECKING:
    from tlft_desktop.core.evaluation.calibration import ReliabilityBin
    from tlft_desktop.core.evaluation.run_evaluation import RunEvaluation

_WHOLE = (0.0, 100.0)


class FigurePlot(BasePlot):
    """A plot of shares in percent against each other."""

    def __init__(self, context: AppContext, text: PlotText, parent: QWidget | None = None) -> None:
        super().__init__(context, text, parent)
        self.move_legend(BOTTOM_RIGHT)
        self.set_ranges(x=lambda: _WHOLE, y=_WHOLE)

    @abstractmethod
    def show_figures(self, evaluation: RunEvaluation) -> None:
        """Draw the figures of a run."""

    def _add(self, name: str, style: CurveStyle, *, snaps: bool = True) -> Curve:
        return self.add_curve(Curve(name, style, snaps=snaps, number=_percent))

    def _add_diagonal(self, name: str) -> None:
        style = CurveStyle(lambda tokens: tokens.muted, line=Qt.PenStyle.DotLine, width=1)
        self._add(name, style, snaps=False).set_points(_WHOLE, _WHOLE)


class ReliabilityPlot(FigurePlot):
    """How often answers are right that are about equally sure."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        text = PlotText(
            tr("Right answers, % (with 95 % interval), by probability"), tr("probability, %"), stem="reliability"
        )
        super().__init__(context, text, parent)
        self._add_diagonal(tr("as sure as right"))
        self._plain = self._add(tr("as it is"), CurveStyle(lambda tokens: tokens.val, symbol="o"))
        self._scaled = self._add(
            tr("with the temperature"),
            CurveStyle(lambda tokens: tokens.train, line=Qt.PenStyle.DashLine, symbol="s"),
        )

    def show_figures(self, evaluation: RunEvaluation) -> None:
        """Draw the bins of the answers, as they are and after temperature scaling."""
        calibration = evaluation.calibration
        _draw_bins(self._plain, calibration.bins, has_band=True)
        _draw_bins(self._scaled, calibration.scaled.bins if calibration.scaled else (), has_band=False)
        words = self.tr("{sure} sure, {right} right")
        self.set_summary(
            "; ".join(
                words.format(sure=fmt.percent(each.confidence), right=fmt.percent(each.accuracy))
                for each in calibration.bins
            )
        )
        self.reset_view()


class CoveragePlot(FigurePlot):
    """What a threshold for *not sure* does."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        text = PlotText(tr("Answered, and of these right, %"), tr("not sure below, %"), stem="coverage")
        super().__init__(context, text, parent)
        # Both curves begin at the top for a good network, and one falls to the right.
        self.move_legend(BOTTOM_LEFT)
        self._answered = self._add(tr("answered"), CurveStyle(lambda tokens: tokens.train, line=Qt.PenStyle.DashLine))
        self._right = self._add(tr("of these right"), CurveStyle(lambda tokens: tokens.val))

    def show_figures(self, evaluation: RunEvaluation) -> None:
        """Draw what each threshold does."""
        points = evaluation.coverage
        thresholds = [100 * point.threshold for point in points]
        self._answered.set_points(thresholds, [100 * point.coverage for point in points])
        self._right.set_points(
            thresholds,
            [_share(point.accuracy) for point in points],
            low=[_share(point.low) for point in points],
            high=[_share(point.high) for point in points],
        )
        words = self.tr("not sure below {threshold}: {answered} answered, {right} of these right")
        self.set_summary(
            "; ".join(
                words.format(
                    threshold=fmt.percent(point.threshold, 0),
                    answered=fmt.percent(point.coverage),
                    right=fmt.percent(point.accuracy),
                )
                for point in points[::10]
            )
        )
        self.reset_view()


class RocPlot(FigurePlot):
    """Found against wrongly taken for it, at every threshold of the second class."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        text = PlotText(tr("Found, %"), tr("others taken for it, %"), stem="roc")
        super().__init__(context, text, parent)
        self._add_diagonal(tr("by chance"))
        self._curve = self._add(tr("found"), CurveStyle(lambda tokens: tokens.val))

    def show_figures(self, evaluation: RunEvaluation) -> None:
        """Draw the ROC curve; nothing for more than two classes."""
        curves = evaluation.curves
        if curves is None:
            return
        self._curve.set_points(100 * curves.false_positive_rate, 100 * curves.true_positive_rate)
        words = self.tr("Area under the curve of '{name}': {area}")
        self.set_summary(words.format(name=curves.positive, area=fmt.number(curves.roc_auc)))
        self.reset_view()


class PrecisionPlot(FigurePlot):
    """How many of those taken for the second class are of it, against how many of it are found."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        text = PlotText(tr("Precision, %"), tr("recall, %"), stem="precision-recall")
        super().__init__(context, text, parent)
        self._curve = self._add(tr("precision"), CurveStyle(lambda tokens: tokens.val))

    def show_figures(self, evaluation: RunEvaluation) -> None:
        """Draw the precision-recall curve; nothing for more than two classes."""
        curves = evaluation.curves
        if curves is None:
            return
        # A curve runs from left to right.
        self._curve.set_points(100 * curves.recall[::-1], 100 * curves.precision[::-1])
        words = self.tr("Average precision of '{name}': {area}")
        self.set_summary(words.format(name=curves.positive, area=fmt.number(curves.average_precision)))
        self.reset_view()


def make_figure_plots(context: AppContext) -> dict[FigureView, FigurePlot]:
    """Return a plot for each view."""
    return {
        FigureView.RELIABILITY: ReliabilityPlot(context),
        FigureView.COVERAGE: CoveragePlot(context),
        FigureView.ROC: RocPlot(context),
        FigureView.PRECISION: PrecisionPlot(context),
    }


def _draw_bins(curve: Curve, bins: Sequence[ReliabilityBin], *, has_band: bool) -> None:
    curve.set_points(
        [100 * each.confidence for each in bins],
        [100 * each.accuracy for each in bins],
        low=[100 * each.low for each in bins] if has_band else (),
        high=[100 * each.high for each in bins] if has_band else (),
    )


def _share(value: float | None) -> float:
    """Return percent; a gap in the line where there is no value."""
    return float("nan") if value is None else 100 * value


def _percent(value: float) -> str:
    return fmt.percent(value / 100)
