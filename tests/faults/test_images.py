"""Rows C1-C7 of the fault matrix: faulty and odd image files, and what their pixels mean."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFile

from image_files import SMALL, data_set, encode, picture, reasons, run_import, write
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.decode import decode
from tlft_desktop.core.data.import_images import ensure_pixels, open_pixel_store
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.manifest import PixelScaling, Split


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
    assert decoded.note == "Only the first of 3 frames is used"
    assert (decoded.pixels == (255, 0, 0)).all()


def test_c7_the_note_reaches_the_user(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (20, 16), colour) for colour in ("red", "lime", "blue")]
    root = data_set(tmp_path, film__gif=encode(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    result = run_import(root, tmp_path / "cache")
    (problem,) = [problem for problem in result.problems if problem.kind == "note"]
    assert problem.message == "One image: Only the first of 3 frames is used."
    assert problem.paths == ("cat/film.gif",)
