"""Rows C15-C20 of the fault matrix: copies, files that vanish, links, pipes, crowds and odd names in image folders."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from image_files import SMALL, data_set, encode, kinds, picture, reasons, run_import, write, write_classes
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.import_images import ensure_pixels, open_pixel_store
from tlft_desktop.core.errors import InputError, StoppedError
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.problem import Problem


def test_c15_copies_share_a_split_and_contradictions_are_told(tmp_path: Path) -> None:
    root = write_classes(tmp_path / "data", {"cat": 10, "dog": 10})
    for number in range(10):
        write(root / "cat" / f"copy {number}.png", (root / "cat" / f"{number:03d}.png").read_bytes())
    write(root / "dog" / "really a cat.png", (root / "cat" / "000.png").read_bytes())
    result = run_import(root, tmp_path / "cache", val=0.4)
    splits: dict[str, set[Split]] = {}
    for record in result.manifest.records:
        splits.setdefault(record.sha256, set()).add(record.split)
    assert all(len(found) == 1 for found in splits.values())
    assert kinds(result) == {"duplicates", "two_classes"}
    (contradiction,) = [problem for problem in result.problems if problem.kind == "two_classes"]
    assert set(contradiction.paths) == {"cat/000.png", "cat/copy 0.png", "dog/really a cat.png"}


def test_c15_copies_across_given_splits_are_told(tmp_path: Path) -> None:
    root = write_classes(tmp_path / "data" / "train", {"cat": 3, "dog": 3}).parent
    write_classes(root / "val", {"cat": 1, "dog": 1})  # the same pictures as 000.png of training
    result = run_import(root, tmp_path / "cache")
    assert "leak" in kinds(result)


def test_c16_training_uses_the_stored_pixels_when_the_original_is_gone(tmp_path: Path) -> None:
    root = data_set(tmp_path)
    result = run_import(root, tmp_path / "cache")
    for path in root.rglob("*.png"):
        path.unlink()
    assert not list(
        ensure_pixels(result.manifest, root, preprocessing=SMALL, cache_dir=tmp_path / "cache", control=Control())
    )
    with open_pixel_store(result.manifest, preprocessing=SMALL, cache_dir=tmp_path / "cache") as store:
        assert all(store.read(record.sha256).size for record in result.manifest.records)


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes and links of this kind")
def test_c17_pipes_sockets_devices_and_links_are_skipped_without_hanging(tmp_path: Path) -> None:
    root = data_set(tmp_path)
    os.mkfifo(root / "cat" / "pipe.png")
    (root / "cat" / "device.png").symlink_to("/dev/zero")
    (root / "cat" / "broken.png").symlink_to("nowhere.png")
    (root / "cat" / "loop").symlink_to("..")
    (root / "cat" / "self.png").symlink_to("self.png")
    (root / "round").symlink_to(".")
    (root / "cat" / "linked.png").symlink_to("000.png")
    with socket.socket(socket.AF_UNIX) as listener:
        here = os.getcwd()
        os.chdir(root / "cat")  # the path of a socket may be 108 bytes long only
        try:
            listener.bind("socket.png")
        finally:
            os.chdir(here)
        result = run_import(root, tmp_path / "cache")
    messages = {problem.kind: problem.message for problem in result.problems}
    assert messages["special"].startswith("3 ")
    assert messages["broken_link"].startswith("One ")
    assert messages["link"].startswith("2 ")
    assert len(result.manifest.records) == 9
    assert result.manifest.classes == ("cat", "dog")


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes")
def test_c17_a_pipe_that_takes_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    """Between the look of the parent and the opening by the helper anything may happen."""
    from tlft_desktop.core.data.probe import answer

    os.mkfifo(tmp_path / "pipe.png")
    request = {"path": str(tmp_path / "pipe.png"), "side": 40, "interpolation": "bicubic", "scaling": None}
    assert answer(request)[0]["error"] == "This is not a regular file."
    assert "cannot be read" in answer(request | {"path": str(tmp_path / "gone.png")})[0]["error"]
    assert answer(request | {"path": "/proc/self/mem"})[0]["error"] if sys.platform == "linux" else True


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_c17_unreadable_files_are_named(tmp_path: Path) -> None:
    root = data_set(tmp_path)
    (root / "cat" / "001.png").chmod(0)
    found = reasons(run_import(root, tmp_path / "cache"))
    assert "Permission denied" in found["cat/001.png"]


@pytest.mark.skipif(sys.platform == "win32", reason="the peak of memory is read in another way there")
def test_c18_many_files_take_bounded_memory_and_stop_at_once(tmp_path: Path) -> None:
    """A process of its own scans 4,000 names; the figure is what scanning adds."""
    root = tmp_path / "data"
    for label in ("a", "b"):
        folder = root / label / "/".join(["deep"] * 18)
        folder.mkdir(parents=True)
        for number in range(2_000):
            (folder / f"{number:05d}.png").touch()
    program = f"""
