"""How well the window answers while it fine-tunes and while it imports, and what the window costs the training.

Prints histograms of event-loop gaps over a 10 ms timer (a gap is how much later than asked the timer came), and the
ratio of images per second in the window to those without one. Headless and window runs take turns in one process
each: A B A B; saved checkpoints are part of them. Then folders of new images become projects. Run it alone on the
machine:

    python tests/benchmarks/window_gaps.py [--epochs N] [--rounds N] [--images N]

Works with a screen, under Xvfb, or without one.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks._processes import environment
from tests.benchmarks._report import Report, parser
from tlft_desktop.core.bench.rows import Bound, Row

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication

    from tlft_desktop.gui.app import Application
    from tlft_desktop.gui.workers.mailbox import Mail

INTERVAL_MS = 10
EDGES_MS = (1, 2, 4, 8, 16, 33, 66, 100, 250)
GOALS_MS = {"p99_ms": ("99 % of the gaps", 16.0), "max_ms": ("largest gap", 100.0)}
GOAL_RATIO = 0.95


def train_headless(home: Path, project: Path, epochs: int) -> dict[str, float]:
    """Fine-tune without a window; return images per second."""
    from tlft_desktop.core.control import Control
    from tlft_desktop.core.project.project import open_project
    from tlft_desktop.core.values.events import EpochEnd
    from tlft_desktop.core.values.strategy import StrategyKind
    from tlft_desktop.core.workflows.experiment import TrainOptions, run_experiment
    from tlft_desktop.paths import AppPaths

    speeds = []
    with open_project(project) as opened:
        options, paths = TrainOptions(epochs=epochs), AppPaths.default(home)
        for event in run_experiment(opened, StrategyKind.FINETUNE, options=options, paths=paths, control=Control()):
            if isinstance(event, EpochEnd):
                speeds.append(event.images_per_second)
    return {"speed": _typical(speeds)}


class GapClock:
    """Measures gaps of the event loop in ms.

    Attributes:
        gaps: One for each tick.
    """

    def __init__(self, parent: QObject) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.gaps: list[float] = []
        self._last = 0.0
        self._timer = QTimer(parent)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._note)

    def start(self) -> None:
        """Measure from now on."""
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """Measure no more."""
        self._timer.stop()

    def _note(self) -> None:
        now = time.perf_counter()
        self.gaps.append(1000 * (now - self._last) - INTERVAL_MS)
        self._last = now


def open_window(home: Path) -> tuple[QApplication, Application]:
    """Make the program as `tlft gui` does."""
    os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
    from tlft_desktop.gui.app import SWITCH_INTERVAL_S, Application, make_qt_application
    from tlft_desktop.gui.lazy import CoreEngine
    from tlft_desktop.logs import start_logging
    from tlft_desktop.paths import AppPaths, usable_paths

    paths, _warning = usable_paths(AppPaths.default(home))
    start_logging(paths)
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    app = make_qt_application()
    return app, Application(app, paths, CoreEngine(paths))


def train_in_window(home: Path, project: Path, epochs: int) -> dict[str, float | list[float]]:
    """Fine-tune in the real window with both plots in sight; return images per second and gaps in ms."""
    app, application = open_window(home)
    from PySide6.QtCore import QTimer

    from tlft_desktop.core.values.events import EpochEnd
    from tlft_desktop.core.values.strategy import StrategyKind
    from tlft_desktop.gui.app import execute

    context, window = application.context, application.window
    speeds: list[float] = []
    clock = GapClock(application)

    def begin() -> None:
        if context.session.layer_tree is None:
            QTimer.singleShot(50, begin)
            return
        context.session.choose_strategy(StrategyKind.FINETUNE, "")
        window.project_pages.train.form.epochs.setValue(epochs)
        window.actions_by_id["start"].trigger()

    def take(mail: Mail) -> None:
        for event in mail.events:
            if isinstance(event, EpochEnd):
                speeds.append(event.images_per_second)
            if event.name == "phase_start":
                clock.start()

    def end(_outcome: object) -> None:
        clock.stop()
        window.close()

    context.controller.mail_arrived.connect(take)
    context.controller.ended.connect(end)
    QTimer.singleShot(0, begin)
    execute(app, application, project)
    return {"speed": _typical(speeds), "gaps": clock.gaps}


def import_in_window(home: Path, folder: Path) -> dict[str, list[float]]:
    """Make a project of a folder of images in the real window; return gaps in ms."""
    app, application = open_window(home)
    from PySide6.QtCore import QTimer

    from tlft_desktop.gui.app import execute

    context, window = application.context, application.window
    clock = GapClock(application)

    def begin() -> None:
        # The libraries that load at the start are measured by first_window.py.
        if not window.devices.devices or context.tasks.jobs:
            QTimer.singleShot(50, begin)
            return
        clock.start()
        window.projects.open_images(str(folder))
        QTimer.singleShot(0, look)

    def look() -> None:
        if context.session.layer_tree is None or context.tasks.jobs:
            QTimer.singleShot(50, look)
            return
        clock.stop()
        window.close()

    QTimer.singleShot(0, begin)
    execute(app, application, None)
    return {"gaps": clock.gaps}


def make_folder(folder: Path, num_images: int) -> Path:
    """Write photographs of two classes, 640 x 480 pixels, and return their folder."""
    import numpy as np
    from PIL import Image

    noise = np.random.default_rng(0)
    for number in range(num_images):
        path = folder / ("left", "right")[number % 2] / f"{number:05}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        coarse = noise.integers(0, 255, (12, 16, 3), dtype=np.uint8)
        Image.fromarray(coarse).resize((640, 480), Image.Resampling.BICUBIC).save(path, quality=90)
    return folder


def _typical(speeds: list[float]) -> float:
    # The first epoch warms memory up.
    return statistics.median(speeds[1:] or speeds)


def make_sample(home: Path) -> Path:
    """Make the sample project and return its folder."""
    from tlft_desktop.core.control import Control
    from tlft_desktop.core.project.project import Project
    from tlft_desktop.core.workflows.create import Sample, create_sample
    from tlft_desktop.paths import AppPaths

    for item in create_sample(Sample.PHOTOS, paths=AppPaths.default(home), control=Control()):
        if isinstance(item, Project):
            item.close()
            return item.root
    raise SystemExit("the sample was not made")


def print_gaps(what: str, gaps: list[float], report: Report) -> None:
    """Print the histogram, and p99 and the largest gap as rows."""
    ordered = sorted(gaps)
    low = 0.0
    report.say(f"{what}: event-loop gaps beyond a {INTERVAL_MS} ms timer, {len(ordered)} ticks")
    for high in (*EDGES_MS, float("inf")):
        count = sum(low <= gap < high or (low == 0.0 and gap < 0) for gap in ordered)
        share = count / len(ordered)
        report.say(f"  {low:5.0f} to {high:5.0f} ms  {count:6d}  {100 * share:6.2f} %  {'#' * round(60 * share)}")
        low = high
    figures = {
        "p95_ms": ordered[int(0.95 * (len(ordered) - 1))],
        "p99_ms": ordered[int(0.99 * (len(ordered) - 1))],
        "max_ms": ordered[-1],
    }
    report.say("  " + ", ".join(f"{name[:-3]} {value:.1f} ms" for name, value in figures.items()))
    for key, (name, goal) in GOALS_MS.items():
        report.add(Row(10, f"{what}: {name}", figures[key], goal, unit="ms", bound=Bound.AT_MOST))


def run_child(mode: str, home: Path, project: Path, epochs: int) -> dict[str, Any]:
    """Run one training or import in a process of its own."""
    command = [sys.executable, __file__, "--mode", mode, "--home", str(home), "--project", str(project)]
    variables = environment()
    variables.pop("OMP_NUM_THREADS", None)
    child = subprocess.run(
        [*command, "--epochs", str(epochs)], env=variables, capture_output=True, text=True, check=False
    )
    if child.returncode:
        raise SystemExit(child.stderr)
    result: dict[str, Any] = json.loads(child.stdout.splitlines()[-1])
    return result


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Do what a process of its own was started for."""
    from tlft_desktop.freed_memory import keep_freed_memory
    from tlft_desktop.waiting import wait_briefly

    wait_briefly(os.environ)
    keep_freed_memory(os.environ)
    match options.mode:
        case "headless":
            return train_headless(options.home, options.project, options.epochs)
        case "window":
            return train_in_window(options.home, options.project, options.epochs)
        case _:
            return import_in_window(options.home, options.project)


