"""Answers of each epoch: they come back as they were given, and what is damaged costs its epoch only."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from prediction_samples import drawn, given
from tlft_desktop.core import fsio
from tlft_desktop.core.evaluation.answers import answers_of
from tlft_desktop.core.runs.epoch_answers import (
    ANSWERS_FILE,
    EpochAnswers,
    EpochAnswersWriter,
    EpochImages,
    answers_in,
    check_epochs,
    cut_epochs,
    read_epoch,
    read_epochs,
)
from tlft_desktop.core.runs.predictions import NO_ANSWER

IMAGES = EpochImages(np.array([0, 1, 2, 1]), ("a", "b", "c", "d"), ("blue", "green", "red"))
RECORD_BYTES = 4 * 6 + 8 + 16


def answers(epoch: int) -> EpochAnswers:
    """Return answers that depend on the epoch."""
    shares = np.array([1.0, 0.5, 0.0, 0.25], np.float16)
    return EpochAnswers(epoch, np.array([epoch % 3, 1, NO_ANSWER, 2]), shares, shares / np.float16(2))


def store(folder: Path, *epochs: int, max_bytes: int = 1 << 20) -> None:
    writer = EpochAnswersWriter(folder, IMAGES, max_bytes=max_bytes)
    for epoch in epochs:
        writer.append(answers(epoch))
    writer.sync()
    writer.close()


def stored(folder: Path) -> tuple[int, ...]:
    found = read_epochs(folder)
    return () if found is None else found.epochs


def assert_same(found: EpochAnswers | None, expected: EpochAnswers) -> None:
    assert found is not None
    assert found.epoch == expected.epoch
    np.testing.assert_array_equal(found.answers, expected.answers)
    np.testing.assert_array_equal(found.confidence, expected.confidence)
    np.testing.assert_array_equal(found.true_probability, expected.true_probability)


def flip(path: Path, position: int) -> None:
    data = bytearray(path.read_bytes())
    data[position] ^= 0x10
    path.write_bytes(data)


def test_epochs_come_back_with_their_images(tmp_path: Path) -> None:
    assert read_epochs(tmp_path) is None
    assert read_epoch(tmp_path, 1) is None
    store(tmp_path, 1, 2)
    store(tmp_path, 5)
    found = read_epochs(tmp_path)
    assert found is not None
    assert found.epochs == (1, 2, 5)
    assert (found.images.labels.tolist(), found.images.hashes) == ([0, 1, 2, 1], IMAGES.hashes)
    assert found.images.classes == IMAGES.classes
    for epoch in found.epochs:
        assert_same(read_epoch(tmp_path, epoch), answers(epoch))
    assert read_epoch(tmp_path, 3) is None
    check_epochs(tmp_path)


def test_an_image_takes_six_bytes_in_an_epoch(tmp_path: Path) -> None:
    store(tmp_path, 1)
    before = (tmp_path / ANSWERS_FILE).stat().st_size
    store(tmp_path, 2)
    assert (tmp_path / ANSWERS_FILE).stat().st_size - before == RECORD_BYTES


def test_answers_are_those_of_every_other_figure() -> None:
    predictions = drawn(3000, 1500, seed=4, sharpness=3.0)
    logits = predictions.logits.copy()
    logits[:5] = [[np.nan] * 1500, [np.inf] * 1500, [-np.inf] * 1500, [0.0] * 1500, [-1e30] * 1500]
    predictions = given(logits, predictions.labels)
    expected = answers_of(predictions)
    found = answers_in(7, predictions.logits, predictions.labels)
    assert found.epoch == 7
    assert found.answers.tolist() == expected.predicted.tolist()
    assert (found.answers[:4] == [NO_ANSWER, NO_ANSWER, NO_ANSWER, 0]).all()
    np.testing.assert_allclose(found.confidence, expected.confidence, rtol=1e-3, atol=1e-7)
    np.testing.assert_allclose(found.true_probability, np.exp(-expected.losses), rtol=1e-3, atol=1e-7)
    is_right = found.answers == predictions.labels
    np.testing.assert_array_equal(found.confidence[is_right], found.true_probability[is_right])


def test_more_classes_than_sixteen_bits_hold(tmp_path: Path) -> None:
    for num_classes in (65_534, 65_535, 70_000):
        classes = tuple(map(str, range(num_classes)))
        images = EpochImages(np.array([0, num_classes - 1]), ("a", "b"), classes)
        half = np.full(2, 0.5, np.float16)
        writer = EpochAnswersWriter(tmp_path, images)
        writer.append(EpochAnswers(1, np.array([num_classes - 1, NO_ANSWER]), half, half))
        writer.close()
        found = read_epoch(tmp_path, 1)
        assert found is not None
        assert found.answers.tolist() == [num_classes - 1, NO_ANSWER]


def test_a_run_that_goes_on_replaces_later_epochs(tmp_path: Path) -> None:
    store(tmp_path, 1, 2, 3)
    whole = (tmp_path / ANSWERS_FILE).read_bytes()
    cut_epochs(tmp_path, 1)
    assert stored(tmp_path) == (1,)
    store(tmp_path, 2, 3)
    assert (tmp_path / ANSWERS_FILE).read_bytes() == whole
    cut_epochs(tmp_path, 3)
    assert (tmp_path / ANSWERS_FILE).read_bytes() == whole
    cut_epochs(tmp_path, 0)
    assert stored(tmp_path) == ()
    with pytest.raises(ValueError, match="epoch 3 is stored behind epoch 3"):
        store(tmp_path, 3, 3)


def test_epochs_are_thinned_out_where_they_would_take_too_much(tmp_path: Path) -> None:
    kept = {5: (1, 2, 3, 4, 5), 6: (1, 2, 3, 4, 5), 7: (1, 3, 5, 7), 10: (1, 3, 5, 7, 9), 13: (1, 5, 9, 13)}
    kept |= {20: (1, 5, 9, 13, 17), 25: (1, 9, 17, 25), 40: (1, 9, 17, 25, 33)}
    for epoch in range(1, 41):
        store(tmp_path, epoch, max_bytes=5 * RECORD_BYTES)
        assert stored(tmp_path) == kept.get(epoch, stored(tmp_path))
        assert len(stored(tmp_path)) <= 5
    for epoch in stored(tmp_path):
        assert_same(read_epoch(tmp_path, epoch), answers(epoch))


def test_a_torn_record_is_passed_over_and_replaced(tmp_path: Path) -> None:
    store(tmp_path, 1, 2)
    path = tmp_path / ANSWERS_FILE
    whole = path.read_bytes()
    for lost in (1, RECORD_BYTES // 2, RECORD_BYTES - 1):
        path.write_bytes(whole[:-lost])
        assert stored(tmp_path) == (1,)
        check_epochs(tmp_path)
        store(tmp_path, 2)
        assert path.read_bytes() == whole


def test_any_flipped_byte_is_noticed_and_costs_one_epoch_at_most(tmp_path: Path) -> None:
    store(tmp_path, 1, 2, 3)
    path = tmp_path / ANSWERS_FILE
    whole = path.read_bytes()
    first = len(whole) - 3 * RECORD_BYTES
    for position in range(len(whole)):
        flip(path, position)
        with pytest.raises(fsio.DamagedError, match=ANSWERS_FILE):
            check_epochs(tmp_path)
        if position >= first:
            spoilt = 1 + (position - first) // RECORD_BYTES
            for epoch in {1, 2, 3} - {spoilt}:
                assert_same(read_epoch(tmp_path, epoch), answers(epoch))
            with contextlib.suppress(fsio.DamagedError):
                assert read_epoch(tmp_path, spoilt) is None
        path.write_bytes(whole)


def test_a_file_of_other_images_is_replaced_and_another_file_refused(tmp_path: Path) -> None:
    store(tmp_path, 1, 2)
    others = EpochImages(IMAGES.labels, ("a", "b", "c", "e"), IMAGES.classes)
    EpochAnswersWriter(tmp_path, others).close()
    assert stored(tmp_path) == ()
    head = (tmp_path / ANSWERS_FILE).read_bytes()
    for content in (b"", b"tlft", b"\0" * 500, head[:-1], head[:40]):
        (tmp_path / ANSWERS_FILE).write_bytes(content)
        readers: list[Callable[[Path], object]] = [read_epochs, check_epochs]
        readers += [lambda folder: read_epoch(folder, 1), lambda folder: cut_epochs(folder, 1)]
        for read in readers:
            with pytest.raises(fsio.DamagedError):
                read(tmp_path)
    (tmp_path / ANSWERS_FILE).unlink()
    (tmp_path / ANSWERS_FILE).mkdir()
    with pytest.raises(fsio.DamagedError, match="cannot be read"):
        read_epochs(tmp_path)


@pytest.mark.parametrize(
    ("shares", "answer"), [([2.0, 0.0], 0), ([np.nan, 0.0], 0), ([np.inf, 0.0], 0), ([-0.5, 0.0], 0), ([0.5, 0.5], 3)]
)
def test_what_cannot_be_answers_is_refused_though_its_hash_is_right(
    shares: list[float], answer: int, tmp_path: Path
) -> None:
    images = EpochImages(np.array([0, 1]), ("a", "b"), ("blue", "green", "red"))
    writer = EpochAnswersWriter(tmp_path, images)
    values = np.array(shares, np.float16)
    writer.append(EpochAnswers(1, np.array([0, answer]), values, values))
    writer.close()
    with pytest.raises(fsio.DamagedError, match="holds answers that are none"):
        read_epoch(tmp_path, 1)


def test_images_must_fit_their_labels() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        EpochImages(np.array([0]), ("a", "b"), ("blue",))
    with pytest.raises(ValueError, match="a label is none"):
        EpochImages(np.array([1]), ("a",), ("blue",))
