"""Archives and tables that try to break out, row by row of the fault matrix (E)."""

from __future__ import annotations

import io
import os
import stat
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from image_files import encode, picture, run_import, write, write_classes
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.scan import extract_zip, scan
from tlft_desktop.core.data.sources import archive as archive_module
from tlft_desktop.core.data.sources.table import check_relative_path
from tlft_desktop.core.errors import InputError, StoppedError, StorageError
from tlft_desktop.core.fsio import primitives


def zipped(path: Path, entries: dict[str, bytes], *, kind: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", kind) as file:
        for name, data in entries.items():
            file.writestr(zipfile.ZipInfo(name) if kind == zipfile.ZIP_STORED else name, data)
    return path


def extract(path: Path, target: Path) -> Path:
    return extract_zip(path, target, control=Control())


def refused(path: Path, tmp_path: Path, reason: str) -> None:
    """Check that an archive is refused and that nothing but it is on the disk."""
    before = set(tmp_path.rglob("*"))
    with pytest.raises(InputError, match=reason):
        extract(path, tmp_path / "target")
    assert set(tmp_path.rglob("*")) == before


def pictures(*names: str) -> dict[str, bytes]:
    return {name: encode(picture(number)) for number, name in enumerate(names)}


def test_an_ordinary_archive_is_imported(tmp_path: Path) -> None:
    names = [f"my data/{label}/{number}.png" for label in ("cat", "dog") for number in range(3)]
    extras = {"my data/README.txt": b"x", "__MACOSX/my data/._cat": b"x", "my data/cat/.DS_Store": b"x", "in.zip": b"x"}
    path = zipped(tmp_path / "data.zip", pictures(*names) | extras)
    folder = extract(path, tmp_path / "target")
    assert folder == tmp_path / "target" / "my data"
    files = sorted(entry.relative_to(folder).as_posix() for entry in folder.rglob("*") if entry.is_file())
    assert files == sorted(name.removeprefix("my data/") for name in names)
    assert len(run_import(folder, tmp_path / "cache").manifest.records) == 6


def test_a_table_in_the_archive_is_used(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"set/images.csv": b"path,label\n1.png,cat\n", **pictures("set/1.png")})
    table = extract(path, tmp_path / "target")
    assert table.name == "images.csv"
    assert scan(table, control=Control()).images[0].label == "cat"


OUTSIDE = ("../out.png", "a/../../out.png", "/etc/out.png", "C:/out.png", "c:out.png", "\\\\host\\share\\out.png")


@pytest.mark.parametrize("name", [*OUTSIDE, "a\\..\\b.png", "a//b.png", "./a.png", "a\nb.png"])
def test_e5_paths_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    refused(zipped(tmp_path / "a.zip", pictures("ok/1.png", name)), tmp_path, "leads out of the archive")


@pytest.mark.parametrize("name", ["con.png", "a/NUL", "LPT1.jpg/x.png", "a./b.png", "a /b.png", "n" * 256 + ".png"])
def test_e5_names_that_windows_cannot_store_are_refused(tmp_path: Path, name: str) -> None:
    refused(zipped(tmp_path / "a.zip", pictures(name)), tmp_path, "not every computer can store")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("names", [("a/1.png", "A/1.PNG"), ("\u00e9.png", "e\u0301.png"), ("a", "a/")])
def test_e5_names_that_meet_on_some_disks_are_refused(tmp_path: Path, names: tuple[str, str]) -> None:
    refused(zipped(tmp_path / "a.zip", pictures(*names)), tmp_path, "appears twice")


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_e5_links_and_devices_are_refused(tmp_path: Path, kind: int) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        info = zipfile.ZipInfo("cat/1.png")
        info.external_attr = (kind | 0o777) << 16
        file.writestr(info, "/etc/passwd")
    refused(tmp_path / "a.zip", tmp_path, "is a link or a device")


def test_e5_a_bomb_is_refused_before_it_grows(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"cat/1.bmp": bytes(30 << 20)})
    assert path.stat().st_size < 100_000
    refused(path, tmp_path, "200 times its packed size")


def test_e5_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"cat/1.bmp": bytes(3 << 20)})
    data = path.read_bytes()
    path.write_bytes(data.replace(struct.pack("<L", 3 << 20), struct.pack("<L", 1000)))
    refused(path, tmp_path, "damaged|longer|CRC")


def test_e5_too_much_in_total_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "MAX_BYTES", 1000)
    refused(zipped(tmp_path / "a.zip", pictures("1.png", "2.png")), tmp_path, "GiB of images")


