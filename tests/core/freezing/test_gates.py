"""The rules between two phases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlft_desktop.core.freezing.gates import Decision, decide_next_phase, decide_roll_back, is_later_kept
from tlft_desktop.core.stats import mcnemar_exact


@pytest.mark.parametrize(("num_correct", "decision"), [(89, Decision.SWITCH), (90, Decision.STOP), (91, Decision.STOP)])
def test_target_stops_when_it_is_reached(num_correct: int, decision: Decision) -> None:
    gate = decide_next_phase(num_correct, 100, target=0.9)
    assert (gate.rule, gate.decision) == ("target", decision)
    assert "90.0%" in gate.reason
    assert ("reaches" in gate.reason) is (decision is Decision.STOP)


def test_a_target_overrules_the_headroom() -> None:
    assert decide_next_phase(100, 100, target=1.0).decision is Decision.STOP
    assert decide_next_phase(99, 100, target=1.0).decision is Decision.SWITCH


@given(st.integers(1, 3000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_headroom_of_a_point_is_worth_going_on(counts: tuple[int, int]) -> None:
    num_correct, num_images = counts
    gate = decide_next_phase(num_correct, num_images, target=None)
    room = 1 - num_correct / num_images
    assert gate.rule == "headroom"
    assert (gate.decision is Decision.STOP) == (num_images >= 100 and round(100 * room, 9) < 1)


@pytest.mark.parametrize(
    ("num_correct", "num_images", "decision"),
    [
        (12, 12, Decision.SWITCH),
        (100, 100, Decision.STOP),
        (99, 100, Decision.SWITCH),
        (199, 200, Decision.STOP),
        (990, 1000, Decision.SWITCH),
    ],
)
def test_where_headroom_ends(num_correct: int, num_images: int, decision: Decision) -> None:
    assert decide_next_phase(num_correct, num_images, target=None).decision is decision


def test_headroom_in_words() -> None:
    stop = decide_next_phase(199, 200, target=None)
    assert stop.decision is Decision.STOP
    assert stop.reason == ("Hardly anything is left to gain: 0.5 points are missing to 100 % (validation images: 200).")
    few = decide_next_phase(12, 12, target=None)
    assert few.reason.startswith("So few images cannot show that nothing is left to gain: 0.0 points")
    go_on = decide_next_phase(120, 200, target=None)
    assert go_on.decision is Decision.SWITCH
    assert go_on.reason.startswith("There is room to gain: ")


def outcomes(both: int, only_first: int, only_second: int, neither: int) -> tuple[list[bool], list[bool]]:
    first = [True] * both + [True] * only_first + [False] * only_second + [False] * neither
    second = [True] * both + [False] * only_first + [True] * only_second + [False] * neither
    return first, second


@given(*[st.integers(0, 40)] * 4)
def test_the_later_phase_is_kept_only_if_it_is_right_more_often(a: int, b: int, c: int, d: int) -> None:
    first, second = outcomes(a + 100, b, c, d)
    gate = decide_roll_back(first, second)
    assert gate.rule == "best"
    assert gate.decision is (Decision.KEEP if sum(second) > sum(first) else Decision.ROLL_BACK)
    assert f"McNemar p = {mcnemar_exact(b, c):.3g}" in gate.reason


@pytest.mark.parametrize("counts", [(50, 0, 0, 50), (50, 3, 3, 50), (100, 0, 0, 0)])
def test_a_tie_goes_back(counts: tuple[int, int, int, int]) -> None:
    assert decide_roll_back(*outcomes(*counts)).decision is Decision.ROLL_BACK


@pytest.mark.parametrize(
    ("before", "later", "num_images", "kept"),
    [
        # One standard error at 8 of 12 is 1.6 images, at 45 of 50 it is 2.1.
        (8, 8, 12, True),
        (8, 7, 12, True),
        (8, 6, 12, False),
        (45, 43, 50, True),
        (45, 42, 50, False),
        (12, 12, 12, True),
        (12, 11, 12, False),
        (90, 90, 99, True),
        (90, 90, 100, False),
        (90, 91, 100, True),
    ],
)
def test_few_images_must_show_that_a_later_phase_is_worse(before: int, later: int, num_images: int, kept: bool) -> None:
    assert is_later_kept(before, later, num_images) is kept


def test_a_later_phase_that_few_images_cannot_tell_from_the_one_before_it_in_words() -> None:
    gate = decide_roll_back(*outcomes(40, 3, 2, 5))
    assert gate.decision is Decision.KEEP
    assert gate.reason == (
        "The later phase is kept, since so few images cannot tell the two apart: -2.0 points on the same images (50), "
        "McNemar p = 1."
    )


def test_roll_back_in_words() -> None:
    gate = decide_roll_back(*outcomes(80, 2, 12, 6))
    assert gate.reason == "The later phase is kept: +10.0 points on the same images (100), McNemar p = 0.0129."
    worse = decide_roll_back(*outcomes(80, 12, 2, 6)).reason
    assert "was not better, so the earlier state is used: -10.0 points" in worse


def test_other_images_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="zip"):
        decide_roll_back([True], [True, False])
