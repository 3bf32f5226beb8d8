"""What networks looked at, below the table of runs: asking, walking, checking, saving, and what cannot be asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.gui.dragging import drop
from tests.gui.fake_looks import BORDER
from tests.gui.fake_training import fake_training
from tests.gui.hands import click, focused, has_focus, press, tab_to
from tests.gui.pages.looking_world import Looking
from tlft_desktop.core.project.project import open_project_read_only
from tlft_desktop.gui.widgets.explain_panel import ExplainPanel
from tlft_desktop.gui.widgets.look_controls import COVERED, GRAD_CAM

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def looking(qapp: QApplication, qtbot: Any, tmp_path: Path) -> Looking:
    return Looking(qapp, tmp_path, qtbot)


def choose(box: Any, text: str) -> None:
    """Choose an entry of a box by the keyboard."""
    tab_to(box)
    places = [place for place in range(box.count()) if text in box.itemText(place)]
    assert places, [box.itemText(place) for place in range(box.count())]
    step = Qt.Key.Key_Down if places[0] > box.currentIndex() else Qt.Key.Key_Up
    press(step, times=abs(places[0] - box.currentIndex()))


def test_one_run_shows_its_answer_and_its_map(looking: Looking) -> None:
    looking.open(1)
    (view,) = looking.shown
    assert view.heading.full_text == "fine-tuning 2"
    assert view.answer.full_text == "cat, 75.0 %: wrong"
    assert view.words.text().startswith("What speaks for 'cat'")
    assert view.picture.image is not None
    assert view.picture.image.pixelColor(1, 1).red() > 200
    assert view.picture.image.pixelColor(6, 1).getRgb()[:3] == (90, 90, 90)
    assert "What speaks for 'cat'" in view.picture.accessibleDescription()
    assert looking.controls.about.full_text == "1 of 3 images · class <b>bird</b>, validation"
    assert looking.controls.about.textFormat() is Qt.TextFormat.PlainText


def test_two_runs_are_compared_in_a_third_picture(looking: Looking) -> None:
    looking.open(0, 1)
    assert [view.heading.full_text for view in looking.shown] == ["transfer 1", "fine-tuning 2", "Difference"]
    assert looking.panel.difference.words.text().startswith("40.0 % of the heat lies where 'transfer 1' has it.")
    # The second network shows the class that the first one answers.
    assert [wish.class_name for _network, wish in looking.source.asked] == ["", "cat"]


def test_buttons_and_arrow_keys_walk_through_the_validation_images(looking: Looking) -> None:
    looking.open(0)
    assert not looking.controls.previous.isEnabled()
    click(looking.controls.next)
    looking.settle()
    click(looking.shown[0].picture)
    assert focused() is looking.shown[0].picture
    press(Qt.Key.Key_Right)
    looking.settle()
    assert looking.paths == ["<b>bird</b>/0.png", "cat/0.png", "dog/0.png"]
    assert not looking.controls.next.isEnabled()
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Left)
    looking.settle()
    assert looking.paths[-1] == "cat/0.png"
    assert looking.shown[0].answer.full_text == "cat, 75.0 %: right"


def test_the_newest_wish_wins(looking: Looking) -> None:
    looking.open(0, 1)
    looking.source.asked.clear()
    looking.source.is_held = True
    click(looking.controls.next)
    click(looking.controls.next)
    looking.qtbot.waitUntil(lambda: looking.shown[0].picture.text == "The network looks at the image…")
    looking.source.is_held = False
    looking.settle()
    assert looking.paths in (["cat/0.png", "dog/0.png", "dog/0.png"], ["dog/0.png", "dog/0.png"])
    assert [view.answer.full_text for view in looking.shown[:2]] == ["dog, 75.0 %: right"] * 2


def test_an_image_that_is_wrong_is_shown_and_none_is_told(looking: Looking) -> None:
    looking.open(1)
    click(looking.controls.mistake)
    looking.settle()
    assert looking.controls.notice.text() == "fine-tuning 2 has none of the validation images wrong."
    dog = next(record for record in looking.project.edited_manifest.records if record.path == "dog/0.png")
    looking.source.wrong = (dog.sha256,)
    looking.open(0)
    click(looking.controls.mistake)
    looking.settle()
    assert looking.paths[-1] == "dog/0.png"
    assert looking.controls.notice.isHidden()


def test_maps_of_another_class(looking: Looking) -> None:
    looking.open(0)
    choose(looking.controls.classes, "the true class")
    looking.settle()
    assert looking.source.asked[-1][1].class_name == "<b>bird</b>"
    choose(looking.controls.classes, "dog")
    looking.settle()
    assert looking.source.asked[-1][1].class_name == "dog"
    click(looking.controls.next)
    looking.settle()
    assert looking.source.asked[-1][1].class_name == "dog"
    assert looking.controls.classes.currentText() == "dog"


def test_a_stage_without_places_is_a_sentence_and_the_way_back_stays(looking: Looking) -> None:
    looking.open(0)
    choose(looking.controls.stages, "stem")
    looking.settle()
    assert "no spatial extent" in looking.shown[0].picture.text
    assert not looking.controls.save.isEnabled()
    choose(looking.controls.stages, "blocks.0")
    looking.settle()
    assert looking.source.asked[-1][1].stage == "blocks.0"
    choose(looking.controls.stages, "last stage")
    looking.settle()
    assert looking.shown[0].image is not None


def test_a_run_without_a_network_hides_no_other(looking: Looking) -> None:
    first = looking.store.ids()[0]
    looking.source.without = {first}
    looking.open(0, 1)
    assert looking.shown[0].picture.text.endswith("has no trained network yet. Train it to its end.")
    assert looking.shown[1].image is not None
    assert looking.panel.difference.image is None
    click(looking.controls.mistake)
    looking.settle()
    assert "keeps no answers" in looking.controls.notice.text()


def test_the_background_is_warned_of(looking: Looking, tmp_path: Path) -> None:
    looking.open(0)
    looking.desk.show_path(tmp_path / "grass.png")
    looking.settle()
    (view,) = looking.shown
    assert view.warning.text() == BORDER
    assert view.answer.full_text == "cat, 75.0 %"
    assert looking.controls.about.full_text == "not an image of the project"
    click(looking.controls.next)
    looking.settle()
    assert view.warning.isHidden()
    assert looking.controls.about.full_text.startswith("1 of 3 images"), "back to where the walk was left"


def drop_files(panel: ExplainPanel, *paths: Path) -> bool:
    """Drag files over the panel and let them go; return whether it takes them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return drop(panel, data, QPoint(9, 9))


