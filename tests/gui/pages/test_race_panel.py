"""Races on the page Train by mouse and keys: the form, the race that runs, its plot and standing, earlier ones."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.fakes import FakeEngine
from tests.gui.hands import click, press, tab_to, write
from tests.gui.train_pages import TrainWorld, end_world, make_world
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.core.settings import Theme
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.actions import connect_actions
from tlft_desktop.gui.context import AppContext
from tlft_desktop.gui.engine import RaceSettings, TrainSettings
from tlft_desktop.gui.item_models.race_table_model import MARKS_ROLE, RaceColumn
from tlft_desktop.gui.live_race import LiveEntry, LiveRace, RacePoint
from tlft_desktop.gui.pages.train_page import RACE, RUN
from tlft_desktop.gui.plots.race_plot import RacePlot
from tlft_desktop.gui.training_memory import RaceWish, TrainingMemory

TRANSFER, FINETUNE, HYBRID, CUSTOM = (
    StrategyKind.TRANSFER, StrategyKind.FINETUNE, StrategyKind.HYBRID, StrategyKind.CUSTOM,
)  # fmt: skip
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def world(qapp: QApplication, tmp_path: Path, qtbot: Any) -> Iterator[TrainWorld]:
    parent = QObject()
    world = make_world(qapp, tmp_path, parent, FakeEngine(num_epochs=3))
    connect_actions({key: world.actions[key] for key in ("race", "race_resume")}, world.races.handlers())
    world.open()
    world.page.make_plots()
    world.page.resize(1100, 620)
    world.page.show()
    world.page.activateWindow()
    settle(world, qtbot)
    yield world
    end_world(world, qtbot, parent)


def settle(world: TrainWorld, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: world.is_idle, timeout=10_000)


def open_form(world: TrainWorld) -> None:
    click(world.page.views.button_of(RACE))


def race(world: TrainWorld, qtbot: Any) -> None:
    open_form(world)
    click(world.page.race.form.start)
    qtbot.waitUntil(lambda: world.context.controller.is_active, timeout=10_000)
    settle(world, qtbot)


def texts(world: TrainWorld, column: RaceColumn) -> list[str]:
    model = world.page.race.table.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def curves(world: TrainWorld) -> dict[str, int]:
    plot = world.page.race.plot
    return {} if plot is None else {curve.name: len(curve.x) for curve in plot.curves()}


def test_the_form_says_what_is_raced_and_what_cannot_be_told_apart(world: TrainWorld) -> None:
    open_form(world)
    form = world.page.race.form
    assert form.isVisible()
    assert form.wish() == RaceWish((TRANSFER, FINETUNE, HYBRID), 60, 1)
    assert form.resolution.text() == (
        "With 3 validation images, two ways of which only one is right on one image in ten cannot be told apart below "
        "about 51 points; the more they agree, the smaller a difference shows."
    )
    assert form.effort.text().startswith("Runs: 3, together at most 3 min 00 s of training")
    assert form.start.isEnabled()
    assert world.page.race.head.chooser.isHidden(), "there is no race yet"


def test_less_than_two_strategies_are_no_race(world: TrainWorld) -> None:
    open_form(world)
    form = world.page.race.form
    for kind in (TRANSFER, FINETUNE, HYBRID):
        click(form.ticks[kind])
        assert form.start.isEnabled() is (kind is TRANSFER)
    assert form.reason.text() == "Tick at least two strategies."
    assert form.effort.text() == ""
    QTest.mouseClick(form.start, Qt.MouseButton.LeftButton)
    assert world.engine.races == []


def test_custom_races_only_where_the_plan_is_one(world: TrainWorld) -> None:
    open_form(world)
    form, session = world.page.race.form, world.context.session
    assert not form.ticks[CUSTOM].isEnabled()
    assert "plan of your own" in form.ticks[CUSTOM].toolTip()
    session.choose_plan(session.choice.plan.unfreeze(["blocks.1.bn"]), "tick")
    assert session.choice.kind is CUSTOM
    click(form.ticks[CUSTOM])
    assert form.wish().kinds[-1] is CUSTOM
    session.choose_strategy(TRANSFER, "")
    assert CUSTOM not in form.wish().kinds


def test_whatever_is_typed_is_a_race(world: TrainWorld) -> None:
    open_form(world)
    form = world.page.race.form
    for typed, seeds, wanted in (
        ("0", "1", (None, 1)),
        ("-5", "0", (5.0, 1)),
        ("", "", (5.0, 1)),
        ("1.5", "9", (15.0, 1)),
        ("abc", "-2", (15.0, 2)),
        ("99999999", "3", (999_999.0, 3)),
        ("90", "5", (90.0, 5)),
    ):
        for field, text in ((form.budget, typed), (form.seeds, seeds), (form.tries, "0"), (form.tries, "33")):
            tab_to(field)
            field.selectAll()
            write(text)
            press(Qt.Key.Key_Tab)
        settings = form.race_settings()
        assert (settings.budget_seconds, settings.num_seeds) == wanted, (typed, seeds)
        assert settings.num_tries == 3, "a second digit is one too many"


def test_keys_alone_start_a_race_with_the_settings_of_the_page(world: TrainWorld, qtbot: Any) -> None:
    world.page.form.threads.setValue(1)
    world.page.form.seed.setValue(7)
    press(Qt.Key.Key_Tab)
    tab_to(world.page.views.button_of(RUN))
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    assert world.page.race.form.isVisible()
    tab_to(world.page.race.form.ticks[HYBRID])
    press(Qt.Key.Key_Space)
    tab_to(world.page.race.form.start)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(world.engine.races), timeout=10_000)
    settle(world, qtbot)
    kinds, settings = world.engine.races[0]
    assert kinds == (TRANSFER, FINETUNE)
    assert settings == RaceSettings(budget_seconds=60.0, num_seeds=1, device="auto", threads=1)


def test_a_race_is_drawn_while_it_runs(world: TrainWorld, qtbot: Any) -> None:
    world.engine.held = {FINETUNE}
    open_form(world)
    click(world.page.race.form.start)
    panel = world.page.race
    qtbot.waitUntil(lambda: curves(world).get("Fine-tune", 0) >= 3, timeout=10_000)
    assert not panel.has_form
    assert "run 2 of 3 of the race: Fine-tune" in panel.caption.full_text
    assert "1 min 00 s for each run, one seed" in panel.caption.full_text
    assert texts(world, RaceColumn.STATE) == ["completed", "trains now", "waits"]
    marks = [(0,), (1,), ()]
    # The run that trains is listed already, so it has its mark.
    qtbot.waitUntil(lambda: [row.marks for row in panel.table.rows] == marks, timeout=10_000)
    qtbot.waitUntil(lambda: texts(world, RaceColumn.ACCURACY)[0].startswith("70.0 % ["), timeout=10_000)
    said = world.page.status.detail
    qtbot.waitUntil(lambda: said.full_text.startswith("run 2 of 3 of the race: Fine-tune"), timeout=10_000)
    assert world.page.deck._live.run == world.races.shown.entries[1].run, "the other plots follow the run of the moment"
    assert not panel.form.start.isEnabled()
    click(world.page.views.button_of(RUN))
    assert world.page.deck.isVisible()
    qtbot.waitUntil(lambda: len(world.page.deck._plots["loss"].widget.curves()[1].x) > 0, timeout=10_000)
    world.actions["race"].trigger()
    assert panel.isVisible()
    assert not panel.has_form, "the race that runs, not the form"
    world.context.controller.request_stop()
    settle(world, qtbot)
    assert texts(world, RaceColumn.STATE) == ["completed", "stopped, kept", "waits"]
    assert "left to train: 2" in panel.words.toPlainText()


def test_the_end_of_a_race_stands_in_table_plot_and_words(world: TrainWorld, qtbot: Any) -> None:
    race(world, qtbot)
    panel, runs = world.page.race, world.context.session.runs
    assert curves(world) == {"Transfer": 4, "Fine-tune": 4, "Hybrid": 4}
    assert texts(world, RaceColumn.STATE) == ["completed"] * 3
    assert texts(world, RaceColumn.TIME) == ["10 s"] * 3
    marks = [panel.table.model().index(row, 0).data(MARKS_ROLE) for row in range(3)]
    assert marks == [(0,), (1,), (2,)], "as in the table of runs"
    plot = panel.plot
    assert plot is not None
    colours = [curve._colour.name() for curve in plot.curves()]
    assert colours == list(world.context.theme.tokens.series[:3])
    assert [run.number for run in runs] == [1, 2, 3]
    assert len(plot._rings.data) == 3, "what each run keeps"  # type: ignore[union-attr]
    QTest.keyClick(plot.view, Qt.Key.Key_End)
    assert "Hybrid 90.0 %" in plot.readout
    assert "Hybrid ended after 10 s and keeps 90.0 %" in plot.readout
    assert "Transfer: 70.0 % after 10 s" in plot.view.accessibleDescription()
    world.context.theme.apply(Theme.DARK)
    assert plot.curves()[0]._colour.name() == world.context.theme.tokens.series[0] != colours[0]
    assert "Who is better" in panel.words.placeholderText()


def test_a_head_that_is_solved_in_many_steps_is_no_blot(qapp: QApplication, context: AppContext, qtbot: Any) -> None:
    entry = LiveEntry("transfer", 0, run="R", state="running", kept=37, seconds=2.0)
    entry.points = {n: RacePoint(0.01 * n, 0.5 + n / 1000, 0.4, 0.9) for n in range(1, 201)}
    race = LiveRace()
    race.budget_seconds, race.entries = 100.0, [entry]
    plot = RacePlot(context)
    qtbot.addWidget(plot)
    plot.show_race(race, ())
    (curve,) = plot.curves()
    assert list(curve.x) == [0.01, 0.37, 2.0], "a fortieth of the axis apart, and the best one"
    entry.points = {1: RacePoint(float("nan"), 0.5, 0.4, 0.9), 2: RacePoint(1.0, float("nan"), 0.4, 0.9)}
    entry.state, entry.kept = "completed", 2
    plot.show_race(race, ())
    assert not plot.grab().isNull(), "nothing that is no number stops the painter"
    plot.show_race(None, ())
    assert plot.curves() == ()


def test_several_seeds_have_thin_lines_and_a_range(world: TrainWorld, qtbot: Any) -> None:
    open_form(world)
    world.page.race.form.seeds.setValue(2)
    race(world, qtbot)
    assert list(curves(world)) == [
        f"{name}, seed {seed}" for seed in (0, 1) for name in ("Transfer", "Fine-tune", "Hybrid")
    ]
    plot, table = world.page.race.plot, world.page.race.table
    assert plot is not None
    assert [curve._style.width for curve in plot.curves()] == [2, 2, 2, 1, 1, 1]
    assert not table.isColumnHidden(RaceColumn.SEEDS)
    assert texts(world, RaceColumn.SEEDS) == [
        "70.0 \u2013 70.0 % (2)",
        "80.0 \u2013 80.0 % (2)",
        "90.0 \u2013 90.0 % (2)",
    ]
    assert table.model().index(0, 0).data(MARKS_ROLE) == (0, 3)
    assert not table.grab().isNull()


def test_tries_have_a_field_a_column_and_faint_lines(world: TrainWorld, qtbot: Any) -> None:
    open_form(world)
    form, panel = world.page.race.form, world.page.race
    assert (form.tries.minimum(), form.tries.maximum(), form.tries.value()) == (1, 9, 1)
    assert "so that no strategy wins because its default suits these images" in form.tries.toolTip()
    form.tries.setValue(3)
    assert form.effort.text().startswith("Runs: 7, together at most 7 min 00 s"), "transfer has no rate to try"
    assert form.effort.text().endswith(
        "Without tries: Transfer, whose head is solved exactly, without a learning rate."
    )
    form.tries.setValue(1)
    assert "Without tries" not in form.effort.text()
    form.tries.setValue(3)
    race(world, qtbot)
    assert world.engine.races[0][1].num_tries == 3
    assert "one seed, up to 3 tries" in panel.caption.full_text
    assert not panel.table.isColumnHidden(RaceColumn.TRIES)
    assert texts(world, RaceColumn.TRIES) == ["one", *(2 * ["3 \u00b7 30 s"])]
    tried = panel.table.model().index(1, RaceColumn.TRIES)
    assert "best of 3 \u00b7 30 s" in tried.data(Qt.ItemDataRole.ToolTipRole)
    strategy = tried.siblingAtColumn(RaceColumn.STRATEGY)
    assert "Fine-tune, completed" in strategy.data(Qt.ItemDataRole.ToolTipRole)
    assert texts(world, RaceColumn.TIME) == 3 * ["10 s"]
    assert [text[:6] for text in texts(world, RaceColumn.ACCURACY)] == ["70.0 %", "80.0 %", "90.0 %"]
    qtbot.waitUntil(lambda: [row.marks for row in panel.table.rows] == [(0,), (3,), (4,)], timeout=10_000)
    plot = panel.plot
    assert plot is not None
    looks = {curve.name: (curve._style.strength, curve._style.width) for curve in plot.curves()}
    assert looks == {
        "Transfer": (1.0, 2),
        **{f"{name}, try 2": (1.0, 2) for name in ("Fine-tune", "Hybrid")},
        **{f"{name}, try {number}": (0.35, 1) for name in ("Fine-tune", "Hybrid") for number in (1, 3)},
    }
    assert all((curve.item.zValue() < 0) is (curve._style.strength < 1) for curve in plot.curves())
    assert len(plot._rings.data) == 3  # type: ignore[union-attr]
    said = plot.view.accessibleDescription()
    assert ("Fine-tune, try 2: 80.0 %" in said, "try 1" in said) == (True, False)
    words = panel.words.toPlainText()
    assert "is the best of 3 on the validation images, so its accuracy is validation-selected" in words
    assert "transfer trains once with each seed: its head is solved exactly" in words
    assert any("validation-selected" in each.message.text for each in world.context.messages.history)
    assert not panel.grab().isNull()


def test_the_remark_of_a_failed_run_is_plain_text(world: TrainWorld, qtbot: Any) -> None:
    world.engine.failing = {FINETUNE}
    race(world, qtbot)
    remark = "fine-tuning: The <b>memory</b> was not enough."
    assert remark in world.page.race.words.toPlainText()
    assert texts(world, RaceColumn.REMARK)[1] == remark
    click(world.page.race.head.go_on)
    qtbot.waitUntil(lambda: bool(world.engine.resumed), timeout=10_000)
    settle(world, qtbot)


def test_earlier_races_are_chosen_from_a_list(world: TrainWorld, qtbot: Any) -> None:
    race(world, qtbot)
    first = world.races.shown.race
    time.sleep(0.002)
    head = world.page.race.head
    click(head.new)
    assert world.page.race.has_form
    assert not head.new.isVisible()
    click(world.page.race.form.ticks[HYBRID])
    race(world, qtbot)
    assert len(texts(world, RaceColumn.STATE)) == 2
    assert head.chooser.count() == 2
    assert head.chooser.currentIndex() == 0
    assert head.chooser.itemText(0).endswith("Transfer, Fine-tune, completed")
    QTest.keyClick(head.chooser, Qt.Key.Key_Down)
    assert world.races.shown.race == first
    settle(world, qtbot)
    assert len(texts(world, RaceColumn.STATE)) == 3
    assert curves(world) == {"Transfer": 4, "Fine-tune": 4, "Hybrid": 4}


def test_the_newest_race_is_there_when_the_project_opens_again(world: TrainWorld, qtbot: Any) -> None:
    race(world, qtbot)
    world.close()
    assert world.page.race.has_form
    assert world.page.race.head.chooser.isHidden()
    world.open()
    settle(world, qtbot)
    assert texts(world, RaceColumn.STATE) == ["completed"] * 3
    assert not world.page.race.has_form
    world.actions["race"].trigger()
    assert world.page.race.has_form, "the action begins a new one"


def test_a_training_brings_its_plots_back(world: TrainWorld, qtbot: Any) -> None:
    open_form(world)
    world.desk.start(TRANSFER, TrainSettings())
    assert world.page.views.current == RUN
    settle(world, qtbot)
    assert world.page.deck.isVisible()


def test_a_project_for_reading_only_says_so_in_the_form(world: TrainWorld, qtbot: Any) -> None:
    world.close()
    project = open_project_read_only(world.root)
    world.context.session.set_project(project, project.edited_manifest, ())
    settle(world, qtbot)
    open_form(world)
    assert world.page.race.form.reason.text() == "The project is open for reading only."
    assert not world.page.race.form.start.isEnabled()


def test_what_was_chosen_is_remembered_for_each_project(world: TrainWorld, qtbot: Any) -> None:
    open_form(world)
    form = world.page.race.form
    click(form.ticks[StrategyKind.LORA])
    form.budget.setValue(90)
    form.seeds.setValue(3)
    form.tries.setValue(5)
    world.close()
    assert form.wish() == RaceWish()
    world.open()
    settle(world, qtbot)
    assert form.wish() == RaceWish((TRANSFER, FINETUNE, HYBRID, StrategyKind.LORA), 90, 3, 5)


def test_a_wish_that_cannot_be_read_is_the_default(context: AppContext) -> None:
    memory = TrainingMemory(context.state)
    for text in (
        "",
        '{"race": 3}',
        '{"race": {"kinds": "transfer", "budget_seconds": -1, "num_seeds": 99}}',
        '{"race": {"kinds": null, "budget_seconds": true, "num_seeds": 0}}',
        '{"race": {"budget_seconds": 1.5, "num_seeds": "2"}}',
        '{"race": {"num_tries": 0}}',
        '{"race": {"num_tries": 10}}',
        '{"race": {"num_tries": true}}',
        '{"race": {"budget_seconds": 1000000000000}}',
    ):
        context.state.set_value("training/id", text)
        assert memory.race("id") == RaceWish(), text


def test_it_fits_a_small_window_and_nothing_runs_behind_it(world: TrainWorld, qtbot: Any) -> None:
    race(world, qtbot)
    size = world.page.race.minimumSizeHint()
    assert size.width() <= 736
    assert size.height() <= 150
    pacer = world.page.race.pacer
    qtbot.waitUntil(lambda: not pacer._timer.isActive() and not pacer._settle.isActive(), timeout=5_000)
