"""Training images judged by a probe that has not learned them: what it finds, keeps and refuses."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from image_files import encode, write
from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import ExitCode, InputError, StoppedError, StorageError
from tlft_desktop.core.evaluation.chosen import RunAnswers
from tlft_desktop.core.evaluation.image_answers import image_answers_of, images_in, undecided_suspects
from tlft_desktop.core.evaluation.probe_answers import probe_figures, stored_probe
from tlft_desktop.core.project.cache import FEATURES_FOLDER
from tlft_desktop.core.project.edits import Edit, EditField, confirmed_labels
from tlft_desktop.core.project.manifests import MANIFESTS_FOLDER, write_manifest
from tlft_desktop.core.project.project import Project, open_project, open_project_read_only
from tlft_desktop.core.runs.predictions import ARRAYS_FILE, PROBE_FOLDER
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.manifest import ImageRecord, Split
from tlft_desktop.core.values.probe_progress import ProbeProgress
from tlft_desktop.core.workflows import label_probe
from tlft_desktop.core.workflows.create import NewProject, create
from tlft_desktop.core.workflows.label_probe import probe_training_labels
from tlft_desktop.paths import AppPaths
from trained_project import Trained, train

pytestmark = pytest.mark.slow
WRONG = ("blue", "green")
"""The classes of the first image of the class blue: the one that it shows, and what somebody called it."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    """Return a project with a run that learned one wrong label; tests copy it."""
    folder = tmp_path_factory.mktemp("trained")
    paths, images = AppPaths.below(folder / "home"), plain_images(folder / "images")
    new = NewProject(root=folder / "colours", source=images, image_size=32, val_fraction=0.3)
    project = list(create(new, paths=paths, control=Control()))[-1]
    assert isinstance(project, Project)
    with project:
        project.edits.append([Edit(_training(project, WRONG[0])[0].path, EditField.LABEL, *WRONG)])
        train(project, paths)
        return Trained(project.root, images, paths, RunStore(project.root).resolve("last"))


def plain_images(folder: Path) -> Path:
    """Write three classes of pictures that are easily told apart by their colour."""
    for channel, label in enumerate(("red", "green", "blue")):
        for number in range(16):
            pixels = np.random.default_rng([channel, number]).integers(0, 30, (40, 48, 3)).astype(np.uint8)
            pixels[..., channel] += 200
            write(folder / label / f"{number:03d}.png", encode(pixels))
    return folder


@pytest.fixture
def project(made: Trained, tmp_path: Path) -> Any:
    """Return the open project, which a test may change."""
    with open_project(shutil.copytree(made.root, tmp_path / "copy.tlft")) as opened:
        yield opened


def _training(project: Project, label: str) -> list[ImageRecord]:
    return [record for record in project.edited_manifest.used(Split.TRAIN) if record.label == label]


def mislabelled(project: Project) -> str:
    """Return the image with the wrong label."""
    (path,) = {edit.image for edit in project.edits.read() if edit.field is EditField.LABEL and edit.old == WRONG[0]}
    return path


def ask(
    project: Project, made: Trained, *, paths: AppPaths | None = None, control: Control | None = None
) -> RunAnswers:
    """Return what the probe answers."""
    *_, last = probe_training_labels(project, made.run, paths=paths or made.paths, control=control or Control())
    assert isinstance(last, RunAnswers)
    return last


def suspects(project: Project, found: RunAnswers) -> list[str]:
    """Return the images that the project lists as doubtful."""
    answers = image_answers_of(found)
    images = images_in(project.edited_manifest, answers, split=Split.TRAIN)
    rows = undecided_suspects(answers, images, confirmed_labels(project.edits.read()))
    return [image.path for image in (images[row] for row in rows) if image is not None]


def _content(path: Path) -> dict[str, Any]:
    return fsio.read_json(path, sealed=True)


def change_images(project: Project, made: Trained, records: Sequence[ImageRecord]) -> None:
    """Make the run one that was trained on other images."""
    manifest = replace(project.edited_manifest, records=tuple(records))
    write_manifest(project.root, manifest)
    store = RunStore(project.root)
    path = store.folder(made.run) / "run.json"
    fsio.write_json(path, {**_content(path), "manifest": manifest.digest}, seal=True)


def test_a_wrong_label_is_found_although_the_run_learned_it(project: Project, made: Trained) -> None:
    wrong = mislabelled(project)
    found = ask(project, made)
    assert suspects(project, found) == [wrong]
    answers = image_answers_of(found)
    assert set(answers.hashes) == {record.sha256 for record in project.edited_manifest.used(Split.TRAIN)}
    figures = probe_figures(answers.answers)
    assert (figures.num_images, figures.num_unanswered) == (len(answers.hashes), 0)
    assert 0.8 < figures.low < figures.accuracy < figures.high < 1


@pytest.mark.parametrize(
    "decision",
    [
        (EditField.LABEL, "green", "blue"),
        (EditField.EXCLUDED, "", "doubtful label"),
        (EditField.CONFIRMED, "", "green"),
    ],
)
def test_what_was_decided_is_listed_no_more(
    project: Project, made: Trained, decision: tuple[EditField, str, str]
) -> None:
    wrong, found = mislabelled(project), ask(project, made)
    edit = Edit(wrong, *decision)
    project.edits.append([edit])
    assert suspects(project, found) == []
    assert suspects(project, ask(project, made)) == [], "the run is of an older list of images"
    project.edits.undo([edit])
    assert suspects(project, found) == [wrong]


def test_answers_are_kept_beside_the_run_and_computed_again_where_they_are_damaged(
    project: Project, made: Trained, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = RunStore(project.root)
    first = ask(project, made)
    with monkeypatch.context() as patch:
        patch.setattr(label_probe, "LogisticFolds", None)
        again = ask(project, made)
    np.testing.assert_array_equal(first.predictions.logits, again.predictions.logits)
    (store.folder(made.run) / PROBE_FOLDER / ARRAYS_FILE).write_bytes(b"damaged")
    assert stored_probe(store, made.run) is None
    np.testing.assert_array_equal(ask(project, made).predictions.logits, first.predictions.logits)
    assert stored_probe(store, made.run) is not None


def test_answers_for_other_images_are_not_taken_for_those_of_the_probe(project: Project, made: Trained) -> None:
    store, first = RunStore(project.root), ask(project, made)
    folder = store.folder(made.run)
    for path in folder.glob("predictions.*"):
        shutil.copy(path, folder / PROBE_FOLDER)
    assert stored_probe(store, made.run) is None
    np.testing.assert_array_equal(ask(project, made).predictions.logits, first.predictions.logits)


def test_a_project_for_reading_and_a_full_disk_get_answers_too(
    project: Project, made: Trained, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StorageError("The disk is full.")

    store = RunStore(project.root)
    assert len(ask(open_project_read_only(project.root), made).predictions.labels)
    monkeypatch.setattr(label_probe, "write_predictions", refuse)
    assert len(ask(project, made).predictions.labels)
    assert stored_probe(store, made.run) is None


def test_the_features_of_the_run_are_read_and_computed_again_where_they_are_gone_or_damaged(
    project: Project, made: Trained, tmp_path: Path
) -> None:
    def passes(paths: AppPaths) -> int:
        shutil.rmtree(RunStore(project.root).folder(made.run) / PROBE_FOLDER, ignore_errors=True)
        steps = list(probe_training_labels(project, made.run, paths=paths, control=Control()))
        assert isinstance(steps[-1], RunAnswers)
        assert suspects(project, steps[-1]) == [mislabelled(project)]
        return sum(isinstance(step, ProbeProgress) and step.stage == "pass" for step in steps)

    home = shutil.copytree(made.paths.cache.parent, tmp_path / "home")
    paths = replace(made.paths, cache=home / made.paths.cache.name)
    assert passes(paths) == 0, "the run has kept them"
    for file in (paths.cache / FEATURES_FOLDER).glob("*/*.f16"):
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        file.write_bytes(bytes(data))
    assert passes(paths) > 0
    shutil.rmtree(paths.cache)
    assert passes(paths) > 0
    assert passes(paths) == 0


def test_a_stop_ends_it_and_what_is_done_is_kept(project: Project, made: Trained, tmp_path: Path) -> None:
    control, paths = Control(), replace(made.paths, cache=tmp_path / "cache")
    steps = probe_training_labels(project, made.run, paths=paths, control=control)
    seen = [step.stage for step in iter(lambda: next(steps), ProbeProgress("folds", 0, 1))]  # type: ignore[union-attr]
    assert set(seen) == {"read", "pass"}
    control.request_stop()
    with pytest.raises(StoppedError):
        next(steps)
    assert stored_probe(RunStore(project.root), made.run) is None
    stages = [
        step.stage
        for step in probe_training_labels(project, made.run, paths=paths, control=Control())
        if (isinstance(step, ProbeProgress))
    ]
    assert "pass" not in stages


def test_images_without_another_one_to_learn_from_are_refused_or_not_doubted(project: Project, made: Trained) -> None:
    records = project.edited_manifest.records
    used = project.edited_manifest.used(Split.TRAIN)
    first = {record.label: record.path for record in reversed(used)}

    def only(kept: set[str]) -> list[ImageRecord]:
        return [record for record in records if record.path in kept or record.split is not Split.TRAIN]

    for kept in (set(first.values()), {record.path for record in used if record.label == "red"}):
        change_images(project, made, only(kept))
        with pytest.raises(InputError, match="cannot be doubted: a probe learns a class from some") as error:
            ask(project, made)
        assert error.value.exit_code == ExitCode.BAD_INPUT
    change_images(project, made, only(set()))
    with pytest.raises(InputError, match="no training images"):
        ask(project, made)
    change_images(project, made, only({record.path for record in used if record.label != "green"} | {first["green"]}))
    answers = image_answers_of(ask(project, made))
    assert probe_figures(answers.answers).num_unanswered == 1
    row = answers.hashes.index(next(record.sha256 for record in used if record.path == first["green"]))
    assert answers.name_of(int(answers.answers.predicted[row])) == ""
    assert first["green"] not in suspects(project, ask(project, made))


def test_images_of_a_group_are_held_out_together(project: Project, made: Trained) -> None:
    records = project.edited_manifest.records
    one = [replace(record, group="all") if record.split is Split.TRAIN else record for record in records]
    change_images(project, made, one)
    with pytest.raises(InputError, match="of no common group"):
        ask(project, made)
    by_label = [replace(record, group=record.label) if record.split is Split.TRAIN else record for record in records]
    change_images(project, made, by_label)
    with pytest.raises(InputError, match="of no common group"):
        ask(project, made)


def test_a_run_whose_list_of_images_is_gone_or_that_is_not_there(project: Project, made: Trained) -> None:
    config = RunStore(project.root).config(made.run)
    (project.root / MANIFESTS_FOLDER / f"{config.manifest}.jsonl").unlink()
    with pytest.raises(InputError, match=r"The list of images .* is missing"):
        ask(project, made)
    with pytest.raises(InputError, match="no run"):
        ask(project, replace(made, run="01ARZ3NDEKTSV4RRFFQ69G5FAV"))


def test_a_run_of_a_device_that_is_not_here_is_asked_on_one_that_is(project: Project, made: Trained) -> None:
    path = RunStore(project.root).folder(made.run) / "run.json"
    data = _content(path)
    fsio.write_json(path, {**data, "numerics": {**data["numerics"], "device": "cuda:7"}}, seal=True)
    assert suspects(project, ask(project, made)) == [mislabelled(project)]
