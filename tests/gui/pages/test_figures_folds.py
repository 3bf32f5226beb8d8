"""Folds in the panel of figures: unasked for heads that few images judged, else on demand; refusals in their place."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.hands import click, has_focus, press, tab_to
from tests.gui.pages.compare_world import CompareWorld
from tests.gui.pages.figures_world import figures_panel, figures_world, held
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.gui.pages.compare_page import FIGURES
from tlft_desktop.gui.widgets.figures_panel import FiguresPanel

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def world(qapp: QApplication, qtbot: Any, tmp_path: Path) -> CompareWorld:
    return figures_world(qapp, qtbot, tmp_path)


@pytest.fixture
def panel(world: CompareWorld, qtbot: Any) -> FiguresPanel:
    return figures_panel(world, qtbot)


@pytest.fixture
def alone(world: CompareWorld) -> Any:
    """Return the engine, for which many validation images judged runs that trained nothing but a head."""
    # It loads torch, which may take longer than the tests wait for the window.
    import tlft_desktop.core.evaluation.head_folds  # noqa: F401

    engine: Any = world.context.engine
    engine.is_head_alone = True
    return engine


@pytest.fixture
def few(world: CompareWorld) -> Any:
    """Return the engine, for which ten validation images judged heads."""
    # It loads torch, which may take longer than the tests wait for the window.
    import tlft_desktop.core.evaluation.head_folds  # noqa: F401

    engine: Any = world.context.engine
    engine.num_val, engine.is_head_alone = 10, True
    return engine


def test_folds_tell_more_of_a_head_that_few_images_judged(few: Any, panel: FiguresPanel) -> None:
    assert panel.folds_words.isVisible()
    text = panel.folds_words.text()
    assert text.startswith("On folds of all 50 training and validation images the head is right for 90.0 %")
    assert "validation-selected: it is the best of 2 runs" in text
    assert "20 heads were trained" in panel.folds_words.toolTip()
    assert few.folded == [panel.desk.run.run if panel.desk.run else ""]
    click(panel.splits.button_of(Split.TEST))
    assert not panel.folds_words.isVisible()
    click(panel.splits.button_of(Split.VAL))
    assert panel.folds_words.isVisible()
    assert len(few.folded) == 1, "what was found is kept"
    assert not panel.ask_folds.isVisible(), "there is nothing to ask for"


def test_other_runs_are_folded_only_where_the_user_asks_for_it(
    world: CompareWorld, alone: Any, panel: FiguresPanel, qtbot: Any
) -> None:
    engine = alone
    assert not panel.folds_words.isVisible()
    assert engine.folded == []
    assert panel.ask_folds.isVisible()
    assert "longer with many images" in panel.ask_folds.toolTip()
    click(panel.ask_folds)
    assert not panel.ask_folds.isVisible()
    world.settle(qtbot)
    assert panel.desk.run is not None
    assert engine.folded == [panel.desk.run.run]
    assert panel.folds_words.text().startswith("On folds of all 50 training and validation images")
    assert not panel.ask_folds.isVisible()
    click(panel.splits.button_of(Split.TEST))
    assert not panel.ask_folds.isVisible(), "test images stay unseen"
    world.page.table.selectRow(world.names.index("transfer 1"))
    click(panel.splits.button_of(Split.VAL))
    world.settle(qtbot)
    assert panel.ask_folds.isVisible(), "another run may be asked for"
    assert len(engine.folded) == 1


def test_folds_that_were_asked_for_are_cancelled_by_the_user_only(
    world: CompareWorld, alone: Any, panel: FiguresPanel, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = alone
    goes_on = threading.Event()
    whole = engine.fold_head

    def slow(project: Any, run: str, control: Any) -> Any:
        while not goes_on.wait(0.005):
            control.raise_if_stopped()
            yield None
        yield from whole(project, run, control)

    monkeypatch.setattr(engine, "fold_head", slow)
    assert not panel.stop.isVisible()
    click(panel.ask_folds)
    assert [job.title for job in world.context.tasks.jobs] == ["Training heads on folds"]
    click(panel.stop)
    world.settle(qtbot)
    assert not panel.stop.isVisible()
    assert panel.ask_folds.isVisible()
    click(panel.ask_folds)
    world.page.table.selectRow(world.names.index("transfer 1"))
    qtbot.waitUntil(lambda: panel.desk.found is not None and panel.desk.found.name != "fine-tuning 2")
    assert not panel.stop.isVisible(), "what works is for another run"
    goes_on.set()
    world.settle(qtbot)
    assert not panel.folds_words.isVisible()
    world.page.table.selectRow(world.names.index("fine-tuning 2"))
    world.settle(qtbot)
    assert panel.folds_words.isVisible()
    assert not world.told


def test_why_a_run_has_no_folds_is_said_when_they_are_asked_for(
    world: CompareWorld, alone: Any, panel: FiguresPanel, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> Any:
        raise InputError("The run trains more than the head.")
        yield

    monkeypatch.setattr(alone, "fold_head", refuse)
    click(panel.ask_folds)
    world.settle(qtbot)
    assert panel.folds_words.text() == "Folds of all images cannot tell more: The run trains more than the head."
    assert not world.told
    monkeypatch.undo()
    click(panel.ask_folds)
    world.settle(qtbot)
    assert panel.folds_words.text().startswith("On folds"), "what stood in the way may be gone"


def test_folds_are_not_asked_for_while_a_training_runs(world: CompareWorld, alone: Any, panel: FiguresPanel) -> None:
    world.context.machine.make_way(lambda: None)
    assert not panel.ask_folds.isEnabled()
    assert "A training is running" in panel.ask_folds.toolTip()
    world.context.machine.release()
    assert panel.ask_folds.isEnabled()


def test_another_run_ends_the_folds_of_the_one_before(
    world: CompareWorld, few: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[str] = []
    whole = few.fold_head

    def slow(project: Any, run: str, control: Any) -> Any:
        if run != last.run:
            yield from whole(project, run, control)
            return
        while not control.stop_requested:
            yield None
        stopped.append(run)
        control.raise_if_stopped()

    last = world.context.session.runs[-2]
    monkeypatch.setattr(few, "fold_head", slow)
    world.page.table.selectRow(world.names.index(last.name))
    click(world.page.panels.button_of(FIGURES))
    panel = world.page.figures
    qtbot.waitUntil(lambda: panel.desk.found is not None and panel.folds.is_working)
    assert not panel.folds_words.isVisible(), "nothing is shown of what is not known yet"
    world.page.table.selectRow(world.names.index("transfer 1"))
    world.settle(qtbot)
    assert stopped == [last.run]
    assert panel.folds_words.isVisible()
    assert not world.told


def test_why_there_are_no_folds_is_said_in_their_place(
    world: CompareWorld, few: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> Any:
        raise InputError("An image is gone.")
        yield

    monkeypatch.setattr(few, "fold_head", refuse)
    click(world.page.panels.button_of(FIGURES))
    world.settle(qtbot)
    panel = world.page.figures
    assert panel.folds_words.text() == "Folds of all images cannot tell more: An image is gone."
    assert panel.table.isVisible()
    assert not world.told
    world.context.session.clear_project()
    assert not panel.folds_words.isVisible()


def test_folds_of_runs_that_trained_more_than_a_head_are_off(panel: FiguresPanel) -> None:
    assert panel.ask_folds.isVisible()
    assert not panel.ask_folds.isEnabled()
    assert "trained nothing but a head" in panel.ask_folds.toolTip()


def test_what_can_be_pressed_keeps_its_place_while_folds_run(
    world: CompareWorld, alone: Any, panel: FiguresPanel, qtbot: Any
) -> None:
    tab_to(panel.ask_folds)
    folds, costs = panel.ask_folds.geometry(), panel.costs.geometry()
    with held(alone, "fold_head"):
        press(Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: panel.stop.isVisible() and panel.stop.width() > 0)
        QApplication.processEvents()
        assert has_focus(panel.stop)
        assert panel.costs.geometry() == costs
        assert not panel.stop.geometry().intersects(folds), "a second press hits nothing"
    world.settle(qtbot)
    assert panel.folds_words.isVisible()
    assert panel.costs.geometry() == costs
    assert has_focus(panel.splits.button_of(Split.VAL))
