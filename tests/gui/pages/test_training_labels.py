"""Doubtful labels of training images: asked of a probe in the background, shown and decided about as those of runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.fake_figures import DOUBTED, FakeFigures, probe_answers
from tests.gui.fakes import make_manifest
from tests.gui.hands import click
from tests.gui.pages.mistakes_world import CAT, CLASSES, DOG, MistakesWorld
from tests.gui.run_files import make_run, write_answers
from tlft_desktop.core.fsio import make_folder
from tlft_desktop.core.runs.predictions import PROBE_FOLDER, write_predictions
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.gui.image_looks import Look, LookKind

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
VALIDATED = {f"{name}/0.png": (name, {name: 0.9}) for name in CLASSES}
NUM_TRAIN = 11
MakeWorld = Callable[..., MistakesWorld]


def run_of(project: Any) -> str:
    """Make a run that answered the validation images."""
    run = make_run(project, 0.75)
    write_answers(project, run, VALIDATED, CLASSES)
    return run


@pytest.fixture
def make_world(qapp: QApplication, qtbot: Any, tmp_path: Path) -> MakeWorld:
    def make(fill: Callable[[Any], object] = run_of) -> MistakesWorld:
        world = MistakesWorld(qapp, tmp_path, fill, make_manifest(CLASSES))
        world.show(qtbot)
        return world

    return make


def engine_of(world: MistakesWorld) -> FakeFigures:
    engine = world.context.engine
    assert isinstance(engine, FakeFigures)
    return engine


def choose(world: MistakesWorld, place: int, qtbot: Any) -> None:
    """Choose an entry of the box, as a user does; the last one is that of the training images."""
    runs = world.panel.runs
    number = place if place >= 0 else runs.count() + place
    runs.setCurrentIndex(number)
    runs.activated.emit(number)
    world.settle(qtbot)


def judge(world: MistakesWorld, qtbot: Any) -> None:
    choose(world, -1, qtbot)
    click(world.panel.notice.press)
    world.settle(qtbot)


def test_the_box_offers_the_training_images_and_says_what_it_takes(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    panel = world.panel
    assert panel.runs.isVisible()
    assert [panel.runs.itemText(place) for place in range(panel.runs.count())] == [
        "transfer 1",
        "Training images (by a probe)",
    ]
    assert panel.runs.currentText() == "transfer 1"
    choose(world, -1, qtbot)
    assert panel.notice.isVisible()
    assert not panel.browser.grid.isVisible()
    assert "has learned these images, so it tells nothing about their labels" in panel.notice.empty.text.text()
    assert panel.runs.isVisible(), "the way back"
    assert not panel.browser.looks.isEnabled()
    assert not engine_of(world).judged
    choose(world, 0, qtbot)
    assert panel.browser.grid.isVisible()
    assert len(world.shown) == len(VALIDATED)


def test_doubtful_labels_are_listed_and_decided_about_as_ever(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    judge(world, qtbot)
    panel, browser = world.panel, world.panel.browser
    assert world.shown == [DOUBTED]
    assert world.offers[:2] == [f"All ({NUM_TRAIN})", "Wrong (1)"]
    assert browser.looks.currentText() == "Doubtful labels (1)"
    assert "A probe that has not learned the image" in browser.count.toolTip()
    assert panel.probe_words.isVisible()
    assert panel.probe_words.text() == "The probe agrees with 90.9 % of the labels (95 % interval [62.3, 98.4])."
    assert not panel.side.epochs.isVisible()
    panel.side.switch.button_of("agreement").click()
    assert "these are training images" in panel.side.agreement.text.text()
    world.select(DOUBTED)
    for press, list_of in ((browser.keep, "confirmed"), (browser.exclude, "excluded"), (browser.relabel, "label")):
        click(press)
        world.settle(qtbot)
        assert world.project.edits.read()[-1].field == list_of
        assert world.shown == [], "it is decided about"
        assert not panel.notice.isVisible(), "what was judged stays"
        world.context.session.undo_stack.undo()
        world.settle(qtbot)
        assert world.shown == [DOUBTED]
        world.select(DOUBTED)
    assert not panel.changes.isVisible(), "training images are where they were"
    click(browser.relabel)
    world.settle(qtbot)
    assert "1 with another class" in panel.changes.text()
    assert next(each.label for each in world.mistakes.records.values() if each.path == DOUBTED) == DOG


def test_other_choices_of_training_images(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    judge(world, qtbot)
    world.look(LookKind.ALL)
    assert len(world.shown) == NUM_TRAIN
    world.panel.side.matrix.cell_chosen.emit(1, 2)
    assert world.panel.choice.look == Look(LookKind.CELL, 1, 2)
    assert world.shown == [DOUBTED]
    row = world.panel.browser.model.rows[0]
    assert world.panel._describe(row).startswith(f"True class: {CAT}\nProbe: {DOG} ")
    choose(world, 0, qtbot)
    assert not world.panel.probe_words.isVisible(), "it is of training images"
    assert len(world.shown) < NUM_TRAIN
    choose(world, -1, qtbot)
    assert world.shown == [DOUBTED], "at once, and the doubtful ones first"
    assert len(engine_of(world).judged) == 1


def test_it_can_be_stopped_and_the_window_goes_on_meanwhile(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    engine_of(world).is_judging_held = True
    choose(world, -1, qtbot)
    press = world.panel.notice.press
    assert press.text() == "&Judge the labels"
    qtbot.mouseClick(press, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(job.progress.total for job in world.context.tasks.jobs))
    assert [job.title for job in world.context.tasks.jobs] == ["Judging the labels of training images"]
    assert press.text() == "Stop &judging"
    world.panel.runs.setCurrentIndex(0)
    world.panel.runs.activated.emit(0)
    assert world.panel.browser.grid.isVisible(), "the run can be looked at meanwhile"
    world.panel.runs.setCurrentIndex(1)
    world.panel.runs.activated.emit(1)
    qtbot.mouseClick(press, Qt.MouseButton.LeftButton)
    world.settle(qtbot)
    assert (press.text(), press.isEnabled()) == ("&Judge the labels", True)
    engine_of(world).is_judging_held = False
    click(press)
    world.settle(qtbot)
    assert world.shown == [DOUBTED]


def test_what_cannot_be_judged_says_why_in_its_place(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    engine_of(world).why_not_judged = "The run has no training images whose labels could be doubted."
    judge(world, qtbot)
    assert world.panel.notice.empty.text.text() == engine_of(world).why_not_judged
    assert world.panel.notice.press.isEnabled()
    assert not world.told, "it belongs to its place"


def test_another_project_ends_it(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    engine_of(world).is_judging_held = True
    choose(world, -1, qtbot)
    qtbot.mouseClick(world.panel.notice.press, Qt.MouseButton.LeftButton)
    world.context.session.set_project(world.project, world.project.edited_manifest, ())
    world.settle(qtbot)
    assert not world.panel.choice.is_of_probe
    world.runs.refresh()
    world.settle(qtbot)
    assert world.panel.runs.currentText() == "transfer 1"


def test_a_training_takes_the_machine(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    engine_of(world).is_judging_held = True
    choose(world, -1, qtbot)
    qtbot.mouseClick(world.panel.notice.press, Qt.MouseButton.LeftButton)
    machine = world.context.machine
    machine.make_way(lambda: None)
    world.settle(qtbot)
    press = world.panel.notice.press
    assert not press.isEnabled()
    assert "A training is running" in press.toolTip()
    machine.release()
    assert press.isEnabled()


def test_answers_that_are_kept_are_shown_without_asking(make_world: MakeWorld, qtbot: Any) -> None:
    def fill(project: Any) -> None:
        run = run_of(project)
        folder = RunStore(project.root).folder(run) / PROBE_FOLDER
        make_folder(folder)
        write_predictions(folder, probe_answers(project, run).predictions)

    world = make_world(fill)
    choose(world, -1, qtbot)
    assert world.shown == [DOUBTED]
    assert not engine_of(world).judged


def test_two_runs_have_one_entry_for_the_training_images(make_world: MakeWorld, qtbot: Any) -> None:
    def fill(project: Any) -> None:
        run_of(project)
        run_of(project)

    world = make_world(fill)
    world.page.table.choose([run.run for run in world.context.session.runs])
    world.settle(qtbot)
    assert world.panel.runs.count() == 3
    judge(world, qtbot)
    assert world.shown == [DOUBTED]
    first = world.panel.choice.run
    assert world.panel.choice.other is None
    world.page.table.choose([run.run for run in world.context.session.runs if run.run != first])
    world.settle(qtbot)
    assert world.panel.runs.currentText().startswith("Training images")
    assert world.panel.notice.isVisible(), "this run was not asked yet"
