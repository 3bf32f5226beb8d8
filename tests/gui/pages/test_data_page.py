"""The page Data: what is shown, what changes, what can be undone, and what happens when it cannot be done."""

from __future__ import annotations

import errno
import random
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.pages.data_world import DataWorld
from tlft_desktop.core.data.problems import find_problems
from tlft_desktop.core.fsio import primitives
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.gui.dialogs.choose_text_dialog import ChooseTextDialog
from tlft_desktop.gui.dialogs.image_dialog import ImageDialog
from tlft_desktop.gui.item_models.image_filter import ImageFilter, Usage
from tlft_desktop.gui.widgets.image_delegate import ZOOMS

# Of the platform without a screen, for every dialog.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture
def world(qapp: QApplication, qtbot, tmp_path: Path) -> DataWorld:
    made = DataWorld(qapp, tmp_path)
    made.show(qtbot)
    return made


def answer(world: DataWorld, text: str) -> ChooseTextDialog:
    (dialog,) = world.page.findChildren(ChooseTextDialog)
    dialog.box.setCurrentText(text)
    return dialog


def test_images_classes_and_problems_are_shown(world: DataWorld) -> None:
    page = world.page
    assert page.browser.model.rowCount() == 15
    assert page.class_model.rowCount() == 3
    assert [page.overview.figures[key].text() for key in ("classes", "images", "excluded")] == ["3", "14", "1"]
    assert any("cannot be read" in row.case.problem.message for row in page.problems.rows)
    assert page.preview.record is None
    assert not world.actions["image_label"].isEnabled()
    assert "Select" in page.blocked()["image_label"]


def test_relabelling_is_saved_shown_and_undone(world: DataWorld, qtbot) -> None:
    world.select("cat/1.png", "cat/2.png")
    world.actions["image_label"].trigger()
    dialog = answer(world, "  dog ")
    dialog.accept()
    world.settle(qtbot)
    assert world.record("cat/1.png").label == world.saved("cat/2.png").label == "dog"
    assert world.page.class_model.rows[1].used == 7
    assert {record.path for record in world.page.browser.chosen} == {"cat/1.png", "cat/2.png"}, "still selected"
    world.context.session.undo_stack.undo()
    world.settle(qtbot)
    assert world.record("cat/1.png").label == world.saved("cat/2.png").label == "cat"
    world.context.session.undo_stack.redo()
    world.settle(qtbot)
    assert world.saved("cat/1.png").label == "dog"
    assert world.context.session.undo_stack.count() == 1


@pytest.mark.parametrize("name", ["", "   ", "a\tb", "x" * 201])
def test_class_names_that_cannot_be_used_keep_the_dialog_open(world: DataWorld, name: str) -> None:
    world.select("cat/1.png")
    world.actions["image_label"].trigger()
    dialog = answer(world, "new")
    assert dialog.accept_button.isEnabled()
    dialog.box.setEditText(name)
    assert dialog.problem
    assert not dialog.accept_button.isEnabled()
    dialog.accept()
    assert dialog.isVisible()
    dialog.reject()
    assert not world.page.desk.is_writing


@pytest.mark.parametrize("name", ["", "dog", "owl"])
def test_return_takes_the_answer_at_once(world: DataWorld, name: str, qtbot) -> None:
    world.select("cat/1.png")
    world.actions["image_label"].trigger()
    (dialog,) = world.page.findChildren(ChooseTextDialog)
    qtbot.waitUntil(dialog.box.hasFocus)
    answers: list[str] = []
    dialog.answered.connect(answers.append)
    edit = dialog.box.lineEdit()
    assert edit is not None
    qtbot.keyClicks(dialog.box, name)
    wanted = dialog.box.currentText()
    assert wanted == name or not name
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    world.settle(qtbot)
    assert answers == [wanted]
    assert world.record("cat/1.png").label == wanted


def test_a_new_class_appears_everywhere_and_its_layers_are_read_anew(world: DataWorld, qtbot) -> None:
    trees: list[object] = []
    world.context.session.layer_tree_changed.connect(lambda: trees.append(1))
    world.select("cat/1.png")
    world.actions["image_label"].trigger()
    answer(world, "lynx").accept()
    world.settle(qtbot)
    assert "lynx" in {row.name for row in world.page.class_model.rows}
    assert world.page.browser.bar.classes.findData("lynx") >= 0
    assert trees == [1]


