"""A pilot for the open project: the ways are tried out when the user asks, or when the rules of the advice disagree."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.core.project.project import Project
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.advice_desk import AdviceDesk
from tlft_desktop.gui.desks.probe_desk import ProbeDesk
from tlft_desktop.gui.workers.task import JobContext, Progress

if TYPE_CHECKING:
    from tlft_desktop.core.advice.advisor import Advice

_PILOT = "pilot"


class PilotDesk(ProbeDesk):
    """Tries the ways out.

    Args:
        context: Parts of the program.
        advising: Takes what comes of it into account.
    """

    _came = Signal(object)

    def __init__(self, context: AppContext, advising: AdviceDesk, parent: QObject | None = None) -> None:
        self._progress = Progress()
        self._asked: Advice | None = None
        super().__init__(context, parent)
        self._advising = advising
        advising.advised.connect(self._begin_where_rules_disagree)
        advising.changed.connect(self.changed)
        self._came.connect(self._take_progress)

    @property
    def reason(self) -> str:
        """Why nothing can be tried out now: a sentence; empty where it can."""
        if self._advising.advice is None or self._advising.is_measuring:
            return self.tr("Ask for an advice first.")
        return super().reason

    @property
    def progress(self) -> str:
        """How far it is, in words; empty where nothing is tried out."""
        if not self.is_measuring:
            return ""
        done, total = self._progress.done, self._progress.total
        if self._progress.stage != _PILOT or not done:
            return self.tr("The strategies are tried out: being prepared.")
        left = fmt.rough_duration(max(1.0, total - done))
        return self.tr("The strategies are tried out: about {time} left.").format(time=left)

    def _title(self) -> str:
        return self.tr("Trying the strategies out")

    def _work(self, project: Project, device: str, context: JobContext) -> Advice | None:
        found, told = None, 0.0
        assert self._asked is not None
        for item in self._context.engine.pilot(project, self._asked, device, context.control):
            if not isinstance(item, Progress):
                found = item
                continue
            context.report(item)
            if time.monotonic() - told >= 0.5:
                told = time.monotonic()
                self._came.emit(item)
        return found

    def _begin(self) -> None:
        self._progress, self._asked = Progress(), self._advising.of_rules

    def _take(self, result: Advice) -> None:
        # A newer advice has not been tried out.
        if self._asked is self._advising.of_rules:
            self._advising.take_revised(result)

    def _forget(self) -> None:
        """Nothing is kept here."""

    @Slot()
    def _begin_where_rules_disagree(self) -> None:
        advice = self._advising.advice
        if advice is not None and advice.rules_disagree:
            self.measure()

    @Slot(object)
    def _take_progress(self, progress: Progress) -> None:
        if self.is_measuring:
            self._progress = progress
            self.changed.emit()
