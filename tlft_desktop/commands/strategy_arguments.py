"""What the parsed options of `tlft train` and `tlft strategy` say of the phases."""

from __future__ import annotations

import argparse

from tlft_desktop.core.freezing.strategies import StrategyOptions
from tlft_desktop.core.values.strategy import HeadSolver, OptimizerKind


def strategy_options(args: argparse.Namespace) -> StrategyOptions:
    """Return what the user wants different from the defaults of a strategy."""
    return StrategyOptions(
        epochs=args.epochs,
        target=args.target,
        learning_rate=args.lr,
        optimizer=OptimizerKind(args.optimizer) if args.optimizer else None,
        head=HeadSolver(args.head) if args.head else None,
        views=args.views,
        flip=not args.no_flip,
        balance_classes=args.balance,
        mixup=args.mixup,
    )
