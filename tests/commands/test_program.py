"""Suggested commands begin with what works in the terminal where they are read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import environment
from image_files import write
from tlft_desktop.commands.program import command

PROGRAM = "tlft.exe" if os.name == "nt" else "tlft"
POSIX = pytest.mark.skipif(os.name == "nt", reason="scripts start otherwise there")


@pytest.fixture
def scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an environment that is not on PATH and holds Python and this program."""
    folder = write(tmp_path / "scripts" / PROGRAM, b"#!/bin/sh\n").parent
    (folder / PROGRAM).chmod(0o755)
    monkeypatch.setattr("sys.executable", str(folder / "python"))
    monkeypatch.setattr("sys.argv", ["__main__.py"])
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    return folder


def test_the_name_is_enough_only_where_path_finds_this_program(scripts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert command("runs", "a.tlft") == f"{scripts / PROGRAM} runs a.tlft"
    other = write(scripts.parent / "other" / PROGRAM, b"#!/bin/sh\n")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", str(other.parent))
    assert command("runs", "a.tlft") == f"{scripts / PROGRAM} runs a.tlft"
    monkeypatch.setenv("PATH", str(scripts))
    assert command("runs", "a.tlft") == "tlft runs a.tlft"


@POSIX
def test_what_was_typed_is_said_again(scripts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(scripts.parent)
    monkeypatch.setattr("sys.argv", ["scripts/tlft", "new"])
    assert command("gui", "my flowers.tlft") == "scripts/tlft gui 'my flowers.tlft'"


def test_without_a_script_python_starts_the_program(scripts: Path) -> None:
    (scripts / PROGRAM).unlink()
    assert command("gui") == f"{scripts / 'python'} -m tlft_desktop gui"


@POSIX
def test_a_suggested_command_can_be_typed(profile: Path) -> None:
    code = "from tlft_desktop.commands.program import command\nprint(command('--version'))"
    variables = {**environment(profile), "PATH": "/nowhere"}
    suggested = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=variables, check=True)
    shown = subprocess.run(["/bin/sh", "-c", suggested.stdout], capture_output=True, text=True, env=variables)
    assert shown.stdout.startswith("tlft ")
