"""Closing by events: ask everything to stop, let the window live until it has, then close again.

`wait()` on the window's thread would deadlock with a worker that frees a widget; dropping a running thread aborts the
program. Both were measured.
"""

from __future__ import annotations

import os

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.project_desk import ProjectDesk
from tlft_desktop.gui.widgets.messages import Message, MessageKind, Offer

PATIENCE_MS = 30_000
EXIT_CODE_GIVEN_UP = 70


class CloseGuard(QObject):
    """Decides whether the window may close now."""

    def __init__(self, context: AppContext, projects: ProjectDesk, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._projects, self._window = context, projects, window
        self._is_closing = False
        self._is_closed = False
        self._is_asked = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._offer_to_give_up)
        context.controller.ended.connect(self._go_on)
        context.controller.state_changed.connect(self._stop_late_start)
        context.tasks.idle.connect(self._go_on)

    def may_close(self) -> bool:
        """Return whether nothing runs any more; otherwise ask it to stop and close the window later."""
        if not self._is_closing:
            self._is_closing = True
            self._patience.start()
            self._ask_to_stop()
        self._is_asked = True
        self._go_on()
        self._is_asked = False
        if self._is_closed:
            self._patience.stop()
        return self._is_closed

    def _ask_to_stop(self) -> None:
        context = self._context
        self._window.setAcceptDrops(False)
        context.state.collecting.emit()
        context.state.flush(_nothing)
        context.tasks.request_stop()
        if context.controller.is_active:
            text = self.tr("Saving the run; the window closes by itself. It can be resumed next time.")
            context.messages.show_message(Message(MessageKind.INFO, text, key="closing", outlives_project=True))
            context.controller.request_stop()
        else:
            # Only what cannot be interrupted is left, such as loading a library: nothing to look at.
            self._window.hide()

    @Slot()
    def _go_on(self) -> None:
        """Close the project when the training has ended, and the window when the last job has."""
        if not self._is_closing or self._is_closed or self._context.controller.is_active:
            return
        if self._context.session.project is not None:
            self._projects.close(self._close_if_idle)
        else:
            self._close_if_idle()

    @Slot(object)
    def _stop_late_start(self, _state: object) -> None:
        """Stop a training that waited for a save and starts only now."""
        if self._is_closing:
            self._context.controller.request_stop()

    def _close_if_idle(self) -> None:
        context = self._context
        if self._is_closed or context.controller.is_active or context.tasks.jobs or context.session.project is not None:
            return
        self._is_closed = True
        if not self._is_asked:
            # In a turn of its own: this runs inside the handler of a job that has just ended.
            QTimer.singleShot(0, self._window.close)

    @Slot()
    def _offer_to_give_up(self) -> None:
        self._window.show()
        text = self.tr("Something still works and does not answer. What was saved before is safe.")
        offer = Offer(self.tr("&Quit anyway"), _give_up)
        self._context.messages.show_message(
            Message(MessageKind.WARNING, text, (offer,), key="closing", outlives_project=True)
        )


def _nothing() -> None:
    """The guard waits for the end of all jobs; nobody needs to hear of this one."""


def _give_up() -> None:
    os._exit(EXIT_CODE_GIVEN_UP)
