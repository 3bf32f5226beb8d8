"""What the second phase of a hybrid takes over from what was there: the head, and outputs of frozen layers.

    python tests/benchmarks/hybrid_reuse.py [--epochs N] [--size PIXELS]

The second phase trains the last stage behind a frozen front here, with a few variants of each image. Half of the
training tiles of the sample photographs take part. Trained are, in one project: a hybrid, a hybrid with another seed, a
plan of one's own with the front of its second phase, and two phases in a row behind another front. Printed are, for
each phase, how many rows of outputs were computed and read, how long the start took until the first step, and which
accuracy the second phase starts with against the one that the first ended with.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks._report import Report, parser
from tlft_desktop.core.bench.assembled import assembled, made_project
from tlft_desktop.core.bench.rows import Bound, Row
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.samples import write_photos
from tlft_desktop.core.freezing.presets import Preset, freeze_up_to, preset_plan
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.training.features import FeatureSpec, FeatureStore
from tlft_desktop.core.training.memory import PeakMemory
from tlft_desktop.core.training.progress import Progress
from tlft_desktop.core.training.setup import TrainingContext, TrainingSetup
from tlft_desktop.core.training.trainer import Trainer
from tlft_desktop.core.values.events import Checkpoint, FitEnd, FitStart, Gate, PhaseStart
from tlft_desktop.core.values.strategy import Strategy, StrategyKind
from tlft_desktop.core.workflows.create import NewProject
from tlft_desktop.core.workflows.experiment import TrainOptions, strategy_for, strategy_options
from tlft_desktop.core.workflows.networks import layer_tree_of
from tlft_desktop.freed_memory import keep_freed_memory
from tlft_desktop.paths import AppPaths

OTHER_BOUNDARY = "blocks.4"
KEPT_VIEWS = 4


@dataclass
class PhaseUse:
    """What a phase did with outputs of frozen layers.

    Attributes:
        name: Of the phase.
        computed, read: Rows.
        waited: Seconds until its first step; nothing is known of a head that is solved.
        started: Validation accuracy of the network that it begins with.
        ended: That of the state with which it ends: the best, or a head that is solved.
    """

    name: str
    computed: int = 0
    read: int = 0
    waited: float = 0.0
    started: float = 0.0
    ended: float = 0.0


class CountedStore:
    """A store that counts its rows.

    Args:
        store: Where the rows are.
        uses: The last of these is the phase in work.
    """

    def __init__(self, store: FeatureStore, uses: Sequence[PhaseUse]) -> None:
        self._store, self._uses = store, uses
        self.missing = store.missing

    def write(self, rows: Sequence[int], values: NDArray[np.float32]) -> None:
        """Store rows."""
        self._uses[-1].computed += len(rows)
        self._store.write(rows, values)

    def read(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """Return rows."""
        self._uses[-1].read += len(rows)
        return self._store.read(rows)

    def read_all(self) -> NDArray[np.float32]:
        """Return all rows."""
        values = self._store.read_all()
        self._uses[-1].read += len(values)
        return values


def train(project: Project, strategy: Strategy, *, paths: AppPaths, seed: int) -> list[PhaseUse]:
    """Train a run and return what its phases did."""
    names = [phase.name for phase in strategy.phases]
    uses = [PhaseUse(names[0])]
    with assembled(project, strategy, paths=paths, seed=seed) as made:

        def counted(spec: FeatureSpec) -> FeatureStore:
            return CountedStore(made.features(spec), uses)

        setup = replace(made, features=counted)
        began = time.monotonic()
        trainer = Trainer(setup, Control())
        for event in trainer.fit():
            if isinstance(event, FitStart):
                began = time.monotonic()
            elif isinstance(event, PhaseStart):
                uses[-1].waited, uses[-1].started = time.monotonic() - began, accuracy_now(setup)
            elif isinstance(event, Checkpoint) and trainer.progress.phase_best is not None:
                uses[-1].ended = trainer.progress.phase_best.val_accuracy
            elif isinstance(event, Gate) and event.decision == "switch":
                uses.append(PhaseUse(names[len(uses)]))
                began = time.monotonic()
            elif isinstance(event, FitEnd) and len(uses) < len(names):
                raise SystemExit("The gate ended the run after its first phase: there is nothing to see.")
    return uses


def accuracy_now(setup: TrainingSetup) -> float:
    """Return the validation accuracy of the network as it is, computed from the images."""
    context = TrainingContext(setup, Control(), Progress(), PeakMemory(setup.numerics.device))
    return context.evaluate().accuracy


def strategies(project: Project, epochs: int) -> dict[str, tuple[Strategy, int]]:
    """Return what is trained one after the other, with its seed."""
    entry, manifest, size = find_backbone(project.config.backbone), project.edited_manifest, project.config.image_size
    options = strategy_options(TrainOptions(epochs=epochs, target=1.0))
    hybrid = strategy_for(StrategyKind.HYBRID, entry, manifest, size, plan=project.config.plan, options=options)
    tree = layer_tree_of(project)
    second = replace(hybrid.phases[1], plan=preset_plan(tree, Preset.LAST_STAGE), views=KEPT_VIEWS)
    hybrid = replace(hybrid, phases=(hybrid.phases[0], second))
    behind = replace(second, plan=freeze_up_to(tree, second.plan, OTHER_BOUNDARY), name="first rate")
    slower = replace(behind, learning_rate=behind.learning_rate / 10, name="lower rate")
    return {
        "hybrid": (hybrid, 0),
        "hybrid, another seed": (hybrid, 1),
        "a plan with the same front": (Strategy(StrategyKind.CUSTOM, (second,)), 2),
        "two phases behind one front": (Strategy(StrategyKind.CUSTOM, (behind, slower), target=1.0), 0),
    }


def rows_of(found: dict[str, list[PhaseUse]]) -> list[Row]:
    """Return what should not have been computed again, and how far the head was taken over."""
    first = found["hybrid"]
    parts = {
        "second hybrid of a project": found["hybrid, another seed"],
        "plan with the front of an earlier run": found["a plan with the same front"],
        "second phase behind the same front": found["two phases behind one front"][1:],
    }
    rows = []
    for what, uses in parts.items():
        computed, read = sum(use.computed for use in uses), sum(use.read for use in uses)
        rows.append(Row(6, f"{what}: computed", computed, 0, unit=f"rows, {read:,} were read", bound=Bound.AT_MOST))
    lost = 100 * (first[0].ended - first[1].started)
    rows.append(
        Row(6, "accuracy that the second phase loses at its start", lost, 0, unit="points", bound=Bound.AT_MOST)
    )
    again = found["hybrid, another seed"][1]
    ratio = first[1].waited / again.waited
    rows.append(
        Row(
            6,
            "start of the second phase with what was kept",
            again.waited,
            1,
            reference=f"{first[1].waited:.2f} s without",
            ratio=ratio,
        )
    )
    return rows


def main() -> None:
    """Measure and print."""
    options = parser(__doc__)
    options.add_argument("--epochs", type=int, default=6, help="of the phases that train batch by batch; more than 4")
    options.add_argument("--size", type=int, default=96)
    args = options.parse_args()
    epochs, size = (5, 48) if args.quick else (args.epochs, args.size)
    keep_freed_memory(os.environ)
    report = Report(as_json=args.json)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        paths, photos = AppPaths.below(home / "home"), write_photos(home / "photos")
        for path in sorted(photos.glob("train/*/*"))[::2]:
            path.unlink()
        with made_project(NewProject(home / "photos.tlft", photos, image_size=size), paths=paths) as project:
            found = {}
            for name, (strategy, seed) in strategies(project, epochs).items():
                found[name] = train(project, strategy, paths=paths, seed=seed)
                for use in found[name]:
                    report.say(
                        f"{name}, phase '{use.name}': {use.computed:,} rows computed, {use.read:,} read, "
                        f"{use.waited:.2f} s to its start; accuracy {use.started:.1%} at its start, "
                        f"{use.ended:.1%} at its end"
                    )
    report.add(*rows_of(found))
    report.close()


if __name__ == "__main__":
    main()
