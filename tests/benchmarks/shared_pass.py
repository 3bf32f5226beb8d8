"""How often images pass the frozen layers of several runs: each run for itself, against one pass for all of them.

    python tests/benchmarks/shared_pass.py [--size PIXELS]

Four runs of the sample photographs are planned: transfer learning, and training behind three depths with four views of
each image. Printed are, for the first layer of each stage, how many images went through it, then how many multiply-adds
that were and how long it took, with cold caches and in turn; all rows are compared to the bit. First in float32, where
everything is shared, then as the program computes on this machine: where it computes the features of a head in bfloat16
they are computed for themselves, on the same loaded images.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import torch
from torch import nn

import numpy as np

from tests.benchmarks._report import Report, parser
from tlft_desktop.core import fsio
from tlft_desktop.core.bench.assembled import assembled, made_project
from tlft_desktop.core.bench.rows import Bound, Row
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.samples import write_photos
from tlft_desktop.core.freezing.presets import freeze_up_to
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.split import cut_values
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.training.device import applied_numerics
from tlft_desktop.core.training.features import FeatureSpec, fill_features
from tlft_desktop.core.training.setup import TrainingSetup
from tlft_desktop.core.training.shared_pass import Need, fill_together, needs_of
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import Strategy, StrategyKind
from tlft_desktop.core.workflows.create import NewProject
from tlft_desktop.core.workflows.experiment import TrainOptions, strategy_for, strategy_options
from tlft_desktop.core.workflows.networks import layer_tree_of
from tlft_desktop.freed_memory import keep_freed_memory
from tlft_desktop.paths import AppPaths

DEPTHS = ("blocks.3", "blocks.4", "blocks.5")
VIEWS = 4
GOAL_PASSES = 1.1
"""Passes of a picture through a layer: one, and the padding of last batches."""
_NAME = "benchmark_name"


class Passes:
    """Counts the images that go through each layer with weights."""

    def __init__(self) -> None:
        self.images: Counter[str] = Counter()

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count while the block runs."""
        hook = nn.modules.module.register_module_forward_pre_hook(self._count)
        try:
            yield
        finally:
            hook.remove()

    def _count(self, module: nn.Module, args: tuple[torch.Tensor, ...]) -> None:
        # Folded convolutions are copies, and may be wrapped.
        name = getattr(getattr(module, "convolution", module), _NAME, "")
        if name:
            self.images[name] += len(args[0])

    def multiply_adds(self, tree: LayerTree) -> int:
        """Return how many that were, in all layers."""
        return sum(count * tree.node(name).macs for name, count in self.images.items())


def planned(project: Project) -> list[Strategy]:
    """Return the four ways."""
    entry, manifest = find_backbone(project.config.backbone), project.edited_manifest

    def way(kind: StrategyKind, plan: FreezePlan, **options: object) -> Strategy:
        chosen = strategy_options(TrainOptions(**options))  # type: ignore[arg-type]
        return strategy_for(kind, entry, manifest, project.config.image_size, plan=plan, options=chosen)

    tree, empty = layer_tree_of(project), FreezePlan()
    behind = [way(StrategyKind.CUSTOM, freeze_up_to(tree, empty, path), views=VIEWS, epochs=20) for path in DEPTHS]
    return [way(StrategyKind.TRANSFER, empty), *behind]


def fill_alone(needs: list[Need], setup: TrainingSetup) -> None:
    """Fill each need as its run does."""
    images = {"train": setup.train, "val": setup.val}
    for need in needs:

        def extract(batch: torch.Tensor, need: Need = need) -> torch.Tensor:
            return cut_values(need.front, batch)

        for _ in fill_features(
            need.store,
            images[need.spec.split],
            extract,
            numerics=need.numerics,
            control=Control(),
            views=need.spec.rows,
        ):
            pass


def fill_shared(needs: list[Need], setup: TrainingSetup) -> None:
    """Fill all needs in one pass."""
    for _ in fill_together(needs, {"train": setup.train, "val": setup.val}, control=Control()):
        pass


