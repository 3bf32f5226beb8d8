"""The slider over the epochs of a run: matrix and images follow it, and so does the heat of the layers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSlider

from tests.gui.pages.layers_world import LayersWorld
from tests.gui.pages.mistakes_world import BIRD, CAT, CLASSES, DOG, FIRST, MistakesWorld, one_run
from tests.gui.run_files import make_run, write_answers, write_epochs
from tlft_desktop.core import fsio
from tlft_desktop.core.runs.epoch_answers import ANSWERS_FILE
from tlft_desktop.core.runs.status import read_status, write_status
from tlft_desktop.core.runs.store import CONFIG_FILE, RunStore
from tlft_desktop.gui.image_looks import LookKind
from tlft_desktop.gui.lazy_mistakes import RunEpochs

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
MakeWorld = Callable[..., MistakesWorld]
EARLY = FIRST | {f"cat/{number}.png": (CAT, {DOG: 0.6}) for number in range(4)}
MIDDLE = FIRST | {"cat/1.png": (CAT, {BIRD: 0.8})}
EPOCHS = {1: EARLY, 2: MIDDLE, 4: FIRST}
"""The run kept epoch 4; epoch 3 was left out to save space."""


def with_epochs(project: Any) -> None:
    run = make_run(project, 0.75, epochs=4)
    write_answers(project, run, FIRST, CLASSES)
    write_epochs(project, run, EPOCHS, CLASSES)


@pytest.fixture
def make_world(qapp: QApplication, qtbot: Any, tmp_path: Path) -> MakeWorld:
    def make(fill: Callable[[Any], object] = with_epochs) -> MistakesWorld:
        world = MistakesWorld(qapp, tmp_path, fill)
        world.show(qtbot)
        return world

    return make


def test_steps_of_a_solved_head_are_told_from_the_epochs_behind_it(make_world: MakeWorld, qtbot: Any) -> None:
    def fill(project: Any) -> None:
        with_epochs(project)
        store = RunStore(project.root)
        folder = store.folder(store.ids()[0])
        config = json.loads((folder / CONFIG_FILE).read_text("utf-8"))
        tuned = config["strategy"]["phases"][0]
        config["strategy"]["phases"] = [{**tuned, "name": "head", "head": "convex"}, {**tuned, "head": "sgd"}]
        fsio.write_json(folder / CONFIG_FILE, {key: config[key] for key in config if key != "sha256"}, seal=True)
        write_status(folder, replace(read_status(folder), solver_steps=2))

    world = make_world(fill)
    text = world.panel.side.epochs.text
    assert text.text() == "Epoch 2 of 2, kept"
    slider(world).setValue(1)
    world.settle(qtbot)
    assert text.text() == "Step 2 of 2"
    assert world.panel.choice.names[0] == "transfer 1, step 2"


def slider(world: MistakesWorld) -> QSlider:
    return world.panel.side.epochs.slider


def cats(world: MistakesWorld) -> list[str]:
    model = world.panel.side.matrix.matrix
    return [model.index(1, column).data() for column in range(3)]


def test_the_kept_epoch_is_shown_first(make_world: MakeWorld) -> None:
    world = make_world()
    assert (slider(world).minimum(), slider(world).maximum(), slider(world).value()) == (0, 2, 2)
    assert world.panel.side.epochs.text.text() == "Epoch 4 of 4, kept"
    assert cats(world) == ["", "3", "1"]


def test_matrix_and_images_follow_the_slider(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    world.look(LookKind.WRONG)
    slider(world).setFocus()
    qtbot.keyClick(slider(world), Qt.Key.Key_Left)
    world.settle(qtbot)
    assert world.panel.side.epochs.text.text() == "Epoch 2 of 4"
    assert cats(world) == ["1", "2", "1"]
    assert world.shown == ["cat/1.png", "cat/2.png", "dog/2.png"]
    qtbot.keyClick(slider(world), Qt.Key.Key_Home)
    world.settle(qtbot)
    assert cats(world) == ["", "", "4"]
    assert world.panel.choice.names[0] == "transfer 1, epoch 1"
    shown = world.panel.browser.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert shown == "0.png; true class cat; wrong: dog, 60.0 %"
    qtbot.keyClick(slider(world), Qt.Key.Key_End)
    world.settle(qtbot)
    assert cats(world) == ["", "3", "1"]
    assert world.panel.choice.images is world.mistakes.images_of(world.panel.choice.run), "the kept one tells more"
    qtbot.keyClick(slider(world), Qt.Key.Key_Home)
    world.settle(qtbot)
    assert cats(world) == ["", "", "4"], "an epoch that was read last is shown without reading it again"


def test_labels_are_doubted_by_the_kept_epoch_only(make_world: MakeWorld, qtbot: Any) -> None:
    def fill(project: Any) -> None:
        run = make_run(project, 0.75, epochs=4)
        write_answers(project, run, FIRST, CLASSES)
        sure = FIRST | {f"cat/{number}.png": (CAT, {DOG: 0.97}) for number in range(4)}
        write_epochs(project, run, {1: sure, 2: MIDDLE, 4: FIRST}, CLASSES)

    world = make_world(fill)
    browser = world.panel.browser
    slider(world).setValue(0)
    world.settle(qtbot)
    assert cats(world) == ["", "", "4"]
    assert world.offers[-1] == "Doubtful labels (1)"
    world.look(LookKind.WRONG)
    world.select("cat/0.png")
    assert not browser.keep.isEnabled(), "only the first epoch doubts it"
    world.look(LookKind.SUSPECTS)
    world.settle(qtbot)
    assert world.shown == ["cat/2.png"]
    assert (cats(world), slider(world).value()) == (["", "3", "1"], 2)
    assert not slider(world).isEnabled()
    assert "the network that the run kept" in slider(world).toolTip()
    world.look(LookKind.WRONG)
    assert slider(world).isEnabled()
    assert "Matrix, images" in slider(world).toolTip()


def test_while_one_epoch_is_read_only_the_last_wish_waits(
    make_world: MakeWorld, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(project: Any) -> None:
        run = make_run(project, 0.75, epochs=40)
        write_answers(project, run, FIRST, CLASSES)
        write_epochs(project, run, {epoch: EARLY if epoch < 3 else FIRST for epoch in range(1, 41)}, CLASSES)

    world = make_world(fill)
    read, at = [], RunEpochs.at
    monkeypatch.setattr(RunEpochs, "at", lambda self, epoch: (read.append(epoch), at(self, epoch))[1])
    for place in range(38, -1, -1):
        slider(world).setValue(place)
    world.settle(qtbot)
    assert read == [39, 1]
    assert cats(world) == ["", "", "4"]


def test_another_run_is_shown_as_it_was_kept(make_world: MakeWorld, qtbot: Any) -> None:
    def fill(project: Any) -> None:
        with_epochs(project)
        one_run(project)

    world = make_world(fill)
    table = world.page.table
    table.clearSelection()
    table.selectRow(0)
    world.settle(qtbot)
    slider(world).setValue(0)
    world.settle(qtbot)
    table.clearSelection()
    table.selectRow(1)
    world.settle(qtbot)
    assert cats(world) == ["", "3", "1"]
    epochs = world.panel.side.epochs
    assert not epochs.slider.isVisible()
    assert epochs.text.isVisible()
    assert "stored no answers of single epochs" in epochs.toolTip()
    table.selectRow(0)
    table.clearSelection()
    table.selectRow(0)
    world.settle(qtbot)
    assert slider(world).value() == 2


def test_damaged_epochs_say_so_and_the_kept_answers_are_shown(make_world: MakeWorld) -> None:
    def fill(project: Any) -> None:
        with_epochs(project)
        store = RunStore(project.root)
        (store.folder(store.ids()[0]) / ANSWERS_FILE).write_bytes(b"damaged")

    world = make_world(fill)
    assert len(world.shown) == 8
    assert not slider(world).isVisible()
    assert "is damaged" in world.panel.side.epochs.toolTip()


def test_a_run_that_kept_no_network_yet_shows_its_last_epoch(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world(lambda project: write_epochs(project, make_run(project, None), {1: EARLY, 2: MIDDLE}, CLASSES))
    assert cats(world) == ["1", "2", "1"]
    assert world.panel.side.epochs.text.text() == "Epoch 2 of 2"
    slider(world).setValue(0)
    world.settle(qtbot)
    assert cats(world) == ["", "", "4"]


def test_the_wish_is_told_to_who_shows_the_layers(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    (run,) = [run.run for run in world.context.session.runs]
    with qtbot.waitSignal(world.mistakes.epoch_chosen) as told:
        slider(world).setValue(1)
    assert told.args == [run, 2]
    with qtbot.waitSignal(world.mistakes.epoch_chosen) as told:
        slider(world).setValue(2)
    assert told.args == [run, 4]
    world.settle(qtbot)


def test_the_heat_of_the_same_run_follows_and_of_another_one_does_not(probing: LayersWorld) -> None:
    desk = probing.page.panels.heating
    desk.choose_run("01J")
    seen: list[int] = []
    desk.changed.connect(lambda: seen.append(desk._chosen_epoch))
    desk.follow_epoch("01J", 3)
    desk.follow_epoch("01K", 5)
    assert seen == [3]


def test_steps_towards_a_solved_head_are_no_epochs(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    session = world.context.session
    session.set_runs([replace(run, is_head_solved=True) for run in session.runs])
    world.settle(qtbot)
    assert world.panel.side.epochs.text.text() == "Step 4 of 4, kept"
    slider(world).setFocus()
    qtbot.keyClick(slider(world), Qt.Key.Key_Left)
    world.settle(qtbot)
    assert world.panel.side.epochs.text.text() == "Step 2 of 4"
    assert world.panel.choice.names[0].endswith(", step 2")
