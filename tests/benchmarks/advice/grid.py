"""What transfer, the last stage, hybrid and fine-tuning reach on sets of known character, and what is measured before.

    python tests/benchmarks/advice/grid.py FOLDER [NAME ...] [--seeds N] [--sizes N,N] [--emoji FOLDER]

Each cell (set, images per class, seed) becomes a JSON file in FOLDER; what is there is left out, so it can be stopped
and started again. A way that was taken out of a file, because its recipe is another one now, is trained again. All
takes some hours on two cores; `score.py FOLDER` then tells how good the advice is. `measured` beside this file holds
all of them; `pilots.py` adds pilots to them. Two calls with other names fill a folder at the same
time, each in one thread (OMP_NUM_THREADS=1), which is quicker than one call in two. Nothing is downloaded; the sets of
emoji take part where `--emoji` names the folder in which npm installed them (`emoji_sets.py` says which).
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.benchmarks.advice.cells import MAX_BYTES
from tests.benchmarks.advice.emoji_sets import emoji_sets
from tests.benchmarks.advice.image_sets import SIDE, ImageSet, image_sets, images_of
from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import TlftError
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.events import FitEnd
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.advising import AdviceFound, advice_for
from tlft_desktop.core.workflows.create import NewProject, create
from tlft_desktop.core.workflows.experiment import TrainOptions, run_experiment
from tlft_desktop.core.workflows.prediction import predict
from tlft_desktop.paths import AppPaths

SIZES = (5, 20, 50)
SEEDS = 3
EPOCHS = 15
TEST_PER_CLASS = 60
"""Half of them choose the best strategy, the other half count what another choice loses."""
VAL_SHARE = 0.25
WAYS = (StrategyKind.TRANSFER, StrategyKind.LAST_STAGE, StrategyKind.HYBRID, StrategyKind.FINETUNE)
_TEST_SEED = 1000


def write_images(images: Iterator[tuple[str, Any]], folder: Path) -> list[tuple[Path, str]]:
    """Write images into class folders; return paths and classes."""
    written = []
    for number, (name, image) in enumerate(images):
        buffer = io.BytesIO()
        image.save(buffer, "PNG")
        path = folder / name / f"{number:05d}.png"
        fsio.make_folder(path.parent)
        fsio.write_bytes(path, buffer.getvalue())
        written.append((path, name))
    return written


def answers_of(
    project: Project, way: StrategyKind, tests: list[tuple[Path, str]], *, flip: bool, seed: int, paths: AppPaths
) -> tuple[list[bool], float]:
    """Train a way; return whether each test image was classified rightly, and the seconds of the training."""
    epochs = None if way is StrategyKind.TRANSFER else EPOCHS
    options = TrainOptions(epochs=epochs, seed=seed, flip=flip)
    started = time.monotonic()
    end = None
    for event in run_experiment(project, way, options=options, paths=paths, control=Control()):
        end = event if isinstance(event, FitEnd) else end
    seconds = time.monotonic() - started
    if end is None or end.failure:
        raise TlftError(f"{way} failed: {end and end.failure}")
    labels = dict(tests)
    found = predict(project, end.run, [path for path, _ in tests], paths=paths, control=Control())
    return [item.class_name == labels[item.path] for item in found], seconds


@contextmanager
def project_of(chosen: ImageSet, per_class: int, seed: int, folder: Path) -> Iterator[tuple[Project, AppPaths]]:
    """Make the project of a cell in an empty folder, and the folders of the program beside it."""
    paths = AppPaths.below(folder / "home")
    write_images(iter(images_of(chosen, per_class=per_class, seed=seed, is_test=False)), folder / "images")
    new = NewProject(folder / "cell.tlft", folder / "images", image_size=SIDE, val_fraction=VAL_SHARE, seed=seed)
    project = next(item for item in create(new, paths=paths, control=Control()) if isinstance(item, Project))
    with project:
        yield project, paths


def measured(project: Project, chosen: ImageSet, per_class: int, seed: int, *, paths: AppPaths) -> dict[str, Any]:
    """Measure what the program measures before training; return a cell without any way."""
    started = time.monotonic()
    *_, found = advice_for(project, paths=paths, control=Control())
    assert isinstance(found, AdviceFound)
    evidence = asdict(found.evidence)
    evidence["costs"] = {kind.value: cost.to_json() for kind, cost in found.evidence.costs.items()}
    return {
        "set": chosen.name,
        "per_class": per_class,
        "seed": seed,
        "expected": chosen.expected,
        "advise_seconds": round(time.monotonic() - started, 2),
        "evidence": evidence,
        "scores": found.scores,
        "curve": [point.to_json() for point in found.curve.points],
        "ways": {},
    }


def cell_of(chosen: ImageSet, per_class: int, seed: int, kept: dict[str, Any] | None) -> dict[str, Any]:
    """Measure a cell and train each way that what was kept of it lacks; return what is kept now."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        # Test images differ from seed to seed, too: a lucky half must not decide every cell.
        drawn = images_of(chosen, per_class=TEST_PER_CLASS, seed=_TEST_SEED + seed, is_test=True)
        tests = write_images(iter(drawn), folder / "tests")
        with project_of(chosen, per_class, seed, folder) as (project, paths):
            cell = kept or measured(project, chosen, per_class, seed, paths=paths)
            for way in (way for way in WAYS if way.value not in cell["ways"]):
                hits, seconds = answers_of(project, way, tests, flip=chosen.flip, seed=seed, paths=paths)
                halves = hits[0::2], hits[1::2]
                cell["ways"][way.value] = {
                    "a": sum(halves[0]) / len(halves[0]),
                    "b": sum(halves[1]) / len(halves[1]),
                    "num_b": len(halves[1]),
                    "seconds": round(seconds, 2),
                }
    return cell


def main() -> int:
    """Fill the folder; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only sets whose name contains one of these")
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="images per class, separated by commas")
    parser.add_argument("--emoji", type=Path, metavar="FOLDER", help="where npm installed emoji of four vendors")
    options = parser.parse_args()
    known = image_sets() + (emoji_sets(options.emoji) if options.emoji else ())
    sets = [item for item in known if not options.names or any(name in item.name for name in options.names)]
    for seed in range(options.seeds):
        for per_class in map(int, options.sizes.split(",")):
            for chosen in sets:
                path = options.folder / f"{chosen.name}-{per_class}-{seed}.json"
                kept = fsio.read_json(path, max_bytes=MAX_BYTES) if path.exists() else None
                if kept and not {way.value for way in WAYS} - kept["ways"].keys():
                    continue
                cell = cell_of(chosen, per_class, seed, kept)
                fsio.make_folder(options.folder)
                fsio.write_json(path, cell)
                reached = ", ".join(f"{way} {100 * found['b']:.1f}" for way, found in cell["ways"].items())
                print(f"{path.stem}: {reached}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
