"""Lists of images on disk: written once, named by their hash, checked when read."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.project.safe_path import check_relative
from tlft_desktop.core.values.manifest import Manifest

MANIFESTS_FOLDER = "manifests"
_MAX_BYTES = 2_000_000_000


def write_manifest(root: Path, manifest: Manifest) -> Path:
    """Write a list of images unless it is there already; returns its file.

    Raises:
        InputError: If an image has a path that leads out of the data folder.
        StorageError: If it cannot be written.
    """
    for record in manifest.records:
        check_relative(record.path)
    path = _path(root, manifest.digest)
    data = "".join(manifest.lines()).encode("ascii")
    if not _holds(path, data):
        fsio.make_folder(path.parent)
        fsio.write_bytes(path, data)
    return path


def read_manifest(root: Path, digest: str) -> Manifest:
    """Read the list of images with this hash.

    Raises:
        InputError: If it is missing, damaged or names a path outside of the data folder.
    """
    path = _path(root, digest)
    data = _read(path)
    if hashlib.sha256(data).hexdigest() != digest:
        raise fsio.DamagedError(f"'{path}' is damaged: its content does not match its name.")
    try:
        manifest = Manifest.from_lines(data.decode("ascii").splitlines())
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, RecursionError) as error:
        raise InputError(f"'{path}' is not a list of images of this program: {error}.") from error
    for record in manifest.records:
        check_relative(record.path)
    return manifest


def _holds(path: Path, data: bytes) -> bool:
    try:
        with fsio.open_regular(path) as file:
            return file.read(len(data) + 1) == data
    except OSError:
        return False


def _path(root: Path, digest: str) -> Path:
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise InputError(f"{digest[:80]!r} is not the hash of a list of images.")
    return root / MANIFESTS_FOLDER / f"{digest}.jsonl"


def _read(path: Path) -> bytes:
    try:
        with fsio.open_regular(path) as file:
            data = file.read(_MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise InputError(f"The list of images '{path}' is missing.") from error
    except OSError as error:
        raise InputError(f"'{path}' cannot be read: {error.strerror or error}.") from error
    if len(data) > _MAX_BYTES:
        raise InputError(f"'{path}' is too large for a list of images.")
    return data
