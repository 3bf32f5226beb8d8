"""Starts and resumes trainings and tells how they ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.core.control import Control
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import Event, FitEnd
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.run_desk import RunDesk
from tlft_desktop.gui.engine import TrainSettings
from tlft_desktop.gui.live_run import LiveRun
from tlft_desktop.gui.widgets.messages import Message, MessageKind, Offer
from tlft_desktop.gui.workers.mailbox import Mail
from tlft_desktop.gui.workers.outcome import Failure, Outcome, failure_of_fit_end
from tlft_desktop.gui.workers.task import JobContext
from tlft_desktop.gui.workers.training_worker import MakeEvents

KEY = "training"


class TrainingDesk(QObject):
    """Between the pages and the training thread.

    Signals:
        started(): Another run is shown live.
        live_changed(): The live run got events.
        ended(): The live run is over.
    """

    started = Signal()
    live_changed = Signal()
    ended = Signal()

    def __init__(self, context: AppContext, runs: RunDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._runs = context, runs
        self.live = LiveRun()
        self._is_starting = False
        context.controller.mail_arrived.connect(self._take_mail)
        context.controller.ended.connect(self._end)
        context.session.project_changed.connect(self._forget)

    @property
    def can_start(self) -> bool:
        """Whether a training may start now."""
        return self._context.session.is_writable and not self._context.controller.is_active and not self._is_starting

    def start(self, kind: StrategyKind, settings: TrainSettings) -> None:
        """Train the open project; refused in words while another training runs."""
        project = self._ready_project()
        if project is not None:
            engine = self._context.engine

            def events(control: Control) -> Iterator[Event]:
                return engine.train(project, kind, replace(settings, device=self._device()), control)

            self._launch(project, events, [])

    def resume(self, run: str) -> None:
        """Go on with a run; its curve so far is read first."""
        project = self._ready_project()
        if project is None:
            return
        engine = self._context.engine

        def work(_context: JobContext) -> list[dict[str, Any]]:
            return RunStore(project.root).metrics(run)

        def done(history: list[dict[str, Any]]) -> None:
            self._launch(project, lambda control: engine.resume(project, run, control), history)

        self._is_starting = True
        self._context.tasks.start("", work, on_done=done, on_failed=self._fail_start)

    def offer_resume(self, interrupted: list[RunSummary]) -> None:
        """Offer to go on with the latest run that ended without a word."""
        resumable = [run for run in interrupted if run.resumable]
        if not resumable:
            return
        run = resumable[-1]
        text = self.tr("{name} was interrupted at epoch {epoch} of {total}. Resume?").format(
            name=run.name or run.run, epoch=run.epoch, total=run.num_epochs
        )
        offer = Offer(self.tr("&Resume"), lambda: self.resume(run.run))
        self._context.messages.show_message(Message(MessageKind.INFO, text, (offer,), key="interrupted"))

    def _ready_project(self) -> Project | None:
        session, messages = self._context.session, self._context.messages
        project = session.project
        if project is None:
            return None
        if project.read_only:
            text = self.tr("This project is open for reading only, so nothing can be trained: {why}")
            messages.show_message(Message(MessageKind.WARNING, text.format(why=project.read_only), key=KEY))
            return None
        if self._context.controller.is_active or self._is_starting:
            text = self.tr("A training is running already. Wait for it or stop it first.")
            messages.show_message(Message(MessageKind.WARNING, text, key=KEY))
            return None
        return project

    def _device(self) -> str:
        return self._context.preferences.settings.device

    def _launch(self, project: Project, events: MakeEvents, history: list[dict[str, Any]]) -> None:
        self._is_starting = True
        for key in (KEY, "interrupted"):
            self._context.messages.clear_key(key)

        def start() -> None:
            self._is_starting = False
            if self._context.session.project is not project or self._context.controller.is_active:
                return
            # The training thread saves the project itself when it starts: keep out of its way until it has.
            self._context.saver.hold()
            self.live = LiveRun()
            self.live.take_history(history)
            self._context.controller.start(events)
            self.started.emit()

        self._context.saver.flush(start)

    def _fail_start(self, failure: Failure) -> None:
        self._is_starting = False
        self._context.messages.show_failure(failure)

    @Slot(object)
    def _take_mail(self, mail: Mail) -> None:
        self._context.saver.release()
        self.live.take(mail)
        self.live_changed.emit()

    @Slot(object)
    def _end(self, outcome: Outcome) -> None:
        self._context.saver.release()
        self._context.messages.show_message(self._message(outcome))
        self.ended.emit()
        self._runs.refresh()

    @Slot()
    def _forget(self) -> None:
        if not self._context.controller.is_active:
            self.live = LiveRun()
            self.started.emit()

    def _message(self, outcome: Outcome) -> Message:
        failure = outcome.failure or (failure_of_fit_end(outcome.fit_end) if outcome.fit_end else None)
        if failure is not None:
            offers: tuple[Offer, ...] = ()
            run = self.live.run
            if failure.resumable and run and self.live.epoch:
                offers = (Offer(self.tr("&Resume from the last checkpoint"), lambda: self.resume(run)),)
            return Message(MessageKind.ERROR, failure.text, offers, failure.details, key=KEY)
        assert outcome.fit_end is not None
        return self._end_message(outcome.fit_end)

    def _end_message(self, end: FitEnd) -> Message:
        best = self.live.best
        result = ""
        if best is not None:
            epoch, point = best
            result = self.tr("Best validation accuracy {accuracy} in epoch {epoch}.").format(
                accuracy=fmt.accuracy(point.accuracy, point.low, point.high), epoch=epoch
            )
        if end.frozen_proof == "violated":
            text = self.tr("Frozen layers changed while training: do not trust this run.")
            return Message(MessageKind.ERROR, f"{text} {result}".strip(), key=KEY)
        if end.state == "completed":
            text = self.tr("Training finished in {time}.").format(time=fmt.duration(end.total_seconds))
            return Message(MessageKind.SUCCESS, f"{text} {result}".strip(), key=KEY)
        run = self.live.run
        text = self.tr("Training stopped; the run is kept and can be resumed.")
        offer = Offer(self.tr("&Resume"), lambda: self.resume(run))
        return Message(MessageKind.INFO, f"{text} {result}".strip(), (offer,), key=KEY)
