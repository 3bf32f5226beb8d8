"""What the events of a run add up to: curves, progress, time left, the log in plain words. Knows no Qt widgets."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tlft_desktop.core.values.events import (
    BatchEnd,
    CacheProgress,
    Checkpoint,
    EpochEnd,
    Event,
    FitEnd,
    FitStart,
    Gate,
    Notice,
    PhaseStart,
    ValidationEnd,
)
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.format import tr
from tlft_desktop.gui.workers.mailbox import Mail

MAX_BATCH_POINTS = 20_000


@dataclass(frozen=True, slots=True)
class TrainPoint:
    """Result of an epoch on the training images."""

    loss: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class ValPoint:
    """Result of an epoch on the validation images, with the 95 % interval of the accuracy."""

    loss: float
    accuracy: float
    low: float
    high: float


class LiveRun:
    """A run as it unfolds.

    Attributes:
        run: ULID; empty before the first event.
        fit_start, phase, cache, batch, end: The last event of each kind, or None.
        train, val: Results by epoch.
        phase_marks: Epoch after which a phase starts, with its name; without the first phase.
        batch_x, batch_loss: Loss of single batches, by position in epochs.
        lines: The log in plain words.
    """

    def __init__(self) -> None:
        self.run = ""
        self.fit_start: FitStart | None = None
        self.phase: PhaseStart | None = None
        self.cache: CacheProgress | None = None
        self.batch: BatchEnd | None = None
        self.end: FitEnd | None = None
        self.train: dict[int, TrainPoint] = {}
        self.val: dict[int, ValPoint] = {}
        self.phase_marks: list[tuple[int, str]] = []
        self.batch_x: list[float] = []
        self.batch_loss: list[float] = []
        self.lines: list[str] = []
        self._phase_epoch = 0
        self._epoch_step = 0
        self._epoch_seconds: list[float] = []
        self._last_epoch_at = time.monotonic()

    @property
    def epoch(self) -> int:
        """Epochs done over all phases."""
        return max(self.train, default=0)

    @property
    def best(self) -> tuple[int, ValPoint] | None:
        """The epoch that the run keeps; while it trains, the one with most right answers and, of equals, least loss."""
        kept = self.end.best if self.end else None
        if kept is not None and kept.get("epoch") in self.val:
            return kept["epoch"], self.val[kept["epoch"]]
        finite = [item for item in self.val.items() if math.isfinite(item[1].loss)]
        return max(finite, key=lambda item: (item[1].accuracy, -item[1].loss), default=None)

    def take_history(self, lines: Sequence[Mapping[str, Any]]) -> None:
        """Take what `metrics.jsonl` tells of an earlier part of the run."""
        for line in lines:
            epoch = int(line.get("epoch", 0))
            if line.get("event") == "epoch_end":
                self.train[epoch] = TrainPoint(_number(line["train_loss"]), _number(line["train_accuracy"]))
            elif line.get("event") == "validation_end":
                self.val[epoch] = ValPoint(
                    _number(line["val_loss"]),
                    _number(line["val_accuracy"]),
                    _number(line["val_accuracy_low"]),
                    _number(line["val_accuracy_high"]),
                )

    def take(self, mail: Mail) -> None:
        """Take what came in since the last look."""
        for event in mail.events:
            self._take_event(event)
        if mail.cache:
            self.cache = mail.cache
        for batch in mail.batches:
            self._take_batch(batch)
        if mail.num_lost:
            self.lines.append(tr("{count} older messages were not shown.").format(count=mail.num_lost))

    def progress(self) -> float:
        """Return the share of the planned epochs that is done, 0 to 1."""
        if self.end is not None and self.end.state == "completed":
            return 1.0
        planned = self._planned()
        if not planned or self.phase is None:
            return 0.0
        index = self.phase.index
        # The quick steps of a convex head take about as long as one epoch, all together.
        weights = [min(1, epochs) if self._is_convex(place) else epochs for place, epochs in enumerate(planned)]
        begun = min(0.99, self.batch_x[-1] - self.epoch) if self.batch_x and self.batch_x[-1] > self.epoch else 0.0
        share = min(1.0, (self._phase_epoch + begun) / planned[index]) if planned[index] else 0.0
        whole = sum(weights)
        return (sum(weights[:index]) + share * weights[index]) / whole if whole else 0.0

    def num_epochs(self) -> int:
        """Return the planned epochs over all phases; a phase that ended early counts as far as it went."""
        planned = self._planned()
        if self.phase is None or not planned:
            return sum(planned)
        return min(sum(planned), self.epoch - self._phase_epoch + sum(planned[self.phase.index :]))

    def seconds_left(self) -> float | None:
        """Return the time left in this phase at the pace of its last epochs; None before the first."""
        planned = self._planned()
        if self.phase is None or not planned or not self._epoch_seconds or self.end is not None:
            return None
        recent = self._epoch_seconds[-5:]
        pace = sum(recent) / len(recent)
        left = max(0, planned[self.phase.index] - self._phase_epoch) * pace
        return max(0.0, left - (time.monotonic() - self._last_epoch_at))

    def _is_convex(self, index: int) -> bool:
        """Tell whether a phase solves its head as a convex problem, in which a step is an epoch."""
        phases = self.fit_start.phases if self.fit_start else ()
        # The head is solved only where nothing else trains; such a phase says so by its name and its cache.
        return index < len(phases) and phases[index].get("name") == "head" and phases[index].get("head") == "convex"

    def _planned(self) -> list[int]:
        phases = self.fit_start.phases if self.fit_start else ()
        return [int(phase.get("epochs", 0)) for phase in phases]

    def _take_event(self, event: Event) -> None:
        self.run = event.run or self.run
        match event:
            case FitStart():
                self.fit_start, self.end = event, None
            case PhaseStart():
                self._start_phase(event)
            case EpochEnd():
                self._end_epoch(event)
            case ValidationEnd():
                self.val[event.epoch] = ValPoint(
                    event.val_loss, event.val_accuracy, event.val_accuracy_low, event.val_accuracy_high
                )
            case Gate():
                self.lines.append(tr("Gate: {reason}").format(reason=event.reason))
            case Notice():
                self.lines.append(event.message)
            case Checkpoint():
                pass
            case FitEnd():
                self.end = event

    def _start_phase(self, event: PhaseStart) -> None:
        self.phase, self.cache, self._phase_epoch, self._epoch_seconds = event, None, 0, []
        self._last_epoch_at = time.monotonic()
        if event.index > 0 and self.epoch:
            self.phase_marks.append((self.epoch, event.phase))
        self.lines.append(
            tr("Phase {number}, {name}: {count} parameters train.").format(
                number=event.index + 1, name=event.phase, count=fmt.count(event.trainable_parameters)
            )
        )

    def _end_epoch(self, event: EpochEnd) -> None:
        self.train[event.epoch] = TrainPoint(event.train_loss, event.train_accuracy)
        self._phase_epoch, self._epoch_step = event.phase_epoch, event.step
        now = time.monotonic()
        self._epoch_seconds.append(max(event.epoch_seconds, 0.0))
        self._last_epoch_at = now

    def _take_batch(self, batch: BatchEnd) -> None:
        self.batch = batch
        start = self.fit_start
        if start is None or self._is_convex(self.phase.index if self.phase else 0):
            return
        steps = max(1, -(-start.num_train // max(1, int(start.numerics.get("batch", 1)))))
        position = self.epoch + (batch.step - self._epoch_step) / steps
        if self.batch_x and position <= self.batch_x[-1]:
            return
        self.batch_x.append(position)
        self.batch_loss.append(batch.loss)
        if len(self.batch_x) > MAX_BATCH_POINTS:
            del self.batch_x[::2], self.batch_loss[::2]


def _number(value: Any) -> float:
    """Return a number of a file in which NaN is null."""
    return float("nan") if value is None else float(value)
