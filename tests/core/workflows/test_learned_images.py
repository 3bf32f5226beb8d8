"""Images that a run has learned from: known by their bytes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tlft_desktop.core.project.project import open_project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.workflows.learned_images import LearnedImages
from trained_project import make_trained

pytestmark = pytest.mark.slow


def test_the_images_of_its_own_division_count_and_nothing_stands_in_the_way(tmp_path: Path) -> None:
    trained = make_trained(tmp_path)
    with open_project(trained.root) as project:
        learned, manifest = LearnedImages(project), project.edited_manifest
        for split in (Split.TRAIN, Split.VAL):
            for record in manifest.used(split):
                assert learned.has(trained.run, trained.images / record.path) is (split is Split.TRAIN)
        known = trained.images / manifest.used(Split.TRAIN)[0].path
        assert learned.has(trained.run, Path(shutil.copyfile(known, tmp_path / "other name.png")))
        for run, path in ((trained.run, tmp_path / "gone.png"), (trained.run, tmp_path), ("nobody", known)):
            assert learned.has(run, path) is None
        listed = project.root / "manifests" / f"{RunStore(project.root).config(trained.run).manifest}.jsonl"
        listed.unlink()
        assert learned.has(trained.run, known), "the list is read once"
        assert LearnedImages(project).has(trained.run, known) is None
