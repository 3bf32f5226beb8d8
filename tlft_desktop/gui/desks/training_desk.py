"""Starts and resumes trainings and tells how they ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.core.control import Control
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.events import Event
from tlft_desktop.core.values.run import RunState, RunSummary
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.mirror_asking import MirrorAsking
from tlft_desktop.gui.desks.run_desk import RunDesk
from tlft_desktop.gui.desks.run_queue import RunQueue
from tlft_desktop.gui.desks.training_words import TrainingWords
from tlft_desktop.gui.engine import Training, TrainSettings
from tlft_desktop.gui.format import from_core
from tlft_desktop.gui.item_models.run_table_model import name_of
from tlft_desktop.gui.live_history import Histories, Lines, read_lines
from tlft_desktop.gui.live_run import LiveRun
from tlft_desktop.gui.race_mail import parts_of
from tlft_desktop.gui.training_memory import QueuedRun
from tlft_desktop.gui.widgets.messages import Message, MessageKind, Offer
from tlft_desktop.gui.workers.mailbox import Mail
from tlft_desktop.gui.workers.outcome import Failure, Outcome
from tlft_desktop.gui.workers.training_worker import MakeEvents

KEY, INTERRUPTED = "training", "interrupted"
Prepared = TypeVar("Prepared")


class TrainingDesk(QObject):
    """Between the pages and the training thread.

    Signals:
        asked(): The user wants a training, which starts as soon as what is unsaved is saved.
        started(): Another run is shown live.
        live_changed(): The live run got events.
        ended(): The live run is over.
        several_interrupted(list of RunSummary): The user wants to see which runs can go on.
        situation_changed(): Something else can be chosen now.

    Attributes:
        live: The run that trains, or trained last.
        queue: Runs that wait.
        mirroring: Asks whether images may be mirrored, before the first training.
    """

    asked = Signal()
    started = Signal()
    live_changed = Signal()
    ended = Signal()
    several_interrupted = Signal(object)
    situation_changed = Signal()

    def __init__(self, context: AppContext, runs: RunDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._runs = context, runs
        self.live = LiveRun()
        self._is_starting = False
        self._num_told = 0
        self._histories: Histories = {}
        self._tell: Callable[[Outcome], Message] = self._message
        self._words = TrainingWords(self)
        self.mirroring = MirrorAsking(context.session, self)
        self.queue = RunQueue(context, self, self)
        self.queue.situation_changed.connect(self.situation_changed)
        context.controller.mail_arrived.connect(self._take_mail)
        context.controller.ended.connect(self._end)
        context.session.project_changed.connect(self._forget)

    @property
    def can_start(self) -> bool:
        """Whether a training may start now."""
        return self._context.session.is_writable and not self._context.controller.is_active and not self._is_starting

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what is called for each action."""
        return self.queue.handlers()

    def blocked(self) -> dict[str, str]:
        """Return why actions cannot be chosen now."""
        return self.queue.blocked()

    def start(self, kind: StrategyKind, settings: TrainSettings) -> None:
        """Train the open project; refused in words while another training runs."""
        if self.ready_project() is not None:
            self.mirroring.before(lambda: self._start(kind, settings))

    def _start(self, kind: StrategyKind, settings: TrainSettings) -> None:
        project = self.ready_project()
        if project is None:
            return
        self._ask()
        engine, wanted = self._context.engine, self.with_device(settings)

        def events(control: Control) -> Iterator[Event]:
            return engine.train(project, kind, wanted, control)

        self.launch(project, events)

    def start_queued(self, run: QueuedRun, following: Sequence[QueuedRun]) -> None:
        """Train a run of the queue, with the ticks that held when it was queued; prepare those that follow with it."""
        project = self.ready_project()
        if project is None:
            return
        engine = self._context.engine
        trainings = [
            Training(each.kind, self.with_device(each.settings), each.plan, each.thaw) for each in (run, *following)
        ]

        def events(control: Control) -> Iterator[Event]:
            return engine.train_first(project, trainings, control)

        self.launch(project, events)

    def resume(self, run: str) -> None:
        """Go on with a run; its curve so far is read first."""
        project = self.ready_project()
        if project is None:
            return
        engine = self._context.engine

        def launch(told: Histories) -> None:
            self.launch(project, lambda control: engine.resume(project, run, control), history=told[run])

        self._ask()
        self.prepare(lambda: read_lines(project.root, [run]), launch)

    def prepare(self, read: Callable[[], Prepared], launch: Callable[[Prepared], None]) -> None:
        """Read in the background what a training needs, and hand it to `launch`; no other one starts meanwhile."""
        self._is_starting = True
        self._context.tasks.start(
            "",
            lambda _context: read(),
            on_done=launch,
            on_failed=self._fail_start,
            on_stopped=self._give_up_start,
        )

    def clear_offers(self) -> None:
        """Take away what was offered before: the user has chosen."""
        for key in (KEY, INTERRUPTED):
            self._context.messages.clear_key(key)

    def _ask(self) -> None:
        self.clear_offers()
        self.asked.emit()

    def launch(
        self,
        project: Project,
        events: MakeEvents,
        *,
        history: Lines = (),
        histories: Histories | None = None,
        tell: Callable[[Outcome], Message] | None = None,
    ) -> None:
        """Start a training as soon as the machine is free and the project is saved.

        Args:
            project: Which `ready_project` gave.
            events: Makes them in the training thread.
            history: What an earlier part of the run told.
            histories: What earlier parts of the runs of a race told, by their identifiers.
            tell: Says how it ended; by default what is said of a single run.
        """
        self._is_starting = True

        def start() -> None:
            self._is_starting = False
            if self._context.session.project is not project or self._context.controller.is_active:
                self._context.machine.release()
                return
            # The training thread saves the project itself when it starts: keep out of its way until it has.
            self._context.saver.hold()
            self._histories, self._tell = histories or {}, tell or self._message
            self._show_new(history)
            self._context.controller.start(events)
            self.started.emit()

        # Two that compute at once would each take what the other one needs, and nothing measured would be true.
        self._context.machine.make_way(lambda: self._context.saver.flush(start))

    def offer_resume(self, interrupted: list[RunSummary]) -> None:
        """Offer to go on with the latest run that ended without a word, or to choose where there are several."""
        resumable = [run for run in interrupted if run.resumable]
        if not resumable:
            return
        run = resumable[-1]
        text = self.tr("{name} was interrupted at epoch {epoch} of {total}. Resume?").format(
            name=name_of(run), epoch=run.epoch, total=run.num_epochs
        )
        offers = [Offer(self.tr("&Resume"), lambda: self.resume(run.run))]
        several = [each for each in self._context.session.runs if _can_go_on(each)]
        if len(several) > 1:
            offers.append(Offer(self.tr("&Choose another…"), lambda: self.several_interrupted.emit(several)))
        self._context.messages.show_message(Message(MessageKind.INFO, text, tuple(offers), key=INTERRUPTED))

    def ready_project(self) -> Project | None:
        """Return the open project if a training may start in it; else say why not and return None."""
        session, messages = self._context.session, self._context.messages
        project = session.project
        if project is None:
            return None
        if project.read_only:
            text = self.tr("This project is open for reading only, so nothing can be trained: {why}")
            messages.show_message(Message(MessageKind.WARNING, text.format(why=from_core(project.read_only)), key=KEY))
            return None
        if self._context.controller.is_active or self._is_starting:
            text = self.tr("A training is running already. Wait for it or stop it first.")
            messages.show_message(Message(MessageKind.WARNING, text, key=KEY))
            return None
        return project

    def with_device(self, settings: TrainSettings) -> TrainSettings:
        return replace(settings, device=settings.device or self._context.preferences.settings.device)

    def _show_new(self, history: Lines) -> None:
        self.live = LiveRun()
        self.live.take_history(history)

    def _fail_start(self, failure: Failure) -> None:
        self._give_up_start()
        self._context.messages.show_failure(failure)

    def _give_up_start(self) -> None:
        self._is_starting = False
        self.situation_changed.emit()

    @Slot(object)
    def _take_mail(self, mail: Mail) -> None:
        self._context.saver.release()
        for start, part in parts_of(mail):
            if start is not None:
                self._show_new(self._histories.get(start.run, ()) if start.resumed else ())
                self.started.emit()
            self.live.take(part)
        self.live_changed.emit()

    @Slot(object)
    def _end(self, outcome: Outcome) -> None:
        self._context.saver.release()
        message = self._tell(outcome)
        if self.queue.goes_on and not outcome.was_stopped:
            # The next run must not replace what became of this one, nor its end.
            self._num_told += 1
            message = replace(message, key=f"{KEY}-{self._num_told}")
        self._context.messages.show_message(message)
        self.ended.emit()
        self._runs.refresh()
        if outcome.was_stopped:
            self.queue.hold()
        else:
            self.queue.start_next()

    @Slot()
    def _forget(self) -> None:
        if not self._context.controller.is_active:
            self.live = LiveRun()
            self.started.emit()

    def _message(self, outcome: Outcome) -> Message:
        run, failure = self.live.run, outcome.problem
        if outcome.was_stopped and outcome.fit_end is None:
            return Message(MessageKind.INFO, self._words.stopped_early(), key=KEY)
        if failure is not None:
            offers: tuple[Offer, ...] = ()
            if failure.resumable and run and self.live.epoch:
                offers = (Offer(self.tr("&Resume from the last checkpoint"), lambda: self.resume(run)),)
            return Message(MessageKind.ERROR, failure.text, offers, failure.details, key=KEY)
        assert outcome.fit_end is not None
        kind, text = self._words.end(outcome.fit_end, self.live)
        offers = ()
        if kind is MessageKind.INFO:
            offers = (Offer(self.tr("&Resume"), lambda: self.resume(run)),)
        return Message(kind, text, offers, key=KEY)


def _can_go_on(run: RunSummary) -> bool:
    return run.resumable and run.state is RunState.INTERRUPTED
