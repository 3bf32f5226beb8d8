"""How long it takes from the start of the process to the first painted window, and to one that answers.

Prints the medians of some starts, and the largest gap of the event loop until torch is loaded and the devices are
known. A window answers when the pages and actions that follow the painting are there.

    python tests/benchmarks/first_window.py [--rounds N]

Works with a screen, under Xvfb, or without one. The first start, which reads everything
from the disk, is shown but not counted.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks._processes import ROOT, environment
from tests.benchmarks._report import Report, parser
from tlft_desktop.core.bench.rows import Bound, Row

GOAL_S = 0.7
GOAL_GAP_MS = 250.0
# The program as `python -m tlft_desktop gui` starts it, which says when its window is painted and when it answers.
CHILD = """
import sys, time
from tlft_desktop.cli import main
from tlft_desktop.gui import app
from PySide6.QtCore import QEvent, QObject, Qt, QTimer

class Watch(QObject):
    def eventFilter(self, window, event):
        if event.type() == QEvent.Type.Paint:
            window.removeEventFilter(self)
            QTimer.singleShot(0, window, self.go_on)
        return False

    def go_on(self):
        print("painted", time.time(), flush=True)
        self.furnished, self.gap, self.last = False, 0.0, time.time()
        self.timer = QTimer(self)
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.look)
        self.timer.start(10)

    def look(self):
        now = time.time()
        self.gap, self.last = max(self.gap, now - self.last - 0.01), now
        if self.window.is_furnished and not self.furnished:
            self.furnished = True
            print("answers", now, flush=True)
        elif self.furnished and self.window.devices.devices:
            self.timer.stop()
            print("gap", self.gap, flush=True)
            self.window.close()

def execute(qt, application, project, go_on=app.execute):
    watch = Watch()
    watch.window = application.window
    watch.window.installEventFilter(watch)
    return go_on(qt, application, project)

app.execute = execute
sys.exit(main(["--home", sys.argv[1], "gui"]))
"""


def start_once(home: Path) -> tuple[float, float, float]:
    """Start the program in a process of its own; return seconds to painting and to answering, and the largest gap."""
    # As on a computer where the program is installed: compiled modules are kept.
    variables = {**environment(), "PYTHONPYCACHEPREFIX": str(home / "compiled")}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.time()
    command = [sys.executable, "-c", CHILD, str(home)]
    child = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
    times = dict(line.split() for line in child.stdout.splitlines())
    if child.returncode or len(times) != 3:
        raise SystemExit(f"the window did not open: {child.stderr}")
    return float(times["painted"]) - began, float(times["answers"]) - began, float(times["gap"])


def main() -> None:
    """Measure and print."""
    options = parser(__doc__)
    options.add_argument("--rounds", type=int, default=5)
    args = options.parse_args()
    report, rounds = Report(as_json=args.json), 1 if args.quick else args.rounds
    with tempfile.TemporaryDirectory() as home:
        painted, answers, _gap = start_once(Path(home))
        report.say(f"first start: {painted:.3f} s to the painting, {answers:.3f} s to answering")
        starts = [start_once(Path(home)) for _ in range(rounds)]
    report.say("paintings: " + ", ".join(f"{painted:.3f}" for painted, _answers, _gap in starts) + " s")
    median = statistics.median(painted for painted, _answers, _gap in starts)
    answering = statistics.median(answers for _painted, answers, _gap in starts)
    largest = 1000 * max(gap for _painted, _answers, gap in starts)
    report.say(f"start to a window that answers: {answering:.3f} s (median of {rounds})")
    most = Bound.AT_MOST
    report.add(
        Row(10, "start to the first painted window", median, GOAL_S, bound=most),
        Row(10, "largest gap while torch loads", largest, GOAL_GAP_MS, unit="ms", bound=most),
    )
    report.close()


if __name__ == "__main__":
    main()
