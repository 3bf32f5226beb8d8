"""The drawing area of a plot: keys, the mouse, and how often it was painted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QLocale, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPaintEvent

ZOOM_STEP = 0.8
PAN_SHARE = 0.1
_SIGNIFICANT = 6
_FILL_LIMITS = [(0, 0.8), (2, 0.4), (6, 0.2)]
"""After so many numbers on the lower axis no finer ones are written that would fill more than this share of it.

With pyqtgraph's own share of 0.6 numbers of two digits touch each other.
"""


class LocaleAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis that writes its numbers in the user's way.

    Attributes:
        counts: Whether it counts something, such as epochs: nothing is written between whole numbers.
    """

    counts = False

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        levels: list[tuple[float, float]] = super().tickSpacing(low, high, size)
        if not self.counts:
            return levels
        return [level for level in levels if level[0] >= 1] or [(1.0, 0.0)]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        if self.logMode:
            values = [10**value for value in values]
        locale = QLocale()
        return [locale.toString(float(f"{value * scale:.{_SIGNIFICANT}g}"), "g", _SIGNIFICANT) for value in values]


class PlotView(pg.PlotWidget):  # type: ignore[misc]
    """A plot without menus and buttons of its own.

    Signals:
        reset_requested(): The user wants to see everything again.
        moved_to(x, y): The pointer lies over this place; in the coordinates of the view.
        left(): The pointer went away.
        stepped(direction): A key asks for the next (1) or previous (-1) point; -2 and 2 mean the first and last one.
        menu_requested(): A key asks for the menu.
        ratio_changed(): The view lies on another screen, or is drawn for a file; widths of pens are for another ratio.
    """

    reset_requested = Signal()
    moved_to = Signal(float, float)
    left = Signal()
    stepped = Signal(int)
    menu_requested = Signal()
    ratio_changed = Signal()

    def __init__(self) -> None:
        super().__init__(axisItems={side: LocaleAxis(side) for side in ("left", "bottom")}, enableMenu=False)
        # pyqtgraph makes a menu that nobody sees here and that belongs to no window; it goes when the plot goes.
        self.destroyed.connect(self.getPlotItem().ctrlMenu.deleteLater)
        self.num_paints = 0
        self._screen_ratio = self.devicePixelRatioF()
        self._file_ratio: float | None = None
        self.hideButtons()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.getViewBox().disableAutoRange()
        for side in ("left", "bottom"):
            self.getPlotItem().getAxis(side).enableAutoSIPrefix(False)
        self.getPlotItem().getAxis("bottom").setStyle(textFillLimits=_FILL_LIMITS)

    @property
    def pixel_ratio(self) -> float:
        """Pixels of what is drawn on for each logical one."""
        return self._screen_ratio if self._file_ratio is None else self._file_ratio

    @contextmanager
    def drawn_for_file(self, ratio: float) -> Iterator[None]:
        """Draw for a file of so many pixels for each logical one, whatever the screen has."""
        self._file_ratio = ratio
        self.ratio_changed.emit()
        try:
            yield
        finally:
            self._file_ratio = None
            self.ratio_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._screen_ratio != self.devicePixelRatioF():
            self._screen_ratio = self.devicePixelRatioF()
            self.ratio_changed.emit()
        super().paintEvent(event)
        self.num_paints += 1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            box = self.getViewBox()
            scene = self.mapToScene(event.position().toPoint())
            if box.sceneBoundingRect().contains(scene):
                place: QPointF = box.mapSceneToView(scene)
                self.moved_to.emit(place.x(), place.y())
            else:
                self.left.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.reset_requested.emit()
            event.accept()
        else:
            super().mouseDoubleClickEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.menu_requested.emit()
            event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, box = Qt.Key(event.key()), self.getViewBox()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -2, Qt.Key.Key_End: 2}
        zooms = {Qt.Key.Key_Plus: ZOOM_STEP, Qt.Key.Key_Equal: ZOOM_STEP, Qt.Key.Key_Minus: 1 / ZOOM_STEP}
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            width = box.viewRect().width()
            self._change(x=PAN_SHARE * width * steps[key])
        elif key in steps:
            self.stepped.emit(steps[key])
        elif key in zooms:
            self._zoom(zooms[key])
        elif key == Qt.Key.Key_0:
            self.reset_requested.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
            event.ignore()
            return
        else:
            event.ignore()
            return
        event.accept()

    def _zoom(self, factor: float) -> None:
        self.getViewBox().scaleBy(x=factor)
        self._note_change()

    def _change(self, **distances: Any) -> None:
        self.getViewBox().translateBy(**distances)
        self._note_change()

    def _note_change(self) -> None:
        box = self.getViewBox()
        box.sigRangeChangedManually.emit(box.state["mouseEnabled"])
