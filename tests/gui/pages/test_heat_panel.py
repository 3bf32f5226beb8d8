"""The heat of layers on the page Layers: read when somebody looks, live while a run trains, a plan with a way back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.gui.fake_training import RUN, fit_start
from tests.gui.pages.layers_world import LayersWorld
from tests.gui.run_files import make_run
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.fsio import AppendLog
from tlft_desktop.core.runs.store import HEAT_FILE, RunStore
from tlft_desktop.core.values.events import Event, FitEnd, LayerHeat
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.desks.heat_desk import BEFORE
from tlft_desktop.gui.heat_measures import HeatMeasure
from tlft_desktop.gui.item_models.layer_tree_model import HEAT_ROLE, Column

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
TIP = Qt.ItemDataRole.ToolTipRole


def norms(epoch: int, early: float = 1.0) -> dict[str, list[float]]:
    """Return heat whose late block is pulled at most; changes grow with the epochs, and the head has none."""
    return {
        "stem": [0.1 * early, 1.0, 0.01 * epoch, 1.0],
        "blocks.0.conv0": [0.2, 2.0, 0.0, 2.0],
        "blocks.1.conv0": [2.0, 2.0, 0.3 * epoch, 3.0],
        "blocks.1.conv1": [2.0, 2.0, 0.4 * epoch, 4.0],
        "head": [50.0, 1.0, 0.0, 0.0],
    }


def tuned(world: LayersWorld, *, num_epochs: int = 3, kind: StrategyKind = StrategyKind.FINETUNE) -> str:
    """Write a run with heat and tell the session of it."""
    run = make_run(world.project, 0.8, kind=kind)
    store = RunStore(world.project.root)
    with AppendLog(store.folder(run) / HEAT_FILE) as log:
        for epoch in range(1, num_epochs + 1):
            log.append({"phase": "fine-tuning", "epoch": epoch, "owners": norms(epoch)})
    world.context.session.set_runs(store.summaries())
    return run


def opened(world: LayersWorld, qtbot: Any) -> None:
    """Open the panel by its action."""
    world.actions["heat"].trigger()
    qtbot.waitUntil(world.page.panels.heat.isVisible)


def words_of(world: LayersWorld) -> str:
    return world.page.panels.heat.words.text().replace("\u00a0", " ")


def shown(world: LayersWorld, path: str) -> str:
    return str(world.index(path, Column.HEAT).data())


def test_nothing_is_read_before_somebody_looks_and_the_empty_state_says_what_to_do(
    probing: LayersWorld, qtbot: Any
) -> None:
    desk, panel = probing.page.panels.heating, probing.page.panels.heat
    assert probing.page.tree.isColumnHidden(Column.HEAT)
    opened(probing, qtbot)
    assert desk.run == BEFORE
    assert "choose Measure" in panel.text.text()
    assert panel.measure.isEnabled()
    assert not panel.propose.isEnabled()
    assert probing.engine.heated == []
    assert shown(probing, "stem") == ""
    assert "not measured" in str(probing.index("stem", Column.HEAT).data(TIP))


def test_the_newest_run_is_shown_in_the_tree_and_as_curves(probing: LayersWorld, qtbot: Any) -> None:
    tuned(probing)
    newest = tuned(probing)
    tuned(probing, kind=StrategyKind.TRANSFER)
    desk, panel = probing.page.panels.heating, probing.page.panels.heat
    assert desk.epochs == ()
    opened(probing, qtbot)
    qtbot.waitUntil(lambda: len(desk.epochs) == 3)
    assert desk.run == newest
    assert not probing.page.tree.isColumnHidden(Column.HEAT)
    assert "Epoch 3" in panel.text.text()
    assert (shown(probing, "stem"), shown(probing, "blocks.1")) == ("0.1", "1")
    assert shown(probing, "blocks.1.bn") == "", "it was frozen"
    assert probing.index("stem", Column.HEAT).data(HEAT_ROLE) == pytest.approx((0.1, 0.0))
    assert probing.index("blocks.1", Column.HEAT).data(HEAT_ROLE) == pytest.approx((0.0, 1.0))
    assert "it strains" in str(probing.index("blocks.1", Column.HEAT).data(TIP))
    assert "it is still" in str(probing.index("stem", Column.HEAT).data(TIP))
    assert panel.plot is not None
    assert [curve.name for curve in panel.plot.curves()] == ["stem", "blocks.0", "blocks.1"]
    assert list(panel.plot.curves()[0].x) == [1, 2, 3]


def test_another_measure_and_another_epoch(probing: LayersWorld, qtbot: Any) -> None:
    tuned(probing)
    desk, panel = probing.page.panels.heating, probing.page.panels.heat
    opened(probing, qtbot)
    qtbot.waitUntil(lambda: len(desk.epochs) == 3)
    panel.measures.button_of(HeatMeasure.CHANGE).click()
    assert shown(probing, "blocks.1") == "0.3"
    assert shown(probing, "blocks.0") == "0"
    assert shown(probing, "head") == "", "it is new"
    assert panel.plot is not None
    assert list(panel.plot.curves()[2].y) == pytest.approx([0.1, 0.2, 0.3])
    panel.plot.epoch_clicked.emit(1)
    assert shown(probing, "blocks.1") == "0.1"
    assert "Epoch 1" in panel.text.text()
    panel.last.click()
    assert shown(probing, "blocks.1") == "0.3"
    assert not panel.last.isVisibleTo(panel)


def test_a_plan_is_proposed_in_words_used_and_undone(probing: LayersWorld, qtbot: Any) -> None:
    tuned(probing)
    desk, panel = probing.page.panels.heating, probing.page.panels.heat
    opened(probing, qtbot)
    qtbot.waitUntil(lambda: len(desk.epochs) == 3)
    before, steps = probing.plan, probing.num_steps
    panel.propose.click()
    assert "Straining, so train: blocks.1 (100 %)." in words_of(probing)
    assert "Still, so freeze: stem (10 %), blocks.0 (10 %)" in words_of(probing)
    assert "That would let train: blocks.1." in words_of(probing)
    assert probing.plan == before
    panel.use.click()
    assert probing.num_steps == steps + 1
    assert not {owner for owner in probing.plan.frozen if owner.startswith(("blocks.1", "head"))}
    assert {"stem", "blocks.0.conv0", "blocks.0.bn"} <= probing.plan.frozen
    assert "like that already" in words_of(probing)
    assert not panel.use.isVisibleTo(panel)
    probing.undo()
    assert probing.plan == before
    assert panel.use.isVisibleTo(panel)


def test_before_training_and_drift_are_measured_when_asked_for(probing: LayersWorld, qtbot: Any) -> None:
    desk, panel = probing.page.panels.heating, probing.page.panels.heat
    opened(probing, qtbot)
    panel.measure.click()
    qtbot.waitUntil(lambda: bool(desk.epochs))
    assert probing.engine.heated == [BEFORE]
    assert shown(probing, "stem") == "1"
    assert "best head" in panel.text.text()
    panel.propose.click()
    assert "stem (100 %)" in words_of(probing)
    run = tuned(probing)
    assert desk.run == BEFORE, "what was asked for stays"
    panel.runs.setCurrentIndex(0)
    panel.runs.activated.emit(0)
    assert desk.run == run
    panel.measures.button_of(HeatMeasure.DRIFT).click()
    assert "256 validation images" in panel.text.text()
    panel.measure.click()
    qtbot.waitUntil(lambda: desk.drift is not None)
    assert probing.engine.heated == [BEFORE, run]
    assert (shown(probing, "blocks.1"), shown(probing, "blocks.1.conv0")) == ("0.2", "")
    assert "12 validation images" in panel.text.text()


def live(control: Control) -> Iterator[Event]:
    yield fit_start(3)
    for epoch in (1, 2):
        yield LayerHeat(run=RUN, phase="fine-tuning", epoch=epoch, owners=norms(epoch))
    while not control.stop_requested:
        time.sleep(0.005)
    yield FitEnd(run=RUN, state="stopped", best=None, frozen_proof="verified", total_seconds=1.0)


def test_a_run_that_trains_is_shown_as_it_goes(probing: LayersWorld, qtbot: Any) -> None:
    desk, panel = probing.page.panels.heating, probing.page.panels.heat
    opened(probing, qtbot)
    probing.context.machine.make_way(lambda: probing.context.controller.start(live))
    qtbot.waitUntil(lambda: len(desk.epochs) == 2)
    assert desk.run == RUN
    assert panel.runs.currentText() == "the run that trains"
    assert shown(probing, "blocks.1") == "1"
    probing.context.controller.request_stop()
    qtbot.waitUntil(lambda: not probing.context.controller.is_active)


@pytest.mark.parametrize("data", [b"\xff" * 50, b'{"phase": "x", "epoch": 1}\n', b""])
def test_a_damaged_file_is_no_heat_in_words(probing: LayersWorld, qtbot: Any, data: bytes) -> None:
    run = tuned(probing)
    (RunStore(probing.project.root).folder(run) / HEAT_FILE).write_bytes(data)
    opened(probing, qtbot)
    qtbot.waitUntil(lambda: "no heat" in probing.page.panels.heat.text.text())
    assert not probing.page.panels.heat.propose.isEnabled()


def test_heat_of_another_network_is_not_shown(
    probing: LayersWorld, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tuned(probing)
    monkeypatch.setattr(probing.context.session, "_backbone", "timm:other")
    opened(probing, qtbot)
    qtbot.waitUntil(lambda: "another network" in probing.page.panels.heat.text.text())


def test_what_cannot_be_measured_says_why(probing: LayersWorld, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> Iterator[Any]:
        raise InputError("It needs training images of two classes at least.")
        yield

    monkeypatch.setattr(probing.engine, "heat", refuse)
    opened(probing, qtbot)
    probing.page.panels.heat.measure.click()
    qtbot.waitUntil(lambda: "two classes" in probing.page.panels.heat.text.text())


def test_another_project_has_no_heat_of_the_one_before(probing: LayersWorld, qtbot: Any) -> None:
    tuned(probing)
    desk = probing.page.panels.heating
    opened(probing, qtbot)
    qtbot.waitUntil(lambda: len(desk.epochs) == 3)
    probing.context.session.clear_project()
    assert (desk.run, desk.epochs) == (BEFORE, ())


def test_heat_that_comes_while_nobody_looks_costs_no_plot(probing: LayersWorld, qtbot: Any) -> None:
    desk, panel = probing.page.panels.heating, probing.page.panels.heat
    probing.context.machine.make_way(lambda: probing.context.controller.start(live))
    qtbot.waitUntil(lambda: len(desk.epochs) == 2)
    assert panel.plot is None
    opened(probing, qtbot)
    qtbot.waitUntil(lambda: panel.plot is not None)
    assert panel.plot is not None
    assert list(panel.plot.curves()[0].x) == [1, 2]
    assert panel.plot.isVisible()
    probing.context.controller.request_stop()
    qtbot.waitUntil(lambda: not probing.context.controller.is_active)
