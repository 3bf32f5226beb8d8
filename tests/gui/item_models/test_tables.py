"""Class table."""

from __future__ import annotations

from tests.gui.fakes import make_manifest
from tlft_desktop.core.values.manifest import Manifest
from tlft_desktop.gui.item_models.class_table_model import ClassTableModel


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
