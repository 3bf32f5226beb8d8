"""What the events of a run add up to: curves, marks, progress, time left, the log in words. Knows no Qt widgets."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tlft_desktop.core.runs.solver_steps import is_first_step
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
from tlft_desktop.core.values.strategy import is_head_solved
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.format import tr
from tlft_desktop.gui.live_columns import BatchColumns
from tlft_desktop.gui.live_history import event_of
from tlft_desktop.gui.live_log import (
    LogEntry,
    LogKind,
    end_words,
    gate_label,
    gate_words,
    notice_kind,
    phase_words,
)
from tlft_desktop.gui.marks import Mark, MarkKind
from tlft_desktop.gui.workers.mailbox import Mail

MAX_LOG_ENTRIES = 1_000
LOSS, SPEED, RATE = "loss", "images_per_second", "rate:"
_HALF = 0.5


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


@dataclass(frozen=True, slots=True)
class CostPoint:
    """What an epoch cost."""

    images_per_second: float
    peak_memory_bytes: int


class LiveRun:
    """A run as it unfolds.

    Attributes:
        run: ULID; empty before the first event.
        fit_start, phase, cache, batch, end: The last event of each kind, or None.
        train, val, costs: Results by epoch.
        rates: Learning rates by epoch, by group.
        marks: What happened where, in the order of time.
        batches: What single batches told, by position in epochs.
        log: In plain words.
        num_log_lost: Entries of the log that were dropped at its front.
        log_starts: How often the log was begun anew.
        version: Rises with every event that changes a curve of epochs or a mark.
    """

    def __init__(self) -> None:
        self._history: tuple[Event, ...] = ()
        self.log: list[LogEntry] = []
        self.num_log_lost = self.log_starts = 0
        self.version = 0
        self._reset()

    def _reset(self) -> None:
        self.run = ""
        self.fit_start: FitStart | None = None
        self.phase: PhaseStart | None = None
        self.cache: CacheProgress | None = None
        self.batch: BatchEnd | None = None
        self.end: FitEnd | None = None
        self.train: dict[int, TrainPoint] = {}
        self.val: dict[int, ValPoint] = {}
        self.costs: dict[int, CostPoint] = {}
        self.rates: dict[int, dict[str, float]] = {}
        self.marks: list[Mark] = []
        self.batches = BatchColumns()
        self._best: tuple[int, ValPoint] | None = None
        self._epoch = self._phase_epoch = self._solver_steps = 0
        self._epoch_step: int | None = 0
        self._epoch_seconds: list[float] = []
        self._last_epoch_at = time.monotonic()

    @property
    def epoch(self) -> int:
        """Epochs done over all phases."""
        return self._epoch

    @property
    def solver_steps(self) -> int:
        """How many of these epochs, from the first on, are steps towards a head that is solved."""
        return self._solver_steps

    @property
    def position(self) -> float:
        """Where the run stands on the axis of epochs, with the begun epoch."""
        return max(float(self._epoch), self.batches.x[-1] if self.batches.x else 0.0)

    @property
    def lines(self) -> list[str]:
        """Texts of the log."""
        return [entry.text for entry in self.log]

    @property
    def phase_marks(self) -> list[tuple[int, str]]:
        """Epoch after which a phase starts, with its name; without the first phase."""
        return [(int(mark.x), mark.label) for mark in self.marks if mark.kind is MarkKind.PHASE]

    @property
    def best(self) -> tuple[int, ValPoint] | None:
        """The epoch that the run keeps; while it trains, the one whose state was saved as the best so far."""
        kept = self.end.best if self.end else None
        if kept is not None and kept.get("epoch") in self.val:
            return kept["epoch"], self.val[kept["epoch"]]
        return self._best

    def take_history(self, lines: Sequence[Mapping[str, Any]]) -> None:
        """Take what `events.jsonl` tells of an earlier part of the run.

        A run goes on from its last checkpoint, which may lie before the last line: `fit_start` brings the number of its
        first event, and what history tells behind that is dropped then.
        """
        history = tuple(event for line in lines if (event := event_of(line)) is not None)
        self._replay(history)
        # Only now: history holds starts of its own.
        self._history = history

    def take(self, mail: Mail) -> None:
        """Take what came in since the last look."""
        for event in mail.events:
            self._take_event(event, clock=fmt.clock())
        if mail.cache:
            self.cache = mail.cache
        for batch in mail.batches:
            self._take_batch(batch)
        if mail.num_lost:
            text = tr("{count} older messages were not shown.").format(count=mail.num_lost)
            self._tell(LogKind.NOTICE, text, fmt.clock())

    def progress(self) -> float:
        """Return the share of the planned epochs that is done, 0 to 1."""
        if self.end is not None and self.end.state == "completed":
            return 1.0
        planned = self._planned()
        if not planned or self.phase is None or self.phase.index >= len(planned):
            return 0.0
        index = self.phase.index
        # The quick steps of a convex head take about as long as one epoch, all together.
        weights = [min(1, epochs) if self._is_convex(place) else epochs for place, epochs in enumerate(planned)]
        begun = min(0.99, max(0.0, self.position - self._epoch))
        share = min(1.0, (self._phase_epoch + begun) / planned[index]) if planned[index] else 0.0
        whole = sum(weights)
        return (sum(weights[:index]) + share * weights[index]) / whole if whole else 0.0

    @property
    def is_solving(self) -> bool:
        """Whether the phase in work solves its head as a convex problem."""
        return self.phase is not None and self._is_convex(self.phase.index)

    def is_solution(self, epoch: int) -> bool:
        """Tell whether the network of an epoch is that of a head that was solved, which learns with no rate."""
        return self.rates.get(epoch) == {}

    def num_epochs(self) -> int:
        """Return the planned epochs over all phases; a phase that ended early counts as far as it went."""
        planned = self._planned()
        if self.phase is None or not planned:
            return sum(planned)
        return self._epoch - self._phase_epoch + sum(planned[self.phase.index :])

    def seconds_left(self) -> float | None:
        """Return the time left in this phase at the pace of its last epochs; None before the first."""
        planned = self._planned()
        if self.phase is None or not planned or not self._epoch_seconds or self.end is not None:
            return None
        recent = self._epoch_seconds[-5:]
        pace = sum(recent) / len(recent)
        left = max(0, planned[self.phase.index] - self._phase_epoch) * pace
        return max(0.0, left - (time.monotonic() - self._last_epoch_at))

    def _replay(self, events: Sequence[Event]) -> None:
        self._reset()
        self.log.clear()
        self.num_log_lost = 0
        self.log_starts += 1
        self.version += 1
        for event in events:
            self._take_event(event, clock="")
        self.end = None
        # Past epochs say nothing about the pace of this computer now.
        self._epoch_seconds = []

    def _is_convex(self, index: int) -> bool:
        """Tell whether a phase solves its head as a convex problem, in which a step is an epoch."""
        phases = self.fit_start.phases if self.fit_start else ()
        return index < len(phases) and is_head_solved(phases[index])

    def _planned(self) -> list[int]:
        phases = self.fit_start.phases if self.fit_start else ()
        return [int(phase.get("epochs", 0)) for phase in phases]

    def _take_event(self, event: Event, *, clock: str) -> None:
        match event:
            case FitStart():
                self._start_fit(event)
            case PhaseStart():
                self._start_phase(event, clock)
            case EpochEnd():
                self._end_epoch(event)
            case ValidationEnd():
                self._end_validation(event)
            case Gate():
                words = gate_words(event)
                self._mark(self._epoch + _HALF, MarkKind.GATE, gate_label(event), words)
                self._tell(LogKind.GATE, words, clock)
            case Notice():
                if event.kind == "rate":
                    # The phase starts again from its beginning.
                    self._phase_epoch = 0
                self._tell(notice_kind(event), fmt.from_core(event.message), clock)
            case Checkpoint():
                kept = tr("Checkpoint: the best state so far was saved.")
                text = kept if event.kind == "best" else tr("Checkpoint: the run can go on from here.")
                self._mark(self.position, MarkKind.CHECKPOINT, "", text)
                if event.kind == "best" and self._epoch in self.val:
                    self._best = (self._epoch, self.val[self._epoch])
            case FitEnd():
                self.end = event
                self._tell(*end_words(event), clock)
        self.run = event.run or self.run

    def _start_fit(self, event: FitStart) -> None:
        history, self._history = self._history, ()
        if history and event.seq:
            self._replay([line for line in history if 0 < line.seq < event.seq])
        self.fit_start, self.end = event, None
        if event.seq > 1 and self.phase is None:
            # The history could not be read: where in its epoch the run stands shows with its first batch.
            self._epoch_step = None

    def _start_phase(self, event: PhaseStart, clock: str) -> None:
        goes_on = self.phase is not None and self.phase.index == event.index and self._phase_epoch > 0
        self.phase, self.cache = event, None
        self._last_epoch_at = time.monotonic()
        if goes_on:
            return
        self._phase_epoch, self._epoch_seconds = 0, []
        if event.index > 0 and self._epoch:
            self._mark(self._epoch + _HALF, MarkKind.PHASE, event.phase, phase_words(event))
        self._tell(LogKind.PHASE, phase_words(event), clock)

    def _end_epoch(self, event: EpochEnd) -> None:
        self.version += 1
        self.train[event.epoch] = TrainPoint(event.train_loss, event.train_accuracy)
        self.costs[event.epoch] = CostPoint(event.images_per_second, event.peak_memory_bytes)
        self.rates[event.epoch] = event.learning_rates
        if is_first_step(event.learning_rates, event.epoch, event.phase_epoch):
            self._solver_steps = event.epoch
        self._epoch = max(self._epoch, event.epoch)
        self._phase_epoch, self._epoch_step = event.phase_epoch, event.step
        self._epoch_seconds.append(max(event.epoch_seconds, 0.0))
        self._last_epoch_at = time.monotonic()
        if not math.isfinite(event.train_loss):
            self._note_trouble(event.epoch)

    def _end_validation(self, event: ValidationEnd) -> None:
        self.version += 1
        point = ValPoint(event.val_loss, event.val_accuracy, event.val_accuracy_low, event.val_accuracy_high)
        self.val[event.epoch] = point
        if not math.isfinite(event.val_loss):
            self._note_trouble(event.epoch)

    def _note_trouble(self, epoch: int) -> None:
        if not any(mark.kind is MarkKind.TROUBLE for mark in self.marks):
            text = tr("The loss is not a finite number from here on; the curve has a gap.")
            self._mark(float(epoch), MarkKind.TROUBLE, tr("not finite"), text)

    def _take_batch(self, batch: BatchEnd) -> None:
        self.batch = batch
        start = self.fit_start
        if start is None or self._is_convex(self.phase.index if self.phase else 0):
            return
        if self._epoch_step is None:
            self._epoch_step = batch.step - 1
        steps = max(1, -(-start.num_train // max(1, int(start.numerics.get("batch", 1)))))
        rates = {f"{RATE}{group}": rate for group, rate in batch.learning_rates.items()}
        position = self._epoch + (batch.step - self._epoch_step) / steps
        self.batches.append(position, {LOSS: batch.loss, SPEED: batch.images_per_second, **rates})

    def _mark(self, x: float, kind: MarkKind, label: str, text: str) -> None:
        self.version += 1
        self.marks.append(Mark(x, kind, label, text))

    def _tell(self, kind: LogKind, text: str, clock: str) -> None:
        self.log.append(LogEntry(kind, text, clock))
        if len(self.log) > MAX_LOG_ENTRIES:
            self.num_log_lost += 1
            del self.log[0]