def main() -> None:
    """Measure and print."""
    options = parser(__doc__)
    options.add_argument("--epochs", type=int, default=4)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--images", type=int, default=1_000)
    options.add_argument("--mode", choices=("headless", "window", "import"), help=argparse.SUPPRESS)
    options.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--project", type=Path, help=argparse.SUPPRESS)
    args = options.parse_args()
    if args.mode:
        print(json.dumps(measure(args)))
        return
    report = Report(as_json=args.json)
    epochs, rounds, num_images = (2, 1, 100) if args.quick else (args.epochs, args.rounds, args.images)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        project = make_sample(home)
        speeds: dict[str, list[float]] = {"headless": [], "window": []}
        gaps: list[float] = []
        for number in range(rounds):
            for mode, found in speeds.items():
                result = run_child(mode, home, project, epochs)
                found.append(float(result["speed"]))
                gaps += result.get("gaps", [])
                report.say(f"round {number + 1}: {mode} {found[-1]:.1f} images/s")
        headless, window = (statistics.median(found) for found in speeds.values())
        words = {"unit": "images/s", "reference": f"{headless:.1f} images/s without one"}
        report.add(Row(10, "training in the window", window, GOAL_RATIO, ratio=window / headless, **words))
        print_gaps("training", gaps, report)
        images = make_folder(home / "images", num_images)
        gaps = []
        for number in range(rounds):
            gaps += run_child("import", home / f"import{number}", images, 0)["gaps"]
        print_gaps(f"import of {num_images:,} images", gaps, report)
    report.close()


if __name__ == "__main__":
    main()
