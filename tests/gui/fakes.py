"""Small stand-ins: a manifest, pictures, and an engine without torch."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.gui.fake_figures import FakeFigures
from tests.gui.fake_looks import FakeLookEngine
from tests.gui.fake_race import FakeRace, new_race
from tests.gui.fake_training import fake_training
from tests.layer_samples import make_layer_tree
from tlft_desktop.core import fsio
from tlft_desktop.core.advice.advisor import Advice, Confidence, Expectation, revise
from tlft_desktop.core.advice.depth_curve import DepthCurve, DepthPlace, DepthPoint
from tlft_desktop.core.advice.pilot import Pilot, PilotWay
from tlft_desktop.core.advice.reasons import Reason
from tlft_desktop.core.advice.settings import AdvisedSettings
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.drift import Drift
from tlft_desktop.core.evaluation.reliability import Reliability
from tlft_desktop.core.freezing.borders import DepthScale
from tlft_desktop.core.project.config import ProjectConfig
from tlft_desktop.core.project.project import Project, create_project
from tlft_desktop.core.project.ulid import new_ulid
from tlft_desktop.core.runs.races import Race, RaceStore
from tlft_desktop.core.values.costs import StrategyCost
from tlft_desktop.core.values.events import Event
from tlft_desktop.core.values.heat import EpochHeat, Heat
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, Split
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import Augmentation, OptimizerKind, StrategyKind
from tlft_desktop.core.values.sweep import Candidate, Over, Sweep, SweepPoint
from tlft_desktop.core.values.thaw import ThawSchedule
from tlft_desktop.core.workflows.prediction_table import csv_bytes, require_table
from tlft_desktop.gui.engine import (
    Answer,
    CommandText,
    Device,
    ModelSource,
    Picture,
    RaceSettings,
    Training,
    TrainSettings,
    Verdict,
)
from tlft_desktop.gui.lazy_mistakes import KnownRun, read_run
from tlft_desktop.gui.race_files import RaceReport
from tlft_desktop.gui.race_report import read_report
from tlft_desktop.gui.workers.task import Progress


def make_manifest(classes: tuple[str, ...] = ("cat", "dog", "<b>bird</b>"), num_each: int = 5) -> Manifest:
    """Return `num_each` images a class: one for validation, the last class with one excluded."""
    records = []
    for name in classes:
        for number in range(num_each):
            excluded = "cannot be read" if name == classes[-1] and number == num_each - 1 else ""
            records.append(
                ImageRecord(
                    path=f"{name}/{number}.png",
                    sha256=hashlib.sha256(f"{name}{number}".encode()).hexdigest(),
                    label=name,
                    split=Split.VAL if number == 0 else Split.TRAIN,
                    width=8,
                    height=8,
                    mode="RGB",
                    excluded=excluded,
                )
            )
    return Manifest(records=tuple(records), classes=classes)


class FakePictures:
    """Plain colours by class; an image whose name begins with `gone` cannot be shown."""

    def __init__(self) -> None:
        self.is_closed = False
        self.asked: list[str] = []

    def thumbnail(self, record: ImageRecord, side: int, control: Control) -> Picture:
        control.raise_if_stopped()
        self.asked.append(record.path)
        if record.path.rpartition("/")[2].startswith("gone"):
            raise InputError("The file is not there (or the link leads nowhere).")
        colour = hashlib.sha256(record.label.encode()).digest()[:3]
        return Picture(side, side * 3 // 4, colour * (side * (side * 3 // 4)))

    def original(self, record: ImageRecord, side: int, control: Control) -> Picture:
        return self.thumbnail(record, min(side, 64), control)

    def views(self, record: ImageRecord, numbers: Sequence[int], control: Control) -> tuple[Picture, ...]:
        return tuple(self.thumbnail(record, 16, control) for _ in (0, *numbers))

    def close(self) -> None:
        self.is_closed = True


@dataclass(frozen=True)
class FakeCosts:
    """Costs by the number of frozen layers."""

    was_disturbed: bool

    def of(
        self,
        kind: StrategyKind,
        plan: FreezePlan,
        settings: TrainSettings,
        manifest: Manifest,
        thaw: ThawSchedule | None = None,
    ) -> StrategyCost:
        if not frozenset(make_layer_tree().owners) - plan.frozen:
            raise InputError("Nothing would be trained.")
        epochs = settings.epochs or 20
        epoch = 0.5 if kind is StrategyKind.TRANSFER else 10.0 - len(plan.frozen)
        return StrategyCost(kind, epochs * epoch, epoch, 2**28, 0 if kind is StrategyKind.FINETUNE else 2**20)


class FakeEngine(FakeFigures, FakeLookEngine):
    """An engine without torch: a tiny network and a training that only yields events."""

    def __init__(self, *, num_epochs: int = 3, pause_s: float = 0.0) -> None:
        super().__init__()
        self.num_epochs, self.pause_s = num_epochs, pause_s
        self.trained: list[StrategyKind] = []
        self.settings: list[TrainSettings] = []
        self.plans: list[FreezePlan] = []
        self.together: list[list[int]] = []
        self.resumed: list[str] = []
        self.downloaded: list[str] = []
        self.is_download_held = False
        self.measured: list[tuple[str, int, str]] = []
        self.is_measuring_held = False
        self.probed: list[str] = []
        self.advised: list[str] = []
        self.swept: list[Over] = []
        self.heated: list[str] = []
        self.least_size = 64
        self.is_sweep_held = False
        self.earlier = ""
        self.tried: list[str] = []
        self.rules_disagree = False
        self.is_pilot_held = False
        self.is_disturbed = False
        self.races: list[tuple[tuple[StrategyKind, ...], RaceSettings]] = []
        self.failing: set[StrategyKind] = set()
        self.held: set[StrategyKind] = set()

    def load(self) -> str:
        return "CPU, 1 core"

    def devices(self) -> tuple[Device, ...]:
        return (Device("cpu", "CPU, 1 core"), Device("mps", "Other GPU"))

    def layer_tree(self, project: Project) -> LayerTree:
        return make_layer_tree()

    def network_tree(self, backbone: str, num_classes: int, image_size: int) -> LayerTree:
        if image_size < self.least_size:
            raise InputError(f"{backbone} cannot work with images of {image_size} pixels.")
        return replace(make_layer_tree(3), backbone=backbone)

    def costs(self, backbone: str, manifest: Manifest, image_size: int, device: str, control: Control) -> FakeCosts:
        self.measured.append((backbone, image_size, device))
        while self.is_measuring_held:
            control.raise_if_stopped()
            time.sleep(0.005)

        return FakeCosts(was_disturbed=self.is_disturbed)

    def depth_curve(self, project: Project, device: str, control: Control) -> Iterator[Progress | DepthCurve]:
        """Yield a curve whose best place lies behind the first block."""
        self.probed.append(device)
        yield Progress(1, 2, "pass")
        while self.is_measuring_held:
            control.raise_if_stopped()
            time.sleep(0.005)
        borders = DepthScale(make_layer_tree()).borders[1:]
        points = []
        for number, border in enumerate(borders):
            is_last, accuracy = border is borders[-1], (0.5, 0.9, 0.7)[number]
            place = DepthPlace("" if is_last else border.path, border.num_owners, 0.3 * number)
            points.append(DepthPoint(place, accuracy, accuracy - 0.1, accuracy + 0.1, accuracy - 0.2, 0.1))
        yield DepthCurve(tuple(points), best=1, knee=1, num_images=12, loses=True)

    def advice(
        self, project: Project, device: str, control: Control
    ) -> Iterator[Progress | str | tuple[Advice, DepthCurve, str]]:
        """Yield two reasons and the advice to fine-tune."""
        self.advised.append(device)
        yield Progress(0, 2, "shift")
        yield "The first <b>reason</b>."
        while self.is_measuring_held:
            control.raise_if_stopped()
            time.sleep(0.005)
        yield "The second reason."
        (curve,) = (item for item in self.depth_curve(project, device, control) if isinstance(item, DepthCurve))
        ways = (StrategyKind.TRANSFER, StrategyKind.FINETUNE, StrategyKind.HYBRID)
        yield (
            Advice(
                strategy=StrategyKind.FINETUNE,
                runner_up=StrategyKind.HYBRID,
                confidence=Confidence.HIGH,
                reasons=(
                    Reason("rule", None, "A rule says so."),
                    Reason("first", 1.0, "The first <b>reason</b>."),
                    Reason("second", 2.0, "The second reason."),
                ),
                expected={kind: Expectation(0.9, 0.8, 0.95, 90.0, 10**9) for kind in ways},
                rule="rule",
                source="A study (2020)",
                rules_disagree=self.rules_disagree,
                settings={
                    kind: AdvisedSettings(3e-4, 3e-3, 30, 8, OptimizerKind.ADAMW, Augmentation.STANDARD, batch_size=32)
                    for kind in ways
                },
            ),
            curve,
            self.earlier,
        )

    def sweep(
        self, project: Project, over: Over, device: str, control: Control
    ) -> Iterator[Progress | SweepPoint | Sweep]:
        """Yield two networks, or sizes, of which the first is a little better; and one that cannot be measured."""
        self.swept.append(over)
        config, points = project.config, []
        names = ((config.backbone, config.image_size), ("timm:mobilenetv3_small_100", 32), ("timm:gone", 32))
        if over is Over.IMAGE_SIZE:
            names = ((config.backbone, 32), (config.backbone, 128), (config.backbone, 224))
        for number, (backbone, size) in enumerate(names):
            yield Progress(100 * number, 100 * len(names), "pass")
            candidate, accuracy = Candidate(backbone, size), 0.9 - number / 10
            point = SweepPoint(candidate, accuracy, accuracy - 0.1, accuracy + 0.05, 0.7, 0.02 / (1 + number), 2579)
            points.append(SweepPoint(candidate, problem="A <b>reason</b>.") if number == len(names) - 1 else point)
            yield points[-1]
            while number == 0 and self.is_sweep_held:
                control.raise_if_stopped()
                time.sleep(0.005)
        yield Sweep(tuple(points), best=0, enough=1)

    def pilot(self, project: Project, advice: Advice, device: str, control: Control) -> Iterator[Progress | Advice]:
        """Yield the advice after a pilot in which the head leads by far, and the hybrid got no time."""
        self.tried.append(device)
        yield Progress(10, 60, "pilot")
        while self.is_pilot_held:
            control.raise_if_stopped()
            time.sleep(0.005)
        ways = ((StrategyKind.TRANSFER, 90, 0), (StrategyKind.FINETUNE, 60, 4))
        found = tuple(
            PilotWay(kind, tuple(n < right for n in range(100)), epochs, 9.0, 0.02, is_finished=not epochs)
            for kind, right, epochs in ways
        )
        yield revise(advice, Pilot(found, num_train=230, num_held_out=100, share=0.7))

    def heat(self, project: Project, run: str, device: str, control: Control) -> Iterator[Progress | Drift | EpochHeat]:
        """Yield a drift that grows with the depth, or the heat of a network whose first layers are pulled at most."""
        self.heated.append(run)
        yield Progress(1, 2, "pass")
        tree = make_layer_tree()
        if run:
            yield Drift({stage: 1.0 - place / 10 for place, stage in enumerate(tree.stages[:-1])}, 12)
        else:
            owners = [owner for owner in tree.owners if owner not in tree.head_owners]
            yield EpochHeat("before", 1, {owner: Heat(1.0 / (1 + 9 * n), 1.0) for n, owner in enumerate(owners)})

    def download_weights(
        self, backbone: str, control: Control, on_progress: Callable[[int, int], None]
    ) -> tuple[str, ...]:
        self.downloaded.append(backbone)
        on_progress(1_000_000, 4_000_000)
        while self.is_download_held:
            control.raise_if_stopped()
            time.sleep(0.005)
        return ()

    def import_weights(self, backbone: str, path: Path) -> tuple[str, ...]:
        raise InputError(f"'{path.name}' is not a usable safetensors file.")

    def pictures(self, project: Project, manifest: Manifest) -> FakePictures:
        return FakePictures()

    def create(self, source: Path, control: Control) -> Iterator[Progress | Project]:
        if not source.is_dir():
            raise InputError(f"'{source}' is no folder of images.", remedy="Choose another one.")
        yield Progress(1, 2, "read")
        yield make_project(source.parent / f"{source.name}.tlft")

    def create_sample(self, which: str, control: Control) -> Iterator[Progress | Project]:
        yield from self.create(Path.cwd() / which, control)

    def train(self, project: Project, kind: StrategyKind, settings: TrainSettings, control: Control) -> Iterator[Event]:
        self.trained.append(kind)
        self.settings.append(settings)
        yield from fake_training(control, num_epochs=self.num_epochs, pause_s=self.pause_s)

    def train_first(self, project: Project, trainings: Sequence[Training], control: Control) -> Iterator[Event]:
        first = trainings[0]
        self.together.append([training.settings.seed for training in trainings])
        if first.plan is not None:
            self.plans.append(first.plan)
        yield from self.train(project, first.kind, first.settings, control)

    def resume(self, project: Project, run: str, control: Control) -> Iterator[Event]:
        self.resumed.append(run)
        yield from fake_training(control, num_epochs=self.num_epochs, pause_s=self.pause_s)

    def race(
        self, project: Project, kinds: Sequence[StrategyKind], settings: RaceSettings, control: Control
    ) -> Iterator[Event]:
        self.races.append((tuple(kinds), settings))
        yield from self._race(project, new_race(project, kinds, settings), control)

    def resume_race(self, project: Project, race: str, control: Control) -> Iterator[Event]:
        self.resumed.append(race)
        yield from self._race(project, RaceStore(project.root).load(race), control)

    def _race(self, project: Project, race: Race, control: Control) -> Iterator[Event]:
        pace = {"num_epochs": self.num_epochs, "pause_s": self.pause_s}
        yield from FakeRace(project, race, control, failing=self.failing, held=self.held, **pace).events()

    def race_report(self, project: Project, race: str) -> RaceReport:
        return read_report(project.root, race)

    def compare(self, project: Project, runs: Sequence[str]) -> Verdict:
        first, *others = runs
        return Verdict(f"{first} is better than {' and '.join(others)} by 3.0 points.", is_possible=True)

    def command_of(self, project: Project, run: str) -> CommandText:
        return CommandText(f"tlft train {project.root} --strategy transfer", ("The images changed since.",))

    def save_report(
        self, project: Project, path: Path, runs: Sequence[str], control: Control
    ) -> Iterator[Progress | Path]:
        """Name the runs in a file."""
        for number in range(3):
            control.raise_if_stopped()
            yield Progress(number, 3, "runs")
        path.write_text(" ".join(runs) or "all", encoding="utf-8")
        yield path

    def classify(
        self, project: Project, source: ModelSource, paths: Sequence[Path], control: Control
    ) -> Iterator[Progress | Answer]:
        """Answer by name: `bad` is no image, `dog` is a dog, `vague` is unsure; a folder holds three cats."""
        images: list[Path] = []
        for path in paths:
            images += [path / f"{number}.png" for number in range(3)] if path.is_dir() else [path]
        yield Progress(0, len(images))
        for image in images:
            control.raise_if_stopped()
            time.sleep(self.pause_s)
            if "bad" in image.name:
                yield Answer(str(image), (), "This is a PDF file, not an image.")
                continue
            sure = 0.4 if "vague" in image.name else 0.75
            first, second = ("dog", "cat") if "dog" in image.name else ("cat", "dog")
            picture = Picture(4, 3, bytes((200, 60, 30)) * 12)
            yield Answer(str(image), ((first, sure), (second, 0.9 - sure), ("<b>bird</b>", 0.1)), "", picture)

    def reliability(self, project: Project, run: str) -> Reliability | None:
        return Reliability((0.9, 0.8, 0.6, 0.4), (1, 2, 2, 2))

    def run_images(self, project: Project, manifest: Manifest, run: str) -> KnownRun:
        return read_run(project, manifest, run)

    def save_answers(self, path: Path, answers: Sequence[Answer]) -> None:
        require_table(path)
        fsio.write_bytes(path, csv_bytes(answers))


def make_project(root: Path, manifest: Manifest | None = None, *, flip: bool | None = True) -> Project:
    """Return a new project with a manifest, by default that of `make_manifest`, open for writing."""
    manifest = manifest or make_manifest()
    config = ProjectConfig(
        id=new_ulid(),
        name=root.stem,
        created="2026-01-02T03:04:05+00:00",
        app_version="0",
        data_root=str(root.parent.resolve()),
        data_source=str(root.parent),
        val_fraction=0.2,
        test_fraction=0.0,
        group_by="",
        seed=0,
        backbone="fake:tiny",
        image_size=32,
        manifest=manifest.digest,
        plan=FreezePlan(frozenset(make_layer_tree().owners) - {"head"}),
        flip=flip,
    )
    return create_project(root, config, manifest)
