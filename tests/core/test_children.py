"""No file in the folder that somebody stands in runs; helpers are found in every kind of installation."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from image_files import encode, picture, write
from tlft_desktop.core import children
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.probe_exchange import ProbeRequest
from tlft_desktop.core.data.probe_pool import ProbePool

PROBE = "tlft_desktop.core.data.probe"
SEARCH = "tlft_desktop.core.pattern_search"
TRAPS = ("__future__", "json", "multiprocessing", "numpy", "PIL", "psutil", "tempfile")


@pytest.fixture
def trapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder whose modules leave a mark if they are imported; return the file of that mark."""
    mark = tmp_path / "mark"
    folder = tmp_path / "images"
    for name in TRAPS:
        write(folder / f"{name}.py", f"open({str(mark)!r}, 'a').write({name!r})\n".encode())
    monkeypatch.chdir(folder)
    return mark


@pytest.mark.parametrize("search_path", ["", os.pathsep, "."])
def test_a_helper_imports_nothing_from_where_one_stands(
    trapped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, search_path: str
) -> None:
    monkeypatch.setenv("PYTHONPATH", search_path)
    path = write(tmp_path / "a.png", encode(picture(0)))
    with ProbePool(1) as pool:
        (answer,) = pool.probe([ProbeRequest("a", str(path), 40, "bicubic")], control=Control())
    assert answer.error == ""
    assert not trapped.exists()


def test_the_program_imports_nothing_from_where_one_stands(trapped: Path) -> None:
    variables = children.environment()
    for command in (children.program_command("--version"), [sys.executable, "-m", "tlft_desktop", "--version"]):
        done = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stdout[:5]) == (0, "tlft "), done.stderr
    assert not trapped.exists()


def script_of(folder: Path, text: str) -> list[str]:
    """Return the command of a script elsewhere, as the `tlft` is that pip installs."""
    return [sys.executable, str(write(folder / "scripts" / "script.py", text.encode()))]


@pytest.mark.slow
def test_the_installed_command_imports_nothing_from_where_one_stands(trapped: Path, tmp_path: Path) -> None:
    for name in ("argparse", "contextlib", "logging", "timm", "torch", "tlft_desktop", "torchvision"):
        write(Path(f"{name}.py"), Path("json.py").read_bytes())
    command = script_of(tmp_path, "import sys\nfrom tlft_desktop.__main__ import main\nsys.exit(main())\n")
    variables = children.environment() | {"TLFT_HOME": str(tmp_path / "home")}
    done = subprocess.run([*command, "doctor", "--json"], env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["torch"]
    assert not trapped.exists()


@pytest.mark.parametrize("is_safe", [True, False])
def test_workers_import_nothing_from_where_one_stands(trapped: Path, tmp_path: Path, is_safe: bool) -> None:
    text = f"""
import contextlib, multiprocessing, os, time
from tlft_desktop.core.children import safe_workers
if __name__ == "__main__":
    before = dict(os.environ)
    with safe_workers() if {is_safe} else contextlib.nullcontext():
        worker = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(0,))
        worker.start()
        worker.join()
    assert dict(os.environ) == before
"""
    variables = children.environment()
    variables.pop("PYTHONSAFEPATH", None)
    subprocess.run(script_of(tmp_path, text), env=variables, capture_output=True, check=True)
    assert trapped.exists() == (not is_safe), "and without it the traps can catch"


def test_the_traps_can_catch(trapped: Path) -> None:
    subprocess.run([sys.executable, "-m", "json.tool"], input=b"{}", capture_output=True, timeout=60, check=False)
    assert trapped.read_text(encoding="utf-8").startswith("json")


def test_commands_of_an_interpreter_never_look_where_one_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/moved/bin/python")
    assert children.program_command("runs", "p.tlft") == [
        "/moved/bin/python", "-P", "-m", "tlft_desktop", "runs", "p.tlft",
    ]  # fmt: skip
    assert children.helper_command(PROBE) == ["/moved/bin/python", "-P", "-m", PROBE]
    interpreter, *flags, script = children.pattern_search_command()
    assert (interpreter, flags) == ("/moved/bin/python", ["-I", "-S"])
    assert Path(script).name == "pattern_search.py"


def test_children_find_the_package_of_their_parent_and_no_relative_place(monkeypatch: pytest.MonkeyPatch) -> None:
    root = str(Path(children.__file__).parents[2])
    absolute = str(Path(root, "elsewhere"))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["", absolute, "relative", "."]))
    assert children.environment()["PYTHONPATH"] == os.pathsep.join([root, absolute])
    assert children.helper_environment()["OMP_NUM_THREADS"] == "1"


def test_a_frozen_program_is_its_own_interpreter(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/tlft/tlft")
    assert children.program_command("doctor") == ["/opt/tlft/tlft", "doctor"]
    program, *arguments = children.helper_command(SEARCH)
    assert program == "/opt/tlft/tlft"
    assert children.pattern_search_command() == [program, *arguments]

    def answer() -> None:
        print("[null]")

    monkeypatch.setattr(f"{SEARCH}.main", answer)
    with pytest.raises(SystemExit) as ended:
        children.run_helper(arguments)
    assert ended.value.code is None
    assert json.loads(capfd.readouterr().out) == [None]


def test_only_a_frozen_program_runs_helpers_and_only_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    word = "--helper"
    assert not children.run_helper([word, PROBE])
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    for arguments in ([], [word], [word, "os"], ["doctor"], [word, PROBE, "more"]):
        assert not children.run_helper(arguments)
