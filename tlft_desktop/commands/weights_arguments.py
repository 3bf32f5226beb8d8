"""The options of `tlft weights`; loads nothing that is slow, so that help answers at once."""

from __future__ import annotations

import argparse

from tlft_desktop.commands import argument_types as types
from tlft_desktop.commands import words


def add(parser: argparse.ArgumentParser) -> None:
    """Define the options of `tlft weights`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")

    def action(name: str, text: str) -> argparse.ArgumentParser:
        return actions.add_parser(name, help=text, description=words.sentence(text))

    listed = action("list", "list the weights on this machine, and where each comes from")
    listed.add_argument("--json", action="store_true", help="print one JSON object per line")
    taken = action("import", "take weights from a file that you have (safetensors)")
    taken.add_argument(
        "file", type=types.path, metavar="FILE", help="a .safetensors file, or the .pth file that torchvision publishes"
    )
    taken.add_argument(
        "--backbone", type=types.word, metavar="LIB:NAME", help="whose weights they are; found out where left out"
    )
    got = action("get", "download the weights of a backbone")
    got.add_argument("backbone", type=types.word, metavar="LIB:NAME")
    for each in (taken, got):
        text = "into the folder for all users of this computer, which takes the rights of an administrator"
        each.add_argument("--for-all", action="store_true", help=text)
