"""What the window needs of the core that loads torch: a protocol, so that tests can bring a quick one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tlft_desktop.core.control import Control
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.costs import StrategyCost
from tlft_desktop.core.values.events import Event
from tlft_desktop.core.values.heat import EpochHeat
from tlft_desktop.core.values.image_map import ImageMap, MapMethod
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.manifest import ImageRecord, Manifest
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.values.sweep import Over, Sweep, SweepPoint
from tlft_desktop.core.values.thaw import ThawSchedule
from tlft_desktop.gui.blend_values import Blends
from tlft_desktop.gui.look_values import Looks
from tlft_desktop.gui.race_files import RaceReport
from tlft_desktop.gui.workers.task import Progress

if TYPE_CHECKING:
    from tlft_desktop.core.advice.advisor import Advice
    from tlft_desktop.core.advice.depth_curve import DepthCurve
    from tlft_desktop.core.evaluation.drift import Drift
    from tlft_desktop.core.evaluation.evaluated import Evaluated
    from tlft_desktop.core.evaluation.head_folds import HeadFolds
    from tlft_desktop.core.evaluation.reliability import Reliability
    from tlft_desktop.gui.lazy_mistakes import KnownRun, RunImages


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
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`; empty for that of the preferences.
        optimizer: `adamw` or `sgd`.
        head: How a phase that trains the head only finds its weights: `convex` or `sgd`.
        views: Variants per image; 0 for a new one in each epoch.
        threads: Threads of the processor.
        use_cache: Whether features are kept on disk for later runs.
        balance_classes: Whether the loss weighs classes equally.
        mixup: How strongly training images are mixed in pairs, above 0 and at most 1.
        checkpoint_activations: Whether training keeps few tensors for the backward pass and computes the others again.
    """

    epochs: int | None = None
    seed: int = 0
    learning_rate: float | None = None
    batch_size: int | None = None
    target: float | None = None
    budget_seconds: float | None = None
    device: str = ""
    optimizer: str | None = None
    head: str | None = None
    views: int | None = None
    threads: int | None = None
    use_cache: bool = True
    balance_classes: bool = False
    mixup: float | None = None
    checkpoint_activations: bool = False


@dataclass(frozen=True, slots=True)
class Training:
    """A run that is to be trained.

    Attributes:
        kind: Strategy.
        settings: What the user chose.
        plan: Ticks of a custom strategy of its own, whatever the project's are by now; None for those of the project.
        thaw: When its stages begin to train.
    """

    kind: StrategyKind
    settings: TrainSettings
    plan: FreezePlan | None = None
    thaw: ThawSchedule = field(default_factory=ThawSchedule)


