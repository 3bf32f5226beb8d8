"""What an installation consists of: a hash for each file, one for all, and where the bytes are."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from _build import notices
from _build.packages import System
from _build.release import PACKAGE, Release

NAME = "manifest.json"


@dataclass(frozen=True)
class Part:
    """A folder of site-packages or of the installation, and its size in bytes."""

    name: str
    num_bytes: int


def write_manifest(release: Release, system: System, tree: Path, site: Path, *, python: str) -> str:
    """Write `manifest.json` into the installation and return the hash of all contents.

    Nothing in it depends on when or where it was built.
    """
    files = {path.relative_to(tree).as_posix(): _entry(path) for path in _files(tree)}
    content = hashlib.sha256(json.dumps(files, sort_keys=True).encode("utf-8")).hexdigest()
    manifest = {
        "format": 1,
        "program": PACKAGE,
        "version": release.version,
        "commit": release.commit,
        "system": system.name,
        "python": python,
        "distributions": notices.versions(site),
        "content": content,
        "files": files,
    }
    (tree / NAME).write_text(json.dumps(manifest, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    return content


def largest_parts(tree: Path, site: Path, count: int = 10) -> list[Part]:
    """Return the largest folders of an installation, each package by itself."""
    folders = [*site.iterdir(), *(path for path in tree.iterdir() if path.name != "python")]
    sizes = [Part(path.name, _num_bytes(path)) for path in folders]
    whole = _num_bytes(tree)
    sizes.append(Part("Python and its standard library", whole - sum(part.num_bytes for part in sizes)))
    return sorted(sizes, key=lambda part: -part.num_bytes)[:count]


def _entry(path: Path) -> dict[str, Any]:
    if path.is_symlink():
        return {"link": path.readlink().as_posix()}
    with path.open("rb") as file:
        return {"size": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def _files(tree: Path) -> list[Path]:
    return sorted(path for path in tree.rglob("*") if path.is_symlink() or path.is_file())


def _num_bytes(path: Path) -> int:
    if not path.is_dir() or path.is_symlink():
        return path.lstat().st_size
    return sum(file.lstat().st_size for file in _files(path))
