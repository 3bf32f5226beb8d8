"""The one place where the window tells what happened: bars above the page, never a dialog that must be closed first."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.icons import IconSet, Tint
from tlft_desktop.gui.theme import GRID, set_property, set_role
from tlft_desktop.gui.widgets.layout import scroll_area
from tlft_desktop.gui.widgets.text import button, icon_button, wrapped_label
from tlft_desktop.gui.workers.outcome import Failure

MAX_BARS = 3
SHARE = 3
"""The bars take no more than this part of the window's height; what is longer scrolls."""
LEAST_HEIGHT = 7 * GRID
"""Of the bars where the window is low: one message with its buttons can be read."""
MAX_LOGGED = 50


class MessageKind(StrEnum):
    """How urgent a message is; each kind has a colour and a shape of its own."""

    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"


MESSAGE_TINTS = {
    MessageKind.INFO: Tint.ACCENT,
    MessageKind.SUCCESS: Tint.SUCCESS,
    MessageKind.WARNING: Tint.WARNING,
    MessageKind.ERROR: Tint.ERROR,
}


def kind_name(kind: MessageKind) -> str:
    """Say how urgent a message is."""
    names = {
        MessageKind.INFO: fmt.tr("note"),
        MessageKind.SUCCESS: fmt.tr("done"),
        MessageKind.WARNING: fmt.tr("warning"),
        MessageKind.ERROR: fmt.tr("error"),
    }
    return names[kind]


@dataclass(frozen=True)
class Offer:
    """A button of a message: what to do next.

    Attributes:
        text: With a mnemonic.
        act: Called in the window's thread; the bar closes first.
    """

    text: str
    act: Callable[[], None]


@dataclass(frozen=True)
class Message:
    """What happened, what it means, what to do next.

    Attributes:
        kind: How urgent it is.
        text: One or two sentences.
        offers: Buttons; none for a plain statement.
        details: For a bug report; shown on request.
        key: A message replaces the one with the same key; empty keys never do.
        outlives_project: Whether it stays when the open project is left: it tells of the program, not of a project.
    """

    kind: MessageKind
    text: str
    offers: tuple[Offer, ...] = ()
    details: str = ""
    key: str = ""
    outlives_project: bool = False


@dataclass(frozen=True)
class LoggedMessage:
    """A message as the list of messages keeps it.

    Attributes:
        time: Of the day, as the user reads it.
        message: What was told.
    """

    time: str
    message: Message

    @property
    def text(self) -> str:
        """Everything, for reading and for copying."""
        return "\n\n".join(part for part in (f"{self.time}  {self.message.text}", self.message.details) if part)


def message_of(failure: Failure) -> Message:
    """Return the message for a failure."""
    return Message(MessageKind.ERROR, failure.text, details=failure.details)


class MessageBar(QFrame):
    """One message with its buttons.

    Signals:
        closed(MessageBar): The user or an offer closed it.
        unfolded(widget): The details are shown.
    """

    closed = Signal(object)
    unfolded = Signal(object)

    def __init__(self, message: Message, icons: IconSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = message
        set_role(self, "message")
        set_property(self, "kind", message.kind.value)
        self.setAccessibleName(message.text)
        self._details: QPlainTextEdit | None = None
        self._offers: dict[QPushButton, Offer] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 6, 6, 6)
        row = QHBoxLayout()
        outer.addLayout(row)
        picture = QLabel()
        icons.attach(picture, message.kind.value, tint=MESSAGE_TINTS[message.kind], size=20)
        row.addWidget(picture, alignment=Qt.AlignmentFlag.AlignVCenter)
        text = wrapped_label(message.text)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(text, 1)
        self._add_buttons(row, icons)

    def _add_buttons(self, row: QHBoxLayout, icons: IconSet) -> None:
        for offer in self.message.offers:
            chosen = button(offer.text)
            chosen.clicked.connect(self._accept)
            self._offers[chosen] = offer
            row.addWidget(chosen)
        if self.message.details:
            details = button(self.tr("&Details"), hint=self.tr("Show what a bug report needs"))
            details.clicked.connect(self._toggle_details)
            row.addWidget(details)
            copy = button(self.tr("&Copy"), hint=self.tr("Copy message and details"))
            copy.clicked.connect(self._copy)
            row.addWidget(copy)
        close = icon_button(self.tr("Close this message"))
        icons.attach(close, "close")
        close.clicked.connect(self.dismiss)
        row.addWidget(close)

    @Slot()
    def dismiss(self) -> None:
        """Close the bar."""
        self.closed.emit(self)

    @Slot()
    def _accept(self) -> None:
        sender = self.sender()
        offer = self._offers[sender] if isinstance(sender, QPushButton) else None
        self.dismiss()
        if offer:
            offer.act()

    @Slot()
    def _toggle_details(self) -> None:
        if self._details is None:
            self._details = QPlainTextEdit(self.message.details)
            self._details.setReadOnly(True)
            self._details.setAccessibleName(self.tr("Details of the message"))
            self._details.setFixedHeight(160)
            layout = self.layout()
            assert layout is not None
            layout.addWidget(self._details)
            self._details.show()
        else:
            self._details.setVisible(not self._details.isVisible())
        if not self._details.isHidden():
            self.unfolded.emit(self._details)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.message.text}\n\n{self.message.details}")


