"""Work that wants the whole machine for itself: one piece at a time, and none beside a training."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.gui.workers.outcome import Failure
from tlft_desktop.gui.workers.run_controller import RunController, TrainingState
from tlft_desktop.gui.workers.task import Job, JobContext, TaskRunner


@dataclass(eq=False)
class Booking:
    """Work that runs, or waits for its turn.

    Attributes:
        title: Shown while it runs.
        work: Runs outside of the window's thread.
        on_done, on_failed: Called in the window's thread with its result, or why there is none.
        on_stopped: Called when it was stopped, with whether a training took its place.
        gives_way: Whether it is no wish of the user: other work stops it and comes first; then it begins anew.
    """

    title: str
    work: Callable[[JobContext], Any]
    on_done: Callable[[Any], None]
    on_failed: Callable[[Failure], None]
    on_stopped: Callable[[bool], None]
    gives_way: bool = False


class MachineTime(QObject):
    """Gives the machine to measurements, one after the other, while nothing trains.

    What computes beside something else measures the other as well, and settings of torch hold for the whole process.

    Signals:
        changed(): Whether work may begin has changed.
    """

    changed = Signal()

    def __init__(self, tasks: TaskRunner, controller: RunController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._controller = tasks, controller
        self._waiting: deque[Booking] = deque()
        self._running: Booking | None = None
        self._job: Job | None = None
        self._is_held = self._is_postponed = False
        self._then: list[Callable[[], None]] = []
        controller.state_changed.connect(self._follow_training)

    @property
    def is_taken(self) -> bool:
        """Whether a training has the machine, or is about to."""
        return self._is_held or self._controller.is_active

    @property
    def is_working(self) -> bool:
        """Whether a measurement has the machine."""
        return self._running is not None

    def book(self, booking: Booking) -> None:
        """Run work as soon as it is its turn; refused by `on_stopped` while a training has the machine."""
        if self.is_taken:
            booking.on_stopped(True)
            return
        self._waiting.append(booking)
        if not booking.gives_way:
            self._postpone_running()
        self._begin_next()

    def cancel(self, booking: Booking) -> None:
        """Stop work, or let it not begin; without effect where it has ended."""
        if booking is self._running and self._job is not None:
            self._is_postponed = False
            self._job.control.request_stop()
        elif booking in self._waiting:
            self._waiting.remove(booking)
            booking.on_stopped(False)

    def make_way(self, then: Callable[[], None]) -> None:
        """Stop all work, let none begin until a training has ended or `release`, and call `then`."""
        self._is_held = True
        waiting, self._waiting = self._waiting, deque()
        for booking in waiting:
            booking.on_stopped(True)
        self.changed.emit()
        if self._job is None:
            then()
            return
        self._then.append(then)
        self._job.control.request_stop()

    @Slot()
    def release(self) -> None:
        """Let work begin again."""
        self._is_held = False
        self.changed.emit()

    @Slot(object)
    def _follow_training(self, state: TrainingState) -> None:
        if state is TrainingState.IDLE:
            self.release()
        else:
            self.changed.emit()

    def _begin_next(self) -> None:
        if self._job is not None or not self._waiting:
            return
        booking = self._running = min(self._waiting, key=lambda each: each.gives_way)
        self._waiting.remove(booking)
        self._job = self._tasks.start(
            booking.title,
            booking.work,
            on_done=lambda result: self._end(lambda: booking.on_done(result)),
            on_failed=lambda failure: self._end(lambda: booking.on_failed(failure)),
            on_stopped=lambda: self._end(lambda: self._tell_stopped(booking)),
        )

    def _postpone_running(self) -> None:
        job = self._job
        if job is not None and self._running is not None and self._running.gives_way:
            # What was cancelled does not begin anew.
            self._is_postponed = self._is_postponed or not job.control.stop_requested
            job.control.request_stop()

    def _tell_stopped(self, booking: Booking) -> None:
        is_for_training = bool(self._then) or self._is_held
        if self._is_postponed and not is_for_training:
            self._waiting.append(booking)
        else:
            booking.on_stopped(is_for_training)

    def _end(self, tell: Callable[[], None]) -> None:
        self._job = self._running = None
        tell()
        self._is_postponed = False
        then, self._then = self._then, []
        for call in then:
            call()
        self._begin_next()
