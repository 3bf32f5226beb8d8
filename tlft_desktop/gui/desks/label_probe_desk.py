"""Probes that have not learned the training images of a run: asked when the user wants it, in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.core.project.project import Project
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.workers.machine_time import Booking
from tlft_desktop.gui.workers.outcome import Failure
from tlft_desktop.gui.workers.task import JobContext

if TYPE_CHECKING:
    from tlft_desktop.gui.lazy_mistakes import RunImages

MOST_RUNS = 4
"""Runs whose answers are kept; those of others are read again from the disk."""


class LabelProbeDesk(QObject):
    """Asks one probe at a time.

    Changed images leave its answers as they are: they tell of the images that the run learned from.

    Args:
        context: Parts of the program.

    Signals:
        changed(): There are other answers, asking began or ended, or it may begin now.
    """

    changed = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._found: dict[str, RunImages] = {}
        self._problems: dict[str, str] = {}
        self._booking: Booking | None = None
        self._asked = ""
        context.session.project_changed.connect(self._forget)
        context.machine.changed.connect(self.changed)

    def images_of(self, run: str) -> RunImages | None:
        """Return what the probe of a run answered; None where it was not asked yet."""
        return self._found.get(run)

    def problem_of(self, run: str) -> str:
        """Return why asking the probe of a run came to nothing: a sentence; empty where it did not."""
        return self._problems.get(run, "")

    def is_asking(self, run: str) -> bool:
        """Tell whether the answers of the probe of a run are on their way."""
        return self._booking is not None and self._asked == run

    @property
    def reason(self) -> str:
        """Why no probe can be asked now: a sentence; empty where one can."""
        if self._context.session.project is None:
            return self.tr("No project is open.")
        if self._booking is not None:
            return self.tr("The training images of another run are being judged.")
        if self._context.machine.is_taken:
            return self.tr("A training is running: both would disturb each other.")
        return ""

    def take(self, run: str, images: RunImages | None) -> None:
        """Keep the answers of a probe that were read from the disk; None for none."""
        if images is None:
            return
        self._found.pop(run, None)
        self._found[run] = images
        self._problems.pop(run, None)
        for old in list(self._found)[:-MOST_RUNS]:
            del self._found[old]

    def ask(self, run: str) -> None:
        """Ask the probe of a run about its training images, in the background."""
        session, engine = self._context.session, self._context.engine
        project, manifest = session.project, session.manifest
        if project is None or manifest is None or self.reason:
            return
        self._asked = run
        self._problems.pop(run, None)

        def work(context: JobContext) -> RunImages | None:
            return context.result_of(engine.training_images(project, manifest, run, context.control))

        self._booking = Booking(
            title=self.tr("Judging the labels of training images"),
            work=work,
            on_done=lambda images: self._end(project, run, images=images),
            on_failed=lambda failure: self._end(project, run, failure=failure),
            on_stopped=lambda _for_training: self._end(project, run),
        )
        self._context.machine.book(self._booking)
        self.changed.emit()

    @Slot()
    def cancel(self) -> None:
        """Stop asking; what the network gave so far is kept."""
        if self._booking is not None:
            self._context.machine.cancel(self._booking)

    def _end(
        self, project: Project, run: str, *, images: RunImages | None = None, failure: Failure | None = None
    ) -> None:
        self._booking = None
        if self._context.session.project is project:
            self.take(run, images)
            if failure is not None:
                self._problems[run] = failure.text
        self.changed.emit()

    @Slot()
    def _forget(self) -> None:
        self._found, self._problems = {}, {}
        self.cancel()
