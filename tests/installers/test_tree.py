"""Licences, lists of parts and the manifest of an installation, on a small tree."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from _bootstrap.console import SetupError
from _build import manifest, notices, packages
from _build.release import Release, read_release, read_version

RELEASE = Release(Path("/checkout"), "1.2.3", "0" * 40, 1_700_000_000)


def distribution(site: Path, name: str, version: str, *, license_line: str = "", text: str = "") -> None:
    """Make the metadata of one package."""
    folder = site / f"{name}-{version}.dist-info"
    (folder / "licenses").mkdir(parents=True)
    lines = ["Metadata-Version: 2.4", f"Name: {name}", f"Version: {version}"]
    (folder / "METADATA").write_text("\n".join([*lines, *([license_line] if license_line else [])]), encoding="utf-8")
    if text:
        (folder / "licenses" / "LICENSE").write_text(text, encoding="utf-8")


@pytest.fixture
def checkout(tmp_path: Path) -> Release:
    (tmp_path / "LICENSE").write_text("Apache", encoding="utf-8")
    return Release(tmp_path, "1.2.3", "0" * 40, 1_700_000_000)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    place = tmp_path / "tree" / "python" / "lib" / "python3.11" / "site-packages"
    place.mkdir(parents=True)
    distribution(place, "PySide6_Essentials", "6.11.3", license_line="License-Expression: LGPL-3.0-only")
    distribution(place, "shiboken6", "6.11.3", license_line="License-Expression: LGPL-3.0-only")
    distribution(place, "numpy", "2.4.6", license_line="Classifier: License :: OSI Approved :: BSD License", text="BSD")
    return place


def test_each_part_is_named_with_its_licence_and_qt_with_its_texts(
    checkout: Release, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = tmp_path / "common"
    texts.mkdir()
    for name in ("LGPL-3", "GPL-3", "GPL-2"):
        (texts / name).write_text(name, encoding="utf-8")
    monkeypatch.setattr(notices, "_COMMON_LICENSES", texts)
    of_another = site / "numpy-2.4.6.dist-info" / "licenses" / "third" / "LICENSE"
    of_another.parent.mkdir()
    of_another.write_text("MIT", encoding="utf-8")
    folder = tmp_path / "licences"
    notices.write_notices(checkout, site, folder, runtime_license=tmp_path / "LICENSE")
    index = (folder / "NOTICES.txt").read_text(encoding="utf-8")
    assert "numpy 2.4.6: BSD License (numpy-2.4.6.txt)" in index
    assert "Qt 6.11.3 and PySide6 6.11.3 are used under the GNU Lesser General Public License" in index
    text = (folder / "numpy-2.4.6.txt").read_text(encoding="utf-8")
    assert text == "==== licenses/LICENSE\n\nBSD\n==== licenses/third/LICENSE\n\nMIT"
    assert not (site / "numpy-2.4.6.dist-info" / "licenses").exists()
    of_qt = (folder / "shiboken6-6.11.3.txt").read_text(encoding="utf-8")
    assert [line for line in of_qt.splitlines() if line.startswith("====")] == [
        "==== LGPL-3",
        "==== GPL-3",
        "==== GPL-2",
    ]


def test_a_part_without_any_licence_stops_the_build(checkout: Release, site: Path, tmp_path: Path) -> None:
    distribution(site, "silent", "1.0", license_line="License: UNKNOWN")
    with pytest.raises(SetupError, match=r"silent 1\.0 says nothing of its licence"):
        notices.write_notices(checkout, site, tmp_path / "licences", runtime_license=tmp_path / "LICENSE")


def test_the_manifest_names_every_file_and_nothing_of_the_build(site: Path, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    (tree / "tlft").write_text("#!/bin/sh\n", encoding="utf-8")
    (tree / "tlft-desktop").symlink_to("tlft")
    content = manifest.write_manifest(RELEASE, packages.LINUX, tree, site, python="3.11.7")
    first = (tree / manifest.NAME).read_bytes()
    written = json.loads(first)
    assert written["content"] == content
    assert written["files"]["tlft-desktop"] == {"link": "tlft"}
    assert written["files"]["tlft"]["size"] == 10
    assert manifest.NAME not in written["files"]
    assert written["distributions"]["numpy"] == "2.4.6"
    (tree / manifest.NAME).unlink()
    assert manifest.write_manifest(RELEASE, packages.LINUX, tree, site, python="3.11.7") == content
    assert (tree / manifest.NAME).read_bytes() == first
    assert str(tmp_path) not in first.decode("utf-8")


def test_the_largest_parts_are_told_first(site: Path, tmp_path: Path) -> None:
    (site / "torch").mkdir()
    (site / "torch" / "lib.so").write_bytes(b"x" * 5000)
    (tmp_path / "tree" / "python" / "bin").mkdir()
    (tmp_path / "tree" / "python" / "bin" / "python3").write_bytes(b"x" * 700)
    parts = manifest.largest_parts(tmp_path / "tree", site, count=2)
    assert [(part.name, part.num_bytes) for part in parts] == [
        ("torch", 5000),
        ("Python and its standard library", 700),
    ]


def test_torch_is_taken_in_the_version_that_is_tested_for_the_interpreter(tmp_path: Path) -> None:
    constraints = tmp_path / "constraints.txt"
    lines = [
        "torch==2.13.0 ; python_full_version < '3.12' --hash=sha256:a",
        "torch==2.15.0 ; python_full_version >= '3.12' --hash=sha256:b",
        "torchvision==0.28.0 --hash=sha256:c",
    ]
    constraints.write_text("\n".join(lines), encoding="utf-8")
    assert packages.tested_torch(constraints, python="3.11") == [("torch", "2.13.0"), ("torchvision", "0.28.0")]
    assert packages.tested_torch(constraints, python="3.13") == [("torch", "2.15.0"), ("torchvision", "0.28.0")]


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_what_is_no_git_checkout_is_not_built(tmp_path: Path) -> None:
    (tmp_path / "tlft_desktop").mkdir()
    (tmp_path / "tlft_desktop" / "__init__.py").write_text('__version__ = "1.2.3"\n', encoding="utf-8")
    with pytest.raises(SetupError, match="is not a git checkout"):
        read_release(tmp_path)


def test_a_version_of_two_numbers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tlft_desktop").mkdir()
    (tmp_path / "tlft_desktop" / "__init__.py").write_text('__version__ = "1.2"\n', encoding="utf-8")
    with pytest.raises(SetupError, match="three numbers"):
        read_version(tmp_path)
