"""How far the maps of a look can be trusted: checked when the user asks, while nothing trains."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.explain_desk import ExplainDesk
from tlft_desktop.gui.desks.opened import Opened
from tlft_desktop.gui.layered_image import LayeredImage
from tlft_desktop.gui.look_values import AskedNetwork, Look, LookCheck, Looks
from tlft_desktop.gui.workers.machine_time import Booking
from tlft_desktop.gui.workers.task import JobContext, Progress


@dataclass(frozen=True)
class SeenCheck:
    """What came of checking one map.

    Attributes:
        check: In words.
        image: The image with what covering it costs.
    """

    check: LookCheck
    image: LayeredImage


class CheckDesk(QObject):
    """Checks the maps that are shown; another question makes what it found void.

    Signals:
        changed(): A map was checked, checking began or ended, or it may begin now.
    """

    changed = Signal()
    _came = Signal(object)
    _found = Signal(int, object, object)

    def __init__(self, context: AppContext, looking: ExplainDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._looking = context, looking
        self._booking: Booking | None = None
        self._wish = -1
        self._checks: dict[AskedNetwork, SeenCheck] = {}
        self._progress = Progress()
        self._problem = ""
        self._came.connect(self._take_progress)
        self._found.connect(self._take)
        looking.changed.connect(self._follow)
        context.machine.changed.connect(self.changed)

    @property
    def is_checking(self) -> bool:
        """Whether results are on their way."""
        return self._booking is not None

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return self._progress

    @property
    def problem(self) -> str:
        """Why the last check came to nothing: a sentence; empty where it did not."""
        return self._problem

    @property
    def reason(self) -> str:
        """Why nothing can be checked now: a sentence; empty where it can."""
        if self._context.machine.is_taken:
            return self.tr("A training is running: both would disturb each other.")
        if self._looking.is_looking or not self._looking.looks:
            return self.tr("There is no map yet.")
        return ""

    def check_of(self, network: AskedNetwork) -> SeenCheck | None:
        """Return what came of checking the map of a network; None where it was not checked."""
        return self._checks.get(network)

    @property
    def has_checks(self) -> bool:
        """Whether any map was checked."""
        return bool(self._checks)

    @Slot()
    def check(self) -> None:
        """Check all maps that are shown."""
        if self.reason or self.is_checking:
            return
        looks, wish, opened = self._looking.looks, self._looking.wish, self._looking.borrow()
        if opened is None:
            return

        def work(context: JobContext) -> bool:
            source = opened.get(context.control)
            for place, look in enumerate(looks):
                for item in source.check(look, context.control):
                    if isinstance(item, Progress):
                        now = Progress(place * item.total + item.done, len(looks) * item.total)
                        context.report(now)
                        self._came.emit(now)
                    else:
                        self._found.emit(wish, look, SeenCheck(item, LayeredImage.of(item.layers)))
            return True

        self._checks, self._problem, self._progress, self._wish = {}, "", Progress(), wish
        self._booking = Booking(
            title=self.tr("Checking maps"),
            work=work,
            on_done=lambda _result: self._end(opened),
            on_failed=lambda failure: self._end(opened, failure.text),
            on_stopped=lambda for_training: self._end(opened, self._words_for(for_training)),
        )
        self._context.machine.book(self._booking)
        self.changed.emit()

    @Slot()
    def cancel(self) -> None:
        """Stop checking; what was found stays."""
        if self._booking is not None:
            self._context.machine.cancel(self._booking)

    def _end(self, opened: Opened[Looks], problem: str = "") -> None:
        self._booking, self._problem = None, problem
        self._looking.give_back(opened)
        self.changed.emit()

    def _words_for(self, for_training: bool) -> str:
        return self.tr("The check was stopped: a training begins.") if for_training else ""

    @Slot(object)
    def _take_progress(self, progress: Progress) -> None:
        if self.is_checking:
            self._progress = progress
            self.changed.emit()

    @Slot(int, object, object)
    def _take(self, wish: int, look: Look, found: SeenCheck) -> None:
        if wish == self._looking.wish:
            self._checks[look.network] = found
            self.changed.emit()

    @Slot()
    def _follow(self) -> None:
        """Forget what was found of another question, and stop looking for more of it."""
        if self._wish != self._looking.wish:
            self._wish, self._problem = self._looking.wish, ""
            self._checks = {}
            self.cancel()
        self.changed.emit()