def test_any_image_is_dropped_or_chosen(looking: Looking, tmp_path: Path) -> None:
    looking.open(0)
    assert not drop_files(looking.panel, tmp_path / "a.png", tmp_path / "b.png"), "one at a time"
    assert not drop_files(looking.panel, tmp_path / "notes.txt")
    assert drop_files(looking.panel, tmp_path / "gone.JPG")
    looking.settle()
    assert "gone.JPG': The file is not there" in looking.shown[0].picture.text
    click(looking.controls.other)
    dialog = looking.panel.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "dog.png"))
    dialog.close()
    looking.settle()
    assert looking.shown[0].answer.full_text == "dog, 75.0 %"
    # A file of the project is known to be one, whichever way it comes.
    looking.desk.show_path(looking.project.data_folder / "dog" / "3.png")
    looking.settle()
    assert looking.controls.about.full_text == "class dog, train"


def test_maps_are_checked_and_another_question_makes_that_void(looking: Looking) -> None:
    looking.open(0, 1)
    controls = looking.controls
    assert controls.kinds.isHidden()
    click(controls.check)
    looking.settle()
    for view in looking.shown[:2]:
        assert "the rank correlation with the map is 0.62." in view.words.text()
        assert "With a shuffled head" in view.words.text()
    click(controls.kinds.button_of(COVERED))
    image = looking.shown[0].picture.image
    assert image is not None
    assert image.pixelColor(1, 1).green() < 60
    click(controls.next)
    looking.settle()
    assert controls.kinds.isHidden()
    assert controls.kind == GRAD_CAM
    assert "0.62" not in looking.shown[0].words.text()


def test_a_check_is_followed_and_stopped(looking: Looking) -> None:
    looking.open(0, 1)
    looking.source.is_check_held = True
    click(looking.controls.check)
    looking.qtbot.waitUntil(lambda: looking.controls.bar.value() == 50)
    assert looking.controls.bar.maximum() == 200
    assert looking.controls.check.isHidden()
    click(looking.controls.cancel)
    looking.settle()
    assert looking.controls.check.isEnabled()
    assert looking.controls.bar.isHidden()
    click(looking.controls.check)
    looking.qtbot.waitUntil(lambda: looking.panel.checks.is_checking)
    click(looking.controls.next)
    looking.settle()
    assert not looking.panel.checks.is_checking, "another image: nobody waits for the check any more"


def test_the_focus_goes_to_the_end_of_a_check_and_back(looking: Looking) -> None:
    looking.open(0, 1)
    controls = looking.controls
    tab_to(controls.check)
    for is_cancelled in (True, False):
        looking.source.is_check_held = True
        press(Qt.Key.Key_Space)
        assert has_focus(controls.cancel)
        if is_cancelled:
            press(Qt.Key.Key_Space)
        looking.source.is_check_held = False
        looking.settle()
        assert has_focus(controls.check), is_cancelled


