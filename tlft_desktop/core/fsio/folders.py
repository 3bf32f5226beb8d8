"""Folders that appear under their name only when every file in them is complete, with a hash of each."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from tlft_desktop.core.errors import InputError, StorageError
from tlft_desktop.core.fsio import primitives
from tlft_desktop.core.fsio.files import make_folder, move, remove_temporaries, remove_tree, require_absent, write_bytes
from tlft_desktop.core.fsio.json_files import json_bytes, read_json
from tlft_desktop.core.fsio.primitives import DamagedError
from tlft_desktop.core.fsio.regular import is_link, open_regular, share
from tlft_desktop.core.fsio.temporaries import temporary_name

MANIFEST_NAME = "MANIFEST.json"


class FolderWriter:
    """Write several files as one: the folder appears under its name only when all of them are on the disk.

    A context manager; leaving it by an error leaves nothing behind.

    Raises:
        StorageError: If something cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.num_bytes = 0
        self._temporary = temporary_name(path)
        self._entries: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> FolderWriter:
        with primitives.writing(self.path):
            primitives.operation("mkdir", self._temporary)
            self._temporary.mkdir()
            share(self._temporary)
        return self

    def add(self, name: str, data: bytes) -> None:
        """Write one file of the folder."""
        with primitives.writing(self.path):
            primitives.create(self._temporary / name, data, private=False)
        self._entries[name] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        self.num_bytes += len(data)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                with primitives.writing(self.path):
                    primitives.create(
                        self._temporary / MANIFEST_NAME,
                        json_bytes({"schema": 1, "files": self._entries}),
                        private=False,
                    )
                    primitives.sync_folder(self._temporary)
                    if self.path.exists():
                        raise StorageError(f"'{self.path}' is there already.")
                    primitives.replace(self._temporary, self.path)
                    primitives.sync_folder(self.path.parent)
        finally:
            if self._temporary.exists():
                shutil.rmtree(self._temporary, ignore_errors=True)


def require_new_folder(path: Path) -> None:
    """Refuse a folder that cannot be made, before anything is computed for it.

    Raises:
        UsageError: If something has its name.
        InputError: If there is no folder to make it in.
    """
    require_absent(path)
    if not path.absolute().parent.is_dir():
        raise InputError(f"There is no folder '{path.absolute().parent}'.")


def write_new_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Write files for people, by their names, into a new folder: all of them or none.

    What killed programs left beside it goes first.

    Raises:
        StorageError: If they cannot be written, or the name was taken meanwhile.
    """
    remove_temporaries(path.parent.resolve(), own=False)
    aside = temporary_name(path)
    try:
        make_folder(aside)
        for name, data in files.items():
            write_bytes(aside / name, data)
        move(aside, path)
    except BaseException:
        with contextlib.suppress(StorageError):
            remove_tree(aside)
        raise


@contextlib.contextmanager
def replaced_folder(path: Path) -> Iterator[FolderWriter]:
    """Write a folder as `FolderWriter` does, in place of an earlier one: at any moment one of the two is whole.

    Between two renames neither has its name: `surviving_folder` finds the new one there, `settle_folder` finishes.

    Raises:
        StorageError: If it cannot be written; what was there before is there still, or `settle_folder` brings it back.
    """
    settle_folder(path)
    fresh, old = _fresh(path), _old(path)
    try:
        with FolderWriter(fresh) as writer:
            yield writer
        if path.exists():
            move(path, old)
        move(fresh, path)
    except BaseException:
        with contextlib.suppress(StorageError):
            settle_folder(path)
        raise
    # The new one has its name: an old one that cannot be deleted now goes before the next one is written.
    with contextlib.suppress(StorageError):
        remove_tree(old)


def settle_folder(path: Path) -> None:
    """Finish or take back what a `replaced_folder` that was killed left beside `path`.

    Raises:
        StorageError: If the disk refuses.
    """
    fresh, old = _fresh(path), _old(path)
    if not path.exists():
        survivor = surviving_folder(path)
        if survivor == path:
            return
        move(survivor, path)
    for leftover in (fresh, old):
        if leftover.exists():
            remove_tree(leftover)


def surviving_folder(path: Path) -> Path:
    """Return where the newest whole content of a folder lies that `replaced_folder` writes; `path` if there is none."""
    return next((place for place in (path, _fresh(path), _old(path)) if place.exists()), path)


def _fresh(path: Path) -> Path:
    return path.with_name(f".new-{path.name}")


def _old(path: Path) -> Path:
    return path.with_name(f".old-{path.name}")


def read_folder(path: Path, *, max_bytes: int | None = None) -> dict[str, bytes]:
    """Return the files of a folder that `FolderWriter` wrote, after checking size and SHA-256 of the bytes returned.

    Args:
        path: The folder.
        max_bytes: The most that its files may have together: larger ones are not read. None where nothing is known.

    Raises:
        DamagedError: If a file is missing, changed or cannot be read, there is too much, or the folder is a link; the
            message names it.
    """
    if is_link(path):
        raise DamagedError(f"'{path}' cannot be read: it is a link, which may lead anywhere.")
    try:
        entries = read_json(path / MANIFEST_NAME)["files"]
        num_bytes = sum(_size(entry) for entry in entries.values())
        if max_bytes is not None and num_bytes > max_bytes:
            raise DamagedError(f"'{path}' has {num_bytes:,} bytes, and such a folder may have {max_bytes:,}.")
        return {name: _read_verified(path, name, entry) for name, entry in entries.items()}
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise DamagedError(f"'{path / MANIFEST_NAME}' is damaged.") from error
    except OSError as error:
        raise DamagedError(f"'{path}' is incomplete: {error.strerror or error}.") from error


def recorded_hashes(path: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a folder as `FolderWriter` noted it; the files are not read.

    Raises:
        DamagedError: If the note is missing or damaged.
    """
    try:
        entries = read_json(path / MANIFEST_NAME)["files"]
        return {name: str(entry["sha256"]) for name, entry in entries.items()}
    except FileNotFoundError as error:
        raise DamagedError(f"'{path / MANIFEST_NAME}' is missing.") from error
    except (KeyError, TypeError, AttributeError, ValueError, OSError) as error:
        raise DamagedError(f"'{path / MANIFEST_NAME}' is damaged.") from error


def _read_verified(folder: Path, name: str, entry: Mapping[str, Any]) -> bytes:
    if Path(name).name != name:
        raise DamagedError(f"'{folder / MANIFEST_NAME}' names a file outside of its folder.")
    with open_regular(folder / name) as file:
        # The size first: a wrong one may be too large to be read.
        is_whole = os.fstat(file.fileno()).st_size == entry["size"]
        data = file.read() if is_whole else b""
    if not is_whole or hashlib.sha256(data).hexdigest() != entry["sha256"]:
        raise DamagedError(f"'{folder / name}' is damaged: it is not what was saved.")
    return data


def _size(entry: Mapping[str, Any]) -> int:
    size = entry["size"]
    if type(size) is not int or size < 0:
        raise ValueError("not a size")
    return size
