"""Cleaning labels and training again: images that stay are not computed again."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.run_samples import end_of, metrics_of, new_project, run_all
from tlft_desktop.core.data.edit_images import exclude, move, relabel
from tlft_desktop.core.data.image_source import BatchRequest, ImageSource
from tlft_desktop.core.project.project import Project
from tlft_desktop.core.training.features import PARTITION
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.experiment import TrainOptions

COMPARED = 8
"""Rows that a run compares with the network before it believes them."""


def edit(project: Project) -> None:
    """Leave an image out, correct the class of another one, and validate on one more."""
    train = [record.path for record in project.edited_manifest.used(Split.TRAIN)]
    project.edits.append(exclude(project.edited_manifest, train[:1]))
    project.edits.append(relabel(project.edited_manifest, train[1:2], "class 2"))
    project.edits.append(move(project.edited_manifest, train[2:3], Split.VAL))


@pytest.mark.parametrize("way", [StrategyKind.TRANSFER, StrategyKind.HYBRID])
def test_edits_cost_no_pass_over_the_images_that_stay(
    profile: Path, monkeypatch: pytest.MonkeyPatch, way: StrategyKind
) -> None:
    loaded = 0
    usual = ImageSource.batches

    def count(self: ImageSource, requests: Sequence[BatchRequest]) -> Any:
        nonlocal loaded
        loaded += sum(len(set(request.indices)) for request in requests)
        return usual(self, requests)

    # With a target of nothing a hybrid ends after its head.
    options = TrainOptions(threads=1, target=0.01 if way is StrategyKind.HYBRID else None)
    with new_project(profile, per_class=40) as project:
        monkeypatch.setattr(ImageSource, "batches", count)
        run_all(project, profile, way, options=options)
        first, loaded = loaded, 0
        edit(project)
        again = metrics_of(project, end_of(run_all(project, profile, way, options=options)).run)
        # The image that moved is computed for validation, in a whole group.
        assert loaded <= PARTITION + 2 * COMPARED < first / 2
        shutil.rmtree(profile / "cache" / "features")
        assert metrics_of(project, end_of(run_all(project, profile, way, options=options)).run) == again
