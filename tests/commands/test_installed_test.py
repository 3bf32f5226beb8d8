"""`tlft self-test --installed`: every check is made and told, also behind one that fails."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import pytest

from tlft_desktop.commands import installed_test, self_test
from tlft_desktop.commands.application import App
from tlft_desktop.commands.output import Output
from tlft_desktop.core import children, installation
from tlft_desktop.core.control import Control
from tlft_desktop.core.errors import ExitCode, NotVerifiedError, UsageError
from tlft_desktop.paths import AppPaths

pytest.importorskip("PySide6")
MANIFEST = '{"program": "tlft-desktop", "format": 1, "version": "1.2.3", "commit": "abc", "system": "x", "files": {}}'
CHILD = [sys.executable, "-c", "print('quick')"]


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> App:
    """The surroundings of a command in an installation whose slow parts always succeed."""
    root, temporary = tmp_path / "tlft", tmp_path / "temporary"
    (root / "python").mkdir(parents=True)
    (root / installation.MANIFEST).write_text(MANIFEST, encoding="utf-8")
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr(sys, "prefix", str(root / "python"))
    monkeypatch.setattr(self_test, "train", lambda app: 1.0)
    monkeypatch.setattr(installed_test, "_check_export", lambda app: "exported.")
    monkeypatch.setattr(children, "program_command", lambda *words: CHILD)
    return App(AppPaths.below(tmp_path / "home"), Control(), Output(quiet=False))


def run(app: App) -> int:
    return self_test.run(argparse.Namespace(part=None, installed=True), app)


def test_a_whole_installation_passes_and_describes_itself(
    app: App, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = Path.cwd()
    assert run(app) == ExitCode.DONE
    said = capsys.readouterr().out
    assert said.count("ok: ") == 10
    assert "ok: all 0 files are as built (version 1.2.3, commit abc)." in said
    assert "timm:tf_efficientnet_lite0" in said
    assert "Python " in said
    assert said.endswith("The self-test passed.\n")
    assert Path.cwd() == here
    assert not list((tmp_path / "temporary").glob("tlft-*"))


def test_what_fails_is_told_and_the_rest_is_checked_all_the_same(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(app: App) -> float:
        raise NotVerifiedError("The training gave a wrong result.")

    (tmp_path / "tlft" / "added.py").write_text("", encoding="ascii")
    monkeypatch.setattr(self_test, "train", fail)
    with pytest.raises(NotVerifiedError, match=r"2 checks failed\."):
        run(app)
    said = capsys.readouterr().out
    assert "FAILED: " in said
    assert "is not as it was installed: added.py is not part of it. Install the program again." in said
    assert "FAILED: The training gave a wrong result." in said
    assert said.count("ok: ") == 8


def test_a_helper_that_loads_from_the_current_folder_is_noticed(
    app: App, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    unsafe = [sys.executable, "-c", "import sys; sys.path.insert(0, ''); import json; print('quick')"]
    monkeypatch.setattr(children, "program_command", lambda *words: unsafe)
    with pytest.raises(NotVerifiedError):
        run(app)
    assert "FAILED: A module in the current folder ran in place of one of the program." in capsys.readouterr().out


def test_a_place_inside_of_the_program_is_refused(app: App, tmp_path: Path) -> None:
    with pytest.raises(NotVerifiedError, match="lies in the folder of the program"):
        installed_test._check_places(tmp_path / "tlft", AppPaths.below(tmp_path / "tlft" / "home"))


def test_elsewhere_it_is_refused_in_a_sentence(app: App, tmp_path: Path) -> None:
    (tmp_path / "tlft" / installation.MANIFEST).unlink()
    with pytest.raises(UsageError, match="was not put here by an installer"):
        run(app)
