"""Doubtful labels: relabel, leave out or keep; what that changes, how it is undone, and that it lasts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from tests.gui.hands import has_focus, tab_to
from tests.gui.hands import press as press_key
from tests.gui.pages.mistakes_world import BIRD, CAT, DOG, MistakesWorld, one_run
from tests.gui.run_files import make_run, write_answers
from tlft_desktop.core.project.edits import EditField
from tlft_desktop.core.project.project import open_project, open_project_read_only
from tlft_desktop.gui.image_looks import LookKind

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SUSPECT = "cat/2.png"
MakeWorld = Callable[..., MistakesWorld]


@pytest.fixture
def make_world(qapp: QApplication, qtbot: Any, tmp_path: Path) -> MakeWorld:
    def make(fill: Callable[[Any], object] = one_run) -> MistakesWorld:
        world = MistakesWorld(qapp, tmp_path, fill)
        world.show(qtbot)
        world.look(LookKind.SUSPECTS)
        return world

    return make


def press(world: MistakesWorld, button: QPushButton, qtbot: Any) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    world.settle(qtbot)


def undo(world: MistakesWorld, qtbot: Any) -> None:
    world.context.session.undo_stack.undo()
    world.settle(qtbot)


def record(world: MistakesWorld, path: str = SUSPECT) -> Any:
    manifest = world.context.session.manifest
    assert manifest is not None
    return next(each for each in manifest.records if each.path == path)


def test_without_a_selection_nothing_can_be_decided(make_world: MakeWorld) -> None:
    browser = make_world().panel.browser
    for button in (browser.relabel, browser.exclude, browser.keep):
        assert not button.isEnabled()
        assert "Select one or several images" in button.toolTip()


def test_relabel_is_an_edit_of_the_project_with_undo(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    browser = world.panel.browser
    assert world.shown == [SUSPECT]
    world.select(SUSPECT)
    press(world, browser.relabel, qtbot)
    assert record(world).label == DOG
    assert [(edit.field, edit.new) for edit in world.project.edits.read()] == [(EditField.LABEL, DOG)]
    assert world.shown == [], "it is decided about"
    assert "The figures of the runs stay" in browser.told.text()
    assert browser.told.isVisible()
    assert "1 with another class" in world.panel.changes.text()
    assert world.panel.side.matrix.matrix.index(1, 2).data() == "1", "the figures are those of then"
    world.look(LookKind.WRONG)
    assert "now dog" in browser.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    world.look(LookKind.SUSPECTS)
    undo(world, qtbot)
    assert record(world).label == CAT
    assert world.shown == [SUSPECT]
    assert not world.panel.changes.isVisible()


def test_each_selected_image_gets_its_own_answer(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    world.look(LookKind.WRONG)
    world.select(SUSPECT, "dog/2.png")
    press(world, world.panel.browser.relabel, qtbot)
    assert (record(world).label, record(world, "dog/2.png").label) == (DOG, BIRD)
    undo(world, qtbot)
    assert (record(world).label, record(world, "dog/2.png").label) == (CAT, DOG), "one step"


def test_leave_out_is_an_edit_with_undo(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    world.select(SUSPECT)
    press(world, world.panel.browser.exclude, qtbot)
    assert record(world).excluded == "doubtful label"
    assert world.shown == []
    world.look(LookKind.WRONG)
    world.select(SUSPECT)
    assert not world.panel.browser.exclude.isEnabled()
    assert "left out already" in world.panel.browser.exclude.toolTip()
    undo(world, qtbot)
    assert not record(world).excluded


def test_keep_lasts_when_the_project_is_opened_again_and_can_be_undone(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    session = world.context.session
    world.select(SUSPECT)
    before = session.manifest
    press(world, world.panel.browser.keep, qtbot)
    assert session.manifest is before, "what was measured on the images is still true"
    assert world.shown == []
    grid = world.panel.browser.grid
    assert grid.accessibleDescription() == "The run doubts no label, or all are decided about."
    empty = grid.viewport().grab().toImage()
    assert any(empty.pixel(x, y) != empty.pixel(0, 0) for x in range(empty.width()) for y in range(empty.height()))
    assert world.offers[-1] == "Doubtful labels (0)"
    assert "doubted no more" in world.panel.browser.told.text()
    root = world.project.root
    session.clear_project()
    world.project.close()
    world.project = open_project(root)
    session.set_project(world.project, world.project.edited_manifest, ())
    world.runs.refresh()
    world.settle(qtbot)
    world.look(LookKind.SUSPECTS)
    assert world.shown == []
    world.project.edits.undo([edit for edit in world.project.edits.read() if edit.field is EditField.CONFIRMED])
    world.data.settled.emit()
    world.settle(qtbot)
    assert world.shown == [SUSPECT]


def test_undo_and_redo_of_keep(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    world.select(SUSPECT)
    press(world, world.panel.browser.keep, qtbot)
    undo(world, qtbot)
    assert world.shown == [SUSPECT]
    world.context.session.undo_stack.redo()
    world.settle(qtbot)
    assert world.shown == []


def test_keep_is_for_labels_that_are_doubted(make_world: MakeWorld) -> None:
    world = make_world()
    world.look(LookKind.ALL)
    world.select("cat/0.png")
    keep, relabel = world.panel.browser.keep, world.panel.browser.relabel
    assert (keep.isEnabled(), relabel.isEnabled()) == (False, False)
    assert "No label of the selected images is in doubt" in keep.toolTip()
    assert "have the class that was answered" in relabel.toolTip()


def test_after_a_decision_the_next_image_is_current(make_world: MakeWorld, qtbot: Any) -> None:
    def fill(project: Any) -> None:
        answers = {f"cat/{number}.png": (CAT, {DOG: 0.9 + number / 100}) for number in range(4)}
        answers |= {f"dog/{number}.png": (DOG, {DOG: 0.8}) for number in range(4)}
        write_answers(project, make_run(project, 0.5), answers, (CAT, DOG, BIRD))

    world = make_world(fill)
    grid = world.panel.browser.grid
    assert world.shown == [f"cat/{number}.png" for number in (3, 2, 1, 0)]
    grid.setCurrentIndex(grid.model().index(1, 0))
    press(world, world.panel.browser.keep, qtbot)
    assert world.shown == [f"cat/{number}.png" for number in (3, 1, 0)]
    assert grid.current is not None
    assert grid.current.path == "cat/1.png"
    assert [each.path for each in grid.chosen] == ["cat/1.png"]
    browser = world.panel.browser
    for decide, left in ((browser.relabel, ["cat/3.png", "cat/0.png"]), (browser.exclude, ["cat/3.png"])):
        tab_to(decide)
        press_key(Qt.Key.Key_Space)
        world.settle(qtbot)
        assert has_focus(grid), "the keys go on from the next image"
        assert world.shown == left
        assert [each.path for each in grid.chosen] == left[-1:]


def test_a_project_for_reading_is_looked_at_only(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    world.project.close()
    reading = open_project_read_only(world.project.root)
    world.context.session.set_project(reading, reading.edited_manifest, ())
    world.runs.refresh()
    world.settle(qtbot)
    world.look(LookKind.SUSPECTS)
    world.select(SUSPECT)
    browser = world.panel.browser
    assert [button.isEnabled() for button in (browser.relabel, browser.exclude, browser.keep)] == [False] * 3
    assert "asked for" in browser.relabel.toolTip()
