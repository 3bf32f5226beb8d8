"""What training takes of the memory by how much of the network is frozen in front, and what inference takes.

    python tests/benchmarks/memory.py [--size PIXELS]

Half of the training tiles of the sample photographs take part. Each plan trains in a process of its own: the head
alone, then what lies behind shorter and shorter fronts whose outputs are kept, then everything. Printed are the peaks
of the memory, beside that of a process that only classifies the validation images with the same network.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks._processes import MIB, in_child
from tests.benchmarks._report import Report, parser
from tlft_desktop.core.bench.assembled import assembled, made_project
from tlft_desktop.core.bench.rows import Bound, Row
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.samples import write_photos
from tlft_desktop.core.freezing.presets import freeze_up_to
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.project.project import Project, open_project
from tlft_desktop.core.training.device import applied_numerics
from tlft_desktop.core.training.memory import PeakMemory
from tlft_desktop.core.training.progress import Progress
from tlft_desktop.core.training.setup import TrainingContext
from tlft_desktop.core.training.trainer import Trainer
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import Strategy, StrategyKind
from tlft_desktop.core.workflows.create import NewProject
from tlft_desktop.core.workflows.experiment import TrainOptions, strategy_for, strategy_options
from tlft_desktop.core.workflows.networks import layer_tree_of
from tlft_desktop.freed_memory import keep_freed_memory
from tlft_desktop.paths import AppPaths

INFERENCE, HEAD, NOTHING = "inference", "head only", "nothing frozen"
CASES = (INFERENCE, HEAD, "blocks.5", "blocks.3", "blocks.1", NOTHING)
"""The paths are the last layers of fronts."""
EPOCHS, VIEWS = 3, 2
GOAL_HEAD_RATIO = 1.1
"""No more than inference takes; two measurements of the same differ by some per cent."""


def strategy_of(case: str, project: Project) -> Strategy:
    """Return what is trained in a case; for inference what is trained does not count."""
    kind, options, plan = StrategyKind.TRANSFER, TrainOptions(), FreezePlan()
    if case not in (INFERENCE, HEAD):
        kind, options = StrategyKind.CUSTOM, TrainOptions(epochs=EPOCHS, views=VIEWS)
        plan = plan if case == NOTHING else freeze_up_to(layer_tree_of(project), plan, case)
    entry, manifest, size = find_backbone(project.config.backbone), project.edited_manifest, project.config.image_size
    return strategy_for(kind, entry, manifest, size, plan=plan, options=strategy_options(options))


def peak_of(case: str, root: Path, home: Path) -> int:
    """Train or classify in this process; return the peak of its memory in bytes."""
    paths = AppPaths.below(home)
    with (
        open_project(root) as project,
        assembled(project, strategy_of(case, project), paths=paths) as setup,
        PeakMemory(setup.numerics.device) as memory,
    ):
        if case == INFERENCE:
            with applied_numerics(setup.numerics):
                TrainingContext(setup, Control(), Progress(), memory).evaluate()
        else:
            for _ in Trainer(setup, Control()).fit():
                pass
        return memory.read()


def rows_of(peaks: dict[str, int]) -> list[Row]:
    """Return how the head alone compares with inference, and each front with the next shorter one."""
    at_most = Bound.AT_MOST
    ratio = peaks[HEAD] / peaks[INFERENCE]
    rows = [Row(8, "memory of a head-only run", peaks[HEAD] / MIB, GOAL_HEAD_RATIO, "MiB", at_most, "inference", ratio)]
    fronts = CASES[2:]
    for deeper, shallower in itertools.pairwise(fronts):
        against = shallower if shallower == NOTHING else f"behind {shallower}"
        ratio = peaks[deeper] / peaks[shallower]
        rows.append(Row(8, f"memory behind {deeper}", peaks[deeper] / MIB, 1, "MiB", at_most, against, ratio))
    return rows


def main() -> None:
    """Measure and print."""
    options = parser(__doc__)
    options.add_argument("--size", type=int, default=224)
    options.add_argument("--case", choices=CASES, help=argparse.SUPPRESS)
    options.add_argument("--root", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    args = options.parse_args()
    keep_freed_memory(os.environ)
    if args.case:
        print(json.dumps(peak_of(args.case, args.root, args.home)))
        return
    report = Report(as_json=args.json)
    with tempfile.TemporaryDirectory() as folder:
        home, root = Path(folder) / "home", Path(folder) / "photos.tlft"
        photos = write_photos(Path(folder) / "photos")
        for path in sorted(photos.glob("train/*/*"))[::2]:
            path.unlink()
        size = 64 if args.quick else args.size
        made_project(NewProject(root, photos, image_size=size), paths=AppPaths.below(home)).close()
        peaks = {}
        for case in CASES:
            peaks[case] = in_child(__file__, "--case", case, "--root", root, "--home", home)
            report.say(f"{case:<16}{peaks[case] / MIB:>8.0f} MiB at most")
    report.add(*rows_of(peaks))
    report.close()


if __name__ == "__main__":
    main()
