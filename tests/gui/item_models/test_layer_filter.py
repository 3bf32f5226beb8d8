"""Filter of the layer tree and table of backbones: Qt's own tester, search, sort."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.layer_samples import make_layer_tree
from tlft_desktop.core.models.catalog import backbones
from tlft_desktop.core.models.weights_folder import Availability
from tlft_desktop.core.values.plan import FreezePlan, NormPolicy
from tlft_desktop.gui.item_models.backbone_table_model import BackboneFilter, BackboneOffer, BackboneTableModel
from tlft_desktop.gui.item_models.layer_filter import LayerFilter, LayerQuery, error_of, parse_query
from tlft_desktop.gui.item_models.layer_tree_model import STAGE_ROLE, Column, LayerTreeModel


def test_passes_the_tester_with_and_without_a_query(qtmodeltester: Any) -> None:
    model = LayerTreeModel()
    shown = LayerFilter(model)
    qtmodeltester.check(shown, force_py=False)
    model.set_tree(make_layer_tree(3), FreezePlan())
    assert shown.set_query(LayerQuery("bn")) == ""
    model.set_plan(FreezePlan(frozenset({"stem"})).with_norm(NormPolicy.FULL, "blocks.1"))
    assert shown.matches == ("blocks.0.bn", "blocks.1.bn", "blocks.2.bn")
    model.set_tree(make_layer_tree(2), FreezePlan())
    assert shown.matches == ("blocks.0.bn", "blocks.1.bn")
    shown.set_query(LayerQuery(""))
    model.set_tree(None, FreezePlan())
    assert shown.rowCount() == 0


@pytest.mark.parametrize(
    ("text", "is_regex", "query"),
    [
        ("  conv ", False, LayerQuery("conv")),
        ("conv", True, LayerQuery("conv", is_regex=True)),
        ("/conv$/", False, LayerQuery("conv$", is_regex=True)),
        ("//", False, LayerQuery("//")),
        ("/", True, LayerQuery("/", is_regex=True)),
        ("", True, LayerQuery("", is_regex=True)),
    ],
)
def test_queries(text: str, is_regex: bool, query: LayerQuery) -> None:
    assert parse_query(text, is_regex=is_regex) == query


@pytest.mark.parametrize("text", ["(", "[", "*", "a{2,1}", "(?P<", "\\", "(?<=a*)b"])
def test_bad_expressions_have_a_reason_and_change_nothing(text: str) -> None:
    model = LayerTreeModel()
    model.set_tree(make_layer_tree(), FreezePlan())
    shown = LayerFilter(model)
    shown.set_query(LayerQuery("stem"))
    bad = LayerQuery(text, is_regex=True)
    assert error_of(bad)
    assert shown.set_query(bad) == error_of(bad)
    assert shown.matches == ("stem",)


def test_stages_are_marked_where_they_begin() -> None:
    model = LayerTreeModel()
    model.set_tree(make_layer_tree(), FreezePlan())

    def stage(path: str) -> tuple[str, int]:
        index = model.index_of(path).siblingAtColumn(Column.STAGE)
        return index.data(), index.data(STAGE_ROLE)

    assert stage("") == ("", -1)
    assert stage("stem") == ("stem", 0)
    assert stage("blocks") == ("", -1)
    assert stage("blocks.0") == ("1", 1)
    assert stage("blocks.0.bn") == ("1", -1)
    assert stage("blocks.1") == ("2", 2)
    assert stage("head") == ("head", 3)


@pytest.fixture
def table() -> BackboneTableModel:
    model = BackboneTableModel()
    here = {backbones()[0].name}
    model.set_rows(
        [
            BackboneOffer(entry, Availability.BUNDLED if entry.name in here else Availability.DOWNLOAD)
            for entry in backbones()
        ]
    )
    return model


def test_table_of_backbones(table: BackboneTableModel, qtmodeltester: Any) -> None:
    qtmodeltester.check(table, force_py=False)
    row = [table.index(0, column).data() for column in range(table.columnCount())]
    assert row == [
        "EfficientNet-Lite0", "4.65 M", "385 M", "74.8 %", "224 px", "Apache-2.0", "here, bundled",
    ]  # fmt: skip
    assert table.index(1, 6).data().startswith("not here (")


def test_search_and_sort_of_backbones(table: BackboneTableModel, qtmodeltester: Any) -> None:
    shown = BackboneFilter(table)
    qtmodeltester.check(shown, force_py=False)
    assert shown.rowCount() == len(backbones())
    shown.set_text("VIT tiny")
    assert [shown.index(row, 0).data() for row in range(shown.rowCount())] == ["ViT Tiny/16 (ImageNet-21k)"]
    shown.set_text("")
    shown.sort(1, Qt.SortOrder.AscendingOrder)
    counts = [table.rows[shown.mapToSource(shown.index(row, 0)).row()].entry.parameters for row in range(5)]
    assert counts == sorted(counts)
    shown.show_only_here()
    assert shown.rowCount() == 1
    shown.show_all()
    shown.set_text("no such thing")
    assert shown.rowCount() == 0
