"""The folder that an installer made, held against its manifest."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tlft_desktop.core import fsio, installation


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make an installation, and let this process run from it."""
    folder = tmp_path / "tlft"
    (folder / "python" / "bin").mkdir(parents=True)
    (folder / "tlft").write_text("launcher", encoding="ascii")
    (folder / "python" / "bin" / "python3").symlink_to("python3.11")
    (folder / "python" / "bin" / "python3.11").write_text("interpreter", encoding="ascii")
    write_manifest(folder)
    monkeypatch.setattr(sys, "prefix", str(folder / "python"))
    return folder


def write_manifest(folder: Path, **other: Any) -> None:
    files: dict[str, Any] = {"python/bin/python3": {"link": "python3.11"}}
    for name in ("tlft", "python/bin/python3.11"):
        data = (folder / name).read_bytes()
        files[name] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    manifest = {"program": "tlft-desktop", "format": 1, "version": "1.2.3", "commit": "abc", "system": "linux-x86_64"}
    text = json.dumps({**manifest, "files": files, **other})
    (folder / installation.MANIFEST).write_text(text, encoding="utf-8")


def differences(root: Path) -> list[str]:
    return list(installation.find_differences(installation.read_installation(root)))


def test_a_checkout_is_no_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "python"))
    assert installation.installation_root() is None


def test_an_installation_is_found_and_as_built(root: Path) -> None:
    found = installation.installation_root()
    assert found == root
    assert installation.read_installation(found).version == "1.2.3"
    assert differences(root) == []


def test_what_differs_is_named(root: Path) -> None:
    (root / "tlft").write_text("Launcher", encoding="ascii")
    (root / "python" / "bin" / "python3.11").unlink()
    (root / "python" / "bin" / "python3").unlink()
    (root / "python" / "bin" / "python3").symlink_to("python3.13")
    (root / "python" / "__pycache__").mkdir()
    (root / "python" / "__pycache__" / "a.pyc").write_bytes(b"")
    (root / "linked").symlink_to(root / "python")
    assert sorted(differences(root)) == [
        "linked is not part of it",
        "python/__pycache__/a.pyc is not part of it",
        "python/bin/python3 is changed",
        "python/bin/python3.11 is missing",
        "tlft is changed",
    ]


def test_what_removes_the_program_belongs_to_it(root: Path) -> None:
    (root / "uninstall.exe").touch()
    assert differences(root) == []


def test_a_file_that_became_a_link_to_its_equal_is_changed(root: Path, tmp_path: Path) -> None:
    (root / "tlft").rename(tmp_path / "outside")
    (root / "tlft").symlink_to(tmp_path / "outside")
    assert differences(root) == ["tlft is changed"]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"program": "other", "format": 1}', '{"program": "tlft-desktop", "format": 2}'],
)
def test_a_manifest_of_something_else_is_refused_in_a_sentence(root: Path, text: str) -> None:
    (root / installation.MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(fsio.DamagedError, match=r"manifest\.json"):
        installation.read_installation(root)


def test_files_that_are_no_list_are_refused_in_a_sentence(root: Path) -> None:
    for files in ([], None, {"tlft": 7}):
        write_manifest(root, files=files)
        with pytest.raises(fsio.DamagedError, match="does not describe this installation"):
            installation.read_installation(root)
