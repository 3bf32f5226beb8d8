"""The options of `tlft race`; loads nothing that is slow, so that help answers at once."""

from __future__ import annotations

import argparse

from tlft_desktop.commands import argument_types as types
from tlft_desktop.commands import flip_arguments, train_arguments, words
from tlft_desktop.core.values.race import MAX_TRIES, RATE_FACTORS
from tlft_desktop.core.values.strategy import StrategyKind

_MOST_SEEDS = 100
_DEFAULT = "transfer,finetune,hybrid"
_FACTORS = ", ".join(f"{factor:g}" if factor > 1 else f"1/{1 / factor:g}" for factor in RATE_FACTORS[1:])
_RACE_HELP = "identifier of a race, the unique beginning of one, or `last`"


def add(parser: argparse.ArgumentParser) -> None:
    """Define the options of `tlft race`."""
    parser.add_argument("project", type=types.path, metavar="PROJECT", help="folder NAME.tlft")
    _add_conditions(parser.add_argument_group("what to race"))
    old = parser.add_argument_group("an earlier race").add_mutually_exclusive_group()
    old.add_argument(
        "--resume",
        type=types.word,
        metavar="RACE",
        help=f"go on with one that was stopped or interrupted: {_RACE_HELP}",
    )
    old.add_argument(
        "--show",
        type=types.word,
        nargs="?",
        const="last",
        metavar="RACE",
        help="only print how one stands, also while it runs (last)",
    )
    train_arguments.add_machine(parser.add_argument_group("on what"))
    parser.add_argument("--json", action="store_true", help="print one JSON object per line")


def _add_conditions(what: train_arguments.Group) -> None:
    what.add_argument(
        "--strategies",
        type=_strategies,
        metavar="A,B,...",
        help=f"at least two of {', '.join(StrategyKind)}, in this order ({_DEFAULT})",
    )
    what.add_argument(
        "--budget",
        type=types.positive,
        metavar="SECONDS",
        help="active time that each run may take, each try too; without it each trains to its own end",
    )
    what.add_argument(
        "--seeds",
        type=types.whole(1, _MOST_SEEDS),
        metavar="N",
        help="train each strategy with the seeds 0 to N - 1, which change first heads, order and augmentation (1)",
    )
    what.add_argument(
        "--tries",
        type=types.whole(1, MAX_TRIES),
        metavar="N",
        help="let each strategy try N learning rates with each seed, of which the best on the validation images "
        f"counts: its default one, then that times {_FACTORS} (1)",
    )
    flip_arguments.add_of_training(what)


def _strategies(text: str) -> tuple[StrategyKind, ...]:
    """Return the strategies of a list with commas."""
    names = [name.strip().lower() for name in text.split(",")]
    for name in names:
        if name not in set(StrategyKind):
            near = words.did_you_mean(name, StrategyKind)
            raise argparse.ArgumentTypeError(
                f"there is no strategy '{name[:40]}', but {', '.join(StrategyKind)}{';' if near else ''}{near.lower()}"
            )
    if len(names) < 2 or len(set(names)) < len(names):
        raise argparse.ArgumentTypeError("a race needs at least two strategies, each named once")
    return tuple(map(StrategyKind, names))
