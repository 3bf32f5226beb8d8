"""Figures of runs without their answers: drawn ones with known properties."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tests.prediction_samples import drawn
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.chosen import RunAnswers
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.runs.predictions import Predictions
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.image_map import ImageMap, MapMethod, RunMap
from tlft_desktop.core.values.manifest import Manifest, Split
from tlft_desktop.gui.lazy_mistakes import RunImages, probe_images
from tlft_desktop.gui.workers.task import Progress

if TYPE_CHECKING:
    from tlft_desktop.core.evaluation.evaluated import Evaluated
    from tlft_desktop.core.evaluation.head_folds import HeadFolds

CLASSES = ("cat", "<b>dog</b>")
_LONGEST_HOLD_S = 4.0
"""A test that fails meanwhile must not leave a thread behind."""
DOUBTED = "cat/2.png"
"""The training image whose label the probe doubts."""


class FakeFigures:
    """Answers questions about figures; counts the looks at test images."""

    def __init__(self) -> None:
        super().__init__()
        self.num_classes = len(CLASSES)
        self.num_looks = 0
        self.num_val = 200
        self.is_head_alone = False
        self.folded: list[str] = []
        self.is_judging_held = False
        self.judged: list[str] = []
        self.why_not_judged = ""

    def evaluate(self, project: Project, run: str, costs: Path | None) -> Evaluated:
        """Return figures of drawn answers that are too sure."""
        return self._evaluated(run, Split.VAL, costs)

    def evaluate_test(
        self, project: Project, run: str, costs: Path | None, device: str, control: Control
    ) -> Iterator[Progress | Evaluated]:
        """Count the look and yield figures of other answers."""
        yield Progress(1, 2, "pass")
        control.raise_if_stopped()
        self.num_looks += 1
        yield self._evaluated(run, Split.TEST, costs)

    def _evaluated(self, run: str, split: Split, costs: Path | None) -> Evaluated:
        # Not above: the window opens without scikit-learn, and a test looks at that.
        from tlft_desktop.core.evaluation.costs import read_costs
        from tlft_desktop.core.evaluation.evaluated import Evaluated
        from tlft_desktop.core.evaluation.run_evaluation import evaluate_predictions

        answers = drawn(self.num_val, self.num_classes, seed=int(split is Split.TEST), sharpness=3.0)
        if self.num_classes == len(CLASSES):
            answers = replace(answers, classes=CLASSES)
        table = None if costs is None else read_costs(costs, answers.classes)
        return Evaluated(
            run,
            run,
            split,
            evaluate_predictions(answers, table),
            num_judged=5 if split is Split.VAL and not self.is_head_alone else 1,
            num_openings=self.num_looks,
            num_opened_runs=min(1, self.num_looks),
            is_head_alone=self.is_head_alone,
        )

    def fold_head(self, project: Project, run: str, control: Control) -> Iterator[Progress | HeadFolds]:
        """Yield what 20 heads show of which each is right for 9 of 10 images."""
        from tlft_desktop.core.evaluation.head_folds import FoldScore, HeadFolds

        self.folded.append(run)
        yield Progress(1, 20, "heads")
        control.raise_if_stopped()
        yield HeadFolds(
            run=run,
            name=run,
            folds=5,
            repeats=4,
            scores=(FoldScore(40, 10, 9),) * 20,
            num_images=50,
            num_single=0,
            is_grouped=False,
            val_accuracy=0.9,
            val_low=0.6,
            val_high=0.98,
            num_val=10,
            num_rivals=2,
        )

    def image_map(
        self, project: Project, runs: Sequence[str], method: MapMethod, device: str, control: Control
    ) -> Iterator[Progress | ImageMap]:
        """Lay the images of the manifest out on a circle, a larger one for each run; the second answer is wrong."""
        yield Progress(1, 2, "pass")
        control.raise_if_stopped()
        if method is MapMethod.UMAP:
            raise InputError("UMAP needs the package umap-learn, which is not installed.", remedy="Use PCA.")
        manifest = project.edited_manifest
        records = manifest.used(Split.VAL)
        labels = np.array([manifest.classes.index(record.label) for record in records])
        angles = np.linspace(0, 6, len(records))
        circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
        predicted = labels.copy()
        predicted[1] = 1 - labels[1] % 2
        yield ImageMap(
            method,
            manifest.classes,
            tuple(record.path for record in records),
            tuple(record.sha256 for record in records),
            labels,
            tuple(RunMap(run, f"run {n}", (n + 1) * circle, predicted, 0.75, 0.5) for n, run in enumerate(runs)),
        )

    def training_images(
        self, project: Project, manifest: Manifest, run: str, control: Control
    ) -> Iterator[Progress | RunImages]:
        """Agree with all labels but that of one image."""
        self.judged.append(run)
        yield Progress(1, 2, "pass")
        ends = time.monotonic() + _LONGEST_HOLD_S
        while self.is_judging_held and time.monotonic() < ends:
            control.raise_if_stopped()
            time.sleep(0.005)
        if self.why_not_judged:
            raise InputError(self.why_not_judged)
        yield probe_images(manifest, probe_answers(project, run))


def probe_answers(project: Project, run: str) -> RunAnswers:
    """Return what the probe answers: each label but one."""
    manifest = project.manifest
    records = manifest.used(Split.TRAIN)
    labels = np.array([manifest.label_index(record) for record in records])
    answered = [label if record.path != DOUBTED else 1 for record, label in zip(records, labels, strict=True)]
    logits = np.zeros((len(records), len(manifest.classes)), np.float32)
    logits[np.arange(len(records)), answered] = 3.0
    hashes = tuple(record.sha256 for record in records)
    return RunAnswers(RunStore(project.root).summary(run), Predictions(logits, labels, hashes, manifest.classes))
