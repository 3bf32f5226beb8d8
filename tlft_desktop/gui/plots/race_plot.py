"""A race: the validation accuracy of each of its runs against their active time, in the colours of the runs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.race_words import entry_name
from tlft_desktop.gui.format import tr
from tlft_desktop.gui.live_race import LiveEntry, LiveRace, RacePoint
from tlft_desktop.gui.marks import Mark, MarkKind
from tlft_desktop.gui.plots.base_plot import RING_SIZE, BasePlot, PlotText
from tlft_desktop.gui.plots.curves import Curve, CurveStyle
from tlft_desktop.gui.plots.legend import BOTTOM_RIGHT
from tlft_desktop.gui.plots.pens import line_pen
from tlft_desktop.gui.run_colours import colour_at, place_of, shape_at, shape_path
from tlft_desktop.gui.theme import Tokens

_SYMBOL_SIZE, _SMALL_SYMBOL_SIZE = 8, 6
_FAINT = 0.35
"""Strength of the colour of a try that does not count."""
_BEHIND = -1
_WHOLE = (0.0, 100.0)
_NUM_STEPS = 40
"""Results nearer to each other than such a part of the axis are one point: a head is solved in many quick steps."""
_EMPTY_SECONDS = 10.0
"""Width of the axis before anything was trained."""


@dataclass(slots=True)
class _Drawn:
    """What is drawn of an entry: its curve, and behind its end what it keeps.

    Attributes:
        place: Where its run stands in the order of colours; None for grey.
        counts: Whether it counts, or is a try that stands back.
        curve: Its results.
        kept: A dotted line at the result that it keeps.
    """

    place: int | None
    counts: bool
    curve: Curve
    kept: pg.PlotCurveItem


class RacePlot(BasePlot):
    """Draws a race, live or as it was; further seeds have thin lines, and tries that do not count are faint.

    Args:
        context: Parts of the program.
    """

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        self._drawn: dict[int, _Drawn] = {}
        self._race: LiveRace | None = None
        self._rings: pg.ScatterPlotItem | None = None
        text = PlotText(tr("Validation accuracy, %"), tr("seconds of training"), stem="race")
        super().__init__(context, text, parent)
        self._rings = pg.ScatterPlotItem(size=RING_SIZE, brush=None)
        self.plot_item.addItem(self._rings, ignoreBounds=True)
        self.move_legend(BOTTOM_RIGHT)
        self._is_empty = True
        self.set_ranges(x=self._seconds, y=_WHOLE)
        self.restyle()

    def show_race(self, race: LiveRace | None, runs: Sequence[RunSummary]) -> None:
        """Draw what is known of a race.

        Args:
            race: None for none.
            runs: All runs of the project: they decide the colours.
        """
        is_other = race is not self._race
        self._race = race
        entries = [] if race is None else race.entries
        places = {entry.run: place_of(entry.run, runs) for entry in entries if entry.run}
        counted = set() if race is None else race.counted()
        self._redraw(entries, places, counted, anew=is_other)
        shown = [entry for number, entry in enumerate(entries) if number in counted]
        best = [entry.best for entry in shown if entry.has_ended]
        self._show_rings([(point.seconds, 100 * point.accuracy) for point in best if point is not None])
        self.set_marks(self._ends(shown))
        self.set_summary(self._in_words(shown))
        is_empty = not any(entry.points for entry in entries)
        if is_empty is not self._is_empty:
            self._is_empty = is_empty
            self.set_ranges(x=self._seconds, y=_WHOLE if is_empty else None, y_limits=_WHOLE)
        if is_other:
            self.reset_view()
        self.refit()

    @Slot()
    def restyle(self) -> None:
        """Take the colours of the theme and the widths of the screen."""
        super().restyle()
        tokens, ratio = self._context.theme.tokens, self.view.pixel_ratio
        if self._rings is not None:
            self._rings.setPen(line_pen(QColor(tokens.text), 2, self.view.devicePixelRatioF()))
        for drawn in self._drawn.values():
            drawn.kept.setPen(line_pen(QColor(colour_at(drawn.place, tokens)), 1, ratio, Qt.PenStyle.DotLine))

    # Inside

    def _redraw(
        self, entries: Sequence[LiveEntry], places: Mapping[str, int | None], counted: Set[int], *, anew: bool
    ) -> None:
        for number, drawn in list(self._drawn.items()):
            is_there = number < len(entries) and not anew
            if not is_there or (drawn.place, drawn.counts) != (places.get(entries[number].run), number in counted):
                self._take_away(number)
        for number, entry in enumerate(entries):
            if entry.points and number not in self._drawn:
                self._add(number, entry, places.get(entry.run), counts=number in counted)
        for number, drawn in self._drawn.items():
            self._fill(drawn, entries[number])

    def _seconds(self) -> tuple[float, float]:
        if self._race is None:
            return (0.0, _EMPTY_SECONDS)
        return (0.0, max(self._race.budget_seconds or 0.0, self._race.last_second) or _EMPTY_SECONDS)

    def _add(self, number: int, entry: LiveEntry, place: int | None, *, counts: bool) -> None:
        assert self._race is not None
        is_first = counts and entry.seed == self._race.seeds[0]

        def colour(tokens: Tokens) -> str:
            return colour_at(place, tokens)

        style = CurveStyle(
            colour,
            width=2 if is_first else 1,
            symbol=shape_path(shape_at(place)) if counts else "",
            symbol_size=_SYMBOL_SIZE if is_first else _SMALL_SYMBOL_SIZE,
            strength=1.0 if counts else _FAINT,
        )
        kept = pg.PlotCurveItem()
        self.plot_item.addItem(kept, ignoreBounds=True)
        curve = Curve(entry_name(self._race, entry), style, number=_percent)
        # What counts is never behind what does not, whichever was drawn first.
        curve.item.setZValue(0 if counts else _BEHIND)
        self._drawn[number] = _Drawn(place, counts, self.add_curve(curve, in_legend=is_first), kept)
        self.restyle()

    def _take_away(self, number: int) -> None:
        drawn = self._drawn.pop(number)
        self.remove_curve(drawn.curve)
        self.plot_item.removeItem(drawn.kept)

    def _fill(self, drawn: _Drawn, entry: LiveEntry) -> None:
        course, best = entry.course(), entry.best
        end = self._seconds()[1]
        shown = _thinned(course, end / _NUM_STEPS, best)
        drawn.curve.set_points([point.seconds for point in shown], [100 * point.accuracy for point in shown])
        is_kept = drawn.counts and entry.has_ended and course and best is not None and math.isfinite(best.accuracy)
        if is_kept and best is not None and course[-1].seconds < end:
            drawn.kept.setData([course[-1].seconds, end], 2 * [100 * best.accuracy])
        else:
            drawn.kept.setData([], [])

    def _show_rings(self, places: Sequence[tuple[float, float]]) -> None:
        # Qt's painter crashes on a point at infinity.
        finite = [place for place in places if all(map(math.isfinite, place))]
        if self._rings is not None:
            self._rings.setData([x for x, _y in finite], [y for _x, y in finite])

    def _ends(self, entries: Sequence[LiveEntry]) -> list[Mark]:
        marks = []
        if self._race is not None and self._race.budget_seconds is not None:
            text = self.tr("Each run may take {time}.").format(time=fmt.duration(self._race.budget_seconds))
            marks.append(Mark(self._race.budget_seconds, MarkKind.GATE, "", text))
        for entry in entries:
            if entry.has_ended and entry.seconds:
                best = entry.best
                kept = "—" if best is None else fmt.accuracy(best.accuracy, best.low, best.high)
                text = self.tr("{name} ended after {time} and keeps {accuracy}.").format(
                    name=self._name_of(entry), time=fmt.duration(entry.seconds), accuracy=kept
                )
                marks.append(Mark(entry.seconds, MarkKind.CHECKPOINT, "", text))
        return marks

    def _name_of(self, entry: LiveEntry) -> str:
        return fmt.strategy_title(entry.strategy) if self._race is None else entry_name(self._race, entry)

    def _in_words(self, entries: Sequence[LiveEntry]) -> str:
        parts = []
        for entry in entries:
            course = entry.course()
            if course:
                text = self.tr("{name}: {accuracy} after {time}")
                parts.append(
                    text.format(
                        name=self._name_of(entry),
                        accuracy=fmt.percent(course[-1].accuracy),
                        time=fmt.duration(course[-1].seconds),
                    )
                )
        return ". ".join(parts) or self.tr("No values yet.")


def _thinned(course: Sequence[RacePoint], step: float, best: RacePoint | None) -> list[RacePoint]:
    """Return points that lie a step apart, and in any case the first, the last and the best one."""
    kept: list[RacePoint] = []
    for number, point in enumerate(course):
        is_last = number == len(course) - 1
        if not kept or is_last or point is best or point.seconds >= kept[-1].seconds + step:
            kept.append(point)
    return kept


def _percent(value: float) -> str:
    return fmt.percent(value / 100)
