"""What folds of all images show of a head that few validation images judged: found behind the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.core.project.project import Project
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.workers.machine_time import Booking
from tlft_desktop.gui.workers.outcome import Failure
from tlft_desktop.gui.workers.task import JobContext

if TYPE_CHECKING:
    from tlft_desktop.core.evaluation.evaluated import Evaluated
    from tlft_desktop.core.evaluation.head_folds import HeadFolds

Subject = tuple[str, int]
"""Run, and its best epoch."""


class FoldsDesk(QObject):
    """Knows what folds showed of the runs that were looked at, until another project is open.

    Signals:
        changed(): There is something else to show, or nothing.
    """

    changed = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._subject: Subject | None = None
        self._known: dict[Subject, HeadFolds] = {}
        self._problems: dict[Subject, str] = {}
        self._booking: Booking | None = None
        context.session.project_changed.connect(self._forget)
        context.session.run_changed.connect(self._forget_others)

    @property
    def found(self) -> HeadFolds | None:
        """What folds showed; None where nobody looked, or is still looking."""
        return self._known.get(self._subject) if self._subject else None

    @property
    def problem(self) -> str:
        """Why they show nothing: a sentence; empty where nothing stands in the way."""
        return self._problems.get(self._subject, "") if self._subject else ""

    @property
    def is_working(self) -> bool:
        """Whether heads are being trained, or wait for their turn."""
        return self._booking is not None

    def show_run(self, evaluated: Evaluated | None) -> None:
        """Look at a run on folds if few validation images judged its head; work for another run is cancelled.

        While a training has the machine nothing begins: call again when it ended.
        """
        subject = (evaluated.run, evaluated.epoch or 0) if evaluated is not None and evaluated.is_worth_folds else None
        if subject != self._subject:
            self._cancel()
            self._subject = subject
            self.changed.emit()
        is_told = subject is None or subject in self._known or subject in self._problems
        if not is_told and self._booking is None and not self._context.machine.is_taken:
            self._begin()

    def _begin(self) -> None:
        subject, project = self._subject, self._context.session.project
        if subject is None or project is None:
            return
        engine = self._context.engine

        def work(context: JobContext) -> HeadFolds | None:
            return context.result_of(engine.fold_head(project, subject[0], context.control))

        booking = Booking(
            title="",
            work=work,
            on_done=lambda found: self._end(booking, project, subject, found=found),
            on_failed=lambda failure: self._end(booking, project, subject, failure=failure),
            on_stopped=lambda _for_training: self._end(booking, project, subject),
            gives_way=True,
        )
        self._booking = booking
        self._context.machine.book(booking)

    def _cancel(self) -> None:
        booking, self._booking = self._booking, None
        if booking is not None:
            self._context.machine.cancel(booking)

    def _end(
        self,
        booking: Booking,
        project: Project,
        subject: Subject,
        *,
        found: HeadFolds | None = None,
        failure: Failure | None = None,
    ) -> None:
        if self._booking is booking:
            self._booking = None
        if self._context.session.project is project:
            if found is not None:
                self._known[subject] = found
            elif failure is not None:
                self._problems[subject] = failure.text
        self.changed.emit()

    @Slot()
    def _forget_others(self) -> None:
        """Which run is the best of several changes with the others; what is kept is soon told again."""
        self._known = {subject: found for subject, found in self._known.items() if subject == self._subject}

    @Slot()
    def _forget(self) -> None:
        self._cancel()
        self._subject = None
        self._known, self._problems = {}, {}
        self.changed.emit()
