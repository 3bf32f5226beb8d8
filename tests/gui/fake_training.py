"""A training that only yields events."""

from __future__ import annotations

import time
from collections.abc import Iterator

from tlft_desktop.core.control import Control
from tlft_desktop.core.stats import wilson_interval
from tlft_desktop.core.values.events import (
    BatchEnd,
    Checkpoint,
    EpochEnd,
    Event,
    FitEnd,
    FitStart,
    Notice,
    PhaseStart,
    ValidationEnd,
)

RUN = "01J0000000000000000000FAKE"


def fit_start(num_epochs: int = 3, *, run: str = RUN, strategy: str = "transfer") -> FitStart:
    return FitStart(
        run=run,
        strategy=strategy,
        phases=({"name": "head", "epochs": num_epochs},),
        backbone="fake:tiny",
        num_classes=3,
        num_train=12,
        num_val=3,
        device="cpu",
        numerics={"threads": 1, "batch": 4},
        seed=0,
        trainable_parameters=27,
        total_parameters=2579,
        manifest="0" * 64,
    )


def fake_training(
    control: Control,
    *,
    num_epochs: int = 3,
    num_batches: int = 4,
    pause_s: float = 0.0,
    run: str = RUN,
    strategy: str = "transfer",
) -> Iterator[Event]:
    """Yield what a training yields; obeys stop and pause like the real one."""
    yield fit_start(num_epochs, run=run, strategy=strategy)
    yield PhaseStart(run=run, phase="head", index=0, trainable_parameters=27, frozen_owners=7, cache=None)
    best: dict[str, float] = {}
    step = 0
    for epoch in range(1, num_epochs + 1):
        for _ in range(num_batches):
            control.wait_while_paused()
            if control.stop_requested:
                yield Checkpoint(run=run, step=step, kind="last", bytes=10)
                yield FitEnd(run=run, state="stopped", best=best or None, frozen_proof="verified", total_seconds=1.0)
                return
            time.sleep(pause_s)
            step += 1
            yield BatchEnd(run=run, step=step, loss=1 / step, learning_rates={"head": 0.1}, images_per_second=50.0)
        accuracy = 1 - 1 / (epoch + 1)
        low, high = wilson_interval(round(accuracy * 100), 100)
        best = {"epoch": epoch, "val_accuracy": accuracy, "val_loss": 1 / epoch}
        yield EpochEnd(
            run=run,
            seconds=0.5 * epoch,
            phase="head",
            epoch=epoch,
            phase_epoch=epoch,
            train_loss=1 / epoch,
            train_accuracy=accuracy,
            epoch_seconds=0.1,
            images_per_second=50.0,
            peak_memory_bytes=10**8,
            learning_rates={"head": 0.1},
            step=step,
        )
        yield ValidationEnd(
            run=run,
            phase="head",
            epoch=epoch,
            val_loss=1.2 / epoch,
            val_accuracy=accuracy,
            val_accuracy_low=low,
            val_accuracy_high=high,
            val_macro_f1=accuracy,
        )
    yield Notice(run=run, kind="note", message="done <b>well</b>")
    yield FitEnd(run=run, state="completed", best=best, frozen_proof="verified", total_seconds=2.0)
