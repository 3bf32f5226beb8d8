"""Log and queue as item models."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from tests.gui.contexts import make_context
from tlft_desktop.core.values.events import Gate, Notice, PhaseStart
from tlft_desktop.core.values.plan import FreezePlan
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.engine import TrainSettings
from tlft_desktop.gui.item_models.log_model import LogModel
from tlft_desktop.gui.item_models.queue_model import QueueModel
from tlft_desktop.gui.live_run import MAX_LOG_ENTRIES, LiveRun
from tlft_desktop.gui.training_memory import QueuedRun
from tlft_desktop.gui.widgets.log_panel import LogPanel
from tlft_desktop.gui.workers.mailbox import Mail

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal


def tell(live: LiveRun, *texts: str) -> None:
    live.take(Mail(tuple(Notice(kind="note", message=text) for text in texts), (), None, 0))


def test_the_log_grows_loses_its_front_and_begins_anew(qapp: QApplication, tmp_path: Path) -> None:
    parent = QObject()
    icons = make_context(qapp, tmp_path, parent).icons
    model = LogModel(icons, parent)
    QAbstractItemModelTester(model, STRICT, parent)
    live, resets, inserted = LiveRun(), [], []
    model.follow(live)
    model.modelReset.connect(lambda: resets.append(1))
    model.rowsInserted.connect(lambda _parent, first, last: inserted.append((first, last)))
    tell(live, "one", "two <b>")
    model.follow(live)
    model.follow(live)
    assert (model.rowCount(), inserted, resets) == (2, [(0, 1)], [])
    assert model.index(1, 0).data().endswith("two <b>")
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Notice: ")
    tell(live, *(str(number) for number in range(MAX_LOG_ENTRIES)))
    model.follow(live)
    assert model.rowCount() == MAX_LOG_ENTRIES
    assert model.index(0, 0).data().endswith("  0")
    live.take_history([])
    model.follow(live)
    assert (model.rowCount(), resets) == (0, [1])
    other = LiveRun()
    tell(other, "another run")
    model.follow(other)
    assert model.rowCount() == 1
    parent.deleteLater()


def test_the_log_is_filtered_and_copied(qapp: QApplication, tmp_path: Path, qtbot) -> None:
    parent = QObject()
    panel = LogPanel(make_context(qapp, tmp_path, parent))
    qtbot.addWidget(panel)
    live = LiveRun()
    phase = PhaseStart(phase="head", index=0, trainable_parameters=9, frozen_owners=0, cache=None)
    gate = Gate(rule="target", decision="stop", reason="It is 90 %.")
    live.take(Mail((phase, Notice(kind="note", message="a note"), gate), (), None, 0))
    panel.follow(live)
    assert not panel.view.isHidden()
    assert panel.empty.isHidden()
    rows = panel.view.model().rowCount
    assert rows() == 3
    panel.kind.setCurrentIndex(panel.kind.findData("gate"))
    assert rows() == 1
    panel.copy.click()
    assert (
        QGuiApplication.clipboard().text().endswith("The target is reached, so the next phase is left out. It is 90 %.")
    )
    panel.kind.setCurrentIndex(panel.kind.findData("trouble"))
    assert rows() == 0
    panel.copy.click()
    assert "target" in QGuiApplication.clipboard().text(), "nothing shown, nothing copied"
    parent.deleteLater()


def test_the_queue_as_rows(qapp: QApplication) -> None:
    model = QueueModel()
    QAbstractItemModelTester(model, STRICT, model)
    settings = TrainSettings(epochs=8, seed=3, learning_rate=0.01, head="sgd", budget_seconds=90.0)
    run = QueuedRun(7, StrategyKind.CUSTOM, settings, FreezePlan())
    model.show_runs([run, QueuedRun(8, StrategyKind.TRANSFER, TrainSettings())])
    assert model.run_at(0) is run
    assert model.index(0, 0).data() == (
        "1. Custom: 8 epochs, at most 1 min 30 s, learning rate 0.01, head batch by batch, seed 3"
    )
    assert model.index(1, 0).data() == "2. Transfer: seed 0"
    model.show_runs([])
    assert model.rowCount() == 0
