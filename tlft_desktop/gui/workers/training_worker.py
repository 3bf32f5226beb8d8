"""Drains a training in another thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import cast

from PySide6.QtCore import QObject, Signal, Slot

from tlft_desktop.core.control import Control
from tlft_desktop.core.values.events import Event, FitEnd
from tlft_desktop.core.values.race import RaceEnd
from tlft_desktop.gui.workers.mailbox import Mailbox
from tlft_desktop.gui.workers.outcome import Failure, FailureKind, Outcome, failure_of
from tlft_desktop.gui.workers.priority import lower_this_thread

MakeEvents = Callable[[Control], Iterator[Event]]


def drain(make_events: MakeEvents, control: Control, mailbox: Mailbox) -> Outcome:
    """Post every event of a training and say how it ended; never raises.

    `SystemExit` and `KeyboardInterrupt` count as failures: `sys.exit` inside a QThread hangs the program.
    """
    fit_end: FitEnd | None = None
    race_end: RaceEnd | None = None
    try:
        with closing(cast("_Closable", make_events(control))) as events:
            for event in events:
                mailbox.post(event)
                if isinstance(event, FitEnd):
                    fit_end = event
                elif isinstance(event, RaceEnd):
                    race_end = event
    except BaseException as error:
        return Outcome(failure=failure_of(error))
    if race_end is not None:
        # Its runs have ends of their own.
        return Outcome(race_end=race_end, was_asked=control.stop_requested)
    if fit_end is None:
        return Outcome(failure=Failure(FailureKind.FAULT, "The training ended without a result.", resumable=True))
    return Outcome(fit_end=fit_end)


class _Closable(Iterator[Event]):
    def close(self) -> None: ...


class TrainingWorker(QObject):
    """Lives in its own thread; holds no widget and no other QObject.

    Signals:
        outcome(Outcome): How the training ended; exactly once.
        finished(): After the outcome; the thread may quit.
    """

    outcome = Signal(object)
    finished = Signal()

    def __init__(self, make_events: MakeEvents, control: Control, mailbox: Mailbox) -> None:
        super().__init__()
        self._make_events: MakeEvents | None = make_events
        self._control = control
        self._mailbox = mailbox

    @Slot()
    def run(self) -> None:
        """Train to the end; a second call does nothing."""
        make_events, self._make_events = self._make_events, None
        if make_events is None:
            return
        lower_this_thread()
        outcome = drain(make_events, self._control, self._mailbox)
        # The generator holds the network: drop it in the thread that made it.
        del make_events
        self.outcome.emit(outcome)
        self.finished.emit()
