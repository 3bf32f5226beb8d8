"""Texts that a window of usual size must show whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QStyle, QStyleOptionComboBox, QWidget

from tests.gui.fakes import make_manifest
from tests.gui.hands import click
from tests.gui.pages.compare_world import CompareWorld
from tests.gui.pages.layers_world import LayersWorld
from tests.gui.pages.test_figures_panel import runs
from tests.layer_samples import make_layer_tree
from tlft_desktop.core.control import Control
from tlft_desktop.core.settings import Language
from tlft_desktop.core.values.race import Place, Try
from tlft_desktop.core.values.run import FrozenProof, RunState, RunSummary
from tlft_desktop.gui.actions import build_actions
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.desks.advice_desk import AdviceDesk
from tlft_desktop.gui.desks.depth_desk import DepthDesk
from tlft_desktop.gui.desks.picture_desk import PictureDesk
from tlft_desktop.gui.desks.pilot_desk import PilotDesk
from tlft_desktop.gui.engine import Device
from tlft_desktop.gui.item_models.class_figures_model import ClassFiguresModel
from tlft_desktop.gui.item_models.class_table_model import ClassTableModel
from tlft_desktop.gui.item_models.layer_tree_model import Column
from tlft_desktop.gui.item_models.race_table_model import RaceColumn, RaceRow
from tlft_desktop.gui.item_models.run_table_model import RunColumn, RunTableModel
from tlft_desktop.gui.live_run import LiveRun
from tlft_desktop.gui.pages.compare_page import FIGURES
from tlft_desktop.gui.run_plans import CURRENT, PhasePlan
from tlft_desktop.gui.theme import GRID
from tlft_desktop.gui.translation import install_language
from tlft_desktop.gui.widgets.advice_panel import AdvicePanel
from tlft_desktop.gui.widgets.class_figures_table import ClassFiguresTable
from tlft_desktop.gui.widgets.class_table import ClassTable
from tlft_desktop.gui.widgets.fields import choice_field
from tlft_desktop.gui.widgets.plan_diff_panel import PlanDiffPanel
from tlft_desktop.gui.widgets.race_panel import TRIES_WIDTH
from tlft_desktop.gui.widgets.race_table import RaceTable
from tlft_desktop.gui.widgets.run_table import RunTable
from tlft_desktop.gui.widgets.train_settings import TrainSettingsForm
from tlft_desktop.gui.widgets.training_status import TrainingStatus
from tlft_desktop.gui.workers.run_controller import TrainingState

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
TABLE_WIDTH, FORM_WIDTH, ADVICE_WIDTH = 1078, 266, 250
"""Of the table of runs, the settings of a training and the panel of the advice in a window 1280 pixels wide."""
PAGE_WIDTH, CLASSES_WIDTH = 1104, 336
"""Of the page Compare and of the table of classes beside the images there."""


@pytest.fixture(params=list(Language)[-2:], ids=str)
def language(request: Any, qapp: QApplication) -> Any:
    before = QLocale()
    translators = install_language(qapp, request.param)
    yield request.param
    for translator in translators:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)


def put(window: QWidget, widget: QWidget, width: int) -> None:
    layout = window.layout()
    assert layout is not None
    margins = layout.contentsMargins()
    window.resize(width + margins.left() + margins.right(), 600)
    layout.addWidget(widget)
    QApplication.processEvents()
    assert widget.width() == width


def field_width(box: QComboBox) -> int:
    """Return how wide the text of a box may be."""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    field = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    return field.width() - (0 if option.currentIcon.isNull() else option.iconSize.width() + 4)


def is_whole(box: QComboBox) -> bool:
    """Tell whether a box shows all of its text."""
    return field_width(box) >= box.fontMetrics().horizontalAdvance(box.currentText())


def test_plans_are_named_whole(context: AppContext, window: QWidget, language: Language) -> None:
    panel = PlanDiffPanel(context, window)
    put(window, panel, TABLE_WIDTH)
    run = RunSummary(run="01", name="last three layers", strategy="transfer", state=RunState.COMPLETED)
    panel.show_plans([PhasePlan("01", "phase 1")], [run])
    panel.choose("01", CURRENT)
    QApplication.processEvents()
    assert [box.currentText() for box in panel.boxes if not is_whole(box)] == []
    panel.show_plans([PhasePlan("01", "phase 1")], [replace(run, name=40 * "very ")])
    QApplication.processEvents()
    assert panel.use.geometry().right() < TABLE_WIDTH, "a long name gives way"


def test_the_choice_of_the_device_is_whole_and_its_list_too(window: QWidget, language: Language, qtbot: Any) -> None:
    form = TrainSettingsForm(window)
    put(window, form, FORM_WIDTH)
    form._toggle.click()
    QApplication.processEvents()
    for index in range(form.device.count()):
        form.device.setCurrentIndex(index)
        assert is_whole(form.device), form.device.currentText()
    form.set_devices([Device("cuda:0", "The fastest graphics processor of the year, laptop edition, 16 GiB")])
    form.device.showPopup()
    view = form.device.view()
    qtbot.waitUntil(view.isVisible)
    assert view.viewport().width() >= view.sizeHintForColumn(0)
    form.device.hidePopup()


def test_the_advice_fits_its_panel(context: AppContext, window: QWidget, language: Language) -> None:
    desk = AdviceDesk(context, DepthDesk(context, window), window)
    panel = AdvicePanel(desk, PilotDesk(context, desk, window), window)
    put(window, panel, ADVICE_WIDTH)
    *_, found = context.engine.advice(None, "cpu", Control())  # type: ignore[arg-type]
    desk._take(found)
    *_, revised = context.engine.pilot(None, found[0], "cpu", Control())  # type: ignore[arg-type, index]
    desk.take_revised(revised)  # type: ignore[arg-type]
    QApplication.processEvents()
    assert panel.use.isVisible()
    assert panel.widget().minimumSizeHint().width() <= panel.viewport().width()


def make_table(context: AppContext, window: QWidget, note: str) -> RunTable:
    runs = [
        RunSummary(
            run=f"{state}{proof}", name="fine-tuning 12", strategy="finetune", state=state, frozen_proof=proof.value,
            val_accuracy=1.0, low=0.963, high=1.0, total_seconds=35_999.0, best_epoch=100, epoch=100, note=note,
            peak_memory_bytes=1_048_000_000, trainable_parameters=1, total_parameters=1,
        )
        for state in RunState
        for proof in FrozenProof
    ]  # fmt: skip
    model = RunTableModel(window)
    model.set_rows(runs)
    model.set_editable()
    table = RunTable(context, model, window)
    put(window, table, TABLE_WIDTH)
    return table


def test_every_column_of_runs_shows_its_words(context: AppContext, window: QWidget, language: Language) -> None:
    table = make_table(context, window, "")
    header, indicator = table.horizontalHeader(), 24
    for column in set(RunColumn) - {RunColumn.STARTED, RunColumn.STAR}:
        width = header.sectionSize(column)
        assert width >= header.sectionSizeHint(column) - indicator, column
        assert width >= table.sizeHintForColumn(column), column
    assert header.sectionSize(RunColumn.NOTE) >= 100


def test_a_note_is_typed_in_a_field_wider_than_its_cell(context: AppContext, window: QWidget, qtbot: Any) -> None:
    table = make_table(context, window, "only images of the second camera")
    index = table.model().index(0, RunColumn.NOTE)
    table.setCurrentIndex(index)
    table.edit_note()
    editor = next(each for each in table.findChildren(QLineEdit) if each.isVisible())
    qtbot.keyClicks(editor, " and more of it")
    assert editor.width() >= 300
    area = table.visualRect(index)
    assert (editor.geometry().right(), editor.geometry().top()) == (area.right(), area.top())
    assert editor.geometry().right() < table.viewport().width()


def test_the_figures_of_a_run_are_whole(qapp: QApplication, qtbot: Any, tmp_path: Path, language: Language) -> None:
    world = CompareWorld(qapp, tmp_path, runs)
    world.show(qtbot)
    click(world.page.panels.button_of(FIGURES))
    world.settle(qtbot)
    QApplication.processEvents()
    panel = world.page.figures
    area = panel.facts._area
    assert area.viewport().width() >= area.widget().minimumSizeHint().width()
    header = panel.table.horizontalHeader()
    shown = [number for number in range(header.count()) if not header.isSectionHidden(number)]
    assert shown[:3] == [0, 1, 2], "the title of the plot must not take the room of the table"
    assert all(header.sectionSize(number) >= header.sectionSizeHint(number) for number in shown)
    world.context.engine.num_classes = 50  # type: ignore[attr-defined]
    world.page.table.selectRow(0)
    world.settle(qtbot)
    QApplication.processEvents()
    assert header.length() <= panel.table.viewport().width(), "the scroll bar covers no column"


def test_precision_and_names_of_classes_are_seen_beside_the_plot(
    qapp: QApplication, qtbot: Any, tmp_path: Path, language: Language
) -> None:
    world = CompareWorld(qapp, tmp_path, runs)
    world.context.engine.num_classes = 50  # type: ignore[attr-defined]
    for widget in (world.page, world.host):
        widget.resize(PAGE_WIDTH, 620)
    world.show(qtbot)
    click(world.page.panels.button_of(FIGURES))
    world.settle(qtbot)
    QApplication.processEvents()
    panel = world.page.figures
    header = panel.table.horizontalHeader()
    assert [number for number in range(header.count()) if not header.isSectionHidden(number)] == [0, 1, 2, 3]
    assert header.length() <= panel.table.viewport().width()
    assert header.sectionSize(0) >= panel.table.fontMetrics().horizontalAdvance("cameraman") + 2 * GRID


def test_names_of_classes_are_whole_beside_their_examples(
    context: AppContext, window: QWidget, language: Language
) -> None:
    model = ClassTableModel(window)
    table = ClassTable(model, context.theme, PictureDesk(context, window), window)
    put(window, table, CLASSES_WIDTH)
    header = table.horizontalHeader()
    for names, is_whole_name in ((("cameraman", "cat"), True), ((60 * "long ", "cat"), False), (("dog", "cat"), True)):
        model.set_manifest(make_manifest(names))
        QApplication.processEvents()
        assert (header.sectionSize(0) >= table.sizeHintForColumn(0)) is is_whole_name, names
        assert header.sectionSize(0) >= header.sectionSizeHint(0)
        assert header.length() <= table.viewport().width()
    whole = table.itemDelegateForColumn(6).sizeHint(None, None).width()  # type: ignore[arg-type]
    assert header.sectionSize(6) >= whole - GRID, "all examples, but for the margin behind them"


def test_what_a_race_does_ends_with_dots_and_a_tool_tip(window: QWidget, context: AppContext) -> None:
    status = TrainingStatus(build_actions(context.icons, window), window)
    put(window, status, 260)
    live = LiveRun()
    status.show_run(live, TrainingState.RUNNING, "run 2 of 5 of the race: Fine-tune, try 1, and then much more")
    QApplication.processEvents()
    assert status.detail.text().endswith("\u2026")
    assert status.detail.full_text in status.detail.toolTip()


def test_a_choice_that_is_too_long_ends_with_dots(qtbot: Any) -> None:
    long, short = choice_field("long", (("", 9 * "choice "),)), choice_field("short", (("", ""),))
    for field in (long, short):
        field.setFixedWidth(80)
        qtbot.addWidget(field)
        field.show()
    text = long.fontMetrics().elidedText(long.currentText(), Qt.TextElideMode.ElideRight, field_width(long))
    assert text.endswith("\u2026")
    short.setItemText(0, text)
    assert is_whole(short)
    assert short.grab().toImage() == long.grab().toImage()


def standing(kind: str, state: str, num_seeds: int, *tried: str) -> RaceRow:
    """Return a row of a race whose texts are as long as they get."""
    tries = tuple(
        Try(0, number, 0.001, state=each, accuracy=0.9 if each == "completed" else None)
        for number, each in enumerate(tried)
    )
    place = Place(
        kind,
        state,
        num_results=num_seeds,
        accuracy=1.0,
        low=0.979,
        high=1.0,
        lowest=0.913,
        highest=0.957,
        seconds=3_725,
        best_seconds=3_605,
        num_tries=max(1, len(tries)),
        tries_seconds=11_259 if tries else None,
        tries=tries,
    )
    return RaceRow(place, tuple(range(num_seeds)))


@pytest.mark.parametrize("num_seeds", [1, 3])
def test_the_tries_of_a_race_are_shown_whole(
    context: AppContext, window: QWidget, language: Language, num_seeds: int
) -> None:
    table = RaceTable(context.theme, window)
    rows = [
        standing("transfer", "completed", num_seeds),
        standing("finetune", "stopped", num_seeds, *(3 * ["completed"])),
        standing("hybrid", "running", num_seeds, "completed", "completed", "running"),
    ]
    table.show_rows(rows, has_seeds=num_seeds > 1, has_tries=True)
    put(window, table, TRIES_WIDTH - 2 * GRID - 2)
    shown = [column for column in RaceColumn if not table.isColumnHidden(column)]
    for column in shown:
        assert table.columnWidth(column) >= table.sizeHintForColumn(column), column
    end = table.columnViewportPosition(RaceColumn.TRIES) + table.columnWidth(RaceColumn.TRIES)
    assert end <= table.viewport().width(), "seen without scrolling"
    if num_seeds == 1:
        assert shown == [RaceColumn.STRATEGY, RaceColumn.ACCURACY, RaceColumn.TRIES, RaceColumn.TIME]
        assert table.horizontalScrollBar().maximum() == 0


def test_names_stages_and_shapes_of_layers_are_whole(
    qapp: QApplication, qtbot: Any, tmp_path: Path, language: Language
) -> None:
    world = LayersWorld(qapp, tmp_path)
    qtbot.addWidget(world.host)
    for widget in (world.page, world.host):
        widget.resize(PAGE_WIDTH, 560)
    tree = make_layer_tree()
    stem, *others = tree.root.children
    stem = replace(stem, type="BatchNormAct2d", output_shape=(32, 112, 112), parameters=3_374_851, macs=10_838_016)
    world.open(replace(tree, root=replace(tree.root, name="tf_efficientnet_lite0", children=(stem, *others))))
    world.host.show()
    view = world.page.tree
    root = view.model().index(0, Column.NAME)
    shown = [column for column in Column if not view.isColumnHidden(column)]

    def is_whole(column: Column) -> bool:
        text = view.sizeHintForColumn(column) if column is not Column.SHARE else 0
        return view.columnWidth(column) >= max(text, view.header().sectionSizeHint(column) - GRID // 2)

    qtbot.waitUntil(lambda: all(map(is_whole, shown[1:])) and view.header().length() <= view.viewport().width())
    assert view.columnWidth(Column.NAME) >= view.indentation() + view.sizeHintForIndex(root).width() + GRID
    index = view.model().index(0, Column.TYPE, root)
    assert "BatchNormAct2d" in index.data(Qt.ItemDataRole.ToolTipRole), "where it is cut off, this tells it"
    world.close()


def test_a_column_that_comes_back_is_as_wide_as_its_heading(window: QWidget) -> None:
    table = ClassFiguresTable(ClassFiguresModel(window), window)
    header = table.horizontalHeader()
    font = header.font()
    font.setPointSize(2 * font.pointSize())  # headings are longer than the usual widths
    header.setFont(font)
    for width in (1200, 200, 1200):
        put(window, table, width)
    assert not any(header.isSectionHidden(number) for number in range(header.count()))
    assert all(header.sectionSize(number) >= header.sectionSizeHint(number) for number in range(1, header.count()))
