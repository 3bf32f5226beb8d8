"""Tables of costs and the cheapest answers by them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from image_files import write
from prediction_samples import given
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.evaluation.answers import answers_of
from tlft_desktop.core.evaluation.costs import cost_view, read_costs

CLASSES = ("ill", "well")


def test_the_cheapest_answer_is_not_the_likeliest(tmp_path: Path) -> None:
    costs = read_costs(write(tmp_path / "costs.csv", b",well,ill\nill,20,0\nwell,0,1\n"), CLASSES)
    np.testing.assert_array_equal(costs, [[0, 20], [1, 0]])
    # Ill with 10 %: not to say so costs 2 on average, to say so 0.9.
    predictions = given(np.log([[0.1, 0.9], [0.01, 0.99], [0.8, 0.2]]), [0, 1, 0], CLASSES)
    found = cost_view(predictions, answers_of(predictions), costs)
    assert (found.likeliest, found.cheapest, found.num_changed) == (pytest.approx(20 / 3), 0.0, 1)
    assert found.answered == (("ill", 1, 2), ("well", 2, 1))


def test_equal_costs_change_nothing_and_no_number_costs_the_most() -> None:
    costs = np.array([[0.0, 1.0, 3.0], [1, 0, 1], [1, 1, 0]])
    predictions = given([[5, 0, 0], [np.nan, 0, 0]], [0, 0])
    found = cost_view(predictions, answers_of(predictions), costs)
    assert (found.likeliest, found.cheapest, found.num_changed) == (1.5, 1.5, 0)


def test_tables_of_other_countries_are_read(tmp_path: Path) -> None:
    text = ";ill;well;\nwell;0,5;0;\n\nill;0;1,25;\n"
    costs = read_costs(write(tmp_path / "costs.csv", text.encode("utf-16")), CLASSES)
    np.testing.assert_array_equal(costs, [[0, 1.25], [0.5, 0]])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        (",ill\nill,0\n", "first line .* does not name the class 'well' exactly once"),
        (",ill,well\nill,0,1\n", "the class 'well' does not begin exactly one line"),
        (",ill,well\nill,0,1\nill,1,0\n", "the class 'ill' does not begin exactly one line"),
        (",ill,good\nill,0,1\n", "names 'good', which is no class"),
        (",ill,well\nill,0\nwell,1,0\n", "Line 2 of .* has 1 costs for 2 answers"),
        (",ill,well\nill,0,much\nwell,1,0\n", "Line 2 of .* the cost 'much', which is no number"),
        (",ill,well\nill,0,inf\nwell,1,0\n", "the cost 'inf', which is no number"),
    ],
)
def test_what_is_no_table_of_costs_is_a_sentence(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_costs(write(tmp_path / "costs.csv", text.encode()), CLASSES)


def test_too_many_classes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="1,000 classes at most"):
        read_costs(tmp_path / "costs.csv", [str(number) for number in range(1_001)])
