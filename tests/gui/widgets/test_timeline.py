"""The timeline of phases: lanes moved by mouse and keys, and the tree that follows them and leads them."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.fake_training import fit_start
from tests.gui.fakes import FakeEngine
from tests.gui.train_pages import TrainWorld, end_world, make_world
from tlft_desktop.core.freezing.presets import freeze_up_to
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.values.thaw import ThawSchedule
from tlft_desktop.gui.widgets.lane_board import LaneRow, next_factor
from tlft_desktop.gui.widgets.timeline_panel import TimelinePanel

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
LEFT = Qt.MouseButton.LeftButton
EPOCHS = 20


@pytest.fixture
def world(qapp: QApplication, tmp_path: Path, qtbot) -> Iterator[TrainWorld]:
    parent = QObject()
    world = make_world(qapp, tmp_path, parent, FakeEngine(num_epochs=10_000, pause_s=0.001))
    world.open()
    world.page.form.epochs.setValue(EPOCHS)
    world.page.resize(1000, 560)
    world.page.show()
    for key in ("timeline", "loss"):
        QTest.mouseClick(world.page.deck.buttons[key], LEFT)
    world.page.activateWindow()
    qtbot.waitUntil(lambda: world.is_idle, timeout=10_000)
    choose(world, FreezePlan())
    yield world
    end_world(world, qtbot, parent)


def choose(world: TrainWorld, plan: FreezePlan, **thaw: int) -> None:
    epochs = tuple((stage.replace("_", "."), epoch) for stage, epoch in thaw.items())
    world.context.session.choose_schedule(plan, ThawSchedule(epochs), "test")
    world.context.session.undo_stack.clear()


def panel_of(world: TrainWorld) -> TimelinePanel:
    return world.page.timeline


def row_of(world: TrainWorld, stage: str) -> LaneRow:
    return next(row for row in panel_of(world).lanes.rows if row.lane.stage == stage)


def start_of(world: TrainWorld, stage: str) -> int:
    row = row_of(world, stage)
    return panel_of(world).lanes.board.start_of(row.lane)


def press(world: TrainWorld, row: LaneRow, place: QPoint) -> None:
    QTest.mousePress(row, LEFT, Qt.KeyboardModifier.NoModifier, place)


def test_a_lane_is_dragged_by_its_beginning_as_one_step_to_undo(world: TrainWorld) -> None:
    session, row = world.context.session, row_of(world, "blocks.1")
    y = row.height() // 2
    press(world, row, QPoint(row.x_of(0), y))
    for epoch in (2, 5, 9):
        QTest.mouseMove(row, QPoint(row.x_of(epoch), y))
        assert start_of(world, "blocks.1") == epoch, "shown while it is dragged"
        assert session.choice.thaw == ThawSchedule(), "held when it is let go"
    QTest.mouseRelease(row, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(row.x_of(9), y))
    assert session.choice.thaw == ThawSchedule((("blocks.1", 9),))
    assert session.choice.kind is StrategyKind.CUSTOM
    assert session.undo_stack.count() == 1
    session.undo_stack.undo()
    assert session.choice.thaw == ThawSchedule()
    assert session.choice.kind is StrategyKind.FINETUNE
    assert start_of(world, "blocks.1") == 0
    session.undo_stack.redo()
    assert start_of(world, "blocks.1") == 9


def test_a_lane_is_dragged_higher_and_lower(world: TrainWorld) -> None:
    session, row = world.context.session, row_of(world, "blocks.0")
    x = row.x_of(EPOCHS // 2)
    press(world, row, QPoint(x, 10))
    QTest.mouseMove(row, QPoint(x, 10 + 48))
    QTest.mouseRelease(row, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(x, 10 + 48))
    assert session.choice.plan.rate_of("blocks.0.conv0") == pytest.approx(0.1)
    assert session.choice.plan.rate_of("blocks.1.conv0") == 1.0
    assert session.undo_stack.count() == 1
    assert "learning rate times 0.1" in row_of(world, "blocks.0").accessibleName()


def test_a_lane_that_is_dragged_to_the_end_is_frozen_and_back_again(world: TrainWorld) -> None:
    session, row = world.context.session, row_of(world, "stem")
    y = row.height() // 2
    press(world, row, QPoint(row.x_of(0), y))
    QTest.mouseMove(row, QPoint(row.x_of(EPOCHS) + 30, y))
    assert row.lane.is_frozen
    QTest.mouseMove(row, QPoint(row.x_of(6), y))
    assert not row.lane.is_frozen
    QTest.mouseMove(row, QPoint(row.x_of(EPOCHS), y))
    QTest.mouseRelease(row, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(row.x_of(EPOCHS), y))
    assert session.choice.plan.frozen == {"stem"}
    assert session.undo_stack.count() == 1


def test_escape_takes_a_move_back(world: TrainWorld) -> None:
    session, row = world.context.session, row_of(world, "stem")
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Right)
    QTest.keyClick(row, Qt.Key.Key_Up)
    assert (start_of(world, "stem"), row.lane.factor) == (1, 2.0)
    QTest.keyClick(row, Qt.Key.Key_Escape)
    assert (start_of(world, "stem"), row.lane.factor) == (0, 1.0)
    assert session.undo_stack.count() == 0


def test_keys_move_lanes_and_what_they_moved_holds_when_they_rest(world: TrainWorld, qtbot) -> None:
    session, row = world.context.session, row_of(world, "stem")
    row.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down):
        QTest.keyClick(row, key)
    assert session.undo_stack.count() == 0
    qtbot.waitUntil(lambda: session.undo_stack.count() == 1, timeout=5_000)
    assert session.choice.thaw == ThawSchedule((("stem", 1),))
    assert session.choice.plan.rate_of("stem") == 0.5
    QTest.keyClick(row, Qt.Key.Key_Home)
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert session.choice.thaw == ThawSchedule()
    QTest.keyClick(row, Qt.Key.Key_End)
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert session.choice.plan.frozen == {"stem"}
    QTest.keyClick(row, Qt.Key.Key_Left)
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert session.choice.thaw == ThawSchedule((("stem", EPOCHS - 1),))
    QTest.keyClick(row, Qt.Key.Key_Space)
    QTest.keyClick(row, Qt.Key.Key_Tab)
    assert session.choice.plan.frozen == {"stem"}, "leaving a lane lets its move hold"
    assert row_of(world, "blocks.0").hasFocus()


def test_the_tree_leads_the_timeline(world: TrainWorld) -> None:
    session, tree = world.context.session, world.context.session.layer_tree
    assert tree is not None
    session.choose_plan(freeze_up_to(tree, FreezePlan(), "blocks.0"), "tick")
    assert [row.lane.is_frozen for row in panel_of(world).lanes.rows] == [True, True, False, False]
    session.choose_plan(FreezePlan(frozenset({"blocks.0.conv0"})), "tick")
    assert [row.lane.is_partial for row in panel_of(world).lanes.rows] == [False, True, False, False]
    assert "in part" in row_of(world, "blocks.0").accessibleName()


def test_the_last_lane_cannot_be_frozen(world: TrainWorld) -> None:
    session = world.context.session
    choose(world, FreezePlan(frozenset({"stem", *(o for o in session.layer_tree.owners if "blocks" in o)})))  # type: ignore[union-attr]
    world.page.form.head.setCurrentIndex(world.page.form.head.findData("sgd"))
    row = row_of(world, "head")
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_End)
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert "head" not in session.choice.plan.frozen
    assert session.undo_stack.count() == 0


def test_a_stage_thaws_out_of_transfer(world: TrainWorld) -> None:
    session = world.context.session
    session.choose_strategy(StrategyKind.TRANSFER, "transfer")
    assert "solved exactly" in row_of(world, "head").accessibleName()
    assert "solved exactly" in panel_of(world).note.text()
    row = row_of(world, "blocks.1")
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Left)
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert session.choice.kind is StrategyKind.CUSTOM
    assert session.choice.thaw == ThawSchedule((("blocks.1", EPOCHS - 1),))
    assert "stem" in session.choice.plan.frozen


def test_gradual_unfreezing_is_a_stair_that_can_be_changed(world: TrainWorld) -> None:
    session = world.context.session
    session.choose_strategy(StrategyKind.GRADUAL, "gradual")
    assert [start_of(world, row.lane.stage) for row in panel_of(world).lanes.rows] == [15, 10, 5, 0]
    world.page.form.epochs.setValue(8)
    assert [start_of(world, row.lane.stage) for row in panel_of(world).lanes.rows] == [6, 4, 2, 0]
    row = row_of(world, "stem")
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Right)
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert session.choice.kind is StrategyKind.CUSTOM
    assert session.choice.thaw.to_json() == {"blocks.0": 4, "blocks.1": 2, "stem": 7}


def test_a_hybrid_is_shown_and_not_moved(world: TrainWorld) -> None:
    session = world.context.session
    session.choose_strategy(StrategyKind.HYBRID, "hybrid")
    session.undo_stack.clear()
    row = row_of(world, "stem")
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Right)
    QTest.mouseClick(row, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(row.x_of(3), 5))
    assert session.undo_stack.count() == 0
    assert panel_of(world).note.text().startswith("Hybrid decides")


def test_fewer_epochs_than_a_stage_waits_are_said(world: TrainWorld) -> None:
    choose(world, FreezePlan(), stem=12)
    assert "2 phases" in panel_of(world).note.text()
    world.page.form.epochs.setValue(10)
    assert "would begin after the last epoch" in panel_of(world).note.text()
    assert "after the last epoch" in row_of(world, "stem").accessibleName()
    world.page.form.epochs.setValue(13)
    assert "2 phases" in panel_of(world).note.text()


def test_a_project_that_is_read_only_is_not_moved(world: TrainWorld) -> None:
    session = world.context.session
    manifest, tree = session.manifest, session.layer_tree
    assert manifest is not None
    assert tree is not None
    world.close()
    assert not panel_of(world).lanes.isVisible()
    assert "appear here" in panel_of(world).note.text()
    session.set_project(open_project_read_only(world.root), manifest, ())
    session.set_layer_tree(tree)
    row = row_of(world, "blocks.1")
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Left)
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert session.undo_stack.count() == 0


def test_screen_readers_are_told_what_a_lane_says(world: TrainWorld) -> None:
    row = row_of(world, "stem")
    interface = QAccessible.queryAccessibleInterface(row)
    assert interface.text(QAccessible.Text.Name) == "stem: trains from epoch 1 to 20"
    assert "Left and Right" in interface.text(QAccessible.Text.Description)
    assert interface.state().focusable


def test_a_training_with_these_phases_is_marked(world: TrainWorld, qtbot) -> None:
    live = world.desk.live
    phases = ({"name": "fine-tuning", "epochs": EPOCHS},)
    world.desk.start(StrategyKind.FINETUNE, world.page.settings())
    qtbot.waitUntil(lambda: world.desk.live.epoch >= 2, timeout=10_000)
    live = world.desk.live
    live.fit_start = replace(fit_start(), phases=phases)
    assert panel_of(world).show_run(live)
    assert panel_of(world).lanes.marker == pytest.approx(live.position, abs=1.0)
    live.fit_start = replace(fit_start(), phases=({"name": "other", "epochs": EPOCHS},))
    panel_of(world).show_run(live)
    assert panel_of(world).lanes.marker is None


def test_a_schedule_is_saved_and_read_with_its_project(world: TrainWorld, qtbot) -> None:
    session = world.context.session
    choose(world, FreezePlan(), blocks_0=4)
    saved: list[bool] = []
    world.context.saver.flush(lambda: saved.append(True))
    qtbot.waitUntil(lambda: bool(saved), timeout=10_000)
    assert json.loads((world.root / "project.json").read_bytes())["thaw"] == {"blocks.0": 4}
    world.close()
    world.open()
    assert session.choice.thaw == ThawSchedule((("blocks.0", 4),))
    assert session.choice.kind is StrategyKind.CUSTOM
    assert start_of(world, "blocks.0") == 4
    session.choose_strategy(StrategyKind.FINETUNE, "all")
    assert session.choice.thaw == ThawSchedule()
    session.choose_strategy(StrategyKind.CUSTOM, "mine")
    assert session.choice.thaw == ThawSchedule((("blocks.0", 4),)), "what the user made is not lost"


def test_a_queued_run_keeps_its_schedule(world: TrainWorld) -> None:
    choose(world, FreezePlan(), blocks_0=4)
    world.page.handlers()["queue_add"]()
    (run,) = world.desk.queue.runs
    assert run.thaw == ThawSchedule((("blocks.0", 4),))


def test_a_move_is_shown_at_once(world: TrainWorld) -> None:
    taken = []
    for epoch in (3, 4, 5, 6, 7):
        started = time.perf_counter()
        panel_of(world).lanes.start_moved.emit("stem", epoch)
        panel_of(world).lanes.repaint()
        taken.append(time.perf_counter() - started)
    assert min(taken) < 0.05
    panel_of(world).revert()


@pytest.mark.parametrize(
    ("factor", "step", "following"),
    [(1.0, 1, 2.0), (1.0, -1, 0.5), (0.12, 1, 0.2), (0.12, -1, 0.1), (100.0, 1, 100.0), (0.001, -1, 0.001)],
)
def test_keys_take_round_factors(factor: float, step: int, following: float) -> None:
    assert next_factor(factor, step) == following