def test_e5_too_many_entries_are_refused_without_reading_them(tmp_path: Path) -> None:
    """The end record alone decides; the list of a million names is never read."""
    entries = 1_000_000
    directory = bytes(10)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, entries, entries, 50 * entries, 0)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, len(directory), 1)
    path = write(tmp_path / "a.zip", directory + record + locator + end)
    refused(path, tmp_path, "more than 50,000 entries")


def test_e5_overlapping_entries_are_refused(tmp_path: Path) -> None:
    """Two names in the directory share the bytes of one entry."""
    data = zlib.compress(encode(picture(0)))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("1.png", data)
        second = zipfile.ZipInfo("2.png")
        second.header_offset, second.file_size, second.compress_size = 0, len(data), len(data)
        second.CRC = zlib.crc32(data)
        file.filelist.append(second)
        file.NameToInfo["2.png"] = second
    refused(write(tmp_path / "a.zip", buffer.getvalue()), tmp_path, "overlaps another one|damaged")


def test_e5_a_password_is_explained(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", pictures("1.png"), kind=zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
    refused(path, tmp_path, "protected by a password")


@pytest.mark.parametrize("damage", ["empty", "text", "cut", "flipped", "checksum"])
def test_e5_damaged_archives_leave_nothing(tmp_path: Path, damage: str) -> None:
    data = bytearray(zipped(tmp_path / "a.zip", pictures("1.png", "2.png"), kind=zipfile.ZIP_STORED).read_bytes())
    if damage == "flipped":
        data[60] ^= 255
    if damage == "checksum":
        data[data.index(b"PK\1\2") + 16] ^= 255
    changed = {"empty": b"", "text": b"not a zip", "cut": bytes(data[: len(data) // 2])}.get(damage, bytes(data))
    refused(write(tmp_path / "a.zip", changed), tmp_path, "damaged|cannot be read|was refused")


def test_an_existing_target_is_left_alone(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", pictures("1.png"))
    write(tmp_path / "target" / "mine.txt", b"keep")
    with pytest.raises(InputError, match="is there already"):
        extract(path, tmp_path / "target")
    assert (tmp_path / "target" / "mine.txt").read_bytes() == b"keep"


def test_a_stop_and_a_full_disk_leave_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    path = zipped(tmp_path / "a.zip", pictures("1.png", "2.png"))
    control = Control()
    control.request_stop()
    with pytest.raises(StoppedError):
        extract_zip(path, tmp_path / "target", control=control)

    def operation(kind: str, path: Path) -> None:
        if kind == "write":
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(primitives, "operation", operation)
    with pytest.raises(StorageError):
        extract(path, tmp_path / "target")
    monkeypatch.undo()
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.zip"]


def test_a_kill_while_extracting_leaves_no_target(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", pictures("1.png", "2.png"))
    program = """
import os, sys
from pathlib import Path
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.scan import extract_zip
from tlft_desktop.core.fsio import primitives
count = 0
def operation(kind, path):
    global count
    count += kind == "write"
    if count == 2:
        os._exit(137)
primitives.operation = operation
extract_zip(Path(sys.argv[1]), Path(sys.argv[2]), control=Control())
"""
    done = subprocess.run([sys.executable, "-c", program, str(path), str(tmp_path / "target")], check=False)
    assert done.returncode == 137
    assert not (tmp_path / "target").exists()
    extract(path, tmp_path / "target")


HOMES = ("~/1.png", "~root/1.png", "$HOME/1.png", "%USERPROFILE%/1.png", "a\0.png", "", "  ", "\\1.png")


@pytest.mark.parametrize("path", [*OUTSIDE, *HOMES, "/etc/passwd", "//host/share/1.png", "..\\1.png"])
def test_e4_paths_that_leave_the_folder_are_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(InputError, match=r"is not a path below"):
        check_relative_path(path, root=tmp_path)


@pytest.mark.parametrize(
    ("path", "expected"),
    [("a/1.png", "a/1.png"), ("./a/./1.png", "a/1.png"), ("a\\1.png", "a/1.png"), ("..a/b..png", "..a/b..png")],
)
def test_e4_ordinary_paths_are_kept(tmp_path: Path, path: str, expected: str) -> None:
    assert check_relative_path(path, root=tmp_path) == expected


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_e4_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    root = write_classes(tmp_path / "data", {"cat": 2})
    os.symlink("/etc", root / "elsewhere")
    with pytest.raises(InputError, match="by a link"):
        check_relative_path("elsewhere/passwd", root=root)
    assert check_relative_path("cat/000.png", root=root) == "cat/000.png"
    table = write(root / "t.csv", b"path,label\ncat/000.png,a\nelsewhere/passwd,b\n")
    with pytest.raises(InputError, match=r"by a link\. It stands in line 3 of"):
        scan(table, control=Control())
