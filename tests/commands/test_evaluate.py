"""`tlft evaluate`: figures of validation images, test images that are counted, and what cannot be told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from command_line import CLASSES, Result, World, records, sentence
from prediction_samples import given
from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import ExitCode
from tlft_desktop.core.evaluation.epochs import epoch_numbers
from tlft_desktop.core.evaluation.reliability import reliability_of
from tlft_desktop.core.project.edits import Edit, EditField
from tlft_desktop.core.project.project import open_project, open_project_read_only
from tlft_desktop.core.runs.epoch_answers import ANSWERS_FILE
from tlft_desktop.core.runs.openings import OPENINGS_FILE, TEST_FOLDER, OpeningLog
from tlft_desktop.core.runs.predictions import (
    ARRAYS_FILE,
    PROBE_FOLDER,
    Predictions,
    read_predictions,
    write_predictions,
)
from tlft_desktop.core.runs.status import read_status, write_status
from tlft_desktop.core.runs.store import METRICS_FILE, RunStore
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.workflows.checking import CheckResult, check_project
from tlft_desktop.paths import AppPaths
from trained_project import train

pytestmark = pytest.mark.slow
Caller = Callable[..., Result]
KEYS = {
    *("split", "num_images", "accuracy", "low", "high", "balanced_accuracy", "macro_f1", "log_loss", "confusion"),
    *("classes", "run", "name", "calibration", "coverage", "curves", "costs", "validation_selected", "test_openings"),
}


@pytest.fixture(scope="module")
def held_back(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with test images and a run that was trained without them; tests copy it."""
    root = world.copy(tmp_path_factory.mktemp("held-back"))
    images = [f"{name}/{number:03d}.png" for name in CLASSES for number in range(2)]
    with open_project(root) as project:
        split_of = {record.path: record.split.value for record in project.manifest.records}
        project.edits.append(Edit(image, EditField.SPLIT, split_of[image], Split.TEST) for image in images)
        train(project, AppPaths.below(world.home))
    return root


@pytest.fixture
def project(held_back: Path, tmp_path: Path) -> Path:
    """Return a project that a test may change."""
    return shutil.copytree(held_back, tmp_path / "copy.tlft")


def test_lines_for_programs(world: World, run: Caller) -> None:
    (line,) = records(run("evaluate", world.project, "transfer 1", "--json"))
    assert set(line) >= KEYS
    (shown,) = [item for item in records(run("runs", world.project, "--json")) if item["run"] == line["run"]]
    assert (line["split"], line["test_openings"], line["stored"], line["curves"]) == ("val", 0, False, None)
    assert line["accuracy"] == pytest.approx(shown["val_accuracy"])
    assert (line["low"], line["high"]) == (pytest.approx(shown["low"]), pytest.approx(shown["high"]))
    assert [item["class"] for item in line["classes"]] == list(CLASSES)
    assert sum(map(sum, line["confusion"])) == line["num_images"] == sum(item["support"] for item in line["classes"])
    assert line["validation_selected"] == (line["epochs_judged"] > 1)


def test_the_macro_f1_is_that_of_the_events(world: World, run: Caller) -> None:
    events = [event for event in world.finetune if event["event"] == "validation_end"]
    (shown,) = [item for item in records(run("runs", world.project, "--json")) if item["run"] == events[0]["run"]]
    best = next(event for event in events if event["epoch"] == shown["best_epoch"])
    (line,) = records(run("evaluate", world.project, shown["run"], "--json"))
    assert line["macro_f1"] == pytest.approx(best["val_macro_f1"])
    assert line["log_loss"] == pytest.approx(best["val_loss"], rel=1e-4)