def test_images_are_left_out_with_a_reason_and_taken_in_again(world: DataWorld, qtbot) -> None:
    world.select("dog/1.png")
    world.actions["image_exclude"].trigger()
    answer(world, "out of focus").accept()
    world.settle(qtbot)
    assert world.saved("dog/1.png").excluded == "out of focus"
    assert any("out of focus" in row.case.problem.message for row in world.page.problems.rows)
    assert "left out already" in world.page.blocked()["image_exclude"]
    world.trigger("image_include", qtbot)
    assert world.saved("dog/1.png").excluded == ""
    world.context.session.undo_stack.undo()
    world.settle(qtbot)
    assert world.record("dog/1.png").excluded == "out of focus"


def test_images_move_between_the_splits(world: DataWorld, qtbot) -> None:
    world.select("dog/1.png", "dog/2.png")
    world.trigger("image_test", qtbot)
    assert world.saved("dog/2.png").split is Split.TEST
    assert "are there already" in world.page.blocked()["image_test"]
    assert world.page.overview.split.shares.val == pytest.approx(100 * 12 / 14)


def test_several_changes_at_once_are_made_one_after_the_other_and_undone_backwards(world: DataWorld, qtbot) -> None:
    stack = world.context.session.undo_stack
    for path, split in (("cat/1.png", "image_test"), ("cat/2.png", "image_val"), ("dog/1.png", "image_val")):
        world.select(path)
        world.actions[split].trigger()
    world.settle(qtbot)
    assert stack.count() == 3
    for _ in range(3):
        stack.undo()
    world.settle(qtbot)
    assert world.project.edited_manifest == world.project.manifest
    stack.setIndex(3)
    world.settle(qtbot)
    assert [world.saved(path).split for path in ("cat/1.png", "cat/2.png")] == [Split.TEST, Split.VAL]


