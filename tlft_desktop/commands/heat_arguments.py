"""The options of `tlft heat`; loads nothing that is slow, so that help answers at once."""

from __future__ import annotations

import argparse

from tlft_desktop.commands import argument_types as types


def add(parser: argparse.ArgumentParser) -> None:
    """Define the options of `tlft heat`."""
    parser.add_argument("project", type=types.path, metavar="PROJECT", help="folder NAME.tlft")
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "run", type=types.run, nargs="?", default="last", metavar="RUN", help=f"{types.RUN_HELP} (%(default)s)"
    )
    what.add_argument(
        "--before", action="store_true", help="not of a run: where training would pull, by one pass over the images"
    )
    parser.add_argument(
        "--epoch", type=types.whole(1, types.MOST), metavar="N", help="an epoch of the run (the last one)"
    )
    parser.add_argument("--layers", action="store_true", help="a line for each layer instead of each stage")
    parser.add_argument(
        "--propose", action="store_true", help="say which stages strain and should train, and which could be frozen"
    )
    parser.add_argument("--apply", action="store_true", help="take what is proposed as the plan of the project")
    parser.add_argument("--json", action="store_true", help="print one JSON object per line")