import resource
from pathlib import Path
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.scan import scan
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
result = scan(Path({str(root)!r}), control=Control())
print(len(result.images), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    num_images, kilobytes = (int(word) for word in done.stdout.split())
    assert num_images == 4_000
    assert kilobytes < 8_000  # 100,000 files stay below 200 MB
    control = Control()
    control.request_stop()
    with pytest.raises(StoppedError):
        run_import(root, tmp_path / "cache", control=control)
    assert not (tmp_path / "cache").exists(), "no image was read"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_c19_odd_names_work_or_are_refused_clearly(tmp_path: Path) -> None:
    root = data_set(tmp_path)
    names = ["猫.png", "🐈.png", "قط.png", "-rf.png", "two\nlines.png", "CON.png", "dot..png", " lead.png"]
    names.append("n" * 251 + ".png")
    for number, name in enumerate(names):
        write(root / "cat" / name, encode(picture(300 + number)))
    write(root / "cat" / "e\u0301.png", encode(picture(400)))
    write(root / "cat" / "\u00e9.png", encode(picture(401)))
    with open(os.fsencode(root / "cat") + b"/bytes \xff.png", "wb") as file:
        file.write(encode(picture(402)))
    result = run_import(root, tmp_path / "cache")
    assert reasons(result) == {}
    assert len(result.manifest.records) == 8 + len(names) + 2
    (problem,) = [problem for problem in result.problems if problem.kind == "name"]
    assert problem.message.startswith("One name holds bytes that are not text")
    assert "".join(result.manifest.lines()).isascii()
    " ".join(problem.paths).encode()  # can be printed


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_c19_a_class_name_of_undecodable_bytes_is_refused(tmp_path: Path) -> None:
    root = data_set(tmp_path)
    os.mkdir(os.fsencode(root) + b"/bad \xff")
    with pytest.raises(InputError, match=r"bad \\xff.* not text"):
        run_import(root, tmp_path / "cache")


def test_c19_accents_in_either_form_are_one_class(tmp_path: Path) -> None:
    root = write_classes(tmp_path / "data" / "train", {"e\u0301": 3, "dog": 3}).parent
    write_classes(root / "val", {"\u00e9": 2, "dog": 1})
    assert run_import(root, tmp_path / "cache").manifest.classes == ("dog", "\u00e9")


def test_c20_system_files_are_ignored_and_counted(tmp_path: Path) -> None:
    root = data_set(tmp_path, Thumbs__db=b"x")
    for path in (".DS_Store", "__MACOSX/cat/._x.jpg", "cat/._000.png", "cat/.hidden/1.png", "dog/desktop.ini"):
        write(root / path, b"x")
    result = run_import(root, tmp_path / "cache")
    assert len(result.manifest.records) == 8
    assert kinds(result) == {"hidden", "few_training_images"}
    assert "6 hidden or system files were ignored." in [problem.message for problem in result.problems]


def test_c17_a_class_folder_that_cannot_be_read_is_told_and_is_not_called_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, scandir = write_classes(tmp_path / "data", {"cat": 5, "dog": 5, "emu": 5}), os.scandir

    def refuse(place: str) -> object:
        if os.path.basename(place) == "emu":
            raise PermissionError(errno.EACCES, "Permission denied", place)
        return scandir(place)

    monkeypatch.setattr(os, "scandir", refuse)
    result = run_import(root, tmp_path / "cache")
    assert result.findings == (
        Problem("unreadable", "One file or folder cannot be read: Permission denied.", ("emu",)),
    )
