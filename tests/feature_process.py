"""A process of its own that trains a head and may kill itself at a write into the feature cache; for fault tests.

Usage: python -m tests.feature_process HOME PROJECT [WRITE]
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
from pathlib import Path

from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.project.project import open_project
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.experiment import TrainOptions, run_experiment
from tlft_desktop.paths import AppPaths


def main() -> None:
    """Train; die before the write with the given number."""
    home, root = Path(sys.argv[1]), Path(sys.argv[2])
    fatal = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    writes = itertools.count(1)

    def die(kind: str, path: Path) -> None:
        if kind == "write" and "features" in path.parts and next(writes) == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    fsio.primitives.operation = die
    with open_project(root) as project:
        options = TrainOptions(threads=1)
        for event in run_experiment(
            project, StrategyKind.TRANSFER, options=options, paths=AppPaths.below(home), control=Control()
        ):
            print(event.name, flush=True)


if __name__ == "__main__":
    main()
