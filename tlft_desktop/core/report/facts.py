"""What a report tells, as plain values: everything is read before anything is written."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tlft_desktop.core.evaluation.comparison import Comparison
from tlft_desktop.core.evaluation.evaluated import Evaluated
from tlft_desktop.core.evaluation.head_folds import HeadFolds
from tlft_desktop.core.evaluation.standing import Standing
from tlft_desktop.core.project.config import ProjectConfig
from tlft_desktop.core.runs.course import AccuracyCourse
from tlft_desktop.core.runs.races import Race
from tlft_desktop.core.values.manifest import Manifest
from tlft_desktop.core.values.run import RunConfig, RunSummary
from tlft_desktop.core.workflows.repeat import RepeatCommand


@dataclass(frozen=True, slots=True)
class Picture:
    """A small picture of an image.

    Attributes:
        name: Path of the image below the data folder.
        data: The encoded picture; empty where it cannot be shown.
        width, height: In pixels.
        problem: Why it cannot be shown; empty otherwise.
    """

    name: str
    data: bytes = b""
    width: int = 0
    height: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A validation image that a run got wrong.

    Attributes:
        sha256: Of the image.
        label: Its class.
        answer: The class that it was taken for.
        probability: Of that answer.
        picture: None where the list of images does not know it.
    """

    sha256: str
    label: str
    answer: str
    probability: float
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Examples:
    """A few images of a class."""

    label: str
    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class ImageList:
    """Images that runs were trained and judged on.

    Attributes:
        digest: Names the list.
        runs: What the runs are called that used it.
        manifest: The images; None where the list cannot be read.
        problem: Why it cannot be read; empty otherwise.
        problems: What is worth knowing of the images: sentences.
        difference: How the list differs from the first one of the report: a sentence; empty for the first one.
        examples: A few training images of some classes.
    """

    digest: str
    runs: tuple[str, ...]
    manifest: Manifest | None = None
    problem: str = ""
    problems: tuple[str, ...] = ()
    difference: str = ""
    examples: tuple[Examples, ...] = ()


@dataclass(frozen=True, slots=True)
class Epoch:
    """An epoch of a run; what was not measured is NaN.

    Attributes:
        phase: Its name.
        number: Over the whole run, from 1.
        train_loss, val_loss: Mean cross-entropy in nats.
        train_accuracy, val_accuracy, low, high: Fractions; the last two are the 95 % interval of the one before.
    """

    phase: str
    number: int
    train_loss: float = math.nan
    val_loss: float = math.nan
    train_accuracy: float = math.nan
    val_accuracy: float = math.nan
    low: float = math.nan
    high: float = math.nan


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of a freeze plan as a tree.

    Attributes:
        path: Of the layer; the name of the network for the whole of it.
        depth: How deep it lies, from 0.
        type: Class of the module.
        parameters: Of the whole subtree.
        trained: How many of them train, phase by phase.
    """

    path: str
    depth: int
    type: str
    parameters: int
    trained: tuple[int, ...]


@dataclass(frozen=True)
class PlanTree:
    """What the phases of one or more runs left to train.

    Attributes:
        runs: What the runs are called.
        phases: Names of the phases, which are the columns.
        rows: In the order of execution; empty where the tree cannot be built.
        num_hidden: Layers that would be rows if there were room for them.
        remarks: What beside the ticks decides what trains: a sentence for each phase that has something to say.
        problem: Why there is no tree; empty otherwise.
    """

    runs: tuple[str, ...]
    phases: tuple[str, ...]
    rows: tuple[PlanRow, ...] = ()
    num_hidden: int = 0
    remarks: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class RunFacts:
    """A run in detail.

    Attributes:
        summary: Its row.
        place: In the order of colours and shapes, from 0.
        config: What determined its result; None where that cannot be read.
        problem: Why it cannot be read; empty otherwise.
        evaluated: What it is worth on the validation images; None without a result.
        no_result: Why there is none; empty otherwise.
        folds: What folds showed of its head, where somebody asked on this machine; None otherwise.
        tested: What it showed on the test images at an earlier look; None where nobody looked.
        course: Accuracy against time.
        epochs: Losses and accuracies.
        stretches: Phases that no gate parts, by their names.
        gates: What the gates decided: sentences.
        notices: What changed the result on its way: sentences.
        mistakes: Its surest wrong answers.
        command: How to repeat it; None where that cannot be told.
        no_command: Why it cannot be told; empty otherwise.
        hashes: SHA-256 by the name of what they are of.
    """

    summary: RunSummary
    place: int
    config: RunConfig | None = None
    problem: str = ""
    evaluated: Evaluated | None = None
    no_result: str = ""
    folds: HeadFolds | None = None
    tested: Evaluated | None = None
    course: AccuracyCourse = field(default_factory=AccuracyCourse)
    epochs: tuple[Epoch, ...] = ()
    stretches: tuple[tuple[str, ...], ...] = ()
    gates: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    command: RepeatCommand | None = None
    no_command: str = ""
    hashes: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the run is called."""
        return self.summary.name


@dataclass(frozen=True)
class RaceFacts:
    """A race to which runs of the report belong."""

    race: Race
    standing: Standing


@dataclass(frozen=True)
class ReportFacts:
    """Everything that a report tells.

    Attributes:
        root: Folder of the project.
        project: Its choices.
        made: When the report was made, UTC, ISO 8601.
        named: Identifiers of the runs that were asked for; empty where all of the project were.
        summaries: All runs that the report is about, the oldest first.
        runs: Those in detail.
        comparisons: Pairs of runs, as `tlft compare` has them.
        no_comparison: Why there are none; empty otherwise.
        lists: The images, a list for each different one; that of the most runs first.
        trees: What was frozen, a tree for each different plan.
        races: Races to which the runs belong.
        num_openings, num_opened_runs: How often the test images of the project were looked at, and by how many runs.
        new_command: The command line that makes the project.
        remarks: What could not be read beside the runs: sentences.
    """

    root: Path
    project: ProjectConfig
    made: str
    named: tuple[str, ...]
    summaries: Sequence[RunSummary]
    runs: tuple[RunFacts, ...]
    comparisons: tuple[Comparison, ...]
    no_comparison: str
    lists: tuple[ImageList, ...]
    trees: tuple[PlanTree, ...]
    races: tuple[RaceFacts, ...]
    num_openings: int
    num_opened_runs: int
    new_command: RepeatCommand
    remarks: tuple[str, ...] = ()

    @property
    def judged(self) -> tuple[RunFacts, ...]:
        """The runs in detail that have a result."""
        return tuple(run for run in self.runs if run.evaluated is not None)

    @property
    def best(self) -> RunFacts | None:
        """The run with the highest validation accuracy; of equal ones the oldest. None where none has a result."""
        return max(self.judged, key=lambda run: run.summary.val_accuracy or 0.0, default=None)

    def name_of(self, run: str) -> str:
        """Return what a run is called."""
        return next((summary.name for summary in self.summaries if summary.run == run), run)
