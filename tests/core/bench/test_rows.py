"""Rows of measurements: which figure the goal is for, and both ways to print them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tlft_desktop.core.bench.rows import HEADER, RIGHT, Bound, Row, in_order

FASTER = Row(
    1,
    "transfer",
    2.6123,
    30,
    reference="the usual loop",
    ratio=56.49,
    accuracy=0.969,
    reference_accuracy=0.925,
)
GAP = Row(10, "largest gap", 87.0, 100, unit="ms", bound=Bound.AT_MOST)


@pytest.mark.parametrize(
    ("row", "reached"),
    [
        (FASTER, True),
        (replace(FASTER, ratio=29.9), False),
        (replace(FASTER, ratio=30.0), True),
        (replace(FASTER, accuracy=0.92), False),
        (replace(FASTER, accuracy=0.925), True),
        (replace(FASTER, reference_accuracy=None), True),
        (GAP, True),
        (replace(GAP, ours=100.0), True),
        (replace(GAP, ours=100.1), False),
        (replace(GAP, bound=Bound.AT_LEAST), False),
        (replace(GAP, ratio=101.0), False),
    ],
)
def test_the_goal_is_for_the_ratio_where_there_is_one(row: Row, reached: bool) -> None:
    assert row.reached is reached
    assert row.measured == (row.ours if row.ratio is None else row.ratio)


def test_words_and_json_say_what_was_compared_with_what() -> None:
    assert FASTER.cells() == (
        "1",
        "transfer",
        "2.612 s (96.9 % right)",
        "the usual loop (92.5 % right)",
        "56.5",
        "at least 30",
        "reached",
    )
    assert GAP.cells() == ("10", "largest gap", "87 ms", "", "", "at most 100", "reached")
    assert len(HEADER) == len(GAP.cells()) > max(RIGHT)
    data = FASTER.to_json()
    assert {"target", "what", "reference", "ours", "ratio", "goal", "reached"} <= set(data)
    assert (data["ratio"], data["goal"], data["bound"], data["reached"]) == (56.49, 30, "at least", True)


@pytest.mark.parametrize("row", [FASTER, GAP])
def test_rows_survive_json(row: Row) -> None:
    assert Row.from_json(json.loads(json.dumps(row.to_json()))) == row


@pytest.mark.parametrize("data", [{}, {**GAP.to_json(), "bound": "about"}])
def test_something_else_is_not_a_row(data: dict[str, object]) -> None:
    with pytest.raises((KeyError, ValueError)):
        Row.from_json(data)


def test_rows_are_shown_by_target() -> None:
    again, beside = replace(FASTER, what="again"), replace(FASTER, target=0)
    assert in_order([beside, GAP, FASTER, again]) == [FASTER, again, GAP, beside]
    assert beside.cells()[0] == ""
