"""How quickly the grid of images scrolls with 20,000 images: prints frames per second and milliseconds per frame.

    python tests/benchmarks/image_grid.py [--images N] [--seconds S]

Makes the model of that many images with the real delegate; pictures come from a source that is as quick as the pixel
store. Run it alone on the machine; works with a screen, under Xvfb, or without one (`QT_QPA_PLATFORM=offscreen`).
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from tests.benchmarks._report import Report, parser
from tests.gui.fakes import FakeEngine, make_project
from tlft_desktop.core.bench.rows import Row
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, Split
from tlft_desktop.gui.app import Application, make_qt_application
from tlft_desktop.paths import AppPaths, usable_paths

GOAL_FRAMES_PER_SECOND = 30.0


def make_images(num_images: int) -> Manifest:
    """Return a manifest of ten classes."""
    records = tuple(
        ImageRecord(
            path=f"class {number % 10}/image {number:06d}.jpg",
            sha256=f"{number:064x}",
            label=f"class {number % 10}",
            split=Split.VAL if number % 5 == 0 else Split.TRAIN,
            width=640,
            height=480,
            mode="RGB",
            excluded="blurred" if number % 97 == 0 else "",
        )
        for number in range(num_images)
    )
    return Manifest(records=records, classes=tuple(sorted({record.label for record in records})))


def scroll(application: Application, app: QApplication, seconds: float) -> list[float]:
    """Scroll down by a third of a row for each frame; return milliseconds per frame."""
    grid = application.window.project_pages.data.grid
    bar = grid.verticalScrollBar()
    frames: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        value = bar.value() + bar.singleStep()
        bar.setValue(value if value < bar.maximum() else 0)
        app.processEvents()
        grid.viewport().repaint()
        frames.append(1000 * (time.perf_counter() - start))
    return frames


def main() -> None:
    """Measure and print."""
    options = parser(__doc__)
    options.add_argument("--images", type=int, default=20_000)
    options.add_argument("--seconds", type=float, default=5.0)
    args = options.parse_args()
    num_images, seconds = (500, 0.5) if args.quick else (args.images, args.seconds)
    report = Report(as_json=args.json)
    with tempfile.TemporaryDirectory() as folder:
        paths, _warning = usable_paths(AppPaths.default(Path(folder) / "home"))
        app = make_qt_application()
        application = Application(app, paths, FakeEngine())
        application.window.furnish()
        project = make_project(Path(folder) / "many.tlft")
        start = time.perf_counter()
        application.context.session.set_project(project, make_images(num_images), ())
        window = application.window
        window.show_page("data")
        window.resize(1280, 800)
        window.show()
        app.processEvents()
        report.say(f"{num_images:,} images shown in {time.perf_counter() - start:.2f} s")
        frames = sorted(scroll(application, app, seconds))
        speed = 1000 * len(frames) / sum(frames)
        report.say(f"frames: median {frames[len(frames) // 2]:.1f} ms, largest {frames[-1]:.1f} ms")
        report.add(
            Row(12, f"scrolling over {num_images:,} images", speed, GOAL_FRAMES_PER_SECOND, unit="frames a second")
        )
        report.close()
        application.context.session.clear_project()
        project.close()
        while application.context.tasks.jobs:
            app.processEvents()
        application.release()
        app.processEvents()


if __name__ == "__main__":
    main()
