"""The options of `tlft freeze` for learning rates, adapters and thawing, and for plans as text and under names."""

from __future__ import annotations

import argparse

from tlft_desktop.commands.argument_types import MOST, number_in, whole, word
from tlft_desktop.core.values.plan import LARGEST_FACTOR, LARGEST_RANK, LEAST_FACTOR

INHERITED = "inherited"
"""The value of `--norm` and `--rate` that takes away instead of setting."""


def rates(parser: argparse.ArgumentParser) -> None:
    """Define the options for learning rates."""
    parser.add_argument(
        "--rate",
        type=_factor,
        metavar="FACTOR",
        help=f"multiply the learning rate by this, {LEAST_FACTOR} to {LARGEST_FACTOR:g}, "
        f"or do as what is above ({INHERITED})",
    )
    parser.add_argument(
        "--layer-decay",
        type=_decay,
        metavar="F",
        help="multiply the rate by this from each stage to the one before it, such as 0.8; replaces all factors, "
        "and 1 takes them away",
    )


def adapters(parser: argparse.ArgumentParser) -> None:
    """Define the option for adapters."""
    parser.add_argument(
        "--adapter",
        type=whole(0, LARGEST_RANK),
        metavar="RANK",
        help=f"freeze linear layers and 1x1 convolutions and train adapters of this rank beside them (LoRA), 1 to "
        f"{LARGEST_RANK}; 0 takes adapters away",
    )


def thaw(parser: argparse.ArgumentParser) -> None:
    """Define the option for the epochs in which stages thaw."""
    parser.add_argument(
        "--thaw",
        type=_thaw,
        action="append",
        metavar="STAGE=N",
        help="let a stage begin to train after N epochs, where the plan lets it train; 0 for the start; given several "
        "times for several stages; `none` takes all of them away",
    )


def names(parser: argparse.ArgumentParser) -> None:
    """Define the options that keep plans under names."""
    parser.add_argument("--save", type=word, metavar="NAME", help="keep the plan under this name, too")
    parser.add_argument("--forget", type=word, metavar="NAME", help="remove the plan of this name from the project")


def _factor(text: str) -> float | str:
    return INHERITED if text == INHERITED else number_in(LEAST_FACTOR, LARGEST_FACTOR)(text)


def _thaw(text: str) -> tuple[str, int] | None:
    if text == "none":
        return None
    stage, sign, epochs = text.rpartition("=")
    if not sign or not stage:
        raise argparse.ArgumentTypeError(f"must be STAGE=N or none, not '{text[:40]}'")
    return stage, whole(0, MOST)(epochs)


def _decay(text: str) -> float:
    return number_in(0.1, 1)(text)
