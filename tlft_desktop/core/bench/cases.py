"""This program against the usual loop and against the limit, in turn, each in a process of its own."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import psutil

from tlft_desktop.core import children
from tlft_desktop.core.bench.agreement import agreement_rows, summary, train_both_ways
from tlft_desktop.core.bench.assembled import made_project
from tlft_desktop.core.bench.fastai_loop import FROZEN_EPOCHS, fastai_loop
from tlft_desktop.core.bench.limits import decode_seconds, forward_seconds, training_seconds
from tlft_desktop.core.bench.rows import Row
from tlft_desktop.core.bench.usual_loop import usual_loop
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.samples import write_photos
from tlft_desktop.core.errors import TlftError
from tlft_desktop.core.freezing.presets import freeze_up_to
from tlft_desktop.core.freezing.strategies import StrategyOptions
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE, find_backbone
from tlft_desktop.core.models.weights import WeightsStore
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.create import NewProject
from tlft_desktop.core.workflows.experiment import strategy_for
from tlft_desktop.core.workflows.networks import layer_tree_of
from tlft_desktop.paths import AppPaths

IMAGE_SIZE = 224
LOOP_EPOCHS = 10
_OWN_EPOCHS = {"finetune": 3, "partly": 8}
"""Outputs of a frozen front are kept in four views, where there are more epochs than that."""
_BOUNDARY = "blocks.5"
_FROZEN = ("conv_stem", "bn1", *(f"blocks.{number}" for number in range(6)))
"""What lies in front of the boundary: 70 % of the parameters."""
_AGREEMENT_SIZE, _AGREEMENT_SEEDS, _AGREEMENT_EPOCHS = 96, 3, 8
_LIMIT_SLACK_S = 2.0
_GOAL_FASTAI = 15
_SECONDS_BETWEEN_LOOKS = 0.2
_AS_ELSEWHERE = {"MALLOC_ARENA_MAX": str(8 * (os.cpu_count() or 1)), "GOMP_SPINCOUNT": "300000"}
"""Memory and threads as they are in other programs: the defaults of glibc and of GNU's OpenMP. Naming the limit of
arenas is all that glibc can be told without losing its rule for large blocks, which adapts to what a program frees."""


@dataclass(frozen=True, slots=True)
class BenchStep:
    """What is measured next, for people who wait."""

    text: str
    done: int
    total: int


def measure(
    folder: Path, *, rounds: int, quick: bool, control: Control, with_fastai: bool = False
) -> Iterator[BenchStep | Row]:
    """Measure in a folder of its own, in turn, and yield the comparisons.

    Args:
        folder: Empty; images, projects and caches go there.
        rounds: How often each is measured.
        quick: Let the loop run 2 of its 10 epochs and count them five times.
        control: Looked at while a part runs.
        with_fastai: Whether fastai, which must be installed, is measured, too.

    Raises:
        StoppedError: If a stop was requested.
        TlftError: If one of the processes fails.
    """
    images = write_photos(folder / "images")
    runner = _Runner(images, folder, quick=quick, control=control)
    parts = {**runner.PARTS, **(runner.FASTAI if with_fastai else {})}
    steps = [(name, number) for number in range(rounds) for name in parts if number == 0 or name not in runner.ONCE]
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in parts}
    for done, (name, number) in enumerate(steps):
        control.raise_if_stopped()
        yield BenchStep(parts[name], done, len(steps))
        found[name].append(runner.run(name, number))
    typical = {
        name: {key: statistics.median(each[key] for each in results) for key in results[0]}
        for name, results in found.items()
    }
    yield from _compare(typical)


def measure_part(part: str, images: Path, *, epochs: int) -> dict[str, float]:
    """Measure one part in this process.

    Args:
        part: `head`, `all` or `partly` for the usual loop with so much of the network trained, `limits` for what is
            possible, `agreement` for training with and without kept outputs of a frozen front, or `fastai`.
        images: Folder with `train` and `val`.
        epochs: Of the training; more than the kept variants of an image where these are compared.
    """
    match part:
        case "limits":
            return _limits(images)
        case "agreement":
            return _agreement(images, epochs=epochs)
    entry = find_backbone(DEFAULT_BACKBONE)
    weights = WeightsStore(images.parent / "weights").load(entry)
    if part == "fastai":
        found = fastai_loop(images, entry, weights, image_size=IMAGE_SIZE)
        speed = found.num_train / found.tuned_seconds
        return {"seconds": found.frozen_seconds, "images_per_second": speed, "accuracy": found.accuracy}
    frozen = {"head": None, "all": (), "partly": _FROZEN}[part]
    result = usual_loop(images, entry, weights, image_size=IMAGE_SIZE, epochs=epochs, frozen=frozen)
    later = result.train_seconds[1:] or result.train_seconds
    return {
        "seconds": result.seconds,
        "epoch_seconds": statistics.median(later),
        "images_per_second": result.num_train / statistics.median(later),
        "accuracy": result.accuracy,
    }


def _limits(images: Path) -> dict[str, float]:
    entry = find_backbone(DEFAULT_BACKBONE)
    weights = WeightsStore(images.parent / "weights").load(entry)
    files = sorted(path for path in images.rglob("*") if path.is_file())
    return {
        "transfer": decode_seconds(files, IMAGE_SIZE)
        + len(files) * forward_seconds(entry, weights, image_size=IMAGE_SIZE),
        "images_per_second": 1 / training_seconds(entry, weights, image_size=IMAGE_SIZE),
    }


def _agreement(images: Path, *, epochs: int) -> dict[str, float]:
    home = images.parent / "agreement"
    paths = AppPaths.below(home)
    new = NewProject(home / "photos.tlft", images, image_size=_AGREEMENT_SIZE)
    with made_project(new, paths=paths) as project:
        plan = freeze_up_to(layer_tree_of(project), FreezePlan(), _BOUNDARY)
        strategy = strategy_for(
            StrategyKind.CUSTOM,
            find_backbone(project.config.backbone),
            project.edited_manifest,
            _AGREEMENT_SIZE,
            plan=plan,
            options=StrategyOptions(epochs=epochs),
        )
        seeds = range(_AGREEMENT_SEEDS)
        return summary([train_both_ways(project, strategy, paths=paths, seed=seed) for seed in seeds])


class _Runner:
    """Runs what is measured, each in a process of its own."""

    PARTS: Mapping[str, str] = {
        "loop_head": "the usual loop, frozen",
        "transfer": "this program, transfer",
        "loop_all": "the usual loop, everything trained",
        "finetune": "this program, fine-tuning",
        "loop_partly": "the usual loop, partly frozen",
        "partly": "this program, partly frozen",
        "limits": "what is possible",
        "agreement": "kept outputs against none",
    }
    FASTAI: Mapping[str, str] = {"fastai": "fastai"}
    ONCE = frozenset({"agreement"})
    """Parts without a clock: they give the same in every round."""

    def __init__(self, images: Path, folder: Path, *, quick: bool, control: Control) -> None:
        self._images, self._folder, self._quick, self._control = images, folder, quick, control

    def run(self, name: str, number: int) -> dict[str, float]:
        """Return the figures of a part in a round."""
        kind, _, part = name.partition("_")
        if kind == "loop":
            return self._loop(part)
        if name in ("limits", "agreement"):
            return self._part(name, _AGREEMENT_EPOCHS, environment={})
        if name == "fastai":
            return self._part(name, FROZEN_EPOCHS, environment=_AS_ELSEWHERE)
        home = self._folder / f"{name}-{number}"
        return self._transfer(home) if name == "transfer" else self._train(home, name)

    def _loop(self, part: str) -> dict[str, float]:
        epochs = LOOP_EPOCHS if part == "head" and not self._quick else 2
        found = self._part(part, epochs, environment=_AS_ELSEWHERE)
        return {**found, "seconds": found["seconds"] * LOOP_EPOCHS / epochs}

    def _part(self, part: str, epochs: int, *, environment: Mapping[str, str]) -> dict[str, float]:
        options = ["--images", str(self._images), "--epochs", str(epochs), "--home", str(self._folder / "parts")]
        lines = run_program(["bench", "--part", part, *options], environment, self._control)
        found: dict[str, float] = json.loads(lines[-1])
        return found

    def _transfer(self, home: Path) -> dict[str, float]:
        started = monotonic()
        project = self._project(home)
        events = self._events(["train", str(project), "--strategy", "transfer", "--home", str(home)])
        end = events[-1]
        return {"seconds": end["total_seconds"], "both": monotonic() - started, "accuracy": end["best"]["val_accuracy"]}

    def _train(self, home: Path, name: str) -> dict[str, float]:
        project = self._project(home)
        strategy = "finetune"
        if name == "partly":
            run_program(["freeze", str(project), "--up-to", _BOUNDARY, "--home", str(home)], {}, self._control)
            strategy = "custom"
        arguments = [
            "train",
            str(project),
            "--strategy",
            strategy,
            "--epochs",
            str(_OWN_EPOCHS[name]),
            "--home",
            str(home),
        ]
        later = [event for event in self._events(arguments) if event["event"] == "epoch_end"][1:]
        return {
            "epoch_seconds": statistics.median(event["epoch_seconds"] for event in later),
            "images_per_second": statistics.median(event["images_per_second"] for event in later),
        }

    def _project(self, home: Path) -> Path:
        project = home / "photos.tlft"
        run_program(["new", str(project), "--data", str(self._images), "--home", str(home)], {}, self._control)
        return project

    def _events(self, arguments: Sequence[str]) -> list[dict[str, Any]]:
        return [json.loads(line) for line in run_program([*arguments, "--json"], {}, self._control)]


def _compare(typical: Mapping[str, Mapping[str, float]]) -> Iterator[Row]:
    loop, ours, limits = typical["loop_head"], typical["transfer"], typical["limits"]
    ten = f"{LOOP_EPOCHS} epochs of the usual loop"
    yield _transfer_row("transfer", ours, "seconds", loop, ten, 30)
    yield _transfer_row("transfer, from start to end", ours, "both", loop, ten, 12)
    allowed, seconds = limits["transfer"] + _LIMIT_SLACK_S, ours["seconds"]
    yield Row(2, "transfer", seconds, 1, reference="the limit and 2 s", ratio=allowed / seconds)
    loop, ours = typical["loop_all"], typical["finetune"]
    for reference, speed, goal in (
        ("the usual loop", loop["images_per_second"], 2.2),
        ("the limit", limits["images_per_second"], 0.9),
    ):
        ratio = ours["images_per_second"] / speed
        each = 1000 / ours["images_per_second"]
        yield Row(3, "fine-tuning, an image", each, goal, unit="ms", reference=reference, ratio=ratio)
    loop, ours = typical["loop_partly"], typical["partly"]
    ratio = loop["epoch_seconds"] / ours["epoch_seconds"]
    yield Row(4, "70 % frozen, an epoch", ours["epoch_seconds"], 5, reference="the usual loop", ratio=ratio)
    yield from agreement_rows("70 % frozen", typical["agreement"])
    if "fastai" in typical:
        yield from _fastai_rows(typical)


def _fastai_rows(typical: Mapping[str, Mapping[str, float]]) -> Iterator[Row]:
    fastai, ours = typical["fastai"], typical["transfer"]
    yield _transfer_row("transfer", ours, "seconds", fastai, f"{FROZEN_EPOCHS} epochs of fastai, frozen", _GOAL_FASTAI)
    speed = typical["finetune"]["images_per_second"]
    ratio = speed / fastai["images_per_second"]
    yield Row(3, "fine-tuning, an image", 1000 / speed, 1, unit="ms", reference="fastai, unfrozen", ratio=ratio)


def _transfer_row(
    what: str, ours: Mapping[str, float], key: str, loop: Mapping[str, float], reference: str, goal: float
) -> Row:
    return Row(
        1,
        what,
        ours[key],
        goal,
        reference=reference,
        ratio=loop["seconds"] / ours[key],
        accuracy=ours["accuracy"],
        reference_accuracy=loop["accuracy"],
    )


def run_program(arguments: Sequence[str], environment: Mapping[str, str], control: Control) -> list[str]:
    """Run a command of this program in a process of its own and return the lines that it printed.

    Args:
        arguments: As typed behind `tlft`.
        environment: Variables to set beside those of this process.
        control: Looked at while the command runs.

    Raises:
        TlftError: If it fails.
        StoppedError: If a stop was requested; the command is ended at once.
    """
    pipe = subprocess.PIPE
    child = subprocess.Popen(
        children.program_command(*arguments),
        env={**children.environment(), **environment},
        stdout=pipe,
        stderr=pipe,
        encoding="utf-8",
    )
    try:
        while True:
            with suppress(subprocess.TimeoutExpired):
                printed, told = child.communicate(timeout=_SECONDS_BETWEEN_LOOKS)
                break
            control.raise_if_stopped()
    except BaseException:
        _end(child)
        raise
    # Ctrl+C reaches this process and the command alike.
    control.raise_if_stopped()
    if child.returncode:
        words = told.strip().splitlines() or [f"exit code {child.returncode}"]
        raise TlftError(f"`tlft {arguments[0]}` failed while it was measured: {words[0]}")
    return printed.splitlines()


def _end(child: subprocess.Popen[str]) -> None:
    """End a process and those that it started: what they were doing is of no use any more."""
    with suppress(psutil.NoSuchProcess):
        for process in psutil.Process(child.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                process.kill()
    child.kill()
    child.communicate()
