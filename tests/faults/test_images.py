"""Faulty, hostile and odd image files, row by row of the fault matrix (C)."""

from __future__ import annotations

import functools
import os
import socket
import subprocess
import sys
import time
import zlib
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image, ImageFile

from image_files import SMALL, encode, kinds, picture, png_header, run_import, write, write_classes
from tlft_desktop.core.control import Control
from tlft_desktop.core.data import import_images as import_module
from tlft_desktop.core.data.decode import MAX_ASPECT, MIN_SIDE, decode
from tlft_desktop.core.data.import_images import ImportResult, ensure_pixels, open_pixel_store
from tlft_desktop.core.data.probe_pool import Probed, ProbePool, ProbeRequest
from tlft_desktop.core.errors import InputError, StoppedError
from tlft_desktop.core.values.manifest import PixelScaling, Split

POISONED = (sys.executable, str(Path(__file__).parents[1] / "poisoned_helper.py"))


def reasons(result: ImportResult) -> dict[str, str]:
    """Return why files were left out, by path."""
    return {record.path: record.excluded for record in result.manifest.records if record.excluded}


def data_set(tmp_path: Path, **bad: bytes) -> Path:
    """Write two good classes and the bad files (`NAME__SUFFIX`) into one of them."""
    root = write_classes(tmp_path / "data", {"cat": 4, "dog": 4})
    for name, data in bad.items():
        write(root / "cat" / name.replace("__", "."), data)
    return root


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.jpg", b"", "empty"),
        ("text.jpg", b"hello, I am a text", "not an image"),
        ("page.png", b"<!DOCTYPE html><html><body>404", "not an image"),
        ("magic.png", b"\x89PNG\r\n\x1a\n", "not an image|damaged"),
        ("pointer.png", b"version https://git-lfs.github.com/spec/v1\noid sha256:0", "git lfs pull"),
    ],
)
def test_c1_what_is_no_image_is_listed_by_name(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    root = data_set(tmp_path)
    write(root / "cat" / name, data)
    result = run_import(root, tmp_path / "cache")
    with pytest.raises(InputError, match=reason):
        decode(data, scaling=None)
    assert set(reasons(result)) == {f"cat/{name}"}
    (problem,) = [problem for problem in result.problems if problem.kind == "excluded"]
    assert problem.paths == (f"cat/{name}",)
    assert len(result.manifest.used(Split.TRAIN)) + len(result.manifest.used(Split.VAL)) == 8


def test_c1_a_wrong_suffix_does_not_matter(tmp_path: Path) -> None:
    result = run_import(data_set(tmp_path, really_jpeg__png=encode(picture(77), "JPEG")), tmp_path / "cache")
    assert reasons(result) == {}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.9, 0.999])
def test_c2_truncated_files_are_refused(kind: str, share: float) -> None:
    options = {"compression": "tiff_lzw"} if kind == "TIFF" else {}
    data = encode(picture(1, width=300, height=200), kind, **options)
    assert decode(data, scaling=None).width == 300
    cut = data[: min(int(len(data) * share), len(data) - 20)]
    with pytest.raises(InputError):
        decode(cut, scaling=None)
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def test_c3_a_flipped_bit_after_import_is_found_by_the_hash(tmp_path: Path) -> None:
    root = tmp_path / "data"
    for label in "ab":
        for number in range(3):
            write(root / label / f"{number}.jpg", encode(picture(number + 10 * ord(label)), "JPEG"))
    result = run_import(root, tmp_path / "cache")
    file = root / "a" / "1.jpg"
    content = bytearray(file.read_bytes())
    content[-40] ^= 1
    file.write_bytes(content)
    decode(bytes(content), scaling=None)  # the decoder notices nothing
    with pytest.raises(InputError, match=r"a/1\.jpg' has changed since it was imported"):
        list(ensure_pixels(result.manifest, root, preprocessing=SMALL, cache_dir=tmp_path / "new", control=Control()))


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_c4_sixteen_bit_ramp_keeps_its_levels(kind: str) -> None:
    ramp = np.tile(np.linspace(0, 65535, 512).astype(np.uint16), (32, 1))
    decoded = decode(encode(ramp, kind), scaling=PixelScaling(0, 65535))
    assert decoded.mode.startswith("I;16")
    assert len(np.unique(decoded.pixels)) > 200
    assert decoded.pixels[0, 0, 0] == 0
    assert decoded.pixels[0, -1, 0] == 255


