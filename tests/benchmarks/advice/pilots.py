"""What trying the ways out for a moment says of the cells that the grid kept, and what it takes.

    python tests/benchmarks/advice/pilots.py FOLDER [NAME ...] [--seconds N] [--emoji FOLDER]

Each cell in FOLDER gets the pilot that the program would run on it; cells that have theirs are left out, so it can be
stopped and started again. `score.py FOLDER` then also tells how good the advice is with its pilot.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.benchmarks.advice.cells import MAX_BYTES
from tests.benchmarks.advice.emoji_sets import emoji_sets
from tests.benchmarks.advice.grid import project_of
from tests.benchmarks.advice.image_sets import ImageSet, image_sets
from tlft_desktop.core import fsio
from tlft_desktop.core.advice.pilot import DEFAULT_SECONDS, Pilot
from tlft_desktop.core.control import Control
from tlft_desktop.core.workflows.pilot import run_pilot


def pilot_of(chosen: ImageSet, per_class: int, seed: int, *, seconds: float) -> dict[str, Any]:
    """Run the pilot of a cell; return what it found and the seconds that it took."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name,
        project_of(chosen, per_class, seed, Path(name)) as (project, paths),
    ):
        started = time.monotonic()
        *_, pilot = run_pilot(project, seconds=seconds, paths=paths, control=Control())
        assert isinstance(pilot, Pilot)
        return {**asdict(pilot), "seconds": round(time.monotonic() - started, 2)}


def main() -> int:
    """Add pilots to the cells; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only cells whose name contains one of these")
    parser.add_argument("--seconds", type=float, default=DEFAULT_SECONDS)
    parser.add_argument("--emoji", type=Path, metavar="FOLDER", help="where npm installed emoji of four vendors")
    options = parser.parse_args()
    sets = {item.name: item for item in image_sets() + (emoji_sets(options.emoji) if options.emoji else ())}
    for path in sorted(options.folder.glob("*.json")):
        cell = fsio.read_json(path, max_bytes=MAX_BYTES)
        is_wanted = not options.names or any(name in path.stem for name in options.names)
        if not is_wanted or "pilot" in cell or cell["set"] not in sets:
            continue
        pilot = pilot_of(sets[cell["set"]], cell["per_class"], cell["seed"], seconds=options.seconds)
        fsio.write_json(path, {**cell, "pilot": pilot})
        found = ", ".join(f"{way['kind']} {100 * sum(way['hits']) / len(way['hits']):.0f}" for way in pilot["ways"])
        print(f"{path.stem}: {found or pilot['refusal']} ({pilot['seconds']:.0f} s)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
