"""Before its first training a project asks whether its images may be mirrored; the answer belongs to the project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from tests.gui.fakes import FakeEngine, FakePictures, make_project
from tests.gui.hands import click, focused, press, tab_to
from tests.gui.pages.data_world import DataWorld
from tests.gui.train_pages import TrainWorld, end_world, make_world
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.project.project import Project, open_project_read_only
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, Split
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.gui.dialogs.mirror_dialog import MirrorDialog
from tlft_desktop.gui.engine import Picture, TrainSettings
from tlft_desktop.gui.pages.train_page import RACE

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
TRANSFER, FINETUNE = StrategyKind.TRANSFER, StrategyKind.FINETUNE
RED, BLUE = b"\xff\x00\x00", b"\x00\x00\xff"


class HalvedPictures(FakePictures):
    """Images that are red on the left and blue on the right."""

    def original(self, record: ImageRecord, side: int, control: Control) -> Picture:
        return Picture(8, 4, (RED * 4 + BLUE * 4) * 4)


class HalvedEngine(FakeEngine):
    """Its images have a left and a right."""

    def pictures(self, project: Project, manifest: Manifest) -> FakePictures:
        return HalvedPictures()


@pytest.fixture
def world(qapp: QApplication, tmp_path: Path, qtbot: Any) -> Iterator[TrainWorld]:
    parent = QObject()
    world = make_world(qapp, tmp_path, parent, HalvedEngine(num_epochs=2))
    world.open(flip=None)
    world.page.resize(1100, 700)
    world.page.show()
    world.page.activateWindow()
    settle(world, qtbot)
    yield world
    end_world(world, qtbot, parent)


def settle(world: TrainWorld, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: world.is_idle, timeout=10_000)


def start(world: TrainWorld) -> None:
    world.desk.start(TRANSFER, world.page.settings())


def question(world: TrainWorld, qtbot: Any) -> MirrorDialog:
    """Return the question that is open, when its image is there."""
    dialogs = [each for each in world.page.findChildren(MirrorDialog) if each.isVisible()]
    assert len(dialogs) == 1
    qtbot.waitUntil(lambda: dialogs[0].mirrored.image is not None, timeout=10_000)
    return dialogs[0]


def is_asked(world: TrainWorld) -> bool:
    return any(dialog.isVisible() for dialog in world.page.findChildren(MirrorDialog))


def stored(world: TrainWorld) -> bool | None:
    return open_project_read_only(world.root).config.flip


@pytest.mark.parametrize(("name", "answer"), [("mirror", True), ("keep", False)])
def test_the_first_training_asks_and_no_other(world: TrainWorld, qtbot: Any, name: str, answer: bool) -> None:
    start(world)
    dialog = question(world, qtbot)
    assert world.engine.trained == []
    click(getattr(dialog, name))
    qtbot.waitUntil(lambda: world.engine.trained == [TRANSFER], timeout=10_000)
    settle(world, qtbot)
    assert stored(world) is answer, "saved before the training began"
    assert world.page.form.flip.isChecked() is answer
    start(world)
    qtbot.waitUntil(lambda: len(world.engine.trained) == 2, timeout=10_000)
    assert not is_asked(world)


def test_an_image_is_shown_as_it_is_and_mirrored(world: TrainWorld, qtbot: Any) -> None:
    start(world)
    dialog = question(world, qtbot)
    original, mirrored = dialog.original.image, dialog.mirrored.image
    assert original is not None
    assert mirrored is not None
    red, blue = original.pixelColor(0, 0), original.pixelColor(7, 0)
    assert (red.red(), blue.blue()) == (255, 255)
    assert (mirrored.pixelColor(0, 0), mirrored.pixelColor(7, 0)) == (blue, red)
    for box in (dialog.original, dialog.mirrored):
        assert box.accessibleName()


def test_of_one_image_a_class_that_is_shown_which_the_mirror_changes_most(
    world: TrainWorld, qtbot: Any, monkeypatch: Any
) -> None:
    manifest = world.context.session.manifest
    assert manifest is not None
    labels = [record.label for record in manifest.used(Split.TRAIN)]
    gone, lopsided = labels[0], labels[-1]
    assert gone != lopsided
    shown = []

    def thumbnail(pictures: FakePictures, record: ImageRecord, side: int, control: Control) -> Picture:
        if record.label == gone:
            raise InputError("The file is not there (or the link leads nowhere).")
        return Picture(2, 1, RED + (BLUE if record.label == lopsided else RED))

    def original(pictures: FakePictures, record: ImageRecord, side: int, control: Control) -> Picture:
        shown.append(record.label)
        return Picture(2, 1, RED + BLUE)

    monkeypatch.setattr(HalvedPictures, "thumbnail", thumbnail)
    monkeypatch.setattr(HalvedPictures, "original", original)
    start(world)
    question(world, qtbot)
    assert shown == [lopsided]


@pytest.mark.parametrize("way", ["Esc", "Cancel", "close"])
def test_without_an_answer_nothing_starts_and_it_is_asked_again(world: TrainWorld, qtbot: Any, way: str) -> None:
    start(world)
    dialog = question(world, qtbot)
    if way == "Esc":
        press(Qt.Key.Key_Escape)
    elif way == "Cancel":
        click(dialog.cancel)
    else:
        dialog.close()
    settle(world, qtbot)
    assert not is_asked(world)
    assert (world.engine.trained, stored(world), world.context.session.flip) == ([], None, None)
    assert world.desk.can_start
    start(world)
    assert question(world, qtbot)


def test_keys_alone_answer(world: TrainWorld, qtbot: Any) -> None:
    start(world)
    dialog = question(world, qtbot)
    assert focused() is dialog.mirror
    around = []
    for _ in range(3):
        around.append(focused())
        press(Qt.Key.Key_Tab)
    assert around == [dialog.mirror, dialog.keep, dialog.cancel]
    tab_to(dialog.keep)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: world.engine.trained == [TRANSFER], timeout=10_000)
    settle(world, qtbot)
    assert stored(world) is False


def test_a_race_asks_before_it_begins(world: TrainWorld, qtbot: Any) -> None:
    click(world.page.views.button_of(RACE))
    click(world.page.race.form.start)
    dialog = question(world, qtbot)
    assert world.engine.races == []
    click(dialog.keep)
    qtbot.waitUntil(lambda: len(world.engine.races) == 1, timeout=10_000)
    settle(world, qtbot)
    assert stored(world) is False


def test_a_run_is_queued_after_the_answer_and_starts_without_another_question(world: TrainWorld, qtbot: Any) -> None:
    add = world.page.handlers()["queue_add"]
    add()
    click(question(world, qtbot).cancel)
    assert world.desk.queue.runs == ()
    add()
    click(question(world, qtbot).mirror)
    assert len(world.desk.queue.runs) == 1
    add()
    world.desk.queue.go_on()
    qtbot.waitUntil(lambda: len(world.engine.trained) == 2, timeout=10_000)
    settle(world, qtbot)
    assert not is_asked(world)
    assert stored(world) is True


def test_a_queue_from_before_there_was_the_question_asks_when_it_starts(world: TrainWorld, qtbot: Any) -> None:
    choice = world.context.session.choice
    world.desk.queue.add(FINETUNE, TrainSettings(), choice.plan)
    world.desk.queue.go_on()
    dialog = question(world, qtbot)
    assert world.engine.trained == []
    click(dialog.keep)
    qtbot.waitUntil(lambda: world.engine.trained == [FINETUNE], timeout=10_000)
    settle(world, qtbot)


def test_an_answer_among_the_settings_is_an_answer(world: TrainWorld, qtbot: Any) -> None:
    form = world.page.form
    click(form._toggle)
    assert form.flip.isChecked(), "without an answer they are mirrored"
    assert "Nobody has answered yet" in form.flip.toolTip()
    click(form.flip)
    assert world.context.session.flip is False
    start(world)
    qtbot.waitUntil(lambda: world.engine.trained == [TRANSFER], timeout=10_000)
    settle(world, qtbot)
    assert not is_asked(world)
    assert stored(world) is False
    world.context.session.undo_stack.undo()
    assert form.flip.isChecked()
    qtbot.waitUntil(lambda: stored(world) is None, timeout=10_000)


def test_the_question_goes_with_its_project(world: TrainWorld, qtbot: Any) -> None:
    start(world)
    question(world, qtbot)
    world.close()
    settle(world, qtbot)
    assert not is_asked(world)
    world.open()
    assert world.engine.trained == []
    assert world.context.session.flip is None


def test_where_no_image_can_be_shown_the_reason_is(world: TrainWorld, qtbot: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(HalvedPictures, "original", FakePictures.original)
    monkeypatch.setattr(FakePictures, "thumbnail", _gone)
    start(world)
    (dialog,) = world.page.findChildren(MirrorDialog)
    qtbot.waitUntil(lambda: "not there" in dialog.original.text, timeout=10_000)
    click(dialog.keep)
    qtbot.waitUntil(lambda: world.engine.trained == [TRANSFER], timeout=10_000)
    settle(world, qtbot)


def _gone(pictures: FakePictures, record: ImageRecord, side: int, control: Control) -> Picture:
    raise InputError("The file is not there (or the link leads nowhere).")


def test_the_page_data_shows_and_changes_the_answer(qapp: QApplication, tmp_path: Path, qtbot: Any) -> None:
    world = DataWorld(qapp, tmp_path, project=make_project(tmp_path / "pets.tlft", flip=None))
    world.show(qtbot)
    world.host.activateWindow()
    choice, session = world.page.overview.mirror.choice, world.context.session
    assert choice.currentText() == "not answered"
    choice.setFocus()
    for text, answer in (("yes", True), ("no", False)):
        with qtbot.waitSignal(world.context.saver.network_saved, timeout=10_000):
            press(Qt.Key.Key_Down)
            assert (choice.currentText(), session.flip) == (text, answer)
        assert world.project.config.flip is answer, "what the network receives is shown anew after it was saved"
    session.undo_stack.undo()
    assert choice.currentText() == "yes"
    qtbot.waitUntil(lambda: world.project.config.flip is True, timeout=10_000)
    session.answer_flip(None)
    assert choice.currentText() == "not answered"
    qtbot.waitUntil(lambda: world.project.config.flip is None, timeout=10_000)


def test_what_may_not_be_changed_cannot_be_answered(qapp: QApplication, tmp_path: Path, qtbot: Any) -> None:
    make_project(tmp_path / "pets.tlft", flip=False).close()
    world = DataWorld(qapp, tmp_path, project=open_project_read_only(tmp_path / "pets.tlft"))
    world.show(qtbot)
    mirror = world.page.overview.mirror
    assert not mirror.isEnabled()
    assert mirror.choice.currentText() == "no"
