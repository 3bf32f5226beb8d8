"""The options of `tlft map`; loads nothing that is slow, so that help answers at once."""

from __future__ import annotations

import argparse

from tlft_desktop.commands import argument_types as types


def add(parser: argparse.ArgumentParser) -> None:
    """Define the options of `tlft map`."""
    parser.add_argument("project", type=types.path, metavar="PROJECT", help="folder NAME.tlft")
    parser.add_argument("runs", type=types.run, nargs="*", metavar="RUN", help=f"one to four; {types.RUN_HELP}")
    parser.add_argument("--method", choices=("pca", "umap"), default="pca", help="how features become two numbers")
    parser.add_argument("--csv", type=types.path, metavar="FILE", help="write a row for each image and run")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
