"""Outputs of the frozen part of a network on disk: rows that are right or missing, never wrong.

A file of rows of equal length, each with its checksum, and beside it one byte per row that says whether it is there.
The byte is written after the row. Several processes may fill the same file: they write the same bytes to the same
places. Deleting the folder at any time is safe.
"""

from __future__ import annotations

import hashlib
import threading
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core import fsio
from tlft_desktop.core.project.cache import FEATURES_FOLDER, CacheLease, remove_if_empty

_CHECKSUM_BYTES = 4
_CHUNK_BYTES = 1 << 22
_HALF, _SINGLE = "f16", "f32"
_TYPES: dict[str, np.dtype[np.floating[Any]]] = {_HALF: np.dtype("<f2"), _SINGLE: np.dtype("<f4")}


def feature_folder(cache_dir: Path, key: str) -> Path:
    """Return the folder for features whose `key` names everything that determines them."""
    return cache_dir / FEATURES_FOLDER / hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def has_rows(folder: Path, *, num_rows: int, width: int) -> bool:
    """Tell whether a folder has a file for so many rows of so many values."""
    return any(_path(folder, num_rows, width, kind).exists() for kind in _TYPES)


class FeatureFile:
    """Rows of features, kept as float16; if one value does not fit, all rows are kept as float32.

    When that happens the rows written before are missing again: they were rounded, and a row must not depend on the
    order in which rows were computed. So fill it until `missing` returns nothing. A context manager.

    Args:
        folder: See `feature_folder`; made if it is missing.
        num_rows: Number of rows.
        width: Values per row.
        make_room: Called with the bytes that are needed before the first row is written; raises `StorageError` if
            there is no room, and the rows stay missing.

    Raises:
        StorageError: If the files cannot be made.
    """

    def __init__(
        self, folder: Path, *, num_rows: int, width: int, make_room: Callable[[int], None] | None = None
    ) -> None:
        self._folder, self._num_rows, self._width = folder, num_rows, width
        self._make_room, self._has_room_for = make_room, ""
        fsio.make_folder(folder)
        self._lease = CacheLease(folder)
        # A thread that read a damaged row must not mark it as missing after another has computed it anew.
        self._lock = threading.Lock()
        self._files: tuple[fsio.RowFile, fsio.RowFile] | None = None
        self._kind = _HALF
        try:
            self._open(_SINGLE if self._path(_SINGLE).exists() else _HALF)
        except BaseException:
            self._lease.release()
            raise

    @property
    def width(self) -> int:
        """Values per row."""
        return self._width

    @property
    def dtype(self) -> np.dtype[np.floating[Any]]:
        """Type in which the rows are kept: float16, or float32 after a value did not fit."""
        return np.dtype(_TYPES[self._kind].newbyteorder("="))

    def missing(self) -> list[int]:
        """Return the rows that are not there, in order."""
        self._follow_others()
        return [int(row) for row in np.flatnonzero(~self._present())]

    def write(self, rows: Sequence[int], values: NDArray[np.float32]) -> None:
        """Store rows; `values` is float32, [len(rows), width].

        Raises:
            ValueError: If the shape or a row number does not fit.
            StorageError: If they cannot be written; the rows stay missing.
        """
        if values.shape != (len(rows), self._width) or any(not 0 <= row < self._num_rows for row in rows):
            raise ValueError(f"cannot store values {values.shape} as {len(rows)} rows of {self._width}")
        with self._lock:
            self._follow_others()
            kind = _SINGLE if _overflows(values) else self._kind
            self._require_room(kind)
            if kind != self._kind:
                self._open(kind)
            data, valid = self._opened()
            stored = values.astype(_TYPES[self._kind])
            for first, last in _stretches(rows):
                records = b"".join(_record(rows[index], stored[index].tobytes()) for index in range(first, last))
                data.write(rows[first] * self._stride, records)
                valid.write(rows[first], b"\1" * (last - first))

    def read(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """Return rows, float32, [len(rows), width].

        Raises:
            DamagedError: If rows are missing or damaged; all damaged ones among `rows` are missing from then on.
        """
        values = np.empty((len(rows), self._width), dtype=np.float32)
        with self._lock:
            present = self._present()
            bad = {row for row in rows if not present[row]}
            for first, last in _stretches(rows):
                bad.update(self._read_stretch(rows[first], values[first:last]))
            self._refuse(sorted(bad))
        return values

    def read_all(self) -> NDArray[np.float32]:
        """Return all rows, float32, [num_rows, width].

        Raises:
            DamagedError: If a row is missing or damaged; damaged ones are missing from then on.
        """
        return self.read(range(self._num_rows))

    def sync(self) -> None:
        """Make what was written survive a power cut.

        Raises:
            StorageError: If the disk refuses.
        """
        for file in self._opened():
            file.sync()

    def close(self) -> None:
        """Close the files; closing twice is harmless."""
        files, self._files = self._files, None
        for file in files or ():
            file.close()
        self._lease.release()
        if files and self._make_room:
            # Where there was no room for a row, an empty folder is of no use to anybody.
            remove_if_empty(self._folder)

    def __enter__(self) -> FeatureFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _stride(self) -> int:
        return self._stride_of(self._kind)

    def _stride_of(self, kind: str) -> int:
        return self._width * _TYPES[kind].itemsize + _CHECKSUM_BYTES

    def _require_room(self, kind: str) -> None:
        if self._make_room is not None and self._has_room_for != kind:
            data, _ = self._opened()
            there = data.size if kind == self._kind else 0
            self._make_room(max(0, self._num_rows * (self._stride_of(kind) + 1) - there))
            self._has_room_for = kind

    def _path(self, kind: str) -> Path:
        return _path(self._folder, self._num_rows, self._width, kind)

    def _open(self, kind: str) -> None:
        path = self._path(kind)
        data = fsio.RowFile(path)
        try:
            valid = fsio.RowFile(path.with_name(f"{path.name}.valid"))
        except BaseException:
            data.close()
            raise
        for file in self._files or ():
            file.close()
        self._files, self._kind = (data, valid), kind

    def _opened(self) -> tuple[fsio.RowFile, fsio.RowFile]:
        if self._files is None:
            raise ValueError("the feature file is closed")
        return self._files

    def _follow_others(self) -> None:
        if self._kind == _HALF and self._path(_SINGLE).exists():
            self._open(_SINGLE)

    def _present(self) -> NDArray[np.bool_]:
        data, valid = self._opened()
        flags = np.zeros(self._num_rows, dtype=bool)
        stored = np.frombuffer(valid.read(0, self._num_rows), dtype=np.uint8) == 1
        flags[: len(stored)] = stored
        flags[data.size // self._stride :] = False
        return flags

    def _read_stretch(self, first_row: int, values: NDArray[np.float32]) -> list[int]:
        """Fill `values` with consecutive rows and return those whose checksum is wrong."""
        data, _ = self._opened()
        bad: list[int] = []
        step = max(1, _CHUNK_BYTES // self._stride)
        for start in range(0, len(values), step):
            count = min(step, len(values) - start)
            block = data.read((first_row + start) * self._stride, count * self._stride)
            for index in range(count):
                record = block[index * self._stride : (index + 1) * self._stride]
                payload = record[:-_CHECKSUM_BYTES]
                row = first_row + start + index
                if len(record) < self._stride or _record(row, payload) != record:
                    bad.append(row)
                else:
                    values[start + index] = np.frombuffer(payload, dtype=_TYPES[self._kind])
        return bad

    def _refuse(self, bad: Sequence[int]) -> None:
        if not bad:
            return
        _, valid = self._opened()
        for row in bad:
            valid.write(row, b"\0")
        raise fsio.DamagedError(
            f"'{self._path(self._kind)}' lacks {len(bad)} of {self._num_rows} rows or has them damaged.",
            remedy="Start again: they are computed anew.",
        )


def _path(folder: Path, num_rows: int, width: int, kind: str) -> Path:
    return folder / f"{num_rows}x{width}.{kind}"


def _record(row: int, payload: bytes) -> bytes:
    # The number of the row goes into the checksum, so that a row at the wrong place is a damaged one.
    return payload + zlib.crc32(payload, row + 1).to_bytes(_CHECKSUM_BYTES, "little")


def _overflows(values: NDArray[np.float32]) -> bool:
    with np.errstate(over="ignore"):
        half = values.astype(np.float16)
    return bool(np.any(np.isinf(half) & np.isfinite(values)))


def _stretches(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Return the ranges (first, last) of positions in `rows` whose numbers follow each other."""
    cuts = [index for index in range(1, len(rows)) if rows[index] != rows[index - 1] + 1]
    return list(zip([0, *cuts], [*cuts, len(rows)], strict=True)) if len(rows) else []
