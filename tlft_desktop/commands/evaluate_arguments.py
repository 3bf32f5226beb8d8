"""The options of `tlft evaluate`; loads nothing that is slow, so that help answers at once."""

from __future__ import annotations

import argparse

from tlft_desktop.commands import argument_types as types
from tlft_desktop.core.values.manifest import Split

_MOST_FOLDS = 100


def add(parser: argparse.ArgumentParser) -> None:
    """Define the options of `tlft evaluate`."""
    parser.add_argument("project", type=types.path, metavar="PROJECT", help="folder NAME.tlft")
    parser.add_argument("run", type=types.run, metavar="RUN", help=types.RUN_HELP)
    parser.add_argument(
        "--split",
        choices=[Split.VAL.value, Split.TEST.value],
        default=Split.VAL.value,
        help="the validation images, or the test images, where every look is counted (%(default)s)",
    )
    parser.add_argument(
        "--epoch",
        type=types.whole(1, types.MOST),
        metavar="N",
        help="the answers for the validation images after epoch N, counted over all phases and with the steps of a "
        "head that is solved (those of the epoch that the run kept)",
    )
    parser.add_argument(
        "--costs", type=types.path, metavar="FILE", help="CSV table of what each answer costs for each true class"
    )
    _folds(parser)
    _images(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object per line")


def _folds(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--folds",
        type=types.whole(2, _MOST_FOLDS),
        nargs="?",
        const=5,
        metavar="N",
        help="train and judge the head of the run on N folds (%(const)s) of its training and validation images",
    )
    parser.add_argument(
        "--repeats", type=types.whole(1, _MOST_FOLDS), metavar="N", help="divide into folds N times (4); with --folds"
    )


def _images(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--confusions", action="store_true", help="list all pairs of classes that are confused, not the first ten only"
    )
    parser.add_argument(
        "--mistakes",
        type=types.whole(1, types.MOST),
        nargs="?",
        const=20,
        metavar="N",
        help="list the N images with the worst answers (%(const)s) instead of the figures",
    )
    parser.add_argument(
        "--suspects",
        action="store_true",
        help="list the images whose label is surely doubted instead of the figures; `tlft label` and `tlft exclude` "
        "mend them",
    )
    parser.add_argument(
        "--of",
        choices=[Split.VAL.value, Split.TRAIN.value],
        help="whose labels --suspects doubts: of the validation images by the run's own answers (default), or of the "
        "training images by a probe that has not learned them",
    )
