"""Runs that wait for their turn: one after the other, whatever becomes of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.values.thaw import ThawSchedule
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.mirror_asking import MirrorAsking
from tlft_desktop.gui.engine import TrainSettings
from tlft_desktop.gui.training_memory import MAX_QUEUED, QueuedRun, TrainingMemory
from tlft_desktop.gui.widgets.messages import Message, MessageKind, Offer

KEY = "queue"


class Starter(Protocol):
    """Starts trainings."""

    @property
    def mirroring(self) -> MirrorAsking:
        """Asks whether images may be mirrored."""

    @property
    def can_start(self) -> bool:
        """Whether a training may start now."""

    def start_queued(self, run: QueuedRun, following: Sequence[QueuedRun]) -> None:
        """Train a queued run, and prepare those that follow together with it."""


class RunQueue(QObject):
    """Belongs to the open project.

    The next run starts when one ends by itself, finished or failed. After a stop by the user the queue waits for the
    word to go on; so it does after a start of the program, which finds the queue as it was.

    Signals:
        changed(): Other runs wait, or in another order.
        situation_changed(): It can be started, or not any more.
    """

    changed = Signal()
    situation_changed = Signal()

    def __init__(self, context: AppContext, starter: Starter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._starter = context, starter
        self._memory = TrainingMemory(context.state)
        self._numbers = count(MAX_QUEUED)
        self._runs: tuple[QueuedRun, ...] = ()
        # What their frozen layers give was computed together with an earlier run.
        self._prepared: set[int] = set()
        self._goes_on = self._is_closing = False
        self._project_id = ""
        context.session.project_changed.connect(self._follow_project)
        context.state.collecting.connect(self._note_closing)

    @property
    def runs(self) -> tuple[QueuedRun, ...]:
        """The runs that wait, the next one first."""
        return self._runs

    @property
    def goes_on(self) -> bool:
        """Whether the next run starts by itself when the training of the moment ends."""
        return self._goes_on

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what is called for each action."""
        return {"queue_start": self.go_on}

    def blocked(self) -> dict[str, str]:
        """Return why actions cannot be chosen now."""
        if not self._runs:
            return {"queue_start": self.tr("No run waits in the queue.")}
        if self._context.controller.is_active:
            return {"queue_start": self.tr("A training runs; the queue goes on after it.")} if self._goes_on else {}
        return {} if self._starter.can_start else {"queue_start": self.tr("No training can start now.")}

    def add(
        self, kind: StrategyKind, settings: TrainSettings, plan: FreezePlan, thaw: ThawSchedule | None = None
    ) -> bool:
        """Let a run wait, a custom one with these ticks and this schedule; return whether there was room."""
        if len(self._runs) >= MAX_QUEUED or not self._context.session.is_writable:
            return False
        is_custom = kind is StrategyKind.CUSTOM
        run = QueuedRun(
            next(self._numbers),
            kind,
            settings,
            plan if is_custom else None,
            thaw if is_custom and thaw is not None else ThawSchedule(),
        )
        if self._context.controller.is_active:
            self._goes_on = True
        self._set((*self._runs, run))
        return True

    def remove(self, numbers: Sequence[int]) -> None:
        """Take runs out of the queue."""
        self._set(tuple(run for run in self._runs if run.number not in numbers))

    def move(self, number: int, distance: int) -> int:
        """Move a run towards the front (negative) or the end; return its new place."""
        place = next((place for place, run in enumerate(self._runs) if run.number == number), None)
        if place is None:
            return -1
        runs = list(self._runs)
        run = runs.pop(place)
        target = max(0, min(place + distance, len(runs)))
        runs.insert(target, run)
        self._set(tuple(runs))
        return target

    @Slot()
    def go_on(self) -> None:
        """Start the next run, now or when the training of the moment ends."""
        self._starter.mirroring.before(self._go_on)

    def _go_on(self) -> None:
        self._context.messages.clear_key(KEY)
        self._goes_on = bool(self._runs)
        self.start_next()
        self.situation_changed.emit()

    def start_next(self) -> bool:
        """Start the next run if it is its turn; return whether one starts."""
        if not self._goes_on or not self._runs or self._is_closing or not self._starter.can_start:
            return False
        run, rest = self._runs[0], self._runs[1:]
        following = tuple(each for each in rest if each.number not in self._prepared)
        self._prepared |= {each.number for each in following}
        self._set(rest)
        self._starter.start_queued(run, following)
        return True

    def hold(self) -> None:
        """Start nothing by itself any more, and say so where runs wait."""
        self._goes_on = False
        if self._runs and not self._is_closing:
            text = self.tr("Runs in the queue: {count}. They wait until you start the queue.")
            self._offer(text.format(count=len(self._runs)))
        self.situation_changed.emit()

    def _offer(self, text: str) -> None:
        offer = Offer(self.tr("Start the &queue"), self.go_on)
        self._context.messages.show_message(Message(MessageKind.INFO, text, (offer,), key=KEY))

    def _set(self, runs: tuple[QueuedRun, ...]) -> None:
        if runs == self._runs:
            return
        self._runs = runs
        self._goes_on = self._goes_on and (bool(runs) or self._context.controller.is_active)
        if self._project_id:
            self._memory.remember_queue(self._project_id, runs)
        self.changed.emit()
        self.situation_changed.emit()

    @Slot()
    def _follow_project(self) -> None:
        session = self._context.session
        project = session.project
        self._context.messages.clear_key(KEY)
        self._goes_on = False
        self._project_id = project.config.id if project is not None and session.is_writable else ""
        found = self._memory.queue(self._project_id) if self._project_id else ()
        self._runs = tuple(replace(run, number=next(self._numbers)) for run in found)
        if self._runs:
            text = self.tr("Runs that were queued last time and have not started: {count}.")
            self._offer(text.format(count=len(self._runs)))
        self.changed.emit()
        self.situation_changed.emit()

    @Slot()
    def _note_closing(self) -> None:
        self._is_closing = True
        if self._runs:
            text = self.tr("Runs in the queue: {count}. They are kept and offered at the next start.")
            message = Message(MessageKind.INFO, text.format(count=len(self._runs)), key=KEY)
            self._context.messages.show_message(message)