@dataclass(frozen=True, slots=True)
class RaceSettings:
    """The conditions of a race.

    Attributes:
        budget_seconds: Active seconds that each run may take; None to let each train to its own end.
        num_seeds: How often each strategy trains.
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`; empty for that of the preferences.
        threads: Threads of the processor.
        num_tries: Learning rates that each strategy may try with a seed.
    """

    budget_seconds: float | None = None
    num_seeds: int = 1
    device: str = ""
    threads: int | None = None
    num_tries: int = 1


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
class Picture:
    """Pixels to look at.

    Attributes:
        width, height: In pixels.
        data: Red, green and blue of each pixel, 8 bits each, rows without gaps.
    """

    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What a trained network says about one image.

    Attributes:
        path: The image.
        top: Classes with their probability, the likeliest first; empty where the image could not be read.
        error: Why there is no answer; empty otherwise.
        preview: A small picture of it; None where it could not be read, or too many are kept already.
    """

    path: str
    top: tuple[tuple[str, float], ...]
    error: str = ""
    preview: Picture | None = field(default=None, compare=False, repr=False)

    @property
    def class_name(self) -> str:
        """The likeliest class; empty after an error."""
        return self.top[0][0] if self.top else ""

    @property
    def probability(self) -> float:
        """Of the likeliest class; 0 after an error."""
        return self.top[0][1] if self.top else 0.0


@dataclass(frozen=True, slots=True)
class ModelSource:
    """Which network answers; exactly one of the two is set.

    Attributes:
        run: Identifier of a run of the open project.
        bundle: A bundle that was exported, folder or file.
    """

    run: str = ""
    bundle: Path | None = None


class Pictures(Protocol):
    """Pictures of the images of one project; called outside the window's thread, by several jobs at once.

    Every method but `close` raises `InputError` where an image cannot be shown; its sentence says why.
    """

    def thumbnail(self, record: ImageRecord, side: int, control: Control) -> Picture:
        """Return the whole image, at most `side` pixels wide and high."""

    def original(self, record: ImageRecord, side: int, control: Control) -> Picture:
        """Return the image decoded from its file, with a short side of at most `side` pixels."""

    def views(self, record: ImageRecord, numbers: Sequence[int], control: Control) -> tuple[Picture, ...]:
        """Return what the network receives: the evaluation view, and the augmented views with these numbers."""

    def close(self) -> None:
        """Give everything back."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Two or more runs in words.

    Attributes:
        sentence: Which one is better, by how much and how surely; or why they cannot be compared.
        is_possible: Whether they could be compared.
    """

    sentence: str
    is_possible: bool


@dataclass(frozen=True, slots=True)
class CommandText:
    """A command line.

    Attributes:
        text: As it is typed on this system.
        remarks: Sentences about what it does differently from the run that it repeats.
    """

    text: str
    remarks: tuple[str, ...] = ()


class Costs(Protocol):
    """Tells what trainings of a measured network will cost; answers in milliseconds, so the window's thread may ask."""

    @property
    def was_disturbed(self) -> bool:
        """Whether other programs took the processor while the network was measured."""

    def of(
        self,
        kind: StrategyKind,
        plan: FreezePlan,
        settings: TrainSettings,
        manifest: Manifest,
        thaw: ThawSchedule | None = None,
    ) -> StrategyCost:
        """Return what a strategy costs with the images of a manifest; a custom one has `plan` and `thaw`.

        Raises:
            TlftError: If such a training could not start.
        """


