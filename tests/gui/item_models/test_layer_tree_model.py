"""The layer tree model: Qt's own tester, ticks computed from the plan, the smallest announcements."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QModelIndex, Qt

from tests.layer_samples import make_layer_tree
from tlft_desktop.core.values.layer_node import LayerTree
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.gui.item_models.layer_tree_model import OWN_RATE_ROLE, Column, LayerTreeModel

CHECK = Qt.ItemDataRole.CheckStateRole


@pytest.fixture
def model(layer_tree: LayerTree) -> LayerTreeModel:
    model = LayerTreeModel()
    model.set_tree(layer_tree, FreezePlan(frozenset({"stem"})))
    return model


def state(model: LayerTreeModel, path: str) -> Qt.CheckState | None:
    return model.data(model.index_of(path), CHECK)


def test_passes_the_tester_before_and_after_edits(model: LayerTreeModel, layer_tree: LayerTree, qtmodeltester) -> None:
    qtmodeltester.check(model, force_py=False)
    model.setData(model.index_of("blocks.0"), Qt.CheckState.Checked, CHECK)
    model.set_plan(FreezePlan(frozenset(layer_tree.owners)))
    model.set_tree(make_layer_tree(5), FreezePlan())
    model.set_tree(None, FreezePlan())
    assert model.rowCount() == 0


def test_ticks_are_computed(model: LayerTreeModel) -> None:
    assert state(model, "stem") == Qt.CheckState.Checked
    assert state(model, "") == Qt.CheckState.PartiallyChecked
    assert state(model, "blocks") == Qt.CheckState.Unchecked
    assert state(model, "blocks.0.act") is None


def test_tick_on_a_parent_freezes_its_owners_and_undo_is_the_old_plan(model: LayerTreeModel) -> None:
    before, plans = model.plan, []
    model.plan_edited.connect(plans.append)
    assert model.setData(model.index_of("blocks"), Qt.CheckState.Checked.value, CHECK)
    assert plans == [model.plan]
    assert state(model, "blocks.1.conv0") == Qt.CheckState.Checked
    assert state(model, "") == Qt.CheckState.PartiallyChecked
    assert model.plan.frozen == {"stem", *(f"blocks.{n}.{leaf}" for n in (0, 1) for leaf in ("conv0", "conv1", "bn"))}
    model.set_plan(before)
    assert state(model, "blocks") == Qt.CheckState.Unchecked


def test_announces_only_what_changed(model: LayerTreeModel) -> None:
    seen: set[str] = set()

    def note(first: QModelIndex, last: QModelIndex, roles: list[int]) -> None:
        assert roles == [CHECK]
        for row in range(first.row(), last.row() + 1):
            seen.add(first.sibling(row, 0).data())

    model.dataChanged.connect(note)
    model.setData(model.index_of("blocks.0"), Qt.CheckState.Checked, CHECK)
    assert {"blocks", "0", "conv0", "conv1", "bn"} <= seen
    assert "head" not in seen


def test_rates_are_shown_where_they_are_set_and_below(model: LayerTreeModel, layer_tree: LayerTree) -> None:
    def rate(path: str) -> tuple[str, bool]:
        index = model.index_of(path).siblingAtColumn(Column.RATE)
        return model.data(index), model.data(index, OWN_RATE_ROLE)

    assert rate("blocks") == ("", False)
    announced: set[int] = set()
    model.dataChanged.connect(lambda first, _last, _roles: announced.add(first.column()))
    model.set_plan(model.plan.with_rate("blocks", 0.3).with_rate("blocks.1.bn", 1))
    assert announced == {Column.RATE}
    assert rate("blocks") == ("x0.3", True)
    assert rate("blocks.0.conv1") == ("(x0.3)", False)
    assert rate("blocks.1.bn") == ("x1", True)
    assert rate("blocks.0.act") == ("", False), "no parameters"
    assert rate("head") == rate("") == ("", False)
    hint = model.data(model.index_of("blocks.0").siblingAtColumn(Column.RATE), Qt.ItemDataRole.ToolTipRole)
    assert "0.3" in hint
    assert "set further up" in hint
    model.set_tree(layer_tree, FreezePlan().with_rate("", 100))
    assert (rate(""), rate("stem")) == (("x100", True), ("(x100)", False))


def test_layers_without_parameters_and_read_only_trees_cannot_be_ticked(model: LayerTreeModel) -> None:
    assert not model.setData(model.index_of("blocks.0.act"), Qt.CheckState.Checked, CHECK)
    assert not model.setData(model.index_of("head").siblingAtColumn(Column.TYPE), Qt.CheckState.Checked, CHECK)
    model.set_read_only()
    assert not model.setData(model.index_of("head"), Qt.CheckState.Checked, CHECK)
    model.set_editable()
    assert model.setData(model.index_of("head"), Qt.CheckState.Checked, CHECK)


def test_stale_index_is_a_failed_lookup(model: LayerTreeModel, layer_tree: LayerTree) -> None:
    stale = model.index_of("head")
    model.set_tree(None, FreezePlan())
    assert model.data(stale) is None
    assert not model.parent(stale).isValid()


def test_tick_on_the_root_of_thousands_of_modules_is_quick() -> None:
    model = LayerTreeModel()
    plan = FreezePlan()
    for number in range(0, 600, 2):
        plan = plan.with_rate(f"blocks.{number}", 0.5)
    model.set_tree(make_layer_tree(600, 6), plan)
    times = []
    for wanted in (Qt.CheckState.Checked, Qt.CheckState.Unchecked) * 3:
        start = time.perf_counter()
        model.setData(model.index_of(""), wanted, CHECK)
        times.append(time.perf_counter() - start)
    assert sorted(times)[1] < 0.1, "goal 0.01 s; loose for a busy machine"
