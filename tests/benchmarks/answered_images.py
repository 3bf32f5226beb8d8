"""How quickly the answers of a run are shown image by image: opening, choosing others, scrolling, many classes.

    python tests/benchmarks/answered_images.py [--images N] [--scrolled N] [--classes N] [--seconds S]

Opens the panel Images of the page Compare over stored answers for N validation images, shows other choices of them,
drags through the epochs of the run, and scrolls over more; then does the same with thousands of classes. Pictures come
from a source that is as quick as the pixel store. Run it alone on the machine; works without a screen.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication

from tests.benchmarks._report import Report, parser
from tests.gui.fakes import FakeEngine, make_project
from tests.gui.run_files import make_run
from tests.layer_samples import make_layer_tree
from tlft_desktop.core.bench.rows import Bound, Row
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.epoch_answers import EpochAnswersWriter, EpochImages, answers_in
from tlft_desktop.core.runs.predictions import Predictions, write_predictions
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, Split
from tlft_desktop.gui.app import Application, make_qt_application
from tlft_desktop.gui.image_looks import Look, LookKind
from tlft_desktop.paths import AppPaths, usable_paths

GOAL_OPEN_MS, GOAL_CHOICE_MS, GOAL_EPOCH_MS, GOAL_FRAMES_PER_SECOND = 200.0, 100.0, 50.0, 30.0
NUM_EPOCHS = 30
_SHARE_RIGHT = 0.8


def answered(folder: Path, num_images: int, num_classes: int) -> Project:
    """Return a project with a run that answered all of its images."""
    generator = np.random.default_rng(0)
    names = tuple(f"class {number:04d}" for number in range(num_classes))
    labels = generator.integers(num_classes, size=num_images)
    records = tuple(
        ImageRecord(
            path=f"{names[label]}/image {number:06d}.jpg",
            sha256=f"{number:064x}",
            label=names[label],
            split=Split.VAL,
            width=640,
            height=480,
            mode="RGB",
        )
        for number, label in enumerate(labels.tolist())
    )
    project = make_project(folder / f"{num_images}-{num_classes}.tlft", Manifest(records, names))
    logits = generator.normal(size=(num_images, num_classes)).astype(np.float32)
    is_right = generator.random(num_images) < _SHARE_RIGHT
    logits[np.flatnonzero(is_right), labels[is_right]] += 6
    hashes = tuple(record.sha256 for record in records)
    run = make_run(project, _SHARE_RIGHT)
    folder, truth = RunStore(project.root).folder(run), labels.astype(np.int64)
    write_predictions(folder, Predictions(logits, truth, hashes, names))
    with closing(EpochAnswersWriter(folder, EpochImages(truth, hashes, names))) as writer:
        for epoch in range(1, NUM_EPOCHS + 1):
            writer.append(answers_in(epoch, np.roll(logits, NUM_EPOCHS - epoch, axis=0), truth))
    return project


class Bench:
    """The window over one project after the other."""

    def __init__(self, home: Path) -> None:
        paths, _warning = usable_paths(AppPaths.default(home))
        self.app: QApplication = make_qt_application()
        self.application = Application(self.app, paths, FakeEngine())
        self.window = self.application.window
        self.window.furnish()
        self.page = self.window.project_pages.compare

    def show(self, project: Project) -> None:
        """Show the page Compare with its plots in front."""
        session = self.application.context.session
        session.set_project(project, project.manifest, ())
        session.set_layer_tree(make_layer_tree())
        self.page.panels.show_panel("plots")
        self.window.show_page("compare")
        self.window.resize(1280, 800)
        self.window.show()
        session.set_runs(RunStore(project.root).summaries())
        self.settle()

    def open(self) -> float:
        """Bring the images to the front; return milliseconds until matrix and grid are painted."""
        start = time.perf_counter()
        self.page.panels.button_of("images").click()
        while not self.page.images.browser.model.rows:
            self.app.processEvents()
        self.page.images.repaint()
        return 1000 * (time.perf_counter() - start)

    def choose(self) -> float:
        """Show other choices of images; return the milliseconds of the slowest."""
        times = []
        images = self.page.images.choice.images
        truth, answer, _ = images.pairs()[0]
        looks = [Look(kind) for kind in (LookKind.ALL, LookKind.WRONG, LookKind.UNCERTAIN, LookKind.SUSPECTS)]
        for look in (*looks, Look(LookKind.CELL, truth, answer), Look(LookKind.WORST)):
            start = time.perf_counter()
            self.page.images.side.look_chosen.emit(look)
            self.app.processEvents()
            self.page.images.repaint()
            times.append(1000 * (time.perf_counter() - start))
        return max(times)

    def drag(self) -> list[float]:
        """Drag through the epochs; return the milliseconds until matrix and grid show each."""
        slider, times = self.page.images.side.epochs.slider, []
        for place in range(slider.maximum(), -1, -1):
            start = time.perf_counter()
            slider.setValue(place)
            while self.application.context.tasks.jobs:
                self.app.processEvents()
            self.page.images.repaint()
            times.append(1000 * (time.perf_counter() - start))
        return times

    def scroll(self, seconds: float) -> list[float]:
        """Scroll down by a third of a row for each frame; return milliseconds per frame."""
        self.page.images.side.look_chosen.emit(Look(LookKind.ALL))
        grid = self.page.images.browser.grid
        bar = grid.verticalScrollBar()
        frames: list[float] = []
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            start = time.perf_counter()
            value = bar.value() + bar.singleStep()
            bar.setValue(value if value < bar.maximum() else 0)
            self.app.processEvents()
            grid.viewport().repaint()
            frames.append(1000 * (time.perf_counter() - start))
        return frames

    def settle(self) -> None:
        """Wait until nothing works in the background."""
        while self.application.context.tasks.jobs:
            self.app.processEvents()

    def leave(self, project: Project) -> None:
        """Close a project."""
        self.settle()
        self.application.context.session.clear_project()
        project.close()
        self.settle()

    def close(self) -> None:
        """Give everything back."""
        self.application.release()
        self.app.processEvents()


def main() -> None:
    """Measure and print."""
    options = parser(__doc__)
    options.add_argument("--images", type=int, default=10_000)
    options.add_argument("--scrolled", type=int, default=100_000)
    options.add_argument("--classes", type=int, default=5_000)
    options.add_argument("--seconds", type=float, default=5.0)
    args = options.parse_args()
    if args.quick:
        args.images, args.scrolled, args.classes, args.seconds = 500, 1_000, 200, 0.5
    report = Report(as_json=args.json)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder) / "home")
        for number, classes in ((args.images, 10), (args.images, args.classes)):
            project = answered(Path(folder), number, classes)
            bench.show(project)
            used, opened = time.process_time(), bench.open()
            report.say(f"opening took {1000 * (time.process_time() - used):.0f} ms of the processor")
            what = f"{number:,} images of {classes:,} classes"
            if classes == 10:
                report.add(Row(0, f"opening the answers for {what}", opened, GOAL_OPEN_MS, "ms", Bound.AT_MOST))
            else:
                report.say(f"{what} were opened in {opened:.0f} ms, read in the background")
            report.add(Row(0, f"another choice of {what}", bench.choose(), GOAL_CHOICE_MS, "ms", Bound.AT_MOST))
            if classes == 10:
                steps = sorted(bench.drag())
                what = f"another epoch of {number:,} images, median of {len(steps)}"
                report.add(Row(0, what, steps[len(steps) // 2], GOAL_EPOCH_MS, "ms", Bound.AT_MOST))
            bench.leave(project)
        project = answered(Path(folder), args.scrolled, 10)
        bench.show(project)
        bench.open()
        frames = sorted(bench.scroll(args.seconds))
        report.say(f"frames: median {frames[len(frames) // 2]:.1f} ms, largest {frames[-1]:.1f} ms")
        speed, what = 1000 * len(frames) / sum(frames), f"scrolling over {args.scrolled:,} answered images"
        report.add(Row(0, what, speed, GOAL_FRAMES_PER_SECOND, unit="frames a second"))
        bench.leave(project)
        bench.close()
    report.close()


if __name__ == "__main__":
    main()
