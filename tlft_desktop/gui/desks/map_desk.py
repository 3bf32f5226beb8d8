"""Maps of validation images: measured when the user asks, kept while the chosen runs stay."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.image_map import MAX_RUNS, ImageMap, MapMethod
from tlft_desktop.core.values.run import RunSummary
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.probe_desk import ProbeDesk
from tlft_desktop.gui.workers.task import JobContext

Asked = tuple[tuple[tuple[str, int], ...], MapMethod]
"""Each run with its best epoch, and the method."""


class MapDesk(ProbeDesk):
    """Knows the maps that were asked for, until other images are open.

    Args:
        context: Parts of the program.
    """

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        self._runs: tuple[RunSummary, ...] = ()
        self._method = MapMethod.PCA
        self._known: dict[Asked, ImageMap] = {}
        self._on_its_way: Asked | None = None
        super().__init__(context, parent)

    @property
    def runs(self) -> tuple[RunSummary, ...]:
        """The runs whose images are laid out."""
        return self._runs

    @property
    def method(self) -> MapMethod:
        """How features become points."""
        return self._method

    @property
    def found(self) -> ImageMap | None:
        """The map of the chosen runs; None while there is none."""
        return self._known.get(self._asked())

    @property
    def reason(self) -> str:
        """Why no map can be made now: a sentence; empty where one can."""
        if not self._runs:
            return self.tr("Choose a run in the table.")
        if any(run.val_accuracy is None for run in self._runs):
            return self.tr("A run that has no result yet has no map.")
        return super().reason

    def show_runs(self, chosen: Sequence[RunSummary]) -> None:
        """Ask for the first `MAX_RUNS` of the chosen runs."""
        wanted = tuple(chosen)[:MAX_RUNS]
        if wanted != self._runs:
            self._runs, self._problem = wanted, ""
        self.changed.emit()

    def choose_method(self, method: MapMethod) -> None:
        """Ask for another way to lay out."""
        if method is not self._method:
            self._method, self._problem = method, ""
            self.changed.emit()

    def _asked(self) -> Asked:
        return tuple((run.run, run.best_epoch or 0) for run in self._runs), self._method

    def _title(self) -> str:
        return self.tr("Laying out the images")

    def _begin(self) -> None:
        self._on_its_way = self._asked()

    def _work(self, project: Project, device: str, context: JobContext) -> ImageMap | None:
        assert self._on_its_way is not None
        runs, method = self._on_its_way
        names = [run for run, _ in runs]
        return context.result_of(self._context.engine.image_map(project, names, method, device, context.control))

    def _take(self, result: ImageMap) -> None:
        assert self._on_its_way is not None
        self._known[self._on_its_way] = result

    def _forget(self) -> None:
        self._known = {}
