"""How quickly the layer tree of the largest networks opens and follows its ticks.

    python tests/benchmarks/layer_tree.py [--networks N] [--repeats N]

Prints, for the networks of the catalogue with the most nodes and offscreen: how long the tree takes to open once it is
built (goal 200 ms), a tick on the root in the model alone (goal 10 ms), and a tick with everything that the page
shows for it (goal 50 ms). Medians; goals are printed, not enforced. No weights are needed.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.benchmarks._report import Report, parser
from tests.gui.pages.layers_world import LayersWorld
from tlft_desktop.core.bench.rows import Bound, Row
from tlft_desktop.core.models.catalog import backbones
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.workflows.networks import layer_tree
from tlft_desktop.gui.item_models.layer_tree_model import LayerTreeModel

CHECK = Qt.ItemDataRole.CheckStateRole
WHAT = ("opening", "a tick on the root", "a tick on the root with its page")
GOALS_MS = (200.0, 10.0, 50.0)
NUM_CLASSES = 10


def median_ms(work: Callable[[], object], repeats: int) -> float:
    """Return the median of the time that `work` takes, in milliseconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def largest_trees(count: int) -> list[LayerTree]:
    """Return the trees with the most nodes, the largest first."""
    trees = [layer_tree(entry.name, NUM_CLASSES, entry.preprocessing.input_size) for entry in backbones()]
    trees.sort(key=lambda tree: sum(1 for _ in tree.root.walk()), reverse=True)
    return trees[:count]


def measure(world: LayersWorld, tree: LayerTree, repeats: int) -> tuple[float, float, float]:
    """Return milliseconds to open, for a root tick in the model, and for a tick of the whole page."""
    session = world.context.session

    def show() -> None:
        session.set_layer_tree(tree)
        QApplication.processEvents()

    opened = median_ms(show, repeats)
    alone = LayerTreeModel()
    alone.set_tree(tree, world.plan)
    states = [Qt.CheckState.Checked, Qt.CheckState.Unchecked] * repeats
    root = median_ms(lambda: alone.setData(alone.index_of(""), states.pop(), CHECK), repeats)
    world.page.tree.expandAll()
    states = [Qt.CheckState.Checked, Qt.CheckState.Unchecked] * repeats
    model = world.page.model

    def tick() -> None:
        model.setData(model.index_of(""), states.pop(), CHECK)
        QApplication.processEvents()

    return opened, root, median_ms(tick, repeats)


def main() -> None:
    """Measure and print."""
    options = parser(__doc__)
    options.add_argument("--networks", type=int, default=3)
    options.add_argument("--repeats", type=int, default=9)
    args = options.parse_args()
    networks, repeats = (1, 3) if args.quick else (args.networks, args.repeats)
    report, worst = Report(as_json=args.json), [0.0, 0.0, 0.0]
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    trees = largest_trees(networks)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        world = LayersWorld(app, Path(folder))
        world.open()
        report.say(f"{'network':<36}{'nodes':>7}{'open':>12}{'root tick':>12}{'page tick':>12}   (ms)")
        for tree in trees:
            nodes = sum(1 for _ in tree.root.walk())
            found = measure(world, tree, repeats)
            worst = [max(pair) for pair in zip(worst, found, strict=True)]
            opened, root, tick = found
            report.say(f"{tree.backbone:<36}{nodes:>7}{opened:>12.1f}{root:>12.2f}{tick:>12.1f}")
        for what, taken, goal in zip(WHAT, worst, GOALS_MS, strict=True):
            report.add(Row(11, f"largest trees: {what}", taken, goal, unit="ms", bound=Bound.AT_MOST))
        world.close()
        while world.context.tasks.jobs:
            QApplication.processEvents()
    report.close()


if __name__ == "__main__":
    main()
