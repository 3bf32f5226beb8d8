"""Counters read from JSON: every value of its type, in its range."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import pytest

from tlft_desktop.core.counters import LARGEST, read_counters


@dataclass
class Inner:
    """A part."""

    count: int


@dataclass
class Outer:
    """All kinds of fields."""

    count: int
    seconds: float
    name: str
    is_done: bool
    inner: Inner | None = None
    limit: float | None = None
    peaks: dict[str, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)


FULL = Outer(LARGEST, 0.1 + 0.2, "Ä", True, Inner(0), 3.0, {"a": 1}, ["x"])


def test_what_was_written_comes_back() -> None:
    assert read_counters(Outer, asdict(FULL)) == FULL
    assert read_counters(Outer, asdict(Outer(0, 0.0, "", False))) == Outer(0, 0.0, "", False)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"count": -1}, "'count' is -1, not a whole number from 0 on"),
        ({"count": True}, "'count' is True"),
        ({"count": 1.0}, "'count' is 1.0"),
        ({"count": LARGEST + 1}, "'count' is 9007199254740993"),
        ({"seconds": float("nan")}, "'seconds' is nan, not a number from 0 on"),
        ({"seconds": False}, "'seconds' is False"),
        ({"seconds": 10**400}, "'seconds' is 1000"),
        ({"name": 3}, "'name' is 3, not a text"),
        ({"is_done": 1}, "'is_done' is 1, not true or false"),
        ({"inner": {"count": "1"}}, "'count' is '1'"),
        ({"limit": "none"}, "'limit' is 'none'"),
        ({"peaks": [1]}, r"'peaks' is \[1\], not an object"),
        ({"peaks": {"a": -1}}, "'peaks.a' is -1"),
        ({"names": "abc"}, "'names' is 'abc', not a list"),
        ({"names": [1]}, "'names' is 1, not a text"),
        ({"name": ["x" * 10**6]}, r"\.\.\., not a text"),
    ],
)
def test_values_that_cannot_be(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words) as caught:
        read_counters(Outer, {**asdict(FULL), **change})
    assert len(str(caught.value)) < 200


def test_fields_that_are_missing_or_unknown() -> None:
    data = asdict(FULL)
    with pytest.raises(TypeError, match="'extra' is not known"):
        read_counters(Outer, {**data, "extra": 1})
    with pytest.raises(TypeError, match="an object is needed"):
        read_counters(Outer, [data])
    del data["peaks"], data["names"]
    with pytest.raises(KeyError, match="peaks, names"):
        read_counters(Outer, data)
    assert read_counters(Outer, data, later=("peaks", "names")).peaks == {}
