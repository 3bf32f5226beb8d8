"""The panel of figures: of one chosen run, on validation or test images, with costs; refusals in its place."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.fakes import make_manifest
from tests.gui.hands import click, has_focus, press, tab_to
from tests.gui.pages.compare_world import CompareWorld
from tests.gui.run_files import make_run
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.manifest import Manifest, Split
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.figure_views import FigureView
from tlft_desktop.gui.pages.compare_page import FIGURES
from tlft_desktop.gui.widgets.figures_panel import FiguresPanel

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def runs(project: Any) -> None:
    make_run(project, 0.8)
    make_run(project, 0.9, kind=StrategyKind.FINETUNE)
    make_run(project, None)


def with_test_images() -> Manifest:
    manifest = make_manifest()
    last = replace(manifest.records[3], split=Split.TEST)
    return replace(manifest, records=(*manifest.records[:3], last, *manifest.records[4:]))


@pytest.fixture
def world(qapp: QApplication, qtbot: Any, tmp_path: Path) -> CompareWorld:
    made = CompareWorld(qapp, tmp_path, runs, with_test_images())
    made.show(qtbot)
    return made


@pytest.fixture
def alone(world: CompareWorld) -> Any:
    """Return the engine, for which many validation images judged runs that trained nothing but a head."""
    # It loads torch, which may take longer than the tests wait for the window.
    import tlft_desktop.core.evaluation.head_folds  # noqa: F401

    engine: Any = world.context.engine
    engine.is_head_alone = True
    return engine


@pytest.fixture
def panel(world: CompareWorld, qtbot: Any) -> FiguresPanel:
    click(world.page.panels.button_of(FIGURES))
    world.settle(qtbot)
    return world.page.figures


def cells(panel: FiguresPanel) -> list[list[str]]:
    model = panel.table.model()
    return [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]


def plot_of(panel: FiguresPanel) -> Any:
    return panel._plot_stack.currentWidget()


def test_figures_of_the_chosen_run_are_shown_class_by_class(panel: FiguresPanel) -> None:
    found = panel.desk.found
    assert found is not None
    assert [row[0] for row in cells(panel)] == ["cat", "<b>dog</b>"]
    first = found.evaluation.metrics.classes[0]
    assert first.recall is not None
    assert cells(panel)[0][1:] == [str(first.support), f"{100 * first.recall:.1f} % [{_limits(first)}]"]
    assert "too sure" in panel.facts.words.text(), "the logits are three times as large as they should be"
    calibration = found.evaluation.calibration
    assert calibration.scaled is not None
    assert f"its percentages are off by {100 * calibration.ece:.1f} % on average" in panel.facts.words.text()
    assert panel.facts.words.text().endswith(f"they would be off by {100 * calibration.scaled.ece:.1f} %.")
    assert "Validation-selected" in panel.caution.text()


def _limits(item: Any) -> str:
    return f"{100 * item.low:.1f}, {100 * item.high:.1f}"


def test_every_plot_is_drawn_and_two_classes_have_all_four(panel: FiguresPanel) -> None:
    for view in FigureView:
        click(panel.views.button_of(view))
        assert len(plot_of(panel).curves()[-1].x) > 1, view
        assert plot_of(panel).view.accessibleDescription()


def test_many_classes_have_no_curves_of_two(world: CompareWorld, panel: FiguresPanel, qtbot: Any) -> None:
    click(panel.views.button_of(FigureView.ROC))
    world.context.engine.num_classes = 5_000  # type: ignore[attr-defined]
    world.page.table.selectRow(0)
    world.settle(qtbot)
    assert panel.views.current == FigureView.RELIABILITY
    assert not panel.views.button_of(FigureView.ROC).isVisible()
    assert panel.table.model().rowCount() == 5_000


def test_of_several_chosen_runs_one_is_shown(world: CompareWorld, panel: FiguresPanel, qtbot: Any) -> None:
    assert not panel.runs.isVisible()
    world.page.table.selectAll()
    world.settle(qtbot)
    assert panel.runs.isVisible()
    assert panel.desk.run is not None
    assert panel.desk.run.name == "fine-tuning 2", "the run that was shown stays"
    panel.runs.setCurrentIndex(0)
    panel.runs.activated.emit(0)
    world.settle(qtbot)
    assert panel.desk.run.name == "transfer 1"


def test_test_images_are_looked_at_on_purpose_only(world: CompareWorld, panel: FiguresPanel, qtbot: Any) -> None:
    engine = world.context.engine
    click(panel.splits.button_of(Split.TEST))
    world.settle(qtbot)
    assert engine.num_looks == 0  # type: ignore[attr-defined]
    assert panel.empty.isVisible()
    assert "Each look is counted" in panel.empty.text.text()
    click(panel.open_test)
    world.settle(qtbot)
    assert engine.num_looks == 1  # type: ignore[attr-defined]
    assert "looked at 1 time" in panel.caution.text()
    click(panel.splits.button_of(Split.VAL))
    click(panel.splits.button_of(Split.TEST))
    world.settle(qtbot)
    assert engine.num_looks == 1, "what was found is kept"  # type: ignore[attr-defined]
    assert panel.table.isVisible()


def test_costs_are_counted_and_a_wrong_table_is_explained(
    world: CompareWorld, panel: FiguresPanel, tmp_path: Path, qtbot: Any
) -> None:
    table = tmp_path / "costs.csv"
    table.write_text(",cat,<b>dog</b>\ncat,0,1\n<b>dog</b>,9,0\n")
    panel._take_costs(str(table))
    world.settle(qtbot)
    assert "By your costs an image costs" in panel.facts.words.text()
    table.write_text(",cat\ncat,0\n")
    panel._take_costs(str(table))
    world.settle(qtbot)
    assert panel.empty.isVisible()
    assert "does not name the class" in panel.empty.text.text()
    assert not world.told, "it is told in its place, not in a message"
    click(panel.forget_costs)
    world.settle(qtbot)
    assert panel.table.isVisible()
    assert "By your costs" not in panel.facts.words.text()


def test_a_run_without_answers_says_why(world: CompareWorld, panel: FiguresPanel, qtbot: Any) -> None:
    world.page.table.selectRow(2)
    world.settle(qtbot)
    assert panel.empty.text.text() == "The run has no result yet."
    click(panel.splits.button_of(Split.TEST))
    assert not panel.open_test.isEnabled()

    def refuse(*_args: object) -> None:
        raise InputError("The answers of the run are damaged.", remedy="Train again.")

    world.context.engine.evaluate = refuse  # type: ignore[method-assign,assignment]
    click(panel.splits.button_of(Split.VAL))
    world.page.table.selectRow(0)
    world.settle(qtbot)
    assert panel.empty.text.text() == "The answers of the run are damaged. Train again."
    assert not world.told


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


def test_without_test_images_nothing_offers_to_look_at_them(qapp: QApplication, qtbot: Any, tmp_path: Path) -> None:
    world = CompareWorld(qapp, tmp_path, runs)
    world.show(qtbot)
    click(world.page.panels.button_of(FIGURES))
    world.settle(qtbot)
    panel = world.page.figures
    click(panel.splits.button_of(Split.TEST))
    assert panel.open_test.isVisible()
    assert not panel.open_test.isEnabled()
    reason = "The project has no test images. Move some to the test split on the page Data, and train again."
    assert panel.empty.text.text() == reason
    assert reason in panel.open_test.toolTip()


@contextmanager
def held(engine: Any, name: str) -> Iterator[None]:
    """Let a measurement wait until this ends."""
    whole, goes_on = getattr(engine, name), threading.Event()

    def slow(*arguments: Any) -> Any:
        while not goes_on.wait(0.005):
            arguments[-1].raise_if_stopped()
            yield None
        yield from whole(*arguments)

    setattr(engine, name, slow)
    try:
        yield
    finally:
        goes_on.set()


def test_the_focus_stays_in_the_panel_while_test_images_are_looked_at(
    world: CompareWorld, panel: FiguresPanel, qtbot: Any
) -> None:
    click(panel.splits.button_of(Split.TEST))
    tab_to(panel.open_test)
    with held(world.context.engine, "evaluate_test"):
        press(Qt.Key.Key_Space)
        assert has_focus(panel.stop)
        press(Qt.Key.Key_Space)
        world.settle(qtbot)
        assert has_focus(panel.open_test), "it was cancelled, and can be begun again"
        press(Qt.Key.Key_Space)
    world.settle(qtbot)
    assert panel.table.isVisible()
    assert has_focus(panel.splits.button_of(Split.TEST)), "looking once more would have to be on purpose"


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
