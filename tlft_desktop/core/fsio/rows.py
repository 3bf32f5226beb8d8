"""Large files of rows at known offsets."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from tlft_desktop.core.fsio import primitives
from tlft_desktop.core.fsio.files import separate
from tlft_desktop.core.fsio.regular import open_descriptor


class RowFile:
    """A large file read and written at offsets, without mapping it: a truncated map would kill the process.

    Every method may be called from several threads.

    Args:
        path: The file; made if it is missing, unless it is only read.
        read_only: Whether nothing will be written: then it may be another user's.

    Raises:
        DamagedError: If something is there that is no regular file.
        StorageError: If it cannot be opened.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        with primitives.writing(path):
            if not read_only:
                separate(path)
                primitives.operation("open", path)
            flags = (os.O_RDONLY if read_only else os.O_RDWR | os.O_CREAT) | getattr(os, "O_BINARY", 0)
            self._descriptor = open_descriptor(path, flags)
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """Length of the file in bytes."""
        return os.fstat(self._descriptor).st_size

    def read(self, offset: int, size: int) -> bytes:
        """Return `size` bytes from `offset`; fewer at the end of the file."""
        if sys.platform != "win32":
            return os.pread(self._descriptor, size, offset)
        with self._lock:
            os.lseek(self._descriptor, offset, os.SEEK_SET)
            return os.read(self._descriptor, size)

    def write(self, offset: int, data: bytes | memoryview) -> None:
        """Write at `offset`.

        Raises:
            StorageError: If it cannot be written.
        """
        with self._lock, primitives.writing(self.path):
            primitives.operation("write", self.path)
            os.lseek(self._descriptor, offset, os.SEEK_SET)
            primitives.write_all(self._descriptor, data)

    def append(self, data: bytes | memoryview) -> int:
        """Write at the end and return the offset of the first byte.

        Raises:
            StorageError: If it cannot be written.
        """
        with self._lock, primitives.writing(self.path):
            primitives.operation("write", self.path)
            offset = os.lseek(self._descriptor, 0, os.SEEK_END)
            primitives.write_all(self._descriptor, data)
            return offset

    def truncate(self, size: int) -> None:
        """Cut or extend the file to `size` bytes.

        Raises:
            StorageError: If it cannot be changed.
        """
        with self._lock, primitives.writing(self.path):
            primitives.operation("truncate", self.path)
            os.ftruncate(self._descriptor, size)

    def sync(self) -> None:
        """Make what was written survive a power cut.

        Raises:
            StorageError: If the disk refuses.
        """
        with primitives.writing(self.path):
            primitives.sync(self._descriptor, self.path)

    def close(self) -> None:
        """Close the file; closing twice is harmless."""
        with self._lock:
            if self._descriptor >= 0:
                os.close(self._descriptor)
                self._descriptor = -1