@pytest.mark.parametrize(
    ("values", "window"),
    [
        (np.tile(np.linspace(0, 1, 300, dtype=np.float32), (16, 1)), PixelScaling(0, 1)),
        (np.tile(np.linspace(0, 900, 300, dtype=np.float32), (16, 1)), PixelScaling(0, 900)),
        (np.tile(np.linspace(0, 60000, 300).astype(np.int32), (16, 1)), PixelScaling(0, 65535)),
        (np.tile(np.linspace(-1000, 3000, 300).astype(np.int32), (16, 1)), PixelScaling(-1000, 4095)),
    ],
)
def test_c4_float_and_integer_images_are_not_clipped_to_white(values: np.ndarray, window: PixelScaling) -> None:
    decoded = decode(encode(values, "TIFF"), scaling=None)
    assert decoded.high_depth
    assert len(np.unique(decoded.pixels)) > 180
    assert np.array_equal(decoded.pixels, decode(encode(values, "TIFF"), scaling=window).pixels)


def test_c4_the_window_is_stated_and_stored(tmp_path: Path) -> None:
    for label, top in (("a", 900), ("b", 3000)):
        for number in range(2):
            values = np.full((40, 40), top + number, np.uint16)
            values[:20] = 0
            write(tmp_path / "data" / label / f"{number}.tif", encode(values, "TIFF"))
    result = run_import(tmp_path / "data", tmp_path / "cache")
    assert result.manifest.scaling == PixelScaling(0, 4095)
    (problem,) = [problem for problem in result.problems if problem.kind == "scaling"]
    assert "0 (black) to 4095 (white)" in problem.message
    with open_pixel_store(result.manifest, preprocessing=SMALL, cache_dir=tmp_path / "cache") as store:
        brightest = {record.label: int(store.read(record.sha256).max()) for record in result.manifest.records}
    assert brightest["a"] < 60
    assert brightest["b"] > 180


def test_c5_transparent_pixels_lie_on_white() -> None:
    rgba = np.zeros((16, 16, 4), np.uint8)
    rgba[..., 0] = 200  # hidden red
    rgba[8:, :, 3] = 255
    pixels = decode(encode(rgba), scaling=None).pixels
    assert (pixels[:8] == 255).all()
    assert (pixels[8:] == (200, 0, 0)).all()
    rgba[:8, :, 3] = 128
    half = decode(encode(rgba), scaling=None).pixels[0, 0]
    assert abs(int(half[0]) - 227) <= 1
    assert abs(int(half[1]) - 127) <= 1


def test_c5_palette_and_gray_with_transparency() -> None:
    palette = Image.fromarray(np.tile(np.array([0, 1], np.uint8), (16, 8)), "L").convert("P")
    palette.putpalette([255, 0, 0, 0, 0, 255])
    pixels = decode(encode(palette, transparency=0), scaling=None).pixels
    assert (pixels[:, ::2] == 255).all()
    assert (pixels[:, 1::2] == (0, 0, 255)).all()
    gray_alpha = Image.fromarray(np.dstack([np.full((16, 16), 7, np.uint8), np.zeros((16, 16), np.uint8)]), "LA")
    assert (decode(encode(gray_alpha), scaling=None).pixels == 255).all()
    gray = Image.fromarray(np.full((16, 16), 7, np.uint8))
    assert (decode(encode(gray, transparency=7), scaling=None).pixels == 255).all()


