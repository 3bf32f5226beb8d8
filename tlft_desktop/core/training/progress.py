"""Where a run stands between two steps: everything a checkpoint holds besides tensors."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class BestResult:
    """The best validation result so far.

    Attributes:
        phase: Index of the phase it comes from.
        epoch: Over the whole run, from 1.
        val_accuracy: Fraction.
        val_loss: In nats.
        num_correct: Of the validation images.
    """

    phase: int
    epoch: int
    val_accuracy: float
    val_loss: float
    num_correct: int

    def is_beaten_by(self, num_correct: int, val_loss: float, *, same_phase: bool) -> bool:
        """Tell whether another result is better: more right, or in the same phase as many with a lower loss."""
        if num_correct != self.num_correct:
            return num_correct > self.num_correct
        return same_phase and val_loss < self.val_loss


@dataclass
class Progress:
    """Counters of a run, all JSON types.

    Attributes:
        phase: Index of the phase in work.
        epoch: Epochs finished over the whole run.
        phase_epoch: Epochs finished in this phase.
        step: Optimiser steps over the whole run.
        phase_step: Optimiser steps in this phase.
        batch: Batches finished in the epoch in work.
        loss_sum, num_correct, num_seen: Sums over the epoch in work.
        epochs_without_gain: For early stopping.
        lowest_val_loss: Of this phase; None before its first validation.
        phase_best: Best result since the last gate: of this phase and of those that it continues.
        best: Best result of the run.
        seconds: Active seconds.
        epoch_seconds: Active seconds of the epoch in work.
        peak_memory_bytes: Largest memory so far.
        phase_peaks: Largest memory of each phase that was started, in bytes, by its name.
        frozen_before: Hashes of the frozen tensors at the start of the phase.
        violations: Frozen tensors that changed in an earlier phase.
        any_frozen: Whether a phase so far froze a layer.
        phase_ended: Whether the phase is done and only its gate is open.
        front: Cut whose outputs the phase trains on; `-` for images, empty before it is chosen.
        num_steps: Optimiser steps that the phase gets of a time budget; None before they are planned, or without one.
        out_of_time: Whether the clock ended the phase before those steps were done.
        budget_end: What the user is told where the budget ended the run; empty otherwise.
        micro_batch: Images that pass through the network at once since memory ran out; 0 before that.
    """

    phase: int = 0
    epoch: int = 0
    phase_epoch: int = 0
    step: int = 0
    phase_step: int = 0
    batch: int = 0
    loss_sum: float = 0.0
    num_correct: int = 0
    num_seen: int = 0
    epochs_without_gain: int = 0
    lowest_val_loss: float | None = None
    phase_best: BestResult | None = None
    best: BestResult | None = None
    seconds: float = 0.0
    epoch_seconds: float = 0.0
    peak_memory_bytes: int = 0
    phase_peaks: dict[str, int] = field(default_factory=dict)
    frozen_before: dict[str, str] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    any_frozen: bool = False
    phase_ended: bool = False
    front: str = ""
    num_steps: int | None = None
    out_of_time: bool = False
    budget_end: str = ""
    micro_batch: int = 0

    def start_phase(self, index: int) -> None:
        """Reset what belongs to one phase."""
        self.phase = index
        self.phase_epoch = self.phase_step = self.epochs_without_gain = 0
        self.lowest_val_loss = None
        self.phase_best = None
        self.phase_ended = self.out_of_time = False
        self.num_steps = None
        self.front = ""
        self.frozen_before = {}
        self.start_epoch()

    def continue_in_phase(self, index: int) -> None:
        """Reset what belongs to one phase where no gate stands before it: the results are those of one stretch."""
        best = self.phase_best
        self.start_phase(index)
        self.phase_best = best

    def start_epoch(self) -> None:
        """Reset what belongs to one epoch."""
        self.batch = self.num_correct = self.num_seen = 0
        self.loss_sum = self.epoch_seconds = 0.0

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Progress:
        """Read what `to_json` wrote.

        Raises:
            KeyError, TypeError: If a field is missing or unknown.
        """
        results = {key: BestResult(**data[key]) if data[key] else None for key in ("phase_best", "best")}
        return cls(**{**data, **results})
