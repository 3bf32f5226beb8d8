"""The shares of train, validation and test as a bar whose borders can be moved by mouse and keyboard."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.theme import GRID, ThemeController
from tlft_desktop.gui.widgets.text import plain_tooltip

MIN_TRAIN, MIN_VAL = 10, 5
"""Smallest shares that can be chosen, in percent."""
REST_MS = 900
"""The division is made this long after the last key."""
_BAR_HEIGHT = 16
_HANDLE = QSize(GRID + 4, 28)
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -5,
    Qt.Key.Key_PageUp: 5,
}


@dataclass(frozen=True, slots=True)
class Shares:
    """Where the two borders are, in percent from the left.

    Attributes:
        train: End of the training images.
        val: End of the validation images; the rest is for the test.
    """

    train: float
    val: float

    def moved(self, border: int, place: float) -> Shares:
        """Return the shares with one border (0 or 1) at a place, as far as the smallest shares allow."""
        place = round(place)
        if border == 0:
            return Shares(min(max(place, MIN_TRAIN), round(self.val) - MIN_VAL), self.val)
        return Shares(self.train, min(max(place, round(self.train) + MIN_VAL), 100))


class _Border(QWidget):
    """A border that takes the mouse and the keyboard; what it means is up to the bar."""

    def __init__(self, number: int, bar: SplitBar) -> None:
        super().__init__(bar)
        self._number, self._bar = number, bar
        self.resize(_HANDLE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SplitHCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._bar.theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QColor(tokens.text if focused else tokens.muted))
        painter.setBrush(QColor(tokens.accent if focused else tokens.surface))
        painter.drawRoundedRect(QRect(2, 2, self.width() - 5, self.height() - 5), 3, 3)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._bar.drag(self._number, self.mapToParent(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._bar.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self._bar.nudge(self._number, step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._bar.commit()
        elif event.key() == Qt.Key.Key_Escape and self._bar.is_moving:
            self._bar.revert()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
        self._bar.commit()


def whole_percents(parts: Sequence[float]) -> list[int]:
    """Return whole numbers near to `parts` that add up to 100, as `parts` do: the largest remainders are rounded up."""
    whole = [math.floor(part) for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda place: whole[place] - parts[place])
    for place in by_remainder[: 100 - sum(whole)]:
        whole[place] += 1
    return whole


class SplitBar(QWidget):
    """Shows how the used images are divided; the user moves the borders to divide them anew.

    Signals:
        shares_chosen(val, test): Shares, 0 to 1, that the user wants.
    """

    shares_chosen = Signal(float, float)

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._counts = (0, 0, 0)
        self._shares = self._actual = Shares(100, 100)
        self._is_asked = False
        self.borders = (_Border(0, self), _Border(1, self))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self.commit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(40 * GRID)
        theme.changed.connect(self.update)
        self.setAccessibleName(self.tr("Division into train, validation and test"))

    @property
    def is_moving(self) -> bool:
        """Whether a border stands where the images do not yet."""
        return self._shares != self._actual

    @property
    def shares(self) -> Shares:
        """What is shown."""
        return self._shares

    def set_counts(self, train: int, val: int, test: int) -> None:
        """Show how many images each split has."""
        self._counts = (train, val, test)
        total = max(1, train + val + test)
        self._actual = Shares(100 * train / total, 100 * (train + val) / total)
        self.revert()

    def set_changeable(self, why_not: str) -> None:
        """Let the borders be moved, or say why not."""
        hint = why_not or self.tr(
            "Drag a border, or press the arrow keys on it, to divide the images anew: the same share of each class, "
            "the same division for the same shares, groups and copies together. Escape leaves everything as it is."
        )
        for border in self.borders:
            border.setEnabled(not why_not)
            border.setToolTip(plain_tooltip(hint))
            border.setAccessibleDescription(hint)

    def drag(self, border: int, place: QPoint) -> None:
        """Move a border to a place of the bar."""
        self._timer.stop()
        area = self._bar_area()
        self._move(border, 100 * (place.x() - area.left()) / max(1, area.width()))

    def nudge(self, border: int, step: int) -> None:
        """Move a border by some percent; the images follow when the keys rest."""
        self._move(border, (self._shares.train if border == 0 else self._shares.val) + step)
        self._timer.start()

    @Slot()
    def commit(self) -> None:
        """Ask for the division that is shown."""
        self._timer.stop()
        if self.is_moving and not self._is_asked:
            self._is_asked = True
            shares = self._shares
            self.shares_chosen.emit((shares.val - shares.train) / 100, (100 - shares.val) / 100)

    @Slot()
    def revert(self) -> None:
        """Show the images as they are divided."""
        self._timer.stop()
        self._shares = self._actual
        self._is_asked = False
        self._place_borders()

    def sizeHint(self) -> QSize:
        return QSize(60 * GRID, _HANDLE.height() + self.fontMetrics().height() + GRID // 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(40 * GRID, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_borders()

    def hideEvent(self, event: QHideEvent) -> None:
        self.revert()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self.theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        area = self._bar_area()
        places = (0.0, self._shares.train, self._shares.val, 100.0)
        colours = (tokens.train, tokens.val, tokens.test)
        for start, end, colour in zip(places, places[1:], colours, strict=False):
            left, right = (area.left() + round(place * area.width() / 100) for place in (start, end))
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRect(left + 1, area.top(), max(0, right - left - 2), area.height()), 3, 3)
        self._draw_legend(painter, area)
        painter.end()

    def _draw_legend(self, painter: QPainter, area: QRect) -> None:
        tokens, metrics = self.theme.tokens, self.fontMetrics()
        base = _HANDLE.height() + metrics.ascent() + 2
        left = area.left()
        for text, colour in zip(self._legend(), (tokens.train, tokens.val, tokens.test), strict=True):
            painter.fillRect(left, base - metrics.ascent() // 2 - 3, 8, 8, QColor(colour))
            painter.setPen(QColor(tokens.muted))
            painter.drawText(left + GRID + 4, base, text)
            left += metrics.horizontalAdvance(text) + 4 * GRID

    def _legend(self) -> list[str]:
        shares = self._shares
        parts = (shares.train, shares.val - shares.train, 100 - shares.val)
        names = (self.tr("train"), self.tr("validation"), self.tr("test"))
        if self.is_moving:
            total = sum(self._counts)
            numbers = [self.tr("about {count}").format(count=fmt.count(round(total * part / 100))) for part in parts]
        else:
            numbers = [fmt.count(count) for count in self._counts]
        return [
            f"{name} {fmt.percent(part / 100, 0)} ({number})"
            for name, part, number in zip(names, whole_percents(parts), numbers, strict=True)
        ]

    def _move(self, border: int, place: float) -> None:
        self._shares = self._shares.moved(border, place)
        self._is_asked = False
        self._place_borders()

    def _place_borders(self) -> None:
        area = self._bar_area()
        names = (self.tr("Border between train and validation"), self.tr("Border between validation and test"))
        for border, name, place in zip(self.borders, names, (self._shares.train, self._shares.val), strict=True):
            x = area.left() + round(place * area.width() / 100) - _HANDLE.width() // 2
            border.move(x, 0)
            border.setAccessibleName(f"{name}: {fmt.percent(place / 100, 0)}")
            border.raise_()
        self.setAccessibleDescription(", ".join(self._legend()))
        self.update()

    def _bar_area(self) -> QRect:
        side = _HANDLE.width() // 2 + 1
        top = (_HANDLE.height() - _BAR_HEIGHT) // 2
        return QRect(side, top, max(1, self.width() - 2 * side), _BAR_HEIGHT)
