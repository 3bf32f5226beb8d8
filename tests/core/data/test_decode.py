from __future__ import annotations

import io

from torchvision.transforms import InterpolationMode, Resize

import numpy as np
import pytest
import tifffile
from PIL import Image

from image_files import encode, picture, png_header
from tlft_desktop.core.data.decode import MAX_ASPECT, MIN_SIDE, decode, decode_to_side, resize_short_side
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.manifest import PixelScaling


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF", "WEBP", "PPM"])
def test_lossless_formats_come_back_unchanged(kind: str) -> None:
    pixels = picture(1)
    decoded = decode(encode(pixels, kind, **({"lossless": True} if kind == "WEBP" else {})), scaling=None)
    assert np.array_equal(decoded.pixels, pixels)
    assert (decoded.width, decoded.height, decoded.mode, decoded.note) == (48, 40, "RGB", "")


def test_jpeg_at_full_size_equals_pillow() -> None:
    data = encode(picture(1, width=300, height=200), "JPEG")
    expected = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    assert np.array_equal(decode(data, scaling=None, side=128).pixels, expected)


def test_large_jpeg_is_decoded_smaller_but_never_below_twice_the_side() -> None:
    data = encode(picture(1, width=1300, height=900), "JPEG", quality=95)
    decoded = decode(data, scaling=None, side=100)
    assert decoded.pixels.shape == (225, 325, 3)
    assert (decoded.width, decoded.height) == (1300, 900)
    exact = decode_to_side(encode(picture(1, width=1300, height=900)), side=100, interpolation="bicubic", scaling=None)
    near = decode_to_side(data, side=100, interpolation="bicubic", scaling=None)
    assert np.abs(exact.pixels.astype(int) - near.pixels.astype(int)).mean() < 2


def test_gray_palette_and_one_bit_become_rgb() -> None:
    pixels = picture(2)
    gray = Image.fromarray(pixels).convert("L")
    assert np.array_equal(decode(encode(gray), scaling=None).pixels, np.repeat(np.asarray(gray)[:, :, None], 3, axis=2))
    palette = Image.fromarray(pixels).quantize(16)
    decoded = decode(encode(palette), scaling=None)
    assert decoded.mode == "P"
    assert np.array_equal(decoded.pixels, np.asarray(palette.convert("RGB")))
    bits = gray.convert("1")
    assert set(np.unique(decode(encode(bits), scaling=None).pixels)) == {0, 255}


@pytest.mark.parametrize("interpolation", ["bicubic", "bilinear"])
@pytest.mark.parametrize("size", [(48, 40), (40, 48), (101, 37), (33, 33), (640, 427), (8, 8)])
def test_resize_equals_torchvision_to_the_bit(size: tuple[int, int], interpolation: str) -> None:
    pixels = picture(3, width=size[0], height=size[1])
    expected = Resize(36, interpolation=InterpolationMode(interpolation))(Image.fromarray(pixels))
    assert np.array_equal(resize_short_side(pixels, 36, interpolation=interpolation), np.asarray(expected))


def test_resize_refuses_what_would_take_gigabytes() -> None:
    with pytest.raises(ValueError, match="too long"):
        resize_short_side(np.zeros((8, 8 * MAX_ASPECT + 8, 3), np.uint8), 256, interpolation="bicubic")
    with pytest.raises(ValueError, match="unknown interpolation"):
        resize_short_side(picture(0), 20, interpolation="nearest")


def test_sixteen_bit_colour_tiff_keeps_its_depth_through_tifffile() -> None:
    values = (picture(4).astype(np.uint16) * 16) + 5  # 12 bits in 16: the upper 8 bits alone would be nearly black
    buffer = io.BytesIO()
    tifffile.imwrite(buffer, values, photometric="rgb")
    decoded = decode(buffer.getvalue(), scaling=PixelScaling(0, 4095))
    assert decoded.high_depth
    assert decoded.raw_max == values.max()
    assert np.abs(decoded.pixels.astype(int) - picture(4)).max() <= 1


def test_planar_and_float_colour_tiff_are_read() -> None:
    values = (picture(5) / 255).astype(np.float32)
    for planar, array in (("contig", values), ("separate", np.moveaxis(values, 2, 0))):
        buffer = io.BytesIO()
        tifffile.imwrite(buffer, array, photometric="rgb", planarconfig=planar)
        decoded = decode(buffer.getvalue(), scaling=None)
        assert decoded.is_float
        assert np.array_equal(decoded.pixels, picture(5))


def test_five_channel_tiff_is_refused_with_its_shape() -> None:
    buffer = io.BytesIO()
    tifffile.imwrite(buffer, np.zeros((32, 32, 5), np.uint16), planarconfig="contig", photometric="minisblack")
    with pytest.raises(InputError, match=r"neither gray nor red-green-blue|32 x 32 x 5"):
        decode(buffer.getvalue(), scaling=None)


def test_white_is_zero_is_inverted() -> None:
    values = np.tile(np.arange(0, 65536, 1024, dtype=np.uint16), (16, 1))
    buffer = io.BytesIO()
    tifffile.imwrite(buffer, values, photometric="miniswhite")
    pixels = decode(buffer.getvalue(), scaling=None).pixels
    assert pixels[0, 0, 0] > 250
    assert pixels[0, -1, 0] < 5


def test_values_that_are_no_numbers_are_refused() -> None:
    values = np.ones((16, 16), np.float32)
    values[3, 3] = np.nan
    with pytest.raises(InputError, match="not numbers"):
        decode(encode(values, "TIFF"), scaling=None)


@pytest.mark.parametrize("size", [(MIN_SIDE, MIN_SIDE), (MIN_SIDE, MIN_SIDE * MAX_ASPECT)])
def test_smallest_and_longest_allowed_images_work(size: tuple[int, int]) -> None:
    data = encode(picture(0, width=size[0], height=size[1]))
    decoded = decode_to_side(data, side=40, interpolation="bicubic", scaling=None)
    assert decoded.pixels.shape == (40 * size[1] // size[0], 40, 3)


def test_sixteen_bit_colour_png_says_that_only_the_upper_bits_are_used() -> None:
    rows = b"".join(b"\0" + bytes([200, 17] * 24) for _ in range(8))
    decoded = decode(png_header(8, 8, bits=16, rows=rows), scaling=None)
    assert decoded.note == "Of 16 bits per colour the upper 8 are used"
    assert (decoded.pixels == 200).all()
