"""The report that the window saves is the one of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from html_check import Page
from report_samples import add_run, answers_for, manifest_of, new_root
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import UsageError
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.gui.lazy import CoreEngine
from tlft_desktop.gui.workers.task import Progress
from tlft_desktop.paths import AppPaths


def test_the_engine_saves_a_report_and_tells_how_far_it_is(tmp_path: Path) -> None:
    manifest = manifest_of(("cat", "dog"), val=10)
    root = new_root(tmp_path, manifest)
    runs = [add_run(root, manifest, answers_for(manifest, seed=seed)) for seed in (0, 1, 2)]
    engine = CoreEngine(AppPaths.below(tmp_path / "home"))
    engine.load()
    target, project = tmp_path / "report.html", open_project_read_only(root)
    *steps, path = engine.save_report(project, target, runs[:2], Control())
    assert path == target
    assert {step.stage for step in steps if isinstance(step, Progress)} == {"runs", "pictures"}
    page = Page(target.read_text(encoding="utf-8"))
    assert len(page.all("article")) == 2
    with pytest.raises(UsageError, match="no name of a page"):
        next(iter(engine.save_report(project, tmp_path / "report.txt", runs, Control())))
