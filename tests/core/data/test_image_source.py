from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import torch

import pytest

from image_files import SMALL, run_import, write_classes
from tlft_desktop.core.data.image_source import BatchRequest, ImageSource
from tlft_desktop.core.data.import_images import open_pixel_store
from tlft_desktop.core.data.pixel_store import PixelStore
from tlft_desktop.core.data.transforms import evaluation_view, normalise
from tlft_desktop.core.fsio import DamagedError
from tlft_desktop.core.values.manifest import Split
from tlft_desktop.core.values.strategy import Augmentation


@pytest.fixture
def store_and_source(tmp_path: Path) -> Iterator[tuple[PixelStore, ImageSource]]:
    result = run_import(write_classes(tmp_path / "data", {"cat": 12, "dog": 8, "emu": 5}), tmp_path / "cache")
    with open_pixel_store(result.manifest, preprocessing=SMALL, cache_dir=tmp_path / "cache") as store:
        records = result.manifest.used(Split.TRAIN)
        source = ImageSource(records, classes=result.manifest.classes, store=store, preprocessing=SMALL, data_seed=3)
        yield store, source


@pytest.fixture
def source(store_and_source: tuple[PixelStore, ImageSource]) -> ImageSource:
    return store_and_source[1]


def loader_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("image-loader")]


def requests(source: ImageSource, count: int) -> list[BatchRequest]:
    return [
        BatchRequest(
            tuple((number + k) % len(source) for k in range(4)), (number,) * 4, Augmentation.STANDARD, flip=True
        )
        for number in range(count)
    ]


def test_labels_and_keys_follow_the_records(source: ImageSource) -> None:
    assert source.labels.dtype == torch.long
    assert source.labels.tolist() == [0] * 10 + [1] * 6 + [2] * 4
    assert len(source) == len(source.keys) == len(set(source.keys)) == 20


def test_evaluation_batches_are_the_evaluation_views(store_and_source: tuple[PixelStore, ImageSource]) -> None:
    store, source = store_and_source
    batch = source.load(BatchRequest((3, 0, 3)))
    views = torch.stack([evaluation_view(store.read(source.keys[index]), SMALL) for index in (3, 0, 3)])
    assert batch.dtype == torch.float32
    assert torch.equal(batch, normalise(views, SMALL))


@pytest.mark.parametrize("num_threads", [1, 2, 4])
def test_prefetched_batches_equal_loaded_ones_in_order(source: ImageSource, num_threads: int) -> None:
    wanted = requests(source, 17)
    batches = list(source.batches(wanted, num_threads))
    assert len(batches) == 17
    for request, batch in zip(wanted, batches, strict=True):
        assert torch.equal(batch, source.load(request))
    assert not loader_threads()


def test_abandoned_batches_leave_no_thread(source: ImageSource) -> None:
    batches = source.batches(iter(requests(source, 1000)))
    next(batches)
    assert loader_threads()
    batches.close()
    assert not loader_threads()
    unfinished = source.batches(requests(source, 5))
    next(unfinished)
    del unfinished
    assert not loader_threads()
    assert list(source.batches([])) == []


def test_requests_are_read_little_ahead(source: ImageSource) -> None:
    taken = []

    def endless() -> Iterator[BatchRequest]:
        while True:
            taken.append(1)
            yield BatchRequest((0,))

    batches = source.batches(endless(), 2)
    for _ in range(5):
        next(batches)
    batches.close()
    assert len(taken) <= 8


def test_c16_a_damaged_row_is_named_and_threads_end(store_and_source: tuple[PixelStore, ImageSource]) -> None:
    store, source = store_and_source
    (data,) = store.folder.glob("*.pixels")
    content = bytearray(data.read_bytes())
    content[::1000] = bytes(255 - value for value in content[::1000])
    data.write_bytes(content)
    with pytest.raises(DamagedError, match="damaged"):
        list(source.batches(requests(source, 3)))
    assert not loader_threads()


def test_as_many_views_as_images() -> None:
    with pytest.raises(ValueError, match="as many views"):
        BatchRequest((1, 2), (0,))
