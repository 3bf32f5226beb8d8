from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from fault_loop import full_from_write
from image_files import picture
from tlft_desktop.core.data.pixel_store import PixelStore, pixel_store_folder
from tlft_desktop.core.errors import StorageError
from tlft_desktop.core.fsio import DamagedError
from tlft_desktop.core.values.manifest import PixelScaling


def key(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def fill(folder: Path, numbers: range) -> None:
    with PixelStore(folder) as store:
        for number in numbers:
            store.add(key(number), picture(number, width=20 + number, height=10))
        store.sync()


def readable(folder: Path, numbers: range) -> list[int]:
    """Return which images come back right; none may come back wrong."""
    found = []
    with PixelStore(folder) as store:
        for number in numbers:
            if key(number) in store:
                try:
                    pixels = store.read(key(number))
                except DamagedError:
                    continue
                assert np.array_equal(pixels, picture(number, width=20 + number, height=10))
                found.append(number)
    return found


def test_rows_of_different_shapes_come_back(tmp_path: Path) -> None:
    fill(tmp_path / "store", range(10))
    assert readable(tmp_path / "store", range(12)) == list(range(10))


def test_adding_twice_writes_once(tmp_path: Path) -> None:
    fill(tmp_path / "store", range(3))
    before = sum(path.stat().st_size for path in tmp_path.rglob("*.pixels"))
    fill(tmp_path / "store", range(3))
    assert sum(path.stat().st_size for path in tmp_path.rglob("*.pixels")) == before


def test_a_missing_image_is_named(tmp_path: Path) -> None:
    with PixelStore(tmp_path / "store") as store, pytest.raises(DamagedError, match=key(0)[:12]):
        store.read(key(0))
    assert not (tmp_path / "store").exists()


def test_different_recipes_have_different_folders() -> None:
    cache = Path("cache")
    folders = {
        pixel_store_folder(cache, side=side, interpolation=interpolation, scaling=scaling)
        for side in (40, 41)
        for interpolation in ("bicubic", "bilinear")
        for scaling in (None, PixelScaling(0, 4095), PixelScaling(0, 65535))
    }
    assert len(folders) == 12
    again = pixel_store_folder(cache, side=40, interpolation="bicubic", scaling=PixelScaling(0, 4095))
    assert again in folders


def test_a14_truncation_while_open_and_before_loses_only_what_was_cut(tmp_path: Path) -> None:
    fill(tmp_path / "store", range(6))
    (data,) = (tmp_path / "store").glob("*.pixels")
    with PixelStore(tmp_path / "store") as store:
        os.truncate(data, data.stat().st_size - 10)
        assert store.read(key(4)) is not None
        with pytest.raises(DamagedError, match="damaged"):
            store.read(key(5))
        assert key(5) not in store
    for size in (data.stat().st_size // 2, 1, 0):
        os.truncate(data, size)
        assert readable(tmp_path / "store", range(6)) == [n for n in range(6) if _end(n) <= size]


def _end(number: int) -> int:
    return sum((20 + n) * 10 * 3 for n in range(number + 1))


def test_a_flipped_bit_is_found_and_the_row_is_filled_again(tmp_path: Path) -> None:
    fill(tmp_path / "store", range(4))
    (data,) = (tmp_path / "store").glob("*.pixels")
    content = bytearray(data.read_bytes())
    content[_end(1) + 5] ^= 16  # in row 2
    data.write_bytes(content)
    assert readable(tmp_path / "store", range(4)) == [0, 1, 3]
    with PixelStore(tmp_path / "store") as store:  # remembered: the next start does not believe it again
        assert key(2) not in store
    fill(tmp_path / "store", range(4))
    assert readable(tmp_path / "store", range(4)) == [0, 1, 2, 3]


@pytest.mark.parametrize("tail", [b'{"key": "ab', b"\0" * 30, b"\xff\xfe\n", b'{"key": 5, "offset": -1, "crc": 1}\n'])
def test_a_damaged_log_costs_its_tail_only(tmp_path: Path, tail: bytes) -> None:
    fill(tmp_path / "store", range(3))
    (log,) = (tmp_path / "store").glob("*.log")
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(lines[0] + lines[1] + tail)
    assert readable(tmp_path / "store", range(3)) == [0, 1]


def test_kill_at_every_write_leaves_whole_rows(tmp_path: Path) -> None:
    program = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[4])
from tlft_desktop.core.fsio import primitives
count = 0
def operation(kind, path):
    global count
    count += 1
    if count == int(sys.argv[2]):
        os._exit(137)
primitives.operation = operation
from test_pixel_store import fill
fill(Path(sys.argv[1]), range(int(sys.argv[3])))
"""
    tests = str(Path(__file__).parent)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    for kill_at in (1, 2, 3, 5, 6, 7, 99):
        folder = tmp_path / str(kill_at)
        command = [sys.executable, "-c", program, str(folder), str(kill_at), "3", tests]
        done = subprocess.run(command, env=environment, check=False)
        assert done.returncode == (137 if kill_at < 99 else 0)
        readable(folder, range(3))
        fill(folder, range(3))
        assert readable(folder, range(3)) == [0, 1, 2]


def test_a_full_disk_is_reported_and_nothing_wrong_is_stored(tmp_path: Path) -> None:
    fill(tmp_path / "store", range(2))
    with PixelStore(tmp_path / "store") as store:
        with full_from_write(1), pytest.raises(StorageError, match="full"):
            store.add(key(5), picture(5))
        assert key(5) not in store
    assert readable(tmp_path / "store", range(6)) == [0, 1]


def test_two_writers_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with PixelStore(folder) as first, PixelStore(folder) as second:
        for number in range(10):
            (first if number % 2 else second).add(key(number), picture(number, width=20 + number, height=10))
        first.add(key(0), picture(0, width=20, height=10))
        first.refresh()
        assert len(first) == 10
    assert readable(folder, range(10)) == list(range(10))


def test_threads_read_and_write_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    fill(folder, range(20))
    errors = []
    with PixelStore(folder) as store:

        def work(offset: int) -> None:
            for number in range(40):
                wanted = (number * 7 + offset) % 20
                if not np.array_equal(store.read(key(wanted)), picture(wanted, width=20 + wanted, height=10)):
                    errors.append(wanted)
                store.add(key(100 * offset + number + 50), picture(1))

        threads = [threading.Thread(target=work, args=(offset,)) for offset in range(1, 5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(store) == 20 + 4 * 40
    assert not errors


def test_wrong_pixels_are_refused(tmp_path: Path) -> None:
    with PixelStore(tmp_path / "store") as store:
        for pixels in (np.zeros((4, 4), np.uint8), np.zeros((4, 4, 3), np.float32), np.zeros((4, 4, 4), np.uint8)):
            with pytest.raises(ValueError, match="uint8 pixels"):
                store.add(key(0), pixels)  # type: ignore[arg-type]
