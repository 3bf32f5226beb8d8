"""Edits in the window and what is trained afterwards: with a quick engine, and once with the real one."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import coloured_images
from tests.gui.fakes import make_project
from tests.gui.subprocesses import assert_clean, run_script

HEAD = """
import sys
from pathlib import Path
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from tests.gui.fake_training import fake_training
from tests.gui.fakes import FakeEngine
from tests.gui.window_script import click, run_window
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.gui.lazy import CoreEngine
from tlft_desktop.paths import AppPaths
home, root = sys.argv[1], sys.argv[2]
def select(page, *paths):
    page.grid.clearSelection()
    for row in page.browser.model.rows_of(frozenset(paths)):
        page.grid.selectionModel().select(page.browser.model.index(row), QItemSelectionModel.SelectionFlag.Select)
"""


def test_training_takes_the_edited_images_and_a_running_one_keeps_its_own(tmp_path: Path) -> None:
    root = tmp_path / "pets.tlft"
    make_project(root).close()
    body = """
trained = []
class Freezing(FakeEngine):
    def train(self, project, kind, settings, control):
        trained.append(project.freeze_edits())
        yield from fake_training(control, num_epochs=100000, pause_s=0.002)
def steps(a):
    w, session, page = a.window, a.context.session, a.window.project_pages.data
    yield lambda: session.layer_tree
    select(page, "cat/1.png", "cat/2.png")
    w.actions_by_id["image_test"].trigger()
    yield lambda: session.undo_stack.count() == 1
    w.actions_by_id["start"].trigger()
    yield lambda: a.context.controller.is_active and w.training.live.epoch >= 1
    assert trained[0] == session.manifest and len(trained[0].used(Split.TEST)) == 2, trained
    w.show_page("data")
    select(page, "dog/1.png")
    w.actions_by_id["image_val"].trigger()
    yield lambda: session.undo_stack.count() == 2
    assert "keeps the images it started with" in page.browser._told.text(), page.browser._told.text()
    w.actions_by_id["undo"].trigger()
    yield lambda: session.manifest == trained[0]
    a.context.controller.request_stop()
    yield lambda: not a.context.controller.is_active
    w.close()
run_window(steps, home, engine=Freezing(), project=root)
"""
    assert_clean(run_script(HEAD + body, str(tmp_path / "home"), str(root)))


@pytest.mark.slow
def test_real_pictures_edits_training_and_the_same_again_headless(tmp_path: Path) -> None:
    images = coloured_images(tmp_path / "images", num_per_class=8)
    make = """
from tlft_desktop.core.control import Control
from tlft_desktop.core.workflows.create import NewProject, create
new = NewProject(root=Path(root), source=Path(sys.argv[3]), image_size=32, val_fraction=0.3, flip=True)
list(create(new, paths=AppPaths.default(Path(home)), control=Control()))[-1].close()
"""
    window = """
import shutil
def steps(a):
    w, session, page = a.window, a.context.session, a.window.project_pages.data
    yield lambda: session.layer_tree
    first = page.browser.model.record(0)
    side = round(page.grid._delegate.side * page.grid.devicePixelRatioF())
    yield lambda: page.pictures.thumbnail(first, side) is not None
    gone = page.browser.model.record(1)
    (Path(sys.argv[3]) / gone.path).unlink()
    shutil.rmtree(a.context.paths.cache / "pixels")
    page.pictures._change_project()
    page.grid.viewport().update()
    yield lambda: page.pictures.error_of(gone) and page.pictures.thumbnail(first, side) is not None
    select(page, gone.path)
    w.actions_by_id["image_exclude"].trigger()
    page.editor._exclude("the file is gone")
    yield lambda: session.undo_stack.count() == 1
    page.editor._paths = tuple(r.path for r in session.manifest.records if r.label == "red")
    page.editor._relabel("blue")
    yield lambda: session.undo_stack.count() == 2
    assert session.manifest.classes == ("blue", "green")
    yield lambda: session.layer_tree.root.parameters < 3374851
    page.preview.show_record(first)
    yield lambda: page.preview.evaluation.image is not None
    assert page.preview.evaluation.image.width() == 32
    for dialog in page.findChildren(__import__("PySide6.QtWidgets").QtWidgets.QDialog):
        dialog.close()
    w.actions_by_id["start"].trigger()
    yield lambda: a.context.controller.is_active
    yield lambda: not a.context.controller.is_active and session.finished_runs
    w.close()
run_window(steps, home, engine=CoreEngine(AppPaths.default(Path(home))), project=root)
"""
    headless = """
from tlft_desktop.core.control import Control
from tlft_desktop.core.project.project import open_project
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.experiment import TrainOptions, run_experiment
with open_project(Path(root)) as project:
    store = RunStore(project.root)
    (run,) = store.ids()
    config = store.config(run)
    assert config.classes == ("blue", "green") and config.manifest == project.edited_manifest.digest
    list(run_experiment(project, StrategyKind.TRANSFER, options=TrainOptions(), paths=AppPaths.default(Path(home)),
                        control=Control()))
    first, second = ([{**row, "run": ""} for row in store.metrics(run)] for run in store.ids())
    assert first == second and first, (first, second)
"""
    arguments = (str(tmp_path / "home"), str(tmp_path / "colours.tlft"), str(images))
    for body in (make, window, headless):
        assert_clean(run_script(HEAD + body, *arguments, timeout_s=300))
