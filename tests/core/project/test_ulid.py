"""Identifiers that sort by age."""

from __future__ import annotations

import time

import pytest

from tlft_desktop.core.project.ulid import is_ulid, made_at, new_ulid


def test_identifiers_carry_the_time_as_the_specification_says(monkeypatch: pytest.MonkeyPatch) -> None:
    # From the README of the specification: 1469918176385 is 01ARYZ6S41.
    monkeypatch.setattr(time, "time", lambda: 1469918176.385)
    assert new_ulid().startswith("01ARYZ6S41")


def test_identifiers_tell_when_they_were_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 1469918176.385)
    assert made_at(new_ulid()).isoformat(timespec="milliseconds") == "2016-07-30T22:36:16.385+00:00"
    with pytest.raises(ValueError, match="no identifier"):
        made_at("run 1")


def test_identifiers_differ_and_are_valid() -> None:
    found = {new_ulid() for _ in range(1000)}
    assert len(found) == 1000
    assert all(is_ulid(text) for text in found)


def test_each_identifier_sorts_behind_the_one_before_even_when_the_clock_goes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    newest = ""
    for now in (2e9, 2e9, 1e9, -1.0, 0.0, 4e9, 1e30, 3e9):
        monkeypatch.setattr(time, "time", lambda now=now: now)
        following = new_ulid(after=newest)
        assert following > newest
        assert is_ulid(following)
        newest = following


@pytest.mark.parametrize(
    "text", ["", "last", "01ARYZ6S41", "8" + "Z" * 25, "0" * 25 + "I", "0" * 27, "0" * 25 + "a", "../" * 8]
)
def test_other_texts_are_no_identifiers(text: str) -> None:
    assert not is_ulid(text)
