"""Classifies images in the background and hands over answers as they come."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.core.project.project import Project
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.engine import Answer, ModelSource
from tlft_desktop.gui.folder_offer import folder_offer
from tlft_desktop.gui.widgets.messages import Message, MessageKind
from tlft_desktop.gui.workers.outcome import Failure
from tlft_desktop.gui.workers.task import Job, JobContext, Progress

KEY = "classify"


class _Basket:
    """Answers on their way from the job's thread to the window's."""

    def __init__(self) -> None:
        self._answers: deque[Answer] = deque()
        self._lock = threading.Lock()

    def put(self, answer: Answer) -> None:
        """Add an answer; called by the job."""
        with self._lock:
            self._answers.append(answer)

    def take_all(self) -> list[Answer]:
        """Return what came since the last time; called by the window."""
        with self._lock:
            answers = list(self._answers)
            self._answers.clear()
        return answers


class ClassifyDesk(QObject):
    """One classification at a time; a new one ends the one before.

    Signals:
        started(): The answers so far are over; new ones follow.
        answered(answers): More answers came; a list of `Answer`.
        progressed(): The job is further on.
        ended(): No more answers come; those that came stay.
    """

    started = Signal()
    answered = Signal(list)
    progressed = Signal()
    ended = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None
        self._basket = _Basket()
        context.tasks.jobs_changed.connect(self._follow)
        context.session.project_changed.connect(self._forget)

    @property
    def job(self) -> Job | None:
        """The classification that runs; None where none does."""
        return self._job

    def classify(self, source: ModelSource, paths: Sequence[Path]) -> None:
        """Classify images, and those in folders."""
        project = self._context.session.project
        if project is None or not paths:
            return
        self.cancel()
        self._context.messages.clear_key(KEY)
        basket = self._basket = _Basket()
        engine, wanted = self._context.engine, tuple(paths)

        def work(context: JobContext) -> bool:
            total = number = 0
            items: Iterator[Any] = engine.classify(project, source, wanted, context.control)
            with closing(items):  # type: ignore[type-var]
                for item in items:
                    if isinstance(item, Progress):
                        total = item.total
                    else:
                        number += 1
                        basket.put(item)
                    context.report(Progress(number, total))
            return True

        def ended(_result: object = None) -> None:
            self._end(basket)

        def failed(failure: Failure) -> None:
            self._end(basket)
            if self._is_open(project):
                self._tell_failure(failure)

        self.started.emit()
        title = self.tr("Classifying images")
        self._job = self._context.tasks.start(title, work, on_done=ended, on_failed=failed, on_stopped=ended)

    @Slot()
    def cancel(self) -> None:
        """End the classification; what was answered stays."""
        if self._job is not None:
            self._job.control.request_stop()

    def save_table(self, path: Path, answers: Sequence[Answer]) -> None:
        """Write answers as a table, in the background."""
        engine, rows = self._context.engine, tuple(answers)

        def work(_context: JobContext) -> Path:
            engine.save_answers(path, rows)
            return path

        self._context.tasks.start(self.tr("Saving {name}").format(name=path.name), work, on_done=self._saved)

    def _saved(self, path: Path) -> None:
        offer = folder_offer(self.tr("&Open the folder"), path.absolute().parent)
        text = self.tr("The table was saved: {path}").format(path=str(path))
        self._context.messages.show_message(Message(MessageKind.SUCCESS, text, (offer,), key="answers_saved"))

    def _tell_failure(self, failure: Failure) -> None:
        text = self.tr("The images were not classified. {why}").format(why=failure.text)
        self._context.messages.show_message(Message(MessageKind.ERROR, text, details=failure.details, key=KEY))

    def _end(self, basket: _Basket) -> None:
        # A classification that was ended for a newer one has nothing to say any more.
        if basket is self._basket:
            self._hand_over()
            self._job = None
            self.ended.emit()

    @Slot()
    def _follow(self) -> None:
        if self._job is not None:
            self._hand_over()
            self.progressed.emit()

    def _hand_over(self) -> None:
        answers = self._basket.take_all()
        if answers:
            self.answered.emit(answers)

    @Slot()
    def _forget(self) -> None:
        self.cancel()
        self._job, self._basket = None, _Basket()

    def _is_open(self, project: Project) -> bool:
        return self._context.session.project is project
