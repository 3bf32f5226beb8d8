"""Validation curves of several runs over each other, in the colours of the runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.format import tr
from tlft_desktop.gui.item_models.run_table_model import name_of
from tlft_desktop.gui.plots.base_plot import BasePlot, PlotText
from tlft_desktop.gui.plots.curves import Curve, CurveStyle
from tlft_desktop.gui.plots.legend import BOTTOM_RIGHT
from tlft_desktop.gui.run_colours import colour_of, shape_of, shape_path
from tlft_desktop.gui.run_history import OverX, RunHistory
from tlft_desktop.gui.theme import Tokens

MAX_CURVES = 12
"""More curves than this cannot be told apart; the first chosen ones are drawn."""
_SYMBOL_SIZE = 8
_LINES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)


@dataclass(frozen=True)
class _Shown:
    """A run that is drawn.

    Attributes:
        run, name: Identifier and name.
        history: Its course.
        steps: How many of its epochs are steps towards a head that is solved.
    """

    run: str
    name: str
    history: RunHistory
    steps: int

    @property
    def first(self) -> int:
        """The first place in the course that is drawn over epochs: of the steps only the solution, at 0."""
        epochs = self.history.epochs
        return next((place for place, epoch in enumerate(epochs) if epoch >= self.steps), len(epochs) - 1)


class OverlayPlot(BasePlot):
    """Accuracy on the validation images, a curve for each run.

    Over epochs a head that is solved exactly has one point at 0, in front of the epochs of later phases.

    Args:
        context: Parts of the program.
    """

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        self._x_labels = {
            OverX.EPOCHS: tr("epoch"),
            OverX.SECONDS: tr("seconds of training"),
        }
        label = self._x_labels[OverX.EPOCHS]
        text = PlotText(tr("Validation accuracy, %"), label, stem="validation-curves", counts_x=True)
        super().__init__(context, text, parent)
        # Curves of accuracy rise to the right: there is room below them.
        self.move_legend(BOTTOM_RIGHT)
        self.set_ranges(y_limits=(0.0, 100.0))
        self._over = OverX.EPOCHS
        self._shown: tuple[_Shown, ...] = ()
        self._run_curves: list[Curve] = []

    @property
    def over(self) -> OverX:
        """What the curves are drawn over."""
        return self._over

    def show_over(self, over: OverX) -> None:
        """Draw over epochs or over seconds."""
        if over is self._over:
            return
        self._over = over
        self.text = replace(self.text, x_label=self._x_labels[over], counts_x=over is OverX.EPOCHS)
        self.restyle()
        for curve, shown in zip(self._run_curves, self._shown, strict=True):
            self._fill(curve, shown)
        self.reset_view()

    def show_runs(
        self, runs: Sequence[RunSummary], chosen: Sequence[RunSummary], histories: Mapping[str, RunHistory]
    ) -> None:
        """Draw the courses of chosen runs, as far as they are known.

        Args:
            runs: All runs of the project: they decide the colours.
            chosen: Which ones are drawn.
            histories: Courses by run.
        """
        wanted = [run for run in chosen if histories.get(run.run) and histories[run.run].epochs][:MAX_CURVES]
        shown = tuple(_Shown(run.run, name_of(run), histories[run.run], run.solver_steps) for run in wanted)
        if shown == self._shown:
            return
        for curve in self._run_curves:
            self.remove_curve(curve)
        self._shown = shown
        self._run_curves = [self._add(each, runs) for each in shown]
        self.set_summary(self._in_words())
        self.reset_view()

    def _add(self, shown: _Shown, runs: Sequence[RunSummary]) -> Curve:
        def colour(tokens: Tokens) -> str:
            return colour_of(shown.run, runs, tokens)

        place = next((number for number, each in enumerate(runs) if each.run == shown.run), 0)
        line, symbol = _LINES[place // 8 % len(_LINES)], shape_path(shape_of(shown.run, runs))
        style = CurveStyle(colour, line, symbol=symbol, symbol_size=_SYMBOL_SIZE)
        curve = self.add_curve(Curve(shown.name, style))
        self._fill(curve, shown)
        return curve

    def _fill(self, curve: Curve, shown: _Shown) -> None:
        history = shown.history
        if self._over is OverX.SECONDS:
            numbers = history.timed
            x = [history.seconds[number] for number in numbers]
        else:
            numbers = tuple(range(shown.first, len(history.epochs)))
            x = [float(max(0, history.epochs[number] - shown.steps)) for number in numbers]
        curve.set_points(x, [100 * history.accuracy[number] for number in numbers])

    def _in_words(self) -> str:
        parts = []
        solved = self.tr("{name}: {accuracy} with its head solved")
        trained = self.tr("{name}: {accuracy} after epoch {epoch}")
        for shown in self._shown:
            accuracy, epoch = fmt.percent(shown.history.accuracy[-1]), shown.history.epochs[-1] - shown.steps
            text = trained if epoch > 0 else solved
            parts.append(text.format(name=shown.name, accuracy=accuracy, epoch=fmt.count(epoch)))
        return ". ".join(parts)
