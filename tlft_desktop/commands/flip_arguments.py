"""`--flip` and `--no-flip`: of a training, and as the answer of a project."""

from __future__ import annotations

import argparse


def add_of_training(group: argparse._ArgumentGroup) -> None:
    """Define the options for trainings; without them the project says whether its images are mirrored."""
    _add(
        group,
        yes="mirror images (left and right swapped) whatever the project says; without this and --no-flip, as it says",
        no="mirror no images: mirrored they mean something else, such as letters",
    )


def add_answer(parser: argparse.ArgumentParser) -> None:
    """Define the options that say it for all trainings of a project."""
    _add(
        parser,
        yes="the images may be mirrored (left and right swapped) while training, as of cells or flowers",
        no="they may not: left and right mean something in them, as in letters or spectrograms",
    )


def given(args: argparse.Namespace) -> list[str]:
    """Return which of the two was given."""
    return [] if args.flip is None else ["--flip" if args.flip else "--no-flip"]


def _add(parser: argparse._ActionsContainer, *, yes: str, no: str) -> None:
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--flip", dest="flip", action="store_const", const=True, help=yes)
    either.add_argument("--no-flip", dest="flip", action="store_const", const=False, help=no)
