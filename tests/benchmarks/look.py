"""How long it takes until the window has a map of what a network looked at, and finds the mistakes of a run.

    python tests/benchmarks/look.py [--images N]

A head is trained on the sample photographs; then the network is asked about images as the page Compare asks it: the
first one with the network and the helper that reads images still to be started, the first one after both got ready
while images were in sight, later ones (median of ten), and one of them as two networks with their difference. The
mistakes are looked for among 10,000 validation images of 16 classes. Seconds of the processor in this process are told
beside those of the clock: on a busy machine they are the ones to believe, but do not hold the reading of the image.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np

from tests.benchmarks._report import Report, parser
from tlft_desktop.core.bench.rows import Bound, Row
from tlft_desktop.core.control import Control
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.predictions import Predictions, write_predictions
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.create import Sample, create_sample
from tlft_desktop.core.workflows.experiment import TrainOptions, run_experiment
from tlft_desktop.gui.layered_image import LayeredImage
from tlft_desktop.gui.lazy import CoreEngine
from tlft_desktop.gui.look_values import AskedNetwork, Looks, LookWish
from tlft_desktop.paths import AppPaths

GOAL_S = 0.2
PAUSE_S = 0.5
NUM_LATER = 10
NUM_CLASSES = 16


@dataclass(frozen=True)
class Taken:
    """Seconds of the clock, and of the processor in this process."""

    clock: float
    processor: float

    def in_words(self) -> str:
        """Return both in milliseconds."""
        return f"{1000 * self.clock:.0f} ms, {1000 * self.processor:.0f} ms of the processor"


def timed(work: Callable[[], object]) -> Taken:
    """Do something and tell how long it took."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return Taken(time.perf_counter() - clock, time.process_time() - processor)


def median(taken: list[Taken]) -> Taken:
    """Return the medians of both."""
    return Taken(statistics.median(t.clock for t in taken), statistics.median(t.processor for t in taken))


def show(looks: Looks, networks: list[AskedNetwork], path: Path) -> None:
    """Ask networks about an image and make the pictures that the window shows."""
    found = [looks.look(network, LookWish(path), Control()) for network in networks]
    layers = [look.layers for look in found]
    if len(found) == 2:
        between = looks.difference(*found).layers
        layers += [between] if between is not None else []
    for each in layers:
        LayeredImage.of(each).painted(1.0)


def write_many_predictions(folder: Path, num_images: int) -> None:
    """Give a run answers for many images, three of four right."""
    random = np.random.default_rng(0)
    labels = random.integers(0, NUM_CLASSES, num_images)
    logits = random.normal(size=(num_images, NUM_CLASSES)).astype(np.float32)
    logits[np.arange(num_images), labels] += 4 * (random.random(num_images) < 0.75)
    names = tuple(f"class {number}" for number in range(NUM_CLASSES))
    hashes = tuple(f"{number:064x}" for number in range(num_images))
    write_predictions(folder, Predictions(logits, labels.astype(np.int64), hashes, names))


def trained_project(paths: AppPaths) -> Project:
    """Make the project of the sample photographs and train a head."""
    project = list(create_sample(Sample.PHOTOS, paths=paths, control=Control()))[-1]
    assert isinstance(project, Project)
    for _event in run_experiment(
        project, StrategyKind.TRANSFER, options=TrainOptions(), paths=paths, control=Control()
    ):
        pass
    return project


def times_of(report: Report, engine: CoreEngine, project: Project, num_later: int) -> tuple[Taken, Taken]:
    """Measure how long looks take and say it; return what the first one takes that was prepared, and a later one."""
    network = AskedNetwork(RunStore(project.root).ids()[0], "transfer 1")
    images = [project.data_folder / record.path for record in project.manifest.used(Split.VAL)]
    cold = engine.looks(project, Control())
    unprepared = timed(partial(show, cold, [network], images[0]))
    report.say(f"first image, with the network to be loaded: {unprepared.in_words()}")
    cold.close()
    looks = engine.looks(project, Control())
    report.say(f"getting ready in the background: {timed(partial(looks.prepare, network)).in_words()}")
    # The helper starts beside it; a user takes longer to choose an image.
    time.sleep(PAUSE_S)
    first = timed(partial(show, looks, [network], images[0]))
    report.say(f"first image, with the network at hand: {first.in_words()}")
    later = median([timed(partial(show, looks, [network], path)) for path in images[1 : num_later + 1]])
    report.say(f"later images: {later.in_words()}")
    both = [network, replace(network, name="again", version=("again",))]
    show(looks, both, images[0])
    pair = median([timed(partial(show, looks, both, path)) for path in images[-num_later:]])
    report.say(f"two networks and their difference: {pair.in_words()}")
    looks.close()
    return first, later


def main() -> None:
    """Measure and print."""
    options = parser(__doc__)
    options.add_argument("--images", type=int, default=10_000, help="validation images with answers (%(default)s)")
    args = options.parse_args()
    num_images, num_later = (200, 2) if args.quick else (args.images, NUM_LATER)
    report = Report(as_json=args.json)
    with tempfile.TemporaryDirectory() as home:
        paths = AppPaths.below(Path(home))
        engine = CoreEngine(paths)
        engine.load()
        with trained_project(paths) as project:
            first, later = times_of(report, engine, project, num_later)
            run = RunStore(project.root).ids()[0]
            write_many_predictions(RunStore(project.root).folder(run), num_images)
            looks = engine.looks(project, Control())
            mistakes = median([timed(partial(looks.wrong_images, run)) for _ in range(3)])
            report.say(f"mistakes among {num_images:,} validation images: {mistakes.in_words()}")
            looks.close()
    for what, taken in (
        ("map of the first image", first),
        ("map of a later image", later),
        (f"mistakes among {num_images:,} images", mistakes),
    ):
        report.add(Row(0, what, taken.clock, GOAL_S, bound=Bound.AT_MOST))
    report.close()


if __name__ == "__main__":
    main()
