"""The folder that is installed on Windows: its interpreter, what starts the program, and what Windows takes."""

from __future__ import annotations

import hashlib
import io
import json
import os
import runpy
import shutil
import subprocess
import sys
import urllib.error
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from _bootstrap.console import SetupError
from _build import windows_runtime, windows_tree
from _build.windows_runtime import EMBEDDABLE, fetch_embeddable, path_file, unpack_windows_runtime

WINDOWS = Path(__file__).resolve().parents[2] / "packaging" / "windows"


def packed(**files: bytes) -> bytes:
    """Return a zip file."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


@pytest.fixture
def microsoft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the libraries of Microsoft come from a small wheel."""
    wheel = tmp_path / "msvc.whl"
    scripts = "msvc_runtime-14.44.data/data/Scripts"
    files = {
        f"{scripts}/vcruntime140.dll": b"new",
        f"{scripts}/msvcp140_atomic_wait.dll": b"",
        f"{scripts}/vcamp140.dll": b"",
        "msvc_runtime-14.44.data/data/msvcp140.dll": b"",
        "msvc_runtime-14.44.dist-info/METADATA": b"Name: msvc_runtime",
    }
    wheel.write_bytes(packed(**files))
    monkeypatch.setattr(windows_runtime, "_download", lambda *_: wheel)
    return wheel


def test_the_interpreter_is_unpacked_with_the_newer_libraries_of_microsoft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, microsoft: Path
) -> None:
    files = {"python.exe": b"", "python311.zip": b"", "vcruntime140.dll": b"old", "python311._pth": b"import site"}
    monkeypatch.setattr(windows_runtime, "fetch_embeddable", lambda _: packed(**files))
    target = tmp_path / "python"
    unpack_windows_runtime(tmp_path, target, python="3.11")
    assert (target / "vcruntime140.dll").read_bytes() == b"new"
    assert (target / "msvcp140_atomic_wait.dll").is_file()
    assert not (target / "vcamp140.dll").exists()
    assert (target / "Lib" / "site-packages" / "msvc_runtime-14.44.dist-info" / "METADATA").is_file()
    assert (target / "python311._pth").read_bytes() == path_file("python311")


def test_folders_come_from_the_installation_alone() -> None:
    # "import site" would add the packages of the user, PYTHONUSERBASE among them.
    assert path_file("python311").decode("ascii").splitlines() == ["python311.zip", ".", "Lib\\site-packages"]


def test_what_is_not_that_python_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows_runtime, "fetch_embeddable", lambda _: packed(**{"python312.zip": b""}))
    with pytest.raises(SetupError, match=r"is not Python 3\.11"):
        unpack_windows_runtime(tmp_path, tmp_path / "python", python="3.11")
    with pytest.raises(SetupError, match=r"No Python 3\.99 for Windows is known"):
        unpack_windows_runtime(tmp_path, tmp_path / "other", python="3.99")


def test_the_package_of_python_org_is_held_to_its_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("urllib.request.urlopen", lambda *_, **__: io.BytesIO(b"data"))
    with pytest.raises(SetupError, match="its hash differs"):
        fetch_embeddable(EMBEDDABLE["3.11"])
    assert fetch_embeddable(replace(EMBEDDABLE["3.11"], sha256=hashlib.sha256(b"data").hexdigest())) == b"data"


def test_where_python_org_cannot_be_reached_another_source_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise urllib.error.URLError("no route")

    monkeypatch.setattr("urllib.request.urlopen", refuse)
    assert fetch_embeddable(EMBEDDABLE["3.11"]) is None


def test_launchers_find_the_interpreter_beside_themselves(tmp_path: Path) -> None:
    (tmp_path / "python").mkdir()
    windows_tree.write_launchers(WINDOWS, tmp_path)
    for name in windows_tree.LAUNCHERS:
        data = (tmp_path / name).read_bytes()
        assert data.count(b"\n") == data.count(b"\r\n") == 2
        command = data.decode("ascii").splitlines()[-1]
        assert '"%~dp0python\\python' in command
        assert '"%~dp0python\\start.py"' in command
        assert command.endswith(" %*")
    assert "pythonw.exe" in (tmp_path / "tlft-desktop.cmd").read_text(encoding="ascii")
    assert (tmp_path / "python" / "start.py").is_file()


def test_nothing_of_another_python_or_qt_reaches_the_program(tmp_path: Path) -> None:
    package = tmp_path / "tlft_desktop"
    package.mkdir()
    (package / "__init__.py").touch()
    told = "import json, os, sys\ndef main():\n    print(json.dumps([sys.argv[1:], dict(os.environ)]))\n    return 7\n"
    (package / "__main__.py").write_text(told, encoding="utf-8")
    shutil.copy(WINDOWS / "start.py", tmp_path / "start.py")
    foreign = dict.fromkeys(("PYTHONPATH", "PYTHONUSERBASE", "PYTHONWARNINGS", "QT_PLUGIN_PATH"), "")
    env = {**os.environ, **foreign, "PYTHONINSPECT": "", "TLFT_HOME": "x"}
    command = [sys.executable, str(tmp_path / "start.py"), "train", "a b.tlft"]
    result = subprocess.run(command, capture_output=True, text=True, env=env)
    assert result.returncode == 7
    arguments, variables = json.loads(result.stdout)
    assert arguments == ["train", "a b.tlft"]
    assert not set(foreign) & set(variables)
    assert variables["TLFT_HOME"] == "x"
    assert not list(tmp_path.rglob("*.pyc"))


def test_processes_of_multiprocessing_load_the_launcher_without_starting_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "environ", {"PYTHONINSPECT": "1", "PATH": "x"})
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    runpy.run_path(str(WINDOWS / "start.py"), run_name="__mp_main__")
    assert os.environ == {"PATH": "x"}
    assert sys.dont_write_bytecode


@pytest.mark.parametrize("name", ["a" * (windows_tree.LONGEST_PATH + 1), "what?", "$name", "Grüße", "ends with a dot."])
def test_names_that_windows_cannot_have_stop_the_build(tmp_path: Path, name: str) -> None:
    (tmp_path / "fine.py").touch()
    windows_tree.check_paths(tmp_path)
    (tmp_path / name).touch()
    with pytest.raises(SetupError, match="Windows cannot have"):
        windows_tree.check_paths(tmp_path)


def test_names_that_differ_in_their_case_only_stop_the_build(tmp_path: Path) -> None:
    (tmp_path / "License").touch()
    (tmp_path / "LICENSE").touch()
    with pytest.raises(SetupError, match="differ in their case only"):
        windows_tree.check_paths(tmp_path)


def test_a_library_that_nothing_brings_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Qt6Core.dll").touch()
    named = ["KERNEL32.dll", "api-ms-win-crt-heap-l1-1-0.dll", "Qt6Core.dll"]
    monkeypatch.setattr(windows_tree, "call", lambda _: "\n".join(f"\tDLL Name: {name}" for name in named))
    windows_tree.check_libraries(tmp_path)
    named.append("msvcp140_atomic_wait.dll")
    with pytest.raises(SetupError, match=r"lacks msvcp140_atomic_wait\.dll"):
        windows_tree.check_libraries(tmp_path)
