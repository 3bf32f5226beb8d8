"""Figures of runs in the words of the window; loads torch and scikit-learn, so only `lazy.py` imports it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tlft_desktop.core.control import Control
from tlft_desktop.core.evaluation.evaluated import Evaluated
from tlft_desktop.core.evaluation.head_folds import HeadFolds
from tlft_desktop.core.evaluation.stored import evaluate_validation
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.manifest import Manifest
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.workflows.evaluating import evaluate_test
from tlft_desktop.core.workflows.folding import folded_head
from tlft_desktop.core.workflows.label_probe import probe_training_labels
from tlft_desktop.gui.lazy_mistakes import RunImages, probe_images
from tlft_desktop.gui.workers.task import Progress
from tlft_desktop.paths import AppPaths


def evaluated(project: Project, run: str, costs: Path | None) -> Evaluated:
    """Return what a run is worth on its validation images, by the answers that it stored."""
    return evaluate_validation(project, run, costs=costs)


def evaluated_test(
    project: Project, run: str, costs: Path | None, *, device: str, paths: AppPaths, control: Control
) -> Iterator[Progress | Evaluated]:
    """Answer the test images of a run; the last item is what it is worth on them."""
    with closing(evaluate_test(project, run, costs=costs, device=device, paths=paths, control=control)) as steps:
        for item in steps:
            yield item if isinstance(item, Evaluated) else Progress(item.done, item.total, item.stage)


def folded(project: Project, run: str, *, paths: AppPaths, control: Control) -> Iterator[Progress | HeadFolds]:
    """Train and judge the head of a run on folds; the last item is what they show."""
    with closing(folded_head(project, run, paths=paths, control=control)) as steps:
        for item in steps:
            yield item if isinstance(item, HeadFolds) else Progress(item.done, item.total, item.stage)


def training_images(
    project: Project, manifest: Manifest, run: str, *, paths: AppPaths, control: Control
) -> Iterator[Progress | RunImages]:
    """Ask a probe about the training images of a run; the last item is its answers."""
    with closing(probe_training_labels(project, run, paths=paths, control=control)) as steps:
        for item in steps:
            if isinstance(item, ProbeProgress):
                yield Progress(item.done, item.total, item.stage)
            else:
                yield probe_images(manifest, item)
