"""A file of JSON lines that only grows; a torn or damaged line never reaches the reader."""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from tlft_desktop.core.fsio import primitives
from tlft_desktop.core.fsio.files import separate
from tlft_desktop.core.fsio.json_files import parse_json
from tlft_desktop.core.fsio.primitives import DamagedError
from tlft_desktop.core.fsio.regular import open_appending, open_regular

_LINE = re.compile(rb"[^\n]*\n|[^\n]+")


def _line(record: Mapping[str, Any]) -> bytes:
    text = json.dumps(record, allow_nan=False)
    return f'{text[:-1]}{", " if record else ""}"crc": {zlib.crc32(text.encode("ascii"))}}}\n'.encode("ascii")


class AppendLog:
    """A file of JSON lines with a checksum each; one writer at a time.

    Args:
        path: The file; made if it is missing.
        truncate_to: Cut the file to this length first; None cuts a torn last line only.

    Raises:
        DamagedError: If something is there that is no regular file.
        StorageError: If the file cannot be opened or written.
    """

    def __init__(self, path: Path, *, truncate_to: int | None = None) -> None:
        self.path = path
        separate(path)
        keep = truncate_to if truncate_to is not None else (read_log(path)[1] if path.exists() else 0)
        is_new = not path.exists()
        with primitives.writing(path):
            primitives.operation("open", path)
            self._file: BinaryIO = open_appending(path)
            try:
                if self._file.tell() > keep:
                    primitives.operation("truncate", path)
                    self._file.truncate(keep)
                if is_new:
                    primitives.sync_folder(path.parent)
            except BaseException:
                self._file.close()
                raise
        self.offset = min(keep, os.fstat(self._file.fileno()).st_size)

    def append(self, record: Mapping[str, Any]) -> None:
        """Write one line; it survives a kill of this process.

        Raises:
            StorageError: If it cannot be written; a torn line is cut off before the next one is written.
        """
        data = _line(record)
        with primitives.writing(self.path):
            if os.fstat(self._file.fileno()).st_size > self.offset:
                # A write failed half-way (disk full): glued to its rest this line and all after it would be lost.
                primitives.operation("truncate", self.path)
                self._file.truncate(self.offset)
            primitives.operation("write", self.path)
            primitives.write_all(self._file.fileno(), data)
        self.offset += len(data)

    def sync(self) -> None:
        """Make what was appended survive a power cut.

        Raises:
            StorageError: If the disk refuses.
        """
        with primitives.writing(self.path):
            primitives.sync(self._file.fileno(), self.path)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> AppendLog:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read_log(path: Path) -> tuple[list[dict[str, Any]], int]:
    """Return the records of an append-only log and the offset behind the last valid line.

    Reading stops at the first line that is torn or damaged; what follows it is not trusted.

    Raises:
        FileNotFoundError: If the file is not there.
        DamagedError: If it cannot be read at all, or is no regular file.
    """
    records: list[dict[str, Any]] = []
    offset = 0
    try:
        with open_regular(path) as file:
            for line in file:
                record = _parse_line(line)
                if record is None:
                    break
                records.append(record)
                offset += len(line)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise DamagedError(f"'{path}' cannot be read: {error.strerror or error}.") from error
    return records, offset


@dataclass(frozen=True, slots=True)
class Salvage:
    """What can be read of a log whose lines do not need each other.

    Attributes:
        records: The whole lines, the oldest first.
        num_damaged: Lines that are torn or damaged.
        end: Offset behind the last line that ended.
        is_whole: Whether the file was not too large to be read from its beginning.
    """

    records: tuple[dict[str, Any], ...]
    num_damaged: int
    end: int
    is_whole: bool


def salvage_log(path: Path, *, max_bytes: int) -> Salvage:
    """Return the whole lines of an append-only log wherever they stand: a damaged one costs itself only.

    Args:
        path: The file.
        max_bytes: Of a larger file only the end is read.

    Raises:
        FileNotFoundError: If the file is not there.
        DamagedError: If it cannot be read at all, or is no regular file.
    """
    try:
        with open_regular(path) as file:
            start = max(0, file.seek(0, os.SEEK_END) - max_bytes)
            file.seek(start)
            data = file.read(max_bytes)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise DamagedError(f"'{path}' cannot be read: {error.strerror or error}.") from error
    lines = _LINE.findall(data)
    if start and lines:
        # It began before what was read.
        start += len(lines.pop(0))
    found = [_parse_line(line) for line in lines]
    records = tuple(record for record in found if record is not None)
    torn = len(lines[-1]) if lines and not lines[-1].endswith(b"\n") else 0
    return Salvage(records, len(found) - len(records), start + sum(map(len, lines)) - torn, start == 0)


def _parse_line(line: bytes) -> dict[str, Any] | None:
    if not line.endswith(b"\n"):
        return None
    try:
        record = parse_json(line, "line")
    except DamagedError:
        return None
    checksum = record.pop("crc", None)
    text = json.dumps(record)
    return record if checksum == zlib.crc32(text.encode("ascii")) else None
