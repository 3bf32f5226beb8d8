"""The demonstration: two sets of real images, three ways to a classifier, and what the numbers say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tlft_desktop.core.control import Control
from tlft_desktop.core.data.import_images import ImportProgress
from tlft_desktop.core.errors import InputError, StoppedError, TlftError
from tlft_desktop.core.evaluation.chosen import RunAnswers
from tlft_desktop.core.evaluation.comparison import Comparison, compare
from tlft_desktop.core.project.project import Project, open_project
from tlft_desktop.core.runs.predictions import read_predictions
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.stats import SIGNIFICANT_P
from tlft_desktop.core.values.events import Event, FitEnd
from tlft_desktop.core.values.run import RunState, RunSummary
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.create import Sample, create_sample, project_folder
from tlft_desktop.core.workflows.experiment import TrainOptions, run_experiment
from tlft_desktop.paths import AppPaths


@dataclass(frozen=True, slots=True)
class DemoSet:
    """One of the sets of images.

    Attributes:
        sample: Where the images come from.
        title: For people.
        is_near: Whether the images look like the photographs that the network learned from.
    """

    sample: Sample
    title: str
    is_near: bool


@dataclass(frozen=True, slots=True)
class DemoEffort:
    """How long the ways that train more than the head do so, in epochs."""

    finetune_epochs: int
    hybrid_epochs: int


@dataclass(frozen=True)
class DemoStart:
    """Work on a set begins; its project is open until the next one starts."""

    demo_set: DemoSet
    project: Project


@dataclass(frozen=True, slots=True)
class DemoRunStart:
    """A way begins; its events follow."""

    kind: StrategyKind
    epochs: int | None


@dataclass(frozen=True)
class DemoResult:
    """All ways were tried on a set.

    Attributes:
        demo_set: Which set.
        root: Folder of the project.
        runs: One row for each way, in order.
        total_parameters: Of the network.
        verdict: Which way was better and how that fits the rule of thumb.
    """

    demo_set: DemoSet
    root: Path
    runs: tuple[RunSummary, ...]
    total_parameters: int
    verdict: str


DEMO_SETS = (
    DemoSet(Sample.DIGITS, "Handwritten digits of scikit-learn", is_near=False),
    DemoSet(Sample.PHOTOS, "Tiles of the photographs of scikit-image", is_near=True),
)
FULL_EFFORT = DemoEffort(finetune_epochs=8, hybrid_epochs=6)
QUICK_EFFORT = DemoEffort(finetune_epochs=3, hybrid_epochs=2)

DemoItem = ImportProgress | DemoStart | DemoRunStart | Event | DemoResult


def run_demo(
    *,
    paths: AppPaths,
    control: Control,
    folder: Path | None = None,
    effort: DemoEffort = FULL_EFFORT,
    sets: Sequence[DemoSet] = DEMO_SETS,
) -> Iterator[DemoItem]:
    """Train transfer, fine-tuning and hybrid on sets of images and say what came out.

    Args:
        paths: Folders of the program.
        control: A stop ends the run in work, which is kept, and the demonstration with it.
        folder: Where the projects go; an earlier demonstration's projects there get further runs.
        effort: How long to train.
        sets: Which images.

    Raises:
        StoppedError: If `control` asked to stop.
        TlftError: If a project cannot be made or a run fails.
    """
    for demo_set in sets:
        root = project_folder((folder or paths.projects_folder) / f"demo-{demo_set.sample.value}")
        project: Project | None = None
        for item in _opened(demo_set, root, paths, control):
            if isinstance(item, Project):
                project = item
            else:
                yield item
        if project is None:
            raise InputError(f"The demonstration's project '{root}' could not be made.")
        with project:
            yield DemoStart(demo_set, project)
            runs: list[str] = []
            for kind, epochs in _ways(effort):
                yield DemoRunStart(kind, epochs)
                options = TrainOptions(epochs=epochs, flip=demo_set.sample.flip)
                for event in run_experiment(project, kind, options=options, paths=paths, control=control):
                    yield event
                    if isinstance(event, FitEnd):
                        _require_completed(event)
                        runs.append(event.run)
            yield _result(demo_set, project, runs)


def _ways(effort: DemoEffort) -> tuple[tuple[StrategyKind, int | None], ...]:
    return (
        (StrategyKind.TRANSFER, None),
        (StrategyKind.FINETUNE, effort.finetune_epochs),
        (StrategyKind.HYBRID, effort.hybrid_epochs),
    )


def _opened(demo_set: DemoSet, root: Path, paths: AppPaths, control: Control) -> Iterator[ImportProgress | Project]:
    if root.exists():
        yield open_project(root)
    else:
        yield from create_sample(demo_set.sample, paths=paths, control=control, root=root)


def _require_completed(end: FitEnd) -> None:
    if end.state == RunState.STOPPED:
        raise StoppedError("The demonstration was stopped; its projects and runs are kept.")
    if end.failure is not None:
        raise TlftError(end.failure["message"])


def _result(demo_set: DemoSet, project: Project, runs: list[str]) -> DemoResult:
    store = RunStore(project.root)
    predictions = {run: read_predictions(store.folder(run)) for run in runs}
    answers = [RunAnswers(store.summary(run), found) for run, found in predictions.items() if found is not None]
    total = next(event["total_parameters"] for event in store.events(runs[0]) if event["event"] == "fit_start")
    return DemoResult(
        demo_set=demo_set,
        root=project.root,
        runs=tuple(answer.summary for answer in answers),
        total_parameters=total,
        verdict=_verdict(demo_set, answers),
    )


def _verdict(demo_set: DemoSet, answers: list[RunAnswers]) -> str:
    transfer, *tuned = answers
    best = max(tuned, key=lambda answer: answer.summary.val_accuracy or 0.0)
    comparison = compare(best, transfer)
    return f"{comparison.sentence} {_explanation(demo_set, comparison)}"


def _explanation(demo_set: DemoSet, comparison: Comparison) -> str:
    """Say how a measured difference (tuned minus transfer) fits the rule of thumb, whatever came out."""
    measured = comparison.p_value is not None and comparison.p_value < SIGNIFICANT_P
    points = comparison.difference_points or 0.0
    if demo_set.is_near:
        rule = (
            "The rule of thumb: images like the photographs that the network learned from need no more than transfer."
        )
        if not measured:
            return f"{rule} It holds here: transfer is the cheaper way to the same result."
        if points < 0:
            return f"{rule} It holds here: with so few images, training more than the head made the network worse."
        return f"{rule} It does not hold here: training more than the head was worth its time. Measuring beats hearsay."
    rule = "The rule of thumb: images unlike the photographs that the network learned from need trained layers below."
    if not measured:
        return f"{rule} So few validation images could not show it here: the difference may be chance."
    if points < 0:
        return f"{rule} It does not hold here: transfer was better. Measuring beats hearsay."
    return f"{rule} It holds here: the frozen layers lacked what these images need, and training them brought it."
