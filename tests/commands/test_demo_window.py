"""Whether the demonstration asks about the window: only where somebody can see the question and answer it."""

from __future__ import annotations

import io

import pytest

from tlft_desktop.commands import demo
from tlft_desktop.commands.output import Output


class Terminal(io.StringIO):
    """Standard input of somebody who sits at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "wanted"), [("\n", True), ("y\n", True), ("n\n", False), ("", False)])
def test_the_answer_counts(answer: str, wanted: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    assert demo._wants_window(Output(quiet=False)) is wanted


def test_nobody_is_asked_who_cannot_see_or_answer_the_question(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = Output(quiet=False)
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert demo._wants_window(output) is False
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    output.reader_is_gone = True
    assert demo._wants_window(output) is False
    assert capsys.readouterr().out == ""
