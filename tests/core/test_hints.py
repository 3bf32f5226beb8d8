"""Suggested commands begin with what works in the terminal where they are read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import environment
from image_files import write
from tlft_desktop.core.hints import command, in_place, quoted

PROGRAM = "tlft.exe" if os.name == "nt" else "tlft"
POSIX = pytest.mark.skipif(os.name == "nt", reason="scripts start otherwise there")


@pytest.fixture
def scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an environment that is not on PATH and holds Python and this program; one stands elsewhere."""
    folder = program_in(tmp_path / "venv" / "scripts").parent
    write(tmp_path / "elsewhere" / "image.png", b"")
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.setattr("sys.executable", str(folder / "python"))
    monkeypatch.setattr("sys.argv", ["__main__.py"])
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    return folder


def program_in(folder: Path) -> Path:
    path = write(folder / PROGRAM, b"#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_the_name_is_enough_only_where_path_finds_this_program(scripts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert command("runs", "a.tlft") == f"{scripts / PROGRAM} runs a.tlft"
    other = program_in(scripts.parent / "other").parent
    monkeypatch.setenv("PATH", os.pathsep.join(map(str, (other, scripts))))
    assert command("runs", "a.tlft") == f"{scripts / PROGRAM} runs a.tlft"
    monkeypatch.setenv("PATH", os.pathsep.join(map(str, (scripts, other))))
    assert command("runs", "a.tlft") == "tlft runs a.tlft"


def test_a_path_is_relative_below_the_current_folder(scripts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(scripts.parents[1])
    assert command("gui") == f"{Path('venv', 'scripts', PROGRAM)} gui"
    monkeypatch.chdir(scripts)
    assert command("gui") == f"{os.path.join(os.curdir, PROGRAM)} gui"


@POSIX
def test_a_path_is_relative_although_one_stands_behind_a_link(scripts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = scripts.parents[1] / "link"
    link.symlink_to(scripts.parent)
    monkeypatch.setattr("sys.executable", str(link / "scripts" / "python"))
    monkeypatch.chdir(link)
    assert command("gui") == f"scripts/{PROGRAM} gui"


@POSIX
@pytest.mark.parametrize("place", [".", "", ".:"])
def test_a_program_in_the_current_folder_is_not_what_the_name_means(
    scripts: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setenv("PATH", f"{place}:{scripts}")
    assert command("gui") == "tlft gui"
    program_in(Path.cwd())
    assert command("gui") == f"{scripts / PROGRAM} gui"
    # Not even this program: the name would mean nothing, or something else, one folder further.
    monkeypatch.chdir(scripts)
    assert command("gui") == f"./{PROGRAM} gui"


@POSIX
def test_what_was_typed_is_said_again(scripts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["../venv/scripts/tlft", "new"])
    assert command("gui", "my flowers.tlft") == "../venv/scripts/tlft gui 'my flowers.tlft'"
    monkeypatch.setattr("sys.argv", ["nothing/tlft", "new"])
    assert command("gui") == f"{scripts / PROGRAM} gui"


def test_without_a_script_python_starts_the_program(scripts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (scripts / PROGRAM).unlink()
    assert command("gui") == f"{scripts / 'python'} -P -m tlft_desktop gui"
    monkeypatch.chdir(Path(__file__).parents[2])
    assert command("gui") == f"{scripts / 'python'} -m tlft_desktop gui", "a checkout is found from its folder only"


def test_a_folder_that_is_gone_hinders_no_hint(scripts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> str:
        raise FileNotFoundError

    monkeypatch.setattr("os.getcwd", gone)
    assert command("gui") == f"{scripts / PROGRAM} gui"


def test_the_commands_of_a_sentence_begin_as_they_must(scripts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "`tlft runs` lists the runs, `tlft check p.tlft` what tlft finds."
    program = scripts / PROGRAM
    assert in_place(text) == f"`{program} runs` lists the runs, `{program} check p.tlft` what tlft finds."
    monkeypatch.setenv("PATH", str(scripts))
    assert in_place(text) == text


@POSIX
@pytest.mark.parametrize("word", ["a b", "it's", 'a"b', "$HOME", "a;b", ""])
def test_a_shell_reads_a_quoted_word_as_it_is(word: str) -> None:
    said = subprocess.run(["/bin/sh", "-c", f"printf %s {quoted(word)}"], capture_output=True, text=True, check=True)
    assert said.stdout == word


def test_words_are_quoted_by_the_rules_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    words = (r"C:\flowers\p.tlft", "C:\\my flowers\\", r"C:\a&b", 'say "it"', 'C:\\a\\"b', "", "Blüten")
    with monkeypatch.context() as patched:
        patched.setattr("os.name", "nt")
        said = [quoted(word) for word in words]
    assert said == [
        r"C:\flowers\p.tlft", r'"C:\my flowers\\"', r'"C:\a&b"', r'"say \"it\""', r'"C:\a\\\"b"', '""', "Blüten",
    ]  # fmt: skip


@POSIX
def test_a_suggested_command_can_be_typed(profile: Path, tmp_path: Path) -> None:
    code = "from tlft_desktop.core.hints import command\nprint(command('--version'))"
    variables = {**environment(profile), "PATH": "/nowhere"}
    for place in (tmp_path, Path(sys.executable).parents[1]):
        suggested = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, env=variables, check=True, cwd=place
        )
        shown = subprocess.run(
            ["/bin/sh", "-c", suggested.stdout], capture_output=True, text=True, env=variables, cwd=place
        )
        assert shown.stdout.startswith("tlft "), suggested.stdout + shown.stderr


@POSIX
def test_an_installation_names_its_launcher(scripts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "opt" / "tlft"
    write(root / "manifest.json", b"{}")
    launcher = program_in(root)
    monkeypatch.setattr("sys.prefix", str(root / "python"))
    assert command("runs", "a.tlft") == f"{launcher} runs a.tlft"
    link = tmp_path / "bin" / "tlft"
    link.parent.mkdir()
    link.symlink_to(launcher)
    monkeypatch.setenv("PATH", str(link.parent))
    assert command("runs", "a.tlft") == "tlft runs a.tlft"
