"""Taking images out of a zip file that may be hostile: nothing leaves the target, nothing grows without limit."""

from __future__ import annotations

import os
import struct
import unicodedata
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from tlft_desktop.core import fsio
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.sources.folders import is_hidden
from tlft_desktop.core.data.suffixes import SUFFIXES
from tlft_desktop.core.errors import InputError

MAX_ENTRIES = 50_000
MAX_BYTES = 2 << 30
MAX_RATIO = 200
_RATIO_FREE_BYTES = 10 << 20
"""Below this size an entry may be packed as well as it likes: an empty mask of 1 MB takes 1 kB."""
_MAX_FILE_BYTES = 1 << 29
_MAX_DIRECTORY_BYTES = 16 << 20
_CHUNK_BYTES = 1 << 20
_REMEDY = "Extract the archive yourself if you trust it, and choose the folder."
_RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{digit}" for name in ("com", "lpt") for digit in range(1, 10))}


def extract_zip(archive: Path, target: Path, *, control: Control) -> Path:
    """Extract the images and CSV files of a zip file into the new folder `target`; return the folder to scan.

    Only regular files with the suffix of an image or `.csv` are written. Everything is written beside `target` first,
    which appears when it is complete. A single folder around everything is stepped into.

    Raises:
        InputError: If the archive is damaged, protected by a password, or holds anything that a data set never holds:
            paths that lead out, links, two entries of one name, a compression bomb. Nothing is left behind.
        StorageError: If the disk refuses.
        StoppedError: If `control` asks to stop.
    """
    if target.exists():
        raise InputError(f"'{target}' is there already.", remedy="Choose another folder.")
    temporary = fsio.temporary_name(target)
    try:
        _check_directory(archive)
        with zipfile.ZipFile(archive) as file:
            entries = _checked_entries(file, archive)
            fsio.make_folder(temporary)
            for entry, path in entries:
                control.raise_if_stopped()
                destination = temporary.joinpath(*path.parts)
                fsio.make_folder(destination.parent)
                fsio.write_bytes(destination, _read(file, entry, control=control))
        fsio.move(temporary, target)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError(f"The archive '{archive}' is damaged or of a kind that cannot be read: {error}.") from error
    except OSError as error:
        raise InputError(f"The archive '{archive}' cannot be read: {error.strerror or error}.") from error
    finally:
        if temporary.exists():
            fsio.remove_tree(temporary)
    return _innermost_folder(target)


def _check_directory(archive: Path) -> None:
    """Check the size of the list of contents before zipfile reads it: a million entries would take a gigabyte."""
    with fsio.open_regular(archive, follow_links=True) as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 65_557))
        tail = file.read()
        position = tail.rfind(b"PK\x05\x06")
        if position < 0 or len(tail) - position < 22:
            raise zipfile.BadZipFile("It is not a zip file")
        num_entries, num_bytes = struct.unpack_from("<HL", tail, position + 10)
        locator = tail[position - 20 : position] if position >= 20 else b""
        if locator[:4] == b"PK\x06\x07":
            file.seek(struct.unpack_from("<Q", locator, 8)[0])
            record = file.read(56)
            num_entries, num_bytes = struct.unpack_from("<QQ", record, 32)
    if num_entries > MAX_ENTRIES or num_bytes > _MAX_DIRECTORY_BYTES:
        raise InputError(f"The archive '{archive}' holds more than {MAX_ENTRIES:,} entries.", remedy=_REMEDY)


def _checked_entries(file: zipfile.ZipFile, archive: Path) -> list[tuple[zipfile.ZipInfo, PurePosixPath]]:
    """Return the entries to write, after checking every entry of the archive."""
    infos = file.infolist()
    if len(infos) > MAX_ENTRIES:
        raise InputError(f"The archive '{archive}' holds more than {MAX_ENTRIES:,} entries.", remedy=_REMEDY)
    wanted, seen, total = [], set(), 0
    for info in infos:
        path = _safe_path(info, archive)
        name = unicodedata.normalize("NFC", str(path)).casefold()
        if name in seen:
            raise _hostile(archive, f"The entry '{_shown(info)}' appears twice, or differs from another in case only.")
        seen.add(name)
        if not info.is_dir() and not any(is_hidden(part) for part in path.parts) and _is_wanted(path):
            _check_entry(info, archive)
            total += info.file_size
            wanted.append((info, path))
    if total > MAX_BYTES:
        raise InputError(f"The archive '{archive}' holds more than {MAX_BYTES >> 30} GiB of images.", remedy=_REMEDY)
    _check_overlaps(infos, archive)
    fsio.require_free_space(archive, 2 * total)
    return wanted


