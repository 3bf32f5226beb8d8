"""Whole files and folders: written atomically, moved, deleted."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path

from tlft_desktop.core.errors import InputError, ResourceError, StorageError, TlftError, UsageError
from tlft_desktop.core.fsio import primitives
from tlft_desktop.core.fsio.regular import is_link, is_shared, open_regular, share
from tlft_desktop.core.fsio.temporaries import TEMPORARY_PREFIX, is_leftover, temporary_name


def read_bytes(path: Path, *, max_bytes: int) -> bytes:
    """Return the content of a file that somebody named, which may be anything.

    Raises:
        InputError: If it cannot be read, or has more than `max_bytes`.
    """
    try:
        with open_regular(path, follow_links=True) as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise InputError(f"'{path}' cannot be read: {error.strerror or error}.") from error
    if len(data) > max_bytes:
        raise InputError(f"'{path}' is larger than {max_bytes / 2**20:,.0f} MiB, the most that such a file may have.")
    return data


def make_folder(path: Path, *, private: bool = False) -> None:
    """Make a folder with its parents; an existing one is left as it is.

    Args:
        private: For the user alone, unless it lies in a folder that was made for a group (setgid, writable by it).

    Raises:
        StorageError: If it cannot be made.
    """
    if path.is_dir():
        return
    with primitives.writing(path):
        primitives.operation("mkdir", path)
        missing = [folder for folder in (path, *path.absolute().parents) if not folder.exists()]
        is_private = private and not is_shared((missing or [path])[-1].parent)
        try:
            path.mkdir(mode=0o700 if is_private else 0o777, parents=True, exist_ok=True)
        except FileExistsError as error:
            raise StorageError(f"'{path}' is needed as a folder, but a file of that name is there.") from error
        for folder in reversed(missing):
            share(folder)


def make_temporary_folder(prefix: str) -> Path:
    """Make a new private folder in the system's temporary one and return it.

    Raises:
        StorageError: If it cannot be made.
    """
    with primitives.writing(Path(tempfile.gettempdir())):
        return Path(tempfile.mkdtemp(prefix=prefix))


def write_bytes(path: Path, data: bytes, *, private: bool = False) -> None:
    """Replace a file atomically: afterwards it holds either the old or the new content, also after a power cut.

    Args:
        private: For the user alone, unless its folder was made for a group.

    Raises:
        StorageError: If it cannot be written; the old content is intact.
    """
    temporary = temporary_name(path)
    with primitives.writing(path):
        try:
            primitives.create(temporary, data, private=private)
            primitives.replace(temporary, path)
            primitives.sync_folder(path.parent)
        except primitives.KeptTemporaryError:
            raise
        except BaseException:
            primitives.unlink_quietly(temporary)
            raise


def write_output(path: Path, data: bytes) -> None:
    """Write a file that somebody named, as `write_bytes` does; what killed programs left beside it goes first.

    Raises:
        StorageError: If it cannot be written; the old content is intact.
    """
    remove_temporaries(path.parent.resolve(), own=False)
    write_bytes(path, data)


def create_exclusive(path: Path, data: bytes, *, private: bool = False) -> None:
    """Create a file that must not exist yet.

    Raises:
        FileExistsError: If it exists.
        StorageError: If it cannot be written; nothing is left behind.
    """
    with primitives.writing(path):
        try:
            primitives.create(path, data, private=private)
            primitives.sync_folder(path.parent)
        except FileExistsError:
            raise
        except BaseException:
            primitives.unlink_quietly(path)
            raise


def copy_file(source: Path, target: Path) -> None:
    """Copy a file's content atomically onto `target`.

    Raises:
        DamagedError: If `source` is no regular file, or a link.
        StorageError: If it cannot be written.
    """
    temporary = temporary_name(target)
    with primitives.writing(target):
        try:
            primitives.operation("open", temporary)
            with open_regular(source) as reader, open(temporary, "xb") as writer:
                share(temporary, writer.fileno())
                primitives.operation("write", temporary)
                shutil.copyfileobj(reader, writer, 1 << 20)
                writer.flush()
                primitives.sync(writer.fileno(), temporary)
            primitives.replace(temporary, target)
            primitives.sync_folder(target.parent)
        except BaseException:
            primitives.unlink_quietly(temporary)
            raise


def separate(path: Path) -> None:
    """Put a copy in place of a file that has further names (hard links): what is written in it would change under them.

    Anything else, and what is not there, stays as it is.

    Raises:
        StorageError: If the copy cannot be written.
    """
    try:
        status = os.lstat(path)
    except OSError:
        return
    if stat.S_ISREG(status.st_mode) and status.st_nlink > 1:
        copy_file(path, path)


def move(source: Path, target: Path) -> None:
    """Rename a file or folder within one disk; an existing folder is never merged into.

    Raises:
        StorageError: If it cannot be moved.
    """
    with primitives.writing(target):
        if target.is_dir():
            raise StorageError(f"'{target}' is there already.")
        primitives.replace(source, target)
        primitives.sync_folder(target.parent)


def remove_file(path: Path) -> None:
    """Delete a file; no error if it is gone already.

    Raises:
        StorageError: If it cannot be deleted.
    """
    with primitives.writing(path), contextlib.suppress(FileNotFoundError):
        primitives.operation("unlink", path)
        os.unlink(path)


def remove_tree(path: Path) -> None:
    """Delete a folder with everything in it; links are deleted, not followed. No error if it is gone already.

    Raises:
        StorageError: If something in it cannot be deleted.
    """
    if path.is_symlink():
        remove_file(path)
        return
    with primitives.writing(path), contextlib.suppress(FileNotFoundError):
        doomed = path
        if not path.name.startswith(TEMPORARY_PREFIX):
            # Under a temporary name first: a kill half-way must not leave a folder that looks whole and is not.
            doomed = temporary_name(path)
            try:
                primitives.replace(path, doomed)
            except OSError as error:
                if not primitives.is_full(error):
                    raise
                # No room even for another name: deleting makes some.
                doomed = path
        primitives.operation("unlink", doomed)
        shutil.rmtree(doomed)


def remove_temporaries(folder: Path, *, own: bool = True) -> None:
    """Delete what processes that are gone left half-written in `folder`; links stay as they are. Never fails.

    Args:
        folder: Looked at, not below, and not where it is a link: what is there may be of somebody else.
        own: Delete also what this process made: right where nothing else of it can be writing.
    """
    if is_link(folder):
        return
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            with contextlib.suppress(OSError, TlftError):
                if is_leftover(path, own=own) and not path.is_symlink():
                    (remove_tree if path.is_dir() else remove_file)(path)


def current_path(descriptor: int) -> Path | None:
    """Return where an open file lies now, also after its folder was renamed; None where the system does not tell."""
    if sys.platform == "win32":
        return None
    try:
        if sys.platform == "darwin":
            import fcntl

            path = Path(os.fsdecode(fcntl.fcntl(descriptor, fcntl.F_GETPATH, bytes(1024)).rstrip(b"\0")))
        else:
            path = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
        # Of a file that was deleted Linux tells a name that was never there.
        return path if os.path.samestat(os.fstat(descriptor), path.stat()) else None
    except OSError:
        return None


def require_absent(path: Path) -> None:
    """Refuse a name that is taken.

    Raises:
        UsageError: If something has it, be it a link to nothing.
    """
    if path.exists() or path.is_symlink():
        raise UsageError(f"'{path}' exists and is not overwritten.", remedy="Name something new.")


def folder_bytes(path: Path) -> int:
    """Return the bytes of all files below a folder, as far as they can be seen; links are not followed."""
    total = 0
    for place, _, names in os.walk(path):
        for name in names:
            with contextlib.suppress(OSError):
                total += os.lstat(os.path.join(place, name)).st_size
    return total


def free_space(path: Path) -> int:
    """Return the free bytes of the disk of `path`, which need not be there yet.

    Raises:
        OSError: If the disk does not say.
    """
    existing = path
    while not existing.exists() and existing != existing.parent:
        existing = existing.parent
    return shutil.disk_usage(existing).free


def require_free_space(path: Path, num_bytes: int) -> None:
    """Check that the disk of `path` has room.

    Raises:
        ResourceError: If fewer than `num_bytes` are free.
    """
    free = free_space(path)
    if free < num_bytes:
        raise ResourceError(
            # Rounded apart: what is free must not look like what is needed.
            f"The disk of '{path}' has {free // 2**20} MiB free; {-(-num_bytes // 2**20)} MiB are needed.",
            remedy="Free some space, then try again or resume.",
        )
