"""What 100,000 images cost: time and memory to find and to read them, to stop, and to open the project again.

    python tests/benchmarks/many_images.py [--most N]

Made images of 8 x 8 pixels, all different, in 100 class folders. A tenth of them and all of them become a project, each
in a process of its own; printed are the seconds per image of both, the memory of the process above that of an idle one
which has imported torch, the time until a stop takes effect in the middle, and the time to open the project.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from PIL import Image

from tests.benchmarks._processes import MIB, in_child, memory_of_torch
from tests.benchmarks._report import Report, parser
from tlft_desktop.core.bench.rows import Bound, Row
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.import_images import ImportProgress
from tlft_desktop.core.data.scan import scan
from tlft_desktop.core.errors import StoppedError
from tlft_desktop.core.project.project import Project, open_project
from tlft_desktop.core.training.memory import PeakMemory
from tlft_desktop.core.workflows.create import NewProject, create
from tlft_desktop.paths import AppPaths

NUM_CLASSES = 100
STOP_AFTER_S = 0.02
SIZE = 32
GOAL_MEMORY_MIB, GOAL_STOP_S, GOAL_OPEN_S = 500, 1.0, 2.0
GOAL_LINEAR = 1.25
"""How much longer an image may take among ten times as many: measurements of some seconds differ by a fifth."""


def make_images(folder: Path, count: int) -> Path:
    """Write so many different images and return their folder."""
    noise = np.random.default_rng(count)
    for number in range(count):
        path = folder / f"class {number % NUM_CLASSES:02}" / f"{number:06}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(noise.integers(0, 256, (8, 8, 3), dtype=np.uint8)).save(path, compress_level=1)
    return folder


def make_project(folder: Path, images: Path) -> dict[str, float]:
    """Find the images, then make a project of them; return seconds and the peak of the memory in bytes."""
    with PeakMemory("cpu") as memory:
        started = time.monotonic()
        found = scan(images, control=Control())
        scanned = time.monotonic()
        assert found.images
        del found
        *_, project = create(_new(folder, images), paths=AppPaths.below(folder / "home"), control=Control())
        assert isinstance(project, Project)
        project.close()
        made = time.monotonic()
    return {"scan": scanned - started, "made": made - scanned, "peak": memory.read()}


def open_again(folder: Path) -> dict[str, float]:
    """Open the project and look at all of its images; return the seconds and the peak of the memory in bytes."""
    with PeakMemory("cpu") as memory:
        started = time.monotonic()
        with open_project(folder / "many.tlft") as project:
            count = len(project.edited_manifest.records)
        seconds, peak = time.monotonic() - started, memory.read()
    return {"seconds": seconds, "count": count, "peak": peak}


def stop_within(folder: Path, images: Path, *, stage: str) -> dict[str, float]:
    """Ask for a stop while images are found or in the middle of reading; return the seconds until it had stopped."""
    control, asked = Control(), [0.0]

    def ask() -> None:
        asked[0] = time.monotonic()
        control.request_stop()

    # Not at once: the work goes on when somebody asks for what follows an item.
    timer = threading.Timer(STOP_AFTER_S, ask)
    try:
        for item in create(_new(folder, images), paths=AppPaths.below(folder / "home"), control=control):
            is_time = isinstance(item, ImportProgress) and item.stage == stage and 2 * item.done >= item.total
            if is_time and not timer.ident:
                timer.start()
    except StoppedError:
        return {"seconds": time.monotonic() - asked[0]}
    raise SystemExit("The project was made before the stop was asked for: take more images.")


def _new(folder: Path, images: Path) -> NewProject:
    return NewProject(folder / "many.tlft", images, image_size=SIZE)


def child(args: argparse.Namespace) -> dict[str, float]:
    """Do what a process of its own was started for."""
    match args.child:
        case "make":
            return make_project(args.folder, args.images)
        case "open":
            return open_again(args.folder)
        case _:
            return stop_within(args.folder, args.images, stage=args.stage)


def rows_of(few: dict[str, Any], many: dict[str, Any], *, idle: int) -> list[Row]:
    """Return the rows for the measurements of a tenth of the images and of all."""
    count = many["count"]
    rows = []
    for key, what in (("scan", "finding an image"), ("made", "making a project, an image")):
        each = {name: item[key] / item["count"] for name, item in (("few", few), ("many", many))}
        rows.append(
            Row(
                9,
                f"{what}, of {count:,}",
                1000 * each["many"],
                GOAL_LINEAR,
                unit="ms",
                bound=Bound.AT_MOST,
                reference=f"of {few['count']:,}",
                ratio=each["many"] / each["few"],
            )
        )
    above = (many["peak"] - idle) / MIB
    most = Bound.AT_MOST
    return [
        *rows,
        Row(9, f"memory above torch, {count:,} images", above, GOAL_MEMORY_MIB, unit="MiB", bound=most),
        Row(9, "stop while images are found", many["stop scan"], GOAL_STOP_S, bound=most),
        Row(9, "stop while images are read", many["stop read"], GOAL_STOP_S, bound=most),
        Row(9, f"opening {count:,} images again", many["open"], GOAL_OPEN_S, bound=most),
    ]


def measure(folder: Path, count: int, report: Report) -> dict[str, Any]:
    """Return the figures for so many images."""
    images = make_images(folder / "images", count)
    began = ["--images", images, "--folder"]
    found: dict[str, Any] = in_child(__file__, "--child", "make", *began, folder)
    again = in_child(__file__, "--child", "open", *began, folder)
    found |= {"count": again["count"], "open": again["seconds"]}
    for stage in ("scan", "read"):
        stopped = in_child(__file__, "--child", "stop", *began, folder / stage, "--stage", stage)
        found[f"stop {stage}"] = stopped["seconds"]
    report.say(
        f"{count:,} images: found in {found['scan']:.2f} s, project in {found['made']:.1f} s, peak "
        f"{found['peak'] / MIB:.0f} MiB, opened in {found['open']:.2f} s with a peak of {again['peak'] / MIB:.0f} MiB, "
        f"stopped in {found['stop scan']:.2f} and {found['stop read']:.2f} s"
    )
    return found


def main() -> None:
    """Measure and print."""
    options = parser(__doc__)
    options.add_argument("--most", type=int, default=100_000)
    options.add_argument("--child", choices=("make", "open", "stop"), help=argparse.SUPPRESS)
    options.add_argument("--images", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--stage", choices=("scan", "read"), help=argparse.SUPPRESS)
    args = options.parse_args()
    if args.child:
        print(json.dumps(child(args)))
        return
    report, most = Report(as_json=args.json), 5_000 if args.quick else args.most
    idle = memory_of_torch()
    report.say(f"idle with torch: {idle / MIB:.0f} MiB")
    with tempfile.TemporaryDirectory() as folder:
        few, many = (measure(Path(folder) / str(count), count, report) for count in (most // 10, most))
    report.add(*rows_of(few, many, idle=idle))
    report.close()


if __name__ == "__main__":
    main()
