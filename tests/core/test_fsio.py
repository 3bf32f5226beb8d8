"""Files: written whole or not at all, read strictly."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from fault_loop import half_written
from storage_samples import files_of, leftovers
from tlft_desktop.core import fsio
from tlft_desktop.core.errors import InputError, ResourceError, StorageError, UsageError
from tlft_desktop.core.fsio import primitives


def test_bytes_are_replaced_whole(tmp_path: Path) -> None:
    fsio.write_bytes(tmp_path / "a", b"old")
    fsio.write_bytes(tmp_path / "a", b"new")
    assert files_of(tmp_path) == {"a": b"new"}


def test_writing_where_nothing_can_be_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "missing" / "a", tmp_path / "file" / "a"):
        with pytest.raises(StorageError, match="gone"):
            fsio.write_bytes(path, b"x")
    with pytest.raises(StorageError, match="a file of that name"):
        fsio.make_folder(tmp_path / "file")
    with pytest.raises(StorageError):
        fsio.write_bytes(tmp_path, b"x")
    assert leftovers(tmp_path) == []


def test_a_file_that_exists_is_not_created_again(tmp_path: Path) -> None:
    fsio.create_exclusive(tmp_path / "a", b"first")
    with pytest.raises(FileExistsError):
        fsio.create_exclusive(tmp_path / "a", b"second")
    assert files_of(tmp_path) == {"a": b"first"}


def test_moving_never_merges_and_removing_what_is_gone_is_no_error(tmp_path: Path) -> None:
    for name in ("a", "b"):
        fsio.make_folder(tmp_path / name / "deep")
        fsio.write_bytes(tmp_path / name / "deep" / name, b"x")
    with pytest.raises(StorageError, match="there already"):
        fsio.move(tmp_path / "a", tmp_path / "b")
    fsio.move(tmp_path / "a", tmp_path / "c")
    fsio.remove_tree(tmp_path / "b")
    for remove in (fsio.remove_tree, fsio.remove_file):
        remove(tmp_path / "b")
    assert files_of(tmp_path) == {"c/deep/a": b"x"}
    with pytest.raises(StorageError):
        fsio.move(tmp_path / "nowhere", tmp_path / "d")


def test_removing_a_link_leaves_what_it_points_to(tmp_path: Path) -> None:
    fsio.make_folder(tmp_path / "real")
    fsio.write_bytes(tmp_path / "real" / "a", b"x")
    fsio.make_folder(tmp_path / "doomed")
    (tmp_path / "doomed" / "link").symlink_to(tmp_path / "real")
    (tmp_path / "direct").symlink_to(tmp_path / "real")
    fsio.remove_tree(tmp_path / "doomed")
    fsio.remove_tree(tmp_path / "direct")
    assert files_of(tmp_path) == {"real/a": b"x"}
    assert not (tmp_path / "direct").is_symlink()


def test_copies_are_whole(tmp_path: Path) -> None:
    data = os.urandom(3_000_000)
    fsio.write_bytes(tmp_path / "a", data)
    fsio.copy_file(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == data
    with pytest.raises(StorageError):
        fsio.copy_file(tmp_path / "nowhere", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == data


def test_room_is_asked_for_in_mebibytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fsio.require_free_space(tmp_path / "not" / "yet", 1)
    assert fsio.free_space(tmp_path / "not" / "yet") > 0
    with pytest.raises(ResourceError, match=r"\d+ MiB free; 953674316407 MiB"):
        fsio.require_free_space(tmp_path, 10**18)
    monkeypatch.setattr(fsio.files, "free_space", lambda _path: 9)
    with pytest.raises(ResourceError, match=r"has 0 MiB free; 1 MiB are needed"):
        fsio.require_free_space(tmp_path, 10)


@pytest.mark.parametrize("value", [{}, {"a": [1, 2.5, None, True], "ü": "\ud800"}, {"deep": {"er": {"est": 1e-320}}}])
def test_json_comes_back(value: dict[str, object], tmp_path: Path) -> None:
    fsio.write_json(tmp_path / "a", value)
    assert fsio.read_json(tmp_path / "a") == value
    fsio.write_json(tmp_path / "a", value, seal=True)
    assert fsio.read_json(tmp_path / "a", sealed=True) == value
    assert (tmp_path / "a").read_bytes().isascii()


def test_numbers_that_are_not_finite_are_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        fsio.write_json(tmp_path / "a", {"loss": float("nan")})
    assert files_of(tmp_path) == {}


def test_a_seal_covers_every_value_but_not_the_layout(tmp_path: Path) -> None:
    fsio.write_json(tmp_path / "a", {"x": 1, "y": [2]}, seal=True)
    data = json.loads((tmp_path / "a").read_text())
    (tmp_path / "a").write_text(json.dumps(dict(reversed(data.items()))))
    assert fsio.read_json(tmp_path / "a", sealed=True) == {"x": 1, "y": [2]}
    for changed in ({**data, "x": 2}, {**data, "z": 0}, {"x": 1, "sha256": data["sha256"]}, {"x": 1, "y": [2]}):
        (tmp_path / "a").write_text(json.dumps(changed))
        with pytest.raises(fsio.DamagedError, match="does not match"):
            fsio.read_json(tmp_path / "a", sealed=True)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"3",
        b'{"a": 1, "a": 2}',
        b'{"a": NaN}',
        b'{"a": 1e400}',
        b'{"a": -Infinity}',
        b"{'a': 1}",
        b"\xff{}",
        b"{} {}",
    ],
)
def test_json_that_others_wrote_is_read_strictly(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(InputError, match="a'"):
        fsio.read_json(tmp_path / "a")


def test_json_is_bounded_in_size_and_depth(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b'{"a": "' + b"x" * 100 + b'"}')
    with pytest.raises(InputError, match="larger than the 50"):
        fsio.read_json(tmp_path / "a", max_bytes=50)
    for depth in (70, 100_000):
        (tmp_path / "a").write_bytes(b'{"a":' * depth + b"1" + b"}" * depth)
        with pytest.raises(InputError):
            fsio.read_json(tmp_path / "a", max_bytes=10_000_000)
    with pytest.raises(FileNotFoundError):
        fsio.read_json(tmp_path / "nowhere")
    with pytest.raises(InputError):
        fsio.read_json(tmp_path)


def test_a_log_grows_and_can_be_cut(tmp_path: Path) -> None:
    path = tmp_path / "log"
    with fsio.AppendLog(path) as log:
        offsets = []
        for number in range(4):
            log.append({"n": number})
            offsets.append(log.offset)
    assert fsio.read_log(path) == ([{"n": number} for number in range(4)], offsets[3])
    with fsio.AppendLog(path, truncate_to=offsets[1]) as log:
        log.append({})
    assert fsio.read_log(path)[0] == [{"n": 0}, {"n": 1}, {}]
    with fsio.AppendLog(path, truncate_to=0) as log:
        assert log.offset == 0
    assert path.read_bytes() == b""


def test_reading_a_log_stops_at_the_first_damaged_line(tmp_path: Path) -> None:
    path = tmp_path / "log"
    with fsio.AppendLog(path) as log:
        for number in range(3):
            log.append({"n": number, "text": "ü"})
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b'"n": 1', b'"n": 7'))
    assert fsio.read_log(path)[0] == [{"n": 0, "text": "ü"}]


def test_lines_that_do_not_need_each_other_are_read_around_damage(tmp_path: Path) -> None:
    path = tmp_path / "log"
    with fsio.AppendLog(path) as log:
        for number in range(4):
            log.append({"n": number})
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([lines[0], b"\xff\r damaged\n", b"\n", *lines[1:], b'{"n": 4']))
    found = fsio.salvage_log(path, max_bytes=10_000)
    assert [record["n"] for record in found.records] == [0, 1, 2, 3]
    assert (found.num_damaged, found.is_whole, found.end) == (3, True, path.stat().st_size - len(b'{"n": 4'))
    end = fsio.salvage_log(path, max_bytes=len(lines[3]) + 15)
    assert ([record["n"] for record in end.records], end.is_whole, end.end) == ([3], False, found.end)
    with fsio.AppendLog(path, truncate_to=found.end) as log:
        log.append({"n": 5})
    assert [record["n"] for record in fsio.salvage_log(path, max_bytes=10_000).records] == [0, 1, 2, 3, 5]


@pytest.mark.parametrize("k", [1, 2, 3])
def test_a_log_on_a_full_disk_keeps_its_lines_and_goes_on_later(k: int, tmp_path: Path) -> None:
    with fsio.AppendLog(tmp_path / "log") as log:
        log.append({"n": -1})
        written = []
        with half_written(k), contextlib.suppress(StorageError):
            for number in range(9):
                log.append({"n": number})
                written.append(number)
        assert len(written) == k - 1
        log.append({"n": 99})
    assert [line["n"] for line in fsio.read_log(tmp_path / "log")[0]] == [-1, *written, 99]


def test_a_folder_appears_when_all_of_it_is_there(tmp_path: Path) -> None:
    with fsio.FolderWriter(tmp_path / "f") as writer:
        writer.add("a", b"alpha")
        assert not (tmp_path / "f").exists()
        writer.add("b", b"")
    assert writer.num_bytes == 5
    assert fsio.read_folder(tmp_path / "f") == {"a": b"alpha", "b": b""}
    with contextlib.suppress(RuntimeError), fsio.FolderWriter(tmp_path / "g") as writer:
        writer.add("a", b"alpha")
        raise RuntimeError
    with pytest.raises(StorageError, match="there already"), fsio.FolderWriter(tmp_path / "f"):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {"f"}


def test_a_new_folder_for_people_holds_all_files_or_is_not_there(tmp_path: Path) -> None:
    fsio.require_new_folder(tmp_path / "f")
    fsio.write_new_folder(tmp_path / "f", {"a.png": b"alpha", "b.png": b""})
    assert {path.name: path.read_bytes() for path in (tmp_path / "f").iterdir()} == {"a.png": b"alpha", "b.png": b""}
    with pytest.raises(UsageError, match="not overwritten"):
        fsio.require_new_folder(tmp_path / "f")
    with pytest.raises(StorageError, match="there already"):
        fsio.write_new_folder(tmp_path / "f", {})
    with pytest.raises(InputError, match="There is no folder"):
        fsio.require_new_folder(tmp_path / "no" / "where")
    with pytest.raises(StorageError):
        fsio.write_new_folder(tmp_path / "g", {"a": b"", "no/where": b""})
    assert {path.name for path in tmp_path.iterdir()} == {"f"}


def test_a_folder_that_changed_is_refused_by_name(tmp_path: Path) -> None:
    with fsio.FolderWriter(tmp_path / "f") as writer:
        writer.add("a", b"alpha")
    for name, content in (
        ("a", b"alphA"),
        ("a", b"alph"),
        ("MANIFEST.json", b"{}"),
        ("MANIFEST.json", b'{"files": []}'),
    ):
        before = (tmp_path / "f" / name).read_bytes()
        (tmp_path / "f" / name).write_bytes(content)
        with pytest.raises(fsio.DamagedError, match=name):
            fsio.read_folder(tmp_path / "f")
        (tmp_path / "f" / name).write_bytes(before)
    for name in ("../secret", "a\0"):
        manifest = {"schema": 1, "files": {name: {"size": 0, "sha256": ""}}}
        (tmp_path / "f" / "MANIFEST.json").write_text(json.dumps(manifest))
        with pytest.raises(fsio.DamagedError):
            fsio.read_folder(tmp_path / "f")
    with pytest.raises(fsio.DamagedError):
        fsio.read_folder(tmp_path / "nowhere")


def test_rows_are_written_and_read_at_their_place(tmp_path: Path) -> None:
    file = fsio.RowFile(tmp_path / "rows")
    assert file.append(b"first") == 0
    assert file.append(b"second") == 5
    file.write(20, b"far")
    assert (file.read(5, 6), file.read(11, 9), file.read(20, 99), file.size) == (b"second", b"\0" * 9, b"far", 23)
    file.truncate(5)
    file.sync()
    file.close()
    file.close()
    assert (tmp_path / "rows").read_bytes() == b"first"


@pytest.mark.skipif(os.name == "nt", reason="folders are not synced on Windows")
def test_a_file_system_without_syncing_of_folders_is_good_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def refuse_folders(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "invalid argument")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", refuse_folders)
    fsio.write_bytes(tmp_path / "a", b"x")
    assert files_of(tmp_path) == {"a": b"x"}


def test_every_write_reaches_the_disk_before_it_is_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds: list[str] = []
    monkeypatch.setattr(primitives, "operation", lambda kind, path: kinds.append(kind))
    fsio.write_bytes(tmp_path / "a", b"x")
    assert kinds == ["open", "write", "fsync", "rename", "fsync"]
    kinds.clear()
    with fsio.FolderWriter(tmp_path / "f") as writer:
        writer.add("a", b"x")
    assert kinds == ["mkdir", *["open", "write", "fsync"] * 2, "fsync", "rename", "fsync"]


@pytest.mark.skipif(os.name == "nt", reason="pipes and devices are no files on Windows")
def test_only_regular_files_are_read(tmp_path: Path) -> None:
    pipe, loop = tmp_path / "pipe", tmp_path / "loop"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    for path in (pipe, loop, tmp_path, Path("/dev/zero"), tmp_path / ("x" * 300)):
        with pytest.raises(InputError, match="cannot be read"):
            fsio.read_bytes(path, max_bytes=10)
        with pytest.raises(fsio.DamagedError, match="cannot be read"):
            fsio.read_json(path)
    (tmp_path / "file").write_bytes(b"x")
    with fsio.open_regular(tmp_path / "file") as file:
        assert file.read() == b"x"


ODD_FILES = ("link", "link to nothing", "pipe", "folder", "device")


def _odd_file(path: Path, kind: str, victim: Path) -> None:
    """Put something that is no file of a project at `path`."""
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to({"link": victim, "link to nothing": victim.with_name("missing")}.get(kind, "/dev/zero"))


def _writers() -> dict[str, Callable[[Path], object]]:
    return {
        "rows": fsio.RowFile,
        "log": fsio.AppendLog,
        "cut log": lambda path: fsio.AppendLog(path, truncate_to=0),
        "copy": lambda path: fsio.copy_file(path, path.with_name("copy")),
    }


@pytest.mark.skipif(os.name == "nt", reason="pipes and devices are no files on Windows")
@pytest.mark.parametrize("kind", ODD_FILES)
@pytest.mark.parametrize("writer", _writers())
def test_nothing_but_a_regular_file_is_opened_for_writing(tmp_path: Path, kind: str, writer: str) -> None:
    (tmp_path / "victim").write_bytes(b"precious\n")
    odd = tmp_path / "odd"
    _odd_file(odd, kind, tmp_path / "victim")
    before = os.lstat(odd)
    with pytest.raises(fsio.DamagedError, match=r"odd' cannot be (used|read): it is"):
        _writers()[writer](odd)
    assert os.path.samestat(before, os.lstat(odd))
    assert (tmp_path / "victim").read_bytes() == b"precious\n"
    assert {path.name for path in tmp_path.iterdir()} == {"victim", "odd"}


def test_writing_leaves_the_other_names_of_a_file_as_they_were(tmp_path: Path) -> None:
    with fsio.AppendLog(tmp_path / "log") as log:
        log.append({"step": 1})
    whole = (tmp_path / "log").read_bytes()
    (tmp_path / "torn").write_bytes(whole + b"torn")
    (tmp_path / "rows").write_bytes(b"0123456789")
    before = {name: (tmp_path / name).read_bytes() for name in ("log", "torn", "rows")}
    for name in before:
        os.link(tmp_path / name, tmp_path / f"victim {name}")
    for name in ("log", "torn"):
        with fsio.AppendLog(tmp_path / name) as log:
            log.append({"step": 2})
        assert fsio.read_log(tmp_path / name)[0] == [{"step": 1}, {"step": 2}]
    with contextlib.closing(fsio.RowFile(tmp_path / "rows")) as rows:
        rows.write(2, b"ab")
        rows.truncate(5)
        assert rows.read(0, 9) == b"01ab4"
    assert {name: (tmp_path / f"victim {name}").read_bytes() for name in before} == before


@pytest.mark.skipif(os.name == "nt", reason="pipes and devices are no files on Windows")
@pytest.mark.parametrize("kind", ODD_FILES)
def test_nothing_but_a_regular_file_of_a_project_is_read(tmp_path: Path, kind: str) -> None:
    (tmp_path / "victim").write_bytes(b"{}\n")
    _odd_file(tmp_path / "odd", kind, tmp_path / "victim")
    for read in (fsio.read_json, fsio.read_log, lambda path: fsio.salvage_log(path, max_bytes=10)):
        with pytest.raises(fsio.DamagedError, match="odd' cannot be read: it is"):
            read(tmp_path / "odd")
    with pytest.raises(fsio.NotRegularFileError), fsio.open_regular(tmp_path / "odd"):
        pass


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_file_that_the_user_names_may_be_reached_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"{}")
    (tmp_path / "link").symlink_to("file")
    assert fsio.read_bytes(tmp_path / "link", max_bytes=2) == b"{}"
    assert fsio.read_json(tmp_path / "link", follow_links=True) == {}


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_are_refused_where_the_system_cannot_refuse_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tlft_desktop.core.fsio.regular._NOFOLLOW", 0)
    (tmp_path / "victim").write_bytes(b"precious")
    for kind in ODD_FILES:
        odd = tmp_path / kind
        _odd_file(odd, kind, tmp_path / "victim")
        with pytest.raises(fsio.DamagedError, match="cannot be used: it is"):
            fsio.RowFile(odd)
    fsio.RowFile(tmp_path / "new").close()
    assert (tmp_path / "victim").read_bytes() == b"precious"


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_leftovers_behind_a_link_stay(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    leftover = fsio.temporary_name(tmp_path / "there" / "file")
    leftover.write_bytes(b"precious")
    (tmp_path / "here").symlink_to("there")
    fsio.remove_temporaries(tmp_path / "here")
    assert files_of(tmp_path / "there") == {leftover.name: b"precious"}
    fsio.remove_temporaries(tmp_path / "there")
    assert files_of(tmp_path / "there") == {}


@pytest.mark.parametrize("size", [0, 2, 10**15, "1", None])
def test_a_file_of_another_size_than_was_saved_is_damaged(tmp_path: Path, size: object) -> None:
    with fsio.FolderWriter(tmp_path / "f") as writer:
        writer.add("a", b"x")
    entries = {"a": {"size": size, "sha256": fsio.recorded_hashes(tmp_path / "f")["a"]}}
    (tmp_path / "f" / "MANIFEST.json").write_bytes(fsio.json_bytes({"schema": 1, "files": entries}))
    with pytest.raises(fsio.DamagedError):
        fsio.read_folder(tmp_path / "f")
