"""Answers image by image: the order that runs share, the images of the project, and what cannot be compared."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import ArrayLike

from prediction_samples import drawn, given, hashes
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.chosen import RunAnswers
from tlft_desktop.core.evaluation.image_answers import (
    EpochReader,
    ImageAnswers,
    epoch_reader,
    image_answers_of,
    images_in,
    undecided_suspects,
    why_not_side_by_side,
)
from tlft_desktop.core.runs.epoch_answers import EpochAnswersWriter, EpochImages, answers_in, read_epochs
from tlft_desktop.core.runs.predictions import NO_ANSWER, Predictions
from tlft_desktop.core.runs.store import RunStore
from tlft_desktop.core.values.manifest import ImageRecord, Manifest, Split
from tlft_desktop.core.values.run import RunState, RunSummary

CLASSES = ("b", "a")


def looked_at(predictions: Predictions, name: str = "transfer 1") -> ImageAnswers:
    summary = RunSummary(run=f"0{name[-1]}", name=name, strategy="transfer", state=RunState.COMPLETED)
    return image_answers_of(RunAnswers(summary, predictions))


def answered(values: ArrayLike, labels: list[int], hashes: tuple[str, ...], name: str = "transfer 1") -> ImageAnswers:
    return looked_at(Predictions(np.array(values, np.float32), np.array(labels), hashes, CLASSES), name)


def image(path: str, sha256: str, label: str, split: Split = Split.VAL, excluded: str = "") -> ImageRecord:
    return ImageRecord(path, sha256, label, split, 8, 8, "RGB", excluded=excluded)


def test_rows_and_classes_stand_in_an_order_of_their_own() -> None:
    found = answered([[9, 0], [0, 9], [0, 9]], [0, 0, 1], ("z", "y", "x"))
    assert (found.hashes, found.classes) == (("x", "y", "z"), ("a", "b"))
    assert [found.name_of(number) for number in found.labels.tolist()] == ["a", "b", "b"]
    assert [found.name_of(number) for number in found.answers.predicted.tolist()] == ["a", "a", "b"]
    assert found.likeliest is not None
    assert found.likeliest.classes.tolist() == [[0, 1], [0, 1], [1, 0]]


def test_no_answer_has_no_name() -> None:
    found = answered([[np.nan, 0]], [0], ("x",))
    assert found.name_of(int(found.answers.predicted[0])) == ""


def test_images_are_found_by_their_content_wherever_they_are_now() -> None:
    found = answered(np.zeros((3, 2)), [0, 1, 0], ("x", "y", "z"))
    manifest = Manifest(
        (
            image("new/1.png", "x", "a"),
            image("b/2.png", "z", "b", Split.TRAIN, excluded="blurred"),
            image("b/3.png", "other", "b"),
        ),
        ("a", "b"),
    )
    records = images_in(manifest, found)
    assert [record and record.path for record in records] == ["new/1.png", None, "b/2.png"]


def test_copies_of_an_image_are_told_apart_by_split_and_class() -> None:
    found = answered(np.zeros((2, 2)), [0, 1], ("x", "x"))
    copies = (
        image("1.png", "x", "b", Split.TRAIN),
        image("2.png", "x", "b"),
        image("3.png", "x", "a"),
        image("4.png", "x", "c"),
    )
    records = images_in(Manifest(copies, ("a", "b", "c")), found)
    # The row of class a stands first.
    assert [record and record.path for record in records] == ["3.png", "2.png"]


def test_two_runs_are_held_against_each_other_on_the_same_images_only() -> None:
    first = answered(np.zeros((2, 2)), [0, 1], ("x", "y"))
    same = answered(np.zeros((2, 2)), [1, 0], ("y", "x"), "transfer 2")
    assert why_not_side_by_side(first, same) == ""
    other_images = answered(np.zeros((2, 2)), [0, 1], ("x", "z"), "transfer 2")
    assert "validated on different images (1 in common" in why_not_side_by_side(first, other_images)
    relabelled = answered(np.zeros((2, 2)), [0, 0], ("x", "y"), "transfer 2")
    assert "got another class" in why_not_side_by_side(first, relabelled)
    other_classes = looked_at(given(np.zeros((2, 2)), [0, 1], ("a", "c")), "transfer 2")
    assert "tell other classes apart" in why_not_side_by_side(first, other_classes)


def test_what_was_decided_about_is_doubted_no_more() -> None:
    values = [[9, 0], [9, 0], [0, 9], [0, 9], [0, 9], [0, 9], [0, 9]]
    names = ("p", "q", "s", "t", "u", "v", "w")
    found = answered(values, [0, 0, 0, 0, 0, 0, 1], names)
    records = {digest: image(f"{digest}.png", digest, "b") for digest in names if digest != "s"}
    records["t"] = image("t.png", "t", "a")
    records["u"] = image("u.png", "u", "b", excluded="blurred")
    images = images_in(Manifest(tuple(records.values()), ("a", "b")), found)
    confirmed = {"v.png": "b", "p.png": "b"}
    assert undecided_suspects(found, images, {}) == [found.hashes.index("v")]
    assert undecided_suspects(found, images, confirmed) == []
    assert undecided_suspects(found, images, {"v.png": "a"}) == [found.hashes.index("v")], "another class was confirmed"


def test_epochs_stand_in_the_same_order_as_the_kept_answers(tmp_path: Path) -> None:
    predictions = Predictions(drawn(30, 4).logits, drawn(30, 4).labels, hashes(30)[::-1], ("d", "a", "c", "b"))
    predictions.logits[7, 2] = np.nan
    images = EpochImages(predictions.labels, predictions.hashes, predictions.classes)
    with closing(EpochAnswersWriter(tmp_path, images)) as writer:
        writer.append(answers_in(1, predictions.logits, predictions.labels))
        writer.append(answers_in(2, -predictions.logits, predictions.labels))
    kept, stored = looked_at(predictions), read_epochs(tmp_path)
    assert stored is not None
    reader = EpochReader(tmp_path, kept.summary, stored)
    first, second = (reader.at(epoch) for epoch in reader.epochs)
    assert (first.hashes, first.classes) == (kept.hashes, kept.classes)
    np.testing.assert_array_equal(first.labels, kept.labels)
    np.testing.assert_array_equal(first.answers.predicted, kept.answers.predicted)
    np.testing.assert_allclose(first.answers.losses, kept.answers.losses, rtol=0.01, atol=0.01)
    assert NO_ANSWER in first.answers.predicted
    assert (first.answers.predicted != second.answers.predicted).mean() > 0.5
    assert why_not_side_by_side(first, kept) == ""
    np.testing.assert_array_equal(first.margins, first.answers.confidence)
    with pytest.raises(InputError, match="no answers of epoch 3"):
        reader.at(3)


def test_a_run_without_epochs_has_nothing_to_read(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    run = store.new_id()
    (tmp_path / "runs" / run).mkdir(parents=True)
    assert epoch_reader(store, run) is None
