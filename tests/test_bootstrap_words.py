"""What packaging/bootstrap.py says at its end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from _bootstrap import commands, console
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


@pytest.mark.parametrize("word", ["gui", "demo", "python"])
def test_paths_mean_what_they_mean_where_one_stands(word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places: list[Path] = []
    monkeypatch.setattr(commands, "run", lambda command, *, cwd, env=None: places.append(cwd) or 0)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.chdir(tmp_path)
    call = commands.Call(Environment(tmp_path / "checkout"), ("project",), is_full=False)
    assert commands.WORDS[word].act(call) == 0
    assert places == [tmp_path]


@pytest.mark.parametrize("password", ["secret", "p@ss:w"])
def test_no_password_is_printed(
    password: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"ERROR: https://me:{password}@host/simple does not answer"

    def fail(environment: Environment, wish: object) -> None:
        console.say(text)
        raise console.SetupError(text)

    monkeypatch.setattr(commands.setup, "ensure", fail)
    assert commands.main(["setup"], root=tmp_path) == 1
    out, err = capsys.readouterr()
    assert out == err == "[bootstrap] ERROR: https://****@host/simple does not answer\n"
