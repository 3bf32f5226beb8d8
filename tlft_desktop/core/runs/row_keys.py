"""Rows of features that another list of images has in common: taken over instead of computed.

Beside its rows a folder of features keeps a key for each row, in a file named after everything else that determines the
rows. Leaving out one image of ten thousand makes another list of images, and so another folder; its rows are copied.
A row does not depend on the images beside it (`fill_features` sees to that), so a copy is as good as a new one.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, StorageError
from tlft_desktop.core.project.cache import ROW_KEYS_PREFIX
from tlft_desktop.core.runs.feature_store import FeatureFile, has_rows

_KEY_BYTES = 16
_MAX_BYTES = 1 << 30
_ROWS_AT_ONCE = 1024


def row_keys(images: Sequence[str], views: int) -> list[bytes]:
    """Return a key for each row: all images in view 0, then all in view 1, and so on.

    Args:
        images: What determines the pixels of each image.
        views: Views of each image.
    """
    texts = (f"{view} {image}" for view in range(views) for image in images)
    return [hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_KEY_BYTES).digest() for text in texts]


def note_keys(folder: Path, *, kind: str, keys: Sequence[bytes]) -> None:
    """Note whose rows a folder holds, for lists of images that come later; if it cannot be written nothing is lost.

    Args:
        folder: Of this list of images.
        kind: Names everything but the images that determines rows.
        keys: One for each row; see `row_keys`.
    """
    path = folder / _name_of(kind)
    if not path.exists():
        with contextlib.suppress(StorageError):
            fsio.write_bytes(path, _with_checksum(b"".join(keys)))


def take_rows(file: FeatureFile, folder: Path, *, kind: str, keys: Sequence[bytes]) -> int:
    """Copy missing rows from folders beside this one; whatever goes wrong on the way only leaves rows missing.

    Args:
        file: The rows, open; in `folder`.
        folder: Of this list of images.
        kind, keys: See `note_keys`.

    Returns:
        The number of rows that were copied.
    """
    taken = 0
    for relative in sorted(folder.parent.glob(f"*/{_name_of(kind)}")) if file.missing() else ():
        if relative.parent != folder and file.missing():
            with contextlib.suppress(StorageError, InputError):
                for count in _copy(relative, file, keys):
                    taken += count
    return taken


def _copy(relative: Path, file: FeatureFile, keys: Sequence[bytes]) -> Iterator[int]:
    """Copy what a relative has of the missing rows; yield how many at a time."""
    data = fsio.read_bytes(relative, max_bytes=_MAX_BYTES)
    theirs, num_rows = data[:-_KEY_BYTES], len(data) // _KEY_BYTES - 1
    if _with_checksum(theirs) != data or not has_rows(relative.parent, num_rows=num_rows, width=file.width):
        return
    places = {theirs[row * _KEY_BYTES : (row + 1) * _KEY_BYTES]: row for row in range(num_rows)}
    with FeatureFile(relative.parent, num_rows=num_rows, width=file.width) as source:
        if source.dtype.itemsize < file.dtype.itemsize:
            # Rounded rows among exact ones would depend on who came first.
            return
        gone = set(source.missing())
        pairs = [(row, places[keys[row]]) for row in file.missing() if keys[row] in places]
        pairs = [(row, place) for row, place in pairs if place not in gone]
        for start in range(0, len(pairs), _ROWS_AT_ONCE):
            rows, there = zip(*pairs[start : start + _ROWS_AT_ONCE], strict=True)
            file.write(rows, source.read(there))
            yield len(rows)


def _name_of(kind: str) -> str:
    return f"{ROW_KEYS_PREFIX}{hashlib.sha256(kind.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


def _with_checksum(keys: bytes) -> bytes:
    return keys + hashlib.blake2b(keys, digest_size=_KEY_BYTES).digest()
