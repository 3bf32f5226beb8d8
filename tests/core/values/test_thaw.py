"""Thaw schedules: exact in JSON, strict about what people write."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plan_samples import json_values
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.thaw import ThawSchedule

SCHEDULES = st.dictionaries(st.text(), st.integers(0, 10**9)).map(lambda found: ThawSchedule(tuple(found.items())))


@given(SCHEDULES)
def test_round_trip(thaw: ThawSchedule) -> None:
    assert ThawSchedule.from_json(json.loads(json.dumps(thaw.to_json(), allow_nan=False))) == thaw


def test_what_trains_from_the_start_is_not_named() -> None:
    thaw = ThawSchedule((("b", 2), ("a", 0)))
    assert thaw == ThawSchedule((("b", 2),))
    assert (thaw.epoch_of("a"), thaw.epoch_of("b"), thaw.epoch_of("other")) == (0, 2, 0)


def test_a_stage_gets_another_epoch() -> None:
    thaw = ThawSchedule().with_epoch("b", 3).with_epoch("a", 1)
    assert thaw.to_json() == {"a": 1, "b": 3}
    assert thaw.with_epoch("b", 5).to_json() == {"a": 1, "b": 5}
    assert thaw.with_epoch("b", 0).to_json() == {"a": 1}
    assert thaw.within({"b", "c"}).to_json() == {"b": 3}


@pytest.mark.parametrize("epochs", [(("a", 1), ("a", 2)), (("a", -1),)])
def test_impossible_schedules(epochs: tuple[tuple[str, int], ...]) -> None:
    with pytest.raises(ValueError, match="stage"):
        ThawSchedule(epochs)


@pytest.mark.parametrize(
    "data", [None, [], "a", 3, {"a": -1}, {"a": True}, {"a": 1.0}, {"a": "1"}, {"a": None}, {3: 1}]
)
def test_what_is_no_schedule_is_refused_in_words(data: Any) -> None:
    with pytest.raises(InputError, match="thaw schedule cannot be read"):
        ThawSchedule.from_json(data)


@given(json_values())
def test_json_of_anything_is_read_exactly_or_refused(data: Any) -> None:
    try:
        thaw = ThawSchedule.from_json(data)
    except InputError:
        return
    assert thaw.to_json() == {stage: epoch for stage, epoch in data.items() if epoch}
