"""Measurements by probes in the words of the window; loads torch, so only `lazy.py` imports it, behind the window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any

from tlft_desktop.core.advice.advisor import Advice, revise
from tlft_desktop.core.advice.depth_curve import DepthCurve
from tlft_desktop.core.advice.reasons import Reason
from tlft_desktop.core.control import Control
from tlft_desktop.core.evaluation.drift import Drift
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.heat import EpochHeat
from tlft_desktop.core.values.image_map import ImageMap, MapMethod
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.values.sweep import Over, Sweep, SweepPoint
from tlft_desktop.core.workflows.advice_log import note_advice, track_record
from tlft_desktop.core.workflows.advising import advice_for
from tlft_desktop.core.workflows.depth import depth_curve
from tlft_desktop.core.workflows.drift import measured_drift
from tlft_desktop.core.workflows.embedding import image_map
from tlft_desktop.core.workflows.first_heat import first_heat
from tlft_desktop.core.workflows.pilot import run_pilot
from tlft_desktop.core.workflows.sweep import candidates_over, sweep_networks, with_whole_progress
from tlft_desktop.gui.workers.task import Progress
from tlft_desktop.paths import AppPaths


class Probes:
    """What the window measures of a project.

    Args:
        paths: Folders of the program.
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`.
        control: Stops a measurement.
    """

    def __init__(self, paths: AppPaths, device: str, control: Control) -> None:
        self._how: dict[str, Any] = {"paths": paths, "device": device, "control": control}
        self._paths = paths

    def depth_curve(self, project: Project) -> Iterator[Progress | DepthCurve]:
        """Measure how well each depth of the project's network separates its classes; the last item is the curve."""
        with closing(depth_curve(project, **self._how)) as steps:
            yield from _told(steps)

    def advice(self, project: Project) -> Iterator[Progress | str | tuple[Advice, DepthCurve, str]]:
        """Measure which strategy fits; each reason comes as soon as it is known, the advice at the end."""
        with closing(advice_for(project, **self._how)) as steps:
            for item in _told(steps):
                if isinstance(item, Progress):
                    yield item
                elif isinstance(item, Reason):
                    yield item.text
                else:
                    earlier = track_record(project).in_words()
                    note_advice(project, item.advice)
                    yield item.advice, item.curve, earlier

    def pilot(self, project: Project, advice: Advice) -> Iterator[Progress | Advice]:
        """Try the ways out for a moment on the training images; the last item is the advice after it."""
        with closing(run_pilot(project, **self._how)) as steps:
            for item in _told(steps):
                if isinstance(item, Progress):
                    yield item
                else:
                    revised = revise(advice, item)
                    note_advice(project, revised)
                    yield revised

    def sweep(self, project: Project, over: Over) -> Iterator[Progress | SweepPoint | Sweep]:
        """Compare networks or sizes; each comes as soon as it is measured, the whole at the end."""
        candidates = candidates_over(project, over, paths=self._paths)
        with closing(sweep_networks(project, candidates, **self._how)) as steps:
            yield from _told(with_whole_progress(steps, len(candidates)))

    def image_map(self, project: Project, runs: Sequence[str], method: MapMethod) -> Iterator[Progress | ImageMap]:
        """Lay the validation images of runs out; the last item is the map."""
        with closing(image_map(project, runs, method=method, **self._how)) as steps:
            yield from _told(steps)

    def heat(self, project: Project, run: str) -> Iterator[Progress | Drift | EpochHeat]:
        """Measure the drift of a run; without one, where training would pull before anything is trained."""
        steps = measured_drift(project, run, **self._how) if run else first_heat(project, **self._how)
        with closing(steps):
            yield from _told(steps)


def _told(steps: Iterable[Any]) -> Iterator[Any]:
    for item in steps:
        yield Progress(item.done, item.total, item.stage) if isinstance(item, ProbeProgress) else item
