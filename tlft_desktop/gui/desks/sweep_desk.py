"""Networks, or sizes of the images, compared for the open project when the user asks; each comes as it is found."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.sweep import Over, Sweep, SweepPoint
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.probe_desk import ProbeDesk, Subject
from tlft_desktop.gui.workers.task import JobContext, Progress


class SweepDesk(ProbeDesk):
    """Compares what `over` says; what was found of the other is kept.

    Args:
        context: Parts of the program.
    """

    _found = Signal(object)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        self._over = Over.BACKBONE
        self._measured: Over | None = None
        self._points: list[SweepPoint] = []
        self._parts: dict[Over, tuple[SweepPoint, ...]] = {}
        self._sweeps: dict[Over, Sweep] = {}
        super().__init__(context, parent)
        self._found.connect(self._take_point)

    @property
    def over(self) -> Over:
        """What is compared."""
        return self._over

    @property
    def sweep(self) -> Sweep | None:
        """The whole comparison; None where it was not made, or is being made."""
        return None if self.is_on_its_way else self._sweeps.get(self._over)

    @property
    def points(self) -> tuple[SweepPoint, ...]:
        """What was found so far, in the order in which it was found; of one that was stopped too."""
        if self.is_on_its_way:
            return tuple(self._points)
        sweep = self._sweeps.get(self._over)
        return sweep.points if sweep is not None else self._parts.get(self._over, ())

    def set_over(self, over: Over) -> None:
        """Choose what is compared; what is being measured goes on."""
        if over is not self._over:
            self._over, self._problem = over, ""
            self.changed.emit()

    @property
    def is_on_its_way(self) -> bool:
        """Whether what is compared is being measured, and not the other."""
        return self.is_measuring and self._measured is self._over

    def _title(self) -> str:
        return self.tr("Comparing networks") if self._over is Over.BACKBONE else self.tr("Comparing image sizes")

    def _work(self, project: Project, device: str, context: JobContext) -> Sweep | None:
        over, sweep = self._measured, None
        assert over is not None
        for item in self._context.engine.sweep(project, over, device, context.control):
            if isinstance(item, Progress):
                context.report(item)
            elif isinstance(item, SweepPoint):
                self._found.emit(item)
            else:
                sweep = item
        return sweep

    @Slot(object)
    def _take_point(self, point: SweepPoint) -> None:
        # Of other images, one may still be on its way.
        if self._measured is not None:
            self._points.append(point)
            self.changed.emit()

    def _begin(self) -> None:
        self._measured = self._over
        self._points.clear()

    def _give_up(self) -> None:
        if self._measured is not None:
            self._parts[self._measured] = tuple(self._points)
        self._measured = None

    def _take(self, result: Sweep) -> None:
        if self._measured is not None:
            self._sweeps[self._measured] = result
        self._measured = None

    def _forget(self) -> None:
        self._measured = None
        self._points.clear()
        self._parts.clear()
        self._sweeps.clear()

    def _subject_now(self) -> Subject | None:
        # What was found of other networks and sizes stays true where the project takes one of them.
        subject = super()._subject_now()
        return None if subject is None else replace(subject, backbone="", image_size=0)