class MessageArea(QScrollArea):
    """The last few messages, the newest on top; the same text is shown once.

    It is as high as they are, up to a part of the window: the page and the status bar below keep their room.

    Signals:
        logged(LoggedMessage): A message was told.
        put_away(LoggedMessage): The user closed the newest message.
        retracted(key): What was told with a key is no longer true.
        project_left(): What was told of a project has lost its place.
        left(): A message that had the focus is gone.
    """

    logged = Signal(object)
    put_away = Signal(object)
    retracted = Signal(str)
    project_left = Signal()
    left = Signal()

    def __init__(self, icons: IconSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._bars: list[MessageBar] = []
        self._history: deque[LoggedMessage] = deque(maxlen=MAX_LOGGED)
        self._window: QWidget | None = None
        self._unfolded: QWidget | None = None
        self._inside = QWidget()
        self._layout = QVBoxLayout(self._inside)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll_area(self._inside, self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.hide()

    @property
    def messages(self) -> tuple[Message, ...]:
        """What is shown, the newest first."""
        return tuple(bar.message for bar in self._bars)

    @property
    def history(self) -> tuple[LoggedMessage, ...]:
        """What was told in this session, the newest last; the oldest are forgotten."""
        return tuple(self._history)

    def show_message(self, message: Message) -> None:
        """Show a message; it replaces one with the same key or text."""
        self._log(message)
        for bar in [bar for bar in self._bars if self._is_same(bar.message, message)]:
            self._remove(bar)
        bar = MessageBar(message, self._icons)
        bar.closed.connect(self._put_away)
        bar.unfolded.connect(self._scroll_to)
        self._bars.insert(0, bar)
        self._layout.insertWidget(0, bar)
        for old in self._bars[MAX_BARS:]:
            self._remove(old)
        self.show()
        self._fit()
        self.verticalScrollBar().setValue(0)

    @Slot(object)
    def show_failure(self, failure: Failure) -> None:
        """Show what went wrong."""
        self.show_message(message_of(failure))

    @Slot(object)
    def show_program_failure(self, failure: Failure) -> None:
        """Show what went wrong in the program, whichever project is open."""
        self.show_message(replace(message_of(failure), outlives_project=True))

    def clear_key(self, key: str) -> None:
        """Take the message with a key away, since it is no longer true."""
        for bar in [bar for bar in self._bars if bar.message.key == key]:
            self._remove(bar)
        # Also where its bar is closed already: it may stand elsewhere.
        self.retracted.emit(key)

    @Slot()
    def leave_project(self) -> None:
        """Take away what was told of the project that is open no more; the list of messages keeps it."""
        for bar in [bar for bar in self._bars if not bar.message.outlives_project]:
            self._remove(bar)
        self.project_left.emit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.maximumHeight())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._window is None:
            self._window = self.window()
            self._window.installEventFilter(self)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if (watched is self._window and kind is QEvent.Type.Resize) or (
            watched is self._inside and kind is QEvent.Type.LayoutRequest
        ):
            self._fit()
        details = self._unfolded
        if watched is self._inside and kind is QEvent.Type.Resize and details is not None:
            # There is room for it from now on; it has its place as soon as this event has arrived.
            self._unfolded = None
            QTimer.singleShot(0, details, lambda: self._show_whole(details))
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Be as high as the bars are at this width, between what must and what may be."""
        # -1 where no bar is shown yet.
        whole = max(0, self._layout.heightForWidth(self.viewport().width()))
        # Or the area would make room for texts as narrow as they can be.
        self._inside.setMinimumHeight(max(1, whole))
        most = min(whole, max(LEAST_HEIGHT, self.window().height() // SHARE))
        self.setMinimumHeight(min(most, LEAST_HEIGHT))
        self.setMaximumHeight(most)

    def _show_whole(self, details: QWidget) -> None:
        # Qt's `ensureWidgetVisible` shows only the line of the cursor. The beginning comes last: it matters most.
        top = details.mapTo(self._inside, QPoint(0, 0)).y()
        for y in (top + details.height(), top):
            self.ensureVisible(0, y, 0, 0)

    @Slot(object)
    def _scroll_to(self, details: QWidget) -> None:
        self._unfolded = details

    def _log(self, message: Message) -> None:
        if self._history and self._history[-1].message == message:
            self._history.pop()
        self._history.append(LoggedMessage(fmt.clock(), message))
        self.logged.emit(self._history[-1])

    @Slot(object)
    def _put_away(self, bar: MessageBar) -> None:
        self._remove(bar)
        if self._history[-1].message is bar.message:
            self.put_away.emit(self._history[-1])

    def _remove(self, bar: MessageBar) -> None:
        if bar in self._bars:
            self._bars.remove(bar)
            self._layout.removeWidget(bar)
            focused = QApplication.focusWidget()
            had_focus = focused is not None and bar.isAncestorOf(focused)
            bar.hide()
            bar.deleteLater()
            if had_focus:
                # Otherwise Qt gives the focus to whatever comes next in the window.
                self.left.emit()
        self.setVisible(bool(self._bars))
        self._fit()

    @staticmethod
    def _is_same(old: Message, new: Message) -> bool:
        return old.text == new.text or (bool(new.key) and old.key == new.key)
