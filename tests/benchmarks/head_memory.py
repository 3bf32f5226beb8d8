"""What a large transformer takes of the memory: a head on it against its inference, and training behind its front.

    python tests/benchmarks/head_memory.py [--network NAME] [--size PIXELS] [--batch N]

The network has random weights. Each case is a process of its own, of which the largest resident memory is taken: the
network over all images without any training, the head alone in batches of the same size, then what lies behind shorter
and shorter fronts whose outputs are kept; where most of the network trains, once with everything kept for the backward
pass and once with most of it computed again. The network in front should count for its weights only: the curve grows
with what trains.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import torch

from tests.benchmarks._processes import MIB, in_child
from tests.benchmarks._report import Report, parser
from tlft_desktop.core.bench.assembled import assembled, made_project
from tlft_desktop.core.bench.rows import Bound, Row
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.samples import write_photos
from tlft_desktop.core.freezing.presets import Preset, freeze_up_to, preset_plan
from tlft_desktop.core.models.builder import build_network
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.loaded_weights import LoadedWeights
from tlft_desktop.core.project.project import Project, open_project
from tlft_desktop.core.training.device import applied_numerics, autocast, to_device
from tlft_desktop.core.training.memory import PeakMemory
from tlft_desktop.core.training.setup import TrainingSetup, evaluation_requests
from tlft_desktop.core.training.trainer import Trainer
from tlft_desktop.core.values.events import PhaseStart
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import HeadSolver, Phase, Strategy, StrategyKind
from tlft_desktop.core.workflows.create import NewProject
from tlft_desktop.core.workflows.networks import layer_tree_of
from tlft_desktop.freed_memory import keep_freed_memory
from tlft_desktop.paths import AppPaths

NETWORK, QUICK_NETWORK = "timm:vit_base_patch16_224", "timm:vit_tiny_patch16_224"
INFERENCE, HEAD, NOTHING = "inference", "head only", "nothing"
FRONTS = ("blocks.10", "blocks.8", "blocks.5", "blocks.2", NOTHING)
"""Last layers of fronts, the longest first."""
LARGE = FRONTS[-2:]
"""Behind these enough trains for its activations to count."""
TRAIN_IMAGES = 32
"""As many as pass at once through a network that nothing trains in."""
EPOCHS, VIEWS = 2, 1
GOAL_HEAD_RATIO = 1.1
"""No more than inference takes; two measurements of the same differ by some per cent."""


def strategy_of(case: str, project: Project) -> Strategy:
    """Return what is trained in a case; for inference what is trained does not count."""
    tree = layer_tree_of(project)
    if case in (INFERENCE, HEAD):
        phase = Phase("head", preset_plan(tree, Preset.TRANSFER), 50, head=HeadSolver.CONVEX)
    else:
        plan = FreezePlan() if case == NOTHING else freeze_up_to(tree, FreezePlan(), case)
        phase = Phase("tuning", plan, EPOCHS, views=VIEWS)
    return Strategy(StrategyKind.CUSTOM, (phase,))


@contextmanager
def put_together(case: str, root: Path, home: Path, *, batch: int, again: bool) -> Iterator[TrainingSetup]:
    """Give what a trainer needs for a case, with random weights that are read from the disk as others are."""
    with ExitStack() as stack:
        project = stack.enter_context(open_project(root))
        state = torch.load(home / "random.pt", weights_only=True)
        setup = stack.enter_context(
            assembled(
                project,
                strategy_of(case, project),
                paths=AppPaths.below(home),
                weights=LoadedWeights(state, "random"),
            )
        )
        del state
        numerics = replace(setup.numerics, batch=batch, micro_batch=batch, checkpoint_activations=again)
        yield replace(setup, numerics=numerics)


def classify(setup: TrainingSetup) -> None:
    """Pass all images through the network, in batches of the size in which features are computed."""
    setup.model.eval()
    with applied_numerics(setup.numerics), torch.inference_mode():
        for images in (setup.train, setup.val):
            with closing(images.batches(evaluation_requests(len(images)))) as batches:
                for batch in batches:
                    with autocast(setup.numerics):
                        setup.model(to_device(batch, setup.numerics))


def peak_of(case: str, root: Path, home: Path, *, batch: int, again: bool) -> int:
    """Train or classify in this process; return the peak of its memory in bytes."""
    with (
        put_together(case, root, home, batch=batch, again=again) as setup,
        PeakMemory(setup.numerics.device) as memory,
    ):
        if case == INFERENCE:
            classify(setup)
        else:
            for event in Trainer(setup, Control()).fit():
                if isinstance(event, PhaseStart) and event.cache is None and case != NOTHING:
                    raise SystemExit(f"The outputs of '{case}' are not kept.")
        return memory.read()


def rows_of(peaks: dict[str, int], again: dict[str, int]) -> list[Row]:
    """Return how the head compares with inference, and recomputing with keeping where most trains."""
    at_most, mib = Bound.AT_MOST, "MiB"
    ratio = peaks[HEAD] / peaks[INFERENCE]
    rows = [Row(8, "memory of a head on a ViT", peaks[HEAD] / MIB, GOAL_HEAD_RATIO, mib, at_most, "inference", ratio)]
    for longer, shorter in pairwise(FRONTS):
        against = f"behind {shorter}" if shorter != NOTHING else "nothing frozen"
        ratio = peaks[longer] / peaks[shorter]
        rows.append(Row(8, f"memory of a ViT behind {longer}", peaks[longer] / MIB, 1, mib, at_most, against, ratio))
    for case in LARGE:
        words = f"behind {case}" if case != NOTHING else "with nothing frozen"
        ratio = again[case] / peaks[case]
        rows.append(Row(0, f"memory {words}, computed again", again[case] / MIB, 1, mib, at_most, "all kept", ratio))
    return rows


def main() -> None:
    """Measure and print."""
    options = parser(__doc__)
    options.add_argument("--network", default=NETWORK)
    options.add_argument("--size", type=int, default=224)
    options.add_argument("--batch", type=int, default=8, help="images in a step of training")
    options.add_argument("--case", help=argparse.SUPPRESS)
    options.add_argument("--again", action="store_true", help=argparse.SUPPRESS)
    options.add_argument("--root", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    args = options.parse_args()
    keep_freed_memory(os.environ)
    if args.case:
        print(json.dumps(peak_of(args.case, args.root, args.home, batch=args.batch, again=args.again)))
        return
    report = Report(as_json=args.json)
    name, size = (QUICK_NETWORK, 64) if args.quick else (args.network, args.size)
    with tempfile.TemporaryDirectory() as folder:
        home, root = Path(folder) / "home", Path(folder) / "photos.tlft"
        photos = write_photos(Path(folder) / "photos")
        for split in ("train", "val"):
            files = sorted(photos.glob(f"{split}/*/*"))
            for path in set(files) - set(files[:: len(files) // TRAIN_IMAGES][:TRAIN_IMAGES]):
                path.unlink()
        made_project(NewProject(root, photos, name, size), paths=AppPaths.below(home)).close()
        torch.save(build_network(find_backbone(name), num_classes=2, seed=0).state_dict(), home / "random.pt")
        places = ("--root", root, "--home", home, "--batch", args.batch)
        peaks = {case: in_child(__file__, "--case", case, *places) for case in (INFERENCE, HEAD)}
        for case, peak in peaks.items():
            report.say(f"{name}, {case}: {peak / MIB:.0f} MiB")
        again: dict[str, int] = {}
        report.say(f"{'frozen up to':<14}{'all kept':>12}{'computed again':>18}")
        for case in FRONTS:
            peaks[case] = in_child(__file__, "--case", case, *places)
            line = f"{case:<14}{peaks[case] / MIB:>8.0f} MiB"
            if case in LARGE:
                again[case] = in_child(__file__, "--case", case, "--again", *places)
                line += f"{again[case] / MIB:>14.0f} MiB"
            report.say(line)
    report.add(*rows_of(peaks, again))
    report.close()


if __name__ == "__main__":
    main()
