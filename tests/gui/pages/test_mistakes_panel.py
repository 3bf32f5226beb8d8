"""The panel of images on the page Compare: matrix, choices, two runs, and what cannot be shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QComboBox

from tests.gui.hands import click_item
from tests.gui.pages.mistakes_world import BIRD, CAT, CLASSES, DOG, FIRST, SECOND, MistakesWorld, one_run, two_runs
from tests.gui.run_files import make_run, write_answers
from tlft_desktop.core.runs.predictions import ARRAYS_FILE, Predictions, write_predictions
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.gui.dialogs.image_dialog import ImageDialog
from tlft_desktop.gui.image_looks import Look, LookKind
from tlft_desktop.gui.item_models.confusion_model import CELL_ROLE
from tlft_desktop.gui.lazy_mistakes import RunImages

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
MakeWorld = Callable[..., MistakesWorld]


@pytest.fixture
def make_world(qapp: QApplication, qtbot: Any, tmp_path: Path) -> MakeWorld:
    def make(fill: Callable[[Any], object] = one_run) -> MistakesWorld:
        world = MistakesWorld(qapp, tmp_path, fill)
        world.show(qtbot)
        return world

    return make


def choose_both(world: MistakesWorld, qtbot: Any) -> None:
    flags = QItemSelectionModel.SelectionFlag
    selection = world.page.table.selectionModel()
    selection.clearSelection()
    for row in range(2):
        selection.select(world.page.table.model().index(row, 0), flags.Select | flags.Rows)
    world.settle(qtbot)


def matrix_of(world: MistakesWorld) -> list[list[str]]:
    model = world.panel.side.matrix.matrix
    return [[model.index(row, column).data() for column in range(model.columnCount())] for row in range(3)]


def test_the_matrix_counts_and_the_worst_images_come_first(make_world: MakeWorld) -> None:
    world = make_world()
    header = world.panel.side.matrix.matrix.headerData
    assert [header(row, Qt.Orientation.Vertical) for row in range(3)] == [BIRD, CAT, DOG]
    assert matrix_of(world) == [["1", "", ""], ["", "3", "1"], ["1", "", "2"]]
    assert world.shown[:3] == ["cat/2.png", "dog/2.png", "cat/3.png"]
    assert world.offers == ["All (8)", "Wrong (2)", "Worst first", "Least certain first", "Doubtful labels (1)"]
    assert world.panel.browser.count.text() == "8 of 8 images"


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        (LookKind.ALL, ["<b>bird</b>/0.png", "cat/0.png", "cat/1.png"]),
        (LookKind.WRONG, ["cat/2.png", "dog/2.png"]),
        (LookKind.UNCERTAIN, ["cat/3.png", "dog/2.png"]),
        (LookKind.SUSPECTS, ["cat/2.png"]),
    ],
)
def test_choices_of_images(make_world: MakeWorld, kind: LookKind, first: list[str]) -> None:
    world = make_world()
    world.look(kind)
    assert world.shown[: len(first)] == first
    assert (len(world.shown) == 8) == (kind in (LookKind.ALL, LookKind.UNCERTAIN))


def test_a_click_on_a_cell_shows_its_images(make_world: MakeWorld) -> None:
    world = make_world()
    view = world.panel.side.matrix
    cell = view.matrix.index(1, 2)
    click_item(view, view.visualRect(cell))
    assert world.shown == ["cat/2.png"]
    assert world.panel.browser.looks.currentText() == "cat → dog (1)"
    assert "1 of 4 images of cat were taken for dog (25.0 %)" in world.panel.side.words.text()
    assert world.panel.browser.grid.isVisible()


def test_arrows_move_the_cell_and_enter_shows_its_images(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    view = world.panel.side.matrix
    view.setFocus()
    view.setCurrentIndex(view.matrix.index(0, 0))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(view, key)
    assert view.currentIndex().data(CELL_ROLE) == (2, 1)
    assert len(world.shown) == 8, "an arrow only moves"
    assert "0 of 3 images of dog were taken for cat" in world.panel.side.words.text()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert world.shown == []
    qtbot.keyClick(view, Qt.Key.Key_Left)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert world.shown == ["dog/2.png"]


def test_the_list_of_confusions_is_the_quick_way_to_a_cell(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    side = world.panel.side
    side.switch.button_of("pairs").click()
    table = side.pair_table
    assert [(pair.label, pair.taken_for, pair.count) for pair in side.pairs.rows] == [(CAT, DOG, 1), (DOG, BIRD, 1)]
    click_item(table, table.visualRect(table.model().index(1, 0)))
    assert world.shown == ["dog/2.png"]
    assert side.matrix.selectionModel().selectedIndexes()[0].data(CELL_ROLE) == (2, 0)
    table.setCurrentIndex(table.model().index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert world.shown == ["cat/2.png"]


def test_the_grid_says_class_answer_and_probability_and_marks_what_is_wrong(make_world: MakeWorld) -> None:
    world = make_world()
    index = world.panel.browser.model.index(0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "2.png; true class cat; wrong: dog, 96.0 %"
    tip = world.panel.browser.model.index(world.shown.index("dog/2.png")).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;bird" in tip
    assert "<b>" not in tip


def test_enter_shows_the_image_large_with_its_likeliest_classes(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world(two_runs)
    choose_both(world, qtbot)
    grid = world.panel.browser.grid
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(world.shown.index("cat/2.png")))
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    (dialog,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, ImageDialog) and each.isVisible()]
    first, second, third = dialog.details.text().split("\n")
    assert (first, second) == ("True class: cat", "transfer 1: dog 96.0 %, <b>bird</b> 2.0 %, cat 2.0 %")
    assert third.startswith("transfer 2: cat 60.0 %")
    assert dialog.details.textFormat() == Qt.TextFormat.PlainText
    qtbot.keyClick(dialog.picture, Qt.Key.Key_Right)
    assert dialog.record is not None
    assert dialog.record.path == world.shown[world.shown.index("cat/2.png") + 1]
    assert dialog.details.text() != f"{first}\n{second}\n{third}"
    dialog.close()
    world.settle(qtbot)


def test_two_runs_are_held_against_each_other(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world(two_runs)
    choose_both(world, qtbot)
    runs, side = world.panel.runs, world.panel.side
    assert isinstance(runs, QComboBox)
    assert [runs.itemText(place) for place in range(runs.count() - 1)] == ["transfer 1", "transfer 2"]
    runs.setCurrentIndex(0)
    runs.activated.emit(0)
    side.switch.button_of("agreement").click()
    counts = [press.text().partition("\n")[0] for press in side.agreement.buttons.values()]
    assert counts == ["5", "1", "1", "1"]
    qtbot.mouseClick(side.agreement.buttons[LookKind.ONLY_FIRST], Qt.MouseButton.LeftButton)
    assert world.shown == ["dog/0.png"]
    assert world.panel.browser.looks.currentText() == "Only transfer 1 right (1)"
    shown = world.panel.browser.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert shown == "0.png; true class dog; right: dog, 90.0 %; wrong: cat, 70.0 %"
    runs.setCurrentIndex(1)
    runs.activated.emit(1)
    assert [press.text().partition("\n")[0] for press in side.agreement.buttons.values()] == ["5", "1", "1", "1"]
    assert world.shown == ["cat/2.png"], "the first run is another one now"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda answers: {path: answers[path] for path in list(answers)[1:]}, "were validated on different images"),
        (lambda answers: answers | {"cat/0.png": (DOG, {DOG: 0.9})}, "got another class in between"),
    ],
)
def test_runs_on_other_images_or_labels_are_refused_in_words(
    make_world: MakeWorld, qtbot: Any, change: Callable[[Any], Any], reason: str
) -> None:
    def fill(project: Any) -> None:
        one_run(project)
        write_answers(project, make_run(project, 0.7), change(SECOND), CLASSES)

    world = make_world(fill)
    choose_both(world, qtbot)
    text = world.panel.side.agreement.text
    world.panel.side.switch.button_of("agreement").click()
    assert text.isVisible()
    assert reason in text.text()
    assert not any("Only" in offer or "Both" in offer for offer in world.offers)
    shown = world.panel.browser.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert shown.count("right: ") + shown.count("wrong: ") == 1, "the other run is not shown beside it"


def test_other_classes_are_refused_and_a_cell_of_the_run_before_is_given_up(make_world: MakeWorld, qtbot: Any) -> None:
    def fill(project: Any) -> None:
        one_run(project)
        answers = {path: (label.replace(CAT, "lynx"), {"lynx": 0.9}) for path, (label, _) in FIRST.items()}
        write_answers(project, make_run(project, 0.7), answers, ("lynx", DOG, BIRD))

    world = make_world(fill)
    choose_both(world, qtbot)
    assert "tell other classes apart ('cat', 'lynx')" in world.panel.side.agreement.text.text()
    world.panel.side.matrix.cell_chosen.emit(1, 2)
    for place in (0, 1):
        world.panel.runs.setCurrentIndex(place)
        world.panel.runs.activated.emit(place)
    assert world.panel.browser.looks.currentText() == "Worst first"


def test_a_run_without_answers_says_why(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world(lambda project: make_run(project, None))
    empty = world.panel.empty
    assert empty.isVisible()
    assert "has no results: it was not trained to its end" in empty.text.text()
    world.page.table.clearSelection()
    assert "Choose a run" in empty.text.text()


def test_damaged_answers_say_so_and_the_other_run_is_shown(make_world: MakeWorld, qtbot: Any) -> None:
    def fill(project: Any) -> None:
        two_runs(project)
        store = RunStore(project.root)
        (store.folder(store.ids()[0]) / ARRAYS_FILE).write_bytes(b"nothing")

    world = make_world(fill)
    choose_both(world, qtbot)
    world.panel.runs.setCurrentIndex(1)
    world.panel.runs.activated.emit(1)
    assert len(world.shown) == 8
    assert "is damaged" in world.panel.side.agreement.text.text()
    world.panel.runs.setCurrentIndex(0)
    world.panel.runs.activated.emit(0)
    assert "is damaged" in world.panel.empty.text.text()
    assert not world.told, "it belongs to its place"


def test_images_that_the_project_has_no_longer_are_counted_and_said(make_world: MakeWorld) -> None:
    def fill(project: Any) -> None:
        write_answers(project, make_run(project, 0.7), FIRST | {"gone": (DOG, {CAT: 0.9})}, CLASSES)

    world = make_world(fill)
    assert matrix_of(world)[2] == ["1", "1", "2"]
    assert len(world.shown) == 8
    assert world.panel.changes.text().startswith("Since the training: 1 no longer in the project (of 9 images).")


def test_a_run_that_validated_nothing(make_world: MakeWorld) -> None:
    def fill(project: Any) -> None:
        folder = RunStore(project.root).folder(make_run(project, 0.7))
        write_predictions(folder, Predictions(np.zeros((0, 3), np.float32), np.zeros(0, np.int64), (), CLASSES))

    world = make_world(fill)
    assert "without validation images" in world.panel.empty.text.text()


def test_five_thousand_classes_are_painted_where_they_are_seen(
    make_world: MakeWorld, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = tuple(f"class {number:04d}" for number in range(5000))

    def fill(project: Any) -> None:
        logits = np.random.default_rng(0).normal(size=(len(FIRST), 5000)).astype(np.float32)
        hashes = tuple(record.sha256 for record in project.manifest.records[: len(FIRST)])
        labels = np.arange(len(FIRST), dtype=np.int64)
        write_predictions(
            RunStore(project.root).folder(make_run(project, 0.5)), Predictions(logits, labels, hashes, names)
        )

    world = make_world(fill)
    view, asked = world.panel.side.matrix, []
    monkeypatch.setattr(world.mistakes.images_of(world.panel.choice.run), "_confusions", all_classes(5000))
    view.matrix.show_images(world.mistakes.images_of(world.panel.choice.run))
    assert view.matrix.rowCount() == 5000
    share = RunImages.share
    monkeypatch.setattr(RunImages, "share", lambda *args: asked.append(1) or share(*args))
    view.scrollToBottom()
    view.viewport().repaint()
    assert 0 < len(asked) < 2_000, "of 25 million cells"
    assert view.horizontalHeader().sectionSize(0) >= 30, "cells keep a size in which numbers can be read"


def all_classes(number: int) -> Any:
    """Return counts of so many classes, each with one image that is answered rightly."""
    from tlft_desktop.core.evaluation.confusion import Confusions

    places = np.arange(number, dtype=np.int64)
    return Confusions(np.stack([places, places, np.ones_like(places)], axis=1), np.ones_like(places))


def test_another_project_begins_anew(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    world.look(LookKind.WRONG)
    session = world.context.session
    session.set_project(world.project, world.project.edited_manifest, ())
    assert world.panel.choice.look == Look(LookKind.WORST)
    assert world.shown == []
    world.runs.refresh()
    world.settle(qtbot)
    assert len(world.shown) == 8
