"""The advice for the open project: measured when the user asks; its reasons come as they are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.core.advice.pilot import RULE
from tlft_desktop.core.project.project import Project
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.depth_desk import DepthDesk
from tlft_desktop.gui.desks.probe_desk import ProbeDesk
from tlft_desktop.gui.workers.task import JobContext, Progress

if TYPE_CHECKING:
    from tlft_desktop.core.advice.advisor import Advice
    from tlft_desktop.core.advice.depth_curve import DepthCurve


class AdviceDesk(ProbeDesk):
    """Asks which strategy fits.

    Args:
        context: Parts of the program.
        depths: Takes the depth curve that is measured on the way.

    Signals:
        advised(): There is an advice of the rules that was not there before.
    """

    advised = Signal()
    _told = Signal(str)

    def __init__(self, context: AppContext, depths: DepthDesk, parent: QObject | None = None) -> None:
        self._advice: Advice | None = None
        self._of_rules: Advice | None = None
        self._earlier = ""
        self._reasons: list[str] = []
        super().__init__(context, parent)
        self._depths = depths
        self._told.connect(self._take_reason)

    @property
    def advice(self) -> Advice | None:
        """The advice for the open project as it is now; None where none was asked for."""
        return self._advice

    @property
    def reasons(self) -> tuple[str, ...]:
        """What was measured so far, in the order in which it was found: sentences of the core."""
        return tuple(self._reasons)

    @property
    def of_rules(self) -> Advice | None:
        """The advice as it was before the ways were tried out."""
        return self._of_rules

    @property
    def earlier(self) -> str:
        """How good earlier advices of the project were: sentences of the core; empty where nobody knows."""
        return self._earlier

    def take_revised(self, advice: Advice) -> None:
        """Take the advice after trying the ways out."""
        if self._of_rules is not None:
            self._advice = advice
            self.changed.emit()

    def _title(self) -> str:
        return self.tr("Measuring for an advice")

    def _work(self, project: Project, device: str, context: JobContext) -> tuple[Advice, DepthCurve, str] | None:
        found = None
        for item in self._context.engine.advice(project, device, context.control):
            if isinstance(item, Progress):
                context.report(item)
            elif isinstance(item, str):
                self._told.emit(item)
            else:
                found = item
        return found

    @Slot(str)
    def _take_reason(self, text: str) -> None:
        # Of a measurement that was cancelled since, or of other images, one may still be on its way.
        if self.is_measuring_this:
            self._reasons.append(text)
            self.changed.emit()

    def _begin(self) -> None:
        self._reasons.clear()

    def _give_up(self) -> None:
        if self._advice is not None:
            self._reasons = _measured(self._advice)

    def _take(self, result: tuple[Advice, DepthCurve, str]) -> None:
        self._advice, curve, self._earlier = result
        self._of_rules = self._advice
        self._depths.take_curve(curve)
        self.advised.emit()

    def _forget(self) -> None:
        self._advice = self._of_rules = None
        self._reasons.clear()


def _measured(advice: Advice) -> list[str]:
    """Return what was measured in sentences; what a pilot says stands beside the advice."""
    return [reason.text for reason in advice.reasons[1:] if reason.name != RULE]
