"""One writer per project: a lock file that says who holds it, and a system lock that ends with the process."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from tlft_desktop.core import fsio
from tlft_desktop.core.errors import ProjectLockedError, StorageError
from tlft_desktop.core.hints import quoted
from tlft_desktop.core.process import ProcessIdentity

LOCK_NAME = ".lock"
_TRIES = 20
_WRITING_SECONDS = 0.3
# Locked bytes cannot be read by others on Windows: this one lies far behind the text.
_LOCKED_BYTE = 1 << 20


class _SystemLock(StrEnum):
    HELD = "held"
    BUSY = "busy"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class LockOwner:
    """Who has a project open.

    Attributes:
        process: The process.
        since: UTC time, ISO 8601.
    """

    process: ProcessIdentity
    since: str


class ProjectLock:
    """The right to write a project; held until `release` or the end of the process, however it ends."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path = path
        self._file: BinaryIO | None = file

    @property
    def folder(self) -> Path:
        """Where the project lies: it may have been renamed since, and a system that does not tell says where it lay."""
        place = None if self._file is None else fsio.current_path(self._file.fileno())
        return (place or self._path).parent

    def release(self) -> None:
        """Give the project back; releasing twice is harmless."""
        self._path = self.folder / LOCK_NAME
        file, self._file = self._file, None
        if file is None:
            return
        with contextlib.suppress(StorageError), file:
            if os.name == "nt" or _is_same_file(file, self._path):
                _take_away(file, self._path)


def acquire_lock(root: Path) -> ProjectLock:
    """Take the lock of the project at `root`; a lock whose process is gone is taken over.

    Raises:
        ProjectLockedError: If another process, another window of this one, or another machine holds it.
        DamagedError: If something that is no file has its name.
        StorageError: If the folder cannot be written.
    """
    path = root.resolve() / LOCK_NAME
    for _ in range(_TRIES):
        created = _create(path)
        file = _opened(path)
        if file is None:
            continue
        with _closing_on_error(file):
            state = _try_system_lock(file)
            if not _is_same_file(file, path):
                file.close()
                continue
            if not created:
                _check_owner(path, state)
                if os.fstat(file.fileno()).st_nlink > 1:
                    # Written over it would change under its other names (hard links), too.
                    _take_away(file, path)
                    continue
                _overwrite(path)
            elif state is _SystemLock.BUSY:
                raise _locked(root, read_lock(root))
            return ProjectLock(path, file)
    raise ProjectLockedError(f"The project '{root}' is being opened and closed by another program.")


def read_lock(root: Path) -> LockOwner | None:
    """Return who holds the lock according to its file; None if there is no readable one."""
    try:
        data = fsio.read_json(root.resolve() / LOCK_NAME)
        return LockOwner(process=ProcessIdentity.from_json(data), since=str(data["since"]))
    except (OSError, fsio.DamagedError, KeyError, TypeError, ValueError, OverflowError):
        return None


def break_lock(root: Path) -> None:
    """Remove the lock that another machine left, after the user said that nobody works there.

    Raises:
        ProjectLockedError: If a process of this machine holds it: that is certain, and no question of opinion.
        DamagedError: If something that is no file has its name: no program made it, so none takes it away.
        StorageError: If the file cannot be removed.
    """
    path = root.resolve() / LOCK_NAME
    file = _opened(path)
    if file is None:
        return
    with file:
        owner = read_lock(root)
        if _try_system_lock(file) is _SystemLock.BUSY or (owner is not None and owner.process.is_alive):
            raise _locked(root, owner)
        _take_away(file, path)


def _opened(path: Path) -> BinaryIO | None:
    """Return the lock file opened for reading; None where it is gone."""
    try:
        return open(fsio.open_descriptor(path, os.O_RDONLY | getattr(os, "O_BINARY", 0)), "rb")
    except FileNotFoundError:
        return None
    except fsio.NotRegularFileError as error:
        raise fsio.DamagedError(
            f"The lock '{path}' cannot be used: {error.strerror}.",
            remedy="If you are sure that nobody works with the project, delete it.",
        ) from error


