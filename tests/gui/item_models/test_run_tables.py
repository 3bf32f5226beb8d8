"""The table of runs, and the tree of two freeze plans."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from tests.layer_samples import make_layer_tree
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.run import RunState, RunSummary
from tlft_desktop.gui.icons import IconSet
from tlft_desktop.gui.item_models.plan_diff_model import DiffColumn, DifferenceFilter, PlanDiffModel
from tlft_desktop.gui.item_models.run_table_model import RunColumn, RunTableModel, best_of
from tlft_desktop.gui.item_models.table_model import SORT_ROLE
from tlft_desktop.gui.run_plans import Freezing, compare_plans
from tlft_desktop.gui.theme import ThemeController

RUN = RunSummary(
    run="01J", name="Transfer 1", strategy="transfer", state=RunState.COMPLETED, val_accuracy=0.8, low=0.7, high=0.9,
    best_epoch=3, epoch=5, num_epochs=5, total_seconds=65.0, frozen_proof="verified", trainable_parameters=46_500,
    total_parameters=4_650_000, peak_memory_bytes=2**30, started="2026-01-02T03:04:05Z", note="two\u00a0words",
)  # fmt: skip
DAMAGED = RunSummary(run="01K", name="", strategy="", state=RunState.DAMAGED, problem="run.json is missing")


def texts(model: RunTableModel, row: int) -> dict[RunColumn, str]:
    return {column: model.index(row, column).data() for column in RunColumn}


def test_run_table(qtmodeltester: Any) -> None:
    model = RunTableModel()
    qtmodeltester.check(model, force_py=False)
    model.set_editable()
    model.set_rows([RUN, DAMAGED])
    shown = texts(model, 0)
    assert shown[RunColumn.ACCURACY] == "80.0 % [70.0, 90.0]"
    assert [shown[column] for column in (RunColumn.TRAINED, RunColumn.TIME, RunColumn.MEMORY, RunColumn.EPOCH)] == [
        "1.0 %",
        "1 min 05 s",
        "1.0 GiB",
        "3 of 5",
    ]
    assert (shown[RunColumn.PROOF], shown[RunColumn.STATE]) == ("unchanged", "completed")
    damaged = texts(model, 1)
    assert damaged[RunColumn.NAME] == "01K"
    assert (damaged[RunColumn.STATE], damaged[RunColumn.NOTE]) == ("damaged", "run.json is missing")
    assert {damaged[column] for column in (RunColumn.TIME, RunColumn.TRAINED, RunColumn.MEMORY)} == {"—"}
    sorted_by = [model.index(row, RunColumn.ACCURACY).data(SORT_ROLE) for row in (0, 1)]
    assert sorted_by[1] < sorted_by[0]
    assert all(
        model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        for column in (RunColumn.STAR, RunColumn.ACCURACY, RunColumn.PROOF)
    )


def test_a_run_without_the_size_of_its_network_shows_a_number(qtbot: Any) -> None:
    model = RunTableModel()
    model.set_rows([replace(RUN, total_parameters=0)])
    assert model.index(0, RunColumn.TRAINED).data() == "46.5 k"


def test_a_head_that_was_solved_has_no_best_epoch(qtbot: Any) -> None:
    model = RunTableModel()
    solved = replace(RUN, is_head_solved=True, best_epoch=72, epoch=72, num_epochs=200, num_solver_steps=200)
    at_once = replace(solved, best_epoch=1)
    hybrid = replace(solved, is_head_solved=False, best_epoch=74, epoch=74, num_epochs=220, solver_steps=72)
    returned = replace(hybrid, best_epoch=72)
    model.set_rows([RUN, replace(RUN, epoch=3, num_epochs=30), solved, at_once, hybrid, returned])
    shown = [model.index(row, RunColumn.EPOCH).data() for row in range(6)]
    assert shown == ["3 of 5", "3 of 30", "solved", "solved", "2 of 20", "solved"]
    tip = model.index(2, RunColumn.EPOCH).data(Qt.ItemDataRole.ToolTipRole)
    assert "steps: 72" in tip
    assert [model.index(row, RunColumn.EPOCH).data(SORT_ROLE) for row in range(6)] == [3, 3, 0, 0, 2, 0]


def test_typing_is_announced_and_shown_only_when_it_is_on_disk(qtbot: Any) -> None:
    model = RunTableModel()
    model.set_rows([RUN])
    name = model.index(0, RunColumn.NAME)
    assert not model.setData(name, "x"), "nothing can be typed before the project is open for writing"
    model.set_editable()
    with qtbot.waitSignal(model.name_edited) as typed:
        assert model.setData(name, " north ")
    assert typed.args == ["01J", "north"]
    assert name.data() == "Transfer 1"
    with qtbot.assertNotEmitted(model.name_edited):
        assert not model.setData(name, "Transfer 1 "), "nothing was changed"
        assert not model.setData(model.index(0, RunColumn.TIME), "3")
    star = model.index(0, RunColumn.STAR)
    with qtbot.waitSignal(model.star_toggled):
        assert model.setData(star, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert "star" in star.data(Qt.ItemDataRole.AccessibleTextRole)


def test_equal_length_updates_keep_the_selection(qtbot: Any) -> None:
    model = RunTableModel()
    model.set_rows([RUN])
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.set_rows([replace(RUN, name="best")])


def test_the_best_run_is_the_quicker_of_equal_ones() -> None:
    quick = replace(RUN, run="02", total_seconds=5.0)
    assert best_of([RUN, quick, DAMAGED]) is quick
    assert best_of([DAMAGED]) is None


@pytest.fixture
def diff(qapp: QApplication, tmp_path: Path) -> PlanDiffModel:
    host = QObject()
    model = PlanDiffModel(IconSet(ThemeController(qapp, host), host), host)
    model.host = host  # type: ignore[attr-defined]
    return model


def test_two_plans_in_one_tree(diff: PlanDiffModel, qtmodeltester: Any) -> None:
    tree = make_layer_tree()
    first, second = FreezePlan(frozenset({"stem"})), FreezePlan(frozenset({"stem", "blocks.0.conv0"}))
    diff.set_plans(tree, (first, second), ("A", "B"))
    qtmodeltester.check(diff, force_py=False)
    assert diff.num_differing == 1
    root = diff.index(0, 0)
    assert root.siblingAtColumn(DiffColumn.DIFFERENCE).data() == "1 layer differs"
    stem, blocks = diff.index(0, 0, root), diff.index(1, 0, root)
    assert stem.siblingAtColumn(DiffColumn.FIRST).data() == "frozen"
    assert stem.siblingAtColumn(DiffColumn.DIFFERENCE).data() == ""
    states = [blocks.siblingAtColumn(column).data() for column in (DiffColumn.FIRST, DiffColumn.SECOND)]
    assert states == ["trains", "partly frozen"]
    conv = diff.index(0, 0, diff.index(0, 0, blocks))
    assert conv.siblingAtColumn(DiffColumn.DIFFERENCE).data() == "differs"
    assert not conv.siblingAtColumn(DiffColumn.DIFFERENCE).data(Qt.ItemDataRole.DecorationRole).isNull()
    assert conv.data(Qt.ItemDataRole.AccessibleTextRole) == "conv0, A: trains, B: frozen"


def test_two_plans_with_different_rates(diff: PlanDiffModel) -> None:
    tree = make_layer_tree()
    first = FreezePlan(frozenset({"stem"})).with_rate("blocks", 0.3).with_rate("stem", 0.1)
    second = FreezePlan(frozenset({"stem"})).with_rate("blocks.1", 0.3)
    diff.set_plans(tree, (first, second), ("A", "B"))
    assert diff.num_differing == 3, "three layers of the first block; what both freeze is equal"
    root = diff.index(0, 0)
    stem, blocks = diff.index(0, 0, root), diff.index(1, 0, root)
    assert stem.siblingAtColumn(DiffColumn.FIRST).data() == "frozen"
    block = diff.index(0, 0, blocks)
    states = [block.siblingAtColumn(column).data() for column in (DiffColumn.FIRST, DiffColumn.SECOND)]
    assert states == ["trains, x0.3", "trains"]
    assert block.siblingAtColumn(DiffColumn.DIFFERENCE).data() == "3 layers differ"
    assert diff.index(1, 0, blocks).siblingAtColumn(DiffColumn.SECOND).data() == "trains, x0.3"


def test_two_plans_of_which_one_has_adapters(diff: PlanDiffModel) -> None:
    tree = make_layer_tree()
    frozen = FreezePlan(frozenset({"stem", "blocks.0.conv0", "blocks.0.conv1"}))
    diff.set_plans(tree, (frozen, frozen.with_adapter("blocks.0", 4)), ("A", "B"))
    assert diff.num_differing == 2, "an adapter fits beside the two convolutions only"
    block = diff.index(0, 0, diff.index(1, 0, diff.index(0, 0)))
    conv = diff.index(0, 0, block)
    states = [conv.siblingAtColumn(column).data() for column in (DiffColumn.FIRST, DiffColumn.SECOND)]
    assert states == ["frozen", "frozen, adapter of rank 4"]
    assert block.siblingAtColumn(DiffColumn.DIFFERENCE).data() == "2 layers differ"


def test_only_differences_are_left_with_what_they_lie_in(diff: PlanDiffModel, qtmodeltester: Any) -> None:
    shown = DifferenceFilter(diff)
    shown.setRecursiveFilteringEnabled(True)
    shown.setSourceModel(diff)
    diff.set_plans(make_layer_tree(), (FreezePlan(), FreezePlan(frozenset({"blocks.1.bn"}))), ("A", "B"))
    shown.show_differences()
    qtmodeltester.check(shown, force_py=False)
    path, index = [], shown.index(0, 0)
    while index.isValid():
        path.append(index.data())
        assert shown.rowCount(index) <= 1
        index = shown.index(0, 0, index)
    assert path == ["tiny", "blocks", "1", "bn"]
    shown.show_all()
    assert shown.rowCount(shown.index(0, 0)) == 3
    diff.set_plans(make_layer_tree(), (FreezePlan(), FreezePlan()), ("A", "B"))
    shown.show_differences()
    assert shown.rowCount() == 0


def test_plans_that_name_unknown_layers_compare_as_if_these_were_not_there() -> None:
    pairs = compare_plans(make_layer_tree(), FreezePlan(frozenset({"nowhere"})), FreezePlan())
    assert pairs[""].num_differing == 0
    assert pairs["blocks.0.act"].first is Freezing.EMPTY
