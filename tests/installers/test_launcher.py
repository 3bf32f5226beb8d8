"""The launcher at the top of an installation, with an interpreter that tells how it was started."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a launcher for Linux")
LAUNCHER = Path(__file__).resolve().parents[2] / "packaging" / "linux" / "tlft.sh"
TELLING = '#!/bin/sh\nprintf "%s\\n" "$0" "$@"\necho --\nenv\n'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return an installation in a folder with a blank and an umlaut."""
    root = tmp_path / "Räume für Labor" / "tlft"
    (root / "python" / "bin").mkdir(parents=True)
    shutil.copy(LAUNCHER, root / "tlft")
    (root / "tlft-desktop").symlink_to("tlft")
    interpreter = root / "python" / "bin" / "python3"
    interpreter.write_text(TELLING, encoding="utf-8")
    interpreter.chmod(0o755)
    return root


def start(program: Path, *arguments: str, cwd: Path, **variables: str) -> tuple[list[str], dict[str, str]]:
    """Return the command line that the interpreter saw, and its variables."""
    environment = {"PATH": "/usr/bin:/bin", **variables}
    result = subprocess.run([program, *arguments], capture_output=True, text=True, check=True, cwd=cwd, env=environment)
    words, _, lines = result.stdout.partition("--\n")
    return words.splitlines(), dict(line.partition("=")[::2] for line in lines.splitlines())


def test_it_runs_its_own_interpreter_from_anywhere(tree: Path, tmp_path: Path) -> None:
    words, _ = start(tree / "tlft", "train", "a b.tlft", "", cwd=tmp_path)
    assert words == [str(tree / "python" / "bin" / "python3"), "-m", "tlft_desktop", "train", "a b.tlft", ""]


def test_it_runs_by_a_link_and_after_a_move(tree: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    tree.rename(moved)
    link = tmp_path / "tlft"
    link.symlink_to(moved / "tlft")
    words, _ = start(link, "runs", cwd=tmp_path)
    assert words[0] == str(moved / "python" / "bin" / "python3")


def test_under_its_other_name_it_opens_the_window(tree: Path, tmp_path: Path) -> None:
    link = tmp_path / "tlft-desktop"
    link.symlink_to(tree / "tlft-desktop")
    for program in (tree / "tlft-desktop", link):
        words, _ = start(program, "p.tlft", cwd=tmp_path)
        assert words[2:] == ["tlft_desktop", "gui", "p.tlft"]


def test_nothing_of_another_python_or_qt_reaches_it(tree: Path, tmp_path: Path) -> None:
    foreign = dict.fromkeys(("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "PYTHONWARNINGS"), "/opt/other")
    foreign |= dict.fromkeys(("LD_LIBRARY_PATH", "QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH"), "/opt/other")
    other = tmp_path / "bin"
    other.mkdir()
    shutil.copy(tree / "python" / "bin" / "python3", other / "python3")
    words, variables = start(tree / "tlft", cwd=tmp_path, **foreign, PATH=f"{other}:/usr/bin:/bin", TLFT_HOME="/x")
    assert words[0] == str(tree / "python" / "bin" / "python3")
    assert not set(foreign) & set(variables)
    assert variables["TLFT_HOME"] == "/x"


def test_it_writes_no_byte_code_and_runs_nothing_of_the_current_folder(tree: Path, tmp_path: Path) -> None:
    _, variables = start(tree / "tlft", cwd=tmp_path)
    for name in ("PYTHONNOUSERSITE", "PYTHONDONTWRITEBYTECODE", "PYTHONSAFEPATH"):
        assert variables[name] == "1"
