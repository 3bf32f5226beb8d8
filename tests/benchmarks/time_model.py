"""Predicted against measured seconds per epoch, for twenty freeze plans of the default network. Run it alone.

Each plan trains three epochs on the sample photographs in a process of its own; the median of the later epochs counts.

Usage: python tests/benchmarks/time_model.py [--size PIXELS]
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks._processes import tlft_events
from tests.benchmarks._report import Report, parser
from tlft_desktop.core.bench.rows import Bound, Row
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.samples import write_photos
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.project.project import Project, open_project
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.create import NewProject, create
from tlft_desktop.core.workflows.experiment import TrainOptions, strategy_for, strategy_options
from tlft_desktop.core.workflows.networks import layer_tree_of
from tlft_desktop.core.workflows.plan_costs import machine_costs
from tlft_desktop.freed_memory import keep_freed_memory
from tlft_desktop.paths import AppPaths

EPOCHS, BATCH = 3, 32
GOAL = 0.2


def plans(tree: LayerTree) -> Iterator[tuple[str, FreezePlan, int]]:
    """Yield twenty plans with their names and numbers of views: fronts of growing depth, holes, and norms."""
    owners = tree.owners
    for share in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        frozen = frozenset(owners[: round(share * len(owners))])
        yield f"front {share:.0%}", FreezePlan(frozen), 0
    for share in (0.5, 0.7, 0.8, 0.9):
        yield f"front {share:.0%} kept", FreezePlan(frozenset(owners[: round(share * len(owners))])), 2
    for share in (0.3, 0.6):
        yield f"rear {share:.0%}", FreezePlan(frozenset(owners[-round(share * len(owners)) : -2])), 0
    yield "every second", FreezePlan(frozenset(owners[1:-2:2])), 0
    yield "norms only", FreezePlan(frozenset(owner for owner in owners[:-2] if not tree.node(owner).is_norm)), 0
    yield "norms held", FreezePlan(norm=NormPolicy.EVAL), 0
    yield "norms follow", FreezePlan(norm=NormPolicy.FULL), 0


def measured(project: Path, home: Path, views: int) -> float:
    """Train with the plan of the project; return the seconds of a later epoch."""
    options = ("--strategy", "custom", "--epochs", EPOCHS, "--views", views)
    events = tlft_events("train", project, "--home", home, *options)
    return statistics.median(
        event["epoch_seconds"] for event in events if event["event"] == "epoch_end" and event["epoch"] > 1
    )


def main() -> None:
    """Print a line for each plan, and the median error."""
    arguments = parser(__doc__)
    arguments.add_argument("--size", type=int, default=96)
    args = arguments.parse_args()
    report, size = Report(as_json=args.json), 48 if args.quick else args.size
    keep_freed_memory(os.environ)
    errors = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        images, paths = write_photos(Path(folder) / "photos"), AppPaths.below(home)
        made = NewProject(Path(folder) / "photos", images, image_size=size)
        project = next(item for item in create(made, paths=paths, control=Control()) if isinstance(item, Project))
        with project:
            tree, manifest, root = layer_tree_of(project), project.edited_manifest, project.root
        entry = find_backbone(tree.backbone)
        started = time.monotonic()
        costs = machine_costs(tree.backbone, len(manifest.classes), size, paths=paths, control=Control())
        report.say(f"measured in {time.monotonic() - started:.1f} s")
        for name, plan, views in list(plans(tree))[:: 5 if args.quick else 1]:
            with open_project(root) as opened:
                opened.save(replace(opened.config, plan=plan))
            options = strategy_options(TrainOptions(epochs=EPOCHS, views=views))
            strategy = strategy_for(StrategyKind.CUSTOM, entry, manifest, size, plan=plan, options=options)
            started = time.perf_counter()
            predicted = costs.of_phase(strategy.phases[0], manifest, batch=BATCH).epoch
            took = time.perf_counter() - started
            seconds = measured(root, home, views)
            errors.append(abs(predicted - seconds) / seconds)
            report.say(
                f"{name:<18} predicted {predicted:6.2f} s in {1000 * took:4.1f} ms, "
                f"measured {seconds:6.2f} s, {errors[-1]:5.0%}"
            )
    median = 100 * statistics.median(errors)
    what = f"predicted time of an epoch, {len(errors)} plans: median error"
    report.add(Row(0, what, median, 100 * GOAL, unit="%", bound=Bound.AT_MOST))
    report.close()


if __name__ == "__main__":
    main()
