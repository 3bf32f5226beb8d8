"""What folds of all images show of the head of a run: found behind the window where few validation images judged it."""

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

    Of a head that few validation images judged this is found unasked; of others it takes longer and changes less, so
    the user asks for it.

    Signals:
        changed(): There is something else to show, or nothing.
    """

    changed = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._subject: Subject | None = None
        self._is_unasked = False
        self._is_head_alone = False
        self._known: dict[Subject, HeadFolds] = {}
        self._problems: dict[Subject, str] = {}
        self._bookings: dict[Subject, Booking] = {}
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
        """Whether heads of the run are being trained, or wait for their turn."""
        return self._subject in self._bookings

    @property
    def is_asked(self) -> bool:
        """Whether they are because the user asked for it."""
        return self._subject in self._bookings and not self._bookings[self._subject].gives_way

    @property
    def is_offered(self) -> bool:
        """Whether the user may ask for folds of the run that is shown."""
        return self._subject is not None and not self._is_unasked and self.found is None and not self.is_working

    @property
    def reason(self) -> str:
        """Why they cannot be had: a sentence; empty where they can."""
        if not self._is_head_alone:
            return self.tr(
                "Folds are for runs that trained nothing but a head, solved exactly: of others they would train the "
                "network again and again. A race with several seeds (page Train) shows what chance does to these."
            )
        if self._context.machine.is_taken:
            return self.tr("A training is running: both would disturb each other.")
        return ""

    def show_run(self, evaluated: Evaluated | None) -> None:
        """Look at a run on folds if few validation images judged its head.

        Work for another run is cancelled unless the user asked for it. While a training has the machine nothing
        begins: call again when it ended.
        """
        can_be_asked = evaluated is not None and evaluated.may_have_folds
        subject = (evaluated.run, evaluated.epoch or 0) if evaluated is not None and can_be_asked else None
        self._is_unasked = evaluated is not None and evaluated.is_worth_folds
        self._is_head_alone = evaluated is not None and evaluated.is_head_alone
        if subject != self._subject:
            self._cancel_unasked()
            self._subject = subject
            self.changed.emit()
        is_told = subject in self._known or subject in self._problems
        if self._is_unasked and not is_told and not self.is_working and not self._context.machine.is_taken:
            self._begin(title="", gives_way=True)

    @Slot()
    def ask(self) -> None:
        """Look at the run on folds because the user wishes it, however many images judged its head."""
        if not self.is_offered or self.reason:
            return
        if self._subject is not None:
            self._problems.pop(self._subject, None)
        self._begin(title=self.tr("Training heads on folds"), gives_way=False)
        self.changed.emit()

    @Slot()
    def cancel(self) -> None:
        """End what the user asked for."""
        if self.is_asked and self._subject is not None:
            self._context.machine.cancel(self._bookings[self._subject])

    def _begin(self, *, title: str, gives_way: bool) -> None:
        subject, project = self._subject, self._context.session.project
        if subject is None or project is None:
            return
        engine = self._context.engine

        def work(context: JobContext) -> HeadFolds | None:
            return context.result_of(engine.fold_head(project, subject[0], context.control))

        booking = Booking(
            title=title,
            work=work,
            on_done=lambda found: self._end(booking, project, subject, found=found),
            on_failed=lambda failure: self._end(booking, project, subject, failure=failure),
            on_stopped=lambda _for_training: self._end(booking, project, subject),
            gives_way=gives_way,
        )
        self._bookings[subject] = booking
        self._context.machine.book(booking)

    def _cancel_unasked(self) -> None:
        for subject, booking in tuple(self._bookings.items()):
            if booking.gives_way:
                del self._bookings[subject]
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
        if self._bookings.get(subject) is booking:
            del self._bookings[subject]
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
        bookings, self._bookings = self._bookings, {}
        for booking in bookings.values():
            self._context.machine.cancel(booking)
        self._subject, self._is_unasked = None, False
        self._known, self._problems = {}, {}
        self.changed.emit()
