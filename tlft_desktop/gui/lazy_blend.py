"""Blends between two runs, for the window; loads torch, so only `lazy.py` imports it, behind the window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tlft_desktop.core.control import Control
from tlft_desktop.core.evaluation.answers import answers_of
from tlft_desktop.core.export.formats import ExportFormat
from tlft_desktop.core.export.model_card import BlendFacts
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.predictions import Predictions
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.workflows.blending import (
    Blend,
    BlendEnds,
    BlendPoint,
    accuracy,
    blend_base,
    blend_ends,
    measured_blend,
)
from tlft_desktop.core.workflows.exporting import export_network, require_output
from tlft_desktop.gui.blend_values import BlendFigure, BlendRow, MeasuredBlend
from tlft_desktop.gui.workers.task import Progress
from tlft_desktop.paths import AppPaths

NUM_STEPS = 10
"""From the pretrained network to the run, as the command line has it."""


class CoreBlends:
    """The real blends of the runs of one project; see `blend_values.Blends`.

    Args:
        project: The open project; nothing of it is changed.
        paths: Folders of the program.
    """

    def __init__(self, project: Project, paths: AppPaths) -> None:
        self._project, self._paths = project, paths

    def base(self, run: str) -> str:
        """Return the run of the pretrained network that a run is blended with."""
        return blend_base(self._project, run)

    def measure(
        self, run: str, name: str, elsewhere: Path | None, control: Control
    ) -> Iterator[Progress | BlendRow | MeasuredBlend]:
        """Measure blends; each comes as soon as it is measured, the whole at the end."""
        ends = blend_ends(self._project, run)
        alphas = [number / NUM_STEPS for number in range(NUM_STEPS + 1)]
        steps = measured_blend(self._project, ends, alphas, elsewhere=elsewhere, paths=self._paths, control=control)
        with closing(steps):
            for item in steps:
                if isinstance(item, ProbeProgress):
                    yield Progress(item.done, item.total, item.stage)
                elif isinstance(item, BlendPoint):
                    yield _row(item)
                else:
                    base_name = RunStore(self._project.root).summary(ends.base).name
                    yield _measured(item, ends, (base_name, name))

    def export(self, blend: MeasuredBlend, row: BlendRow, folder: Path, control: Control) -> int:
        """Write a blend as a bundle into a new folder; return how many bytes it takes."""
        require_output(folder, ExportFormat.BUNDLE)
        assert isinstance(row.source, BlendPoint)
        ends = blend_ends(self._project, blend.run, blend.base)
        exported = export_network(
            self._project,
            ends.run,
            ends.bundle(row.alpha),
            folder,
            form=ExportFormat.BUNDLE,
            control=control,
            blend=BlendFacts(ends.base, row.alpha, row.source.validation),
        )
        return exported.num_bytes


def _measured(blend: Blend, ends: BlendEnds, names: tuple[str, str]) -> MeasuredBlend:
    return MeasuredBlend(
        ends.run,
        ends.base,
        tuple(_row(point) for point in blend.points),
        next(place for place, point in enumerate(blend.points) if point is blend.best),
        blend.verdict(*names),
        blend.num_unreadable,
    )


def _row(point: BlendPoint) -> BlendRow:
    elsewhere = None if point.elsewhere is None else _figure(point.elsewhere)
    return BlendRow(point.alpha, _figure(point.validation), elsewhere, point)


def _figure(predictions: Predictions) -> BlendFigure:
    right = answers_of(predictions).right
    return BlendFigure(int(right.sum()), len(right), *accuracy(predictions))
