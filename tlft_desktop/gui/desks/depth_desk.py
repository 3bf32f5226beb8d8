"""The depth curve of the open project: measured when the user asks, kept while its images and network stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlft_desktop.core.project.project import Project
from tlft_desktop.gui.desks.probe_desk import ProbeDesk
from tlft_desktop.gui.workers.task import JobContext

if TYPE_CHECKING:
    from tlft_desktop.core.advice.depth_curve import DepthCurve


class DepthDesk(ProbeDesk):
    """Measures how well each depth of the network separates the classes."""

    _curve: DepthCurve | None = None

    @property
    def curve(self) -> DepthCurve | None:
        """The curve of the open project as it is now; None where it was not measured."""
        return self._curve

    def take_curve(self, curve: DepthCurve) -> None:
        """Keep a curve that another measurement of the same images found on its way."""
        self._take(curve)
        self.changed.emit()

    def _title(self) -> str:
        return self.tr("Measuring the depth curve")

    def _work(self, project: Project, device: str, context: JobContext) -> DepthCurve | None:
        return context.result_of(self._context.engine.depth_curve(project, device, context.control))

    def _take(self, result: DepthCurve) -> None:
        self._curve = result

    def _forget(self) -> None:
        self._curve = None
