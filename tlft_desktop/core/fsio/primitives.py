"""Operations that every writer is built from; each passes through `operation` before it changes the disk."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tlft_desktop.core.errors import InputError, ResourceError, StorageError, TlftError
from tlft_desktop.core.fsio.regular import FILE_MODE, NotRegularFileError, is_shared, share

_REPLACE_TRIES = 10
_REPLACE_PAUSE_SECONDS = 0.2


# On Windows a reader, a virus scanner or a cloud client keeps a file from being replaced for a moment; elsewhere
# a refused permission stays refused.
_REFUSAL_MAY_PASS = os.name == "nt"


class DamagedError(InputError):
    """A file is not what was written: truncated, changed or torn."""


class KeptTemporaryError(StorageError):
    """The new content is on the disk, but it could not be given its name: it is kept for the user."""


def operation(kind: str, path: Path) -> None:
    """Mark an operation that is about to change the disk; tests replace this to fail or to kill at the k-th one."""


def is_full(error: BaseException | None) -> bool:
    """Tell whether a disk refused because nothing more fits on it."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def classify(error: OSError, path: Path) -> TlftError:
    """Return the error to show for a failed file operation, with a sentence that names the path and the remedy."""
    if isinstance(error, NotRegularFileError):
        return DamagedError(f"'{error.filename}' cannot be used: {error.strerror}.")
    if is_full(error) or error.errno == errno.EFBIG:
        return StorageError(
            f"The disk is full: '{path}' could not be written.", remedy="Free some space, then try again or resume."
        )
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return StorageError(
            f"'{path}' cannot be written: no permission, or the disk is read-only.",
            remedy="Choose a folder you may write to.",
        )
    if error.errno in (errno.EMFILE, errno.ENFILE):
        return ResourceError("Too many files are open on this computer.", remedy="Close other programs and try again.")
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return StorageError(f"'{path}' is gone: its folder was moved, deleted or unmounted.")
    return StorageError(f"'{path}' could not be written: {error.strerror or error}.")


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        raise classify(error, path) from error


def write_all(descriptor: int, data: bytes | memoryview) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def sync(descriptor: int, path: Path) -> None:
    operation("fsync", path)
    if sys.platform == "darwin":
        import fcntl

        # macOS: fsync leaves the data in the drive's cache; F_FULLFSYNC does not.
        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    operation("fsync", folder)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network and user-space file systems have no such call for folders: nothing more can be done there.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def replace(source: Path, target: Path) -> None:
    """Rename over `target`; on Windows a reader or a virus scanner may hold it for a moment."""
    for _ in range(_REPLACE_TRIES):
        operation("rename", target)
        try:
            os.replace(source, target)
            return
        except PermissionError:
            if not _REFUSAL_MAY_PASS:
                raise
            time.sleep(_REPLACE_PAUSE_SECONDS)
    raise KeptTemporaryError(
        f"'{target}' is kept open by another program and could not be replaced. What was to be saved is in '{source}'.",
        remedy="Close the other program and save again.",
    )


def unlink_quietly(path: Path) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)


def create(path: Path, data: bytes, *, private: bool) -> None:
    operation("open", path)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o600 if private and not is_shared(path.parent) else FILE_MODE)
    try:
        share(path, descriptor)
        operation("write", path)
        write_all(descriptor, data)
        sync(descriptor, path)
    finally:
        os.close(descriptor)
