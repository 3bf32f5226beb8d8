"""What packaging/bootstrap.py says at its end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from _bootstrap import commands
from _bootstrap.environment import Environment


def test_the_setup_ends_with_a_command_that_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    call = commands.Call(Environment(tmp_path), (), is_full=False)
    program = Path(".venv", "Scripts", "tlft.exe") if os.name == "nt" else Path(".venv", "bin", "tlft")
    for folder, typed in ((tmp_path, program), (tmp_path / "packaging", tmp_path / program)):
        folder.mkdir(exist_ok=True)
        monkeypatch.chdir(folder)
        assert commands.WORDS["setup"].act(call) == 0
        assert f"`{typed} --help`" in capsys.readouterr().out.splitlines()[-1]


@pytest.mark.parametrize("page", ["README.md", "resources/help/en/index.md"])
def test_pages_that_show_commands_say_where_the_program_lies(page: str) -> None:
    text = (Path(__file__).parents[1] / page).read_text(encoding="utf-8")
    assert "`.venv/bin/tlft`" in text
    assert r"`.venv\Scripts\tlft`" in text
