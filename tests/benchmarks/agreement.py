"""Whether training on kept outputs of a frozen front gives what training without them gives.

    python tests/benchmarks/agreement.py [--seeds N] [--epochs N] [--size PIXELS]

Three plans train on the sample photographs, each seed once on kept outputs and once on images, with the same four
variants of each image, order, start and numerics: the head alone batch by batch, the last stage, and the half of the
network. Printed are the difference of the losses of the first batch (outputs are kept as 16-bit numbers), and both
accuracies with the 95 % interval of their paired difference on the same validation images.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks._report import Report, parser
from tlft_desktop.core.bench.agreement import Agreement, agreement_rows, summary, train_both_ways
from tlft_desktop.core.bench.assembled import made_project
from tlft_desktop.core.data.samples import write_photos
from tlft_desktop.core.freezing.presets import Preset, freeze_up_to, preset_plan
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import HeadSolver, Strategy, StrategyKind
from tlft_desktop.core.workflows.create import NewProject
from tlft_desktop.core.workflows.experiment import TrainOptions, strategy_for, strategy_options
from tlft_desktop.core.workflows.networks import layer_tree_of
from tlft_desktop.freed_memory import keep_freed_memory
from tlft_desktop.paths import AppPaths

VIEWS = 4
BOUNDARY = "blocks.3"


def strategies(project: Project, epochs: int) -> Iterator[tuple[str, Strategy]]:
    """Yield what is trained, with its name."""
    tree, entry = layer_tree_of(project), find_backbone(project.config.backbone)
    plans = {
        "head": preset_plan(tree, Preset.TRANSFER),
        "last stage": preset_plan(tree, Preset.LAST_STAGE),
        f"behind {BOUNDARY}": freeze_up_to(tree, FreezePlan(), BOUNDARY),
    }
    for name, plan in plans.items():
        head = HeadSolver.SGD if name == "head" else None
        options = strategy_options(TrainOptions(epochs=epochs, views=VIEWS, head=head))
        size, manifest = project.config.image_size, project.edited_manifest
        yield name, strategy_for(StrategyKind.CUSTOM, entry, manifest, size, plan=plan, options=options)


def describe(plan: str, seed: int, found: Agreement) -> str:
    """Return one comparison in words."""
    low, high = (100 * limit for limit in found.interval)
    kept, live = found.kept, found.live
    return (
        f"{plan}, seed {seed}: first loss {kept.first_loss:.6f} kept, {live.first_loss:.6f} live, "
        f"difference {found.loss_difference:.1e}; accuracy {kept.accuracy:.1%} kept, {live.accuracy:.1%} live, "
        f"difference {100 * (kept.accuracy - live.accuracy):+.1f} points (95 % interval {low:+.1f} to {high:+.1f}); "
        f"epoch {statistics.median(kept.epoch_seconds):.2f} s kept, {statistics.median(live.epoch_seconds):.2f} s live"
    )


def main() -> None:
    """Measure and print."""
    options = parser(__doc__)
    options.add_argument("--seeds", type=int, default=3)
    options.add_argument("--epochs", type=int, default=8, help=f"more than the {VIEWS} variants")
    options.add_argument("--size", type=int, default=96)
    args = options.parse_args()
    seeds, epochs, size = (1, VIEWS + 1, 48) if args.quick else (args.seeds, args.epochs, args.size)
    keep_freed_memory(os.environ)
    report = Report(as_json=args.json)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        paths = AppPaths.below(home / "home")
        new = NewProject(home / "photos.tlft", write_photos(home / "photos"), image_size=size)
        with made_project(new, paths=paths) as project:
            for plan, strategy in strategies(project, epochs):
                found = []
                for seed in range(seeds):
                    found.append(train_both_ways(project, strategy, paths=paths, seed=seed))
                    report.say(describe(plan, seed, found[-1]))
                report.add(*agreement_rows(plan, summary(found)))
    report.close()


if __name__ == "__main__":
    main()
