"""Where a run stands between two steps: everything a checkpoint holds besides tensors."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from tlft_desktop.core.counters import read_counters
from tlft_desktop.core.freezing.gates import FEW_IMAGES, is_later_kept, tolerance

_LATER = frozenset(
    {
        *("num_steps", "out_of_time", "budget_end", "front", "micro_batch", "phase_peaks", "most_correct"),
        *("correct_before", "rate_scale", "part_seconds", "energy_joules", "energy_of"),
    }
)
"""Fields that came with later versions: checkpoints of earlier ones lack them."""


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

    def is_beaten_by(self, other: BestResult) -> bool:
        """Tell whether another result is better: more right, or as many with a lower loss."""
        return (other.num_correct, -other.val_loss) > (self.num_correct, -self.val_loss)


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
        most_correct: Most validation images that were right since the last gate.
        correct_before: Of the best result at the last gate; 0 where there was none.
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
        rate_scale: Part of the planned rates that is left since the network died; 1 before that.
        part_seconds: Active seconds of each part that is measured; see `Part`.
        energy_joules: What the hardware reported so far; None where it does not report for the whole run.
        energy_of: What that is the energy of; empty where nothing reports.
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
    most_correct: int = 0
    correct_before: int = 0
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
    rate_scale: float = 1.0
    part_seconds: dict[str, float] = field(default_factory=dict)
    energy_joules: float | None = None
    energy_of: str = ""

    def start_phase(self, index: int) -> None:
        """Reset what belongs to one phase."""
        self.phase = index
        self.phase_epoch = self.phase_step = self.epochs_without_gain = 0
        self.lowest_val_loss = None
        self.phase_best = None
        self.most_correct = 0
        self.correct_before = self.best.num_correct if self.best else 0
        self.phase_ended = self.out_of_time = False
        self.num_steps = None
        self.front = ""
        self.frozen_before = {}
        self.start_epoch()

    def continue_in_phase(self, index: int) -> None:
        """Reset what belongs to one phase where no gate stands before it: the results are those of one stretch."""
        kept = self.phase_best, self.most_correct, self.correct_before
        self.start_phase(index)
        self.phase_best, self.most_correct, self.correct_before = kept

    def note_result(self, result: BestResult, *, num_images: int, settles: bool) -> tuple[bool, bool]:
        """Compare a result with the best ones; return whether it is the best since the last gate, and of the run.

        Where training settles, the latest of the results that few images cannot tell apart counts: those within one
        standard error of the best. The luckiest of 15 epochs was 3 points worse than the last one with one validation
        image of a class (EfficientNet-Lite0 at 96 pixels, eight kinds of images, 160 to 400 test images each).

        Args:
            result: Of the epoch that just ended.
            num_images: Validation images.
            settles: Whether the rate falls to zero in epochs of a fixed number, so that later ones know more.
        """
        before, self.most_correct = self.phase_best, max(self.most_correct, result.num_correct)
        if not self._is_best_of_phase(result, num_images=num_images, settles=settles):
            return False, False
        self.phase_best = result
        if self.best is not None and self.best != before and not self._is_better_than_before(result, num_images):
            return True, False
        self.best = result
        return True, True

    def _is_best_of_phase(self, result: BestResult, *, num_images: int, settles: bool) -> bool:
        best = self.phase_best
        if best is None or best.is_beaten_by(result):
            return True
        was_kept, is_kept = (self._is_better_than_before(item, num_images) for item in (best, result))
        if not settles or num_images >= FEW_IMAGES or (was_kept and not is_kept):
            return False
        return result.num_correct >= self.most_correct - tolerance(self.most_correct, num_images)

    def _is_better_than_before(self, result: BestResult, num_images: int) -> bool:
        return is_later_kept(self.correct_before, result.num_correct, num_images)

    def start_again(self, *, rate_scale: float) -> None:
        """Begin the phase in work anew with a part of its rates; epochs and steps of the run go on counting."""
        self.phase_epoch = self.phase_step = self.epochs_without_gain = 0
        self.lowest_val_loss = None
        # What died is no result yet: there must be one more epoch, however late it is.
        self.out_of_time = False
        self.rate_scale = rate_scale
        self.start_epoch()

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
            KeyError: If a field is missing.
            TypeError, ValueError: If a field is unknown, of another type, or out of range.
        """
        progress = read_counters(cls, data, later=_LATER)
        best = progress.best
        if "correct_before" not in data and best is not None and best.phase < progress.phase:
            # Earlier versions did not keep it: what a phase has to beat must not be lost.
            progress.correct_before = best.num_correct
        return progress
