"""Data sets of an unusable or odd shape, row by row of the fault matrix (D)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from image_files import encode, kinds, picture, run_import, write, write_classes
from tlft_desktop.core.data.problems import find_problems
from tlft_desktop.core.errors import ExitCode, InputError
from tlft_desktop.core.values.manifest import Split


def refusal(source: Path, tmp_path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        run_import(source, tmp_path / "cache")
    assert caught.value.exit_code is ExitCode.BAD_INPUT
    assert str(source) in caught.value.message
    assert caught.value.remedy
    return caught.value


def test_d1_an_empty_folder_explains_the_layout(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    error = refusal(tmp_path / "data", tmp_path)
    assert "neither images nor class folders" in error.message
    assert "data/cat/1.jpg" in error.remedy


def test_d1_images_without_class_folders_are_explained(tmp_path: Path) -> None:
    for number in range(3):
        write(tmp_path / "data" / f"{number}.png", encode(picture(number)))
    assert "holds images (3), but no class folders" in refusal(tmp_path / "data", tmp_path).message


def test_d1_class_folders_without_images_are_explained(tmp_path: Path) -> None:
    write(tmp_path / "data" / "cat" / "notes.txt", b"x")
    (tmp_path / "data" / "dog").mkdir()
    message = refusal(tmp_path / "data", tmp_path).message
    assert message.startswith("None of the class folders in ")
    assert "(2) holds an image. Other files lie there: 1." in message


def test_d1_a_train_folder_without_classes_is_explained(tmp_path: Path) -> None:
    write(tmp_path / "data" / "train" / "1.png", encode(picture(0)))
    assert "holds images (1), but no class folders" in refusal(tmp_path / "data", tmp_path).message


def test_d2_one_class_is_refused(tmp_path: Path) -> None:
    error = refusal(write_classes(tmp_path / "data", {"cat": 5}), tmp_path)
    assert "one class only (cat)" in error.message


def test_d3_a_class_with_one_image_is_used_for_training_and_told(tmp_path: Path) -> None:
    result = run_import(write_classes(tmp_path / "data", {"cat": 5, "dog": 5, "emu": 1}), tmp_path / "cache")
    (problem,) = [problem for problem in result.problems if problem.kind == "small_class"]
    assert problem.paths == ("emu",)
    assert [record.split for record in result.manifest.records if record.label == "emu"] == [Split.TRAIN]
    assert result.manifest.classes == ("cat", "dog", "emu")


@pytest.mark.parametrize("counts", [{"cat": 1, "dog": 1}, {"cat": 5, "dog": 1}])
def test_d3_fewer_than_two_classes_of_two_images_are_refused(tmp_path: Path, counts: dict[str, int]) -> None:
    error = refusal(write_classes(tmp_path / "data", counts), tmp_path)
    assert "Fewer than two classes" in error.message


def test_d4_a_class_that_is_empty_after_excluding_is_named(tmp_path: Path) -> None:
    root = write_classes(tmp_path / "data", {"cat": 3, "dog": 3})
    for number in range(2):
        write(root / "bad" / f"{number}.jpg", b"no image")
    result = run_import(root, tmp_path / "cache")
    assert result.manifest.classes == ("cat", "dog")
    (problem,) = [problem for problem in result.problems if problem.kind == "empty_class"]
    assert "'bad'" in problem.message
    assert {record.path for record in result.manifest.records if record.excluded} == {"bad/0.jpg", "bad/1.jpg"}


def test_d4_nothing_left_after_excluding_names_a_file_and_its_reason(tmp_path: Path) -> None:
    root = write_classes(tmp_path / "data", {"cat": 3})
    for number in range(2):
        write(root / "dog" / f"{number}.jpg", b"no image")
    message = refusal(root, tmp_path).message
    assert "3 of 5 files" in message
    assert "'dog/0.jpg': This is not an image" in message


def test_d4_an_empty_class_folder_is_named(tmp_path: Path) -> None:
    root = write_classes(tmp_path / "data", {"cat": 3, "dog": 3, "emu": 0})
    result = run_import(root, tmp_path / "cache")
    assert result.manifest.classes == ("cat", "dog")
    assert "emu" in next(problem.message for problem in result.problems if problem.kind == "empty_class")


def test_d5_uneven_classes_are_told(tmp_path: Path) -> None:
    result = run_import(write_classes(tmp_path / "data", {"cat": 60, "dog": 4}), tmp_path / "cache")
    (problem,) = [problem for problem in result.problems if problem.kind == "imbalance"]
    assert "balanced accuracy" in problem.message
    assert problem.paths == ("cat", "dog")


def test_d6_similar_class_names_are_told(tmp_path: Path) -> None:
    write_classes(tmp_path / "data", {"cat": 3, "Cat": 3, "cat ": 3, "dog": 3})
    if len(list((tmp_path / "data").iterdir())) < 4:
        pytest.skip("this file system does not tell such names apart")
    result = run_import(tmp_path / "data", tmp_path / "cache")
    (message,) = [problem.message for problem in result.problems if problem.kind == "similar_names"]
    assert all(repr(name) in message for name in ("cat", "Cat", "cat "))


def test_d7_many_small_classes_enlarge_validation_with_a_note(tmp_path: Path) -> None:
    root = write_classes(tmp_path / "data", {f"class {number}": 2 for number in range(6)})
    result = run_import(root, tmp_path / "cache")
    assert len(result.manifest.used(Split.VAL)) == 6
    (problem,) = [problem for problem in result.problems if problem.kind == "validation_share"]
    assert "50% of the images went to validation instead of 20%" in problem.message


def test_d8_long_names_and_markup_stay_text(tmp_path: Path) -> None:
    names = {"<img src=x>": 2, "n" * 255: 2, "&amp; 100 %": 2}
    result = run_import(write_classes(tmp_path / "data", names), tmp_path / "cache")
    assert set(result.manifest.classes) == set(names)


def test_classes_missing_from_a_given_split_are_told(tmp_path: Path) -> None:
    root = write_classes(tmp_path / "data" / "train", {"cat": 3, "dog": 3}).parent
    write_classes(root / "val", {"cat": 2, "emu": 2})
    shutil.rmtree(root / "val" / "cat")
    for number in range(2):
        write(root / "val" / "cat" / f"v{number}.png", encode(picture(70 + number)))
    found = {problem.kind: problem.paths for problem in run_import(root, tmp_path / "cache").problems}
    assert found["no_training_image"] == ("emu",)
    assert found["no_validation_image"] == ("dog",)


def test_problems_can_be_told_again_from_the_manifest_alone(tmp_path: Path) -> None:
    root = write_classes(tmp_path / "data", {"cat": 40, "dog": 3, "emu": 1})
    write(root / "dog" / "bad.png", b"no image")
    write(root / "dog" / "copy.png", (root / "dog" / "000.png").read_bytes())
    result = run_import(root, tmp_path / "cache")
    again = find_problems(result.manifest)
    assert {problem.kind for problem in again} == {"excluded", "duplicates", "small_class", "imbalance"}
    assert {problem.kind for problem in again} == kinds(result)
