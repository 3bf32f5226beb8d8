"""Licences of all parts, and the list of parts that security tools read (SBOM)."""

from __future__ import annotations

import json
import os
import shutil
import stat
import tempfile
from importlib.metadata import Distribution
from pathlib import Path

from _bootstrap.console import SetupError
from _build.release import TITLE, Release
from _build.tools import call, own_tool

# The wheels of PySide6 and shiboken6 hold no licence text; these are those that they name, as the FSF wrote them.
_COMMON_LICENSES = Path(__file__).resolve().parents[1] / "licences"
_QT_LICENSES = ("LGPL-3", "GPL-3", "GPL-2")
_OF_QT = ("pyside6_essentials", "shiboken6")
_LICENSE_NAMES = ("licen", "copying", "notice", "authors")
_QT_NOTICE = """\
Qt {qt} and PySide6 {qt} are used under the GNU Lesser General Public License, version 3 (LGPL-3, which adds to GPL-3).

The program loads them as shared libraries that anybody may replace: on Linux those in
python/lib/python*/site-packages/PySide6/Qt/lib, on macOS those in the same folder below Contents/Resources of the app,
on Windows those in python\\Lib\\site-packages\\PySide6.
Nothing forbids to change them or to examine how the program works together with changed ones.

Sources of these very versions:
    https://download.qt.io/official_releases/qt/
    https://download.qt.io/official_releases/QtForPython/pyside6/
Whoever received this program may for three years ask the publisher of it for a copy of these sources, for the cost of
sending it.
"""


def write_notices(release: Release, site: Path, folder: Path, *, runtime_license: Path) -> None:
    """Write the licences of everything in `site` into `folder`, a file for each part, and an index, `NOTICES.txt`.

    The parts' own copies go: some lie too deep in folders for Windows.

    Raises:
        SetupError: If a part says nothing of its licence.
    """
    folder.mkdir(parents=True)
    shutil.copy2(release.root / "LICENSE", folder / "LICENSE.txt")
    shutil.copy2(runtime_license, folder / "Python-LICENSE.txt")
    lines = [
        f"{TITLE} {release.version} is licensed under the Apache License 2.0 (LICENSE.txt). It contains Python",
        "(Python-LICENSE.txt) and these libraries; the texts of their licences are in the files named.",
        "",
    ]
    for folder_of_part, part in sorted(_parts(site).items()):
        name, version = part.metadata["Name"], part.version
        texts = _license_texts(folder_of_part)
        if name.lower() in _OF_QT:
            texts |= {text: (_COMMON_LICENSES / text).read_bytes() for text in _QT_LICENSES}
        named = _license_name(part)
        if not (named or texts):
            raise SetupError(f"{name} {version} says nothing of its licence: look it up before it is handed on.")
        kept = folder / f"{name}-{version}.txt"
        if texts:
            kept.write_bytes(b"\n".join(b"==== %s\n\n%s" % (title.encode(), text) for title, text in texts.items()))
        shutil.rmtree(folder_of_part / "licenses", ignore_errors=True)
        lines.append(f"{name} {version}: {named or 'see its text'}" + (f" ({kept.name})" if texts else ""))
    (qt,) = {part.version for part in _parts(site).values() if part.metadata["Name"].lower() in _OF_QT}
    (folder / "NOTICES.txt").write_text("\n".join([*lines, "", _QT_NOTICE.format(qt=qt)]), encoding="utf-8")


def write_sbom(release: Release, site: Path, target: Path, *, python: str) -> None:
    """Write the list of parts as CycloneDX JSON, equal for equal parts."""
    with tempfile.TemporaryDirectory() as folder:
        # cyclonedx-py asks an interpreter for its places; that of another system cannot answer here.
        asked = Path(folder, "python")
        asked.write_text(f"#!/bin/sh\ncat <<'END'\n{json.dumps([str(site)])}\nEND\n", encoding="utf-8")
        asked.chmod(asked.stat().st_mode | stat.S_IXUSR)
        command = [own_tool("cyclonedx-py"), "environment", "--output-reproducible", "--of", "JSON", str(asked)]
        listed = json.loads(call(command, env=os.environ))
    listed["components"].append(
        {
            "type": "platform",
            "bom-ref": f"python=={python}",
            "name": "CPython",
            "version": python,
            "licenses": [{"license": {"id": "PSF-2.0"}}],
            "purl": f"pkg:generic/python@{python}",
        }
    )
    listed["metadata"]["component"] = {
        "type": "application",
        "bom-ref": "root-component",
        "name": TITLE,
        "version": release.version,
        "licenses": [{"license": {"id": "Apache-2.0"}}],
    }
    target.write_text(json.dumps(listed, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def versions(site: Path) -> dict[str, str]:
    """Return the packages in a folder and their versions."""
    return {part.metadata["Name"]: part.version for part in _parts(site).values()}


def _parts(site: Path) -> dict[Path, Distribution]:
    return {folder: Distribution.at(folder) for folder in site.glob("*.dist-info")}


def _license_texts(folder: Path) -> dict[str, bytes]:
    """Return the texts by where they lie; parts that have others inside have many."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    named = (path for path in files if path.name.lower().startswith(_LICENSE_NAMES))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in named}


def _license_name(part: Distribution) -> str:
    metadata = part.metadata
    said = next((metadata[key] for key in ("License-Expression", "License") if key in metadata), "")
    if said and said != "UNKNOWN" and "\n" not in said:
        return said
    named = [text.rpartition(" :: ")[2] for text in metadata.get_all("Classifier") or () if "License ::" in text]
    return ", ".join(named)
