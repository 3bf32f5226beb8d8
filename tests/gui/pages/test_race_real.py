"""A race in the window over the real workflows: the numbers of the page, of the files and of the terminal are one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from tests.gui.hands import click
from tests.gui.train_pages import TrainWorld, end_world, make_world
from tests.run_samples import new_project
from tlft_desktop.core.evaluation.standing import race_end
from tlft_desktop.core.project.project import open_project
from tlft_desktop.core.runs.races import RaceStore
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.race import RaceState
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.networks import layer_tree_of
from tlft_desktop.gui import format as fmt
from tlft_desktop.gui.actions import connect_actions
from tlft_desktop.gui.item_models.race_table_model import RaceColumn
from tlft_desktop.gui.lazy import CoreEngine
from tlft_desktop.gui.pages.train_page import RACE
from tlft_desktop.paths import AppPaths

pytestmark = [pytest.mark.slow, pytest.mark.qt_log_ignore("This plugin does not support")]
KINDS = (StrategyKind.TRANSFER, StrategyKind.LAST_STAGE)


@pytest.fixture
def world(profile: Path, qapp: QApplication, tmp_path: Path, qtbot: Any) -> Iterator[TrainWorld]:
    made = new_project(profile)
    root = made.root
    made.close()
    engine = CoreEngine(AppPaths.below(profile))
    engine.load()
    parent = QObject()
    world = make_world(qapp, tmp_path, parent, engine)  # type: ignore[arg-type]
    connect_actions({key: world.actions[key] for key in ("race", "race_resume")}, world.races.handlers())
    world.root = root
    project = open_project(root)
    world.context.session.set_project(project, project.edited_manifest, ())
    world.context.session.set_layer_tree(layer_tree_of(project))
    world.page.make_plots()
    world.page.resize(1100, 620)
    world.page.show()
    qtbot.waitUntil(lambda: world.is_idle, timeout=60_000)
    yield world
    end_world(world, qtbot, parent)


def test_stopped_and_gone_on_with_it_has_the_numbers_of_the_terminal(
    world: TrainWorld, profile: Path, qtbot: Any
) -> None:
    page, form, table = world.page, world.page.race.form, world.page.race.table
    page.form.threads.setValue(1)
    click(page.views.button_of(RACE))
    for kind, tick in form.ticks.items():
        tick.setChecked(kind in KINDS)
    form.budget.setValue(2)
    click(form.start)
    qtbot.waitUntil(lambda: world.races.shown is not None and world.races.shown.training == 1, timeout=60_000)
    qtbot.waitUntil(lambda: world.desk.live.epoch >= 1, timeout=60_000)
    world.context.controller.request_stop()
    qtbot.waitUntil(lambda: world.is_idle, timeout=60_000)
    store, runs = RaceStore(world.root), RunStore(world.root)
    assert store.load(store.resolve("last")).state is RaceState.STOPPED
    click(page.race.head.go_on)
    qtbot.waitUntil(lambda: world.context.controller.is_active, timeout=60_000)
    qtbot.waitUntil(lambda: world.is_idle, timeout=60_000)

    race = store.load(store.resolve("last"))
    # What `tlft race --show` prints.
    end = race_end(runs, race)
    assert (race.state, world.races.shown.end) == (RaceState.COMPLETED, end)
    model = table.model()
    for row, place in enumerate(end.standing):
        summary = runs.summary(place["runs"][0])
        cells = [model.index(row, column).data() for column in RaceColumn]
        assert cells[RaceColumn.STRATEGY] == fmt.strategy_title(place["strategy"])
        assert cells[RaceColumn.ACCURACY] == fmt.accuracy(summary.val_accuracy, summary.low, summary.high)
        assert cells[RaceColumn.TIME] == fmt.duration(summary.total_seconds)
        entry = world.races.shown.entries[row]
        assert entry.best is not None
        assert entry.best.accuracy == summary.val_accuracy
        assert len(entry.course()) == summary.epoch
    assert [sentence in page.race.words.toPlainText() for sentence in end.sentences] == [True]
