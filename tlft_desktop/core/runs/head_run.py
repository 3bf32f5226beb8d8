"""Which run stands for the pretrained network of another one: the same network with nothing trained but a head."""

from __future__ import annotations

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.run import RunConfig
from tlft_desktop.core.values.strategy import StrategyKind


def is_head_run_of(other: RunConfig, config: RunConfig) -> bool:
    """Tell whether `other` trained only a head, for the same classes, on the network that `config` started from."""
    keys = ("backbone", "weights_sha256", "image_size", "classes")
    return other.strategy.kind is StrategyKind.TRANSFER and all(
        getattr(other, key) == getattr(config, key) for key in keys
    )


def head_run_of(store: RunStore, config: RunConfig) -> str:
    """Return the best run that trained only a head on the network that another one started from.

    Raises:
        InputError: If there is none.
    """
    rows = [row for row in store.summaries() if row.strategy == StrategyKind.TRANSFER and row.val_accuracy is not None]
    for row in sorted(rows, key=lambda row: row.val_accuracy or 0.0, reverse=True):
        if row.run != config.run and is_head_run_of(store.config(row.run), config):
            return row.run
    raise InputError(
        f"There is no transfer run of {config.backbone} with the classes of '{config.run}'.",
        remedy="Train one first: it takes seconds.",
    )
