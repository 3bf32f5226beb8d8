"""Small valid projects, runs, events and states for tests of what is kept on disk."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

from tlft_desktop.core.project.config import ProjectConfig
from tlft_desktop.core.project.project import Project, create_project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import BatchEnd, EpochEnd, Event, FitEnd, PhaseStart, ValidationEnd
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, Split
from tlft_desktop.core.values.numerics import DataType, MemoryFormat, Numerics
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.run import RunConfig
from tlft_desktop.core.values.strategy import Phase, Strategy, StrategyKind

PROJECT_ID = "01JD8X3V2Q4N5P6R7S8T9VABCD"


def make_manifest(num_images: int = 6) -> Manifest:
    """Return images of the classes `cat` and `dog`, every third one for validation."""
    records = tuple(
        ImageRecord(
            path=f"{label}/{number:03d}.png",
            sha256=f"{number:064x}",
            label=label,
            split=Split.VAL if number % 3 == 0 else Split.TRAIN,
            width=32,
            height=24,
            mode="RGB",
        )
        for number in range(num_images)
        for label in ("cat" if number % 2 else "dog",)
    )
    return Manifest(records=records, classes=("cat", "dog"))


def make_config(**changes: Any) -> ProjectConfig:
    """Return the choices of a small project."""
    values: dict[str, Any] = {
        "id": PROJECT_ID,
        "name": "pets",
        "created": "2026-11-24T08:00:00+00:00",
        "app_version": "0.1.0",
        "data_root": "/data/pets",
        "data_source": "/data/pets",
        "val_fraction": 0.2,
        "test_fraction": 0.0,
        "group_by": "",
        "seed": 7,
        "backbone": "timm:tf_efficientnet_lite0",
        "image_size": 64,
        "manifest": make_manifest().digest,
        "plan": FreezePlan(frozen=frozenset({"conv_stem", "blocks.0.0.conv_dw"})),
    }
    return ProjectConfig(**{**values, **changes})


def make_project(root: Path, **changes: Any) -> Project:
    """Create a project and return it open."""
    return create_project(root, make_config(**changes), make_manifest())


def make_run_config(run: str, *, epochs: int = 3) -> RunConfig:
    """Return the configuration of a transfer run."""
    phase = Phase(name="head", plan=FreezePlan(frozen=frozenset({"conv_stem"})), epochs=epochs)
    return RunConfig(
        run=run,
        strategy=Strategy(kind=StrategyKind.TRANSFER, phases=(phase,)),
        backbone="timm:tf_efficientnet_lite0",
        weights_sha256="0" * 64,
        image_size=64,
        manifest=make_manifest().digest,
        classes=("cat", "dog"),
        seed=1,
        data_seed=2,
        numerics=Numerics("cpu", 1, 1, DataType.FLOAT32, MemoryFormat.CONTIGUOUS, 8, 8),
        versions={"torch": "2.13"},
        started="2026-11-24T08:00:00+00:00",
    )


def make_run(store: RunStore) -> str:
    """Create a run and return its identifier."""
    run = store.new_id()
    store.create(make_run_config(run))
    return run


def phase_start() -> PhaseStart:
    """Return the start of the only phase."""
    return PhaseStart(phase="head", index=0, trainable_parameters=2562, frozen_owners=1, cache=None)


def epoch_events(epoch: int, *, seconds: float = 0.0) -> list[Event]:
    """Return what an epoch of two steps tells; the values depend on the epoch only."""
    loss, accuracy = 1.0 / epoch, 1.0 - 0.5 / epoch
    rates = {"head": 0.001}
    step = 2 * epoch
    return [
        BatchEnd(seconds=seconds, step=step, loss=loss, learning_rates=rates, images_per_second=50.0 + seconds),
        ValidationEnd(
            seconds=seconds,
            phase="head",
            epoch=epoch,
            val_loss=loss,
            val_accuracy=accuracy,
            val_accuracy_low=accuracy - 0.1,
            val_accuracy_high=accuracy + 0.1,
            val_macro_f1=accuracy,
        ),
        EpochEnd(
            seconds=seconds,
            phase="head",
            epoch=epoch,
            phase_epoch=epoch,
            train_loss=loss,
            train_accuracy=accuracy,
            epoch_seconds=0.5 + seconds,
            images_per_second=50.0 + seconds,
            peak_memory_bytes=1000 * epoch,
            phase_peak_memory_bytes=900 * epoch,
            learning_rates=rates,
            step=step,
        ),
    ]


def fit_end(state: str = "completed", **changes: Any) -> FitEnd:
    """Return the end of a run."""
    values: dict[str, Any] = {"best": None, "frozen_proof": "verified", "total_seconds": 12.5, "failure": None}
    return FitEnd(state=state, **{**values, **changes})


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its content, by relative path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def leftovers(folder: Path) -> list[str]:
    """Return the half-written files and folders below a folder."""
    return [str(path.relative_to(folder)) for path in folder.rglob(".tmp-*")]


def left_temporary(folder: Path, *, is_folder: bool = False) -> Path:
    """Return what a program that was killed half-way left in `folder`."""
    code = f"""
        import os
        from pathlib import Path
        from tlft_desktop.core import fsio
        def kill(kind, path):
            if kind == ("fsync" if {is_folder} else "rename"):
                os._exit(9)
        fsio.primitives.operation = kill
        target = Path({str(folder / "result")!r})
        if {is_folder}:
            with fsio.FolderWriter(target) as writer:
                writer.add("a", b"x")
        fsio.write_bytes(target, b"x")
    """
    before = set(folder.iterdir())
    assert subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=False).returncode == 9
    (path,) = set(folder.iterdir()) - before
    assert path.name.startswith(".tmp-")
    return path
