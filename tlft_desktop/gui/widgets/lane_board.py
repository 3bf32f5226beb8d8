"""Lanes of stages on an axis of epochs; mouse and keys move where a lane begins and how high it is."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from tlft_desktop.core.freezing.lanes import Lane, Timeline
from tlft_desktop.core.values.plan import LARGEST_FACTOR, LEAST_FACTOR
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.format import tr
from tlft_desktop.gui.theme import GRID, ThemeController, Tokens
from tlft_desktop.gui.widgets.text import plain_tooltip

LANE_HEIGHT = 22
AXIS_HEIGHT = 18
PIXELS_PER_DECADE = 48
"""How far the pointer goes up for ten times the rate: lanes are too low to be dragged by their own height."""
_REACH = 8
"""Pixels around the beginning of a lane that still take hold of it."""
_MOST_LABEL = 104
_FACTORS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
_TICK_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000)
_TICK_ROOM = 44


@dataclass(frozen=True, slots=True)
class Board:
    """What a board shows.

    Attributes:
        timeline: Phases and stages.
        num_epochs: Length of the axis; what begins there never trains.
        end: Epochs that are trained; the axis is longer where a stage would thaw after them.
        is_editable: Whether lanes can be moved.
    """

    timeline: Timeline
    num_epochs: int
    end: int
    is_editable: bool

    def start_of(self, lane: Lane) -> int:
        """Return where a lane begins; the end of the axis for one that never does."""
        intervals = self.timeline.intervals_of(lane)
        return intervals[0][0] if intervals else self.num_epochs

    def is_solved(self, lane: Lane) -> bool:
        """Tell whether what trains of a lane is solved exactly, without epochs."""
        return not lane.is_frozen and all(start == end for start, end in self.timeline.intervals_of(lane))


def next_factor(factor: float, step: int) -> float:
    """Return the next round factor above (1) or below (-1) a factor, as far as there is one."""
    if step > 0:
        return next((known for known in _FACTORS if known > factor * 1.001), LARGEST_FACTOR)
    return next((known for known in reversed(_FACTORS) if known < factor / 1.001), LEAST_FACTOR)


def lane_words(board: Board, lane: Lane) -> str:
    """Say when a stage trains and how fast."""
    if lane.is_frozen:
        return tr("{stage}: frozen").format(stage=lane.stage)
    if board.is_solved(lane):
        return tr("{stage}: solved exactly, without epochs").format(stage=lane.stage)
    if board.start_of(lane) >= board.end:
        return tr("{stage}: would begin after the last epoch").format(stage=lane.stage)
    words = tr("{stage}: trains from epoch {first} to {last}").format(
        stage=lane.stage, first=fmt.count(board.start_of(lane) + 1), last=fmt.count(board.end)
    )
    if lane.is_partial:
        words = tr("{words}, in part").format(words=words)
    if lane.factor == 1:
        return words
    if lane.factor is None:
        return tr("{words}, with several learning rates").format(words=words)
    return tr("{words}, learning rate times {factor}").format(words=words, factor=fmt.number(lane.factor))


class LaneRow(QWidget):
    """One stage: takes the focus, the mouse and the keys; what a move means is up to the board's owner."""

    def __init__(self, place: int, parent: LaneBoard) -> None:
        super().__init__(parent)
        self._place, self._parent = place, parent
        self._grabbed = ""
        self._from_y, self._from_factor = 0.0, 1.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    @property
    def lane(self) -> Lane:
        """What is shown."""
        return self._parent.board.timeline.lanes[self._place]

    def show_lane(self) -> None:
        """Say and draw what the board holds now."""
        words, hint = lane_words(self._parent.board, self.lane), self._parent.hint()
        if (words, hint) != (self.accessibleName(), self.accessibleDescription()):
            self.setAccessibleName(words)
            self.setAccessibleDescription(hint)
            self.setToolTip(plain_tooltip(f"{words}\n{hint}" if hint else words))
        self.update()

    def slot(self) -> QRect:
        """Return where the lane may lie, in the row's coordinates."""
        return QRect(self._parent.label_width, 2, self._parent.slot_width, self.height() - 4)

    def x_of(self, epoch: float) -> int:
        """Return where an epoch lies, in the row's coordinates."""
        slot = self.slot()
        return slot.left() + round(epoch / max(1, self._parent.board.num_epochs) * slot.width())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._parent.board.is_editable and event.button() == Qt.MouseButton.LeftButton:
            self._grabbed = self._part_at(event.position().x())
            self._from_y, self._from_factor = event.position().y(), self.lane.factor or 1.0
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._show_cursor(place.x())
        elif self._grabbed == "start":
            slot = self.slot()
            share = (place.x() - slot.left()) / max(1, slot.width())
            self._move_start(round(share * self._parent.board.num_epochs))
        elif self._grabbed == "rate":
            decades = (self._from_y - place.y()) / PIXELS_PER_DECADE
            self._move_rate(self._from_factor * 10**decades)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grabbed = ""
        self._parent.committed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not self._parent.board.is_editable or not self._take_key(key):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
        self._parent.committed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        board, lane, tokens = self._parent.board, self.lane, self._parent.theme.tokens
        metrics, slot = self.fontMetrics(), self.slot()
        painter.setPen(QColor(tokens.muted if lane.is_frozen else tokens.text))
        label = metrics.elidedText(lane.stage, Qt.TextElideMode.ElideMiddle, self._parent.label_width - GRID)
        painter.drawText(QRect(0, 0, self._parent.label_width, self.height()), Qt.AlignmentFlag.AlignVCenter, label)
        painter.setPen(QPen(QColor(tokens.accent), 2) if self.hasFocus() else QColor(tokens.border))
        painter.setBrush(QColor(tokens.sunken))
        painter.drawRoundedRect(slot, 3, 3)
        if board.is_solved(lane):
            self._draw_text(painter, slot, tr("solved exactly"), tokens.text)
        for start, end in board.timeline.intervals_of(lane):
            self._draw_bar(painter, tokens, lane, QRect(self.x_of(start), 0, self.x_of(end) - self.x_of(start), 0))
        self._draw_rate(painter, tokens)
        if board.is_editable:
            self._draw_handle(painter, tokens)
        if self._parent.marker is not None:
            x = self.x_of(self._parent.marker)
            painter.setPen(QPen(QColor(tokens.val), 2))
            painter.drawLine(x, 0, x, self.height())
        painter.end()

    def _draw_bar(self, painter: QPainter, tokens: Tokens, lane: Lane, place: QRect) -> None:
        """Draw a stretch in which the stage trains: as high as its rate, hatched where only part of it trains."""
        slot = self.slot()
        decades = math.log10((lane.factor or 1.0) / LEAST_FACTOR) / math.log10(LARGEST_FACTOR / LEAST_FACTOR)
        height = max(4, round((slot.height() - 2) * decades))
        bar = QRect(place.left(), slot.bottom() - height, max(2, place.width()), height)
        painter.setPen(QColor(tokens.accent))
        painter.setBrush(QColor(tokens.selection))
        painter.drawRoundedRect(bar, 2, 2)
        if lane.is_partial:
            painter.setBrush(QBrush(QColor(tokens.accent), Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(bar, 2, 2)

    def _draw_rate(self, painter: QPainter, tokens: Tokens) -> None:
        lane, board = self.lane, self._parent.board
        if lane.is_frozen or board.is_solved(lane) or lane.factor == 1:
            return
        text = tr("several rates") if lane.factor is None else f"x{fmt.number(lane.factor, 2)}"
        room = QRect(self.x_of(board.start_of(lane)), 0, self.slot().right() - self.x_of(board.start_of(lane)), 0)
        if room.width() > self.fontMetrics().horizontalAdvance(text) + 3 * GRID:
            self._draw_text(painter, QRect(room.left(), 0, room.width() - GRID, self.height()), text, tokens.text)

    def _draw_text(self, painter: QPainter, room: QRect, text: str, colour: str) -> None:
        painter.setPen(QColor(colour))
        alignment = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(room.adjusted(GRID, 0, 0, 0), alignment, text)

    def _draw_handle(self, painter: QPainter, tokens: Tokens) -> None:
        """Draw what can be taken hold of: a grip where the lane begins, at the end of the axis for a frozen one."""
        if self._parent.board.is_solved(self.lane):
            return
        x = self.x_of(self._parent.board.start_of(self.lane))
        painter.setPen(QColor(tokens.text if self.hasFocus() else tokens.muted))
        painter.setBrush(QColor(tokens.accent if self.hasFocus() else tokens.surface))
        painter.drawRoundedRect(QRect(x - 3, 1, 6, self.height() - 3), 2, 2)

    def _part_at(self, x: float) -> str:
        board, lane = self._parent.board, self.lane
        if x < self._parent.label_width - _REACH or board.is_solved(lane):
            return ""
        start = self.x_of(board.start_of(lane))
        return "rate" if not lane.is_frozen and x > start + _REACH else "start"

    def _show_cursor(self, x: float) -> None:
        shapes = {"start": Qt.CursorShape.SizeHorCursor, "rate": Qt.CursorShape.SizeVerCursor}
        part = self._part_at(x) if self._parent.board.is_editable else ""
        self.setCursor(shapes.get(part, Qt.CursorShape.ArrowCursor))

    def _take_key(self, key: Qt.Key) -> bool:
        board, lane = self._parent.board, self.lane
        start, end = board.start_of(lane), board.num_epochs
        starts = {
            Qt.Key.Key_Left: start - 1,
            Qt.Key.Key_Right: start + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: end,
            Qt.Key.Key_Space: 0 if lane.is_frozen else end,
        }
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._parent.committed.emit()
        elif key == Qt.Key.Key_Escape and self._parent.is_moving:
            self._parent.reverted.emit()
        elif key in starts and not board.is_solved(lane):
            self._move_start(starts[key])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not lane.is_frozen and not board.is_solved(lane):
            self._move_rate(next_factor(lane.factor or 1.0, 1 if key == Qt.Key.Key_Up else -1))
        else:
            return False
        return True

    def _move_start(self, epoch: int) -> None:
        epoch = min(max(epoch, 0), self._parent.board.num_epochs)
        if epoch != self._parent.board.start_of(self.lane):
            self._parent.start_moved.emit(self.lane.stage, epoch)

    def _move_rate(self, factor: float) -> None:
        factor = float(f"{min(max(factor, LEAST_FACTOR), LARGEST_FACTOR):.2g}")
        if factor != self.lane.factor:
            self._parent.rate_moved.emit(self.lane.stage, factor)


class LaneBoard(QWidget):
    """Rows for all stages over one axis.

    Signals:
        start_moved(stage, epoch): A lane is being moved: its stage shall begin after so many epochs.
        rate_moved(stage, factor): A lane is being made higher or lower.
        committed(): What is shown shall hold.
        reverted(): What held before shall be shown again.
    """

    start_moved = Signal(str, int)
    rate_moved = Signal(str, float)
    committed = Signal()
    reverted = Signal()

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.board = Board(Timeline((), ()), 1, 1, is_editable=False)
        self.rows: list[LaneRow] = []
        self.marker: float | None = None
        self.is_moving = False
        self.label_width = self.slot_width = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_board(self, board: Board, *, is_moving: bool) -> None:
        """Show lanes; the rows stay where the stages are the same, so that focus and grip do."""
        stages = [lane.stage for lane in board.timeline.lanes]
        is_same = stages == [lane.stage for lane in self.board.timeline.lanes]
        self.board, self.is_moving = board, is_moving
        if not is_same:
            for row in self.rows:
                row.hide()
                row.deleteLater()
            self.rows = [LaneRow(place, self) for place in range(len(stages))]
            self.updateGeometry()
        self._place()

    def show_marker(self, position: float | None) -> None:
        """Show where a training stands, in epochs; None for none."""
        if position != self.marker:
            self.marker = position
            for row in self.rows:
                row.update()

    def hint(self) -> str:
        """Say what can be done with a lane."""
        if not self.board.is_editable:
            return ""
        return tr(
            "Drag the left end, or press Left and Right, to say when it begins to train; at the right end of the axis "
            "it stays frozen. Drag up or down, or press Up and Down, to change its learning rate. Space freezes."
        )

    def sizeHint(self) -> QSize:
        return QSize(40 * GRID, len(self.rows) * LANE_HEIGHT + AXIS_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(24 * GRID, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The style gives rows their font when they are shown for the first time.
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the axis below the lanes."""
        if not self.rows:
            return
        painter = QPainter(self)
        painter.setPen(QColor(self.theme.tokens.muted))
        top, row, num_epochs = len(self.rows) * LANE_HEIGHT, self.rows[0], self.board.num_epochs
        most = max(1, self.slot_width // _TICK_ROOM)
        step = next((step for step in _TICK_STEPS if num_epochs <= step * most), _TICK_STEPS[-1])
        room = QRect(0, top + 3, self.label_width - GRID, AXIS_HEIGHT - 3)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, tr("epoch"))
        for epoch in range(0, num_epochs + 1, step):
            x = row.x_of(epoch)
            painter.drawLine(x, top, x, top + 3)
            room = QRect(x - _TICK_ROOM // 2, top + 3, _TICK_ROOM, AXIS_HEIGHT - 3)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, fmt.count(epoch))
        painter.end()

    def _place(self) -> None:
        widest = max((row.fontMetrics().horizontalAdvance(row.lane.stage) for row in self.rows), default=0)
        # Texts are drawn a little wider than they are said to be.
        self.label_width = min(widest, _MOST_LABEL) + GRID + 4
        # The last number of the axis is drawn around its end.
        self.slot_width = max(1, self.width() - self.label_width - 2 * GRID)
        for place, row in enumerate(self.rows):
            row.setGeometry(0, place * LANE_HEIGHT, self.width(), LANE_HEIGHT)
            row.show_lane()
            row.show()
        self.update()
