"""A project of a few generated images with the bundled network at 32 pixels, for tests of whole runs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from safetensors.numpy import load_file

from tests.image_files import write_classes
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.import_images import ImportProgress
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.epoch_answers import ANSWERS_FILE
from tlft_desktop.core.runs.store import METRICS_FILE, RunStore
from tlft_desktop.core.values.events import Event, FitEnd
from tlft_desktop.core.values.strategy import Strategy, StrategyKind
from tlft_desktop.core.workflows.create import NewProject, create
from tlft_desktop.core.workflows.experiment import TrainOptions, resume_experiment, run_experiment
from tlft_desktop.paths import AppPaths

IMAGE_SIZE = 32


def new_project(home: Path, *, name: str = "colours", per_class: int = 9, num_classes: int = 3) -> Project:
    """Make a project below `home` and return it open; the caller closes it."""
    counts = {f"class {index}": per_class for index in range(num_classes)}
    source = home / "images" / name
    if not source.exists():
        write_classes(source, counts)
    new = NewProject(home / "projects" / name, source, image_size=IMAGE_SIZE, val_fraction=0.3, flip=True)
    items = list(create(new, paths=AppPaths.below(home), control=Control()))
    project = items[-1]
    assert not isinstance(project, ImportProgress)
    return project


def run_all(
    project: Project,
    home: Path,
    way: StrategyKind | Strategy,
    *,
    control: Control | None = None,
    options: TrainOptions | None = None,
) -> list[Event]:
    """Run an experiment to its end and return the events."""
    chosen = options or TrainOptions(epochs=2, batch_size=8, threads=1)
    events = run_experiment(project, way, options=chosen, paths=AppPaths.below(home), control=control or Control())
    return list(events)


def resume_all(project: Project, home: Path, run: str, *, control: Control | None = None) -> list[Event]:
    """Go on with a run to its end and return the events."""
    return list(resume_experiment(project, run, paths=AppPaths.below(home), control=control or Control()))


def end_of(events: Iterable[Event]) -> FitEnd:
    """Return the last event, which must be the end of the run."""
    last = list(events)[-1]
    assert isinstance(last, FitEnd)
    return last


def metrics_of(project: Project, run: str) -> bytes:
    """Return the bytes of the run's deterministic record: the figures and the answers of each epoch."""
    folder = RunStore(project.root).folder(run)
    return b"".join((folder / name).read_bytes() for name in (METRICS_FILE, ANSWERS_FILE))


def weights_hash(project: Project, run: str) -> str:
    """Return a hash of the bits of the finished network."""
    return hash_of_weights(RunStore(project.root).folder(run))


def hash_of_weights(run_folder: Path) -> str:
    """Return a hash of the bits of the finished network in a run's folder."""
    digest = hashlib.sha256()
    for name, values in sorted(load_file(run_folder / "final" / "model.safetensors").items()):
        digest.update(name.encode() + values.tobytes())
    return digest.hexdigest()
