"""What reaches the terminal: lines, JSON, the bar that comes and goes, and nothing that could rewrite the screen."""

from __future__ import annotations

import json
import math
import time

import pytest

from tlft_desktop.commands.output import Output, Progress

Capture = pytest.CaptureFixture[str]


def test_quiet_leaves_results_and_errors(capsys: Capture) -> None:
    output = Output(quiet=True)
    output.line("result")
    output.detail("detail")
    output.note("note")
    output.error("wrong.")
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("result\n", "tlft: wrong.\n")


def test_records_are_one_line_of_plain_ascii_and_never_nan(capsys: Capture) -> None:
    output = Output(quiet=False)
    output.record({"class": "Gänse\n\033", "top": [1, None]})
    text = capsys.readouterr().out
    assert text.isascii()
    assert text.count("\n") == 1
    assert json.loads(text) == {"class": "Gänse\n\033", "top": [1, None]}
    with pytest.raises(ValueError, match="JSON"):
        output.record({"value": math.nan})


@pytest.mark.parametrize("character", ["\033", "\r", "\n", "\0", "\x7f", "\x9b", "\u202e", "\u2066"])
def test_names_cannot_rewrite_the_screen(character: str, capsys: Capture) -> None:
    output = Output(quiet=False)
    output.line(f"a{character}b")
    output.error(f"a{character}b")
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("a\ufffdb\n", "tlft: a\ufffdb\n")


def test_ordinary_names_stay_as_they_are(capsys: Capture) -> None:
    Output(quiet=False).line("Gänse\t鸽子")
    assert capsys.readouterr().out == "Gänse\t鸽子\n"


def test_the_bar_shows_share_and_time_left_and_is_wiped_out(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    with Progress("reading", shown=True) as progress:
        progress.update(0.1)
        assert capsys.readouterr().err == ""
        time.sleep(1.05)
        progress.update(0.25, "10 of 40 images")
        drawn = capsys.readouterr().err
        assert drawn.startswith(f"\rreading  [{'#' * 6}{'-' * 18}]   25 %  10 of 40 images  about ")
        assert drawn.endswith(" s left")
    assert capsys.readouterr().err == "\r" + " " * (len(drawn) - 1) + "\r"


def test_the_bar_fits_the_terminal(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    progress = Progress("a long description of the work", shown=True)
    time.sleep(0.11)
    progress.update(0.5, "with details")
    assert len(capsys.readouterr().err) <= 30


def test_without_a_terminal_there_is_no_bar(capsys: Capture) -> None:
    with Output(quiet=False).progress("reading") as progress:
        time.sleep(0.11)
        progress.update(0.5)
        progress.show("something")
    assert capsys.readouterr().err == ""