def measure(
    project: Project, paths: AppPaths, fill: Callable[[list[Need], TrainingSetup], None], *, in_float32: bool
) -> tuple[Passes, float, dict[FeatureSpec, bytes]]:
    """Fill cold caches; return the passes, the seconds, and the rows."""
    features = paths.cache / "features"
    if features.exists():
        fsio.remove_tree(features)
    ways = planned(project)
    with assembled(project, ways[0], paths=paths) as setup:
        for name, module in setup.model.named_modules():
            if isinstance(module, (nn.Conv2d, nn.Linear)):
                setattr(module, _NAME, name)
        if in_float32:
            setup = replace(setup, numerics=replace(setup.numerics, bfloat16_features=False))
        with applied_numerics(setup.numerics):
            needs = [need for way in ways for need in needs_of(replace(setup, strategy=way))]
            setup.model.eval()
            passes, started = Passes(), time.monotonic()
            with passes.counted():
                fill(needs, setup)
            seconds = time.monotonic() - started
        return passes, seconds, {need.spec: need.store.read_all().astype(np.float32).tobytes() for need in needs}


def compare(project: Project, paths: AppPaths, report: Report, *, in_float32: bool, rounds: int) -> None:
    """Fill alone and together in turn, and report."""
    tree = layer_tree_of(project)
    seconds: dict[str, list[float]] = {"alone": [], "together": []}
    found: dict[str, Passes] = {}
    rows: dict[str, dict[FeatureSpec, bytes]] = {}
    for _ in range(rounds):
        for name, fill in (("alone", fill_alone), ("together", fill_shared)):
            found[name], taken, rows[name] = measure(project, paths, fill, in_float32=in_float32)
            seconds[name].append(taken)
    if rows["alone"] != rows["together"]:
        raise SystemExit("The rows of the shared pass are not those of the runs alone.")
    way = "float32" if in_float32 else "as by default"
    report.say(f"{way}: images that went through the first layer of each stage, alone and together")
    for stage in dict.fromkeys(tree.node(name).stage for name in found["alone"].images):
        layer = next(name for name in found["alone"].images if tree.node(name).stage == stage)
        report.say(f"  {stage:<12} {found['alone'].images[layer]:>8,} {found['together'].images[layer]:>8,}  {layer}")
    work = {name: passes.multiply_adds(tree) / 1e9 for name, passes in found.items()}
    medians = {name: float(np.median(values)) for name, values in seconds.items()}
    what = f"fronts of {1 + len(DEPTHS)} runs, {way}"
    report.add(
        Row(0, what, work["together"], 1.0, "Gmac", reference=f"{work['alone']:.4g} Gmac alone",
            ratio=work["alone"] / work["together"]),
        Row(0, what, medians["together"], 1.0, reference=f"{medians['alone']:.4g} s alone",
            ratio=medians["alone"] / medians["together"]),
    )  # fmt: skip
    if in_float32:
        most = max(found["together"].images.values())
        pictures = max(len(spec.rows) for spec in rows["together"] if spec.split == "train")
        pictures += max(len(spec.rows) for spec in rows["together"] if spec.split == "val")
        report.add(Row(0, "passes of a picture through a layer", most / pictures, GOAL_PASSES, "", Bound.AT_MOST))


def main() -> None:
    """Measure and print."""
    options = parser(__doc__)
    options.add_argument("--size", type=int, default=224, help="side of the images in pixels (%(default)s)")
    args = options.parse_args()
    keep_freed_memory(os.environ)
    report = Report(as_json=args.json)
    with tempfile.TemporaryDirectory(prefix="tlft-shared-pass-") as folder:
        paths = AppPaths.below(Path(folder) / "home")
        source = write_photos(Path(folder) / "images")
        size = 64 if args.quick else args.size
        new = NewProject(Path(folder) / "photos", source, image_size=size)
        with made_project(new, paths=paths) as project:
            for in_float32 in (True, False):
                compare(project, paths, report, in_float32=in_float32, rounds=1 if args.quick else 3)
    report.close()


if __name__ == "__main__":
    main()
