"""The folder that an installer made, and what its manifest says of it; a checkout or a wheel has none."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tlft_desktop.core import fsio

MANIFEST = "manifest.json"
NOTICES = "licences/NOTICES.txt"
_PROGRAM = "tlft-desktop"
# What the installers themselves put beside the files of the build: the list of them, and on Windows what removes them.
_OF_INSTALLERS = {MANIFEST, "uninstall.exe"}
_MAX_MANIFEST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Installation:
    """One installation.

    Attributes:
        root: Its folder.
        version, commit, system: Of what was built.
        files: For each file, by its path with "/" below `root`: size in bytes and SHA-256, or where a link
            points.
    """

    root: Path
    version: str
    commit: str
    system: str
    files: Mapping[str, Mapping[str, Any]]


def installation_root() -> Path | None:
    """Return the folder of the installation that this process runs from, None if it runs from elsewhere."""
    root = Path(sys.prefix).parent
    return root if (root / MANIFEST).is_file() else None


def read_installation(root: Path) -> Installation:
    """Read the manifest of an installation.

    Raises:
        DamagedError: If it is not one that a build of this program wrote.
    """
    path = root / MANIFEST
    try:
        manifest = fsio.read_json(path, max_bytes=_MAX_MANIFEST_BYTES)
        if (manifest["program"], manifest["format"]) != (_PROGRAM, 1):
            raise ValueError("of another program")
        version, commit, system = (str(manifest[key]) for key in ("version", "commit", "system"))
        files = {str(name): dict(entry) for name, entry in manifest["files"].items()}
    except (KeyError, TypeError, ValueError, AttributeError, FileNotFoundError) as error:
        raise fsio.DamagedError(f"'{path}' does not describe this installation.") from error
    return Installation(root, version, commit, system, files)


def find_differences(installation: Installation) -> Iterator[str]:
    """Compare every file with the manifest; yield a few words for each that differs, lacks or is not of the build."""
    present = set()
    for folder, names, files in os.walk(installation.root):
        links = [name for name in names if os.path.islink(os.path.join(folder, name))]
        present |= {Path(folder, name).relative_to(installation.root).as_posix() for name in (*files, *links)}
    for name in sorted(present - installation.files.keys() - _OF_INSTALLERS):
        yield f"{name} is not part of it"
    for name, entry in installation.files.items():
        if name not in present:
            yield f"{name} is missing"
        elif not _is_as_built(installation.root / name, entry):
            yield f"{name} is changed"


def _is_as_built(path: Path, entry: Mapping[str, Any]) -> bool:
    if "link" in entry:
        return path.is_symlink() and path.readlink().as_posix() == entry["link"]
    try:
        with fsio.open_regular(path) as file:
            # The size first: it tells most of what can be wrong without reading the file.
            if os.fstat(file.fileno()).st_size != entry.get("size"):
                return False
            return hashlib.file_digest(file, "sha256").hexdigest() == entry.get("sha256")
    except OSError:
        return False
