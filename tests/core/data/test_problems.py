"""Splits that leave too little for training or for validation."""

from __future__ import annotations

from pathlib import Path

import pytest

from image_files import run_import, write_classes
from tlft_desktop.core.data.problems import find_problems
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, Split
from tlft_desktop.core.values.problem import Problem

CLASSES = ("cat", "dog", "emu")
KINDS = ("few_training_images", "few_validation_images")


def manifest_of(train: int, val: int, test: int = 0, *, classes: tuple[str, ...] = CLASSES) -> Manifest:
    """Return a manifest with so many images of each split, dealt to the classes in turn."""
    records = []
    for split, number in ((Split.TRAIN, train), (Split.VAL, val), (Split.TEST, test)):
        for index in range(number):
            label = classes[index % len(classes)]
            key = f"{split.value}{index}".encode().hex().zfill(64)
            records.append(ImageRecord(f"{label}/{split.value}{index}.png", key, label, split, 32, 32, "RGB"))
    return Manifest(tuple(records), classes)


def told(manifest: Manifest) -> dict[str, Problem]:
    return {problem.kind: problem for problem in find_problems(manifest) if problem.kind in KINDS}


@pytest.mark.parametrize(
    ("train", "val", "kinds"),
    [
        (15, 3, set()),
        (14, 3, {"few_training_images"}),
        (15, 2, {"few_validation_images"}),
        (3, 297, {"few_training_images"}),
        (300, 0, {"few_validation_images"}),
        (3, 1, {"few_training_images", "few_validation_images"}),
        (0, 30, {"few_training_images"}),
    ],
)
def test_few_images_of_a_split_are_told(train: int, val: int, kinds: set[str]) -> None:
    assert set(told(manifest_of(train, val))) == kinds


def test_images_that_are_held_back_are_named_as_the_cause() -> None:
    message = told(manifest_of(3, 290, 7))["few_training_images"].message
    assert message.startswith("There are only 3 training images for 3 classes: too few to learn them well")
    assert "held back for validation and test (297)" in message
    assert "`--val`" in message
    assert "page Data" in message
    scarce = told(manifest_of(9, 3))["few_training_images"].message
    assert "held back" not in scarce
    assert "several seeds" in scarce


@pytest.mark.parametrize(
    ("val", "words"),
    [
        (0, "There is no validation image for 3 classes, so no training can start."),
        (1, "There is only one validation image for 3 classes: not every class can be checked, and it alone changes"),
        (2, "There are only 2 validation images for 3 classes"),
    ],
)
def test_what_too_small_a_validation_means_and_what_helps(val: int, words: str) -> None:
    message = told(manifest_of(30, val))["few_validation_images"].message
    assert message.startswith(words)
    assert "larger share for validation (`--val` on the command line)" in message


def test_excluded_images_do_not_count() -> None:
    whole = manifest_of(15, 3)
    records = tuple(
        ImageRecord(**{**{name: getattr(record, name) for name in record.__slots__}, "excluded": "blurred"})
        if record.path.endswith("train0.png")
        else record
        for record in whole.records
    )
    assert set(told(Manifest(records, CLASSES))) == {"few_training_images"}


def test_a_share_of_nearly_all_for_validation_is_told_by_the_import(tmp_path: Path) -> None:
    result = run_import(write_classes(tmp_path / "data", dict.fromkeys(CLASSES, 20)), tmp_path / "cache", val=0.999)
    (problem,) = [problem for problem in result.problems if problem.kind == "few_training_images"]
    assert "There are only 3 training images for 3 classes" in problem.message
