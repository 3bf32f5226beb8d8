"""The options of `tlft compare`; loads nothing that is slow, so that help answers at once."""

from __future__ import annotations

import argparse

from tlft_desktop.commands import argument_types as types

METRICS = ("accuracy", "balanced-accuracy", "macro-f1", "calibration-error")
"""Values of `evaluation.bootstrap.Metric`, whose module is slow to load; a test holds them equal."""


def add(parser: argparse.ArgumentParser) -> None:
    """Define the options of `tlft compare`."""
    parser.add_argument("project", type=types.path, metavar="PROJECT", help="folder NAME.tlft")
    parser.add_argument(
        "runs", type=types.run, nargs="*", metavar="RUN", help=f"{types.RUN_HELP}; all runs where none is named"
    )
    parser.add_argument(
        "--metric", choices=METRICS, help="compare this figure, by resampling the images (accuracy, image by image)"
    )
    parser.add_argument(
        "--pool", action="store_true", help="compare strategies, each by all of its runs of several seeds or divisions"
    )
    parser.add_argument(
        "--html",
        type=types.path,
        metavar="FILE.html",
        help="write a report about these runs: images, plans, curves, comparison, methods, all in one file",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object per line")
