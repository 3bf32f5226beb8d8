"""What the parsed options of `tlft train` and `tlft strategy` say of the phases."""

from __future__ import annotations

import argparse

from tlft_desktop.core.values.strategy import HeadSolver, OptimizerKind
from tlft_desktop.core.workflows.experiment import TrainOptions


def phase_options(args: argparse.Namespace) -> TrainOptions:
    """Return what the user wants different from the defaults of a strategy; all else is left at its default."""
    return TrainOptions(
        epochs=args.epochs,
        target=args.target,
        learning_rate=args.lr,
        optimizer=OptimizerKind(args.optimizer) if args.optimizer else None,
        head=HeadSolver(args.head) if args.head else None,
        views=args.views,
        flip=args.flip,
        balance_classes=args.balance,
        mixup=args.mixup,
    )