def test_c5_cmyk_and_lab_have_defined_colours() -> None:
    cmyk = Image.new("CMYK", (16, 16), (0, 255, 255, 0))
    assert (decode(encode(cmyk, "TIFF"), scaling=None).pixels == (255, 0, 0)).all()
    red = decode(encode(cmyk, "JPEG", quality=100), scaling=None).pixels[8, 8]
    assert red[0] > 240
    assert red[1] < 15
    lab = Image.new("LAB", (16, 16), (255, 128, 128))  # a and b have their zero at 128
    lab_white = decode(encode(lab, "TIFF"), scaling=None)
    assert lab_white.mode == "LAB"
    assert (lab_white.pixels > 250).all()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_c6_all_orientations_come_out_upright(kind: str) -> None:
    upright = picture(3, width=64, height=40)
    stored = {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.transpose(1, 0, 2),
        6: np.rot90(upright, 1),
        7: upright[::-1, ::-1].transpose(1, 0, 2),
        8: np.rot90(upright, -1),
    }
    for orientation, pixels in stored.items():
        exif = Image.Exif()
        exif[0x0112] = orientation
        options = {"JPEG": {"quality": 100, "subsampling": 0}, "WEBP": {"lossless": True}}.get(kind, {})
        data = encode(np.ascontiguousarray(pixels), kind, exif=exif.tobytes(), **options)
        decoded = decode(data, scaling=None, side=8)
        assert (decoded.width, decoded.height) == (64, 40), orientation
        if kind == "JPEG":
            data = encode(np.ascontiguousarray(pixels), kind, exif=exif.tobytes(), **options)
            decoded = decode(data, scaling=None)
        assert decoded.pixels.shape == (40, 64, 3), orientation
        difference = np.abs(decoded.pixels.astype(int) - upright).mean()
        assert difference < (3 if kind == "JPEG" else 1e-9), orientation


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "TIFF", "PNG"])
def test_c7_the_first_frame_is_taken_with_a_note(kind: str) -> None:
    frames = [Image.new("RGB", (20, 16), colour) for colour in ("red", "lime", "blue")]
    options = {"lossless": True} if kind == "WEBP" else {}
    data = encode(frames[0], kind, save_all=True, append_images=frames[1:], **options)
    decoded = decode(data, scaling=None)
    assert decoded.note == "first of 3 frames"
    assert (decoded.pixels == (255, 0, 0)).all()


