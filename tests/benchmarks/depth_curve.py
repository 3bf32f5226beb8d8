"""The depth curve against one plain pass over the images, and what its probes take.

    python tests/benchmarks/depth_curve.py

Made images, 1,000 for training and 16 classes: random parts of the sample photographs. The reference is a forward pass
of the whole network in the fastest numeric mode over images that are in memory already. Run it alone.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks._report import Report, parser
from tests.benchmarks.growth import make_images
from tlft_desktop.core.advice.depth_curve import DepthCurve
from tlft_desktop.core.bench.limits import forward_seconds
from tlft_desktop.core.bench.rows import Bound, Row
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.samples import write_photos
from tlft_desktop.core.models.catalog import find_backbone
from tlft_desktop.core.models.weights import WeightsStore
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.workflows.create import NewProject, create
from tlft_desktop.core.workflows.depth import depth_curve
from tlft_desktop.freed_memory import keep_freed_memory
from tlft_desktop.paths import AppPaths

TARGET = 7
PASS_GOAL, PROBES_GOAL_S, LOGISTIC_GOAL_S = 1.3, 5.0, 15.0


def main() -> None:
    """Print the rows."""
    args = parser(__doc__).parse_args()
    count, size = (160, 64) if args.quick else (1_250, 224)
    keep_freed_memory(os.environ)
    report = Report(as_json=args.json)
    with tempfile.TemporaryDirectory() as folder:
        home, images = Path(folder) / "home", Path(folder) / "images"
        make_images(write_photos(Path(folder) / "photos"), images, count)
        paths = AppPaths.below(home)
        new = NewProject(Path(folder) / "made.tlft", images, image_size=size)
        project = next(item for item in create(new, paths=paths, control=Control()) if isinstance(item, Project))
        with project:
            entry = find_backbone(project.config.backbone)
            weights = WeightsStore(paths.models_folder).load(entry)
            num_images = len(project.manifest.used(Split.TRAIN))
            limit = num_images * forward_seconds(entry, weights, image_size=size)
            began: dict[str, float] = {}
            started, ended = time.monotonic(), {}
            with closing(depth_curve(project, paths=paths, control=Control())) as steps:
                for item in steps:
                    if isinstance(item, DepthCurve):
                        curve = item
                        continue
                    began.setdefault(item.stage, time.monotonic())
                    ended[item.stage] = time.monotonic()
            whole = time.monotonic() - started
    # The first report of the pass comes after its first batch.
    batches = num_images / 32
    passing = (ended["pass"] - began["pass"]) * batches / (batches - 1)
    probing = sum(point.seconds for point in curve.points)
    report.say(f"{len(curve.points)} depths, {num_images:,} images at {size} px, {whole:.1f} s with the set-up")
    report.add(
        Row(
            TARGET,
            f"depth curve of {num_images:,} images, the pass",
            passing,
            PASS_GOAL,
            bound=Bound.AT_MOST,
            reference="one forward pass",
            ratio=passing / limit,
        ),
        Row(
            TARGET,
            f"linear probe and nearest neighbours, {len(curve.points)} depths",
            probing,
            PROBES_GOAL_S,
            bound=Bound.AT_MOST,
        ),
        Row(
            TARGET,
            f"logistic regression with intervals, {len(curve.turns)} depths",
            ended["folds"] - began["folds"],
            LOGISTIC_GOAL_S,
            bound=Bound.AT_MOST,
        ),
    )
    report.close()


if __name__ == "__main__":
    main()
