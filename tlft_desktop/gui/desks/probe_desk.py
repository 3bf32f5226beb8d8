"""What the desks have in common that probe the images of the open project: asked for, kept while these stay."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.manifest import Manifest
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.workers.machine_time import Booking
from tlft_desktop.gui.workers.outcome import Failure
from tlft_desktop.gui.workers.task import JobContext


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What is probed; comparing the images themselves would take long."""

    project: Project
    manifest: Manifest
    backbone: str
    image_size: int

    def is_same(self, other: Subject | None) -> bool:
        """Tell whether another subject has the same images and network."""
        if other is None or self.project is not other.project or self.manifest is not other.manifest:
            return False
        return (self.backbone, self.image_size) == (other.backbone, other.image_size)


class ProbeDesk(QObject):
    """Measures something of the open project's images and network in the background, when the user asks.

    Args:
        context: Parts of the program.

    Signals:
        changed(): There is another result, or none; measuring began or ended; or it may begin now.
    """

    changed = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._subject: Subject | None = None
        self._booking: Booking | None = None
        self._booked: Subject | None = None
        self._problem = ""
        session = context.session
        for signal in (session.project_changed, session.layer_tree_changed, session.images_changed):
            signal.connect(self._follow)
        context.machine.changed.connect(self.changed)

    @property
    def is_measuring(self) -> bool:
        """Whether a result is on its way."""
        return self._booking is not None

    @property
    def is_measuring_this(self) -> bool:
        """Whether a result of what is open now is on its way, not one of what was open before."""
        return self.is_measuring and self._booked is not None and self._booked.is_same(self._subject)

    @property
    def problem(self) -> str:
        """Why the last measurement came to nothing: a sentence; empty where it did not."""
        return self._problem

    @property
    def reason(self) -> str:
        """Why nothing can be measured now: a sentence; empty where it can."""
        if self._subject is None:
            return self.tr("The layers are not read yet.")
        if self.is_measuring:
            return self.tr("It is being measured.")
        if self._context.machine.is_taken:
            return self.tr("A training is running: both would disturb each other.")
        return ""

    @Slot()
    def measure(self) -> None:
        """Measure in the background; the network that is measured is written into the project first."""
        subject = self._subject
        if subject is not None and not self.reason:
            self._context.saver.flush(lambda: self._book(subject))

    @Slot()
    def cancel(self) -> None:
        """Stop measuring; what was found before stays."""
        if self._booking is not None:
            self._context.machine.cancel(self._booking)

    @abstractmethod
    def _title(self) -> str:
        """Return what the job is called."""

    @abstractmethod
    def _work(self, project: Project, device: str, context: JobContext) -> Any:
        """Measure; called outside of the window's thread."""

    def _begin(self) -> None:
        """Drop what was found before: a measurement begins."""

    def _give_up(self) -> None:
        """Go back to what was found before: a measurement came to nothing."""

    @abstractmethod
    def _take(self, result: Any) -> None:
        """Keep a result that is still of what is open."""

    @abstractmethod
    def _forget(self) -> None:
        """Drop the result: something else is open."""

    def _book(self, subject: Subject) -> None:
        if not subject.is_same(self._subject) or self.reason:
            return
        device = self._context.preferences.settings.device
        self._problem, self._booked = "", subject
        self._begin()
        self._booking = Booking(
            title=self._title(),
            work=lambda context: self._work(subject.project, device, context),
            on_done=lambda result: self._end(subject, result=result),
            on_failed=lambda failure: self._end(subject, failure=failure),
            on_stopped=lambda _for_training: self._end(subject),
        )
        self._context.machine.book(self._booking)
        self.changed.emit()

    def _end(self, subject: Subject, *, result: Any = None, failure: Failure | None = None) -> None:
        self._booking = None
        if subject.is_same(self._subject):
            if result is not None:
                self._take(result)
            else:
                self._give_up()
            self._problem = failure.text if failure else ""
        self.changed.emit()

    @Slot()
    def _follow(self) -> None:
        subject = self._subject_now()
        if subject is self._subject or (subject is not None and subject.is_same(self._subject)):
            return
        self._subject, self._problem = subject, ""
        self._forget()
        if self._booking is not None:
            self._context.machine.cancel(self._booking)
        self.changed.emit()

    def _subject_now(self) -> Subject | None:
        session = self._context.session
        if session.project is None or session.manifest is None or session.layer_tree is None:
            return None
        return Subject(session.project, session.manifest, session.backbone, session.image_size)