class Engine(Protocol):
    """The core's workflows; every method may take long and is called outside the window's thread."""

    def load(self) -> str:
        """Load what takes long to load; return the device in words."""

    def devices(self) -> tuple[Device, ...]:
        """Return the devices of this computer; the first is the one that `auto` means."""

    def layer_tree(self, project: Project) -> LayerTree:
        """Return the layer tree of a project."""

    def network_tree(self, backbone: str, num_classes: int, image_size: int) -> LayerTree:
        """Return the layer tree of a backbone of the catalogue; needs no weights."""

    def costs(self, backbone: str, manifest: Manifest, image_size: int, device: str, control: Control) -> Costs:
        """Measure what the operations of a network cost on a device; the first time takes seconds."""

    def depth_curve(self, project: Project, device: str, control: Control) -> Iterator[Progress | DepthCurve]:
        """Measure how well each depth of the project's network separates its classes; the last item is the curve."""

    def advice(
        self, project: Project, device: str, control: Control
    ) -> Iterator[Progress | str | tuple[Advice, DepthCurve, str]]:
        """Measure which strategy fits the project, and note in it what came of it.

        Yields each reason as soon as it is known, a sentence of the core, and at the end the advice with the depth
        curve that was measured for it, and how good earlier advices were: sentences of the core, empty for none.
        """

    def sweep(
        self, project: Project, over: Over, device: str, control: Control
    ) -> Iterator[Progress | SweepPoint | Sweep]:
        """Compare networks or image sizes on the training images of the project.

        Yields each candidate as soon as it is measured, and the whole at the end.
        """

    def pilot(self, project: Project, advice: Advice, device: str, control: Control) -> Iterator[Progress | Advice]:
        """Try the ways out for a moment on the training images; the last item is the advice after it."""

    def heat(self, project: Project, run: str, device: str, control: Control) -> Iterator[Progress | Drift | EpochHeat]:
        """Measure how far a run has drifted from the pretrained network, stage by stage; the last item says it.

        Without a run: how strongly training would pull at each layer before anything is trained.
        """

    def download_weights(
        self, backbone: str, control: Control, on_progress: Callable[[int, int], None]
    ) -> tuple[str, ...]:
        """Fetch, check and store published weights; calls back with bytes done and in total; return notices."""

    def import_weights(self, backbone: str, path: Path) -> tuple[str, ...]:
        """Check a file of weights and store it for a backbone; return notices."""

    def pictures(self, project: Project, manifest: Manifest) -> Pictures:
        """Return the source of pictures of a project; does not wait for the training libraries."""

    def looks(self, project: Project, control: Control) -> Looks:
        """Return the networks of a project, to be asked what they look at."""

    def blends(self, project: Project, control: Control) -> Blends:
        """Return what blends the runs of a project."""

    def create(self, source: Path, control: Control) -> Iterator[Progress | Project]:
        """Make a project of a folder, archive or table, beside the others; the last item is the open project."""

    def create_sample(self, which: str, control: Control) -> Iterator[Progress | Project]:
        """Make the project of a sample data set; the last item is the open project."""

    def train(self, project: Project, kind: StrategyKind, settings: TrainSettings, control: Control) -> Iterator[Event]:
        """Train a new run with the ticks of the project."""

    def train_first(self, project: Project, trainings: Sequence[Training], control: Control) -> Iterator[Event]:
        """Train a new run that others are to follow.

        What the frozen layers of all of them give is computed before it, in one pass, as far as they share it.
        """

    def resume(self, project: Project, run: str, control: Control) -> Iterator[Event]:
        """Go on with a run."""

    def race(
        self, project: Project, kinds: Sequence[StrategyKind], settings: RaceSettings, control: Control
    ) -> Iterator[Event]:
        """Train strategies one after the other under the same conditions."""

    def resume_race(self, project: Project, race: str, control: Control) -> Iterator[Event]:
        """Go on with a race."""

    def race_report(self, project: Project, race: str) -> RaceReport:
        """Return how a race stands, with the courses of its runs; changes nothing."""

    def classify(
        self, project: Project, source: ModelSource, paths: Sequence[Path], control: Control
    ) -> Iterator[Progress | Answer]:
        """Classify images, and those in folders; the first item says how many there are."""

    def reliability(self, project: Project, run: str) -> Reliability | None:
        """Return how often a run was right on its validation images where it was sure; None for a run without."""

    def run_images(self, project: Project, manifest: Manifest, run: str) -> KnownRun:
        """Return what a run answered for each of its validation images; does not wait for the training libraries.

        Args:
            project: The open project.
            manifest: Its images, in which those of the run are looked for.
            run: Identifier of the run.

        Raises:
            InputError: If the run stored no answers, or they are damaged.
        """

    def save_answers(self, path: Path, answers: Sequence[Answer]) -> None:
        """Write answers as a table, in the columns of the command line."""

    def compare(self, project: Project, runs: Sequence[str]) -> Verdict:
        """Compare two or more runs on the same validation images."""

    def command_of(self, project: Project, run: str) -> CommandText:
        """Return the command line that repeats a run."""

    def save_report(
        self, project: Project, path: Path, runs: Sequence[str], control: Control
    ) -> Iterator[Progress | Path]:
        """Write the report about some runs, or about all where none is named; the last item is its file."""

    def evaluate(self, project: Project, run: str, costs: Path | None) -> Evaluated:
        """Return what a run is worth on its validation images, by the answers that it stored.

        `costs` is a table of what each answer costs; None where all mistakes are equally bad.
        """

    def evaluate_test(
        self, project: Project, run: str, costs: Path | None, device: str, control: Control
    ) -> Iterator[Progress | Evaluated]:
        """Answer the test images of a run; the last item is what it is worth on them. The look is counted."""

    def fold_head(self, project: Project, run: str, control: Control) -> Iterator[Progress | HeadFolds]:
        """Train and judge the head of a run on folds; the last item is what they show."""

    def image_map(
        self, project: Project, runs: Sequence[str], method: MapMethod, device: str, control: Control
    ) -> Iterator[Progress | ImageMap]:
        """Lay the validation images of runs out by what their networks find alike; the last item is the map."""

    def training_images(
        self, project: Project, manifest: Manifest, run: str, control: Control
    ) -> Iterator[Progress | RunImages]:
        """Ask a probe that has not learned them about the training images of a run; the last item is its answers."""
