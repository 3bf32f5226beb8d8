"""The page Use: answers as they come, the threshold, cancelling, tables, and everything that can go wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from tests.gui.fakes import FakeEngine
from tests.gui.pages.use_world import UseWorld
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.gui.engine import Answer, ModelSource
from tlft_desktop.gui.item_models.answer_table_model import AnswerColumn, AnswerTableModel, Verdict, VerdictFilter
from tlft_desktop.gui.widgets import answer_table

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
MakeWorld = Callable[..., UseWorld]
MANY = [Path(f"/data/cat{number}.png") for number in range(2_000)]


@pytest.fixture
def make_world(qapp: QApplication, qtbot: Any, tmp_path: Path) -> Iterator[MakeWorld]:
    worlds: list[UseWorld] = []

    def make(**options: Any) -> UseWorld:
        world = UseWorld(qapp, tmp_path, **options)
        worlds.append(world)
        world.show(qtbot)
        return world

    yield make
    for world in worlds:
        world.context.session.clear_project()
        world.project.close()
        world.settle(qtbot)


def texts(world: UseWorld) -> list[str]:
    proxy = world.page.table.model()
    return [proxy.index(row, AnswerColumn.ANSWER).data() for row in range(proxy.rowCount())]


def test_the_best_run_answers_first(make_world: MakeWorld) -> None:
    world = make_world()
    labels = [world.page.chooser.itemText(number) for number in range(world.page.chooser.count())]
    assert labels == ["transfer 2 · 90.0 %", "transfer 1 · 80.0 %"]
    assert world.page.chooser.source == ModelSource(run=RunStore(world.project.root).ids()[1])


def test_answers_with_what_they_are_worth(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    world.classify(qtbot, Path("/data/cat.png"), Path("/data/vague.png"), Path("/data/bad.pdf"))
    assert texts(world) == ["cat", "not sure", "not read: This is a PDF file, not an image."]
    assert world.page.model.counts() == {Verdict.SURE: 1, Verdict.UNSURE: 1, Verdict.UNREAD: 1}
    assert world.page.strip.kinds.button_of("unread").text() == "Not rea&d 1"
    assert not world.told, "an image that cannot be read is a line, not an alarm"


def test_a_sure_answer_is_not_called_right(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    world.classify(qtbot, Path("/data/cat.png"))
    index = world.page.table.model().index(0, AnswerColumn.ANSWER)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith(" % sure")
    assert "does not mean that it is right" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "success" not in {name for name, _tint in answer_table._SIGNS.values()}


def test_the_threshold_judges_anew_and_says_what_it_means(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    world.classify(qtbot, Path("/data/cat.png"), Path("/data/vague.png"))
    world.page.threshold.slider.setValue(80)
    assert texts(world) == ["not sure", "not sure"]
    assert "2 would get an answer, and 100.0 %" in world.page.threshold.meaning.text()
    world.page.threshold.slider.setValue(30)
    assert texts(world) == ["cat", "cat"]
    assert world.context.state.value("use/threshold") == "30"
    world.page.threshold.slider.setValue(100)
    assert "none would get an answer" in world.page.threshold.meaning.text()


@pytest.mark.parametrize("kept", ["", "abc", "-3", "101", "9" * 40])
def test_a_threshold_that_was_kept_badly_is_the_default(make_world: MakeWorld, kept: str) -> None:
    world = make_world()
    world.context.state.set_value("use/threshold", kept)
    world.page._restore_threshold()
    assert world.page.threshold.threshold == 0.5


def test_a_run_without_predictions_explains_the_threshold_in_general(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()

    def refuse(*_args: object) -> None:
        raise InputError("damaged")

    world.context.engine.reliability = refuse  # type: ignore[method-assign,assignment]
    world.page._read_reliability()
    world.settle(qtbot)
    assert "likelier than all others" in world.page.threshold.meaning.text()
    assert not world.told


def test_a_folder_is_classified(make_world: MakeWorld, qtbot: Any, tmp_path: Path) -> None:
    world = make_world()
    (tmp_path / "images").mkdir()
    world.classify(qtbot, tmp_path / "images", Path("/data/dog.png"))
    assert texts(world) == ["cat", "cat", "cat", "dog"]
    assert world.page.takes_drops()


def test_two_thousand_images_come_in_chunks(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()
    chunks: list[int] = []
    world.page.desk.answered.connect(lambda answers: chunks.append(len(answers)))
    world.classify(qtbot, *MANY)
    assert sum(chunks) == len(MANY)
    assert len(chunks) < 100, "not one repaint for each image"
    assert [answer.path for answer in world.page.model.answers] == [str(path) for path in MANY]


def test_cancelling_keeps_what_is_there(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world(engine=FakeEngine(pause_s=0.002))
    world.page.classify(MANY)
    qtbot.waitUntil(lambda: world.page.model.rowCount() > 0)
    assert world.page.strip.cancel.isVisible()
    world.page.strip.cancel.click()
    world.settle(qtbot)
    assert 0 < world.page.model.rowCount() < len(MANY)
    assert not world.page.strip.cancel.isVisible()
    assert not world.told
    assert "save_answers" not in world.page.blocked()


def test_new_images_end_what_runs(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world(engine=FakeEngine(pause_s=0.002))
    world.page.classify(MANY)
    qtbot.waitUntil(lambda: world.page.model.rowCount() > 0)
    world.classify(qtbot, Path("/data/dog.png"))
    assert texts(world) == ["dog"]


def test_closing_the_project_ends_it_without_a_word(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world(engine=FakeEngine(pause_s=0.002))
    world.page.classify(MANY)
    qtbot.waitUntil(lambda: world.page.model.rowCount() > 0)
    world.context.session.clear_project()
    world.settle(qtbot)
    assert world.page.model.rowCount() == 0
    assert world.page.chooser.count() == 0
    assert not world.told


def test_a_run_thrown_away_while_it_answers(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world(engine=FakeEngine(pause_s=0.001))
    store = RunStore(world.project.root)
    world.page.classify(MANY[:200])
    qtbot.waitUntil(lambda: world.page.model.rowCount() > 0)
    store.move_to_trash(store.ids()[1])
    world.show_runs()
    assert world.page.chooser.count() == 1, "the other run is chosen for what comes next"
    world.settle(qtbot)
    assert world.page.model.rowCount() == 200, "the network was loaded: the answers are good"


def test_a_network_that_cannot_be_read_is_a_sentence(make_world: MakeWorld, qtbot: Any) -> None:
    world = make_world()

    def refuse(*_args: object) -> Iterator[Answer]:
        raise InputError("'final/model.safetensors' is damaged.", remedy="Train the run again.")
        yield

    world.context.engine.classify = refuse  # type: ignore[method-assign,assignment]
    world.classify(qtbot, Path("/data/cat.png"))
    assert world.told == ["The images were not classified. 'final/model.safetensors' is damaged. Train the run again."]
    assert world.page._stack.currentIndex() == 0


def test_a_bundle_answers_and_is_forgotten_with_the_project(make_world: MakeWorld, tmp_path: Path) -> None:
    world = make_world()
    world.page.chooser.choose_bundle(tmp_path / "for a colleague")
    assert world.page.chooser.source == ModelSource(bundle=tmp_path / "for a colleague")
    assert world.page.chooser.currentText() == "Bundle for a colleague"
    world.show_runs()
    assert world.page.chooser.source == ModelSource(bundle=tmp_path / "for a colleague"), "the choice stays"
    world.context.session.clear_project()
    assert world.page.chooser.source is None
    assert {"predict", "predict_folder"} <= set(world.page.blocked())


def test_answers_are_saved_in_the_columns_of_the_command_line(
    make_world: MakeWorld, qtbot: Any, tmp_path: Path
) -> None:
    world = make_world()
    world.classify(qtbot, Path("/data/cat.png"), Path("/data/bad.pdf"), Path("=cmd.png"))
    target = tmp_path / "answers.csv"
    world.page._save(str(target))
    world.settle(qtbot)
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "path,class,probability,error"
    assert lines[1] == f"{Path('/data/cat.png')},cat,0.750000,"
    assert lines[2].endswith(',"This is a PDF file, not an image."')
    assert lines[3].startswith("'=cmd.png,")
    assert str(target) in world.told[0]
    assert world.context.messages.messages[0].offers[0].text == "&Open the folder"


def test_a_table_that_cannot_be_written_is_a_sentence(make_world: MakeWorld, qtbot: Any, tmp_path: Path) -> None:
    world = make_world()
    world.classify(qtbot, Path("/data/cat.png"))
    photo = tmp_path / "photo.png"
    photo.write_bytes(b"image")
    world.page._save(str(photo))
    world.settle(qtbot)
    assert "is not a table" in world.told[0]
    assert photo.read_bytes() == b"image"
    world.page._save(str(tmp_path / "nowhere" / "a.csv"))
    world.settle(qtbot)
    assert "no folder" in world.told[0]


def test_model_of_answers(qtmodeltester: Any, qtbot: Any) -> None:
    # One parent for both, as on the page: two that die together in Python's collector crash the binding.
    host = QObject()
    model, shown = AnswerTableModel(host), VerdictFilter(host)
    shown.setSourceModel(model)
    qtmodeltester.check(model, force_py=False)
    model.append([Answer("a.png", (("cat", 0.9),)), Answer("b.png", (("dog", 0.3), ("cat", 0.2)))])
    model.append([])
    model.append([Answer("c.png", (), "gone")])
    qtmodeltester.check(model, force_py=False)
    qtmodeltester.check(shown, force_py=False)
    shown.show_only(Verdict.UNSURE)
    assert [shown.index(row, 0).data() for row in range(shown.rowCount())] == ["b.png"]
    with qtbot.waitSignal(model.dataChanged):
        model.set_threshold(0.2)
    assert shown.rowCount() == 0, "the filter follows the threshold"
    shown.sort(AnswerColumn.TOP)
    shown.show_only(None)
    assert shown.rowCount() == 3
    assert shown.index(0, 0).data() == "c.png"
    model.clear()
    assert shown.rowCount() == 0
    host.deleteLater()
