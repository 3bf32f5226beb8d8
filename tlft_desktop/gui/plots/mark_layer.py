"""Draws the marks of a plot."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from tlft_desktop.gui.marks import Mark, MarkKind
from tlft_desktop.gui.plots.pens import line_pen
from tlft_desktop.gui.theme import Tokens

TICK_HEIGHT = 0.04
"""Of the plot's height."""


_LINES = {
    MarkKind.PHASE: Qt.PenStyle.DotLine,
    MarkKind.GATE: Qt.PenStyle.DashDotLine,
    MarkKind.TROUBLE: Qt.PenStyle.SolidLine,
}
_HEIGHTS = {MarkKind.PHASE: 0.98, MarkKind.GATE: 0.86, MarkKind.TROUBLE: 0.74}


class MarkLayer:
    """Draws marks and tells what lies near a place."""

    def __init__(self, item: pg.PlotItem) -> None:
        self._item = item
        self._marks: tuple[Mark, ...] = ()
        self._lines: list[tuple[pg.InfiniteLine, Mark]] = []
        self._ticks = pg.VTickGroup(yrange=[0.0, TICK_HEIGHT])
        item.addItem(self._ticks, ignoreBounds=True)
        self._looks: tuple[Tokens, float] | None = None
        self._is_small = False

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is shown."""
        return self._marks

    def show(self, marks: Sequence[Mark]) -> bool:
        """Show other marks; return whether anything changed."""
        if tuple(marks) == self._marks:
            return False
        self._marks = tuple(marks)
        self._show_lines([mark for mark in marks if mark.kind in _LINES])
        self._ticks.setXVals([mark.x for mark in marks if mark.kind is MarkKind.CHECKPOINT])
        self._ticks.update()
        return True

    def restyle(self, tokens: Tokens, ratio: float) -> None:
        """Take the colours of a theme; `ratio` is that of the device to logical pixels."""
        self._looks = tokens, ratio
        for line, mark in self._lines:
            colour = QColor(tokens.error if mark.kind is MarkKind.TROUBLE else tokens.muted)
            line.setPen(line_pen(colour, 1, ratio, _LINES[mark.kind]))
            if mark.label:
                line.label.setColor(colour)
                line.label.fill = pg.mkBrush(QColor(tokens.surface))
        self._ticks.setPen(line_pen(QColor(tokens.muted), 2, ratio))

    def set_small(self, on: bool) -> None:
        """Write the labels of phases only where there is little room; the read-out tells the others."""
        if on != self._is_small:
            self._is_small = on
            self._show_labels()

    def texts_near(self, x: float, tolerance: float) -> list[str]:
        """Return what the marks near a place say, each once."""
        texts = [mark.text for mark in self._marks if mark.text and abs(mark.x - x) <= tolerance]
        return list(dict.fromkeys(texts))

    def _show_lines(self, marks: list[Mark]) -> None:
        if marks == [mark for _line, mark in self._lines]:
            return
        for line, _mark in self._lines:
            self._item.removeItem(line)
        self._lines = [(self._line(mark), mark) for mark in marks]
        for line, _mark in self._lines:
            self._item.addItem(line, ignoreBounds=True)
        self._show_labels()
        if self._looks is not None:
            self.restyle(*self._looks)

    def _show_labels(self) -> None:
        for line, mark in self._lines:
            if mark.label:
                line.label.setVisible(mark.kind is MarkKind.PHASE or not self._is_small)

    @staticmethod
    def _line(mark: Mark) -> pg.InfiniteLine:
        options = {"position": _HEIGHTS[mark.kind], "movable": False, "anchors": [(0, 0), (0, 0)]}
        line = pg.InfiniteLine(mark.x, angle=90, label=mark.label or None, labelOpts=options)
        line.setAcceptHoverEvents(False)
        # Below the curves: a label must not hide a point.
        line.setZValue(-10)
        return line
