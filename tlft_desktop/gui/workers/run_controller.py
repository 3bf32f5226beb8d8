"""Starts, pauses and stops the one training of the window; never waits."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import UsageError
from tlft_desktop.gui.workers.mailbox import Mailbox
from tlft_desktop.gui.workers.outcome import Failure, FailureKind, Outcome
from tlft_desktop.gui.workers.training_worker import MakeEvents, TrainingWorker

POLL_INTERVAL_MS = 100
"""As often as plots are drawn at most: each look takes the interpreter from the training for a moment."""


class TrainingState(StrEnum):
    """What the training thread does."""

    IDLE = "idle"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPING = "stopping"


class RunController(QObject):
    """Owns the training thread.

    Stop and pause travel by `Control`, never by a queued slot: those are not delivered while the worker loops.

    Signals:
        state_changed(TrainingState): Also when a training starts or has ended completely.
        mail_arrived(Mail): At most ten times a second.
        ended(Outcome): After the thread has gone; once for each start.
    """

    state_changed = Signal(object)
    mail_arrived = Signal(object)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = TrainingState.IDLE
        self._thread: QThread | None = None
        self._worker: TrainingWorker | None = None
        self._outcome: Outcome | None = None
        self._control = Control()
        self._mailbox = Mailbox()
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_INTERVAL_MS)
        self._timer.timeout.connect(self.poll)

    @property
    def state(self) -> TrainingState:
        """What the training thread does now."""
        return self._state

    @property
    def is_active(self) -> bool:
        """Whether a thread exists."""
        return self._thread is not None

    def start(self, make_events: MakeEvents) -> None:
        """Start a training in a new thread.

        Raises:
            UsageError: If one is running: two would share the cores and each take twice as long.
        """
        if self.is_active:
            raise UsageError("A training is running already.", remedy="Wait for it or stop it first.")
        self._control, self._mailbox, self._outcome = Control(), Mailbox(), None
        thread = QThread(self)
        thread.setObjectName("training")
        worker = TrainingWorker(make_events, self._control, self._mailbox)
        worker.moveToThread(thread)
        thread.started.connect(worker.run)
        worker.outcome.connect(self._keep_outcome)
        worker.finished.connect(thread.quit)
        thread.finished.connect(self._clean_up)
        self._thread, self._worker = thread, worker
        self._timer.start()
        self._set_state(TrainingState.RUNNING)
        thread.start()

    @Slot()
    def request_stop(self) -> None:
        """Ask the training to save and end; it does so at its next step."""
        if self.is_active and self._state is not TrainingState.STOPPING:
            self._control.request_stop()
            self._set_state(TrainingState.STOPPING)

    @Slot()
    def pause(self) -> None:
        """Let the training wait at its next step."""
        if self._state is TrainingState.RUNNING:
            self._control.pause()
            self._set_state(TrainingState.PAUSED)

    @Slot()
    def go_on(self) -> None:
        """Let a paused training go on."""
        if self._state is TrainingState.PAUSED:
            self._control.resume()
            self._set_state(TrainingState.RUNNING)

    @Slot()
    def poll(self) -> None:
        """Hand on what the training left in the mailbox."""
        mail = self._mailbox.collect()
        if mail:
            self.mail_arrived.emit(mail)

    @Slot(object)
    def _keep_outcome(self, outcome: Outcome) -> None:
        self._outcome = outcome

    @Slot()
    def _clean_up(self) -> None:
        """The thread has left its event loop: `wait` returns at once, and nothing runs in it any more."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        thread.wait()
        self._worker = None
        thread.deleteLater()
        self._timer.stop()
        self.poll()
        outcome = self._outcome or Outcome(failure=Failure(FailureKind.FAULT, "The training thread ended early."))
        self._set_state(TrainingState.IDLE)
        self.ended.emit(outcome)

    def _set_state(self, state: TrainingState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)
