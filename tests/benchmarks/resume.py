"""What a killed training loses, and how long it takes until it trains again.

    python tests/benchmarks/resume.py [--kills N] [--size PIXELS]

A real `tlft train` fine-tunes the sample photographs and is killed without warning (SIGKILL) in the middle of an epoch;
`tlft train --resume last` goes on and is killed in a later epoch, and so on. Printed are the seconds from the start of
the new process to its first step, and how many steps had to be done again: never more than since the last checkpoint,
which is written after every epoch.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import psutil

from tests.benchmarks._processes import environment, tlft
from tests.benchmarks._report import Report, parser
from tlft_desktop.core.bench.rows import Bound, Row
from tlft_desktop.core.data.samples import write_photos
from tlft_desktop.freed_memory import keep_freed_memory

GOAL_S = 5.0
EPOCHS = 99


@dataclass
class Killed:
    """How far a process came.

    Attributes:
        first: Step that it went on from.
        to_step: Seconds from its start to its first step.
        saved: Step of the newest checkpoint.
        last: Last step that it told.
    """

    first: int = 0
    to_step: float = 0.0
    saved: int = 0
    last: int = 0


@contextmanager
def training(*arguments: object) -> Iterator[Iterator[dict[str, Any]]]:
    """Start a training and give its events; afterwards it is killed with all that it started."""
    command = [sys.executable, "-m", "tlft_desktop", "train", *map(str, arguments), "--json"]
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        try:
            yield map(json.loads, child.stdout)
            if child.poll():
                raise SystemExit(child.stderr.read())
        finally:
            helpers = psutil.Process(child.pid).children(recursive=True) if child.poll() is None else []
            child.kill()
            for helper in helpers:
                helper.kill()


def train_until_killed(*arguments: object) -> Killed:
    """Train to the middle of the second epoch after the start, kill the process, and tell how far it came."""
    found, started, ended, per_epoch = Killed(), time.monotonic(), 0, 0
    with training(*arguments) as events:
        for event in events:
            match event["event"]:
                case "phase_start":
                    found.first = event["step"]
                case "checkpoint":
                    found.saved = event["step"]
                case "epoch_end":
                    per_epoch, ended = event["step"] - max(found.first, ended), event["step"]
                case "batch_end":
                    found.to_step = found.to_step or time.monotonic() - started
                    found.last = event["step"]
                    if ended and found.last >= ended + max(1, per_epoch // 2):
                        return found
    raise SystemExit("The training ended before it could be killed.")


def main() -> None:
    """Measure and print."""
    options = parser(__doc__)
    options.add_argument("--kills", type=int, default=3)
    options.add_argument("--size", type=int, default=96)
    args = options.parse_args()
    kills, size = (1, 32) if args.quick else (args.kills, args.size)
    keep_freed_memory(os.environ)
    report = Report(as_json=args.json)
    seconds, lost, beyond = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        home, project = Path(folder) / "home", Path(folder) / "photos.tlft"
        photos = write_photos(Path(folder) / "photos")
        tlft("new", project, "--data", photos, "--image-size", size, "--home", home)
        new = (project, "--strategy", "finetune", "--epochs", EPOCHS, "--home", home)
        before = train_until_killed(*new)
        report.say(f"first step of a new run: {before.to_step:.2f} s after the start of the process")
        for _ in range(kills):
            found = train_until_killed(project, "--resume", "last", "--home", home)
            seconds.append(found.to_step)
            lost.append(before.last - found.first)
            beyond.append(before.saved - found.first)
            report.say(
                f"killed at step {before.last}, newest checkpoint of step {before.saved}: went on from step "
                f"{found.first}, {found.to_step:.2f} s after the start of the process"
            )
            before = found
    report.add(
        Row(13, "from a kill to the next step", statistics.median(seconds), GOAL_S, bound=Bound.AT_MOST),
        Row(
            13,
            "steps before the newest checkpoint that were lost",
            max(beyond),
            0,
            unit=f"steps, of {max(lost)} that were done again",
            bound=Bound.AT_MOST,
        ),
    )
    report.close()


if __name__ == "__main__":
    main()