def test_a_full_disk_is_told_and_nothing_is_shown_as_done(
    world: DataWorld, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.select("cat/1.png")
    world.trigger("image_test", qtbot)
    stack = world.context.session.undo_stack

    def full(name: str, path: Path) -> None:
        if name == "write" and path.name == "edits.jsonl":
            raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(primitives, "operation", full)
        world.trigger("image_val", qtbot)
        assert "The change was not made. The disk is full" in world.messages[0]
        assert world.record("cat/1.png").split is Split.TEST
        assert stack.count() == 1
        stack.undo()
        world.settle(qtbot)
        assert world.record("cat/1.png").split is Split.TEST, "the undo failed: the change still holds"
        assert stack.index() == 1
    stack.undo()
    world.settle(qtbot)
    assert world.saved("cat/1.png").split is Split.TRAIN
    assert not world.messages


def test_a_project_for_reading_only_cannot_be_changed(qapp: QApplication, qtbot, tmp_path: Path) -> None:
    first = DataWorld(qapp, tmp_path / "first")
    first.show(qtbot)
    world = DataWorld(qapp, tmp_path / "second", project=open_project_read_only(first.project.root))
    world.show(qtbot)
    world.select("cat/1.png")
    for action in ("image_label", "image_exclude", "image_val"):
        assert not world.actions[action].isEnabled()
    assert not any(border.isEnabled() for border in world.page.overview.split.borders)
    assert not any(row.remedy and row.remedy.isEnabled() for row in world.page.problems.rows)
    world.page.editor.move(Split.VAL)
    assert "cannot be changed" in world.messages[0]
    assert not (first.project.root / "edits.jsonl").exists()


def test_damaged_edits_are_told_and_the_project_opens(qapp: QApplication, qtbot, tmp_path: Path) -> None:
    first = DataWorld(qapp, tmp_path)
    first.show(qtbot)
    first.project.edits.path.write_bytes(b"\x00garbage\n{}\n")
    session = first.context.session
    session.set_project(first.project, first.project.edited_manifest, ())
    first.settle(qtbot)
    assert "is damaged" in first.messages[0]
    first.select("cat/1.png")
    first.trigger("image_val", qtbot)
    assert first.saved("cat/1.png").split is Split.VAL
    assert list(first.project.root.glob("edits.damaged-*"))


def test_the_bar_divides_anew_by_keyboard_and_mouse(world: DataWorld, qtbot) -> None:
    bar = world.page.overview.split
    border = bar.borders[0]
    border.setFocus()
    for _ in range(20):
        QTest.keyClick(border, Qt.Key.Key_Left)
    assert bar.is_moving
    QTest.keyClick(border, Qt.Key.Key_Escape)
    assert not bar.is_moving
    for _ in range(4):
        QTest.keyClick(border, Qt.Key.Key_PageDown)
    QTest.keyClick(border, Qt.Key.Key_Return)
    world.settle(qtbot)
    manifest = world.context.session.manifest
    assert manifest is not None
    assert len(manifest.used(Split.VAL)) > 3
    assert manifest == world.project.edited_manifest
    assert world.context.session.undo_stack.count() == 1
    assert not bar.is_moving
    last = bar.borders[1]
    QTest.mousePress(last, Qt.MouseButton.LeftButton, pos=QPoint(5, 10))
    QTest.mouseMove(last, QPoint(-150, 10))
    bar.drag(1, last.mapToParent(QPoint(-150, 10)))
    QTest.mouseRelease(last, Qt.MouseButton.LeftButton, pos=QPoint(-150, 10))
    world.settle(qtbot)
    assert world.context.session.manifest is not None
    assert world.context.session.manifest.used(Split.TEST)
    world.context.session.undo_stack.undo()
    world.context.session.undo_stack.undo()
    world.settle(qtbot)
    assert world.project.edited_manifest == world.project.manifest


def test_a_problem_is_shown_and_solved_with_one_click(world: DataWorld, qtbot) -> None:
    world.select("cat/1.png")
    world.actions["image_exclude"].trigger()
    answer(world, "twice").accept()
    world.settle(qtbot)
    row = next(row for row in world.page.problems.rows if "twice" in row.case.problem.message)
    assert row.show_images is not None
    row.show_images.click()
    assert [record.path for record in world.page.browser.model.shown] == ["cat/1.png"]
    assert row.remedy is not None
    row.remedy.click()
    world.settle(qtbot)
    assert world.saved("cat/1.png").excluded == ""
    assert not any("twice" in row.case.problem.message for row in world.page.problems.rows)
    world.page.browser.bar.clear.click()
    assert world.page.browser.model.rowCount() == 15


def test_a_class_in_the_table_filters_the_grid_and_back(world: DataWorld, qtbot) -> None:
    world.page.classes.selectRow(1)
    label = world.page.browser.bar.filter.label
    assert {record.label for record in world.page.browser.model.shown} == {label}
    world.page.browser.bar.show_all()
    assert not world.page.classes.selectionModel().hasSelection()
    world.page.browser.bar.search.setText("CAT/ 3")
    assert [record.path for record in world.page.browser.model.shown] == ["cat/3.png"]
    world.page.browser.bar.states.setCurrentIndex(world.page.browser.bar.states.findData(Usage.EXCLUDED.value))
    assert world.page.browser.model.rowCount() == 0


def test_zoom_by_wheel_slider_and_action(world: DataWorld, qtbot) -> None:
    grid = world.page.grid
    before = grid.zoom
    world.trigger("image_larger", qtbot)
    assert grid.zoom == world.page.browser.bar.zoom.value() == before + 1
    world.page.browser.bar.zoom.setValue(0)
    assert grid.zoom == 0
    grid.set_zoom(99)
    assert grid.zoom == len(ZOOMS) - 1
    world.settle(qtbot)


def test_enter_shows_the_image_large_and_arrows_walk_on(world: DataWorld, qtbot) -> None:
    world.select("cat/1.png")
    world.page.grid.setFocus()
    QTest.keyClick(world.page.grid, Qt.Key.Key_Return)
    (dialog,) = world.host.findChildren(ImageDialog)
    qtbot.waitUntil(lambda: dialog.picture.image is not None)
    qtbot.waitUntil(lambda: dialog.picture.hasFocus())
    QTest.keyClick(dialog.picture, Qt.Key.Key_Right)
    assert dialog.record is not None
    assert dialog.record.path == "cat/2.png"
    world.settle(qtbot)
    dialog.accept()


def test_the_preview_shows_five_views_and_the_next_four(world: DataWorld, qtbot) -> None:
    world.select("cat/1.png")
    preview = world.page.preview
    qtbot.waitUntil(lambda: preview.evaluation.image is not None)
    world.settle(qtbot)
    assert all(box.image is not None for box in preview.views)
    preview.more.click()
    world.settle(qtbot)
    world.select("<b>bird</b>/4.png")
    qtbot.waitUntil(lambda: preview.record is not None and preview.record.path == "<b>bird</b>/4.png")


def test_another_network_shows_its_size_and_its_views(world: DataWorld, qtbot) -> None:
    world.select("cat/1.png")
    preview, session = world.page.preview, world.context.session
    qtbot.waitUntil(lambda: preview.evaluation.image is not None)
    before = preview.evaluation.image
    assert session.layer_tree is not None
    session.choose_network("fake:other", 48, session.layer_tree, "another one")
    qtbot.waitUntil(lambda: preview.evaluation.image is not before)
    assert "48 x 48" in world.page.overview._source.text()
    assert world.project.config.image_size == 48
    world.settle(qtbot)


def test_control_a_selects_all_that_is_shown(world: DataWorld, qtbot) -> None:
    world.page.browser.bar.set_filter(ImageFilter(label="dog"))
    world.page.grid.setFocus()
    QTest.keyClick(world.page.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(world.page.browser.chosen) == 5
    menu = world.page.browser.make_menu()
    assert next(action.objectName() for action in menu.actions() if not action.isSeparator()) == "image_show"
    menu.deleteLater()


def test_another_project_forgets_filter_selection_and_undo(world: DataWorld, qtbot) -> None:
    world.select("cat/1.png")
    world.page.browser.bar.set_filter(ImageFilter(label="cat"))
    manifest = world.project.edited_manifest
    world.context.session.set_project(world.project, manifest, find_problems(manifest))
    world.settle(qtbot)
    assert world.page.browser.bar.filter.is_open
    assert not world.page.browser.chosen
    assert world.page.preview.record is None


@pytest.mark.parametrize("seed", [0, 1])
def test_random_changes_undos_and_filters_end_where_the_disk_is(world: DataWorld, qtbot, seed: int) -> None:
    chance = random.Random(seed)
    stack, page = world.context.session.undo_stack, world.page
    paths = [record.path for record in world.project.manifest.records]

    def select() -> None:
        world.select(*chance.sample(paths, chance.randint(0, 4)))

    def change() -> None:
        key = chance.choice(("image_train", "image_val", "image_test", "image_include"))
        if world.actions[key].isEnabled():
            world.actions[key].trigger()

    def answer_dialog() -> None:
        key = chance.choice(("image_label", "image_exclude"))
        if world.actions[key].isEnabled():
            world.actions[key].trigger()
            for dialog in page.findChildren(ChooseTextDialog):
                dialog.box.setEditText(chance.choice(("cat", "elk", "", "dog ")))
                dialog.accept()
                dialog.reject()

    def divide() -> None:
        page.overview.split.nudge(chance.randint(0, 1), chance.choice((-30, -5, 5, 30)))
        chance.choice((page.overview.split.commit, page.overview.split.revert))()

    def filter_images() -> None:
        page.browser.bar.set_filter(ImageFilter(label=chance.choice(("", "cat", "gone")), search=chance.choice("a0z")))

    def look() -> None:
        page.grid.set_zoom(chance.randint(0, 6))
        QTest.keyClick(page.grid, chance.choice((Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Space)))

    def solve() -> None:
        for row in page.problems.rows[:1]:
            page.problems.remedy_asked.emit(row.case)

    steps = (select, select, change, change, answer_dialog, divide, filter_images, look, solve, stack.undo, stack.redo)
    for number in range(60):
        chance.choice(steps)()
        if number % 3 == 0:
            world.settle(qtbot)
    world.settle(qtbot)
    assert world.context.session.manifest == world.project.edited_manifest
    assert not world.messages
    page.browser.bar.show_all()
    assert page.browser.model.shown == world.project.edited_manifest.records
    while stack.canUndo():
        stack.undo()
    world.settle(qtbot)
    assert world.context.session.manifest == world.project.manifest == world.project.edited_manifest
