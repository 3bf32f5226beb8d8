"""The panel of figures: of one chosen run, on validation or test images, with costs; refusals in its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.hands import click, has_focus, press, tab_to
from tests.gui.pages.compare_world import CompareWorld
from tests.gui.pages.figures_world import figures_panel, figures_world, held, runs
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.gui.figure_views import FigureView
from tlft_desktop.gui.pages.compare_page import FIGURES
from tlft_desktop.gui.widgets.figures_panel import FiguresPanel

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def world(qapp: QApplication, qtbot: Any, tmp_path: Path) -> CompareWorld:
    return figures_world(qapp, qtbot, tmp_path)


@pytest.fixture
def panel(world: CompareWorld, qtbot: Any) -> FiguresPanel:
    return figures_panel(world, qtbot)


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
