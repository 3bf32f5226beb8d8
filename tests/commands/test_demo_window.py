"""The end of the demonstration: the question about the window, only where somebody can answer it, and what is next."""

from __future__ import annotations

import argparse
import io
from pathlib import Path

import pytest

from tlft_desktop.commands import demo
from tlft_desktop.commands.application import App
from tlft_desktop.commands.output import Output
from tlft_desktop.core.control import Control
from tlft_desktop.core.hints import command
from tlft_desktop.core.workflows.demo import DEMO_SETS, DemoResult
from tlft_desktop.paths import AppPaths


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


def test_the_last_words_are_commands_for_the_first_project(
    profile: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    roots = [profile / "first one.tlft", profile / "second.tlft"]
    results = [DemoResult(part, root, (), 1, "As expected.") for part, root in zip(DEMO_SETS, roots, strict=True)]
    monkeypatch.setattr(demo, "run_demo", lambda **_: iter(results))
    monkeypatch.setattr(demo, "_has_display", lambda: False)
    app = App(AppPaths.below(profile), Control(), Output(quiet=False))
    assert demo.run(argparse.Namespace(quick=True, keep=None, gui=False), app) == 0
    last = capsys.readouterr().out.splitlines()[-5:]
    ways = (("runs",), ("compare",), ("compare", "--html", "report.html"), ("gui",))
    assert last == ["Look further:", *(f"  {command(word, roots[0], *options)}" for word, *options in ways)]
