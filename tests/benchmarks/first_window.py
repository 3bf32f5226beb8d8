"""How long it takes from the start of the process to the first painted window: the median of some starts.

    python tests/benchmarks/first_window.py [--rounds N]

Works with a screen, under Xvfb, or without one (`QT_QPA_PLATFORM=offscreen`). The first start, which reads everything
from the disk, is shown but not counted.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
GOAL_S = 0.7
# The program as `python -m tlft_desktop gui` starts it, which says when its window is painted and closes it then.
CHILD = """
import sys, time
from tlft_desktop.cli import main
from tlft_desktop.gui import app
from PySide6.QtCore import QEvent, QObject, QTimer

class Watch(QObject):
    def eventFilter(self, window, event):
        if event.type() == QEvent.Type.Paint:
            window.removeEventFilter(self)
            QTimer.singleShot(0, window, self.end)
        return False

    def end(self):
        print("painted", time.time(), flush=True)
        self.window.close()

def execute(qt, application, project, go_on=app.execute):
    watch = Watch()
    watch.window = application.window
    watch.window.installEventFilter(watch)
    return go_on(qt, application, project)

app.execute = execute
sys.exit(main(["--home", sys.argv[1], "gui"]))
"""


def start_once(home: Path) -> float:
    """Start the program in a process of its own; return the seconds to the first painting."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    began = time.time()
    command = [sys.executable, "-c", CHILD, str(home)]
    child = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    painted = [line.split()[1] for line in child.stdout.splitlines() if line.startswith("painted ")]
    if child.returncode or not painted:
        raise SystemExit(f"the window did not open: {child.stderr}")
    return float(painted[0]) - began


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        print(f"first start: {start_once(Path(home)):.3f} s")
        times = [start_once(Path(home)) for _ in range(options.rounds)]
    print("starts: " + ", ".join(f"{seconds:.3f}" for seconds in times) + " s")
    median = statistics.median(times)
    reached = "reached" if median <= GOAL_S else "missed"
    print(f"start to first painting: {median:.3f} s (median of {options.rounds}); goal {GOAL_S:g} s: {reached}")


if __name__ == "__main__":
    main()
