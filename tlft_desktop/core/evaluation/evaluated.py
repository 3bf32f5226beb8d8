"""What a run is worth on the images of a split, with what to think of when it is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tlft_desktop.core.evaluation.run_evaluation import RunEvaluation
from tlft_desktop.core.freezing.gates import FEW_IMAGES
from tlft_desktop.core.values.manifest import Split


@dataclass(frozen=True)
class Evaluated:
    """What a run is worth on the images of a split.

    Attributes:
        run, name: Identifier and name of the run.
        split: Validation or test.
        evaluation: The figures.
        num_judged: States of the network among which these images chose the best one; 1 for a test.
        num_openings: How often the project's test images were looked at, this time included; 0 for validation.
        num_opened_runs: By how many runs.
        is_stored: Whether the answers for the test images were there from an earlier look.
        epoch: The epoch that is judged; None where the run does not say.
        best_epoch: The epoch that the run kept; None where it does not say.
        is_head_alone: Whether nothing was to be trained but a head, as an exact solution.
        has_solution: Whether one of the judged states is a head that was solved; the others are those of epochs.
        num_rates: Learning rates of a race of which these images chose that of the run; 1 where they chose none.
        epoch_words: What the epoch that is judged and the one that the run kept are called; empty where they do not
            differ, or the run does not say.
    """

    run: str
    name: str
    split: Split
    evaluation: RunEvaluation
    num_judged: int = 1
    num_openings: int = 0
    num_opened_runs: int = 0
    is_stored: bool = False
    epoch: int | None = None
    best_epoch: int | None = None
    is_head_alone: bool = False
    has_solution: bool = False
    num_rates: int = 1
    epoch_words: tuple[str, str] | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the epoch that is judged is the one that the run kept."""
        return self.epoch == self.best_epoch

    @property
    def is_validation_selected(self) -> bool:
        """Whether the network was chosen on the very images that judge it."""
        return (self.num_judged > 1 or self.num_rates > 1) and self.is_kept

    @property
    def may_have_folds(self) -> bool:
        """Whether this is the figure of the run beside which folds of all images would stand."""
        return self.split is Split.VAL and self.is_kept

    @property
    def is_worth_folds(self) -> bool:
        """Whether few validation images judged a head that could be judged on folds in seconds."""
        return self.may_have_folds and self.is_head_alone and self.evaluation.metrics.num_images < FEW_IMAGES

    @property
    def caution(self) -> str:
        """What to think of when the figures are used: a sentence; empty for nothing."""
        if self.split is Split.TEST:
            if self.num_openings == 1:
                return "The test images were looked at 1 time; what is chosen by them is no longer a test."
            return (
                f"The test images were looked at {self.num_openings} times; what is chosen by them is no longer a test."
            )
        if self.epoch_words is not None:
            judged, kept = self.epoch_words
            return f"These are the answers of {judged}; the run kept the network of {kept}."
        return self._selection if self.is_validation_selected else ""

    @property
    def _selection(self) -> str:
        """Say among what these images chose: a whole sentence for each case, which a translation needs."""
        judged, rates = self.num_judged, self.num_rates
        if judged == 1:
            return (
                f"Validation-selected: one of {rates} learning rates was chosen by these very images, so other images "
                "may be answered less well."
            )
        if self.has_solution and rates > 1:
            return (
                f"Validation-selected: one of {judged} networks (the solved head and one for each epoch after it) and "
                f"of {rates} learning rates was chosen by these very images, so other images may be answered less well."
            )
        if self.has_solution:
            return (
                f"Validation-selected: one of {judged} networks (the solved head and one for each epoch after it) was "
                "chosen by these very images, so other images may be answered less well."
            )
        if rates > 1:
            return (
                f"Validation-selected: one of {judged} epochs and of {rates} learning rates was chosen by these very "
                "images, so other images may be answered less well."
            )
        return (
            f"Validation-selected: one of {judged} epochs was chosen by these very images, so other images may be "
            "answered less well."
        )

    def to_json(self) -> dict[str, Any]:
        """Return plain types, as `tlft evaluate --json` prints them."""
        return {
            "split": self.split.value,
            **self.evaluation.to_json(),
            "run": self.run,
            "name": self.name,
            "validation_selected": self.is_validation_selected,
            "epochs_judged": self.num_judged,
            "test_openings": self.num_openings,
            "test_runs": self.num_opened_runs,
            "stored": self.is_stored,
            "caution": self.caution,
            "epoch": self.epoch,
            "best_epoch": self.best_epoch,
        }
