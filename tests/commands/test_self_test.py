"""`tlft self-test`: what a failing one keeps and says, and that a passing one leaves nothing."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import pytest

from tlft_desktop.commands import self_test
from tlft_desktop.commands.application import App
from tlft_desktop.commands.output import Output
from tlft_desktop.core import children
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import ExitCode, NotVerifiedError
from tlft_desktop.logs import LOG_NAME
from tlft_desktop.paths import AppPaths

pytest.importorskip("PySide6")

WINDOW = """
import pathlib, sys
log = pathlib.Path(sys.argv[sys.argv.index("--home") + 1], "log")
log.mkdir(parents=True)
(log / "tlft.log").write_text("the plug-in is not there")
sys.stderr.write(%r)
sys.exit(%d)
"""
SAID = "qt: nothing\ntlft: The window cannot be opened. No plug-in.\n`tlft doctor` says what is missing.\n"


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> App:
    """The surroundings of a command whose training always succeeds, with a temporary folder of its own."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr(self_test, "train", lambda app: 1.0)
    return App(AppPaths.below(tmp_path / "home"), Control(), Output(quiet=False))


def run(app: App, monkeypatch: pytest.MonkeyPatch, *, said: str = "", code: int = 0) -> int:
    """Run the self-test with a window that says something and ends with `code`."""
    child = WINDOW % (said, code)
    monkeypatch.setattr(children, "program_command", lambda *words: [sys.executable, "-c", child, *words])
    return self_test.run(argparse.Namespace(part=None, installed=False), app)


def test_a_failing_window_keeps_its_log_and_says_where(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = app.paths.log / "self-test"
    for said, reason in (
        (SAID, "The window cannot be opened. No plug-in."),
        ("", "The window cannot be opened: exit code 7."),
    ):
        with pytest.raises(NotVerifiedError) as caught:
            run(app, monkeypatch, said=said, code=7)
        assert caught.value.message == reason
        assert caught.value.remedy == f"`tlft doctor` may say why. The log is in '{kept}'."
        assert (kept / LOG_NAME).read_text(encoding="utf-8") == "the plug-in is not there"
        assert (kept / "window.txt").read_text(encoding="utf-8") == said
    assert not list((tmp_path / "temporary").iterdir())


def test_a_passing_self_test_leaves_nothing_and_removes_what_a_failing_one_kept(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotVerifiedError):
        run(app, monkeypatch, code=7)
    assert run(app, monkeypatch) == ExitCode.DONE
    assert not list((tmp_path / "temporary").iterdir())
    assert not list(app.paths.log.iterdir())


def test_a_training_that_fails_names_the_usual_log(app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(app: App) -> float:
        raise NotVerifiedError("The training of the self-test gave a wrong result.")

    monkeypatch.setattr(self_test, "train", fail)
    with pytest.raises(NotVerifiedError, match="wrong result") as caught:
        run(app, monkeypatch)
    assert caught.value.remedy == f"The log is in '{app.paths.log / LOG_NAME}'."
    assert not list((tmp_path / "temporary").iterdir())


def test_a_log_that_cannot_be_kept_hides_no_failure(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    app.paths.log.parent.mkdir(parents=True)
    app.paths.log.write_bytes(b"")
    with pytest.raises(NotVerifiedError, match="cannot be opened: exit code 7"):
        run(app, monkeypatch, code=7)
