"""Races by the core's workflows in the words of the window; loads torch, so only `lazy.py` imports it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tlft_desktop.core.control import Control
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.events import Event
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.race import RaceOptions, resume_race, run_race
from tlft_desktop.gui.engine import RaceSettings
from tlft_desktop.paths import AppPaths


class Races:
    """Races in the words of the window.

    Args:
        paths: Folders of the program.
        control: Stop and pause requests.
    """

    def __init__(self, paths: AppPaths, control: Control) -> None:
        self._paths, self._control = paths, control

    def race(self, project: Project, kinds: Sequence[StrategyKind], settings: RaceSettings) -> Iterator[Event]:
        """Train strategies one after the other under the same conditions."""
        options = RaceOptions(
            budget_seconds=settings.budget_seconds,
            num_seeds=settings.num_seeds,
            num_tries=settings.num_tries,
            device=settings.device or "auto",
            threads=settings.threads,
        )
        yield from run_race(project, kinds, options=options, paths=self._paths, control=self._control)

    def resume(self, project: Project, race: str) -> Iterator[Event]:
        """Go on with a race."""
        yield from resume_race(project, race, paths=self._paths, control=self._control)
