"""How often a live plot can be drawn with many points, and which share of a core drawing takes while it is paced.

    python tests/benchmarks/plots.py [--points N] [--seconds S]

Prints frames per second of one plot with two curves of `N` points each that change with every frame, next to the goal;
then lets a deck of plots follow a training that reports ten times a second, as the window does, and prints the share of
one core that the window's thread used. Run it alone on the machine; works without a screen.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from tests.benchmarks._report import Report, parser
from tests.gui.contexts import make_context
from tests.gui.fake_training import fit_start
from tlft_desktop.core.bench.rows import Bound, Row
from tlft_desktop.core.values.events import BatchEnd, PhaseStart
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.live_run import LiveRun
from tlft_desktop.gui.pacing import SHARE
from tlft_desktop.gui.plots.base_plot import BasePlot, PlotText
from tlft_desktop.gui.plots.curves import Curve, CurveStyle
from tlft_desktop.gui.plots.metric_plot import make_metric_plots
from tlft_desktop.gui.widgets.plot_deck import PlotDeck
from tlft_desktop.gui.workers.mailbox import Mail

GOAL_FRAMES = 30.0
REPORTS_PER_SECOND = 10


def frames_per_second(app: QApplication, context: AppContext, *, points: int, seconds: float) -> float:
    """Return how often a plot with two changing curves was painted in a second."""
    plot = BasePlot(context, PlotText("Loss", "epoch", "loss"))
    curves = [
        plot.add_curve(Curve(name, CurveStyle(lambda tokens: tokens.train, width=1), snaps=False)) for name in "ab"
    ]
    plot.resize(900, 500)
    plot.show()
    x = np.linspace(0, 100, points)
    noise = np.random.default_rng(0).normal(size=points)
    before, started, turn = plot.view.num_paints, time.perf_counter(), 0
    while time.perf_counter() - started < seconds:
        turn += 1
        for place, curve in enumerate(curves):
            curve.set_points(x, np.exp(-x / 30) + 0.1 * np.roll(noise, turn + place))
        plot.refit()
        app.processEvents()
    result = (plot.view.num_paints - before) / (time.perf_counter() - started)
    plot.close()
    return result


def share_of_a_core(app: QApplication, context: AppContext, *, seconds: float) -> float:
    """Return the share of one core that following a training takes, without the loop around it."""
    deck, live = PlotDeck(context), LiveRun()
    deck.set_plots(make_metric_plots(context))
    deck.resize(760, 360)
    deck.show()
    phase = PhaseStart(phase="fine-tuning", index=0, trainable_parameters=9, frozen_owners=0, cache=None)
    live.take(Mail((fit_start(100), phase), (), None, 0))
    for _ in range(10):
        app.processEvents()
    alone = _share_of(app, lambda _step: None, seconds=seconds / 4)

    def follow(step: int) -> None:
        batch = BatchEnd(step=step, loss=1 / step, learning_rates={"head": 0.1}, images_per_second=50.0)
        live.take(Mail((), (batch,), None, 0))
        deck.show_run(live)

    share = _share_of(app, follow, seconds=seconds)
    deck.pacer.stop()
    deck.close()
    return share - alone


def _share_of(app: QApplication, report: Callable[[int], None], *, seconds: float) -> float:
    step, used, started = 0, time.thread_time(), time.perf_counter()
    while time.perf_counter() - started < seconds:
        step += 1
        report(step)
        until = time.perf_counter() + 1 / REPORTS_PER_SECOND
        while time.perf_counter() < until:
            app.processEvents()
            time.sleep(0.005)
    return (time.thread_time() - used) / (time.perf_counter() - started)


def main() -> None:
    """Measure and print."""
    options = parser(__doc__)
    options.add_argument("--points", type=int, default=100_000)
    options.add_argument("--seconds", type=float, default=5.0)
    args = options.parse_args()
    report, points, seconds = Report(as_json=args.json), args.points, 0.5 if args.quick else args.seconds
    app = QApplication([])
    parent = QObject()
    with tempfile.TemporaryDirectory() as home:
        context = make_context(app, Path(home), parent)
        frames = frames_per_second(app, context, points=points, seconds=seconds)
        share = share_of_a_core(app, context, seconds=4 * seconds)
    report.add(
        Row(12, f"drawing two curves of {points:,} points", frames, GOAL_FRAMES, unit="frames a second"),
        # A half more: the first drawing, whose cost is not known before it, is a part of it.
        Row(12, "following a training", 100 * share, 150 * SHARE, unit="% of a core", bound=Bound.AT_MOST),
    )
    report.close()


if __name__ == "__main__":
    main()
