"""What a probe that has not learned them says of the training images of a run: kept beside the run, told in figures."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.answers import Answers
from tlft_desktop.core.evaluation.chosen import RunAnswers
from tlft_desktop.core.number_words import interval, percent
from tlft_desktop.core.project.manifests import read_manifest
from tlft_desktop.core.runs.predictions import PROBE_FOLDER, read_predictions
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.stats import wilson_interval
from tlft_desktop.core.values.manifest import Split


@dataclass(frozen=True, slots=True)
class ProbeFigures:
    """How far a probe can be believed.

    Attributes:
        num_images: Images that it was asked about.
        num_unanswered: Those of them whose class no other image has, so that nothing can be said of their label.
        accuracy, low, high: Share of the others whose class is the answer, with its 95 % interval (Wilson); 0 and 1 for
            the interval where there are no others.
    """

    num_images: int
    num_unanswered: int
    accuracy: float
    low: float
    high: float

    @property
    def sentence(self) -> str:
        """With how many labels the probe agrees."""
        return (
            f"The probe agrees with {percent(self.accuracy)} of the labels (95 % interval "
            f"{interval(self.low, self.high)})."
        )

    @property
    def remark(self) -> str:
        """Of how many labels nothing can be said: a sentence; empty where there are none."""
        if not self.num_unanswered:
            return ""
        if self.num_unanswered == 1:
            return "One image is the only one of its class: nothing can be said of its label."
        return (
            f"{self.num_unanswered:,} images have no other image of their class: nothing can be said of such a label."
        )

    def to_json(self) -> dict[str, Any]:
        """Return plain types."""
        return asdict(self)


def stored_probe(store: RunStore, run: str) -> RunAnswers | None:
    """Return what the probe answered for the training images of a run; None where that is not kept, or damaged.

    Answers for other images than those that the run learned from are none: they say nothing about these.

    Raises:
        InputError: If there is no such run.
    """
    summary = store.summary(run)
    try:
        predictions = read_predictions(store.folder(run) / PROBE_FOLDER)
        if predictions is None:
            return None
        learned = read_manifest(store.root, store.config(run).manifest).used(Split.TRAIN)
    except InputError:
        # What is damaged is computed again.
        return None
    is_theirs = set(predictions.hashes) == {record.sha256 for record in learned}
    return RunAnswers(summary, predictions) if is_theirs else None


def probe_figures(answers: Answers) -> ProbeFigures:
    """Return how far a probe can be believed, by its answers."""
    num_answered = len(answers.labels) - answers.num_unanswered
    num_right = int(answers.right.sum())
    low, high = wilson_interval(num_right, num_answered) if num_answered else (0.0, 1.0)
    accuracy = num_right / num_answered if num_answered else 0.0
    return ProbeFigures(len(answers.labels), answers.num_unanswered, accuracy, low, high)
