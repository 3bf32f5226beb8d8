"""Which class is taken for which, against scikit-learn, and where two runs agree."""

from __future__ import annotations

import time

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix

from prediction_samples import drawn, given
from tlft_desktop.core.evaluation.answers import answers_of
from tlft_desktop.core.evaluation.confusion import agreement_of, confusions_of, rows_of_cell


def test_counts_equal_scikit_learn() -> None:
    predictions = drawn(500, 7)
    answers = answers_of(predictions)
    found = confusions_of(answers)
    wanted = confusion_matrix(predictions.labels, predictions.logits.argmax(axis=1))
    np.testing.assert_array_equal([[found.at(row, column) for column in range(7)] for row in range(7)], wanted)
    np.testing.assert_array_equal(found.support, wanted.sum(axis=1))
    assert found.share(2, 3) == wanted[2, 3] / wanted[2].sum()
    for truth, answer in ((2, 3), (4, 4)):
        rows = rows_of_cell(answers, truth, answer)
        assert len(rows) == wanted[truth, answer]
        assert set(predictions.labels[rows]) == {truth}
        assert set(answers.predicted[rows]) == {answer}


def test_the_most_frequent_pairs_come_first_and_right_answers_are_no_pair() -> None:
    answers = answers_of(given(np.eye(3)[[1, 1, 2, 0, 1, 2]], [0, 0, 0, 0, 1, 1]))
    assert confusions_of(answers).pairs() == [(0, 1, 2), (0, 2, 1), (1, 2, 1)]


def test_what_is_no_number_is_an_image_of_its_class_and_in_no_cell() -> None:
    answers = answers_of(given([[np.nan, 0], [1, 0], [0, 1]], [0, 0, 0]))
    found = confusions_of(answers)
    assert found.cells.tolist() == [[0, 0, 1], [0, 1, 1]]
    assert found.support.tolist() == [3, 0]
    assert found.share(0, 0) == pytest.approx(1 / 3)
    assert found.share(1, 0) == 0, "a class without images"


def test_without_images_there_are_no_cells() -> None:
    found = confusions_of(answers_of(given(np.zeros((0, 3)), [])))
    assert (found.cells.shape, found.pairs(), found.at(0, 0)) == ((0, 3), [], 0)


def test_thousands_of_classes_take_no_square_of_memory() -> None:
    generator = np.random.default_rng(0)
    labels = generator.integers(5000, size=400)
    logits = np.zeros((400, 5000), dtype=np.float32)
    logits[np.arange(400), generator.integers(5000, size=400)] = 9
    answers = answers_of(given(logits, labels))
    start = time.process_time()
    found = confusions_of(answers)
    assert found.cells.nbytes < 20_000
    assert found.cells[:, 2].sum() == 400
    assert time.process_time() - start < 1, "a matrix of all classes would take a second"


def test_agreement_tells_four_cases_apart() -> None:
    first = answers_of(given(np.eye(2)[[0, 0, 1, 1, 0]], [0, 0, 0, 0, 1]))
    second = answers_of(given(np.eye(2)[[0, 1, 0, 1, 0]], [0, 0, 0, 0, 1]))
    found = agreement_of(first, second)
    assert [rows.tolist() for rows in found] == [[0], [1], [2], [3, 4]]
    assert found.only_second.tolist() == [2]


def test_other_images_are_never_held_against_each_other() -> None:
    first = answers_of(given(np.eye(2)[[0, 0]], [0, 0]))
    for other in (given(np.eye(2)[[0, 0]], [0, 1]), given(np.eye(2)[[0]], [0]), given(np.eye(3)[[0, 0]], [0, 0])):
        with pytest.raises(ValueError, match="other images"):
            agreement_of(first, answers_of(other))
