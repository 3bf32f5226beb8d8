"""The page Compare: choosing, editing, undoing, throwing away; damaged runs and refusals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.gui.pages.compare_world import CompareWorld
from tests.gui.run_files import make_run
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.runs.store import CONFIG_FILE
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.run import RunState
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.engine import Verdict
from tlft_desktop.gui.item_models.run_table_model import RunColumn

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
MakeWorld = Callable[..., CompareWorld]


def two_runs(project: Any) -> None:
    make_run(project, 0.8, seconds=10)
    make_run(project, 0.9, kind=StrategyKind.FINETUNE, seconds=200, plans=(FreezePlan(),))


@pytest.fixture
def make_world(qapp: QApplication, qtbot: Any, tmp_path: Path) -> MakeWorld:
    def make(fill: Callable[[Any], object] = two_runs) -> CompareWorld:
        world = CompareWorld(qapp, tmp_path, fill)
        world.show(qtbot)
        return world

    return make


def edit(world: CompareWorld, row: int, column: RunColumn, text: str, qtbot: Any) -> None:
    """Type into a cell with the keyboard, as a user does."""
    table = world.page.table
    index = table.model().index(row, column)
    table.setCurrentIndex(index)
    table.edit(index)
    editor = next(each for each in table.findChildren(QLineEdit) if each.isVisible())
    editor.selectAll()
    qtbot.keyClicks(editor, text) if text else qtbot.keyClick(editor, Qt.Key.Key_Delete)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not any(each.isVisible() for each in table.findChildren(QLineEdit)))
    world.settle(qtbot)


def test_without_runs_the_next_step_is_explained(make_world: MakeWorld) -> None:
    world = make_world(lambda _project: None)
    assert world.page._stack.currentIndex() == 0
    assert not any(world.actions[key].isEnabled() for key in world.page.handlers())


def test_runs_are_shown_and_the_best_is_chosen(make_world: MakeWorld) -> None:
    world = make_world()
    assert world.names == ["transfer 1", "fine-tuning 2"]
    assert [run.name for run in world.page.chosen] == ["fine-tuning 2"]
    assert "Choose a second run" in world.page.card.sentence.text()


def test_several_chosen_runs_are_compared_in_words(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world(lambda project: [make_run(project, share) for share in (0.6, 0.7, 0.8)])
    world.page.table.selectAll()
    world.settle(qtbot)
    first, *others = (run.run for run in world.page.chosen)
    assert world.page.card.sentence.text() == f"{first} is better than {' and '.join(others)} by 3.0 points."


def test_two_chosen_runs_are_compared_in_words(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    world.page.table.selectAll()
    world.settle(qtbot)
    first, second = (run.run for run in world.page.chosen)
    assert world.page.card.sentence.text() == f"{first} is better than {second} by 3.0 points."
    assert "chosen on these validation images" in world.page.card.remark.text()


def test_only_of_runs_with_epochs_it_is_said_that_one_was_chosen(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    card = world.page.card
    first, second = world.page.chosen[0], replace(world.page.chosen[0], run="other", name="solved", is_head_solved=True)
    verdict = Verdict("They differ.", is_possible=True)
    card.show_choice((first, second), verdict)
    assert card.remark.text().startswith(f"The best epoch of {first.name} was chosen on these validation images, which")
    card.show_choice((first, first, second), verdict)
    assert card.remark.text().startswith(f"The best epoch of {first.name}, {first.name} was chosen")
    card.show_choice((first, first, first), verdict)
    assert card.remark.text().startswith("The best epoch of each run was chosen")
    card.show_choice((second, second), verdict)
    assert not card.remark.isVisible()


def test_runs_that_cannot_be_compared_say_why_beside_them(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()

    def refuse(*_args: object) -> None:
        from tlft_desktop.core.errors import InputError

        raise InputError("They were validated on different images.", remedy="Train again.")

    world.context.engine.compare = refuse  # type: ignore[method-assign,assignment]
    world.page.table.selectAll()
    world.settle(qtbot)
    assert world.page.card.sentence.text() == "They were validated on different images. Train again."
    assert not world.told


def test_rename_in_place_and_undo(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    edit(world, 0, RunColumn.NAME, "  north field ", qtbot)
    assert world.names[0] == "north field"
    undo = world.context.session.undo_stack
    undo.undo()
    world.settle(qtbot)
    assert world.names[0] == "transfer 1"
    assert world.store.given_name(world.store.ids()[0]) == "", "the derived name came back, not a copy of it"
    undo.redo()
    world.settle(qtbot)
    assert world.names[0] == "north field"
    edit(world, 0, RunColumn.NAME, "", qtbot)
    assert world.names[0] == "transfer 1"


@pytest.mark.parametrize("name", ["last", "best"])
def test_a_forbidden_name_is_explained_and_changes_nothing(make_world: MakeWorld, name: str, qtbot: Any) -> None:
    world = make_world()
    edit(world, 0, RunColumn.NAME, name, qtbot)
    assert world.names[0] == "transfer 1"
    assert len(world.told) == 1
    assert name in world.told[0]
    assert not world.context.session.undo_stack.canUndo(), "what was refused cannot be undone"


def test_note_and_star(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    edit(world, 1, RunColumn.NOTE, "<b>blurred</b>", qtbot)
    assert world.context.session.runs[1].note == "<b>blurred</b>"
    table = world.page.table
    table.setCurrentIndex(table.model().index(1, RunColumn.STAR))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    world.settle(qtbot)
    assert [run.starred for run in world.context.session.runs] == [False, True]
    undo = world.context.session.undo_stack
    undo.undo()
    undo.undo()
    world.settle(qtbot)
    assert [(run.starred, run.note) for run in world.context.session.runs] == [(False, ""), (False, "")]


def test_a_note_that_is_too_long_is_refused_in_a_sentence(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    world.runs.set_note(world.store.ids()[0], "x" * 2000)
    world.settle(qtbot)
    assert "at most" in world.told[0]
    assert not world.context.messages.messages[0].details, "no traceback for what the user typed"


def test_trash_restore_and_undo(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    world.page.table.selectAll()
    qtbot.keyClick(world.page.table, Qt.Key.Key_Delete)
    world.settle(qtbot)
    assert world.names == []
    assert world.told == ["2 runs lie in the trash of the project."]
    assert world.page.panels.button_of("trash").text() == "Tr&ash (2)"
    assert world.page._stack.currentIndex() == 1, "the trash can still be reached"
    world.context.session.undo_stack.undo()
    world.settle(qtbot)
    assert world.names == ["transfer 1", "fine-tuning 2"]
    assert not world.told, "the offer to bring them back is no longer true"
    world.context.session.undo_stack.redo()
    world.settle(qtbot)
    world.page.panels.button_of("trash").click()
    world.page.trash.table.selectRow(0)
    world.page.trash.restore.click()
    world.settle(qtbot)
    assert world.names == ["transfer 1"]


def test_the_trash_is_emptied_after_a_question(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    world.runs.move_to_trash(world.context.session.runs[:1])
    world.settle(qtbot)
    world.page.trash.empty.click()
    (question,) = world.context.messages.messages
    assert question.text.startswith("Runs in the trash: 1. Delete them for good?")
    assert len(world.store.trashed()) == 1, "nothing is deleted before the answer"
    question.offers[0].act()
    qtbot.waitUntil(lambda: not world.runs.trashed, timeout=10_000)
    assert world.store.trashed() == []
    assert world.names == ["fine-tuning 2"]
    assert world.told[0].startswith("The trash is empty: ")


def test_of_several_runs_the_ones_before_a_refusal_are_thrown_away(make_world: MakeWorld, qtbot: Any) -> None:
    def fill(project: Any) -> None:
        two_runs(project)
        make_run(project, 0.5, state=RunState.RUNNING)

    world = make_world(fill)
    world.page.table.selectAll()
    world.actions["run_trash"].trigger()
    world.settle(qtbot)
    assert world.names == ["transfer 3"], "a run that is training stays"
    assert any("is training" in text for text in world.told)
    world.context.session.undo_stack.undo()
    world.settle(qtbot)
    assert len(world.names) == 3


def test_a_run_that_vanished_while_it_is_renamed(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    gone = world.store.ids()[0]
    world.store.folder(gone).rename(world.project.root / "elsewhere")
    world.runs.rename(gone, "x")
    world.settle(qtbot)
    assert "There is no run" in world.told[0]
    assert world.names == ["fine-tuning 2"]


def test_a_damaged_run_is_listed_with_its_reason_and_hides_nothing(make_world: MakeWorld, qtbot: Any) -> None:
    def fill(project: Any) -> None:
        two_runs(project)
        run = make_run(project, 0.7)
        (project.root / "runs" / run / CONFIG_FILE).write_bytes(b"{")

    world = make_world(fill)
    assert len(world.names) == 3
    world.page.table.selectRow(2)
    assert "damaged" in world.page.card.sentence.text()
    assert CONFIG_FILE in world.page.card.sentence.text()
    world.page.panels.button_of("plans").click()
    world.settle(qtbot)
    assert world.page.plans.boxes[0].count() == 3, "two readable plans and the ticks of the page Layers"


def test_a_project_for_reading_changes_nothing(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    session = world.context.session
    world.project.close()
    reading = open_project_read_only(world.project.root)
    session.set_project(reading, reading.edited_manifest, ())
    world.settle(qtbot)
    world.page.table.selectRow(0)
    assert not world.page.table.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable
    reasons = world.page.blocked()
    assert {"run_rename", "run_note", "run_star", "run_trash", "run_plan"} <= set(reasons)
    assert not {"run_folder", "run_command"} & set(reasons), "looking is allowed"
    world.runs.rename(world.store.ids()[0], "x")
    world.settle(qtbot)
    assert "reading only" in world.told[0]


def test_columns_can_be_hidden_and_stay_so(make_world: MakeWorld) -> None:
    world = make_world()
    menu = world.page.table.columns_menu(world.page)
    memory = next(action for action in menu.actions() if action.text() == "Memory")
    assert isinstance(memory, QAction)
    memory.trigger()
    assert world.page.table.isColumnHidden(RunColumn.MEMORY)
    assert world.context.state.value("compare/hidden_columns") == "MEMORY STARTED"
    assert "Run" not in [action.text() for action in menu.actions()], "the name cannot be hidden"
    menu.deleteLater()


def test_sorting_keeps_the_choice(make_world: MakeWorld) -> None:
    world = make_world()
    # A key that an earlier test held down would let the row be added to the choice.
    world.page.table.clearSelection()
    world.page.table.selectRow(0)
    world.page.table.sortByColumn(RunColumn.ACCURACY, Qt.SortOrder.DescendingOrder)
    assert world.names == ["fine-tuning 2", "transfer 1"]
    assert [run.name for run in world.page.chosen] == ["transfer 1"]


def test_a_plan_of_a_run_can_be_taken_over_and_undone(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    session = world.context.session
    before = session.choice.plan
    world.page.table.selectRow(1)
    world.actions["run_plan"].trigger()
    world.settle(qtbot)
    assert session.choice.plan.frozen == frozenset()
    session.undo_stack.undo()
    assert session.choice.plan == before


def test_the_command_line_is_copied_with_its_remarks(make_world: MakeWorld, qtbot: Any, qapp: QApplication) -> None:
    world = make_world()
    world.page.table.selectRow(0)
    world.actions["run_command"].trigger()
    world.settle(qtbot)
    assert qapp.clipboard().text().startswith("tlft train ")
    assert "The images changed since." in world.told[0]


def test_changes_follow_each_other_in_order(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    run = world.store.ids()[0]
    for number in range(12):
        world.runs.rename(run, f"name {number}")
    world.settle(qtbot)
    assert world.names[0] == "name 11"
    for _ in range(12):
        world.context.session.undo_stack.undo()
    world.settle(qtbot)
    assert world.names[0] == "transfer 1"


def test_nothing_scrolls_sideways_where_there_are_many_runs(make_world: MakeWorld, qtbot: Any) -> None:
    def fill(project: Any) -> None:
        for number in range(12):
            make_run(project, 0.5 + number / 100)

    world = make_world(fill)
    table = world.page.table
    qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() > 0)
    assert table.horizontalScrollBar().maximum() == 0
    assert table.columnWidth(RunColumn.NOTE) >= 36
