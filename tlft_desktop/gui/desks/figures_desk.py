"""What a run is worth, class by class: read from its answers, or measured on the test images when the user asks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.manifest import Manifest, Split
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.workers.machine_time import Booking
from tlft_desktop.gui.workers.outcome import Failure
from tlft_desktop.gui.workers.task import JobContext

if TYPE_CHECKING:
    from tlft_desktop.core.evaluation.evaluated import Evaluated

Subject = tuple[str, int, Split, Path | None]
"""Run, its best epoch, split, and table of costs."""


class FiguresDesk(QObject):
    """Knows the figures of the runs that were looked at, until another project is open.

    Signals:
        changed(): Other figures are shown, or none; or a measurement began or ended.
    """

    changed = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._run: RunSummary | None = None
        self._split = Split.VAL
        self._costs: Path | None = None
        self._known: dict[Subject, Evaluated] = {}
        self._problems: dict[Subject, str] = {}
        self._reading: Subject | None = None
        self._booking: Booking | None = None
        self._counted: tuple[Manifest, bool] | None = None
        context.session.project_changed.connect(self._forget)
        context.machine.changed.connect(self.changed)

    # What is chosen and known

    @property
    def run(self) -> RunSummary | None:
        """The run whose figures are shown."""
        return self._run

    @property
    def split(self) -> Split:
        """Validation or test."""
        return self._split

    @property
    def costs(self) -> Path | None:
        """The user's table of what mistakes cost; None where all are equally bad."""
        return self._costs

    @property
    def found(self) -> Evaluated | None:
        """The figures; None while they are not known."""
        return self._known.get(subject) if (subject := self._subject()) else None

    @property
    def problem(self) -> str:
        """Why there are no figures: a sentence; empty where nobody knows of a reason."""
        return self._problems.get(subject, "") if (subject := self._subject()) else ""

    @property
    def is_measuring(self) -> bool:
        """Whether test images are being answered."""
        return self._booking is not None

    @property
    def reason(self) -> str:
        """Why the test images cannot be looked at now: a sentence; empty where they can."""
        session, run = self._context.session, self._run
        if run is None or run.val_accuracy is None:
            return self.tr("The run has no result yet.")
        if not session.is_writable:
            return self.tr("The project is open for reading only, so the look could not be counted.")
        if not self.has_test_images:
            return self.tr(
                "The project has no test images. Move some to the test split on the page Data, and train again."
            )
        if self.is_measuring:
            return self.tr("It is being measured.")
        if self._context.machine.is_taken:
            return self.tr("A training is running: both would disturb each other.")
        return ""

    @property
    def has_test_images(self) -> bool:
        """Whether a run of the project can have test images: there are some, or were before the user moved them."""
        project, manifest = self._context.session.project, self._context.session.manifest
        if project is None or manifest is None:
            return False
        # Asked with every change, and 100,000 images take longer than a frame.
        if self._counted is None or self._counted[0] is not manifest:
            lists = (manifest.records, project.manifest.records)
            self._counted = (manifest, any(record.split is Split.TEST for records in lists for record in records))
        return self._counted[1]

    # What the user does

    def show_run(self, run: RunSummary | None) -> None:
        """Show the figures of a run; called again when it changed."""
        self._run = run
        self._read()
        self.changed.emit()

    def choose_split(self, split: Split) -> None:
        """Show the figures of other images."""
        self._split = split
        self._read()
        self.changed.emit()

    def choose_costs(self, costs: Path | None) -> None:
        """Count what mistakes cost by a table, or by none; the file is read again."""
        self._costs = costs
        if subject := self._subject():
            self._known.pop(subject, None)
            self._problems.pop(subject, None)
        self._read()
        self.changed.emit()

    @Slot()
    def open_test(self) -> None:
        """Look at the test images of the run; the look is counted in the project."""
        subject, project = self._subject(), self._context.session.project
        if subject is None or project is None or self.reason:
            return
        engine, device = self._context.engine, self._context.preferences.settings.device
        run, _, _, costs = subject

        def work(context: JobContext) -> Evaluated | None:
            return context.result_of(engine.evaluate_test(project, run, costs, device, context.control))

        self._problems.pop(subject, None)
        self._booking = Booking(
            title=self.tr("Answering the test images"),
            work=work,
            on_done=lambda found: self._end(project, subject, found=found),
            on_failed=lambda failure: self._end(project, subject, failure=failure),
            on_stopped=lambda _for_training: self._end(project, subject),
        )
        self._context.machine.book(self._booking)
        self.changed.emit()

    @Slot()
    def cancel(self) -> None:
        """End the measurement; then the images were not looked at."""
        if self._booking is not None:
            self._context.machine.cancel(self._booking)

    # Inside

    def _subject(self) -> Subject | None:
        if self._run is None:
            return None
        return self._run.run, self._run.best_epoch or 0, self._split, self._costs

    def _read(self) -> None:
        """Read figures of validation images that are not known."""
        subject, project = self._subject(), self._context.session.project
        if project is None or subject is None or self._run is None or self._run.val_accuracy is None:
            return
        if self._split is not Split.VAL or subject in self._known or subject in self._problems:
            return
        if self._reading == subject:
            return
        self._reading = subject
        engine = self._context.engine
        run, _, _, costs = subject

        def work(_context: JobContext) -> Evaluated:
            return engine.evaluate(project, run, costs)

        def done(found: Evaluated) -> None:
            self._take(project, subject, found=found)

        def failed(failure: Failure) -> None:
            # Why a run has no figures belongs in their place, not into the messages.
            self._take(project, subject, failure=failure)

        self._context.tasks.start("", work, on_done=done, on_failed=failed)

    def _end(
        self, project: Project, subject: Subject, *, found: Evaluated | None = None, failure: Failure | None = None
    ) -> None:
        self._booking = None
        self._take(project, subject, found=found, failure=failure)

    def _take(
        self, project: Project, subject: Subject, *, found: Evaluated | None = None, failure: Failure | None = None
    ) -> None:
        if self._reading == subject:
            self._reading = None
        if self._context.session.project is project:
            if found is not None:
                self._known[subject] = found
            elif failure is not None:
                self._problems[subject] = failure.text
        self.changed.emit()

    @Slot()
    def _forget(self) -> None:
        self.cancel()
        self._run, self._costs, self._reading, self._counted = None, None, None, None
        self._known, self._problems = {}, {}
        self.changed.emit()
