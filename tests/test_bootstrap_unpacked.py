"""System libraries for a user who may not install packages: fetched by apt-get, unpacked into the environment."""

from __future__ import annotations

import _ctypes
import os
import sys
from pathlib import Path

import pytest

from _bootstrap import system_libraries, unpacked_libraries

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux")

WANTED = {"libtlft-test.so.1": "libtlft1", "libc.so.6": "libc6"}
# They write what they were asked, and do what the real ones would.
APT_GET = """#!/bin/sh
echo "apt-get $*" >> "$ASKED"
[ -z "$OFFLINE" ] || { echo "no network" >&2; exit 100; }
for word; do case $word in Dir::Cache=*) cache=${word#*=};; esac; done
case "$*" in *download-only*) touch "$cache/archives/libtlft1_1_all.deb" "$cache/archives/libc6_2_all.deb";; esac
"""
DPKG_DEB = """#!/bin/sh
echo "dpkg-deb $2" >> "$ASKED"
mkdir -p "$3/usr/lib/any-linux-gnu" "$3/usr/share/X11/xkb" && cp "$LIBRARY" "$3/usr/lib/any-linux-gnu/libtlft-test.so.1"
"""


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A computer of an ordinary user with an apt-get and a dpkg-deb that note their arguments here."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, text in (("apt-get", APT_GET), ("dpkg-deb", DPKG_DEB)):
        (tools / name).write_text(text, encoding="utf-8")
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("ASKED", str(tmp_path / "asked"))
    monkeypatch.setenv("LIBRARY", _ctypes.__file__)  # any shared library will do
    monkeypatch.setenv("LD_LIBRARY_PATH", "/usr/local/lib")
    monkeypatch.setattr(system_libraries, "is_root", lambda: False)
    monkeypatch.setattr(unpacked_libraries, "_DATA", ())
    (tmp_path / "asked").touch()
    return tmp_path / "asked"


def test_what_is_missing_is_fetched_once_and_found_by_children(
    asked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "venv" / "system"
    (folder.parent / "system-of-a-killed-call" / "cache").mkdir(parents=True)
    assert system_libraries.ensure(WANTED, needed_for="The window", folder=folder)
    said = capsys.readouterr().out
    assert "sudo apt-get update && sudo apt-get install -y --no-install-recommends libtlft1" in said
    calls = asked.read_text("utf-8").splitlines()
    assert [call.split()[0] for call in calls] == ["apt-get", "apt-get", "dpkg-deb"]  # not that of the C library
    assert calls[1].endswith("--download-only libc6 libtlft1")
    assert "libtlft1_1_all.deb" in calls[2]
    assert os.environ["LD_LIBRARY_PATH"] == f"{folder}/usr/lib/any-linux-gnu:/usr/local/lib"
    assert [path.name for path in folder.parent.iterdir()] == ["system"]
    assert f"<dir>{folder}/usr/share/fonts</dir>" in (folder / "fonts.conf").read_text("utf-8")

    assert system_libraries.ensure(WANTED, needed_for="The window", folder=folder)
    assert asked.read_text("utf-8").splitlines() == calls
    assert capsys.readouterr().out == ""


def test_without_network_the_line_is_named(
    asked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OFFLINE", "yes")
    folder = tmp_path / "venv" / "system"
    assert not system_libraries.ensure(WANTED, needed_for="The window", folder=folder)
    said = capsys.readouterr().out
    assert "apt-get says: no network" in said
    assert "The window needs system libraries that are not here (libtlft-test.so.1). Run this line:" in said
    assert not list(folder.parent.iterdir())


@pytest.mark.parametrize("has_own", [True, False])
def test_data_of_the_libraries_is_named_where_the_system_has_none(
    has_own: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("usr/lib/any-linux-gnu", "usr/share/X11/xkb"):
        (tmp_path / "system" / name).mkdir(parents=True)
    own = tmp_path / "own"
    monkeypatch.setattr(unpacked_libraries, "_DATA", (("XKB_CONFIG_ROOT", own, "usr/share/X11/xkb"),))
    if has_own:
        own.mkdir()
    environment: dict[str, str] = {}
    unpacked_libraries.activate(tmp_path / "system", environment)
    assert ("XKB_CONFIG_ROOT" in environment) is not has_own


def test_nothing_is_changed_where_nothing_was_unpacked(tmp_path: Path) -> None:
    environment = {"LD_LIBRARY_PATH": "/usr/local/lib"}
    unpacked_libraries.activate(tmp_path / "system", environment)
    assert environment == {"LD_LIBRARY_PATH": "/usr/local/lib"}