def test_figures_in_words(world: World, run: Caller, tmp_path: Path) -> None:
    costs = tmp_path / "costs.csv"
    costs.write_text(",blue,green,red\nblue,0,1,1\ngreen,1,0,1\nred,9,9,0\n")
    result = run("evaluate", world.project, "fine-tuning 2", "--costs", costs)
    assert result.returncode == 0, result.stderr
    for text in ("validation images:", "balanced accuracy", "not sure below", "By your costs an image costs "):
        assert text in result.stdout
    assert "Validation-selected: one of 2 epochs was chosen by these very images" in result.stdout
    (line,) = records(run("evaluate", world.project, "fine-tuning 2", "--costs", costs, "--json"))
    assert line["costs"]["cheapest"] <= 9
    assert [item["class"] for item in line["costs"]["answered"]] == list(CLASSES)


def test_every_look_at_the_test_images_is_counted(project: Path, run: Caller) -> None:
    first = run("evaluate", project, "last", "--split", "test")
    assert first.returncode == 0, first.stderr
    assert "on 6 test images:" in first.stdout
    assert "The test images were looked at 1 time; what is chosen by them is no longer a test." in first.stdout
    assert "Validation-selected" not in first.stdout
    (again,) = records(run("evaluate", project, "last", "--split", "test", "--json"))
    assert (again["split"], again["num_images"], again["stored"]) == ("test", 6, True)
    assert (again["test_openings"], again["test_runs"], again["validation_selected"]) == (2, 1, False)
    assert again["caution"].startswith("The test images were looked at 2 times;")
    store = RunStore(project)
    newest = store.ids()[-1]
    stored = read_predictions(store.folder(newest) / TEST_FOLDER)
    assert stored is not None
    tested = open_project_read_only(project).manifest.used(Split.TEST)
    assert stored.hashes == tuple(record.sha256 for record in tested)
    assert [stored.classes[label] for label in stored.labels] == [record.label for record in tested]
    (best,) = [item["val_accuracy"] for item in records(run("runs", project, "--json")) if item["run"] == newest]
    assert again["accuracy"] == pytest.approx(best, abs=0.4)
    log = OpeningLog(project)
    assert [(item.run, item.num_images, item.stored) for item in log.read()] == [(newest, 6, False), (newest, 6, True)]


def test_the_answers_are_those_of_the_network(project: Path, run: Caller, world: World) -> None:
    """The answers for test images are those that `tlft predict` gives for their files."""
    (line,) = records(run("evaluate", project, "last", "--split", "test", "--json"))
    tested = open_project_read_only(project).manifest.used(Split.TEST)
    images = [world.images / record.path for record in tested]
    answers = records(run("predict", project, "--run", line["run"], *images, "--json"))
    right = sum(answer["class"] == record.label for answer, record in zip(answers, tested, strict=True))
    assert line["accuracy"] == pytest.approx(right / 6)
    stored = read_predictions(RunStore(project).folder(line["run"]) / TEST_FOLDER)
    assert stored is not None
    surest = reliability_of(stored).probabilities
    assert sorted(surest) == pytest.approx(sorted(answer["probability"] for answer in answers), abs=2e-3)


def test_answers_of_another_state_or_damaged_ones_are_computed_again(project: Path, run: Caller) -> None:
    records(run("evaluate", project, "last", "--split", "test", "--json"))
    folder = RunStore(project).folder(RunStore(project).ids()[-1])
    (folder / TEST_FOLDER / ARRAYS_FILE).write_bytes(b"damaged")
    *_, checked = check_project(project, control=Control())
    assert isinstance(checked, CheckResult)
    assert checked.damaged == 1
    (line,) = records(run("evaluate", project, "last", "--split", "test", "--json"))
    assert (line["stored"], line["test_openings"]) == (False, 2)
    status = read_status(folder)
    assert status.best is not None
    write_status(folder, replace(status, best={**status.best, "epoch": status.best["epoch"] + 1}))
    (line,) = records(run("evaluate", project, "last", "--split", "test", "--json"))
    assert (line["stored"], line["test_openings"]) == (False, 3)


def test_a_damaged_line_of_the_log_was_a_look_too(project: Path, run: Caller) -> None:
    records(run("evaluate", project, "last", "--split", "test", "--json"))
    path = project / OPENINGS_FILE
    path.write_bytes(path.read_bytes().replace(b"num_images", b"num_imagos") + b'{"torn')
    (line,) = records(run("evaluate", project, "last", "--split", "test", "--json"))
    assert (line["test_openings"], line["stored"]) == (2, False)


