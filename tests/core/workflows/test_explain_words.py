"""What checks of a map mean, in words."""

from __future__ import annotations

import pytest

from tlft_desktop.core.workflows.explain_words import trust_words
from tlft_desktop.core.workflows.explaining import Randomised


@pytest.mark.parametrize(
    ("head", "last_stage", "words"),
    [
        (-0.72, 0.1, "give other maps, so this one shows something that was learned."),
        (0.49, None, "give other maps, so this one shows something that was learned."),
        (0.1, 0.5, "a map that is partly alike: believe this one with care."),
        (0.95, -0.3, "nearly the same map: do not believe this one."),
        (None, 0.8, "nearly the same map: do not believe this one."),
    ],
)
def test_the_map_most_alike_decides(head: float | None, last_stage: float | None, words: str) -> None:
    (said,) = trust_words(Randomised(head, last_stage))
    assert said.endswith(words)


def test_without_a_correlation_nothing_is_said() -> None:
    assert list(trust_words(Randomised(None, None))) == []
