"""A process of its own that trains a project, going on where an earlier one was killed; started by fault tests.

Usage: python -m tests.training_process HOME PROJECT
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tlft_desktop.core.control import Control
from tlft_desktop.core.project.project import open_project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.experiment import TrainOptions, resume_experiment, run_experiment
from tlft_desktop.paths import AppPaths

OPTIONS = TrainOptions(epochs=3, batch_size=8, threads=1, target=1.0)


def main() -> None:
    """Train the hybrid, or resume the only run."""
    home, root = Path(sys.argv[1]), Path(sys.argv[2])
    paths = AppPaths.below(home)
    with open_project(root) as project:
        store = RunStore(project.root)
        store.mark_interrupted()
        runs = store.ids()
        print("ready", flush=True)
        if runs:
            events = resume_experiment(project, runs[0], paths=paths, control=Control())
        else:
            events = run_experiment(project, StrategyKind.HYBRID, options=OPTIONS, paths=paths, control=Control())
        for event in events:
            print(event.name, flush=True)
    # Everything is written: leaving at once shows that nothing depends on an orderly end.
    os._exit(0)


if __name__ == "__main__":
    main()