def test_nothing_is_shown_that_could_not_be_counted(
    project: Path, run: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(log: OpeningLog, opening: object) -> None:
        raise fsio.DamagedError(f"'{log.path}' cannot be written.")

    monkeypatch.setattr(OpeningLog, "append", refuse)
    result = run("evaluate", project, "last", "--split", "test")
    assert (result.returncode, result.stdout) == (ExitCode.BAD_INPUT, "")


def test_what_cannot_be_told_is_a_sentence(world: World, project: Path, run: Caller, tmp_path: Path) -> None:
    costs = tmp_path / "costs.csv"
    costs.write_text(",blue\nblue,0\n")
    for arguments, code, text in (
        ((world.project, "transfer 1", "--split", "test"), ExitCode.BAD_INPUT, "The run has no test images"),
        ((project, "nowhere"), ExitCode.BAD_INPUT, "There is no run 'nowhere'"),
        ((project, "last", "--split", "train"), ExitCode.USAGE, "--split"),
        (
            (project, "last", "--split", "test", "--mistakes"),
            ExitCode.USAGE,
            "of the validation and training images only",
        ),
        (
            (project, "last", "--split", "test", "--costs", costs),
            ExitCode.BAD_INPUT,
            "does not name the class 'green' exactly once",
        ),
    ):
        result = run("evaluate", *arguments)
        assert result.returncode == code, result.stdout
        assert text in sentence(result)
        assert result.stdout == ""
    assert not (project / OPENINGS_FILE).exists()
    folder = RunStore(project).folder(RunStore(project).ids()[-1])
    (folder / "predictions.json").unlink()
    assert "has no results: it was not trained to its end" in sentence(run("evaluate", project, "last"))


def test_any_epoch_is_judged_by_its_stored_answers(world: World, run: Caller) -> None:
    events = {event["epoch"]: event for event in world.finetune if event["event"] == "validation_end"}
    best = next(event for event in world.finetune if event["event"] == "fit_end")["best"]["epoch"]
    (whole,) = records(run("evaluate", world.project, "fine-tuning 2", "--json"))
    assert (whole["epoch"], whole["best_epoch"]) == (best, best)
    for epoch, event in events.items():
        (line,) = records(run("evaluate", world.project, "fine-tuning 2", "--epoch", epoch, "--json"))
        assert set(line) >= KEYS
        assert (line["epoch"], line["best_epoch"], line["split"]) == (epoch, best, "val")
        assert line["accuracy"] == pytest.approx(event["val_accuracy"])
        assert line["macro_f1"] == pytest.approx(event["val_macro_f1"])
        assert line["log_loss"] == event["val_loss"]
        assert line["validation_selected"] == (epoch == best)
        assert (line["curves"], line["costs"], line["calibration"]["scaled"]) == (None, None, None)
        if epoch == best:
            assert (line["confusion"], line["classes"]) == (whole["confusion"], whole["classes"])
            assert line["calibration"]["ece"] == pytest.approx(whole["calibration"]["ece"], abs=1e-3)
    other = next(epoch for epoch in events if epoch != best)
    shown = run("evaluate", world.project, "fine-tuning 2", "--epoch", other)
    assert f" after epoch {other} on " in shown.stdout
    assert f"These are the answers of epoch {other}; the run kept the network of epoch {best}." in shown.stdout
    assert "Validation-selected" not in shown.stdout


def test_epochs_that_are_not_stored_are_refused_in_words(project: Path, run: Caller, tmp_path: Path) -> None:
    folder = RunStore(project).folder(RunStore(project).ids()[-1])
    (folder / METRICS_FILE).unlink()
    records(run("evaluate", project, "last", "--epoch", 1, "--json"))
    costs = tmp_path / "costs.csv"
    costs.write_text("")
    for arguments, code, text in (
        (("--epoch", 999), ExitCode.BAD_INPUT, "has no answers of epoch 999. Stored are the epochs 1"),
        (("--epoch", 0), ExitCode.USAGE, "must be a whole number from 1"),
        (("--epoch", 1, "--split", "test"), ExitCode.USAGE, "asked about the validation images only"),
        (("--epoch", 1, "--costs", costs), ExitCode.USAGE, "What mistakes cost needs all probabilities"),
    ):
        result = run("evaluate", project, "last", *arguments)
        assert result.returncode == code, result.stdout
        assert text in sentence(result)
    (folder / ANSWERS_FILE).unlink()
    refused = sentence(run("evaluate", project, "last", "--epoch", 1))
    assert "has no answers of single epochs: none of its epochs has ended yet, or an earlier version" in refused


@pytest.mark.parametrize(
    ("epochs", "text"),
    [
        ([3], "3"),
        ([1, 2], "1-2"),
        ([1, 2, 3, 7, 9, 10], "1-3, 7, 9-10"),
        (list(range(1, 40, 4)), "1, 5, 9, 13, ..., 37"),
    ],
)
def test_epoch_numbers(epochs: list[int], text: str) -> None:
    assert epoch_numbers(epochs) == text


def test_the_worst_images_and_the_doubtful_labels_are_listed(project: Path, run: Caller) -> None:
    folder = RunStore(project).folder(RunStore(project).ids()[-1])
    records_of = {record.path: record for record in open_project_read_only(project).edited_manifest.used(Split.VAL)}
    paths = sorted(records_of)[:4]
    logits = np.array([[4, 0, 0], [0, 4, 0], [0, 0, 4], [0, 0, 0], [0, 5, 0]], np.float32)
    hashes = (*(records_of[path].sha256 for path in paths), "0" * 64)
    write_predictions(folder, Predictions(logits, np.array([0, 1, 1, 2, 0]), hashes, CLASSES))
    with open_project(project) as opened:
        opened.edits.append(Edit(path, EditField.LABEL, "blue", "green") for path in paths[1:3])
    result = run("evaluate", project, "last", "--mistakes", 3, "--suspects", "--confusions")
    assert "The images with the worst answers:" in result.stdout
    assert "(no longer in the project)" in result.stdout
    assert "arXiv 1911.00068" in result.stdout
    (line,) = records(run("evaluate", project, "last", "--mistakes", 3, "--suspects", "--json"))
    assert [item["path"] for item in line["worst_images"]] == ["", paths[2], paths[3]]
    worst = line["worst_images"][1]
    assert (worst["class"], worst["answer"]) == ("green", "red")
    assert worst["true_probability"] < 0.02 < 0.9 < worst["probability"]
    assert [item["path"] for item in line["label_suspects"]] == [paths[2]]
    assert "The class of 1 image is confirmed." in run("label", project, "--keep", "green", paths[2]).stdout
    assert "The run doubts no label." in run("evaluate", project, "last", "--suspects").stdout
    (early,) = records(run("evaluate", project, "last", "--epoch", 1, "--mistakes", 2, "--json"))
    assert len(early["worst_images"]) == 2
    assert {item["path"] for item in early["worst_images"]} <= set(records_of)
    (plain,) = records(run("evaluate", project, "last", "--json"))
    assert not {"worst_images", "label_suspects"} & set(plain)


def test_above_lists_of_images_stands_the_accuracy_only(project: Path, run: Caller, tmp_path: Path) -> None:
    figures = run("evaluate", project, "last").stdout
    (line,) = records(run("evaluate", project, "last", "--json"))
    accuracy = f"accuracy {100 * line['accuracy']:.1f} % ["
    for options in (("--suspects",), ("--mistakes", 2), ("--suspects", "--mistakes")):
        first, second, *_ = run("evaluate", project, "last", *options).stdout.splitlines()
        assert accuracy in first, options
        assert first.startswith(figures.splitlines()[0].removesuffix(":"))
        assert second == ""
    shown = run("evaluate", project, "last", "--mistakes", 1).stdout
    assert not [text for text in ("balanced accuracy", "precision", "not sure below", "By your costs") if text in shown]
    costs = tmp_path / "costs.csv"
    rows = [",".join((true, *("2" if true != answer else "0" for answer in CLASSES))) for true in CLASSES]
    costs.write_text("\n".join((",".join(("", *CLASSES)), *rows)), encoding="utf-8")
    asked = run("evaluate", project, "last", "--mistakes", 1, "--costs", costs)
    assert "By your costs" in asked.stdout, asked.stderr


def test_doubtful_labels_of_training_images_come_from_a_probe(project: Path, run: Caller) -> None:
    with open_project_read_only(project) as opened:
        trained = {record.path: record for record in opened.edited_manifest.used(Split.TRAIN)}
    (line,) = records(run("evaluate", project, "last", "--suspects", "--of", "train", "--json"))
    assert "label_suspects" not in line
    probe = line["training_probe"]
    assert (probe["num_images"], probe["num_unanswered"]) == (len(trained), 0)
    assert 0 <= probe["low"] <= probe["accuracy"] <= probe["high"] <= 1
    for item in line["training_label_suspects"]:
        record = trained[item["path"]]
        assert (item["class"], item["sha256"]) == (record.label, record.sha256)
        assert item["answer"] != record.label
        assert item["true_probability"] < item["probability"] <= 1
    with open_project(project):
        shown = run("evaluate", project, "last", "--suspects", "--of", "train", "--mistakes", 1)
    assert "asked of a probe that has not learned them" in shown.stdout
    assert f"The probe agrees with {100 * probe['accuracy']:.1f} % of the labels" in shown.stdout
    assert "The images with the worst answers:" in shown.stdout
    for item in line["training_label_suspects"]:
        assert item["path"] in shown.stdout
    images = [item["path"] for item in line["training_label_suspects"]]
    for name in CLASSES:
        run("label", project, "--keep", name, *(path for path in images if trained[path].label == name))
    kept = run("evaluate", project, "last", "--suspects", "--of", "train").stdout
    assert "The probe doubts no label of the training images." in kept
    (folder,) = (RunStore(project).folder(RunStore(project).ids()[-1]) / PROBE_FOLDER,)
    (folder / ARRAYS_FILE).write_bytes(b"damaged")
    *_, checked = check_project(project, control=Control())
    assert isinstance(checked, CheckResult)
    assert checked.damaged == 1


def test_whose_labels_are_doubted_is_refused_in_words_where_it_means_nothing(project: Path, run: Caller) -> None:
    for arguments, text in (
        (("--of", "train"), "--of says whose labels --suspects doubts"),
        (("--suspects", "--of", "test"), "--of"),
        (("--suspects", "--of", "train", "--epoch", 1), "knows no epochs"),
        (("--suspects", "--of", "train", "--split", "test"), "of the validation and training images only"),
    ):
        result = run("evaluate", project, "last", *arguments)
        assert (result.returncode, result.stdout) == (ExitCode.USAGE, "")
        assert text in sentence(result)
    with open_project(project) as opened:
        records_of = opened.edited_manifest.used(Split.TRAIN)
        opened.edits.append(Edit(record.path, EditField.EXCLUDED, "", "no") for record in records_of[1:])
    (line,) = records(run("evaluate", project, "last", "--suspects", "--of", "train", "--json"))
    left = {item["path"] for item in line["training_label_suspects"]}
    assert left <= {records_of[0].path}, "the probe was asked of the images of then"


def test_names_of_classes_are_data(project: Path, run: Caller) -> None:
    folder = RunStore(project).folder(RunStore(project).ids()[-1])
    write_predictions(folder, given([[2, 0], [0, 1], [1, 0]], [0, 1, 1], ("<b>red</b>", "a & b\033[2J")))
    result = run("evaluate", project, "last")
    assert "\n<b>red</b> " in result.stdout
    assert "\033" not in result.stdout
    assert "against the other class: area under the ROC curve 1.000" in result.stdout
    (line,) = records(run("evaluate", project, "last", "--json"))
    assert line["curves"]["positive"] == line["classes"][1]["class"] == "a & b\033[2J"
