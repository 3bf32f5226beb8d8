"""Images at the size that training needs, as raw pixels on disk: written once on import, read in every epoch.

A store is a folder of segments, one per writer, so that two processes may write at once. A segment is a data file that
only grows and a log that names what is in it: a row counts once its log line is whole, the data file reaches behind it
and its checksum is right. Anything else is treated as missing and filled again from the original. Rows are read at
their offset and not mapped: a truncated map would kill the process.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import threading
import zlib
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, StorageError, TlftError
from tlft_desktop.core.project.cache import PIXELS_FOLDER
from tlft_desktop.core.values.manifest import PixelScaling

_FORMAT = 1
_DATA_SUFFIX, _LOG_SUFFIX = ".pixels", ".log"


def pixel_store_folder(cache_dir: Path, *, side: int, interpolation: str, scaling: PixelScaling | None) -> Path:
    """Return the folder of the store for images prepared in this way; the name is a hash of what determines pixels."""
    window = [scaling.low, scaling.high] if scaling else None
    recipe = json.dumps([_FORMAT, side, interpolation, window]).encode("ascii")
    return cache_dir / PIXELS_FOLDER / f"{side}-{hashlib.sha256(recipe).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class _Row:
    segment: str
    offset: int
    height: int
    width: int
    crc: int

    @property
    def num_bytes(self) -> int:
        return self.height * self.width * 3


class PixelStore:
    """Pixels by the SHA-256 of the original file; every method may be called from several threads.

    Args:
        folder: See `pixel_store_folder`; made when the first image is added.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._rows: dict[bytes, _Row] = {}
        self._files: dict[str, fsio.RowFile] = {}
        self._segment = ""
        self._log: fsio.AppendLog | None = None
        self.refresh()

    def __enter__(self) -> PixelStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __contains__(self, sha256: str) -> bool:
        return bytes.fromhex(sha256) in self._rows

    def __len__(self) -> int:
        return len(self._rows)

    def refresh(self) -> None:
        """Read the logs again: also what other processes have added meanwhile."""
        rows: list[tuple[bytes, _Row]] = []
        dropped: set[tuple[str, int]] = set()
        for log_path in sorted(self.folder.glob(f"*{_LOG_SUFFIX}")):
            _read_segment(log_path, rows, dropped)
        with self._lock:
            self._rows = {key: row for key, row in rows if (row.segment, row.offset) not in dropped}

    def read(self, sha256: str) -> NDArray[np.uint8]:
        """Return the pixels of an image, uint8 [H, W, 3], read-only.

        Raises:
            DamagedError: If the row is missing or not what was written; it is missing from then on.
        """
        key = bytes.fromhex(sha256)
        row = self._rows.get(key)
        if row is None:
            raise fsio.DamagedError(
                f"The pixels of the image {sha256[:12]} are not in the cache '{self.folder}'.",
                remedy="Start again: they are read anew from the original.",
            )
        try:
            data = self._file(row.segment).read(row.offset, row.num_bytes)
        except (OSError, StorageError):
            data = b""
        if len(data) != row.num_bytes or zlib.crc32(data) != row.crc:
            self._drop(key, row)
            raise fsio.DamagedError(
                f"The pixels of the image {sha256[:12]} in the cache '{self.folder}' are damaged.",
                remedy="Start again: they are read anew from the original.",
            )
        return np.frombuffer(data, np.uint8).reshape(row.height, row.width, 3)

    def add(self, sha256: str, pixels: NDArray[np.uint8]) -> None:
        """Write the pixels of an image unless they are there; survives a kill of this process.

        Raises:
            StorageError: If the disk refuses.
        """
        key = bytes.fromhex(sha256)
        if len(key) != 32 or pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 3:
            raise ValueError("need a SHA-256 and uint8 pixels of shape [H, W, 3]")
        if key in self._rows:
            return
        data = np.ascontiguousarray(pixels).data.cast("B")
        with self._lock:
            log = self._writer()
            offset = self._files[self._segment].append(data)
            row = _Row(self._segment, offset, pixels.shape[0], pixels.shape[1], zlib.crc32(data))
            # The log line comes last: a kill before it leaves unused bytes and no row.
            log.append({"key": sha256, "offset": offset, "height": row.height, "width": row.width, "crc32": row.crc})
            self._rows[key] = row

    def sync(self) -> None:
        """Make what was added survive a power cut: pixels first, then the log that names them.

        Raises:
            StorageError: If the disk refuses.
        """
        with self._lock:
            if self._log is not None:
                self._files[self._segment].sync()
                self._log.sync()

    def close(self) -> None:
        """Close all files; closing twice is harmless."""
        with self._lock:
            if self._log is not None:
                self._log.close()
                self._log = None
            for file in self._files.values():
                file.close()
            self._files.clear()
            self._segment = ""

    def _writer(self) -> fsio.AppendLog:
        """Open a segment of this writer's own on the first write: two writers never share a file."""
        if self._log is None:
            fsio.make_folder(self.folder)
            self._segment = f"{os.getpid()}-{secrets.token_hex(6)}"
            self._files[self._segment] = fsio.RowFile(self.folder / f"{self._segment}{_DATA_SUFFIX}")
            self._log = fsio.AppendLog(self.folder / f"{self._segment}{_LOG_SUFFIX}")
        return self._log

    def _file(self, segment: str) -> fsio.RowFile:
        with self._lock:
            if segment not in self._files:
                self._files[segment] = fsio.RowFile(self.folder / f"{segment}{_DATA_SUFFIX}", read_only=True)
            return self._files[segment]

    def _drop(self, key: bytes, row: _Row) -> None:
        """Forget a damaged row, in the log too: the next start would believe it again."""
        with self._lock:
            if self._rows.get(key) is not row:
                return
            del self._rows[key]
            with contextlib.suppress(TlftError):  # the cache cannot be written: the next start finds out again
                self._writer().append({"key": key.hex(), "drop": row.segment, "offset": row.offset})


def _read_segment(log_path: Path, rows: list[tuple[bytes, _Row]], dropped: set[tuple[str, int]]) -> None:
    segment = log_path.name.removesuffix(_LOG_SUFFIX)
    try:
        entries, _ = fsio.read_log(log_path)
        size = (log_path.with_suffix(_DATA_SUFFIX)).stat().st_size
    except (InputError, OSError):  # a damaged or vanished segment is a missing one
        return
    for entry in entries:
        try:
            key, offset = bytes.fromhex(entry["key"]), int(entry["offset"])
            if "drop" in entry:
                dropped.add((str(entry["drop"]), offset))
                continue
            row = _Row(segment, offset, int(entry["height"]), int(entry["width"]), int(entry["crc32"]))
        except (KeyError, TypeError, ValueError):
            continue
        if row.offset >= 0 and min(row.height, row.width) > 0 and row.offset + row.num_bytes <= size:
            rows.append((key, row))
