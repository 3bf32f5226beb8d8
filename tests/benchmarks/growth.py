"""How time and memory grow with the number of images, over a factor of 100, against the limit of the machine.

Made images: random parts of the sample photographs as JPEG files of 320 x 240 pixels. For each number of them a project
is made and trained by transfer learning with cold caches, each in a process of its own. The limit is every file decoded
once and a forward pass in the fastest numeric mode. Run it alone.

Usage: python tests/benchmarks/growth.py [--most N]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from tlft_desktop.core.bench.limits import decode_seconds, forward_seconds
from tlft_desktop.core.data.samples import write_photos
from tlft_desktop.core.models.catalog import DEFAULT_BACKBONE, find_backbone
from tlft_desktop.core.models.weights import WeightsStore
from tlft_desktop.freed_memory import keep_freed_memory

IMAGE_SIZE = 224
SIZE = (320, 240)
GOAL_RATIO, SLACK_S, LARGE = 1.25, 2.0, 2000


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


def run(*arguments: str) -> tuple[float, list[str]]:
    """Run a command of the program; return its seconds and its lines."""
    started = time.monotonic()
    command = [sys.executable, "-m", "tlft_desktop", *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return time.monotonic() - started, done.stdout.splitlines()


def measure(photos: Path, folder: Path, count: int) -> Iterator[str]:
    """Yield the cells of a line of the table."""
    images, home = folder / "images", folder / "home"
    make_images(photos, images, count)
    yield f"{count:,}"
    files = sorted(path for path in images.rglob("*.jpg"))
    entry = find_backbone(DEFAULT_BACKBONE)
    weights = WeightsStore(home / "models").load(entry)
    limit = decode_seconds(files, IMAGE_SIZE) + count * forward_seconds(entry, weights, image_size=IMAGE_SIZE)
    yield f"{limit:.1f}"
    importing, _ = run("new", str(folder / "made.tlft"), "--data", str(images), "--home", str(home))
    yield f"{importing:.1f}"
    _, lines = run("train", str(folder / "made.tlft"), "--strategy", "transfer", "--json", "--home", str(home))
    events = [json.loads(line) for line in lines]
    seconds = events[-1]["total_seconds"]
    yield f"{seconds:.1f}"
    yield f"{1000 * seconds / count:.1f}"
    peak = max(event.get("peak_memory_bytes", 0) for event in events)
    yield f"{peak / 2**20:.0f}"
    yield f"{seconds / limit:.2f}"
    allowed = GOAL_RATIO * limit if count >= LARGE else limit + SLACK_S
    yield "reached" if seconds <= allowed else "missed"


def main() -> None:
    """Print a line for each number of images."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=10_000)
    args = parser.parse_args()
    keep_freed_memory(os.environ)
    header = ("images", "limit s", "import s", "transfer s", "ms per image", "peak MiB", "to limit", "")
    print("".join(f"{name:>13}" for name in header))
    with tempfile.TemporaryDirectory() as folder:
        photos = write_photos(Path(folder) / "photos")
        for count in (args.most // 100, args.most // 10, args.most):
            place = Path(folder) / str(count)
            print("".join(f"{cell:>13}" for cell in measure(photos, place, count)), flush=True)
    print(
        f"goal: at most {GOAL_RATIO} times the limit from {LARGE:,} images on, below that the limit and {SLACK_S:g} s"
    )


if __name__ == "__main__":
    main()
