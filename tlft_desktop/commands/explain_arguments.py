"""The options of `tlft explain`; loads nothing that is slow, so that help answers at once."""

from __future__ import annotations

import argparse

from tlft_desktop.commands import argument_types as types


def add(parser: argparse.ArgumentParser) -> None:
    """Define the options of `tlft explain`."""
    parser.add_argument("project", type=types.path, metavar="PROJECT", help="folder NAME.tlft")
    parser.add_argument(
        "image", type=types.word, metavar="IMAGE", help="a file, or an image of the project by its path or file name"
    )
    parser.add_argument(
        "--run",
        type=types.run,
        action="append",
        metavar="RUN",
        help=f"{types.RUN_HELP}; given several times, each is compared with the first; without it the best",
    )
    parser.add_argument(
        "--last", action="store_true", help="of each run also the network after its last step, where it is kept"
    )
    parser.add_argument(
        "--class", dest="class_name", type=types.word, metavar="NAME", help="what speaks for this class"
    )
    parser.add_argument(
        "--stage", type=types.word, metavar="PATH", help="stage or layer to look at, as `tlft layers` prints it"
    )
    parser.add_argument(
        "--occlusion", action="store_true", help="check the map: cover the image with patches, one after the other"
    )
    parser.add_argument(
        "--sanity", action="store_true", help="check the map: compare it with those of networks with shuffled weights"
    )
    parser.add_argument(
        "--output", type=types.path, metavar="FOLDER", help="make a folder with the pictures of all maps"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object per line")
