"""Reads the races of the open project in the background."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject

from tlft_desktop.core.project.project import Project
from tlft_desktop.gui.afterwards import Afterwards
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.race_files import RaceListing, RaceReport, read_listings
from tlft_desktop.gui.workers.outcome import Failure

_LIST = "list"
Failed = Callable[[Failure], None]


@dataclass(frozen=True, slots=True)
class _Wish:
    key: str
    project: Project
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Failed


class RaceReader(QObject):
    """One reading at a time, in the order of the wishes; a new wish takes the place of an equal one that waits.

    What was read is handed on only while its project is still the open one.
    """

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wishes: deque[_Wish] = deque()
        self._is_busy = False
        self._afterwards = Afterwards(lambda: self._is_busy, self)

    def finish(self, then: Callable[[], None]) -> None:
        """Call `then` when everything is read that was wished for."""
        self._afterwards.add(then)

    def list_races(self, done: Callable[[tuple[RaceListing, ...]], None]) -> None:
        """Read the list of races, the newest first."""
        project = self._context.session.project
        if project is not None:
            failed = self._context.messages.show_failure
            self._add(_Wish(_LIST, project, lambda: read_listings(project.root), done, failed))

    def report(self, race: str, done: Callable[[RaceReport], None], failed: Failed) -> None:
        """Read how a race stands."""
        project, engine = self._context.session.project, self._context.engine
        if project is not None:
            self._add(_Wish(race, project, lambda: engine.race_report(project, race), done, failed))

    def _add(self, wish: _Wish) -> None:
        self._wishes = deque(each for each in self._wishes if each.key != wish.key)
        self._wishes.append(wish)
        self._read_next()

    def _read_next(self) -> None:
        if self._is_busy:
            return
        if not self._wishes:
            self._afterwards.look()
            return
        self._is_busy = True
        wish = self._wishes.popleft()

        def tell(hand_on: Callable[[Any], None], what: Any) -> None:
            self._is_busy = False
            if self._context.session.project is wish.project:
                hand_on(what)
            self._read_next()

        self._context.tasks.start(
            "",
            lambda _context: wish.work(),
            on_done=lambda result: tell(wish.done, result),
            on_failed=lambda failure: tell(wish.failed, failure),
            on_stopped=lambda: tell(_nothing, None),
        )


def _nothing(_what: Any) -> None:
    """The program ends: nobody looks."""
