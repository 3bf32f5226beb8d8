"""A project with a finished run on small coloured images, made once for the tests of what comes after training."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from command_line import coloured_images
from tlft_desktop.core.control import Control
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import Event
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.create import NewProject, create
from tlft_desktop.core.workflows.experiment import TrainOptions, run_experiment
from tlft_desktop.paths import AppPaths


@dataclass(frozen=True)
class Trained:
    """A closed project with one completed transfer run."""

    root: Path
    images: Path
    paths: AppPaths
    run: str


def make_trained(folder: Path) -> Trained:
    """Import images and train a head."""
    paths = AppPaths.below(folder / "home")
    images = coloured_images(folder / "images")
    new = NewProject(root=folder / "colours", source=images, image_size=32, val_fraction=0.3, flip=True)
    project = list(create(new, paths=paths, control=Control()))[-1]
    assert isinstance(project, Project)
    with project:
        train(project, paths)
        run = RunStore(project.root).resolve("last")
    return Trained(project.root, images, paths, run)


def train(
    project: Project,
    paths: AppPaths,
    strategy: StrategyKind = StrategyKind.TRANSFER,
    *,
    control: Control | None = None,
    epochs: int | None = None,
) -> list[Event]:
    """Train with one thread and return the events."""
    options = TrainOptions(threads=1, device="cpu", epochs=epochs)
    return list(run_experiment(project, strategy, options=options, paths=paths, control=control or Control()))
