"""Class table and table of runs."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from tests.gui.fakes import make_manifest
from tlft_desktop.core.values.manifest import Manifest
from tlft_desktop.core.values.run import RunState, RunSummary
from tlft_desktop.gui.item_models.class_table_model import ClassTableModel
from tlft_desktop.gui.item_models.run_table_model import RunTableModel
from tlft_desktop.gui.item_models.table_model import SORT_ROLE

RUN = RunSummary(
    run="01J", name="Transfer 1", strategy="transfer", state=RunState.COMPLETED, val_accuracy=0.8, low=0.7, high=0.9,
    best_epoch=3, epoch=5, num_epochs=5, total_seconds=65.0, frozen_proof="verified", trainable_parameters=4_650_000,
    started="2026-01-02T03:04:05Z",
)  # fmt: skip


def test_class_table(manifest: Manifest, qtmodeltester) -> None:
    model = ClassTableModel()
    qtmodeltester.check(model, force_py=False)
    model.set_manifest(manifest)
    texts = [[model.index(row, column).data() for column in range(6)] for row in range(3)]
    assert texts == [
        ["cat", "4", "1", "0", "0", "5"],
        ["dog", "4", "1", "0", "0", "5"],
        ["<b>bird</b>", "3", "1", "0", "1", "4"],
    ]
    model.set_manifest(make_manifest(("a",) * 1))
    model.set_manifest(None)
    assert model.rowCount() == 0


def test_run_table(qtmodeltester) -> None:
    model = RunTableModel()
    qtmodeltester.check(model, force_py=False)
    model.set_rows(
        [RUN, replace(RUN, run="01K", state=RunState.DAMAGED, problem="run.json is missing", val_accuracy=None)]
    )
    row = [model.index(0, column).data() for column in range(model.columnCount())]
    assert row[:8] == [
        "Transfer 1",
        "Transfer",
        "completed",
        "80.0 % [70.0, 90.0]",
        "3",
        "5 / 5",
        "1 min 05 s",
        "4.65 M",
    ]
    assert row[8] == "unchanged, verified"
    assert model.index(1, 2).data() == "damaged: run.json is missing"
    assert model.index(1, 3).data(SORT_ROLE) < model.index(0, 3).data(SORT_ROLE)
    assert model.headerData(3, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)


def test_equal_length_updates_keep_the_selection(qtbot) -> None:
    model = RunTableModel()
    model.set_rows([RUN])
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.set_rows([replace(RUN, name="best")])
