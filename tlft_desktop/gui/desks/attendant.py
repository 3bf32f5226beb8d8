"""Looks after the computer while a training runs: keeps it awake, saves a low battery, tells the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Slot

from tlft_desktop.core.values.race import RaceState
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.power.battery import Battery
from tlft_desktop.gui.widgets.messages import Message, MessageKind, Offer
from tlft_desktop.gui.workers.outcome import Outcome, failure_of_fit_end
from tlft_desktop.gui.workers.run_controller import TrainingState

LOOK_INTERVAL_MS = 30_000
LOW_PERCENT = 20.0
KEY = "battery"


class Awake(Protocol):
    """Keeps the computer awake."""

    def hold(self, why: str) -> None:
        """Keep it awake."""

    def release(self) -> None:
        """Let it sleep."""


class Teller(Protocol):
    """Tells things outside of the window."""

    def is_needed(self) -> bool:
        """Tell whether the user looks at something else."""

    def tell(self, title: str, text: str) -> None:
        """Tell something."""


class Attendant(QObject):
    """Follows the training.

    Args:
        context: Parts of the program.
        awake: Keeps the computer awake.
        teller: Tells the end.
        battery: Returns the charge; None for a computer without a battery.
    """

    def __init__(
        self,
        context: AppContext,
        *,
        awake: Awake,
        teller: Teller,
        battery: Callable[[], Battery | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._awake, self._teller, self._battery = context, awake, teller, battery
        self._is_allowed_to_drain = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_INTERVAL_MS)
        self._timer.timeout.connect(self.look_at_battery)
        context.controller.state_changed.connect(self._follow)
        context.controller.ended.connect(self._tell_end)
        context.preferences.changed.connect(self._follow)

    @Slot()
    def look_at_battery(self) -> None:
        """Pause the training where the battery is low and nobody said to go on all the same."""
        controller, settings = self._context.controller, self._context.preferences.settings
        if controller.state is not TrainingState.RUNNING or not settings.pause_on_battery or self._is_allowed_to_drain:
            return
        charge = self._battery()
        if charge is None or charge.is_plugged or charge.percent >= LOW_PERCENT:
            return
        controller.pause()
        text = self.tr(
            "The battery is at {share}, so the training was paused; nothing is lost. Plug the computer in and go on."
        ).format(share=fmt.percent(charge.percent / 100, 0))
        offer = Offer(self.tr("&Go on all the same"), self._go_on)
        self._context.messages.show_message(Message(MessageKind.WARNING, text, (offer,), key=KEY))

    def _go_on(self) -> None:
        self._is_allowed_to_drain = True
        self._context.controller.go_on()

    @Slot()
    def _follow(self) -> None:
        state, settings = self._context.controller.state, self._context.preferences.settings
        if settings.inhibit_sleep and state in (TrainingState.RUNNING, TrainingState.STOPPING):
            self._awake.hold(self.tr("A network is being trained"))
        else:
            self._awake.release()
        if state is TrainingState.RUNNING:
            self._context.messages.clear_key(KEY)
        if state is TrainingState.RUNNING and settings.pause_on_battery:
            if not self._timer.isActive():
                self._timer.start()
        else:
            self._timer.stop()
        if state is TrainingState.IDLE:
            self._is_allowed_to_drain = False

    @Slot(object)
    def _tell_end(self, outcome: Outcome) -> None:
        if not self._context.preferences.settings.notify or not self._teller.is_needed():
            return
        project = self._context.session.project
        name = project.config.name if project is not None else "tlft"
        self._teller.tell(name, self._words(outcome))

    def _words(self, outcome: Outcome) -> str:
        end, race = outcome.fit_end, outcome.race_end
        if race is not None:
            is_whole = race.state == RaceState.COMPLETED
            return self.tr("The race is over.") if is_whole else self.tr("The race stopped; it can go on.")
        failure = outcome.failure or (failure_of_fit_end(end) if end else None)
        if failure is not None or end is None:
            return self.tr("The training failed. The window says why and what to do next.")
        if end.state == "completed":
            return self.tr("The training finished in {time}.").format(time=fmt.duration(end.total_seconds))
        return self.tr("The training stopped; the run is kept.")
