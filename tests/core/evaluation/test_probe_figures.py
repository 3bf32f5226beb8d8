"""How far a probe can be believed, in sentences."""

from __future__ import annotations

import pytest

from tlft_desktop.core.evaluation.probe_answers import ProbeFigures


@pytest.mark.parametrize(
    ("num_unanswered", "remark"),
    [
        (0, ""),
        (1, "One image is the only one of its class: nothing can be said of its label."),
        (1_200, "1,200 images have no other image of their class: nothing can be said of such a label."),
    ],
)
def test_sentences_about_a_probe(num_unanswered: int, remark: str) -> None:
    figures = ProbeFigures(2_000, num_unanswered, 0.9, 0.85, 0.9345)
    assert figures.sentence == "The probe agrees with 90.0 % of the labels (95 % interval [85.0, 93.5])."
    assert figures.remark == remark
