"""What the window needs of the core that loads torch: a protocol, so that tests can bring a quick one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tlft_desktop.core.control import Control
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.events import Event
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.workers.task import Progress


@dataclass(frozen=True, slots=True)
class TrainSettings:
    """What the user chose on the page Train; None leaves the default of the core.

    Attributes:
        epochs: Of each phase that is not solved as a convex problem.
        seed: Of order, dropout and views.
        learning_rate: Peak rate.
        batch_size: Images per optimiser step.
        target: Validation accuracy (fraction) that is good enough.
        budget_seconds: Time limit.
        device: `auto`, `cpu`, `cuda` or `mps`.
    """

    epochs: int | None = None
    seed: int = 0
    learning_rate: float | None = None
    batch_size: int | None = None
    target: float | None = None
    budget_seconds: float | None = None
    device: str = "auto"


@dataclass(frozen=True, slots=True)
class Device:
    """Something that can train.

    Attributes:
        id: `cpu`, `cuda`, `cuda:N` or `mps`, as in the settings.
        text: In words, such as `CPU, 2 cores`.
    """

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a trained network says about one image.

    Attributes:
        path: The image.
        top: Classes with their probability, the likeliest first; empty where the image could not be read.
        error: Why there is no answer; empty otherwise.
    """

    path: str
    top: tuple[tuple[str, float], ...]
    error: str = ""


class Engine(Protocol):
    """The core's workflows; every method may take long and is called outside the window's thread."""

    def load(self) -> str:
        """Load what takes long to load; return the device in words."""

    def devices(self) -> tuple[Device, ...]:
        """Return the devices of this computer; the first is the one that `auto` means."""

    def layer_tree(self, project: Project) -> LayerTree:
        """Return the layer tree of a project."""

    def create(self, source: Path, control: Control) -> Iterator[Progress | Project]:
        """Make a project of a folder, archive or table, beside the others; the last item is the open project."""

    def create_sample(self, which: str, control: Control) -> Iterator[Progress | Project]:
        """Make the project of a sample data set; the last item is the open project."""

    def train(self, project: Project, kind: StrategyKind, settings: TrainSettings, control: Control) -> Iterator[Event]:
        """Train a new run."""

    def resume(self, project: Project, run: str, control: Control) -> Iterator[Event]:
        """Go on with a run."""

    def predict(self, project: Project, run: str, images: Sequence[Path], control: Control) -> Iterator[Answer]:
        """Classify images with a finished run."""