def _take_away(file: BinaryIO, path: Path) -> None:
    # The file goes before its system lock: nobody can then lock a file that is about to vanish. Windows cannot delete
    # an open file; there a process that comes in between keeps it from being deleted.
    if os.name == "nt":
        file.close()
    fsio.remove_file(path)
    file.close()


def _create(path: Path) -> bool:
    try:
        fsio.create_exclusive(path, _content())
    except FileExistsError:
        return False
    except StorageError as error:
        if not fsio.is_full(error.__cause__):
            raise
        return _create_empty(path)
    return True


def _create_empty(path: Path) -> bool:
    """Make the file without its text: on a full disk the system lock alone must do, or nothing could be deleted."""
    try:
        fsio.create_exclusive(path, b"")
    except FileExistsError:
        return False
    return True


def _content() -> bytes:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return fsio.json_bytes({"schema": 1, **ProcessIdentity.current().to_json(), "since": since})


def _check_owner(path: Path, state: _SystemLock) -> None:
    owner = read_lock(path.parent)
    if state is _SystemLock.BUSY:
        raise _locked(path.parent, owner)
    if owner is None and state is _SystemLock.HELD:
        # Its maker was killed between creating and writing it, or is just about to write on another machine.
        time.sleep(_WRITING_SECONDS)
        owner = read_lock(path.parent)
        if owner is None:
            return
    if owner is None or not owner.process.is_this_machine:
        # Nobody here holds it, but somebody elsewhere may: a system lock does not always reach over the network.
        raise _locked_elsewhere(path.parent, owner)
    # Some network file systems grant every system lock: then the process decides. In this process only the system
    # lock can tell a project that is open from one that was dropped without being closed.
    if owner.process.is_alive and (state is _SystemLock.UNSUPPORTED or owner.process.pid != os.getpid()):
        raise _locked(path.parent, owner)


def _overwrite(path: Path) -> None:
    # In place: a replaced file would be another file than the one whose system lock we hold.
    content = _content()
    file = fsio.RowFile(path)
    try:
        file.write(0, content.ljust(file.size))
        file.truncate(len(content))
        file.sync()
    finally:
        file.close()


def _locked(root: Path, owner: LockOwner | None) -> ProjectLockedError:
    if owner is None:
        return ProjectLockedError(f"The project '{root}' is open in another program.", remedy="Close it there first.")
    if owner.process.pid == os.getpid():
        return ProjectLockedError(f"The project '{root}' is open in this program already.")
    return ProjectLockedError(
        f"The project '{root}' is open in another program: process {owner.process.pid} on {owner.process.host}, "
        f"since {owner.since}.",
        remedy="Close it there first. What changes nothing, such as looking at its runs, works meanwhile.",
    )


def _locked_elsewhere(root: Path, owner: LockOwner | None) -> ProjectLockedError:
    if owner is None:
        message = f"The lock of the project '{root}' cannot be read, so nobody knows who has it open."
    else:
        message = (
            f"The project '{root}' is open on another computer: {owner.process.host}, process {owner.process.pid}, "
            f"since {owner.since}."
        )
    return ProjectLockedError(
        message,
        remedy="Close it there first. If you are sure that nobody works with it any more, "
        f"`tlft check {quoted(str(root))} --break-lock` takes that lock away.",
    )


def _is_same_file(file: BinaryIO, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


@contextlib.contextmanager
def _closing_on_error(file: BinaryIO) -> Iterator[None]:
    try:
        yield
    except BaseException:
        file.close()
        raise


if sys.platform == "win32":
    import msvcrt

    def _try_system_lock(file: BinaryIO) -> _SystemLock:
        file.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            return _SystemLock.BUSY if error.errno in (errno.EACCES, errno.EDEADLK) else _SystemLock.UNSUPPORTED
        return _SystemLock.HELD

else:
    import fcntl

    def _try_system_lock(file: BinaryIO) -> _SystemLock:
        try:
            # Not lockf: such locks belong to the process and vanish when it closes any other handle of the file.
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return _SystemLock.BUSY
        except OSError:
            return _SystemLock.UNSUPPORTED
        return _SystemLock.HELD
