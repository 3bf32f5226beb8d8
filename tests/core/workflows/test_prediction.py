"""Classifying foreign images with a run or its bundle."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import torch

import numpy as np
import pytest

from image_files import encode, picture, write
from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import InputError, StoppedError
from tlft_desktop.core.project.project import open_project, open_project_read_only
from tlft_desktop.core.runs.checkpoint import load_last
from tlft_desktop.core.runs.checkpoint_files import FINAL_FOLDER
from tlft_desktop.core.runs.predictions import read_predictions
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.events import EpochEnd
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.strategy import StrategyKind
from tlft_desktop.core.workflows.bundle import Bundle, read_bundle
from tlft_desktop.core.workflows.experiment import TrainOptions, run_experiment
from tlft_desktop.core.workflows.prediction import (
    NUM_TOP,
    Prediction,
    find_images,
    load_last_state,
    load_run,
    predict,
    predict_with_bundle,
)
from trained_project import Trained, make_trained

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    return make_trained(tmp_path_factory.mktemp("prediction"))


@pytest.fixture(scope="module")
def bundle(trained: Trained) -> Bundle:
    return read_bundle(trained.root / "runs" / trained.run / FINAL_FOLDER)


def classify(bundle: Bundle, *images: Path) -> list[Prediction]:
    return list(predict_with_bundle(bundle, images, control=Control()))


def test_the_answers_are_those_of_the_validation(trained: Trained) -> None:
    project = open_project_read_only(trained.root)
    saved = read_predictions(RunStore(trained.root).folder(trained.run))
    assert saved is not None
    logits = saved.logits - saved.logits.max(axis=1, keepdims=True)
    expected = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    by_hash = {record.sha256: record for record in project.manifest.used(Split.VAL)}
    images = [trained.images / by_hash[sha256].path for sha256 in saved.hashes]
    found = list(predict(project, trained.run, images, paths=trained.paths, control=Control()))
    assert [prediction.path for prediction in found] == images
    for prediction, row in zip(found, expected, strict=True):
        given = [dict(prediction.top)[name] for name in saved.classes]
        # The run saw features that were kept with 16 bits.
        np.testing.assert_allclose(given, row, atol=2e-3)
        assert prediction.class_name == saved.classes[int(row.argmax())] == prediction.top[0][0]
        assert prediction.probability == prediction.top[0][1]
        assert len(prediction.top) == min(NUM_TOP, len(saved.classes))


def test_a_bad_image_is_a_result_between_good_ones(bundle: Bundle, trained: Trained, tmp_path: Path) -> None:
    good = sorted((trained.images / "red").iterdir())
    bad = write(tmp_path / "bad.png", encode(picture(1))[:200])
    text = write(tmp_path / "text.png", b"no image at all")
    missing = tmp_path / "missing.png"
    order = [good[0], bad, good[1], missing, text, *good[2:]]
    found = classify(bundle, *order)
    assert [prediction.path for prediction in found] == order
    assert [bool(prediction.error) for prediction in found[:6]] == [False, True, False, True, True, False]
    assert all(prediction.class_name and not prediction.error for prediction in found[5:])
    assert (found[1].class_name, found[1].probability, found[1].top) == ("", 0.0, ())
    assert found[0] == replace(classify(bundle, good[0])[0], top=found[0].top, probability=found[0].probability)


def test_folders_are_walked_in_order_and_other_files_left_alone(tmp_path: Path) -> None:
    for name in ("b.png", "a.JPG", "deep/er/c.tif", ".hidden.png", "notes.txt", "Thumbs.db", ".git/d.png"):
        write(tmp_path / "folder" / name, b"")
    (tmp_path / "folder" / "loop").symlink_to(tmp_path / "folder", target_is_directory=True)
    named = write(tmp_path / "named.txt", b"")
    found = find_images([named, tmp_path / "folder"], control=Control())
    names = [path.relative_to(tmp_path).as_posix() for path in found]
    assert names == ["named.txt", "folder/a.JPG", "folder/b.png", "folder/deep/er/c.tif"]


def test_a_folder_without_images_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "notes.txt", b"")
    with pytest.raises(InputError, match="There is no image in"):
        find_images([tmp_path], control=Control())


def test_a_stop_request_ends_the_prediction(bundle: Bundle, trained: Trained) -> None:
    control = Control()
    control.request_stop()
    with pytest.raises(StoppedError):
        list(predict_with_bundle(bundle, [trained.images / "red" / "000.png"], control=control))


def test_a_stopped_run_predicts_with_its_best_state_so_far(trained: Trained) -> None:
    control = Control()
    with open_project(trained.root) as project:
        for event in run_experiment(
            project,
            StrategyKind.FINETUNE,
            options=TrainOptions(epochs=3, threads=1),
            paths=trained.paths,
            control=control,
        ):
            if isinstance(event, EpochEnd):
                control.request_stop()
        run = RunStore(project.root).resolve("last")
        loaded = load_run(project, run)
        complete = load_run(project, trained.run)
    assert (loaded.classes, loaded.preprocessing) == (complete.classes, complete.preprocessing)
    assert loaded.state.keys() == complete.state.keys()
    assert not classify(loaded, trained.images / "red" / "000.png")[0].error


def test_the_last_state_is_told_from_the_best(trained: Trained) -> None:
    project = open_project_read_only(trained.root)
    best, last = load_run(project, trained.run), load_last_state(project, trained.run)
    assert replace(last, state=best.state) == best
    assert last.state.keys() == best.state.keys()
    newest = load_last(RunStore(project.root).checkpoints_folder(trained.run))
    assert newest is not None
    head = "classifier.weight"
    assert torch.equal(last.state[head], newest.state.part("model")[head])


def test_a_run_without_a_network_says_so(trained: Trained) -> None:
    control = Control()
    with open_project(trained.root) as project:
        events = run_experiment(
            project, StrategyKind.TRANSFER, options=TrainOptions(threads=1), paths=trained.paths, control=control
        )
        for _ in events:
            control.request_stop()
        run = RunStore(project.root).resolve("last")
        shutil.rmtree(project.root / "runs" / run / "checkpoints")
        with pytest.raises(InputError, match="no trained network yet"):
            load_run(project, run)
        with pytest.raises(InputError, match="keeps no checkpoint of its last step"):
            load_last_state(project, run)


@pytest.mark.parametrize(
    ("key", "value"),
    [("input_size", 200_000), ("crop_pct", 1e-9), ("std", [0.0, 1.0, 1.0]), ("interpolation", "nearest")],
)
def test_a_foreign_bundle_with_absurd_preprocessing_is_refused(
    trained: Trained, tmp_path: Path, key: str, value: object
) -> None:
    original = fsio.read_folder(trained.root / "runs" / trained.run / FINAL_FOLDER)
    config = json.loads(original["config.json"])
    config["tlft"]["preprocessing"][key] = value
    with fsio.FolderWriter(tmp_path / "final") as writer:
        for name, data in (original | {"config.json": json.dumps(config).encode()}).items():
            writer.add(name, data)
    with pytest.raises(InputError, match="never writes"):
        classify(read_bundle(tmp_path / "final"), trained.images / "red")


def test_weights_that_do_not_fit_or_are_no_numbers_are_refused(bundle: Bundle, trained: Trained) -> None:
    image = trained.images / "red" / "000.png"
    name, tensor = next((name, tensor) for name, tensor in bundle.state.items() if tensor.ndim == 4)
    with pytest.raises(InputError, match="do not fit"):
        classify(replace(bundle, state={key: value for key, value in bundle.state.items() if key != name}), image)
    with pytest.raises(InputError, match="not finite"):
        classify(replace(bundle, state={**bundle.state, name: tensor * float("nan")}), image)
