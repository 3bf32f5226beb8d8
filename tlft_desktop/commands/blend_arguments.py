"""The options of `tlft blend`; loads nothing that is slow, so that help answers at once."""

from __future__ import annotations

import argparse

from tlft_desktop.commands import argument_types as types


def add(parser: argparse.ArgumentParser) -> None:
    """Define the options of `tlft blend`."""
    parser.add_argument("project", type=types.path, metavar="PROJECT", help="folder NAME.tlft")
    parser.add_argument("run", type=types.run, metavar="RUN", help=types.RUN_HELP)
    parser.add_argument(
        "--from", dest="base", type=types.run, metavar="RUN", help="the transfer run to blend with (the best one)"
    )
    shares = parser.add_mutually_exclusive_group()
    shares.add_argument(
        "--steps", type=types.whole(1, 100), default=10, metavar="N", help="steps from 0 to 1 (%(default)s)"
    )
    shares.add_argument(
        "--alpha", type=types.number_in(0, 1), metavar="A", help="only this share of the run, beside both ends"
    )
    parser.add_argument(
        "--images", type=types.path, metavar="FOLDER", help="images from elsewhere, in folders called as the classes"
    )
    parser.add_argument(
        "--output", type=types.path, metavar="FOLDER", help="make a bundle of the blend at --alpha, as `tlft export`"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object per line")
