"""How time and memory grow with the size of the network: its front once, then epochs on what was kept of it.

    python tests/benchmarks/growth_networks.py [--size PIXELS] [--epochs N]

Networks of the catalogue whose heads read equally many features, with random weights, each in a process of its own. A
head trains batch by batch on the sample photographs behind the frozen network. Printed are the seconds per image in
which the front is computed and kept, the seconds per epoch on what was kept, and the memory, beside the computation of
the network: the first grows with it, the second should not.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks._processes import MIB, in_child
from tests.benchmarks._report import Report, parser
from tlft_desktop.core.bench.assembled import assembled, made_project
from tlft_desktop.core.bench.rows import Bound, Row
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.samples import write_photos
from tlft_desktop.core.freezing.presets import Preset, preset_plan
from tlft_desktop.core.models.builder import build_network
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.loaded_weights import LoadedWeights
from tlft_desktop.core.training.trainer import Trainer
from tlft_desktop.core.values.events import CacheProgress, EpochEnd, PhaseStart
from tlft_desktop.core.values.strategy import HeadSolver, Phase, Strategy, StrategyKind
from tlft_desktop.core.workflows.create import NewProject
from tlft_desktop.core.workflows.networks import layer_tree_of
from tlft_desktop.freed_memory import keep_freed_memory
from tlft_desktop.paths import AppPaths

NETWORKS = (
    "timm:mobilenetv4_conv_small",
    "timm:tf_efficientnet_lite0",
    "timm:tf_efficientnetv2_s",
)
"""1,280 features each; the last computes about fifteen times as much as the first."""
GOAL_EPOCH_RATIO = 1.25
"""An epoch should not depend on the network in front; times of some milliseconds differ by a fifth."""


@dataclass(frozen=True)
class Cost:
    """What a network costs.

    Attributes:
        name: In the catalogue.
        macs: Multiply-accumulate operations for an image.
        front: Seconds to compute and keep the outputs for an image.
        epoch: Seconds of an epoch on what was kept.
        peak: Of the memory, in bytes.
    """

    name: str
    macs: int
    front: float
    epoch: float
    peak: int


def measure(name: str, photos: Path, folder: Path, *, size: int, epochs: int) -> dict[str, float]:
    """Train a head behind a network with random weights; return what it cost."""
    entry, paths = find_backbone(name), AppPaths.below(folder / "home")
    state = build_network(entry, num_classes=2, seed=0, image_size=size).state_dict()
    with made_project(NewProject(folder / "made.tlft", photos, name, size), paths=paths) as project:
        tree = layer_tree_of(project)
        phase = Phase("head", preset_plan(tree, Preset.TRANSFER), epochs, head=HeadSolver.SGD)
        strategy = Strategy(StrategyKind.CUSTOM, (phase,))
        seconds, peak, first, began = [], 0, -1, time.monotonic()
        front = 0.0
        with assembled(project, strategy, paths=paths, weights=LoadedWeights(state, "random")) as setup:
            for event in Trainer(setup, Control()).fit():
                if isinstance(event, CacheProgress):
                    # The first groups wait for kernels and memory.
                    first, began = (event.done, time.monotonic()) if first < 0 else (first, began)
                    if event.done > first:
                        front = (time.monotonic() - began) / (event.done - first)
                elif isinstance(event, PhaseStart) and event.cache is None:
                    raise SystemExit(f"The outputs of {name} are not kept.")
                elif isinstance(event, EpochEnd):
                    seconds.append(event.epoch_seconds)
                    peak = event.peak_memory_bytes
    # The first epoch warms memory up.
    return {"macs": tree.root.macs, "front": front, "epoch": statistics.median(seconds[1:]), "peak": peak}


def rows_of(costs: list[Cost]) -> list[Row]:
    """Return how the largest network compares with the smallest."""
    small, large = costs[0], costs[-1]
    times, most = large.macs / small.macs, Bound.AT_MOST
    against = f"the same behind {small.name}"
    return [
        Row(
            0,
            f"epoch on what was kept, {times:.0f} times the computation in front",
            1000 * large.epoch,
            GOAL_EPOCH_RATIO,
            unit="ms",
            bound=most,
            reference=against,
            ratio=large.epoch / small.epoch,
        ),
        Row(
            0,
            f"front of an image, {times:.0f} times the computation",
            1000 * large.front,
            times,
            unit="ms",
            bound=most,
            reference=against,
            ratio=large.front / small.front,
        ),
    ]


def main() -> None:
    """Print a line for each network."""
    options = parser(__doc__)
    options.add_argument("--size", type=int, default=224)
    options.add_argument("--epochs", type=int, default=10)
    options.add_argument("--network", help=argparse.SUPPRESS)
    options.add_argument("--photos", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    args = options.parse_args()
    keep_freed_memory(os.environ)
    size, epochs = (64, 4) if args.quick else (args.size, args.epochs)
    if args.network:
        print(json.dumps(measure(args.network, args.photos, args.folder, size=size, epochs=epochs)))
        return
    report, costs = Report(as_json=args.json), []
    report.say(f"{'network':<32}{'MACs':>9}{'front ms/image':>16}{'epoch ms':>10}{'peak MiB':>10}")
    with tempfile.TemporaryDirectory() as folder:
        photos = write_photos(Path(folder) / "photos")
        for number, name in enumerate(NETWORKS):
            own = ("--network", name, "--photos", photos, "--folder", Path(folder) / str(number))
            found = in_child(__file__, *own, "--size", size, "--epochs", epochs)
            cost = Cost(name, **found)
            costs.append(cost)
            report.say(
                f"{name:<32}{cost.macs / 1e9:>8.2f}G{1000 * cost.front:>16.2f}{1000 * cost.epoch:>10.1f}"
                f"{cost.peak / MIB:>10.0f}"
            )
    report.add(*rows_of(costs))
    report.close()


if __name__ == "__main__":
    main()