def _safe_path(info: zipfile.ZipInfo, archive: Path) -> PurePosixPath:
    # zipfile cuts a name at a NUL byte; the original name tells.
    name = info.orig_filename.replace("\\", "/")
    parts = name.removesuffix("/").split("/")
    for part in parts:
        if part in ("", ".", "..") or ":" in part or any(ord(char) < 32 for char in part):
            raise _hostile(
                archive, f"The entry '{_shown(info)}' has a path that leads out of the archive or is not a name."
            )
        if part.split(".")[0].strip().casefold() in _RESERVED or part != part.rstrip(". ") or len(part.encode()) > 255:
            raise _hostile(archive, f"The entry '{_shown(info)}' has a name that not every computer can store.")
    kind = info.external_attr >> 16 & 0o170000
    if kind not in (0, 0o100000, 0o040000):
        raise _hostile(archive, f"The entry '{_shown(info)}' is a link or a device.")
    return PurePosixPath(*parts)


def _is_wanted(path: PurePosixPath) -> bool:
    return path.suffix.casefold() in SUFFIXES or path.suffix.casefold() == ".csv"


def _check_entry(info: zipfile.ZipInfo, archive: Path) -> None:
    if info.flag_bits & 1:
        raise InputError(f"The archive '{archive}' is protected by a password.", remedy=_REMEDY)
    if info.file_size > _MAX_FILE_BYTES:
        raise _hostile(archive, f"The entry '{_shown(info)}' is too large for an image.")
    if info.file_size > max(_RATIO_FREE_BYTES, MAX_RATIO * info.compress_size):
        raise _hostile(archive, f"The entry '{_shown(info)}' grows to more than {MAX_RATIO} times its packed size.")


def _check_overlaps(infos: list[zipfile.ZipInfo], archive: Path) -> None:
    """Refuse entries that share bytes: a few kilobytes would stand for terabytes (CVE-2024-0450)."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise _hostile(archive, f"The entry '{_shown(info)}' overlaps another one.")
        end = info.header_offset + 30 + len(info.orig_filename) + info.compress_size


def _read(file: zipfile.ZipFile, info: zipfile.ZipInfo, *, control: Control) -> bytes:
    """Read an entry in pieces, never more than it declares; the checksum is compared at its end."""
    data = bytearray()
    with file.open(info) as reader:
        while chunk := reader.read(_CHUNK_BYTES):
            control.raise_if_stopped()
            data += chunk
            if len(data) > info.file_size:
                raise zipfile.BadZipFile(f"'{info.filename}' is longer than it declares")
    if len(data) != info.file_size:
        raise zipfile.BadZipFile(f"'{info.filename}' is shorter than it declares")
    return bytes(data)


def _innermost_folder(folder: Path) -> Path:
    """Step into folders that stand alone, as around a zipped data set; a folder of images is a class and is not."""
    while True:
        children = list(folder.iterdir())
        if tables := [child for child in children if child.suffix.casefold() == ".csv"]:
            return tables[0] if len(tables) == 1 else folder
        if len(children) != 1 or not children[0].is_dir():
            return folder
        inside = [child for child in children[0].iterdir() if child.is_file()]
        if inside and not any(child.suffix.casefold() == ".csv" for child in inside):
            return folder
        folder = children[0]


def _shown(info: zipfile.ZipInfo) -> str:
    return info.orig_filename[:100].encode("ascii", "backslashreplace").decode()


def _hostile(archive: Path, reason: str) -> InputError:
    return InputError(f"The archive '{archive}' was refused. {reason}", remedy=_REMEDY)
