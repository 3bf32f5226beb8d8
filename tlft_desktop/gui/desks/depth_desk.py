"""The depth curve of the open project: measured when the user asks, kept while its images and network stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.manifest import Manifest
from tlft_desktop.gui.engine import Engine
from tlft_desktop.gui.plan_saver import PlanSaver
from tlft_desktop.gui.preferences import Preferences
from tlft_desktop.gui.session import Session
from tlft_desktop.gui.workers.machine_time import Booking, MachineTime
from tlft_desktop.gui.workers.outcome import Failure
from tlft_desktop.gui.workers.task import JobContext, Progress

if TYPE_CHECKING:
    from tlft_desktop.core.advice.depth_curve import DepthCurve


@dataclass(frozen=True, slots=True, eq=False)
class _Subject:
    """What a curve is of; comparing the images themselves would take long."""

    project: Project
    manifest: Manifest
    backbone: str
    image_size: int

    def is_same(self, other: _Subject | None) -> bool:
        if other is None or self.project is not other.project or self.manifest is not other.manifest:
            return False
        return (self.backbone, self.image_size) == (other.backbone, other.image_size)


class DepthDesk(QObject):
    """Measures how well each depth of the network separates the classes.

    Args:
        engine: Measures.
        session: The open project.
        saver: Writes the network that is measured into the project first.
        machine: Whom it asks for the machine.
        preferences: Name the device.

    Signals:
        changed(): There is another curve, or none; measuring began or ended; or it may begin now.
    """

    changed = Signal()

    def __init__(
        self,
        engine: Engine,
        session: Session,
        saver: PlanSaver,
        machine: MachineTime,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine, self._session, self._saver = engine, session, saver
        self._machine, self._preferences = machine, preferences
        self._subject: _Subject | None = None
        self._curve: DepthCurve | None = None
        self._booking: Booking | None = None
        self._problem = ""
        for signal in (session.project_changed, session.layer_tree_changed, session.images_changed):
            signal.connect(self._follow)
        machine.changed.connect(self.changed)

    @property
    def curve(self) -> DepthCurve | None:
        """The curve of the open project as it is now; None where it was not measured."""
        return self._curve

    @property
    def is_measuring(self) -> bool:
        """Whether a curve is on its way."""
        return self._booking is not None

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
        if self._machine.is_taken:
            return self.tr("A training is running: both would disturb each other.")
        return ""

    @Slot()
    def measure(self) -> None:
        """Measure the curve in the background."""
        subject = self._subject
        if subject is not None and not self.reason:
            self._saver.flush(lambda: self._book(subject))

    def _book(self, subject: _Subject) -> None:
        if not subject.is_same(self._subject) or self.reason:
            return
        engine, device = self._engine, self._preferences.settings.device

        def work(context: JobContext) -> DepthCurve | None:
            curve = None
            for item in engine.depth_curve(subject.project, device, context.control):
                if isinstance(item, Progress):
                    context.report(item)
                else:
                    curve = item
            return curve

        self._problem = ""
        self._booking = Booking(
            title=self.tr("Measuring the depth curve"),
            work=work,
            on_done=lambda curve: self._end(subject, curve=curve),
            on_failed=lambda failure: self._end(subject, failure=failure),
            on_stopped=lambda _for_training: self._end(subject),
        )
        self._machine.book(self._booking)
        self.changed.emit()

    def _end(self, subject: _Subject, *, curve: DepthCurve | None = None, failure: Failure | None = None) -> None:
        self._booking = None
        if subject.is_same(self._subject):
            self._curve = curve or self._curve
            self._problem = failure.text if failure else ""
        self.changed.emit()

    @Slot()
    def _follow(self) -> None:
        subject = self._subject_now()
        if subject is self._subject or (subject is not None and subject.is_same(self._subject)):
            return
        self._subject, self._curve, self._problem = subject, None, ""
        if self._booking is not None:
            self._machine.cancel(self._booking)
        self.changed.emit()

    def _subject_now(self) -> _Subject | None:
        session = self._session
        if session.project is None or session.manifest is None or session.layer_tree is None:
            return None
        return _Subject(session.project, session.manifest, session.backbone, session.image_size)
