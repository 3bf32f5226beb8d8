"""Expressions that somebody typed: what they find, and that none of them takes longer than it may."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time

import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tlft_desktop.core import pattern_search, patterns
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import ResourceError, StoppedError
from tlft_desktop.core.patterns import PatternError, search_each

ENDLESS = r"(a+)+$"
NAME = 40 * "a" + "!"


def test_the_first_group_counts_or_the_whole_match() -> None:
    texts = ["p1/2.png", "other", "p22/é\ud800.png", ""]
    assert search_each(r"p\d+", texts) == ["p1", None, "p22", None]
    assert search_each(r"p(\d+)/(.)", texts) == ["1", None, "22", None]
    assert search_each(r"(p\d)?t?", texts) == ["p1", "", "p2", ""]
    assert search_each(r"\ud800", texts) == [None, None, "\ud800", None]
    assert search_each("", []) == []


@settings(deadline=None, max_examples=10)
@given(texts=st.lists(st.text()), letters=st.text(min_size=1))
def test_every_text_has_its_answer(texts: list[str], letters: str) -> None:
    expected = [letters if letters in text else None for text in texts]
    assert search_each(re.escape(letters), texts) == expected


@pytest.mark.parametrize("pattern", ["(", "*", "a{99999999999}", 5000 * "("])
def test_what_is_no_expression_is_said(pattern: str) -> None:
    with pytest.raises(PatternError, match="is not a regular expression: "):
        search_each(pattern, ["a"])


@pytest.mark.parametrize("pattern", [ENDLESS, r"(.*)*(.*)*z", r"(a|aa)+$"])
def test_a_search_without_an_end_is_ended(pattern: str) -> None:
    with pytest.raises(PatternError, match=r"takes longer than 0\.5 s") as caught:
        search_each(pattern, ["a", NAME], seconds=0.5)
    assert "Repetitions within repetitions" in caught.value.remedy


def test_the_helper_ends_by_itself_where_nobody_ends_it() -> None:
    request = json.dumps({"pattern": ENDLESS, "texts": [NAME], "seconds": 0.2})
    command = [sys.executable, "-I", "-S", pattern_search.__file__]
    child = subprocess.run(command, input=request, capture_output=True, timeout=30, check=False, encoding="ascii")
    assert child.returncode != 0
    assert child.stdout == ""


def test_a_stop_ends_a_search_at_once() -> None:
    control = Control()
    threading.Timer(0.3, control.request_stop).start()
    with pytest.raises(StoppedError):
        search_each(ENDLESS, [NAME], seconds=600, control=control)


def end_helpers() -> None:
    """End the processes that search for this one."""
    for child in psutil.Process().children():
        if any("pattern_search" in part for part in child.cmdline()):
            child.kill()


def test_a_stop_that_ends_the_helper_as_well_is_a_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    # So that the end of the helper is seen before the stop.
    monkeypatch.setattr(patterns, "_POLL_SECONDS", 30)
    control = Control()

    def end_both() -> None:
        control.request_stop()
        end_helpers()

    threading.Timer(0.5, end_both).start()
    with pytest.raises(StoppedError):
        search_each(ENDLESS, [NAME], seconds=30, control=control)


def test_a_helper_that_is_ended_from_outside_is_said() -> None:
    threading.Timer(0.5, end_helpers).start()
    with pytest.raises(ResourceError, match=r"ended before it was done \(exit status -?\d+\)\. Close") as caught:
        search_each(ENDLESS, [NAME], seconds=30)
    assert "Command" not in caught.value.message


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_an_orderly_end_of_the_program_is_for_the_program_alone() -> None:
    request = json.dumps({"pattern": "a", "texts": ["a"], "seconds": 30})
    command = [sys.executable, "-I", "-S", pattern_search.__file__]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="ascii") as child:
        time.sleep(1)
        child.terminate()
        assert child.communicate(request, timeout=30)[0] == '["a"]'


def test_a_helper_that_does_not_start_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(ResourceError, match="could not be started"):
        search_each("a", ["a"])
