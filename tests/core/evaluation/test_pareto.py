"""The front of accuracy against time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tlft_desktop.core.evaluation.pareto import pareto_front

Item = tuple[str, float, float]


def front_of(items: list[Item]) -> list[Item]:
    return pareto_front(items, lambda item: (item[1], item[2], item[0]))


def test_what_is_slower_and_worse_is_not_on_the_front() -> None:
    items = [("b", 20.0, 0.7), ("a", 10.0, 0.8), ("c", 30.0, 0.9)]
    assert [name for name, _time, _accuracy in front_of(items)] == ["a", "c"]


def test_of_equally_accurate_ones_the_quickest_counts() -> None:
    assert front_of([("a", 9.0, 0.8), ("b", 3.0, 0.8)]) == [("b", 3.0, 0.8)]


def test_of_equals_the_name_decides() -> None:
    assert front_of([("b", 3.0, 0.8), ("a", 3.0, 0.8)]) == [("a", 3.0, 0.8)]


def test_of_nothing_there_is_no_front() -> None:
    assert front_of([]) == []


@given(st.lists(st.tuples(st.floats(0.1, 100), st.floats(0, 1)), max_size=12))
def test_nothing_beats_one_of_the_front_and_every_other_is_beaten(pairs: list[tuple[float, float]]) -> None:
    items = [(f"{number:02}", *pair) for number, pair in enumerate(pairs)]
    front = front_of(items)
    for item in items:
        beaten = [other for other in front if other[1] <= item[1] and other[2] >= item[2] and other != item]
        assert (item in front) == (not beaten)
