"""Trying ways out on the training images: bounded, cancelled at once, and nothing left in the project."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.run_samples import new_project
from tlft_desktop.core.advice.pilot import Pilot, PilotWay
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.edit_images import exclude, move
from tlft_desktop.core.errors import InputError, StoppedError, UsageError
from tlft_desktop.core.project.project import Project, open_project_read_only
from tlft_desktop.core.training.setup import DivergedError
from tlft_desktop.core.training.time_model import PlanCost
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, Split
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.values.strategy import HeadSolver, Phase, StrategyKind
from tlft_desktop.core.workflows import pilot as trying
from tlft_desktop.core.workflows.pilot import PilotPlan, hold_out, run_pilot
from tlft_desktop.paths import AppPaths

LONG = 600.0
PLAN = trying._Trial.plan


@pytest.fixture
def project(profile: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """A project of 3 x 17 images for training, and a pilot that begins with two epochs."""

    def two_epochs(trial: trying._Trial, _seconds: float) -> PilotPlan:
        return PilotPlan(trial._part(1_000), 2, 10.0)

    monkeypatch.setattr(trying._Trial, "plan", two_epochs)
    with new_project(profile, per_class=25) as made:
        yield made


def pilot_of(project: Project, profile: Path, *, seconds: float = LONG) -> tuple[list[ProbeProgress], Pilot]:
    """Return the progress and what came of it."""
    *steps, found = run_pilot(project, seconds=seconds, paths=AppPaths.below(profile), control=Control())
    assert isinstance(found, Pilot)
    assert all(isinstance(step, ProbeProgress) for step in steps)
    return steps, found  # type: ignore[return-value]


def keep(project: Project, per_class: int) -> None:
    """Leave so many training images of each class."""
    manifest = project.edited_manifest
    kept: dict[str, int] = {}
    surplus = []
    for record in manifest.used(Split.TRAIN):
        kept[record.label] = kept.get(record.label, 0) + 1
        if kept[record.label] > per_class:
            surplus.append(record.path)
    project.edits.append(exclude(manifest, surplus))


def test_all_ways_are_tried_on_training_images_and_nothing_is_written(project: Project, profile: Path) -> None:
    project.close()
    before = {path: path.stat().st_mtime_ns for path in project.root.rglob("*")}
    steps, found = pilot_of(open_project_read_only(project.root), profile)
    assert {way.kind for way in found.ways} == {StrategyKind.TRANSFER, StrategyKind.HYBRID, StrategyKind.FINETUNE}
    assert [way.accuracy for way in found.ways] == sorted((way.accuracy for way in found.ways), reverse=True)
    num_train = len(project.edited_manifest.used(Split.TRAIN))
    assert found.num_train + found.num_held_out == num_train
    assert all(len(way.hits) == found.num_held_out for way in found.ways)
    assert found.of(StrategyKind.TRANSFER).is_finished  # type: ignore[union-attr]
    assert {step.stage for step in steps} == {"pilot"}
    assert {path: path.stat().st_mtime_ns for path in project.root.rglob("*")} == before


def test_the_better_half_gets_twice_the_epochs(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[tuple[StrategyKind, int]] = []

    def train(trial: trying._Trial, config: object, manifest: Manifest, *_: object) -> Iterator[PilotWay]:
        kind, epochs = config.strategy.kind, config.strategy.phases[-1].epochs  # type: ignore[attr-defined]
        tried.append((kind, epochs))
        share = {StrategyKind.TRANSFER: 2, StrategyKind.HYBRID: 3, StrategyKind.FINETUNE: 1}[kind]
        hits = tuple(number < 3 * share for number in range(len(manifest.used(Split.VAL))))
        return PilotWay(kind, hits, epochs, 0.01, 0.0, is_finished=kind is StrategyKind.TRANSFER)
        yield

    monkeypatch.setattr(trying._Trial, "_train", train)
    _, found = pilot_of(project, profile)
    assert [kind for kind, _ in tried] == ["transfer", "hybrid", "finetune", "hybrid"]
    assert [epochs for kind, epochs in tried if kind == "hybrid"] == [2, 4]
    assert [way.kind for way in found.ways] == ["hybrid", "transfer", "finetune"]
    tried.clear()
    pilot_of(project, profile, seconds=0.001)
    assert len(tried) == 3, "no time for a second round"


def test_a_way_that_cannot_be_trained_is_left_out(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = trying._Trial._train

    def train(trial: trying._Trial, config: object, *rest: object) -> Iterator[PilotWay | None]:
        if config.strategy.kind is StrategyKind.FINETUNE:  # type: ignore[attr-defined]
            raise DivergedError(3)
        return (yield from whole(trial, config, *rest))  # type: ignore[arg-type, misc]

    monkeypatch.setattr(trying._Trial, "_train", train)
    _, found = pilot_of(project, profile)
    assert {way.kind for way in found.ways} == {StrategyKind.TRANSFER, StrategyKind.HYBRID}


def test_without_time_it_says_so(project: Project, profile: Path) -> None:
    _, found = pilot_of(project, profile, seconds=1e-6)
    assert found.ways == ()
    assert "not enough to try two ways out" in found.refusal


def test_a_way_whose_time_is_over_before_its_epochs_has_no_result(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = trying._Trial(project, device="cpu", paths=AppPaths.below(profile), control=Control())
    list(trial.read_pixels())
    manifest, clock = trial._part(1_000), trying._Clock(10.0, LONG)
    config = trial._config(StrategyKind.FINETUNE, 2, manifest)

    def trained(until: float) -> PilotWay | None:
        monkeypatch.setattr(clock, "read", lambda: 0.0)
        steps = trial._train(config, manifest, clock, until)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]

    assert trained(until=-1.0) is None
    whole = trained(until=1.0)
    assert whole is not None
    assert (whole.epochs, len(whole.hits), whole.is_finished) == (2, len(manifest.used(Split.VAL)), False)


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_stop_is_answered(project: Project, profile: Path, after: int) -> None:
    control = Control()

    def go_on(steps: Iterator[ProbeProgress | Pilot]) -> None:
        for number, _ in enumerate(steps):
            if number >= after:
                control.request_stop()

    steps = run_pilot(project, seconds=LONG, paths=AppPaths.below(profile), control=control)
    with closing(steps), pytest.raises(StoppedError):
        go_on(steps)


@dataclass(frozen=True)
class Costs:
    """What an image of an epoch takes."""

    image: float

    def of_phase(self, phase: Phase, manifest: Manifest, *, batch: int) -> PlanCost:
        epochs = 0 if phase.head is HeadSolver.CONVEX else phase.epochs
        return PlanCost(0.0, 0.0, 0.0, self.image * epochs * len(manifest.used(Split.TRAIN)), 0, 0)


def plan_of(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch, *, image: float | None, seconds: float
) -> PilotPlan | str:
    """Return what is planned where an image of an epoch takes so many seconds; None for nobody knows."""
    costs = None if image is None else Costs(image)
    monkeypatch.setattr(trying._Trial, "_costs", lambda _trial: costs)
    trial = trying._Trial(project, device="cpu", paths=AppPaths.below(profile), control=Control())
    return PLAN(trial, seconds)


def test_the_time_decides_with_how_many_images_and_epochs(
    project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def plan(image: float) -> PilotPlan:
        found = plan_of(project, profile, monkeypatch, image=image, seconds=60.0)
        assert isinstance(found, PilotPlan)
        return found

    monkeypatch.setattr(trying, "_FEWEST_TRAINED", 16)
    quick, slower, slowest = plan(1e-6), plan(0.05), plan(0.12)
    num_train = len(project.edited_manifest.used(Split.TRAIN))
    sizes = [len(found.manifest.records) for found in (quick, slower, slowest)]
    assert sizes[0] == sizes[1] == num_train > sizes[2]
    assert quick.epochs == 10, "the second round is a whole training"
    assert quick.epochs > slower.epochs >= slowest.epochs == 2
    assert all(found.seconds <= 0.8 * 60 for found in (quick, slower, slowest))


def test_what_takes_far_too_long_is_not_begun(project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = plan_of(project, profile, monkeypatch, image=10.0, seconds=60.0)
    assert isinstance(refused, str)
    assert "give the pilot more time" in refused
    tight = plan_of(project, profile, monkeypatch, image=0.15, seconds=60.0)
    assert isinstance(tight, PilotPlan), "an estimate is rough: the clock decides"


def test_without_costs_the_clock_decides(project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = plan_of(project, profile, monkeypatch, image=None, seconds=60.0)
    assert isinstance(found, PilotPlan)
    assert (found.epochs, len(found.manifest.used(Split.VAL)) >= 12) == (2, True)


def test_too_few_held_out_images_tell_nothing(project: Project, profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(project, 6)
    refused = plan_of(project, profile, monkeypatch, image=1e-6, seconds=60.0)
    assert isinstance(refused, str)
    assert "training images can be held out" in refused


def test_few_images_tell_nothing(project: Project, profile: Path) -> None:
    keep(project, 4)
    _, found = pilot_of(project, profile)
    assert found.ways == ()
    assert "fewer than five training images of a class" in found.refusal


def test_validation_images_are_neither_needed_nor_seen(project: Project, profile: Path) -> None:
    manifest = project.edited_manifest
    project.edits.append(exclude(manifest, [record.path for record in manifest.used(Split.VAL)]))
    _, found = pilot_of(project, profile)
    assert len(found.ways) == 3


def test_one_class_is_refused_in_words(project: Project, profile: Path) -> None:
    manifest = project.edited_manifest
    rest = [record.path for record in manifest.used(Split.TRAIN) if record.label != "class 0"]
    project.edits.append(move(manifest, rest, Split.VAL))
    with pytest.raises(InputError, match="A pilot needs training images of two classes"):
        pilot_of(project, profile)


@pytest.mark.parametrize("seconds", [0.0, -1.0, float("nan"), float("inf")])
def test_impossible_times_are_refused(project: Project, profile: Path, seconds: float) -> None:
    with pytest.raises(UsageError, match="number of seconds above zero"):
        pilot_of(project, profile, seconds=seconds)


def record(number: int, *, label: str, group: str = "", sha256: str = "") -> ImageRecord:
    return ImageRecord(f"{label}/{number}.png", sha256 or f"{label}{number}", label, Split.TRAIN, 8, 8, "RGB", group)


def test_of_each_class_a_part_is_held_out_and_what_belongs_together_stays_together() -> None:
    records = (
        *(record(number, label="a", group=f"a{number // 4}") for number in range(40)),
        *(record(number, label="b", sha256=f"copy {number // 2}") for number in range(40)),
    )
    divided = hold_out(records, seed=3)
    for label in ("a", "b"):
        held = [item for item in divided if item.label == label and item.split is Split.VAL]
        assert 8 <= len(held) <= 16
    sides: dict[str, set[Split]] = {}
    for item in divided:
        sides.setdefault(item.group or item.sha256, set()).add(item.split)
    assert all(len(side) == 1 for side in sides.values())
    assert hold_out(records, seed=3) == divided
    assert hold_out(records, seed=4) != divided
