"""Keeps the computer awake while something is wanted; silent where the system does not allow it."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject

from tlft_desktop.gui.power.keepers import Hold, Keeper
from tlft_desktop.gui.workers.outcome import Failure
from tlft_desktop.gui.workers.task import JobContext, TaskRunner

_log = logging.getLogger(__name__)


class SleepInhibitor(QObject):
    """Takes a hold and drops it; one change at a time, the last wish wins.

    Args:
        make_keeper: Called once, when something is wanted for the first time.
        tasks: Makes the calls that may wait.
    """

    def __init__(self, make_keeper: Callable[[], Keeper], tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_keeper, self._tasks = make_keeper, tasks
        self._keeper: Keeper | None = None
        self._why = ""
        self._hold: Hold | None = None
        self._is_busy = self._has_failed = False

    @property
    def is_holding(self) -> bool:
        """Whether the computer is kept awake now."""
        return self._hold is not None

    def hold(self, why: str) -> None:
        """Keep the computer awake; `why` is shown by the system."""
        self._why = why
        self._follow()

    def release(self) -> None:
        """Let it sleep again."""
        self._why = ""
        self._has_failed = False
        self._follow()

    def _follow(self) -> None:
        if self._is_busy or bool(self._why) == self.is_holding or (self._why and self._has_failed):
            return
        if self._keeper is None:
            self._keeper = self._make_keeper()
        keeper, why, hold = self._keeper, self._why, self._hold
        if not keeper.may_wait:
            self._take((_change(keeper, why, hold),))
            return

        def work(_context: JobContext) -> tuple[Hold | None]:
            return (_change(keeper, why, hold),)

        self._is_busy = True
        self._tasks.start("", work, on_done=self._take, on_failed=self._fail)

    def _take(self, result: tuple[Hold | None]) -> None:
        self._is_busy = False
        (self._hold,) = result
        if self._why and self._hold is None:
            self._has_failed = True
            _log.info("No service keeps this computer awake; it may sleep while it trains")
        self._follow()

    def _fail(self, failure: Failure) -> None:
        self._is_busy = False
        self._hold = None
        self._has_failed = True
        _log.info("The computer cannot be kept awake: %s", failure.details)
        self._follow()


def _change(keeper: Keeper, why: str, hold: Hold | None) -> Hold | None:
    if hold is None:
        return keeper.acquire(why)
    keeper.drop(hold)
    return None