def test_beside_a_training_looks_take_one_thread_and_checks_wait(looking: Looking) -> None:
    looking.open(0)
    assert looking.source.asked[-1][1].threads == 0
    controller = looking.context.controller
    looking.source.is_check_held = True
    click(looking.controls.check)
    looking.context.machine.make_way(
        lambda: controller.start(lambda control: fake_training(control, num_epochs=10_000, pause_s=0.001))
    )
    looking.qtbot.waitUntil(lambda: controller.is_active)
    looking.qtbot.waitUntil(lambda: looking.source.num_released > 0)
    assert looking.controls.notice.text() == "The check was stopped: a training begins."
    click(looking.controls.next)
    looking.qtbot.waitUntil(lambda: not looking.desk.is_looking)
    assert looking.source.asked[-1][1].threads == 1
    assert not looking.controls.check.isEnabled()
    assert "A training is running" in looking.controls.check.toolTip()


def test_the_pretrained_network_comes_first(looking: Looking) -> None:
    looking.open(0)
    assert not looking.controls.base.isEnabled()
    assert "nothing but their heads" in looking.controls.base.toolTip()
    looking.open(1)
    click(looking.controls.base, QPoint(10, looking.controls.base.height() // 2))
    looking.settle()
    assert [view.heading.full_text for view in looking.shown] == ["transfer 1", "fine-tuning 2", "Difference"]
    looking.store.move_to_trash(looking.store.ids()[0])
    looking.context.session.set_runs(looking.store.summaries())
    looking.open(0)
    assert [view.heading.full_text for view in looking.shown] == ["fine-tuning 2"]
    assert "There is no transfer run of" in looking.controls.base.toolTip()


def test_the_network_after_the_last_step_where_it_is_kept(looking: Looking) -> None:
    looking.open(1)
    assert looking.controls.epochs.isHidden()
    (looking.store.checkpoints_folder(looking.store.ids()[1]) / "000000009").mkdir(parents=True)
    looking.open(0, 1)
    choose(looking.controls.epochs, "best and last")
    looking.settle()
    assert [view.heading.full_text for view in looking.shown] == [
        *("transfer 1", "fine-tuning 2", "fine-tuning 2, last step"),
    ]
    choose(looking.controls.epochs, "last step")
    looking.settle()
    assert [network.is_last for network, _wish in looking.source.asked[-2:]] == [False, True]


def test_four_networks_have_room(qapp: QApplication, qtbot: Any, tmp_path: Path) -> None:
    looking = Looking(qapp, tmp_path, qtbot, num_more=4)
    looking.open(0, 1, 2, 3, 4, 5)
    assert len(looking.shown) == 4
    assert looking.controls.notice.text() == "No room for 2 more: four are shown."


def test_pictures_are_saved_as_they_are_shown(looking: Looking, tmp_path: Path) -> None:
    looking.open(0, 1)
    click(looking.controls.check)
    looking.settle()
    tab_to(looking.controls.strength)
    press(Qt.Key.Key_Home)
    image = looking.shown[0].picture.image
    assert image is not None
    assert image.pixelColor(1, 1).getRgb()[:3] == (0, 120, 0), "without strength it is the image as it is"
    click(looking.controls.save)
    dialog = looking.panel.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.selectedFiles()[0].endswith("0-heat")
    dialog.fileSelected.emit(str(tmp_path / "heat"))
    dialog.close()
    looking.settle()
    first, second = looking.store.ids()
    names = [f"01-{first}-best", f"01-{first}-best-occlusion", f"02-{second}-best", f"02-{second}-best-occlusion"]
    assert sorted(path.stem for path in (tmp_path / "heat").iterdir()) == [*names, "difference-01-02"]
    saved = QImage(str(tmp_path / "heat" / f"{names[0]}.png"))
    assert saved.pixelColor(1, 1).getRgb()[:3] == (0, 120, 0)
    looking.panel._save(str(tmp_path / "heat"))
    looking.settle()
    assert "exists and is not overwritten" in looking.told[0]


def test_edits_keep_the_image_and_what_is_known_is_not_asked_again(looking: Looking) -> None:
    looking.open(0)
    click(looking.controls.next)
    looking.settle()
    num_asked = len(looking.source.asked)
    session = looking.context.session
    assert session.manifest is not None
    session.set_images(session.manifest, ())
    looking.open(0)
    assert len(looking.source.asked) == num_asked
    assert looking.controls.about.full_text.startswith("2 of 3 images")


def test_a_project_that_closes_takes_its_networks_with_it(looking: Looking) -> None:
    looking.open(0)
    before = looking.source
    before.is_held = True
    click(looking.controls.next)
    looking.context.session.clear_project()
    assert not before.is_closed, "a job still uses it"
    looking.settle()
    assert before.is_closed
    assert not looking.shown
    read_only = open_project_read_only(looking.project.root)
    looking.context.session.set_project(read_only, read_only.edited_manifest, ())
    looking.context.session.set_runs(looking.store.summaries())
    looking.open(0)
    assert looking.source is not before
    assert looking.shown[0].image is not None
