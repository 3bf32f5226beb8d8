"""The options of `tlft train` that say how long, how and on what."""

from __future__ import annotations

import argparse
import os

from tlft_desktop.commands import argument_types as types
from tlft_desktop.commands import flip_arguments
from tlft_desktop.core.values.numerics import NumericMode
from tlft_desktop.core.values.strategy import HeadSolver, OptimizerKind

Group = argparse._ArgumentGroup

_HOW = "how (chosen by strategy and number of images where left out)"
_THREADS = types.whole(1, os.cpu_count() or 1)


def add(parser: argparse.ArgumentParser) -> None:
    """Define the options in groups of their own."""
    limits = parser.add_argument_group("how long")
    _add_epochs(limits)
    limits.add_argument("--budget", type=types.positive, metavar="SECONDS", help="active time that the run may take")
    settings = parser.add_argument_group(_HOW)
    settings.add_argument(
        "--batch-size",
        type=types.whole(1, types.MOST),
        metavar="N",
        help="images in each step (default 32; 16 with fewer than 200 training images)",
    )
    _add_settings(settings)
    settings.add_argument("--seed", type=types.seed, metavar="N", help="seed of order, dropout and augmentation (0)")
    machine = parser.add_argument_group("on what")
    add_machine(machine)
    _add_memory(machine)


def add_of_strategy(parser: argparse.ArgumentParser) -> None:
    """Define the options of which the phases of a strategy are made."""
    _add_epochs(parser.add_argument_group("how long"))
    _add_settings(parser.add_argument_group(_HOW))


def _add_epochs(group: Group) -> None:
    group.add_argument(
        "--epochs",
        type=types.whole(1, types.MOST),
        metavar="N",
        help="epochs of each phase that is trained batch by batch",
    )
    group.add_argument(
        "--target", type=types.accuracy, metavar="F", help="validation accuracy at which a hybrid stops early, 0 to 1"
    )


def _add_settings(group: Group) -> None:
    group.add_argument("--lr", type=types.positive, metavar="F", help="peak learning rate")
    group.add_argument("--optimizer", choices=[item.value for item in OptimizerKind], help="how weights are updated")
    group.add_argument(
        "--head",
        choices=[item.value for item in HeadSolver],
        help="where the head alone trains: solve it exactly (convex) or batch by batch (sgd)",
    )
    group.add_argument(
        "--views",
        type=types.whole(0, types.MOST),
        metavar="K",
        help="augmented variants of each image; 0 for new ones in each epoch",
    )
    group.add_argument(
        "--mixup",
        type=types.mixing,
        metavar="ALPHA",
        help="learn from mixtures of two images and their classes, or of what frozen layers make of them: the share is "
        "drawn from Beta(ALPHA, ALPHA), above 0 to 1; training loss and accuracy are then those of the mixtures",
    )
    flip_arguments.add_of_training(group)
    group.add_argument("--balance", action="store_true", help="let every class count the same, however large it is")


def add_machine(group: Group) -> None:
    """Define what the network runs on and how it computes."""
    group.add_argument(
        "--device", type=types.word, metavar="NAME", help="auto (the fastest that works), cpu, cuda or mps"
    )
    group.add_argument("--threads", type=_THREADS, metavar="N", help="threads of the processor (all usable cores)")
    group.add_argument(
        "--numeric",
        choices=[item.value for item in NumericMode],
        help="type and memory layout in which the network computes (auto: by rule, or what a check before a long run "
        "shows to be faster; rule: without that check); reference is float32 as torch has it",
    )


def _add_memory(group: Group) -> None:
    group.add_argument(
        "--checkpoint-activations",
        action="store_true",
        help="keep few tensors for the backward pass and compute the others again: less memory for what trains, "
        "up to a third more time, the same result",
    )
    group.add_argument(
        "--no-cache", action="store_true", help="keep no features on disk; the next run computes them again"
    )
