"""The pages Use and Compare over the real workflows: foreign files, damaged weights, the sentence, the command."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.pages.use_world import UseWorld
from tlft_desktop.commands import predict as predict_command
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.project.project import open_project
from tlft_desktop.core.runs.checkpoint_files import FINAL_FOLDER
from tlft_desktop.core.runs.openings import OpeningLog
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.gui.lazy import PREVIEW_SIDE, CoreEngine
from trained_project import Trained, make_trained, train

pytestmark = [pytest.mark.slow, pytest.mark.qt_log_ignore("This plugin does not support")]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    return make_trained(tmp_path_factory.mktemp("use"))


@pytest.fixture
def world(trained: Trained, qapp: QApplication, qtbot: Any, tmp_path: Path) -> Iterator[UseWorld]:
    root = tmp_path / "copy.tlft"
    shutil.copytree(trained.root, root)
    engine = CoreEngine(trained.paths)
    engine.load()
    made = UseWorld(qapp, tmp_path, engine=engine, project=open_project(root))
    made.show(qtbot)
    yield made
    made.context.session.clear_project()
    made.project.close()
    made.settle(qtbot)


def test_foreign_files_are_lines_and_the_others_are_answered(world: UseWorld, trained: Trained, qtbot: Any) -> None:
    folder = world.project.root.parent
    image = next(path for path in sorted(trained.images.rglob("*.png")))
    (folder / "paper.png").write_bytes(b"%PDF-1.4\n")
    (folder / "empty.jpg").write_bytes(b"")
    world.classify(qtbot, image, folder / "paper.png", folder / "gone.png", folder / "empty.jpg")
    good, paper, gone, empty = world.page.model.answers
    assert good.class_name == image.parent.name
    assert good.preview is not None
    assert max(good.preview.width, good.preview.height) == PREVIEW_SIDE
    assert len(good.preview.data) == 3 * good.preview.width * good.preview.height
    assert "PDF" in paper.error
    assert "not there" in gone.error
    assert empty.error
    assert not world.told


def test_what_the_threshold_means_is_measured(world: UseWorld) -> None:
    assert "validation images" in world.page.threshold.meaning.text()


def test_damaged_weights_are_a_sentence(world: UseWorld, trained: Trained, qtbot: Any) -> None:
    weights = world.project.root / "runs" / trained.run / FINAL_FOLDER / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-9] ^= 1
    weights.write_bytes(bytes(data))
    world.classify(qtbot, trained.images)
    assert len(world.told) == 1
    assert "model.safetensors" in world.told[0]
    assert "damaged" in world.told[0]
    assert world.page.model.rowCount() == 0


def test_a_folder_without_images_and_one_that_is_no_bundle(world: UseWorld, trained: Trained, qtbot: Any) -> None:
    empty = world.project.root.parent / "empty"
    empty.mkdir()
    world.classify(qtbot, empty)
    assert "no image" in world.told[0]
    world.page.chooser.choose_bundle(empty)
    world.classify(qtbot, trained.images)
    assert str(empty) in world.told[0]


def test_the_bundle_of_a_run_answers_as_the_run(world: UseWorld, trained: Trained, qtbot: Any) -> None:
    world.classify(qtbot, trained.images)
    first = [(answer.path, answer.top) for answer in world.page.model.answers]
    world.page.chooser.choose_bundle(world.project.root / "runs" / trained.run / FINAL_FOLDER)
    world.classify(qtbot, trained.images)
    assert [(answer.path, answer.top) for answer in world.page.model.answers] == first


def test_the_table_is_the_one_of_the_command_line(world: UseWorld, trained: Trained, qtbot: Any) -> None:
    world.classify(qtbot, trained.images)
    target = world.project.root.parent / "window.csv"
    world.page.desk.save_table(target, world.page.model.answers)
    world.settle(qtbot)
    bundle = predict_command.load_run(world.project, trained.run)
    answers = predict_command.predict_with_bundle(bundle, [trained.images], control=Control())
    assert target.read_bytes() == predict_command.csv_bytes(answers)


def test_two_runs_in_words_and_the_command_line_of_one(world: UseWorld, trained: Trained) -> None:
    engine, project = world.context.engine, world.project
    train(project, trained.paths)
    first, second = RunStore(project.root).ids()
    verdict = engine.compare(project, [first, second])
    assert verdict.is_possible
    assert "No measurable difference" in verdict.sentence
    command = engine.command_of(project, first)
    assert "--strategy transfer" in command.text
    assert command.remarks == ()


def test_figures_are_those_of_the_command_line(world: UseWorld, trained: Trained) -> None:
    engine, project = world.context.engine, world.project
    found = engine.evaluate(project, trained.run, None)
    assert found.evaluation.metrics.accuracy == RunStore(project.root).summary(trained.run).val_accuracy
    assert [item.name for item in found.evaluation.metrics.classes] == list(
        RunStore(project.root).config(trained.run).classes
    )
    with pytest.raises(InputError, match="has no test images"):
        list(engine.evaluate_test(project, trained.run, None, "cpu", Control()))
    assert not OpeningLog(project.root).read(), "nothing was looked at"
