"""Opens regular files and nothing else: a pipe would make one wait for ever, a device could be read without end.

What lies in a project may come from another person. There a link is refused as well: it could lead to any file of the
user, which would be read, or written over.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

FILE_MODE = 0o666
"""Rights of a new file, of which the user's mask takes some away."""
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
# Else a pipe makes one wait in `open` already, before anybody can look at what was opened.
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_LINK, _IRREGULAR = "it is a link, which may lead anywhere", "it is no regular file"


class NotRegularFileError(OSError):
    """There is a folder, a pipe or a device in place of a file, or a link where there must be none."""


def is_link(path: Path) -> bool:
    """Tell whether a name stands for a place elsewhere: a symbolic link, or on Windows a junction."""
    is_junction: Callable[[Path], bool] = getattr(os.path, "isjunction", lambda _: False)
    return path.is_symlink() or is_junction(path)


def is_shared(folder: Path) -> bool:
    """Tell whether a folder was made for a group: its group may write, and what is made in it belongs to that group."""
    wanted = stat.S_ISGID | stat.S_IWGRP
    try:
        return os.stat(folder).st_mode & wanted == wanted
    except OSError:
        return False


def share(path: Path, descriptor: int | None = None) -> None:
    """Let the group change what this user made in a folder of the group, whatever the user's mask took away.

    Args:
        path: A file or folder that was just made.
        descriptor: The file, where it is open.
    """
    if sys.platform == "win32" or not is_shared(path.parent):
        return
    made = path if descriptor is None else descriptor
    status = os.stat(made)
    rights = stat.S_IMODE(status.st_mode) | (0o070 if stat.S_ISDIR(status.st_mode) else 0o060)
    if status.st_uid == os.geteuid() and rights != stat.S_IMODE(status.st_mode):
        # Some disks have no rights: there they are no hindrance either.
        with suppress(OSError):
            os.chmod(made, rights)


@contextmanager
def open_regular(path: Path, *, follow_links: bool = False) -> Iterator[BufferedReader]:
    """Open a file for reading.

    Args:
        path: The file.
        follow_links: Whether it may be reached by a link; for a file that the user named, not for one of a project.

    Raises:
        NotRegularFileError: If it is none.
        OSError: If it cannot be opened.
    """
    with open(path, "rb", opener=_opener(follow_links=follow_links)) as file:
        yield file


def open_appending(path: Path) -> BinaryIO:
    """Open a file for writing at its end, made if it is missing; see `open_descriptor` for what it raises."""
    return open(path, "ab", buffering=0, opener=_opener(follow_links=False))


def open_descriptor(path: Path | str, flags: int, *, follow_links: bool = False, mode: int = FILE_MODE) -> int:
    """Open a regular file and return its descriptor.

    Args:
        path: The file.
        flags: As for `os.open`; `O_TRUNC` must not be among them, since it cuts before anybody can look.
        follow_links: See `open_regular`.
        mode: Rights of a file that is made.

    Raises:
        NotRegularFileError: If something else is there; it is not changed.
        OSError: If it cannot be opened.
    """
    if not _NOFOLLOW:
        _refuse(path, follow_links=follow_links)
    try:
        descriptor = os.open(path, flags | _AT_ONCE | (0 if follow_links else _NOFOLLOW), mode)
    except OSError as error:
        _refuse(path, follow_links=follow_links, cause=error)
        raise
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NotRegularFileError(errno.EINVAL, _IRREGULAR, str(path))
        if flags & os.O_CREAT:
            share(Path(path), descriptor)
        if sys.platform != "win32":
            os.set_blocking(descriptor, True)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _opener(*, follow_links: bool) -> Callable[[str, int], int]:
    return lambda name, flags: open_descriptor(name, flags, follow_links=follow_links)


def _refuse(path: Path | str, *, follow_links: bool, cause: OSError | None = None) -> None:
    """Raise if something is there that is no regular file; `cause` is why it could not be opened."""
    if not follow_links and is_link(Path(path)):
        raise NotRegularFileError(errno.ELOOP, _LINK, str(path)) from cause
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return
    if not stat.S_ISREG(mode):
        raise NotRegularFileError(errno.EINVAL, _IRREGULAR, str(path)) from cause
