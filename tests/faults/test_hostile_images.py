"""Rows C8-C14, F14 of the fault matrix: image files that would take the memory, the time or the process."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import psutil
import pytest

from image_files import data_set, encode, picture, png_header, reasons, run_import, write
from tlft_desktop.core.control import Control
from tlft_desktop.core.data import import_images as import_module
from tlft_desktop.core.data.decode import MAX_ASPECT, MIN_SIDE, decode
from tlft_desktop.core.data.probe_exchange import Probed, ProbeRequest
from tlft_desktop.core.data.probe_pool import ProbePool
from tlft_desktop.core.errors import InputError
from tlft_desktop.core.values.manifest import Split

POISONED = (sys.executable, str(Path(__file__).parents[1] / "poisoned_helper.py"))


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
    assert decode(encode(picture(0), "JPEG", exif=looping), scaling=None).width in (40, 48)
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
