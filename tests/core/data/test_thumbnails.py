"""Pictures for people: from the store, from the original, and why there is none."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from image_files import SMALL, encode, picture, run_import, write, write_classes
from tlft_desktop.core.control import Control
from tlft_desktop.core.data.byte_lru import ByteLru
from tlft_desktop.core.data.thumbnails import ImagePlace, ThumbnailSource, fit_within
from tlft_desktop.core.errors import InputError, StoppedError
from tlft_desktop.core.values.manifest import ImageRecord


class Imported:
    """A small data set with its pixel store."""

    def __init__(self, folder: Path) -> None:
        self.data, self.cache = write_classes(folder / "data", {"cat": 3, "dog": 2}), folder / "cache"
        result = run_import(self.data, self.cache)
        self.records = result.manifest.records
        self.place = ImagePlace(result.root, self.cache, SMALL, result.manifest.scaling)


@pytest.fixture
def imported(tmp_path: Path) -> Imported:
    return Imported(tmp_path)


def test_thumbnails_come_from_the_store_and_need_no_original(imported: Imported) -> None:
    shutil.rmtree(imported.data)
    source = ThumbnailSource(imported.place)
    shown = source.thumbnail(imported.records[0], 24, Control())
    assert shown.shape == (20, 24, 3)
    assert source.thumbnail(imported.records[0], 24, Control()) is shown
    source.close()


def test_without_the_store_the_original_is_read_and_a_vanished_one_is_named(imported: Imported) -> None:
    source = ThumbnailSource(imported.place)
    expected = source.thumbnail(imported.records[0], 24, Control())
    source.close()
    shutil.rmtree(imported.cache)
    source = ThumbnailSource(imported.place)
    assert np.array_equal(source.thumbnail(imported.records[0], 24, Control()), expected)
    (imported.data / imported.records[1].path).unlink()
    with pytest.raises(InputError, match="not there"):
        source.thumbnail(imported.records[1], 24, Control())
    write(imported.data / imported.records[2].path, encode(picture(77)))
    with pytest.raises(InputError, match="changed since"):
        source.thumbnail(imported.records[2], 24, Control())
    source.close()
    source.close()


def test_a_store_that_vanishes_or_is_cut_while_it_is_open_does_no_harm(imported: Imported) -> None:
    source = ThumbnailSource(imported.place)
    source.thumbnail(imported.records[0], 24, Control())
    for file in imported.cache.rglob("*.pixels"):
        file.write_bytes(b"")
    assert source.thumbnail(imported.records[1], 24, Control()).shape == (20, 24, 3)
    shutil.rmtree(imported.cache)
    assert source.thumbnail(imported.records[2], 24, Control()).shape == (20, 24, 3)
    source.close()


def test_what_has_no_place_or_no_hash_is_a_sentence(imported: Imported) -> None:
    place = ImagePlace(None, imported.cache / "nowhere", SMALL, None)
    source = ThumbnailSource(place)
    with pytest.raises(InputError, match="folder of the images"):
        source.thumbnail(imported.records[0], 24, Control())
    source.close()
    broken = ImageRecord("cat/broken.png", "", "cat", imported.records[0].split, 0, 0, "", excluded="damaged")
    write(imported.data / "cat" / "broken.png", b"\x89PNG\r\n\x1a\nbroken")
    source = ThumbnailSource(imported.place)
    with pytest.raises(InputError, match="not an image"):
        source.thumbnail(broken, 24, Control())
    source.close()
    with pytest.raises(InputError, match="closed"):
        source.thumbnail(broken, 24, Control())


def test_a_stop_is_obeyed(imported: Imported) -> None:
    control = Control()
    control.request_stop()
    source = ThumbnailSource(imported.place)
    with pytest.raises(StoppedError):
        source.original(imported.records[0], 16, control)
    source.close()


@pytest.mark.parametrize("size", [(8, 8), (1, 200), (300, 20)])
def test_pictures_fit_and_keep_their_shape(size: tuple[int, int]) -> None:
    shown = fit_within(np.asarray(Image.new("RGB", size, "red")), 32)
    assert max(shown.shape[:2]) == 32
    assert min(shown.shape[:2]) >= 1


def test_the_cache_is_bounded_in_bytes_and_forgets_the_oldest() -> None:
    cache: ByteLru[int, bytes] = ByteLru(100, len)
    for number in range(10):
        cache.put(number, bytes(30))
        assert cache.num_bytes <= 100
    assert cache.get(6) is None
    assert cache.get(7) is not None
    cache.put(10, bytes(30))
    assert cache.get(8) is None, "7 was used later"
    cache.put(7, bytes(90))
    assert (cache.num_bytes, len(cache)) == (90, 1)
    cache.put(11, bytes(101))
    assert cache.get(11) is None
    cache.clear()
    assert (cache.num_bytes, len(cache)) == (0, 0)


def test_the_cache_counts_right_with_several_threads() -> None:
    cache: ByteLru[int, bytes] = ByteLru(1000, len)

    def work(seed: int) -> None:
        for number in range(500):
            cache.put((seed * number) % 50, bytes(10 + number % 40))

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cache.num_bytes == sum(len(cache.get(number) or b"") for number in range(50)) <= 1000
