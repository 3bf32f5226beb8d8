"""How time and memory grow with the number of images, over a factor of 100, against the limit of the machine.

    python tests/benchmarks/growth.py [--most N]

Made images: random parts of the sample photographs as JPEG files of 320 x 240 pixels. For each number of them a project
is made and trained by transfer learning with cold caches, each in a process of its own. The limit is every file decoded
once and a forward pass in the fastest numeric mode. Run it alone.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from PIL import Image

from tests.benchmarks._processes import MIB, tlft, tlft_events
from tests.benchmarks._report import Report, parser
from tlft_desktop.core.bench.limits import decode_seconds, forward_seconds
from tlft_desktop.core.bench.rows import Bound, Row
from tlft_desktop.core.data.samples import write_photos
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE, find_backbone
from tlft_desktop.core.models.weights import WeightsStore
from tlft_desktop.freed_memory import keep_freed_memory

IMAGE_SIZE = 224
SIZE = (320, 240)
GOAL_RATIO, SLACK_S, LARGE = 1.25, 2.0, 2000
GOAL_MEMORY_RATIO = 1.1
"""Memory should not depend on the number of images; two measurements of the same differ by a tenth."""


@dataclass(frozen=True)
class Cost:
    """What so many images cost.

    Attributes:
        count: Images.
        limit: Seconds in which they can be decoded and passed through the network at best.
        importing: Seconds to make the project.
        seconds: Of the training, from its start to its end.
        peak: Of the memory of the process that trained, in bytes.
    """

    count: int
    limit: float
    importing: float
    seconds: float
    peak: int

    @property
    def is_large(self) -> bool:
        """Whether the constant part counts for little."""
        return self.count >= LARGE

    def row(self) -> Row:
        """Return the time against the limit."""
        allowed = self.limit if self.is_large else self.limit + SLACK_S
        reference = "the limit" if self.is_large else f"the limit and {SLACK_S:g} s"
        goal = GOAL_RATIO if self.is_large else 1.0
        what = f"transfer of {self.count:,} images, time"
        return Row(2, what, self.seconds, goal, bound=Bound.AT_MOST, reference=reference, ratio=self.seconds / allowed)


def make_images(photos: Path, folder: Path, count: int) -> None:
    """Write `count` images, a fifth of them for validation."""
    generator = np.random.default_rng(count)
    classes = sorted(path for path in (photos / "train").iterdir())
    sources = {path.name: [Image.open(file).convert("RGB") for file in sorted(path.iterdir())] for path in classes}
    for number in range(count):
        label = classes[number % len(classes)].name
        source = sources[label][int(generator.integers(len(sources[label])))]
        side = int(generator.integers(48, min(source.size) + 1))
        left, top = (int(generator.integers(size - side + 1)) for size in source.size)
        path = folder / ("val" if number // len(classes) % 5 == 4 else "train") / label / f"{number}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        source.resize(SIZE, box=(left, top, left + side, top + side)).save(path, quality=90)


def measure(photos: Path, folder: Path, count: int, *, size: int) -> Cost:
    """Return what so many images cost."""
    images, home, project = folder / "images", folder / "home", folder / "made.tlft"
    make_images(photos, images, count)
    files = sorted(path for path in images.rglob("*.jpg"))
    entry = find_backbone(DEFAULT_BACKBONE)
    weights = WeightsStore(home / "models").load(entry)
    limit = decode_seconds(files, size) + count * forward_seconds(entry, weights, image_size=size)
    importing, _ = tlft("new", project, "--data", images, "--image-size", size, "--home", home)
    events = tlft_events("train", project, "--strategy", "transfer", "--home", home)
    peak = max(event.get("peak_memory_bytes", 0) for event in events)
    return Cost(count, limit, importing, events[-1]["total_seconds"], peak)


def memory_row(few: Cost, many: Cost) -> Row:
    """Return how much more memory many images take than few."""
    each = (many.peak - few.peak) / (many.count - few.count) / 1024
    return Row(
        0,
        f"memory for {many.count:,} images ({each:.1f} KiB for each more)",
        many.peak / MIB,
        GOAL_MEMORY_RATIO,
        unit="MiB",
        bound=Bound.AT_MOST,
        reference=f"for {few.count:,}",
        ratio=many.peak / few.peak,
    )


def main() -> None:
    """Print a line for each number of images."""
    options = parser(__doc__)
    options.add_argument("--most", type=int, default=10_000)
    args = options.parse_args()
    most, size = (4_800, 64) if args.quick else (args.most, IMAGE_SIZE)
    keep_freed_memory(os.environ)
    report, costs = Report(as_json=args.json), []
    header = ("images", "limit s", "import s", "transfer s", "ms per image", "peak MiB")
    report.say("".join(f"{name:>14}" for name in header))
    with tempfile.TemporaryDirectory() as folder:
        photos = write_photos(Path(folder) / "photos")
        for count in (most // 100, most // 10, most):
            cost = measure(photos, Path(folder) / str(count), count, size=size)
            figures = (cost.limit, cost.importing, cost.seconds, 1000 * cost.seconds / count, cost.peak / MIB)
            report.say(f"{count:>14,}" + "".join(f"{figure:>14.1f}" for figure in figures))
            report.add(cost.row())
            costs.append(cost)
    report.add(memory_row(costs[0], costs[-1]))
    report.close()


if __name__ == "__main__":
    main()