def test_c7_the_note_reaches_the_user(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (20, 16), colour) for colour in ("red", "lime", "blue")]
    root = data_set(tmp_path, film__gif=encode(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    result = run_import(root, tmp_path / "cache")
    (problem,) = [problem for problem in result.problems if problem.kind == "note"]
    assert problem.message == "1 images: first of 3 frames."
    assert problem.paths == ("cat/film.gif",)


def test_c8_a_bomb_is_refused_from_its_header(tmp_path: Path) -> None:
    bomb = png_header(20000, 20000, bits=1, colour=0)
    with pytest.raises(InputError, match="too many pixels"):
        decode(bomb, scaling=None)
    with pytest.raises(InputError, match="too many pixels"):
        decode(png_header(10000, 9000, bits=8, colour=0), scaling=None)
    assert (
        "too many pixels" in reasons(run_import(data_set(tmp_path, bomb__png=bomb), tmp_path / "cache"))["cat/bomb.png"]
    )


@pytest.mark.skipif(sys.platform == "win32", reason="the peak of memory is read in another way there")
def test_c9_long_images_are_refused_without_taking_memory() -> None:
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for size in ((1, 65500), (65500, 1), (20, 20 * MAX_ASPECT + 1)):
        data = png_header(*size, bits=1, colour=0)
        with pytest.raises(InputError, match=r"too small|too long"):
            decode(data, scaling=None)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_c10_bombs_in_metadata_are_refused_and_broken_exif_costs_the_orientation_only() -> None:
    plain = encode(picture(0))
    bomb = b"zTXtkey\0\0" + zlib.compress(bytes(20_000_000))
    chunk = (len(bomb) - 4).to_bytes(4, "big") + bomb + zlib.crc32(bomb).to_bytes(4, "big")
    with pytest.raises(InputError, match="damaged"):
        decode(plain[:33] + chunk + plain[33:], scaling=None)
    looping = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\x08\0\0\0"  # the next block is itself
    start = time.monotonic()
    assert decode(encode(picture(0), "JPEG", exif=looping), scaling=None).width in (40, 48)
    assert time.monotonic() - start < 2
    broken = decode(encode(picture(0), "JPEG", exif=b"Exif\0\0XX nothing of the kind"), scaling=None)
    assert broken.pixels.shape == (40, 48, 3)


def test_c11_a_crash_a_hang_and_a_memory_bomb_cost_one_image_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    poisoned = functools.partial(ProbePool, command=POISONED, timeout_seconds=1)
    monkeypatch.setattr(import_module, "ProbePool", poisoned)
    good = encode(picture(500))
    root = data_set(tmp_path, crash__png=good + b"ABORT", hang__png=good + b"HANG", memory__png=good + b"MEMORY")
    result = run_import(root, tmp_path / "cache")
    found = reasons(result)
    assert set(found) == {"cat/crash.png", "cat/hang.png", "cat/memory.png"}
    assert "crashed" in found["cat/crash.png"]
    assert "took longer than 1 s" in found["cat/hang.png"]
    assert "memory" in found["cat/memory.png"]
    assert len(result.manifest.used(Split.TRAIN)) + len(result.manifest.used(Split.VAL)) == 8
    assert not [child for child in psutil.Process().children() if "python" in child.name()]


def test_c11_many_crashes_in_a_row_do_not_end_the_import(tmp_path: Path) -> None:
    files = {f"{number}.png": encode(picture(number)) + b"ABORT" * (number % 2) for number in range(10)}
    paths = [write(tmp_path / name, data) for name, data in files.items()]
    with ProbePool(command=POISONED) as pool:
        answers: list[Probed] = list(
            pool.probe((ProbeRequest(path.stem, str(path), 40, "bicubic") for path in paths), control=Control())
        )
    assert sorted(answer.request.key for answer in answers if answer.error) == ["1", "3", "5", "7", "9"]
    assert len(answers) == 10


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", "PostScript"),
        (b"8BPS\0\1" + bytes(20), "Photoshop"),
        (b"\xd7\xcd\xc6\x9a" + bytes(40), "Windows metafile"),
        (b"\x89HDF\r\n\x1a\n" + bytes(40), "HDF5"),
        (b"icns" + bytes(40), "icon"),
        (bytes(128) + b"DICM" + bytes(40), "DICOM"),
        (b"ZISRAWFILE" + bytes(40), "CZI"),
    ],
)
def test_c12_c13_other_formats_in_disguise_are_refused_by_name(head: bytes, name: str) -> None:
    with pytest.raises(InputError, match=f"{name}.* not supported here"):
        decode(head, scaling=None)


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (MIN_SIDE - 1, 100), (3, 4000)])
def test_c14_tiny_images_are_refused_with_the_minimum(size: tuple[int, int]) -> None:
    with pytest.raises(InputError, match=f"too small.* at least {MIN_SIDE}"):
        decode(encode(picture(0, width=size[0], height=size[1])), scaling=None)


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
        start = time.monotonic()
        result = run_import(root, tmp_path / "cache")
    assert time.monotonic() - start < 10
    messages = {problem.kind: problem.message for problem in result.problems}
    assert messages["special"].startswith("3 ")
    assert messages["broken_link"].startswith("1 ")
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
    start = time.monotonic()
    with pytest.raises(StoppedError):
        run_import(root, tmp_path / "cache", control=control)
    assert time.monotonic() - start < 1


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
    assert problem.message.startswith("1 names hold bytes that are not text")
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
    (problem,) = result.problems
    assert (problem.kind, problem.message) == ("hidden", "6 hidden or system files were ignored.")


def test_f14_no_multiprocessing_and_no_fork(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden() -> int:
        raise AssertionError("fork in a process with threads")

    monkeypatch.setattr(os, "fork", forbidden)
    assert len(run_import(data_set(tmp_path), tmp_path / "cache").manifest.records) == 8
    program = "import sys; import tlft_desktop.core.data.import_images; print('multiprocessing' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_random_bytes_and_mutated_files_raise_nothing_else() -> None:
    generator = np.random.default_rng(20240701)
    seeds = [encode(picture(0), kind) for kind in ("PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP", "PPM")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("warnings.warn", lambda *_, **__: None)
        for number in range(280):
            data = bytearray(seeds[number % len(seeds)])
            for position in generator.integers(0, len(data), 1 + number % 6):
                data[position] = int(generator.integers(0, 256))
            try:
                pixels = decode(bytes(data), scaling=None).pixels
            except InputError:
                continue
            assert pixels.dtype == np.uint8
            assert pixels.ndim == 3
